"""The look of one book: its style sheet, and the fonts cut down to what its text needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import msgspec
from lxml import etree

from faircopy.theme import Face, Theme, fonts, forms, restyled, shapes
from faircopy.writers.reflowable.sheet import font_face, foreign, sheet
from faircopy.writers.reflowable.voices import cascade, cast_faces, words_cast

FOLDER = "fonts"


class FontFile(msgspec.Struct, frozen=True):
    """An embedded font: its path in the package, its media type, its bytes."""

    face: Face
    path: str
    media_type: str
    data: bytes


class Look(msgspec.Struct, frozen=True):
    """The style sheet, the fonts and their licences; what no font draws.

    ``faces`` are the sheet's rules for the fonts, and ``rest`` is what follows them: the same for
    many texts, and for one text from save to save.
    """

    faces: str
    rest: str
    fonts: tuple[FontFile, ...]
    licences: tuple[tuple[str, bytes], ...]
    undrawn: str

    @property
    def css(self) -> str:
        """The whole style sheet."""
        return f"{self.faces}\n{self.rest}" if self.faces else self.rest


def look(
    documents: Iterable[bytes],
    theme: Theme,
    lang: str,
    address: Callable[[FontFile], str],
    own: str = "",
    *,
    tight: bool = False,
) -> Look:
    """Return what the documents need to be seen as the theme wants them.

    Args:
        documents: XHTML.
        theme: names the fonts.
        lang: the edition's language.
        address: gives the address of a font for its rule in the style sheet.
        own: a style sheet that follows the one that all editions without pages share.
        tight: whether fonts have no other shapes than the text takes as it stands.

    Raises:
        ToolError: a font that is not optional is not installed.
    """
    theme = forms.proper(theme, lang)
    roots = [etree.fromstring(document) for document in documents]
    languages = {item.get("lang", lang) for root in roots for item in root.iter()} - {lang}
    house = restyled.written(theme, lang, "screen")
    css = "\n".join(filter(None, (sheet(theme, lang), own, house, foreign(theme, languages))))
    rules_of_type = cascade(css)
    runs = [run for root in roots for run in rules_of_type.runs(root)]
    cast = cast_faces(runs, theme)
    words = words_cast(runs, theme) if tight else {}
    embedded = tuple(
        _font(face, characters, words.get(face.name, ())) for face, characters in cast.faces
    )
    rules = [font_face(font.face, address(font)) for font in embedded]
    return Look(
        faces="\n".join(rules),
        rest=css,
        fonts=embedded,
        licences=tuple(_licences(font.face for font in embedded)),
        undrawn=cast.undrawn,
    )


def _font(face: Face, characters: str, words: Iterable[str]) -> FontFile:
    """Cut a face down to its characters, or the shapes of words in them, as plain OpenType.

    The container compresses it; WOFF2 would save a fifth more, but old reading systems do not
    know it, and Brotli takes a tenth of a second for each face.
    """
    mine = {part for word in words for part in _parts(word, frozenset(characters))}
    data = shapes.fitted(face, {*mine, *characters}) if words else fonts.subset(face, characters)
    kind = "otf" if data[:4] == b"OTTO" else "ttf"
    return FontFile(face, f"{FOLDER}/{_safe(face.name)}.{kind}", f"font/{kind}", data)


def _parts(word: str, characters: frozenset[str]) -> Iterator[str]:
    """Yield the parts of a word that a face draws, which has these characters."""
    for ours, part in groupby(word, lambda char: char in characters or fonts.invisible(char)):
        if ours:
            yield "".join(part)


def _licences(faces: Iterable[Face]) -> list[tuple[str, bytes]]:
    """Return the licence of each package that a face comes from, once."""
    packages = {face.origin: face for face in faces}
    return [
        (f"{FOLDER}/OFL-{_safe(name)}.txt", text.encode())
        for name, face in sorted(packages.items())
        if (text := fonts.licence(face))
    ]


def _safe(name: str) -> str:
    """Return a name that every file system and URL can bear."""
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in name)
    return kept.strip("-").lower()

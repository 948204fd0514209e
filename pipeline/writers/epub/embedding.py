"""The look of one book: its style sheet, and the fonts cut down to what its text needs."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from lxml import etree

from pipeline.theme import Face, Theme, fonts
from pipeline.writers.epub.sheet import font_face, foreign, sheet
from pipeline.writers.epub.voices import Cascade, cast_faces

FOLDER = "fonts"


class Look(msgspec.Struct, frozen=True):
    """The style sheet; the embedded faces with their characters; the files to pack."""

    css: str
    fonts: tuple[tuple[Face, str], ...]
    files: tuple[tuple[str, bytes], ...]
    licences: tuple[tuple[str, bytes], ...]
    undrawn: str


def look(documents: Iterable[bytes], theme: Theme, lang: str) -> Look:
    """Return what the documents need to be seen as the theme wants them.

    Raises:
        ToolError: a font that is not optional is not installed.
    """
    roots = [etree.fromstring(document) for document in documents]
    languages = {item.get("lang", lang) for root in roots for item in root.iter()} - {lang}
    css = "\n".join(filter(None, (sheet(theme, lang), foreign(theme, languages))))
    cascade = Cascade(css)
    cast = cast_faces((run for root in roots for run in cascade.runs(root)), theme)
    files = tuple(
        (f"{FOLDER}/{_stem(face)}.woff2", fonts.subset(face, characters))
        for face, characters in cast.faces
    )
    rules = [
        font_face(face, f"../{path}")
        for (face, _), (path, _) in zip(cast.faces, files, strict=True)
    ]
    return Look(
        css="\n".join([*rules, css]),
        fonts=cast.faces,
        files=files,
        licences=tuple(_licences(face for face, _ in cast.faces)),
        undrawn=cast.undrawn,
    )


def _licences(faces: Iterable[Face]) -> list[tuple[str, bytes]]:
    """Return the licence of each package that a face comes from, once."""
    packages = {face.package or face.npm: face for face in faces}
    return [
        (f"{FOLDER}/OFL-{_safe(name)}.txt", text.encode())
        for name, face in sorted(packages.items())
        if (text := fonts.licence(face))
    ]


def _stem(face: Face) -> str:
    return _safe(face.name)


def _safe(name: str) -> str:
    """Return a name that every file system and URL can bear."""
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in name)
    return kept.strip("-").lower()

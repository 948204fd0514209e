"""Which characters are set in which font: the style sheet's own cascade, for fonts alone.

A font is embedded only for the text that the style sheet sets in it, so that a book carries no
glyph that it does not show. Only what chooses a font is followed: family, weight and slant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from faircopy.theme import Face, Theme, fonts
from faircopy.writers.markup import Element

_JOINER = "\u200d"
_BOLD = {"bold": 700, "normal": 400, "bolder": 700, "lighter": 400}


class Voice(msgspec.Struct, frozen=True):
    """How a run of text is set: families in the order of preference, weight and slant."""

    families: tuple[str, ...] = ()
    weight: int = 400
    italic: bool = False


@lru_cache(maxsize=16)
def cascade(css: str) -> Cascade:
    """Return the cascade of a style sheet; many books have the same."""
    return Cascade(css)


class Cascade:
    """The rules of a style sheet that choose a font. Rules within ``@media`` are left out."""

    def __init__(self, css: str) -> None:
        import cssselect2
        import tinycss2

        self._matcher: Any = cssselect2.Matcher()
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            changes = dict(_declarations(rule.content))
            if changes:
                for selector in cssselect2.compile_selector_list(rule.prelude):
                    self._matcher.add_selector(selector, changes)

    def runs(self, root: Element) -> Iterator[tuple[str, Voice]]:
        """Yield every piece of text below ``root`` (a whole document) with its voice."""
        import cssselect2

        wrapper = cssselect2.ElementWrapper.from_xml_root(root)
        yield from self._runs(wrapper, Voice())

    def _runs(self, wrapper: Any, inherited: Voice) -> Iterator[tuple[str, Voice]]:
        element = wrapper.etree_element
        if wrapper.local_name == "head":
            return
        voice = inherited
        for _, _, _, changes in self._matcher.match(wrapper):
            voice = msgspec.structs.replace(voice, **changes)
        if element.text:
            yield element.text, voice
        for child in wrapper.iter_children():
            yield from self._runs(child, voice)
            if child.etree_element.tail:
                yield child.etree_element.tail, voice


class Cast(msgspec.Struct, frozen=True):
    """The faces that a book needs, each with its characters; and what no face can draw."""

    faces: tuple[tuple[Face, str], ...]
    undrawn: str


def cast_faces(runs: Iterable[tuple[str, Voice]], theme: Theme) -> Cast:
    """Choose a face for every character of the runs, as a browser would.

    A character goes to the first family of its voice that is installed and has a glyph for it.
    The faces come in the theme's order, their characters sorted.
    """
    texts: dict[Voice, set[str]] = {}
    for text, voice in runs:
        texts.setdefault(voice, set()).update(text)
    chosen: dict[int, set[str]] = {}
    undrawn: set[str] = set()
    for voice, chars in texts.items():
        left = {char for char in chars if not char.isspace()}
        for number in _candidates(voice, theme):
            points = fonts.coverage(theme.faces[number])
            mine = {char for char in left if ord(char) in points}
            if mine:
                chosen.setdefault(number, set()).update(mine)
                left -= mine
        undrawn.update(fonts.missing("".join(left), ()))
    faces = tuple((theme.faces[n], "".join(sorted(chosen[n]))) for n in sorted(chosen))
    return Cast(faces, "".join(sorted(undrawn)))


def words_cast(runs: Iterable[tuple[str, Voice]], theme: Theme) -> dict[str, frozenset[str]]:
    """Return the words that may be set in each face, by its name, as they are set at one go.

    Where a run ends within a word, the next may go on in the same face, or another block begins:
    both are among the words. Letters that join to some in another face are followed by a joiner.
    """
    said: dict[int, list[str]] = {}
    words: dict[int, set[str]] = {}
    before: tuple[str, frozenset[int]] = ("", frozenset())
    faces: dict[Voice, frozenset[int]] = {}
    for text, voice in runs:
        if voice not in faces:
            faces[voice] = frozenset(_candidates(voice, theme))
        now = faces[voice]
        joined = before[0][-1:].isalpha() and text[:1].isalpha()
        for number in now:
            goes_on = number in before[1]
            said.setdefault(number, []).append(text if goes_on else f" {text}")
            words.setdefault(number, set()).update(text.split())
            if joined and not goes_on:
                words[number].add(f"{_JOINER}{text.split()[0]}")
        for number in before[1] - now if joined else ():
            words[number].add(f"{before[0].split()[-1]}{_JOINER}")
        before = text, now
    return {
        theme.faces[number].name: frozenset({*words[number], *"".join(parts).split()})
        for number, parts in said.items()
    }


def _candidates(voice: Voice, theme: Theme) -> Iterator[int]:
    """Yield the theme's faces for a voice: in each family the one nearest in slant and weight."""
    for family in voice.families:
        found = [
            (face.italic != voice.italic, abs(face.weight - voice.weight), number)
            for number, face in enumerate(theme.faces)
            if face.family == family and fonts.installed(face)
        ]
        if found:
            yield min(found)[2]


def _declarations(content: Any) -> Iterator[tuple[str, Any]]:
    import tinycss2

    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration":
            continue
        words = [token for token in item.value if token.type not in ("whitespace", "comment")]
        if item.lower_name == "font-family":
            names = tuple(token.value for token in words if token.type in ("string", "ident"))
            yield "families", names
        elif item.lower_name == "font-weight":
            first = words[0]
            known = first.type == "number"
            yield "weight", int(first.value) if known else _BOLD[first.lower_value]
        elif item.lower_name == "font-style":
            yield "italic", words[0].lower_value in ("italic", "oblique")

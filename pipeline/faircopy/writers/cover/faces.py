"""In which faces a cover speaks: those of its script, and of others for what they cannot draw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from unicodedata import east_asian_width

from faircopy.core.diagnostics import GlyphError
from faircopy.theme import Face, Script, Theme, fonts
from faircopy.writers.cover.lines import Measure


def voices(theme: Theme, script: Script) -> list[Face]:
    """Return the installed faces in which a cover of this script speaks, each once."""
    wanted = (
        (script.text or theme.font.display, False, 400),
        (theme.font.display, False, 400),
        (theme.font.subhead, script.italic, 400),
        (theme.font.subhead, False, 400),
        (script.sans or theme.font.sans, False, 400),
        (script.sans or theme.font.sans, False, 700),
        (theme.font.sans, False, 700),
    )
    faces = [nearest(theme, family, italic=slant, weight=bold) for family, slant, bold in wanted]
    return [face for face in {face.name: face for face in faces}.values() if fonts.installed(face)]


def spare(theme: Theme, faces: Sequence[Face], text: str) -> list[Face]:
    """Return faces of the theme for those characters of ``text`` that ``faces`` cannot draw.

    Raises:
        GlyphError: no face of the theme draws a character.
    """
    found, left = beside(theme, faces, text)
    if left:
        named = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in left[:5])
        raise GlyphError.because(
            "cover-glyph",
            f"No font draws {named} on the cover.",
            "Add a font to the theme, or draw a cover of your own and name it in the front "
            "matter: cover-image.",
        )
    return found


def beside(theme: Theme, faces: Sequence[Face], text: str) -> tuple[list[Face], tuple[str, ...]]:
    """Return faces for what ``faces`` cannot draw of ``text``, and what none of the theme draws."""
    found: list[Face] = []
    upright = [face for face in theme.faces if not face.italic and fonts.installed(face)]
    for face in sorted(upright, key=lambda face: abs(face.weight - 400)):
        left = fonts.missing(text, (*faces, *found))
        if not left:
            break
        if len(fonts.missing("".join(left), (face,))) < len(left):
            found.append(face)
    return found, fonts.missing(text, (*faces, *found))


def nearest(theme: Theme, family: str, *, italic: bool = False, weight: int = 400) -> Face:
    """Return the family's face that is nearest to what is asked for."""
    return min(
        (face for face in theme.faces if face.family == family),
        key=lambda face: (face.italic != italic, abs(face.weight - weight)),
    )


def measure(face: Face, others: Sequence[Face] = (), *, tracking: float = 0) -> Measure:
    """Return the width of a text in em; ``others`` draw what ``face`` cannot.

    Without the (optional) font it is what is usual in print.
    """
    if not fonts.installed(face):
        return _usual
    known = [(fonts.coverage(one), fonts.measure(one)) for one in (face, *others)]
    points, plain = known[0]

    def of_one(char: str) -> float:
        return next((one for drawn, one in known if ord(char) in drawn), plain)(char)

    @cache
    def width(text: str) -> float:
        drawn = all(ord(char) in points for char in fonts.missing(text, ()))
        return (plain(text) if drawn else sum(map(of_one, text))) + tracking * len(text)

    return width


def _usual(text: str) -> float:
    return sum(1.0 if east_asian_width(char) in "WF" else 0.55 for char in text)


def families(*names: str) -> str:
    """Return the value of ``font-family``; an empty name is none."""
    return ",".join(f"'{name}'" for name in dict.fromkeys(names) if name)

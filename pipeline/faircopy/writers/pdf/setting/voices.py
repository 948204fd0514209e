"""The type that words of a paragraph are set in, as ``styles/pdf.css`` says it of their elements.

The sheet is what WeasyPrint goes by; here is the same for the elements that a line may hold. What
is not told of here has no voice, and a paragraph with it is not set by us.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import msgspec

from faircopy.core.diagnostics import ToolError
from faircopy.theme import Face, Page, Theme, fonts
from faircopy.theme.css import faces_of, scaled
from faircopy.writers import html
from faircopy.writers.html import Element

TEXT = ("onum", "kern", "liga")
"""Features of the text."""


class Voice(msgspec.Struct, frozen=True):
    """How words are set.

    Attributes:
        family: which of the theme's.
        bold, italic: which of its faces.
        size: in points.
        features: of OpenType, switched on.
        tracking: between letters, in points.
        lang: their language.
        hyphens: whether words are broken.
        whole: whether lines are broken at spaces.
    """

    family: str
    size: float
    lang: str
    features: tuple[str, ...] = TEXT
    tracking: float = 0.0
    bold: bool = False
    italic: bool = False
    hyphens: bool = True
    whole: bool = False


_Change: TypeAlias = Callable[["Voices", Voice], Voice]


class Voices:
    """The voices of one page of a theme, for a language."""

    def __init__(self, theme: Theme, page: Page, lang: str) -> None:
        self._theme, self._lang = theme, lang
        self.script = theme.script(lang)
        self._styles = scaled(page, self.script)
        self._measures: dict[tuple[str, bool, bool, tuple[str, ...], str], fonts.Measured] = {}
        self._widths: dict[Voice, dict[str, float]] = {}
        self._faces: dict[tuple[str, bool, bool], Face] = {}
        self._drawn: dict[tuple[str, bool, bool], frozenset[int]] = {}

    @property
    def body(self) -> Voice:
        """The voice of the text."""
        hyphens = self.script.hyphens == "auto"
        return Voice("text", self._styles["body"].size, self._lang, hyphens=hyphens)

    def paragraph(self, element: Element) -> Voice | None:
        """Return the voice of a paragraph; None where its style is not known."""
        if "style" in element.attrib or "dir" in element.attrib:
            return None
        body, lang = self.body, element.get("lang", "")
        whole = html.has_class(element, "set-solid")
        return msgspec.structs.replace(
            body, lang=lang or body.lang, hyphens=body.hyphens and not whole
        )

    @property
    def call(self) -> Voice:
        """The voice of a note's number in the text."""
        size = self.body.size * self._theme.text.superior_scale
        return Voice("sans", size, self._lang, features=("lnum",))

    def within(self, voice: Voice, element: Element) -> Voice | None:
        """Return the voice of an element's own words; None where it is not known."""
        names = [html.local(element), *(f".{name}" for name in html.classes(element))]
        if names[0] not in _ELEMENTS or "style" in element.attrib or "dir" in element.attrib:
            return None
        if _STRANGE.intersection(names):
            return None
        for name in names:
            if name in _CHANGES:
                voice = _CHANGES[name](self, voice)
        lang = element.get("lang")
        return msgspec.structs.replace(voice, lang=lang) if lang else voice

    def width(self, voice: Voice, text: str) -> float:
        """Return the advance of a text in one line, in points."""
        known = self._widths.setdefault(voice, {})
        if text not in known:
            em = self._measure(voice)(text)
            known[text] = em * voice.size + len(text) * voice.tracking
        return known[text]

    def draws(self, voice: Voice, text: str) -> bool:
        """Whether the voice's face has a glyph for each character of a text."""
        key = voice.family, voice.bold, voice.italic
        if key not in self._drawn:
            self._drawn[key] = fonts.coverage(self._face(*key)) | _UNDRAWN
        return self._drawn[key].issuperset(map(ord, text))

    def tracked(self, voice: Voice, tracking: float, features: tuple[str, ...]) -> Voice:
        """Return a voice with other features, and tracking in em where letters stand apart."""
        points = tracking * voice.size if self.script.tracking else 0.0
        return msgspec.structs.replace(voice, features=features, tracking=points)

    @property
    def small_speakers(self) -> bool:
        """Whether the theme sets the names of speakers in small capitals."""
        return self._theme.text.speaker == "small-caps"

    @property
    def text(self) -> Mapping[str, float]:
        """The theme's measures of small capitals and small signs."""
        text = self._theme.text
        return {"small": text.small_caps_tracking, "superior": text.superior_scale}

    def _measure(self, voice: Voice) -> fonts.Measured:
        key = voice.family, voice.bold, voice.italic, voice.features, voice.lang
        if key not in self._measures:
            face = self._face(voice.family, voice.bold, voice.italic)
            self._measures[key] = fonts.measure(face, features=voice.features, lang=voice.lang)
        return self._measures[key]

    def _face(self, family: str, bold: bool, italic: bool) -> Face:
        key = family, bold, italic
        if key not in self._faces:
            found = faces_of(self._theme, family, self._lang)
            if not found:
                raise ToolError.because("font-missing", f"No face of {family} is installed.", "")
            weight = 700 if bold else 400
            self._faces[key] = min(
                found, key=lambda face: (face.italic != italic, abs(face.weight - weight))
            )
        return self._faces[key]


_UNDRAWN = frozenset({0x20, 0xA0, 0xAD, 0x200B, 0x2060})


def _italic(voices: Voices, voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, italic=voices.script.italic)


def _bold(voices: Voices, voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, bold=True)


def _code(voices: Voices, voice: Voice) -> Voice:
    return msgspec.structs.replace(
        voice, family="mono", size=0.86 * voice.size, features=(), hyphens=False
    )


def _acronym(voices: Voices, voice: Voice) -> Voice:
    features = ("c2sc", "smcp", "onum") if voices.script.small_caps else ()
    return voices.tracked(voice, 0.04, features)


def _small_capitals(voices: Voices, voice: Voice) -> Voice:
    features = ("smcp", "onum") if voices.script.small_caps else ()
    return voices.tracked(voice, voices.text["small"], features)


def _superior(voices: Voices, voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, size=voice.size * voices.text["superior"])


def _speaker(voices: Voices, voice: Voice) -> Voice:
    if not (voices.small_speakers and voices.script.small_caps):
        return msgspec.structs.replace(voice, family="sans", bold=True)
    return msgspec.structs.replace(_small_capitals(voices, voice), family="text", bold=True)


def _address(voices: Voices, voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, hyphens=False)


def _kept(voices: Voices, voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, whole=True)


_PLAIN = ("span", "a", "u", "ins", "del", "s", "mark")
_CHANGES: Mapping[str, _Change] = {
    **dict.fromkeys(("em", "i", "cite", "dfn"), _italic),
    **dict.fromkeys(("strong", "b"), _bold),
    **dict.fromkeys(("code", "kbd", "samp"), _code),
    **dict.fromkeys(("abbr", ".acronym"), _acronym),
    **dict.fromkeys((".smallcaps", ".lead-in"), _small_capitals),
    **dict.fromkeys(("sup", "sub"), _superior),
    ".speaker": _speaker,
    ".address": _address,
    ".keep": _kept,
}
_ELEMENTS = frozenset((*_PLAIN, *(name for name in _CHANGES if not name.startswith("."))))
_STRANGE = frozenset((".ltr", ".unbroken", ".display", ".verse", ".line", ".foot"))
"""Classes whose words are not measured here."""

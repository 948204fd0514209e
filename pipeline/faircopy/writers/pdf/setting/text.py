"""A paragraph's element as a text with voices, and parted again into elements, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy

import msgspec
from lxml import etree

from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.pdf.compose import DROP_CAP, END_MARK
from faircopy.writers.pdf.keeping import FOOT
from faircopy.writers.pdf.setting.voices import Voice, Voices

ATOM = "\ufffc"
"""Stands in the text for what is no text (object replacement character)."""
NEW_LINE = "\n"
"""Stands there for what ends a line."""
INITIAL = "initial"
PART = "data-words"
"""Attribute of an element that is parted: the words of the whole."""
_FOREIGN = re.compile(
    "(?![\\u0000-\\u052f\\u1c80-\\u1c8f\\u1d00-\\u1fff\\u2c60-\\u2c7f\\ua640-\\ua69f"
    "\\ua720-\\ua7ff\\uab30-\\uab6f\\ufb00-\\ufb06])[^\\W\\d_]"
)
"""A letter of other scripts than Latin, Greek and Cyrillic."""


class Run(msgspec.Struct, frozen=True):
    """A part of a paragraph's text that is set in one voice.

    Attributes:
        start, end: where it stands in the text.
        voice: what it is set in.
        path: the elements around it, from the outermost.
        atom: the element that it is, if it is no text, with its width in points.
    """

    start: int
    end: int
    voice: Voice
    path: tuple[Element, ...]
    atom: Element | None = None
    width: float = 0.0


class Flat(msgspec.Struct, frozen=True):
    """A paragraph as a text; ``float_width`` is what stands beside its first lines, in points."""

    text: str
    runs: tuple[Run, ...]
    float_width: float = 0.0


class Strange(Exception):
    """A paragraph holds what is not set by us; the argument is its name."""


def flat(paragraph: Element, voices: Voices, calls: dict[Element, int], mark: float) -> Flat:
    """Return a paragraph as a text.

    Args:
        paragraph: its element.
        voices: those of the page.
        calls: the numbers of the notes, by their elements.
        mark: the width of the end mark, in points.

    Raises:
        Strange: it holds what is not set here.
    """
    voice = voices.paragraph(paragraph)
    if voice is None:
        raise Strange("style")
    reader = _Reader(voices, calls, mark)
    reader.read(paragraph, voice, ())
    if not reader.shown:
        raise Strange("empty")  # it may be the place of a link, and has no line
    return reader.flat()


class _Reader:
    def __init__(self, voices: Voices, calls: dict[Element, int], mark: float) -> None:
        self._voices, self._calls, self._mark = voices, calls, mark
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._float = 0.0
        self._spaced = True
        self.shown = False
        """Whether there is anything to be seen."""

    def flat(self) -> Flat:
        text = "".join(self._parts)
        return Flat(text, tuple(self._runs), self._float)

    def read(self, element: Element, voice: Voice, path: tuple[Element, ...]) -> None:
        """Read what an element holds."""
        self._say(element.text, voice, path)
        for child in element:
            width = self._atom_width(child, voice)
            if width is not None:
                forced, place = html.local(child) == "br", _is_place(child)
                said = NEW_LINE if forced else ATOM
                self._put(said, Run(self._length, self._length + 1, voice, path, child, width))
                stays = place or html.has_class(child, DROP_CAP)
                self._spaced = forced or (self._spaced and stays)
                self.shown |= not place
            else:
                within = self._voices.within(voice, child)
                if within is None:
                    raise Strange(_name(child))
                self.read(child, within, (*path, child))
            self._say(child.tail, voice, path)

    def _say(self, text: str | None, voice: Voice, path: tuple[Element, ...]) -> None:
        """Read a text, with one space for each white space, as a browser does."""
        if not text:
            return
        said = text
        for space in "\n\t\r":
            said = said.replace(space, " ")
        while "  " in said:
            said = said.replace("  ", " ")
        if self._spaced:
            said = said.lstrip(" ")
        if not said:
            return
        if _FOREIGN.search(said):
            raise Strange("script")
        if not self._voices.draws(voice, said):
            raise Strange("glyphs")
        self._spaced = said.endswith(" ")
        self.shown |= bool(said.strip(" "))
        self._put(said, Run(self._length, self._length + len(said), voice, path))

    def _put(self, text: str, run: Run) -> None:
        self._parts.append(text)
        self._runs.append(run)
        self._length += len(text)

    def _atom_width(self, element: Element, voice: Voice) -> float | None:
        """Return how wide an element is that is set as one; None for one that is read."""
        names = html.classes(element)
        if DROP_CAP in names:
            self._float = _points(element.get("style", ""))
            return 0.0
        if INITIAL in names or html.local(element) == "br" or _is_place(element):
            return 0.0
        if "math-inline" in names:
            return _points(element.get("style", "").partition(";")[0], voice.size)
        if END_MARK in names:
            return self._mark + 0.45 * voice.size
        if FOOT in names:
            return self._voices.width(self._voices.call, str(self._calls[element]))
        return None


def _is_place(element: Element) -> bool:
    """Whether an element is but a place that links lead to."""
    return "id" in element.attrib and not len(element) and not (element.text or "").strip()


def _points(style: str, em: float = 0.0) -> float:
    """Return the width that a style gives what it is of, in points or in ems of so many."""
    name, _, value = (part.strip() for part in style.partition(":"))
    if name == "width" and value.endswith("pt"):
        return float(value.removesuffix("pt"))
    if name == "width" and value.endswith("em"):
        return float(value.removesuffix("em")) * em
    raise Strange("width")


def _name(element: Element) -> str:
    names = html.classes(element)
    return ".".join((html.local(element), *names[:1]))


# --- lines ---------------------------------------------------------------------------------------


class Cut(msgspec.Struct, frozen=True):
    """A line: where it begins and ends in the text, and what is drawn behind it.

    ``spaced`` says whether a space of the text follows.
    """

    start: int
    end: int
    behind: str = ""
    spaced: bool = False


def parted(paragraph: Flat, cuts: Sequence[Cut]) -> Iterator[Element]:
    """Yield an element for each line, with what of the paragraph stands in it."""
    whole = _Whole(cuts, paragraph.runs)
    for cut in cuts:
        line = etree.Element("span")
        builder = _Line(line, whole)
        for run in paragraph.runs:
            start, end = max(run.start, cut.start), min(run.end, cut.end)
            if start >= end:
                continue
            if run.atom is not None:
                builder.put(run)
            else:
                builder.say(run, paragraph.text[start:end])
        builder.finish(cut.behind)
        yield line


class _Whole:
    """The elements that stand in several lines, and the words of each."""

    def __init__(self, cuts: Sequence[Cut], runs: Iterable[Run]) -> None:
        spans: dict[Element, tuple[int, int]] = {}
        for run in runs:
            for element in run.path:
                start, _ = spans.get(element, (run.start, 0))
                spans[element] = start, run.end
        inner = [cut.start for cut in cuts[1:]]
        self.parted = {
            element
            for element, (start, end) in spans.items()
            if any(start < place < end for place in inner)
        }
        self.begun: set[Element] = set()


class _Line:
    """A line that is being built."""

    def __init__(self, line: Element, whole: _Whole) -> None:
        self._line, self._whole = line, whole
        self._path: tuple[Element, ...] = ()
        self._open: list[Element] = [line]

    def put(self, run: Run) -> None:
        """Add what is no text."""
        assert run.atom is not None
        atom = deepcopy(run.atom)
        atom.tail = None
        self._enter(run.path).append(atom)

    def say(self, run: Run, text: str) -> None:
        """Add a text."""
        _append(self._enter(run.path), text)

    def finish(self, behind: str) -> None:
        """Add what is drawn behind the line, to the element that its last letter is in."""
        if behind:
            _append(self._open[-1], behind)

    def _enter(self, path: tuple[Element, ...]) -> Element:
        """Return the element for a path; what is open goes on."""
        same = 0
        for one, other in zip(path, self._path, strict=False):
            if one is not other:
                break
            same += 1
        del self._open[same + 1 :]
        for element in path[same:]:
            part = etree.SubElement(self._open[-1], element.tag)
            for name, value in element.attrib.items():
                part.set(name, value)
            if element in self._whole.parted:
                if element in self._whole.begun:
                    part.attrib.pop("id", "")
                if html.local(element) == "a":
                    part.set(PART, html.words(element))
            self._whole.begun.add(element)
            self._open.append(part)
        self._path = path
        return self._open[-1]


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text

"""Paragraphs as atoms, which are words, signs and ends of paragraphs, and atoms as paragraphs."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import msgspec

from faircopy.intake.names import Element, M, child, w
from faircopy.revision.lines import split
from faircopy.revision.redline.pen import Fate, Pen
from faircopy.translation.xml import SPACE, local
from faircopy.writers.docx.ooxml import make, properties

_THING = "\0"
"""Begins what a thing is called, so that it is no word."""
NOTE = f"{_THING}note"
END = "\n"
_MARKS = frozenset((w("bookmarkStart"), w("bookmarkEnd")))
_WHOLE = frozenset((f"{{{M}}}oMath", f"{{{M}}}oMathPara"))

Sense = Callable[[Element], str]
"""Says what something that is no text is, such as a picture or where a link leads."""


class Atom(msgspec.Struct, frozen=True, eq=False):
    """A word, a sign, a thing or the end of a paragraph.

    ``element`` is what stands in the run, for an end the paragraph's properties, ``looks`` are the
    run's properties; ``link`` is the hyperlink that it stands in, which leads ``to`` somewhere.
    ``marks`` are the bookmarks that begin or end before it.
    """

    key: str
    element: Element | None
    looks: Element | None = None
    link: Element | None = None
    to: str = ""
    marks: tuple[Element, ...] = ()

    @property
    def is_end(self) -> bool:
        """Whether it is a paragraph's end."""
        return self.key == END

    @property
    def is_space(self) -> bool:
        """Whether it is white space within a line."""
        return self.key.isspace() and not self.is_end


Fated = tuple[Fate, Atom, Atom | None]
"""What became of an atom; one that was kept stands with the one that it was."""


def atoms(paragraph: Element, sense: Sense) -> Iterator[Atom]:
    """Yield the atoms of a paragraph, its end last."""
    marks: list[Element] = []
    for one in paragraph.iter(w("r"), *_MARKS, *_WHOLE):
        if one.tag in _MARKS:
            marks.append(one)
            continue
        if one.tag != w("r") and any(up.tag in _WHOLE for up in one.iterancestors()):
            continue
        link = next(one.iterancestors(w("hyperlink")), None)
        to = "" if link is None else sense(link)
        for key, element in _said(one, sense):
            yield Atom(key, element, child(one, "rPr"), link, to, tuple(marks))
            marks.clear()
    yield Atom(END, child(paragraph, "pPr"), marks=tuple(marks))


def _said(run: Element, sense: Sense) -> Iterator[tuple[str, Element]]:
    if run.tag != w("r"):
        yield _THING + sense(run), run
        return
    for one in run:
        if one.tag == w("t"):
            for token in split(one.text or ""):
                part = one.makeelement(w("t"), {SPACE: "preserve"}, None)
                part.text = token
                yield token, part
        elif one.tag != w("rPr"):
            yield _THING + sense(one), one


def alike(one: Element | None, other: Element | None) -> bool:
    """Whether two properties say the same; the number of a list is not compared."""
    return one is other or _spelt(one) == _spelt(other)


def _spelt(about: Element | None) -> list[str]:
    return [] if about is None else sorted(map(_plainly, about))


def _plainly(element: Element) -> str:
    said = sorted(f"{name!s}={given!s}" for name, given in element.attrib.items())
    within = "".join(_plainly(one) for one in element if one.tag != w("numId"))
    return f"<{element.tag} {' '.join(said)}>{within}</>"


def paragraphs(fated: Sequence[Fated], pen: Pen) -> Iterator[Element]:
    """Yield paragraphs made of atoms, the last of which is an end."""
    held: list[Fated] = []
    for fate, atom, was in fated:
        if not atom.is_end:
            held.append((fate, atom, was))
            continue
        made = make("p")
        if atom.element is not None:
            made.append(copy.deepcopy(atom.element))
        made.extend(_content(held, pen))
        if fate is not Fate.OUT:
            made.extend(atom.marks)
        pen.end(made, fate)
        if was is not None and not alike(atom.element, was.element):
            pen.otherwise(properties(made, "pPr"), was.element)
        held = []
        yield made


def _content(fated: Sequence[Fated], pen: Pen) -> Iterator[Element]:
    """Yield runs and bookmarks, in links and marks of changes where they stand in some."""
    for (fate, link), group in groupby(fated, key=lambda one: (one[0], one[1].link)):
        made = list(_runs(list(group), fate, pen))
        if link is None:
            yield from made
            continue
        holder = link.makeelement(link.tag, dict(link.attrib), None)
        holder.extend(made)
        yield holder


def _runs(fated: Sequence[Fated], fate: Fate, pen: Pen) -> Iterator[Element]:
    """Yield what atoms of one fate say, those of the same look in one run."""
    out: list[Element] = []
    last: tuple[Element | None, Element | None] | None = None
    for _, atom, was in fated:
        element = atom.element
        if element is None:
            continue
        if atom.marks and fate is not Fate.OUT:
            yield from _marked(out, fate, pen)
            yield from atom.marks
            out, last = [], None
        changed = was is not None and not alike(atom.looks, was.looks)
        looks = (atom.looks, was.looks if was is not None and changed else None)
        if element.tag in _WHOLE:
            out.append(copy.deepcopy(element))
            last = None
            continue
        if last is None or not (alike(last[0], looks[0]) and alike(last[1], looks[1])):
            out.append(_run(element, atom.looks))
            if was is not None and changed:
                pen.otherwise(properties(out[-1], "rPr"), was.looks)
            last = looks
        _say(out[-1], element, fate)
    yield from _marked(out, fate, pen)


def _marked(runs: list[Element], fate: Fate, pen: Pen) -> Iterator[Element]:
    if fate is Fate.KEPT or not runs:
        yield from runs
    else:
        yield pen.mark(fate, *runs)


def _run(like: Element, looks: Element | None) -> Element:
    run = like.makeelement(w("r"), {}, None)
    if looks is not None:
        run.append(copy.deepcopy(looks))
    return run


def _say(run: Element, element: Element, fate: Fate) -> None:
    """Put something into a run, a text to the end of the text that stands there."""
    tag = w("delText") if fate is Fate.OUT and element.tag == w("t") else element.tag
    last = run[-1] if len(run) else None
    if local(element) == "t" and last is not None and last.tag == tag:
        last.text = (last.text or "") + (element.text or "")
        return
    made = copy.deepcopy(element)
    made.tag = tag
    run.append(made)

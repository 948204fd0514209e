"""Our own walk over a Word file: every word is taken or left for a reason, in reading order.

It reads the package as it came, and knows nothing of what is made ready for pandoc: the words of
the finished manuscript are held against it. A note stands where the text refers to it, a text box
behind the paragraph that it hangs on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from faircopy.intake import changes, signs
from faircopy.intake.changes import Choice
from faircopy.intake.names import (
    MC,
    A,
    Element,
    M,
    V,
    child,
    chosen,
    value,
    w,
)
from faircopy.intake.styles import Styles
from faircopy.intake.threads import Stretch, threaded
from faircopy.intake.walked import Comment, Left, Passage, Text, Walked, Why
from faircopy.translation.xml import local, namespace


def walk(text: Text, choice: Choice = Choice.UNSAID) -> Walked:
    """Walk over a text, its tracked changes accepted unless they are to be rejected."""
    one = _Walk(text, choice)
    one.blocks(text.body)
    one.end()
    one.alone()
    every = [node for root in _read(text) for node in root.iter(w("t"), w("delText"))]
    unseen = [node.text or "" for node in every if node not in one.met]
    return Walked(
        tuple(one.passages),
        tuple(one.left),
        tuple(one.comments()),
        dict(one.counts),
        tuple(words for words in unseen if words.strip()),
    )


def _read(text: Text) -> Iterator[Element]:
    """Yield what a walk must come by: the body, and each note."""
    yield text.body
    for kind in text.notes:
        yield from text.note(kind).values()


class _Look(msgspec.Struct, frozen=True):
    """What a run's words are set in, and whether they are a note's mark."""

    font: str
    capitals: bool
    marked: bool


class _Walk:
    """One walk. Its state is where it stands: the paragraph, its words, the comments open."""

    def __init__(self, text: Text, choice: Choice) -> None:
        self._text = text
        self._choice = choice
        self._gone = changes.gone(choice)
        self._notes = {kind: text.note(kind) for kind in ("footnotes", "endnotes")}
        self._numbers = {p: n for n, p in enumerate(text.body.iter(w("p")), start=1)}
        self._number = 0
        self._began = 0  # the first of paragraphs that are joined
        self._out: list[str] = []
        self._noted: list[str] = []
        self._boxes: list[Iterable[Element]] = []
        self._within: list[Element] = []  # the paragraphs that the walk stands in
        self._open: dict[str, list[str]] = {}
        self._about: dict[str, Stretch] = {}
        self._said = 0  # pieces of text so far
        self._referred: set[tuple[str, str]] = set()
        self.passages: list[Passage] = []
        self.left: list[Left] = []
        self.counts: Counter[str] = Counter()
        self.met: set[Element] = set()

    # --- blocks ----------------------------------------------------------------------------------

    def blocks(self, element: Iterable[Element]) -> None:
        """Walk over what holds paragraphs and tables."""
        for one in element:
            self._block(one)

    def _block(self, one: Element) -> None:
        if one.tag == w("p"):
            self._paragraph(one)
        elif one.tag in self._gone or (one.tag == w("tr") and changes.leaves(one, self._choice)):
            self._leave(one, self._changed())
        elif one.tag == w("sdt") and (why := self._control(one)):
            self._leave(one, why)
        elif one.tag == f"{{{MC}}}AlternateContent":
            self._alternate(one, self.blocks)
        elif one.tag == w("r"):  # where none may be, but some programs write it
            self._run(one)
            self._end(self._number, joined=False)
        elif local(one):
            self.blocks(one)

    def _paragraph(self, paragraph: Element) -> None:
        self._number = self._numbers.get(paragraph, self._number)
        number, boxes = self._number, self._boxes
        self._boxes = []
        self._within.append(paragraph)
        if is_contents(self._text.styles, paragraph):
            self._leave(paragraph, Why.CONTENTS)
        else:
            self._inline(paragraph)
        self._within.pop()
        self._end(number, joined=changes.joins(paragraph, self._choice) or _is_drop_cap(paragraph))
        hanging, self._boxes = self._boxes, boxes
        for box in hanging:
            self.counts["box"] += 1
            self.blocks(box)

    def _end(self, number: int, *, joined: bool) -> None:
        if self._within:  # a note: its paragraphs stand in the text's
            self._out.append(" ")
            return
        self._began = self._began or number
        if joined:  # the next paragraph goes on in it
            return
        text = "".join(self._out)
        if text.strip():
            self.passages.append(Passage(self._began, text, tuple(self._noted)))
        self._out, self._noted, self._began = [], [], 0
        for heard in self._open.values():
            heard.append(" ")

    # --- what stands in a line -------------------------------------------------------------------

    def end(self) -> None:
        """End the last paragraph, which nothing goes on in."""
        self._end(self._number, joined=False)

    def _inline(self, element: Element) -> None:
        for one in element:
            name = local(one)
            if not name or name.endswith("Pr"):
                continue
            if one.tag == w("p"):
                self._boxes.append((one,))
            elif one.tag == w("r"):
                self._run(one)
            elif one.tag in self._gone:
                self._leave(one, self._changed())
            elif namespace(one) == M:
                self.counts["formula"] += sum(1 for _ in one.iter(f"{{{M}}}oMath"))
                self._leave(one, Why.FORMULA)
                self._out.append(" ")
            elif one.tag == w("sdt") and (why := self._control(one)):
                self._leave(one, why)
            elif one.tag == f"{{{MC}}}AlternateContent":
                self._alternate(one, self._inline)
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._range(value(one, "id"), begins=name.endswith("Start"))
            else:
                self._inline(one)

    def _run(self, run: Element) -> None:
        paragraph = self._within[-1] if self._within else None
        if self._text.styles.has(run, paragraph, "vanish"):
            self._leave(run, Why.HIDDEN)
            return
        marked = any(value(one, "customMarkFollows") in ("1", "true", "on") for one in run)
        styles = self._text.styles
        capitals, font = styles.says(run, "caps"), styles.text(run, paragraph, "rFonts", "ascii")
        self._in_run(run, _Look(font, capitals=bool(capitals), marked=marked))

    def _in_run(self, element: Element, look: _Look) -> None:
        for one in element:
            if one.tag in (w("t"), w("delText")):
                self.met.add(one)
                written = one.text or ""
                if one.tag == w("delText") and self._choice is not Choice.REJECT:
                    self._note(Why.DELETED, written)
                elif look.marked:
                    self._note(Why.MARK, written)
                else:
                    written = signs.legible(written, look.font)
                    self._say(written.upper() if look.capitals else written)
            elif one.tag == f"{{{MC}}}AlternateContent":
                self._alternate(one, partial(self._in_run, look=look))
            else:
                self._piece(one)

    def _piece(self, one: Element) -> None:
        name = local(one)
        if name in ("footnoteReference", "endnoteReference"):
            self._refer("footnotes" if name.startswith("foot") else "endnotes", value(one, "id"))
        elif name == "commentReference":
            id = value(one, "id")
            self._about.setdefault(id, Stretch(paragraph=self._number))
        elif name in _SIGNS:
            self._say(_SIGNS[name])
        elif name == "ruby":
            self._inline_of(child(one, "rubyBase"))
            self._say("(")
            self._inline_of(child(one, "rt"))
            self._say(")")
        elif name == "r":
            self._run(one)
        elif name == "sym":
            self._say(signs.sign(value(one, "char"), value(one, "font")))
        elif not name.endswith("Pr"):
            self._drawing(one)

    def _inline_of(self, element: Element | None) -> None:
        if element is not None:
            self._inline(element)

    def _drawing(self, one: Element) -> None:
        """Put the boxes of a drawing aside, and leave the other words that are in it."""
        if local(one) == "txbxContent":
            self._boxes.append(one)
            return
        if one.tag == f"{{{MC}}}AlternateContent":
            self._alternate(one, self._drawn)
            return
        if one.tag in (w("t"), w("delText")):
            self.met.add(one)
            self._note(Why.DRAWING, one.text or "")
        elif one.tag == f"{{{A}}}t":
            self._note(Why.DRAWING, one.text or "")
        elif one.tag == f"{{{V}}}textpath":
            self._note(Why.DRAWING, one.get("string", ""))
        elif one.tag == w("r"):
            self._run(one)
            return
        self._drawn(one)

    def _drawn(self, element: Element) -> None:
        for one in element:
            if isinstance(one.tag, str):
                self._drawing(one)

    def _alternate(self, element: Element, read: Callable[[Element], None]) -> None:
        taken = chosen(element)
        for branch in element:
            if branch is taken:
                read(branch)
            else:
                self._leave(branch, Why.TWICE)

    # --- what is left, notes and comments --------------------------------------------------------

    def _control(self, control: Element) -> Why | None:
        """Return why a content control is left out, if it is."""
        about = child(control, "sdtPr")
        if about is None:
            return None
        if child(about, "showingPlcHdr") is not None:
            return Why.PLACEHOLDER
        gallery = value(child(about, "docPartObj", "docPartGallery"))
        return Why.CONTENTS if gallery == "Table of Contents" else None

    def _changed(self) -> Why:
        return Why.INSERTED if self._choice is Choice.REJECT else Why.DELETED

    def _leave(self, element: Element, why: Why) -> None:
        self.met.update(element.iter(w("t"), w("delText")))
        kinds = (w("t"), w("delText"), f"{{{M}}}t", f"{{{A}}}t")
        text = " ".join("".join(one.text or "" for one in element.iter(*kinds)).split())
        if why is not Why.TWICE or text:
            self._note(why, text)

    def _note(self, why: Why, text: str) -> None:
        if text.strip():
            self.left.append(Left(why, text.strip(), self._number))

    def _say(self, text: str) -> None:
        self._said += 1
        self._out.append(text)
        for heard in self._open.values():
            heard.append(text)

    def _refer(self, kind: str, id: str) -> None:
        note = self._notes[kind].get(id)
        if note is None or (kind, id) in self._referred:
            return
        self._referred.add((kind, id))
        self.counts["note"] += 1
        heard, self._open = self._open, {}  # a comment's words are the text's
        begins = len(self._out)
        self._out.append(" ")
        self.blocks(note)
        self._out.append(" ")
        self._noted.append("".join(self._out[begins:]))
        self._open = heard

    def alone(self) -> None:
        """Leave the notes that nothing refers to."""
        self._number = 0
        for kind, notes in self._notes.items():
            for id, note in notes.items():
                if (kind, id) not in self._referred:
                    self._leave(note, Why.ALONE)

    def _range(self, id: str, *, begins: bool) -> None:
        if begins:
            self._open[id] = []
            self._about[id] = Stretch(paragraph=self._number, begins=self._said)
        elif id in self._open:
            words = "".join(self._open.pop(id))
            begun = self._about[id]
            self._about[id] = msgspec.structs.replace(begun, words=words, ends=self._said)

    def comments(self) -> Iterator[Comment]:
        """Yield the comments in the order of their part, with the replies to each."""
        yield from threaded(self._text.comments, self._text.threads, self._about)


_SIGNS = {
    "tab": " ",
    "ptab": " ",
    "br": " ",
    "cr": " ",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
"""What a run has in place of letters (ECMA-376, part 1, 17.3.3)."""


def _is_drop_cap(paragraph: Element) -> bool:
    """Whether a paragraph is the large letter that the next one begins with (17.3.1.11)."""
    return value(child(paragraph, "pPr", "framePr"), "dropCap") in ("drop", "margin")


def is_contents(styles: Styles, paragraph: Element) -> bool:
    """Whether a paragraph is a line of a table of contents."""
    return any(name.startswith("toc ") for name in styles.names(paragraph))

"""A Word file that came back, as lines: tracked changes are taken as made, with their authors."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from faircopy.intake import fields
from faircopy.intake.account import words
from faircopy.intake.changes import Choice
from faircopy.intake.names import Element, M, R, child, day, is_on, value, w
from faircopy.intake.package import Package
from faircopy.intake.settling import settle
from faircopy.intake.styles import Styles
from faircopy.intake.walked import Passage, Text
from faircopy.revision.lines import NOTE, THING, Hand, Line, Look, Looks, Piece, every, seen
from faircopy.translation.xml import local

_AUTHOR, _DATE = "{urn:hand}author", "{urn:hand}date"
_SWITCHES = (
    ("i", Look.EMPH),
    ("b", Look.STRONG),
    ("strike", Look.STRIKE),
    ("smallCaps", Look.SMALL),
)
_OWN = frozenset(("speaker", "outlet", "genre", "untranslated"))
"""Styles of ours for words that have their look by what they are."""
_CODE = frozenset(("verbatim char", "html code", "source code", "code", "drawing", "drawing wide"))
_RAISED = {"superscript": Look.SUPER, "subscript": Look.SUB}
_TRIMMED = " \t\n"
_KINDS = {
    "title": "title",
    "subtitle": "subtitle",
    "standfirst": "standfirst",
    "byline": "byline",
    "dateline": "dateline",
    "imprint": "imprint",
    "kicker": "outlet",
    "pull quote": "pull quote",
    "block text": "quote",
    "quote": "quote",
    "verse": "verse",
    "source code": "code",
    "drawing": "code",
    "drawing wide": "code",
    "definition term": "term",
    "definition": "definition",
    "image caption": "caption",
    "table caption": "caption",
    "caption": "caption",
    "captioned figure": "figure",
}


class Gone(msgspec.Struct, frozen=True):
    """Words that a tracked change takes out, and whose it is."""

    text: str
    hand: Hand


class Returned(msgspec.Struct, frozen=True):
    """What came back: its lines, and the words that tracked changes take out."""

    lines: tuple[Line, ...]
    gone: tuple[Gone, ...]


def returned(package: Package, text: Text, choice: Choice = Choice.ACCEPT) -> Returned:
    """Return the lines of a Word file, its tracked changes accepted or all rejected.

    ``text`` stays as it is.
    """
    body = copy.deepcopy(text.body)
    numbers = {p: n for n, p in enumerate(body.iter(w("p")), start=1)}
    notes = copy.deepcopy(dict(text.notes))
    gone: list[Gone] = []
    links: dict[int, dict[str, str]] = {}
    for kind, root in {"document": body, **notes}.items():
        gone += _signed(root)
        settle(root, text.styles, choice)
        part = package.main if kind == "document" else package.related(kind)[0]
        found = package.relations(part).items()
        known = {id: one.target for id, one in found if one.kind == "hyperlink" and one.external}
        fields.plain(root, known)
        links[id_of(root)] = known
    read = _Reader(text.styles, msgspec.structs.replace(text, notes=notes), links, numbers)
    return Returned(tuple(read.body(body)), tuple(gone))


def id_of(root: Element) -> int:
    """Return a number that stands for a tree while it is there."""
    return id(root)


def _signed(root: Element) -> Iterator[Gone]:
    """Write the author on each run of a tracked change, and yield what such changes take out."""
    for one in root.iter(w("ins"), w("moveTo"), w("del"), w("moveFrom")):
        hand = Hand(value(one, "author") or "somebody unnamed", day(one))
        if one.tag in (w("del"), w("moveFrom")):
            text = "".join(t.text or "" for t in one.iter(w("t"), w("delText")))
            yield Gone(text, hand)
            continue
        for run in one.iter(w("r")):
            run.set(_AUTHOR, hand.author)
            run.set(_DATE, hand.date)


class _Reader:
    """One reading. Its state is the notes that the line at hand refers to."""

    def __init__(
        self,
        styles: Styles,
        text: Text,
        links: Mapping[int, Mapping[str, str]],
        numbers: Mapping[Element, int],
    ) -> None:
        self._styles = styles
        self._notes = {kind: text.note(kind) for kind in ("footnotes", "endnotes")}
        self._roots = text.notes
        self._links = links
        self._numbers = numbers
        self._read: set[tuple[str, str]] = set()
        self._waiting: list[tuple[str, Element]] = []

    def body(self, root: Element) -> Iterator[Line]:
        """Yield the lines of the text, those of its notes where they are referred to."""
        yield from self._lines(root, self._links[id_of(root)], "")

    def _lines(self, root: Element, links: Mapping[str, str], kind: str) -> Iterator[Line]:
        held: tuple[Piece, ...] = ()
        for paragraph in root.iter(w("p")):
            if any(one.tag == w("txbxContent") for one in paragraph.iterancestors()):
                continue
            pieces = (*held, *self._pieces(paragraph, links))
            held = ()
            if value(child(paragraph, "pPr", "framePr"), "dropCap") in ("drop", "margin"):
                held = pieces
                continue
            waiting, self._waiting = self._waiting, []
            line = Line(
                kind or self._kind(paragraph),
                _trimmed(pieces),
                self._unit(paragraph),
                self._numbers.get(paragraph, 0),
                tuple(tuple(self._note(*one)) for one in waiting),
            )
            if line.text.strip():
                yield line

    def _note(self, where: str, note: Element) -> Iterator[Line]:
        yield from self._lines(note, self._links[id_of(self._roots[where])], "note")

    def _kind(self, paragraph: Element) -> str:
        if level := self._styles.level(paragraph):
            return f"heading {level}"
        names = self._styles.names(paragraph)
        for name in names:
            if name in _KINDS:
                return _KINDS[name]
        if any(one.tag == w("tc") for one in paragraph.iterancestors()):
            return "cell"
        numbered = value(child(paragraph, "pPr", "numPr", "numId")) not in ("", "0")
        if numbered or any(name.startswith("list ") for name in names):
            return "item"
        return "text"

    def _unit(self, paragraph: Element) -> str:
        marks = (value(one, "name") for one in paragraph.iter(w("bookmarkStart")))
        return next((name for name in marks if name[:1] != "_"), "")

    def _pieces(self, paragraph: Element, links: Mapping[str, str]) -> Iterator[Piece]:
        for run in paragraph.iter(w("r"), f"{{{M}}}oMath"):
            if run.tag != w("r"):
                yield Piece(THING)
                continue
            if next(run.iterancestors(w("p")), None) is not paragraph:
                continue
            looks, link = self._looks(run, paragraph), _link(run, links)
            hand = Hand(run.get(_AUTHOR, ""), run.get(_DATE, "")) if run.get(_AUTHOR) else None
            for one in run:
                if text := self._said(one):
                    mine = looks if text != NOTE else looks - {Look.SUPER}
                    yield Piece(text, mine, link, hand)

    def _said(self, one: Element) -> str:
        name = local(one)
        if name == "t":
            return seen(one.text or "")
        if name in ("tab", "br", "cr"):
            return " "
        if name == "noBreakHyphen":
            return "\u2011"
        if name in ("drawing", "pict", "object"):
            return THING
        if name in ("footnoteReference", "endnoteReference"):
            kind = "footnotes" if name.startswith("foot") else "endnotes"
            id = value(one, "id")
            note = self._notes[kind].get(id)
            if note is None or (kind, id) in self._read:
                return ""
            self._read.add((kind, id))
            self._waiting.append((kind, note))
            return NOTE
        return ""

    def _looks(self, run: Element, paragraph: Element) -> Looks:
        own = {style.name for style in self._styles.chain(value(child(run, "rPr", "rStyle")))}
        if own & _OWN:
            return frozenset()
        bare = run.makeelement(w("r"), {}, None)
        found = {look for name, look in _SWITCHES if self._has(run, bare, paragraph, name)}
        raised = _RAISED.get(self._styles.text(run, paragraph, "vertAlign"))
        found |= {raised} if raised else set()
        if own & _CODE:
            found |= {Look.CODE}
        under = self._styles.text(run, None, "u")
        if under not in ("", "none") and not _linked(run):
            found |= {Look.UNDER}
        return frozenset(found)

    def _has(self, run: Element, bare: Element, paragraph: Element, name: str) -> bool:
        """Whether a run differs from its paragraph; a style of words turns over (17.7.3)."""
        if (said := self._styles.says(run, name)) is not None:
            return said != self._styles.has(bare, paragraph, name)
        styles = self._styles.chain(value(child(run, "rPr", "rStyle")))
        marks = (child(style.element, "rPr", name) for style in styles)
        found = next((one for one in marks if one is not None), None)
        return found is not None and is_on(found)


def _linked(run: Element) -> bool:
    return any(one.tag == w("hyperlink") for one in run.iterancestors())


def _link(run: Element, links: Mapping[str, str]) -> str:
    for one in run.iterancestors(w("hyperlink")):
        anchor = value(one, "anchor")
        target = links.get(one.get(f"{{{R}}}id", ""), "")
        return target or (f"#{anchor}" if anchor else "")
    return ""


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return pieces that are alike joined, with no white space at either end."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and msgspec.structs.replace(last, text=piece.text) == piece:
            out[-1] = msgspec.structs.replace(last, text=last.text + piece.text)
        else:
            out.append(piece)
    if out:
        out[0] = msgspec.structs.replace(out[0], text=out[0].text.lstrip(_TRIMMED))
        out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(_TRIMMED))
    return tuple(piece for piece in out if piece.text)


def unheard(passages: Iterable[Passage], back: Returned) -> list[str]:
    """Return the words of a file that our other walk over it met and that are in none of its lines.

    They stand where this reading does not look, as in boxes beside the text.
    """
    met = Counter(word for one in passages for word in words(seen(one.text)))
    text = (line.text.replace(NOTE, " ").replace(THING, "") for line in every(back.lines))
    met.subtract(word for one in text for word in words(seen(one)))
    return [word for word, count in met.items() if count > 0]

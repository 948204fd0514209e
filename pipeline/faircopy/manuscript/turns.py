"""Speaker turns: the forms in which transcripts are written, and who asks in them.

``**Name:** text``, ``*Name*: text``, ``NAME: text``; a time stamp may stand before the name, in it
or after it: ``[00:12] **Name:**``, ``**Name (00:12):**``, ``**Name:** [00:12]``. Where a time
leads, the colon may be missing, as in ``0:00:36.2 **Name** text``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Self

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Inline, Inlines
from faircopy.core.model import Metadata, Role
from faircopy.manuscript.people import is_among, is_answering, is_asking
from faircopy.manuscript.shortened import INITIALS, shortened, with_initials
from faircopy.passes.units import SPEAKER, TIMESTAMP

LEAVE_OUT = "leave-out"
"""Value of the front matter's ``timestamps`` by which no edition has them."""

_LONGEST_LABEL = 60
_MOST_WORDS = 6
"""Words of a name that nothing marks up."""

_COLONS = (":", "：")
_FEWEST = 2
"""Labels that make a transcript; a single one is emphasis."""

_MARKED = (ast.Strong, ast.Emph, ast.Underline, ast.SmallCaps)
_TIME = r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?"
_STAMP = re.compile(_TIME)
_TIME_AND_COLON = re.compile(rf"{_TIME}[:：]")
_STAMP_COLON = re.compile(rf"({_TIME})([:：,–-]?)")
_GAPS = (ast.Space, ast.SoftBreak)


class Label(msgspec.Struct, frozen=True):
    """What a turn begins with: time and name, up to the colon; and the words behind it.

    ``plain`` says that nothing but its place marks it as one.
    """

    inlines: Inlines
    rest: Inlines
    plain: bool = False

    @property
    def shown(self) -> str:
        """The speaker's name as it is written, without times and colon."""
        words = _STAMP.sub(" ", ast.text(self.inlines))
        return " ".join(words.replace("()", " ").split()).rstrip(" :：,–-")

    @property
    def name(self) -> str:
        """The speaker's name in lower case."""
        return self.shown.casefold()


def label(inlines: Inlines) -> Label | None:
    """Divide a turn's first paragraph into its label, colon and times included, and the rest."""
    start = _after_time(inlines, 0)
    first = inlines[start] if start < len(inlines) else None
    found = _marked(inlines, start) if isinstance(first, _MARKED) else _plain(inlines, start)
    if found is None or len(ast.text(found.inlines)) > _LONGEST_LABEL or not found.name:
        return None
    end = _after_time(found.rest, 1 if found.rest and isinstance(found.rest[0], _GAPS) else 0)
    if end > 1 and found.rest:
        times = found.rest[: end - isinstance(found.rest[end - 1], _GAPS)]
        rest = found.rest[len(times) :]
        return Label((*found.inlines, *times), rest, found.plain)
    return found


def _after_time(inlines: Inlines, at: int) -> int:
    """Return where what follows a time stamp at ``at`` begins; ``at`` where there is none."""
    first = inlines[at] if at < len(inlines) else None
    if not isinstance(first, ast.Str) or not _STAMP_COLON.fullmatch(first.c):
        return at
    following = inlines[at + 1] if at + 1 < len(inlines) else None
    if following is not None and not isinstance(following, (*_GAPS, ast.LineBreak)):
        return at
    return at + 2 if following is not None else at + 1


def _marked(inlines: Inlines, start: int) -> Label | None:
    first = inlines[start]
    assert isinstance(first, _MARKED)
    name, rest = first.inlines, inlines[start + 1 :]
    while len(name) == 1 and isinstance(name[0], _MARKED):
        name = name[0].inlines
    times = inlines[:start]
    if ast.text(name).endswith(_COLONS):
        return Label((*times, *name), rest)
    behind = rest[1] if len(rest) > 1 and isinstance(rest[0], _GAPS) else None
    if isinstance(behind, ast.Str) and _TIME_AND_COLON.fullmatch(behind.c):
        return Label((*times, *name, *rest[:2]), rest[2:])
    following = rest[0] if rest else None
    if isinstance(following, ast.Str) and following.c.startswith(_COLONS):
        colon, remainder = following.c[:1], following.c[1:]
        rest = ((ast.Str(remainder),) if remainder else ()) + rest[1:]
        return Label((*times, *name, ast.Str(colon)), rest)
    if start and isinstance(following, (*_GAPS, ast.LineBreak)):
        return Label((*times, *name), rest)
    return None


def _plain(inlines: Inlines, start: int) -> Label | None:
    words = 0
    for at in range(start, len(inlines)):
        item = inlines[at]
        if isinstance(item, ast.Str):
            words += 1
            if item.c.endswith(_COLONS):
                return Label(inlines[: at + 1], inlines[at + 1 :], plain=True)
        elif not isinstance(item, ast.Space):
            return None
        if words >= _MOST_WORDS:
            return None
    return None


def mark(inlines: Inlines, *, shown: bool, short: str = "") -> Inlines:
    """Return a turn's paragraph with its label as the speaker's, and its times marked or left out.

    A paragraph without a label may begin with a time. ``short`` takes the place of the name.
    """
    found = label(inlines)
    if found is None:
        end = _after_time(inlines, 0)
        if not end:
            return inlines
        return inlines if shown else inlines[end:]
    said = with_initials(found.inlines, short, _is_time) if short else found.inlines
    times = _timed(said) if shown else _untimed(said)
    return (ast.Span((Attr("", (SPEAKER,)), times)), *found.rest)


def _timed(inlines: Inlines) -> Inlines:
    out: list[Inline] = []
    for item in inlines:
        found = _STAMP_COLON.fullmatch(item.c) if isinstance(item, ast.Str) else None
        if found:
            out.append(ast.Span((Attr("", (TIMESTAMP,)), (ast.Str(found[1]),))))
            out += [ast.Str(found[2])] if found[2] else []
        else:
            out.append(item)
    return tuple(out)


def _untimed(inlines: Inlines) -> Inlines:
    out: list[Inline] = []
    for item in inlines:
        found = _STAMP_COLON.fullmatch(item.c) if isinstance(item, ast.Str) else None
        if found:
            while out and isinstance(out[-1], _GAPS):
                out.pop()
            out += [ast.Str(found[2])] if found[2] in _COLONS else []
        elif out or not isinstance(item, _GAPS):
            out.append(item)
    return ast.joined(out)


class Turns(msgspec.Struct, frozen=True):
    """Who speaks and who asks in a transcript, and whose turn it is. False without turns.

    ``short`` has the initials of each speaker, ``heard`` those of whom has spoken.
    """

    asking: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    short: Mapping[str, str] = {}
    heard: frozenset[str] = frozenset()
    current: Role | None = None

    def __bool__(self) -> bool:
        return bool(self.names)

    @classmethod
    def of(cls, blocks: Blocks, metadata: Metadata) -> Self:
        """Find the turns of a manuscript.

        Who asks is named by ``interviewer``, or by a word such as “Q”; else it is everyone whom
        ``interviewee`` does not name, if it names one; else whoever speaks first.
        """
        people = (*metadata.interviewer, *metadata.interviewee)
        labels = [found for inlines in _paragraphs(blocks) for found in _labels(inlines, people)]
        counts = Counter(one.name for one in labels)
        names = [one.name for one in labels if _is_speaker(one, counts[one.name], people)]
        if len(names) < _FEWEST:
            return cls()
        shown = {one.name: one.shown for one in labels if one.name in names}
        short = shortened(shown.values()) if metadata.speakers == INITIALS else {}
        return cls(frozenset(_asking(names, metadata)), frozenset(names), short)

    def role(self, inlines: Inlines) -> Role | None:
        """Return the role of the turn that this paragraph begins, if it begins one."""
        found = label(inlines)
        if found is None or found.name not in self.names:
            return None
        return Role.QUESTION if found.name in self.asking else Role.ANSWER

    def at(self, role: Role) -> Turns:
        """Return the turns with ``role`` as the one under way."""
        return msgspec.structs.replace(self, current=role)

    def initials(self, inlines: Inlines) -> str:
        """Return what stands for the name of whose turn this paragraph begins; "" for the name."""
        short = self._short(inlines)
        return short if short in self.heard else ""

    def after(self, inlines: Inlines) -> Turns:
        """Return the turns behind this paragraph, whose speaker has been heard."""
        return msgspec.structs.replace(self, heard=self.heard | {self._short(inlines)})

    def _short(self, inlines: Inlines) -> str:
        found = label(inlines)
        return self.short.get(found.name, "") if found else ""

    def headed(self) -> Turns:
        """Return the turns behind a heading: nobody's question goes on there."""
        return (
            msgspec.structs.replace(self, current=None) if self.current is Role.QUESTION else self
        )

    def divided(self, inlines: Inlines) -> tuple[Inlines, ...]:
        """Divide a paragraph in which several turns stand.

        One begins at a line's beginning, or within a line with a name that is marked up.
        """
        if not self or not self.role(inlines):
            return (inlines,)
        cuts = [at for at, found in _within(inlines) if found.name in self.names]
        starts = [0, *(at + 1 for at in cuts)]
        return tuple(inlines[a:b] for a, b in zip(starts, [*cuts, len(inlines)], strict=True))


def _within(inlines: Inlines) -> Iterator[tuple[int, Label]]:
    """Yield the labels behind the first with what stands before them: a line's end, or a space.

    Within a line a name must be marked up; a time before it belongs to it.
    """
    for at, item in enumerate(inlines):
        if not isinstance(item, (ast.LineBreak, *_GAPS)):
            continue
        found = label(inlines[at + 1 :])
        if found is None:
            continue
        if not isinstance(item, ast.Space) or not (found.plain or _is_time(inlines[at - 1])):
            yield at, found


def _is_time(item: Inline) -> bool:
    return isinstance(item, ast.Str) and bool(_STAMP_COLON.fullmatch(item.c))


def _labels(inlines: Inlines, people: tuple[str, ...]) -> Iterator[Label]:
    """Yield the label of a paragraph, and after one that of each line and of a known person."""
    first = label(inlines)
    if first is None:
        return
    yield first
    for at, found in _within(inlines):
        if not isinstance(inlines[at], ast.Space) or is_among(found.name, people):
            yield found


def _is_speaker(found: Label, times: int, people: tuple[str, ...]) -> bool:
    """Whether a label is one: what nothing marks up must be in capitals twice, or known."""
    if not found.plain:
        return True
    words = ast.text(found.inlines)
    return is_among(found.name, people) or (times >= _FEWEST and words.isupper())


def _asking(names: list[str], metadata: Metadata) -> set[str]:
    answering = {name for name in names if is_among(name, metadata.interviewee)}
    asking = {name for name in names if is_among(name, metadata.interviewer)}
    whole = {person.casefold() for person in metadata.interviewer}
    asking -= {name for name in asking & answering if name not in whole}
    asking = asking or {name for name in names if is_asking(name)} - answering
    if asking:
        return asking
    answering = answering or {name for name in names if is_answering(name)}
    others = {name for name in names if name not in answering}
    return others if answering and others else {names[0]}


def _paragraphs(blocks: Blocks) -> list[Inlines]:
    found: list[Inlines] = []
    for block in blocks:
        if isinstance(block, ast.Para):
            found.append(block.inlines)
        elif isinstance(block, ast.Div):
            found += _paragraphs(block.blocks)
    return found

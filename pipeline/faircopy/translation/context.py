"""What a translator needs to know of a unit beside its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.model import Query
from faircopy.translation import characters, codes
from faircopy.translation.boxes import Box
from faircopy.translation.codes import Content
from faircopy.translation.difference import difference
from faircopy.translation.job import Job
from faircopy.translation.segments import Group, Segment, TextUnit, likeness

CONTEXT = "context.pdf"
"""The edition with the units' ids in its margin, in bundles that have it."""

_LONGEST = 120


class Remark(msgspec.Struct, frozen=True):
    """One remark on a unit; ``category`` is ``role``, ``speaker``, ``query`` or the like."""

    category: str
    text: str


class Placed(msgspec.Struct, frozen=True):
    """A unit with its group, its neighbours and its room.

    ``page`` is that in the context PDF (0: not shown).
    """

    unit: TextUnit
    group: Group
    previous: TextUnit | None
    following: TextUnit | None
    page: int = 0
    box: Box | None = None

    def remarks(self) -> Iterator[Remark]:
        """Yield what is known of the unit, what matters most first."""
        for query in self.unit.queries:
            yield Remark("query", question(query))
        yield Remark("role", self.unit.role)
        if self.unit.speaker:
            yield Remark("speaker", self.unit.speaker)
        if self.group.title and not self.unit.heading:
            yield Remark("under", short(self.group.title))
        if self.page:
            yield Remark("page", f"page {self.page} of {CONTEXT}")
        if budget := self.budget():
            yield Remark("length", budget)
        if legend := ", ".join(self.legend()):
            yield Remark("codes", legend)
        if self.previous:
            yield Remark("previous", short(unit_text(self.previous)))
        if self.following:
            yield Remark("next", short(unit_text(self.following)))

    def legend(self, content: Content | None = None) -> Iterator[str]:
        """Yield what the codes of the unit, or of ``content`` alone, stand for: ``<1> bold``."""
        wanted = None if content is None else {tag.id for tag in codes.tags(content)}
        for number, node in self.unit.codes.items():
            if wanted is None or number in wanted:
                tag = f"<{number}>" if isinstance(node, ast.HOLDERS) else f"<{number}/>"
                yield f"{tag} {codes.describe(node)}"

    def budget(self) -> str:
        """Return how long the text may get, which is what the checks allow; else nothing."""
        if self.box:
            return str(self.box)
        if not self.unit.heading or len(self.unit.segments) != 1:
            return ""
        source = codes.plain(self.unit.segments[0].content).strip()
        return f"up to {characters.longest_heading(len(source))} characters"

    def line(self) -> str:
        """Return role, speaker, heading and queries as one line."""
        unit = self.unit
        parts = [unit.role]
        if unit.speaker:
            parts.append(f"speaker: {unit.speaker}")
        if self.group.title and not unit.heading:
            parts.append(f"under: {short(self.group.title)}")
        if self.page:
            parts.append(f"page {self.page} of {CONTEXT}")
        if budget := self.budget():
            parts.append(budget)
        parts += [f"query: {question(query)}" for query in unit.queries]
        return " ".join(" · ".join(parts).split())


def offered(job: Job, id: str) -> str:
    """Return the offer for a sentence on one line; nothing when there is none."""
    offer = job.offers.get(id)
    if offer is None:
        return ""
    old, new = codes.notation(offer.source), codes.notation(offer.target)
    return f"{offer.likeness} % alike: “{old}” was translated as “{new}”"


def beside(job: Job, segment: Segment) -> str:
    """Return on one line what changed since a sentence was translated, or that a machine did it.

    Nothing where there is no translation of it, or a person's.
    """
    target, offer = job.targets.get(segment.id), job.offers.get(segment.id)
    if target and target.machine and segment.id not in job.reviews:
        return "a machine translated this, and nobody has edited it"
    if offer is None or likeness(offer.source) == likeness(segment.content):
        return ""  # its codes stood elsewhere
    words = difference(offer.source, segment.content).replace("“", "‘").replace("”", "’")
    return f"changed since: “{words}”"


def question(query: Query) -> str:
    """Return a query on one line, with its id, and the author's answer if there is one."""
    answer = f" Answer: {query.answer}" if query.answer else ""
    return " ".join(f"[{query.id}] “{query.text}”: {query.question}{answer}".split())


def placed(job: Job) -> Iterator[Placed]:
    """Yield the units in reading order, each with its surroundings."""
    units = [(group, unit) for group in job.text.groups for unit in group.units]
    shown = {s.id for _, s in job.text.segments() if job.only is None or s.id in job.only}
    there = {unit.id for _, unit in units if any(s.id in shown for s in unit.segments)}
    for at, (group, unit) in enumerate(units):
        if unit.id not in there:
            continue
        yield Placed(
            unit if job.only is None else _part(unit, shown, there),
            group,
            units[at - 1][1] if at else None,
            units[at + 1][1] if at + 1 < len(units) else None,
            job.pages.get(unit.id, 0),
            job.boxes.get(unit.id),
        )


def _part(unit: TextUnit, shown: Collection[str], there: Collection[str]) -> TextUnit:
    """Return a unit with the sentences that are shown, and with the units in it that are there."""
    inner = {
        code: kept
        for code, ids in unit.inner.items()
        if (kept := tuple(id for id in ids if id in there))
    }
    segments = tuple(segment for segment in unit.segments if segment.id in shown)
    return msgspec.structs.replace(unit, segments=segments, inner=inner)


def unit_text(unit: TextUnit) -> str:
    """Return the words of a unit without codes."""
    return "".join(codes.plain(s.content) + codes.plain(s.gap) for s in unit.segments).strip()


def short(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0] + " …"

"""Two states of a manuscript, sentence by sentence: what an erratum or a new edition must say."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import msgspec

from faircopy.core.ast import Inline, Space, Str
from faircopy.core.model import Publication
from faircopy.passes.sentences import sentences
from faircopy.revision import aligning, spelt, written
from faircopy.revision.lines import NOTE, THING, Line, every


class Said(msgspec.Struct, frozen=True):
    """A sentence: its words, its id in every edition, and that of the unit that it stands in."""

    text: str
    id: str
    unit: str


class Changed(msgspec.Struct, frozen=True):
    """Sentences that gave way to others; the same words in both are set otherwise now."""

    old: tuple[Said, ...]
    new: tuple[Said, ...]

    @property
    def set_otherwise(self) -> bool:
        """Whether the words are the same, and only their look or kind is another."""
        return [one.text for one in self.old] == [one.text for one in self.new]


def compared(old: Publication, new: Publication) -> list[Changed]:
    """Return what changed from one state to another, in the order of the text."""
    one = [line for line in every(written.lines(old)) if line.text.strip()]
    other = [line for line in every(written.lines(new)) if line.text.strip()]
    langs = old.metadata.lang, new.metadata.lang
    found: list[Changed] = []
    for pair in aligning.pairs(one, other):
        was, now = one[pair.a : pair.b], other[pair.c : pair.d]
        before = [said for line in was for said in _said(line, langs[0])]
        after = [said for line in now for said in _said(line, langs[1])]
        changes = list(_changes(before, after))
        if not changes and list(map(spelt, was)) != list(map(spelt, now)):
            changes = [Changed(tuple(before), tuple(after))]
        found += changes
    return found


def _said(line: Line, lang: str) -> Iterator[Said]:
    inlines: list[Inline] = []
    for word in line.key.replace(NOTE, "").replace(THING, "").split():
        inlines += [*([Space()] if inlines else []), Str(word)]
    for one in sentences(line.unit, tuple(inlines), lang):
        text = "".join(part.c if isinstance(part, Str) else " " for part in one.inlines)
        yield Said(text.strip(), one.id, line.unit)


def _changes(before: Sequence[Said], after: Sequence[Said]) -> Iterator[Changed]:
    keys = [one.text for one in before], [one.text for one in after]
    matched = difflib.SequenceMatcher(None, *keys, autojunk=False)
    for kind, a, b, c, d in matched.get_opcodes():
        if kind == "equal":
            continue
        if b - a == d - c:
            yield from (
                Changed((was,), (now,)) for was, now in zip(before[a:b], after[c:d], strict=True)
            )
        else:
            yield Changed(tuple(before[a:b]), tuple(after[c:d]))

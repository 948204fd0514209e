"""A run that asks the proof of words what it is worth: it must find each change to a text's words.

A part of a manuscript, of about a page, is changed in one place, an edition is written from the
changed tree, and held against the unchanged one. What is not found is listed; a part that is not
changed must never be refused.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from faircopy import manuscript, proof
from faircopy.core import ast
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Publication
from faircopy.publish import digest
from faircopy.publish.cache import Cache
from faircopy.publish.project import CODE
from faircopy.theme import load
from faircopy.workshop.changes import CHANGES, Change, excerpts
from faircopy.writers import FORMATS, Options, write

WRITTEN = ("pdf", "docx", "epub", "web", "bundle")
WORDS = 90
"""Most words of a part: a page in A5 holds two hundred."""
SHOWN = 60
"""Characters of a text that are shown around a change."""
KEPT = 10
TOLD = 250
"""After so many changes what was found is kept, and told."""


class Trial(msgspec.Struct, frozen=True):
    """One change: of which kind, in which text, written in which format."""

    kind: str
    sample: str
    format: str
    seed: str
    before: str
    after: str


class Tally(msgspec.Struct):
    """What has become of all changes so far.

    Attributes:
        made: changes by kind, text and format.
        missed: those that were not found.
        whole: the parts, by text, number and format, that were tried as they are.
        refused: those of them that were refused though nothing was changed.
        unwritten: changed parts that a writer has refused.
        count: how often a change was tried.
    """

    made: dict[tuple[str, str, str], int] = {}
    missed: list[Trial] = []
    whole: set[tuple[str, int, str]] = set()
    refused: list[str] = []
    unwritten: int = 0
    count: int = 0

    @property
    def total(self) -> int:
        """How many changes were made."""
        return sum(self.made.values())


def folders(root: Path) -> list[Path]:
    """Return the folders of a checkout's manuscripts: its own, and those of its tests."""
    found = (*root.glob("source/*/manuscript.md"), *root.glob("tests/manuscripts/*/manuscript.md"))
    return sorted(path.parent for path in found)


def run(
    places: Sequence[Path], number: int, seed: int = 0, kept: Cache[Tally] | None = None
) -> Iterator[str]:
    """Make so many changes to the manuscripts of these folders; yield what is to be told.

    ``kept`` holds what was found before with this seed, this program and these manuscripts.
    """
    key = digest.of(digest.of_folder(CODE), str(seed), *(digest.of_folder(item) for item in places))
    before = kept.load(key) if kept else None
    tally = before or Tally()
    for _ in measured([manuscript.read(place) for place in places], number, seed, tally):
        if kept and tally.count % KEPT == 0:
            kept.store(key, tally)
        if tally.count % TOLD == 0:
            yield f"{tally.total} changes, {len(tally.missed)} missed"
    if kept:
        kept.store(key, tally)
    yield from told(tally)


def measured(
    samples: Sequence[Publication], number: int, seed: int, tally: Tally
) -> Iterator[None]:
    """Make so many changes, in turn of each kind, to each text and in each format.

    What becomes of them is added to ``tally``, and so it goes on where that stands; yields after
    each that was tried.
    """
    parts = {sample.slug: _parts(sample) for sample in samples}
    rows = [(sample.slug, change) for sample in samples for change in CHANGES]
    while tally.total < number and tally.count < number * 4:
        count = tally.count
        slug, change = rows[(count // len(WRITTEN)) % len(rows)]
        _try(parts, slug, change, WRITTEN[count % len(WRITTEN)], f"{seed}-{count}", tally)
        tally.count += 1
        yield


def _parts(sample: Publication) -> list[Publication]:
    """Return a manuscript in parts; pull quotes, which a PDF does not read, are left out."""
    blocks = tuple(block for block in sample.blocks if not _is_pull_quote(block))
    return [
        msgspec.structs.replace(sample, blocks=part)
        for part in excerpts(blocks, WORDS)
        if ast.text(part).strip()
    ]


def _is_pull_quote(block: ast.Block) -> bool:
    return isinstance(block, ast.Div) and "pull-quote" in block.attr.classes


def _try(
    parts: Mapping[str, Sequence[Publication]],
    slug: str,
    change: Change,
    name: str,
    seed: str,
    tally: Tally,
) -> None:
    """Change one part so that its words are others, write it and hold it against itself."""
    chance = random.Random(seed)
    for at in chance.sample(range(len(parts[slug])), len(parts[slug])):
        part = parts[slug][at]
        blocks = change(part.blocks, chance)
        if blocks is None or _said(blocks) == _said(part.blocks):
            continue
        kind = change.__name__
        mutated = msgspec.structs.replace(part, blocks=blocks)
        if (slug, at, name) not in tally.whole:
            tally.whole.add((slug, at, name))
            tally.refused += [f"{slug}: {name}, part {at}"] if _found(part, part, name) else []
        try:
            found = _found(part, mutated, name)
        except EditionError:
            tally.unwritten += 1
            return
        tally.made[kind, slug, name] = tally.made.get((kind, slug, name), 0) + 1
        if not found:
            before, after = _around(_said(part.blocks), _said(blocks))
            tally.missed.append(Trial(kind, slug, name, seed, before, after))
        return


def _found(part: Publication, mutated: Publication, name: str) -> bool:
    """Say whether the edition of ``mutated`` is refused as one of ``part``."""
    row = next(row for row in FORMATS if row.name == name)
    artifact = write(row, mutated, load("theme"), Options(page="a5"))
    return bool(proof.verify(part, artifact))


def _said(blocks: ast.Blocks) -> str:
    """Return a text's words as they are: nothing of the proof's own rules is in this."""
    return " ".join(unicodedata.normalize("NFC", ast.text(blocks)).split())


def _around(one: str, other: str) -> tuple[str, str]:
    """Return where two texts begin to differ."""
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), 0)
    start = max(0, at - SHOWN // 2)
    return one[start : start + SHOWN], other[start : start + SHOWN]


def told(tally: Tally) -> Iterator[str]:
    """Yield the figures, by kind, text and format, and then each miss."""
    total, missed = tally.total, len(tally.missed)
    share = 100 * (total - missed) / total if total else 0.0
    yield f"{total} changes to words, {total - missed} found: {share:.2f} %"
    yield f"{tally.unwritten} more were refused by a writer"
    yield f"{len(tally.whole)} parts unchanged, {len(tally.refused)} refused"
    yield from tally.refused
    for place, head in enumerate(("kind", "text", "format")):
        yield f"by {head}:"
        made, lost = Counter[str](), Counter[str]()
        for key, count in tally.made.items():
            made[key[place]] += count
        for trial in tally.missed:
            lost[(trial.kind, trial.sample, trial.format)[place]] += 1
        yield from (f"  {name:<34}{made[name]:>6}{lost[name]:>5} missed" for name in made)
    for trial in tally.missed:
        yield f"missed: {trial.kind}, {trial.sample}, {trial.format}, seed {trial.seed}"
        yield f"    {trial.before}"
        yield f"    {trial.after}"

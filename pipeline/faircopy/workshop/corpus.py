"""A run over many texts that nobody here wrote: what is published, what is refused, what is ours.

Each text is built by a process of its own, in a checkout made for the run under
``.cache/corpus/``, whose ``dist/`` can be looked at afterwards; the shortest come first. Judges are
asked about many texts at once, since to start a Java takes longer than most texts take. What became
of a text is kept by the hash of its bytes, so a run that was stopped goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import Diagnostic
from faircopy.publish import digest
from faircopy.publish.cache import Cache
from faircopy.publish.project import CODE, Project
from faircopy.workshop import strangers, trials
from faircopy.workshop.strangers import Stranger
from faircopy.workshop.trials import Fate, Said

ROUNDS = 6
"""How often what is wrong is taken out of a text, to see what is wrong behind it."""
BATCH = 12
"""About so many texts judges are asked at once."""
MISSING = frozenset(("tool-missing", "judges-failed"))
"""What is found where a judge gave no verdict: it is asked again in the next run."""


class Result(msgspec.Struct, frozen=True):
    """What became of a text, and how many changes it took until it was published.

    ``keys`` are changes in the front matter, ``first`` is what was said once that was right;
    ``changes`` are those below it, ``later`` the errors behind the first ones, ``last`` what the
    build came to after all, and ``told`` what it said then. ``judged`` is what judges found wrong
    where that had said nothing; None if they were not asked. ``state`` is the program's hash.
    """

    state: str
    first: Said
    last: Fate
    told: tuple[Diagnostic, ...] = ()
    keys: int = 0
    changes: int = 0
    later: tuple[Diagnostic, ...] = ()
    judged: tuple[Diagnostic, ...] | None = None

    @property
    def fate(self) -> Fate:
        """What became of it with a front matter that is right."""
        return _with(self.first.fate, self.judged)

    @property
    def end(self) -> Fate:
        """What became of it after all changes."""
        return _with(self.last, self.judged)

    def wrong(self) -> tuple[Diagnostic, ...]:
        """Return all that stopped the text, and what judges found wrong."""
        return (*self.first.wrong(), *self.later, *(self.judged or ()))


def _with(fate: Fate, judged: tuple[Diagnostic, ...] | None) -> Fate:
    return Fate.JUDGED if fate is Fate.PUBLISHED and judged else fate


Build = Callable[[Project, Sequence[tuple[Stranger, bytes]]], list[Said]]
Judge = Callable[[Project, Sequence[Stranger]], list[tuple[Diagnostic, ...]]]


def run(
    project: Project,
    folder: Path,
    *,
    lang: str,
    judges: bool,
    again: Sequence[str] = (),
    build: Build = trials.build,
    judge: Judge = trials.ask,
) -> Iterator[str]:
    """Build every text below ``folder``, and yield a line about each, then the table.

    Args:
        project: the checkout whose program is tried.
        folder: texts in Markdown, and folders with a ``manuscript.md``.
        lang: the language of texts whose path names none.
        judges: whether outside judges are asked about what is published.
        again: fates or codes; only texts that had one of them before are built anew, and the
            others are counted as they were.
        build: builds texts; by default in a process of their own.
        judge: asks the judges about texts that lie in ``dist/``; by default in such a process.

    Raises:
        OSError: a text cannot be read, or the cache not be written.
    """
    room = _room(project)
    kept = Cache(room.root / "results", Result)
    state = digest.of_folder(CODE)
    results: list[tuple[Stranger, Result]] = []
    texts = list(strangers.found(folder, lang))
    for start in range(0, len(texts), BATCH):
        rows: list[_Row] = []
        tries: list[_Try] = []
        for stranger in texts[start : start + BATCH]:
            text = strangers.readied(stranger.path.read_bytes(), stranger)
            key = digest.of(stranger.name, text)
            result = kept.load(key)
            if result is None or (result.state != state and _wanted(result, again)):
                tries.append(_Try(stranger, key, text))
            else:
                rows.append(_Row(stranger, key, result))
        _build(room, tries, build)
        for made in tries:
            row = _Row(made.stranger, made.key, made.result(state))
            kept.store(row.key, row.result)
            yield from _lines(row.stranger, row.result)
            rows.append(row)
        for row in _asked(room, rows, judge) if judges else ():
            kept.store(row.key, row.result)
            if row.result.judged:
                yield from _lines(row.stranger, row.result)
        results += ((row.stranger, row.result) for row in rows)
    yield from table(results)


class _Row(msgspec.Struct):
    """A text of a batch, the key that its result is kept by, and that result."""

    stranger: Stranger
    key: str
    result: Result


def _asked(room: Project, rows: Sequence[_Row], judge: Judge) -> Iterator[_Row]:
    """Ask judges about what was published and not judged by all of them; yield what they found."""
    asked = [row for row in rows if row.result.last is Fate.PUBLISHED and _unjudged(row.result)]
    if not asked:
        return
    said = judge(room, [row.stranger for row in asked])
    for row, found in zip(asked, said, strict=True):
        judged = tuple(_untold(found, row.result.told))
        row.result = msgspec.structs.replace(row.result, judged=judged)
        yield row


def _unjudged(result: Result) -> bool:
    """Say whether a judge is still to be asked: none was, or one was not there."""
    return result.judged is None or any(item.code in MISSING for item in result.judged)


def _wanted(result: Result, again: Sequence[str]) -> bool:
    codes = {item.code for item in result.wrong()}
    return not again or result.fate in again or not codes.isdisjoint(again)


def _room(project: Project) -> Project:
    room = Project(project.root / ".cache" / "corpus")
    for made in (room.dist, room.styles, room.store):
        made.mkdir(parents=True, exist_ok=True)
    return room


class _Try(msgspec.Struct):
    """A text under way: as it came, or without what was found wrong so far; see `Result`."""

    stranger: Stranger
    key: str
    text: bytes
    first: Said = Said()
    last: Said = Said()
    keys: int = 0
    changes: int = 0
    later: tuple[Diagnostic, ...] = ()

    def mend(self) -> None:
        """Take out what was found wrong."""
        self.text, keys, changes = strangers.mended(self.text, self.last.wrong())
        self.keys, self.changes = self.keys + keys, self.changes + changes

    def hear(self, said: Said) -> None:
        """Take what the build said of the text as it is now."""
        self.last = said
        if self.changes:
            self.later += said.wrong()
        else:
            self.first = said

    def result(self, state: str) -> Result:
        """Return what became of it."""
        last = self.last
        return Result(state, self.first, last.fate, last.found, self.keys, self.changes, self.later)


def _build(room: Project, tries: Sequence[_Try], build: Build) -> None:
    """Build texts; what is refused is built again without what is wrong, a few times."""
    waiting = list(tries)
    for number in range(ROUNDS + 1):
        for item in waiting if number else ():
            item.mend()
        said = build(room, [(item.stranger, item.text) for item in waiting]) if waiting else []
        for item, heard in zip(waiting, said, strict=True):
            item.hear(heard)
        waiting = [item for item in waiting if item.last.fate is Fate.REFUSED]


def _untold(judged: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what judges found wrong where the build had said nothing."""
    places = {item.place for item in told}
    for item in judged:
        if item.place not in places:
            yield item


# --- in words ------------------------------------------------------------------------------------


def _lines(stranger: Stranger, result: Result) -> Iterator[str]:
    fate = result.fate
    needed = f", {result.end} after {result.changes} changes" if result.changes else ""
    without = f", without {len(result.first.lacking)} files" if result.first.lacking else ""
    yield f"{fate if fate is Fate.PUBLISHED else fate.upper()}  {stranger.name}{needed}{without}"
    for item in result.wrong():
        yield f"    {str(item).removeprefix(f'source/{stranger.slug}/')}"
    for bug in result.first.bugs:
        yield f"    {bug.strip().splitlines()[-1] if bug.strip() else 'ended without a word'}"


HEADINGS = ("source", "texts", *(fate.value for fate in Fate), "fontless", "unmended", "changes")


def table(results: Sequence[tuple[Stranger, Result]]) -> Iterator[str]:
    """Yield the results as lines: by source, then which codes refused how many texts.

    A text's fate is the one that it has with a front matter that is right. ``fontless`` counts the
    sets that lack a file for want of a font, ``unmended`` the texts that were not published after
    any number of changes; the last column is the mean number of changes that a text needed below
    its front matter.
    """
    sources = dict.fromkeys(stranger.source for stranger, _ in results)
    rows = [
        _row(name, [result for stranger, result in results if stranger.source == name])
        for name in sources
    ]
    rows.append(_row("all", [result for _, result in results]))
    width = max(len(row[0]) for row in (HEADINGS, *rows))
    for row in (HEADINGS, *rows):
        yield row[0].ljust(width) + "".join(cell.rjust(11) for cell in row[1:])
    texts: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for _, result in results:
        codes = [item.code for item in result.wrong()]
        texts.update(set(codes))
        findings.update(codes)
    for code, count in texts.most_common():
        yield f"{count:5} texts, {findings[code]:5} findings: {code}"


def _row(name: str, results: Sequence[Result]) -> tuple[str, ...]:
    fates = Counter(result.fate for result in results)
    unmended = sum(result.end is not Fate.PUBLISHED for result in results)
    mean = sum(result.changes for result in results) / max(1, len(results))
    fontless = sum(bool(result.first.lacking) for result in results)
    counts = (len(results), *(fates[fate] for fate in Fate), fontless, unmended)
    return (name, *map(str, counts), f"{mean:.2f}")

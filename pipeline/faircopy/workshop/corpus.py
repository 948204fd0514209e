"""A run over many texts that nobody here wrote: what is published, what is refused, what is ours.

Each text is built by a process of its own, with a limit of time and one of memory, in a checkout
made for the run under ``.cache/corpus/``, whose ``dist/`` can be looked at afterwards. What became
of a text is kept by the hash of its bytes, so a run that was stopped goes on.
"""

from __future__ import annotations

import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from faircopy.core import process
from faircopy.core.diagnostics import Diagnostic, FaircopyError, Severity, ToolError, errors
from faircopy.publish import digest
from faircopy.publish.cache import Cache
from faircopy.publish.workspace import CODE, Workspace
from faircopy.workshop import strangers
from faircopy.workshop.strangers import Stranger

SECONDS = 300.0
BYTES = 4 << 30
"""What a text's build may take: wall time, and memory of each of its processes."""
ROUNDS = 6
"""How often what is wrong is taken out of a text, to see what is wrong behind it."""
ALONE = "import sys; from faircopy.workshop.corpus import alone; alone(*sys.argv[1:])"
WORDS = frozenset(("words-differ", "words-lost")) | {
    f"word-{what}" for what in ("missing", "doubled", "added", "moved", "changed")
}
"""The codes of the proof of words."""


class Fate(StrEnum):
    """What became of a text as it came, from best to worst."""

    PUBLISHED = "published"
    REFUSED = "refused"
    JUDGED = "judged"
    WORDS = "words"
    FAULT = "fault"


class Said(msgspec.Struct, frozen=True):
    """What one build said: all that it found, tracebacks, and what outside judges found wrong."""

    found: tuple[Diagnostic, ...] = ()
    bugs: tuple[str, ...] = ()
    judged: tuple[Diagnostic, ...] = ()

    @property
    def fate(self) -> Fate:
        """What it comes to. A refusal without line and remedy is a fault of ours."""
        wrong = errors(self.found)
        if any(item.code in WORDS for item in wrong):
            return Fate.WORDS
        if self.bugs or any(not _helps(item) for item in wrong):
            return Fate.FAULT
        if wrong:
            return Fate.REFUSED
        return Fate.JUDGED if self.judged else Fate.PUBLISHED


def _helps(item: Diagnostic) -> bool:
    return bool(item.remedy and item.place and item.place.line)


class Result(msgspec.Struct, frozen=True):
    """What became of a text, and how many changes it took until it was published.

    ``keys`` are changes in the front matter, ``first`` is what was said once that was right;
    ``changes`` are those below it, ``later`` the errors behind the first ones, and ``last`` the
    text's fate after all. ``state`` is the hash of the program that said so.
    """

    state: str
    first: Said
    last: Fate
    keys: int = 0
    changes: int = 0
    later: tuple[Diagnostic, ...] = ()
    judges: bool = False

    def wrong(self) -> tuple[Diagnostic, ...]:
        """Return all that stopped the text, and what judges found wrong."""
        return (*errors(self.first.found), *self.later, *self.first.judged)


Build = Callable[[Workspace, Stranger, bytes, bool], Said]


def run(
    workspace: Workspace,
    folder: Path,
    *,
    lang: str,
    judges: bool,
    again: Sequence[str] = (),
    build: Build | None = None,
) -> Iterator[str]:
    """Build every text below ``folder``, and yield a line about each, then the table.

    Args:
        workspace: the checkout whose program is tried.
        folder: texts in Markdown, and folders with a ``manuscript.md``.
        lang: the language of texts whose path names none.
        judges: whether outside judges are asked about what is published.
        again: fates or codes; only texts that had one of them before are built anew, and the
            others are counted as they were.
        build: builds one text; by default in a process of its own.

    Raises:
        OSError: a text cannot be read, or the cache not be written.
    """
    room = _room(workspace)
    kept = Cache(room.root / "results", Result)
    state = digest.of_folder(CODE)
    results: list[tuple[Stranger, Result]] = []
    for stranger in strangers.found(folder, lang):
        text = strangers.readied(stranger.path.read_bytes(), stranger)
        key = digest.of(stranger.name, text)
        result = kept.load(key)
        if result is None or (_wanted(result, again) and _stale(result, state, judges)):
            result = _tried(room, stranger, text, state, judges, build or apart)
            kept.store(key, result)
            yield from _lines(stranger, result)
        results.append((stranger, result))
    yield from table(results)


def _wanted(result: Result, again: Sequence[str]) -> bool:
    codes = {item.code for item in result.wrong()}
    return not again or result.first.fate in again or not codes.isdisjoint(again)


def _stale(result: Result, state: str, judges: bool) -> bool:
    return result.state != state or (judges and not result.judges)


def _room(workspace: Workspace) -> Workspace:
    room = Workspace(workspace.root / ".cache" / "corpus")
    for made in (room.dist, room.styles, room.store):
        made.mkdir(parents=True, exist_ok=True)
    for shared in ("npm", "fonts"):
        link = room.store / shared
        if not link.is_symlink():
            link.symlink_to(workspace.store / shared)
    return room


def _tried(
    room: Workspace, stranger: Stranger, text: bytes, state: str, judges: bool, build: Build
) -> Result:
    """Build a text; while it is refused, take out what is wrong and build it again."""
    first = said = build(room, stranger, text, judges)
    keys = changes = 0
    later: list[Diagnostic] = []
    for _ in range(ROUNDS):
        if said.fate is not Fate.REFUSED:
            break
        text, more_keys, more = strangers.mended(text, errors(said.found))
        in_front = not changes and not more
        keys, changes = keys + more_keys, changes + more
        said = build(room, stranger, text, judges)
        if in_front:
            first = said
        else:
            later += errors(said.found)
    return Result(state, first, said.fate, keys, changes, tuple(later), judges)


# --- one text, in a process of its own -----------------------------------------------------------


def apart(room: Workspace, stranger: Stranger, text: bytes, judges: bool) -> Said:
    """Build one text in a process of its own; what kills that is a fault."""
    strangers.settle(room.source / stranger.slug, stranger, text)
    command = (sys.executable, "-c", ALONE, str(room.root), stranger.slug, "judges" * judges)
    try:
        return msgspec.json.decode(process.run(command, timeout=SECONDS).stdout, type=Said)
    except (ToolError, msgspec.DecodeError) as error:
        return Said(bugs=(str(error),))


def alone(root: str, slug: str, judges: str = "") -> None:
    """Build the manuscript ``slug`` in the checkout ``root``; print what was said, as JSON."""
    from faircopy.publish import checking, engine
    from faircopy.publish.plan import Request

    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    room = Workspace(Path(root))
    judged: tuple[Diagnostic, ...] = ()
    try:
        outcome = engine.build(Request(manuscripts=(slug,), pages=("a5",), jobs=1), room)
        found, bugs = outcome.diagnostics, outcome.bugs
        if judges and outcome.ok:
            report = checking.check(room, (slug,), listen=lambda line: None)
            judged = tuple(_untold(report.findings(), found))
    except FaircopyError as error:
        found, bugs = error.diagnostics, ()
    sys.stdout.buffer.write(msgspec.json.encode(Said(found, bugs, judged)))


def _untold(judged: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what judges found wrong where the build had said nothing."""
    places = {item.place for item in told}
    for item in judged:
        if item.severity is Severity.ERROR and item.place not in places:
            yield item


# --- in words ------------------------------------------------------------------------------------


def _lines(stranger: Stranger, result: Result) -> Iterator[str]:
    fate = result.first.fate
    needed = f", {result.last} after {result.changes} changes" if result.changes else ""
    yield f"{fate if fate is Fate.PUBLISHED else fate.upper()}  {stranger.name}{needed}"
    for item in result.wrong():
        yield f"    {str(item).removeprefix(f'source/{stranger.slug}/')}"
    for bug in result.first.bugs:
        yield f"    {bug.strip().splitlines()[-1] if bug.strip() else 'ended without a word'}"


HEADINGS = ("source", "texts", *(fate.value for fate in Fate), "unmended", "changes")


def table(results: Sequence[tuple[Stranger, Result]]) -> Iterator[str]:
    """Yield the results as lines: by source, then which codes refused how many texts.

    A text's fate is the one that it has with a front matter that is right. ``unmended`` counts the
    texts that were not published after any number of changes; the last column is the mean number
    of changes that a text needed below its front matter.
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
    fates = Counter(result.first.fate for result in results)
    unmended = sum(result.last is not Fate.PUBLISHED for result in results)
    mean = sum(result.changes for result in results) / max(1, len(results))
    counts = (len(results), *(fates[fate] for fate in Fate), unmended)
    return (name, *map(str, counts), f"{mean:.2f}")

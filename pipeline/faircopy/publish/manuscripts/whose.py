"""Whose the changes between two states are, and of when, as git remembers it.

A paragraph's change is of who last changed its lines. What only the older state has is of whoever
changed the manuscript in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from faircopy.core import git
from faircopy.core.diagnostics import ToolError, legible
from faircopy.core.model import Publication
from faircopy.manuscript import MANUSCRIPT
from faircopy.manuscript.editions import stamp
from faircopy.manuscript.source import Source
from faircopy.publish import states
from faircopy.publish.project import Project
from faircopy.revision import written
from faircopy.revision.lines import Hand, every
from faircopy.revision.placing import placed
from faircopy.revision.redline.blocks import HandOf

_MOST = 200
"""Commits between two states that are asked for their authors."""
UNCOMMITTED = "not committed"


def whose(project: Project, folder: Path, old: str, new: str, now: Publication) -> HandOf:
    """Return what says whose a change is, between the states named ``old`` and ``new``.

    ``now`` is the newer state as it was read. Where git knows nothing of a change, its author is
    the state's name, and it has no date: each machine says the same.

    Raises:
        ManuscriptError: there is no such state.
    """
    before, after = states.commit(project, folder, old), states.commit(project, folder, new)
    is_today = new in ("", states.TODAY)
    unknown = Hand(UNCOMMITTED if is_today else legible(new))
    if not after and not is_today:
        return lambda units: unknown
    path = (folder / MANUSCRIPT).relative_to(project.root).as_posix()
    try:
        with git.asked(project.root) as ask:
            everybody = _everybody(ask, before, after, path) or unknown
            lines = _lines(ask, before, after, path)
    except ToolError:
        return lambda units: unknown
    units = dict(_units(now, lines))

    def whose_units(ids: Iterable[str]) -> Hand:
        found = [units[id] for id in ids if id in units]
        return _newest(found) if found else everybody

    return whose_units


def _everybody(ask: git.Ask, old: str, new: str, path: str) -> Hand | None:
    """Return all who changed a file between two commits, with the day of the last; None if none."""
    what = f"{old}..{new or 'HEAD'}" if old else new or "HEAD"
    most = _MOST if old else 1
    said = ask("log", f"--max-count={most}", "--format=%an%x00%aI", what, "--", path)
    found = [line.split("\0") for line in said.decode("utf-8", "replace").splitlines()]
    authors = [legible(author) for author, _ in found]
    dates = [stamp(datetime.fromisoformat(date)) for _, date in found]
    if not new and not _is_committed(ask, path):
        authors.insert(0, UNCOMMITTED)
        dates = []
    if not authors:
        return None
    return Hand(", ".join(dict.fromkeys(authors)), max(dates, default=""))


def _is_committed(ask: git.Ask, path: str) -> bool:
    try:
        ask("diff", "--quiet", "--no-ext-diff", "HEAD", "--", path)
    except ToolError:
        return False
    return True


def _lines(ask: git.Ask, old: str, new: str, path: str) -> Mapping[int, Hand]:
    """Return whose each line is that changed since the older commit, by its number from 1.

    See git-blame(1), the porcelain format: a header, then what is known, then the line.
    """
    since = ([f"^{old}"] if old else []) + ([new] if new else [])
    said = ask("blame", "--line-porcelain", "--root", *since, "--", path)
    out: dict[int, Hand] = {}
    known: dict[str, str] = {}
    for line in said.decode("utf-8", "replace").split("\n"):
        if not line.startswith("\t"):
            name, _, rest = line.partition(" ")
            known[name if known else "commit"] = rest if known else line
            continue
        commit, _, number, *_ = known["commit"].split()
        if "boundary" not in known:
            out[int(number)] = _hand(commit, known)
        known = {}
    return out


def _hand(commit: str, known: Mapping[str, str]) -> Hand:
    if not commit.strip("0"):
        return Hand(UNCOMMITTED)
    when = datetime.fromtimestamp(int(known["author-time"]), UTC)
    return Hand(legible(known["author"]), stamp(when))


def _units(now: Publication, lines: Mapping[int, Hand]) -> Iterator[tuple[str, Hand]]:
    """Yield the units that stand in lines that changed, with whose the newest is."""
    source = Source(now.source_path, now.source)
    for one in placed(source, list(every(written.lines(now)))):
        at = [source.place(span.start).line for span in one.known]
        reach = range(min(at), max(at) + 1) if at else ()
        if found := [lines[number] for number in reach if number in lines]:
            yield one.line.unit, _newest(found)


def _newest(hands: Iterable[Hand]) -> Hand:
    """Return the newest of several; what is not committed is newer than all."""
    return max(hands, key=lambda one: (one.author == UNCOMMITTED, one.date))

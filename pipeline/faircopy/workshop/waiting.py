"""How long an editor waits who writes with the preview open: from a save to what it became.

It ends when the preview's server has the edition to hand out; a browser on the same machine draws
it some hundredths of a second later.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from faircopy.publish import crew
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade
from faircopy.publish.workers import Workers
from faircopy.watch.desk import WEB, Desk
from faircopy.watch.rounds import LOADED, Rounds, Wish
from faircopy.watch.watching import follow, known

MOST = 120.0
"""Seconds after which a save that nothing came of is given up."""
_PAUSE = 0.3
"""Seconds between what a save became and the next."""
_PLACE = ". "
"""Where a word is put in: the end of the first sentence in the second half of the text."""


class Wait(msgspec.Struct, frozen=True):
    """What is waited for, and the median of the seconds that it took."""

    name: str
    seconds: float
    aim: float

    def __str__(self) -> str:
        return f"{self.name:<44} {self.seconds:5.2f} s  (aim {self.aim:.2f} s)"


def waits(project: Project, slug: str, saves: int) -> Iterator[Wait]:
    """Save a manuscript of a project some times, and yield how long it took after each.

    Raises:
        TimeoutError: nothing came of a save.
    """
    loaded = (*Trade.of(project).loaded, *LOADED)
    with Workers(1, loaded) as quick, Workers(crew.processors(), loaded) as others:
        rounds = Rounds(Wish(root=project.root), known(project), quick=quick, others=others)
        took = asyncio.run(_measured(project, rounds, slug, saves))
    web, every = (statistics.median(column) for column in zip(*took, strict=True))
    yield Wait("a save while watching, to the web page", web, 0.5)
    yield Wait("a save while watching, to every format", every, 2.0)


async def _measured(
    project: Project, rounds: Rounds, slug: str, saves: int
) -> list[tuple[float, float]]:
    """Return the seconds to the web page and to all formats, without the first save's."""
    following = asyncio.create_task(follow(project, rounds))
    try:
        rounds.begin(slug)
        await _until(rounds, _all_made)
        path = project.source / slug / "manuscript.md"
        return [await _save(rounds, path, number) for number in range(saves + 1)][1:]
    finally:
        following.cancel()


async def _save(rounds: Rounds, path: Path, number: int) -> tuple[float, float]:
    await asyncio.sleep(_PAUSE)
    text = path.read_text(encoding="utf-8")
    at = text.index(_PLACE, len(text) // 2)
    before = rounds.desk.round
    path.write_text(f"{text[:at]} anew{number}{text[at:]}", encoding="utf-8")
    began = time.perf_counter()
    await _until(rounds, lambda desk: desk.tab(WEB).round > before)
    web = time.perf_counter() - began
    await _until(rounds, _all_made)
    return web, time.perf_counter() - began


def _all_made(desk: Desk) -> bool:
    return all(tab.round == desk.round for tab in desk.tabs)


async def _until(rounds: Rounds, holds: Callable[[Desk], bool]) -> None:
    async with asyncio.timeout(MOST):
        while not holds(rounds.desk):
            await rounds.moved()

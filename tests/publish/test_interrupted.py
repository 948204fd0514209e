"""A build that is killed, at any moment: ``dist/`` has a whole set, the next build is right."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from faircopy.core.diagnostics import Severity
from faircopy.publish import above, exchange, publish
from faircopy.publish.engine import build
from faircopy.publish.plan import Request
from faircopy.publish.project import Project
from faircopy.publish.translations import bundling
from faircopy.publish.verifying import verify

from tests.publish.fakes import TRADE, contents, project, rewrite
from tests.publish.test_publish import a_set, without_exchange

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are looked for in /proc, which only Linux has"
)
KILLS = 12


def make(place: Project, begun: Connection) -> None:
    os.setsid()
    sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - it lives as long as the process
    begun.send(True)
    build(Request(jobs=2), place, trade=TRADE, environ={})


def start(place: Project) -> BaseProcess:
    """Start a build in a process group of its own, and return when it begins."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe(duplex=False)
    process = context.Process(target=make, args=(place, its))
    process.start()
    its.close()
    ours.recv()
    return process


def is_whole(folder: Path, text: str) -> bool:
    """Whether a set is complete, agrees with its own manifest, and is made of ``text``."""
    manifest = json.loads((folder / "manifest.json").read_text())
    return len(manifest["files"]) == 4 and all(
        hashlib.sha256(data := (folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        and f"\n{text}\n".encode() in data
        for entry in manifest["files"]
    )


def gone(group: int) -> bool:
    """Whether no process of the group runs any more, within a time that a busy machine needs."""
    for _ in range(3000):
        if not any(running(stat, group) for stat in Path("/proc").glob("[0-9]*/stat")):
            return True
        time.sleep(0.01)
    return False


def running(stat: Path, group: int) -> bool:
    """Whether a process (see proc(5)) is of the group and not a mere entry awaiting its parent."""
    try:
        state, _, its_group, *_ = stat.read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended
        return False
    return int(its_group) == group and state not in "ZX"


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_set(tmp_path: Path) -> None:
    place = project(tmp_path, one="text 0")
    began = time.monotonic()
    assert build(Request(jobs=2), place, trade=TRADE, environ={}).ok
    takes = time.monotonic() - began
    moments = random.Random(20261124)
    seen = {"old": 0, "new": 0}
    for number in range(1, KILLS + 1):
        rewrite(place, "one", f"text {number}")
        process = start(place)
        assert process.pid
        time.sleep(moments.uniform(0, 1.2 * takes))
        process.kill()
        process.join()
        new = is_whole(place.dist / "one", f"text {number}")
        seen["new" if new else "old"] += 1
        assert new or is_whole(place.dist / "one", f"text {number - 1}")
        assert gone(process.pid), "a worker outlived its build"
        assert build(Request(jobs=2), place, trade=TRADE, environ={}).ok
        assert is_whole(place.dist / "one", f"text {number}")
        assert not (place.dist / ".staging").exists()
    assert seen["old"] > KILLS // 10, "the kills came too late to prove anything"


def killed(work: Callable[[], object], step: int) -> bool:
    """Do some work in a process of its own that is killed at its step of this number.

    A step is what Python tells its audit hooks: every file opened, every folder made or listed,
    every rename and removal. Returns whether it came so far.
    """
    pid = os.fork()
    if pid == 0:
        left = step

        def hook(event: str, _: object) -> None:
            nonlocal left
            if event.startswith(("open", "os.", "shutil.", "ctypes.")):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        with contextlib.suppress(BaseException):
            work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def mended(dist: Path) -> None:
    above.mend(dist)


def built(dist: Path) -> None:
    publish.publish(dist, a_set("two", docx="other"))


def checked(dist: Path) -> None:
    """What a check writes, after it has mended."""
    above.mend(dist)
    publish.report(dist / "one", {"report.html": b"new"})


def cleaned(dist: Path) -> None:
    publish.clean(dist)


def published(dist: Path) -> None:
    publish.publish(dist, a_set(docx="new", pdf="new"))


def wrong_in(folder: Path) -> list[str]:
    return [item.message for item in verify(folder)[1] if item.severity is Severity.ERROR]


SETS = {"one.en.docx", "one.en.pdf", "index.html", "manifest.json", "SHA256SUMS"}
SETS |= {"mine.txt", "report.html"}


@pytest.mark.slow
@pytest.mark.parametrize(("way", "after"), [("exchanged", mended), ("renamed", built)])
@pytest.mark.parametrize("work", [published, checked, mended, cleaned])
def test_a_kill_at_each_step_is_mended_by_the_next_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[Path], None],
    way: str,
    after: Callable[[Path], None],
) -> None:
    """Every step of the file system, one after the other, not some moments in time."""
    if way == "renamed":
        monkeypatch.setattr(exchange, "_exchange", without_exchange)
    for step in itertools.count(1):
        dist = tmp_path / str(step)
        publish.publish(dist, a_set("two", docx="other"))
        publish.publish(dist, a_set(docx="old", pdf="old"))
        (dist / "one" / "mine.txt").write_text("mine")
        if work is mended:
            (dist / ".staging").mkdir()
            (dist / "SHA256SUMS").write_text("of before\n")
        finished = not killed(partial(work, dist), step)
        if (dist / "one").exists():
            assert not wrong_in(dist / "one"), step  # a set needs nothing but itself
        after(dist)
        assert {path.name for path in dist.iterdir()} <= {
            "one",
            "two",
            "SHA256SUMS",
            "manifest.json",
            "index.html",
        }
        if (dist / "one").exists():
            assert {path.name for path in (dist / "one").iterdir()} <= SETS
            assert (dist / "one" / "mine.txt").exists()
            assert not wrong_in(dist / "one")
        else:
            assert work is cleaned
        if any(dist.iterdir()):
            assert not wrong_in(dist), step
        if finished:
            break
    assert step > 10, "the steps were not seen"


def test_a_kill_while_a_bundle_is_written_leaves_nothing_of_it(tmp_path: Path) -> None:
    for step in itertools.count(1):
        dist = tmp_path / str(step)
        bundling.write(dist, "a.zip", b"old")
        finished = not killed(partial(bundling.write, dist, "a.zip", b"new"), step)
        above.mend(dist)
        assert [path.name for path in (dist / "translation").iterdir()] == ["a.zip"]
        assert (dist / "translation" / "a.zip").read_bytes() in (b"old", b"new")
        assert not (dist / ".staging").exists()
        if finished:
            break
    assert step > 5, "the steps were not seen"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_at_once_with_all_its_workers(
    tmp_path: Path, number: signal.Signals
) -> None:
    place = project(tmp_path, one="SLEEP 600")
    process = start(place)
    assert process.pid
    time.sleep(0.3)
    os.killpg(process.pid, number)
    process.join(60)  # long before a worker would be done
    assert process.exitcode
    assert gone(process.pid), "a worker outlived its build"
    assert not place.dist.exists() or contents(place.dist) == {}

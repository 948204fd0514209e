"""A build that is killed, at any moment: ``dist/`` has a whole set, the next build is right."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from faircopy.publish.engine import build
from faircopy.publish.plan import Request
from faircopy.publish.workspace import Workspace

from tests.publish.fakes import TRADE, contents, rewrite, workspace

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="builds are forked here, which only Linux does safely"
)
KILLS = 100


def make(place: Workspace) -> None:
    os.setsid()
    sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - it lives as long as the process
    build(Request(jobs=2), place, trade=TRADE, environ={})


def start(place: Workspace) -> BaseProcess:
    """Start a build in a process group of its own."""
    process = multiprocessing.get_context("fork").Process(target=make, args=(place,))
    process.start()
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
    """Whether no process of the group runs any more, within four seconds."""
    for _ in range(400):
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
    place = workspace(tmp_path, one="text 0")
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_ends_at_once_with_all_its_workers(
    tmp_path: Path, number: signal.Signals
) -> None:
    place = workspace(tmp_path, one="SLEEP 20")
    process = start(place)
    assert process.pid
    time.sleep(0.3)
    began = time.monotonic()
    os.killpg(process.pid, number)
    process.join(10)
    assert time.monotonic() - began < 5
    assert process.exitcode
    assert gone(process.pid), "a worker outlived its build"
    assert not place.dist.exists() or contents(place.dist) == {}

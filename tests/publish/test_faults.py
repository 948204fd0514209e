"""What goes wrong around a build: a full disk, lost rights, killed helpers, a broken font.

``dist/`` has a complete old set or a complete new one each time, by its own sums, and the next
build needs no cleaning.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import EditionError, PublishError
from faircopy.core.model import Publication
from faircopy.manuscript import read as read_for_real
from faircopy.publish.engine import build
from faircopy.publish.outcome import Outcome
from faircopy.publish.plan import Request
from faircopy.publish.project import Project
from faircopy.publish.publish import clean
from faircopy.publish.trade import Trade
from faircopy.theme import Face, fonts

from tests.publish.fakes import AS_ANYBODY, TRADE, Here, project, rewrite
from tests.publish.test_interrupted import gone, start

ROOT = Path(__file__).parents[2]
FRONT = "---\ntitle: T\nlang: en\n---\n\n"
LONG = "word " * 8_000
"""So much text that a set of it does not fit where a set of a few words does."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are looked for in /proc, which only Linux has"
)


def run(place: Project, trade: Trade = TRADE) -> Outcome:
    return build(Request(jobs=2), place, trade=trade, environ={})


def sums_hold(dist: Path) -> bool:
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    inner = subprocess.run(command, cwd=dist / "one", check=False, capture_output=True)
    outer = subprocess.run(command, cwd=dist, check=False, capture_output=True)
    return inner.returncode == outer.returncode == 0


def made_of(dist: Path) -> str:
    """Return the text that every file of the set is made of."""
    found = {path.read_text().split("\n")[1] for path in (dist / "one").glob("one.*")}
    (text,) = found
    return text


def codes(outcome: Outcome) -> set[str]:
    return {item.code for item in outcome.diagnostics}


def whole(place: Project, *texts: str) -> str:
    """Assert that a whole set lies there, made of one of ``texts``; return which."""
    assert sums_hold(place.dist)
    text = made_of(place.dist)
    assert text in texts
    return text


# --- a full disk ---------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [0, 10, 1_000, 39_000, 41_000, 200_000])
def test_when_files_cannot_grow_the_old_set_stays(tmp_path: Path, limit: int) -> None:
    """A limit on the size of a file, which a quota or ``ulimit -f`` sets."""
    place = project(tmp_path, one="old")
    assert run(place).ok
    rewrite(place, "one", LONG + "new")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        outcome = run(place)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    text = whole(place, "old", LONG + "new")
    assert outcome.ok == (text != "old")
    assert outcome.ok == (limit > len(LONG))
    if not outcome.ok:  # the locks that workers share are files, too, of 32 bytes
        assert ("disk-full" if limit > 32 else "worker-not-begun") in codes(outcome)
    assert run(place).ok
    assert whole(place, LONG + "new")
    assert not (place.dist / ".staging").exists()


FULL = """
import os, subprocess, sys
from pathlib import Path
from tests.publish.test_faults import LONG, codes, rewrite, run, whole, project
root = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(root)], check=True)
place = project(root, one="old")
assert run(place).ok
last = "old"
for number, free in enumerate([0, 4, 20, 60, 120, 200, 260, 300, 340, 380, 500]):
    new = f"{LONG}new {number}"
    rewrite(place, "one", new)
    there = os.statvfs(root)
    ballast = there.f_bavail * there.f_frsize - free * 1024
    (root / "ballast").write_bytes(bytes(max(0, ballast)))
    outcome = run(place)
    text = whole(place, last, new)
    assert outcome.ok == (text == new), (free, codes(outcome))
    assert outcome.ok or "disk-full" in codes(outcome), codes(outcome)
    print(free, "new" if outcome.ok else "old", *sorted(codes(outcome)))
    (root / "ballast").unlink()
    assert run(place).ok
    last = whole(place, new)
    assert not (place.dist / ".staging").exists()
"""


@pytest.mark.slow
@pytest.mark.needs("unshare")
def test_when_the_disk_is_full_the_old_set_stays(tmp_path: Path) -> None:
    """A real file system of 16 megabytes, with from nothing to half of one left."""
    ways = (["unshare", "--user", "--map-root-user", "--mount"], ["unshare", "--mount"])
    allowed = (way for way in ways if subprocess.run([*way, "true"], check=False).returncode == 0)
    way = next(allowed, None)
    if way is None:
        pytest.skip("did not run: this machine lets nobody mount a file system of their own")
    done = subprocess.run(
        [*way, sys.executable, "-c", FULL, tmp_path],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ended = [line.split()[1] for line in done.stdout.splitlines()]
    assert {"old", "new"} == set(ended), "every size of disk ended alike"


def full(folder: Path, name: str) -> Publication:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_when_the_disk_of_temporary_files_is_full_it_is_said(tmp_path: Path) -> None:
    place = project(tmp_path, one="old")
    assert run(place).ok
    rewrite(place, "one", "new")
    outcome = run(place, msgspec.structs.replace(TRADE, read=full))
    assert not outcome.ok
    assert codes(outcome) == {"disk-full"}
    assert outcome.bugs == ()
    assert whole(place, "old")


# --- rights --------------------------------------------------------------------------------------

RIGHTS = """
import sys
from pathlib import Path
from tests.publish.test_faults import codes, rewrite, run, whole, project
place = project(Path(sys.argv[1]), one="old")
assert run(place).ok
part = place.root / sys.argv[2]
before = part.stat().st_mode
for number, mode in enumerate((0o555, 0o500, 0o000)):
    new = f"new {number}"
    rewrite(place, "one", new)
    part.chmod(mode)
    outcome = run(place)
    part.chmod(before)
    print(mode, outcome.ok, *sorted(codes(outcome)))
    whole(place, new if outcome.ok else "old" if number == 0 else f"new {number - 1}")
    assert run(place).ok
    whole(place, new)
"""


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("dist", "dist-not-writable"),
        ("dist/one", "dist-not-writable"),
        (".cache/build", "cache-not-written"),
    ],
)
@pytest.mark.needs("setpriv")
def test_where_writing_is_not_allowed_the_old_set_stays(
    tmp_path: Path, part: str, code: str
) -> None:
    command = [*AS_ANYBODY, sys.executable, "-c", RIGHTS]
    done = subprocess.run(
        [*command, tmp_path, part], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(code in line for line in done.stdout.splitlines()), done.stdout


CLOSED = """
import sys
from pathlib import Path
from tests.publish.test_faults import PATIENT, Project, run
place, name = Project(Path(sys.argv[1])), sys.argv[2]
(place.source / "one" / name).chmod(0)
outcome = run(place, PATIENT)
(place.source / "one" / name).chmod(0o755)
assert not outcome.bugs, outcome.bugs
assert sorted({path.parent.name for path in place.dist.glob("*/*.epub")}) == sys.argv[3:]
found = [item for item in outcome.diagnostics if item.code == "file-unreadable"]
assert found
assert all(item.place and "source/one" in item.place.file and item.remedy for item in found), found
"""


@pytest.mark.parametrize(
    ("name", "built"),
    [
        ("manuscript.md", ["two"]),
        ("queries.toml", ["two"]),
        ("translations/ru.xlf", ["two"]),
        ("translations", ["two"]),
        (".", ["two"]),
        ("notes.dat", ["one", "two"]),
    ],
)
@pytest.mark.needs("setpriv")
def test_what_may_not_be_read_is_told_and_the_others_are_built(
    tmp_path: Path, name: str, built: list[str]
) -> None:
    place = project(tmp_path, one=FRONT + "text\n", two=FRONT + "text\n")
    (place.source / "one" / "translations").mkdir()
    for file in ("queries.toml", "notes.dat", "translations/ru.xlf"):
        (place.source / "one" / file).write_text("10" if "/" in file else "")
    command = [*AS_ANYBODY, sys.executable, "-c", CLOSED, str(tmp_path), name, *built]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- killed helpers ------------------------------------------------------------------------------


def children(pid: int) -> list[int]:
    """Return a process's children (proc(5): the fourth field of ``stat`` is the parent)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return sorted(found)


@pytest.mark.parametrize("which", ["server", "first", "last"])
def test_a_process_that_someone_kills_leaves_the_old_set(tmp_path: Path, which: str) -> None:
    place = project(tmp_path, one="old")
    assert run(place).ok
    rewrite(place, "one", "SLEEP 1")
    process = start(place)
    assert process.pid
    deadline = time.monotonic() + 30
    found: dict[str, int] = {}
    while not found and time.monotonic() < deadline:
        time.sleep(0.02)
        for server in children(process.pid):  # the other child counts semaphores
            if workers := children(server):
                found = {"server": server, "first": workers[0], "last": workers[-1]}
    os.kill(found[which], signal.SIGKILL)
    process.join(60)
    assert not process.is_alive()
    assert gone(process.pid)
    whole(place, "old", "SLEEP 1")
    rewrite(place, "one", "new")
    assert run(place).ok
    assert whole(place, "new")


PANDOC = """
import os, sys
from pathlib import Path
from tests.publish.test_faults import PATIENT, Project, codes, rewrite, run, sums_hold
place = Project(Path(sys.argv[1]))
outcome = run(place, PATIENT)
assert not outcome.ok
assert sums_hold(place.dist)
print(*codes(outcome))
"""
PATIENT = msgspec.structs.replace(TRADE, read=lambda folder, name: read_for_real(folder, name=name))
"""A trade that asks pandoc for real."""


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (None, "pandoc-missing"),
        ("kill -KILL $$", "pandoc-ended"),
        ("kill -SEGV $$", "pandoc-ended"),
        ("echo out of order >&2; exit 3", "manuscript-unreadable"),
        ("head -c 10 /dev/zero", "pandoc-version"),
        ("exit 0", "pandoc-version"),
        ("echo '[]'", "pandoc-version"),
        ('cat >/dev/null; printf \'{"blocks":[{"t":"Para"\'', "pandoc-version"),
    ],
)
def test_without_pandoc_the_old_set_stays(tmp_path: Path, script: str | None, code: str) -> None:
    place = project(tmp_path, one=FRONT + "old")
    assert run(place, PATIENT).ok
    rewrite(place, "one", FRONT + "new")
    broken = tmp_path / "pandoc"
    if script:
        broken.write_text(f"#!/bin/sh\n[ $1 = --version ] && echo pandoc 3.9 && exit\n{script}\n")
        broken.chmod(0o755)
    there = {"PYPANDOC_PANDOC": str(broken), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", PANDOC, tmp_path],
        cwd=ROOT, env=os.environ | there, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert code in done.stdout
    assert run(place, PATIENT).ok
    assert sums_hold(place.dist)


# --- a broken font -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("harm", [lambda data: data[:50_000], lambda data: data[::-1]])
def test_a_broken_font_leaves_the_old_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[bytes], bytes]
) -> None:
    place = project(tmp_path, one=FRONT + "old\n")
    asked = Request(formats=("docx", "epub"), jobs=2)
    assert build(asked, place, environ={}).ok
    before = {path.name: path.read_bytes() for path in (place.dist / "one").iterdir()}
    sound = fonts.source
    broken = tmp_path / "broken.otf"

    def source(face: Face) -> Path:
        if face.name != "Faircopy Serif Regular":
            return sound(face)
        broken.write_bytes(harm(sound(face).read_bytes()))
        return broken

    rewrite(place, "one", FRONT + "new\n")
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "source", source)
        outcome = build(asked, place, environ={}, hire=Here)
    assert not outcome.ok
    assert "font-damaged" in codes(outcome)
    assert outcome.bugs == ()
    assert {path.name: path.read_bytes() for path in (place.dist / "one").iterdir()} == before
    assert sums_hold(place.dist)
    assert build(asked, place, environ={}).ok
    assert sums_hold(place.dist)


# --- a linked dist/ ------------------------------------------------------------------------------


def test_a_linked_dist_is_written_where_it_leads(tmp_path: Path) -> None:
    place = project(tmp_path, one="text")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place.dist.symlink_to(elsewhere)
    assert run(place).ok
    assert place.dist.is_symlink()
    assert sums_hold(elsewhere)
    (elsewhere / "mine.txt").write_text("mine")
    with pytest.raises(PublishError, match="is a link to"):
        clean(place.dist)
    assert (elsewhere / "mine.txt").exists()


def test_a_dist_that_leads_to_somebodys_files_is_not_written(tmp_path: Path) -> None:
    place = project(tmp_path, one="text")
    home = tmp_path / "home"
    home.mkdir()
    (home / "index.html").write_text("mine")
    place.dist.symlink_to(home)
    outcome = run(place)
    assert not outcome.ok
    assert "dist-linked" in codes(outcome)
    assert [path.name for path in home.iterdir()] == ["index.html"]


@pytest.mark.parametrize("name", [".cache", ".cache/build", ".cache/proof"])
def test_a_cache_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "project/source").mkdir(parents=True)
    link = tmp_path / "project" / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "home")
    with pytest.raises(EditionError, match=f"{name} is a link to"):
        Project.at(tmp_path / "project")


@pytest.mark.parametrize(("target", "refused"), [("../other", True), ("texts", False)])
def test_a_source_that_leads_out_of_the_project_is_refused(
    tmp_path: Path, target: str, refused: bool
) -> None:
    root = tmp_path / "project"
    (root / "texts").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (root / "source").symlink_to(target)
    if refused:
        with pytest.raises(EditionError, match="folder source is a link to"):
            Project.at(root)
    else:
        assert Project.at(root).source.is_dir()


@pytest.mark.parametrize("target", ["nowhere", "dist", "manuscript.md", None])
def test_a_dist_that_is_no_folder_is_told(tmp_path: Path, target: str | None) -> None:
    place = project(tmp_path, one="text")
    (tmp_path / "manuscript.md").write_text("mine")
    if target is None:
        place.dist.write_text("mine too")
    else:
        place.dist.symlink_to(target)
    outcome = run(place)
    assert not outcome.ok
    assert codes(outcome) & {"in-the-way", "publish-failed"} == {"in-the-way"}
    assert (tmp_path / "manuscript.md").read_text() == "mine"
    place.dist.unlink()
    assert run(place).ok
    shutil.rmtree(place.dist)

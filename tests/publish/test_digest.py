from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core.limits import FOLDER
from faircopy.publish import digest
from hypothesis import given
from hypothesis import strategies as st

from tests.publish.fakes import AS_ANYBODY

ROOT = Path(__file__).parents[2]


def fill(folder: Path) -> Path:
    (folder / "images").mkdir(parents=True)
    (folder / "manuscript.md").write_text("text")
    (folder / "images/a.png").write_bytes(b"a picture")
    return folder


def test_the_hash_is_of_names_and_bytes_alone(tmp_path: Path) -> None:
    one, two = fill(tmp_path / "one"), fill(tmp_path / "elsewhere" / "two")
    os.utime(one / "manuscript.md", (0, 0))
    (one / "manuscript.md").chmod(0o600)
    assert digest.of_folder(one) == digest.of_folder(two)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "manuscript.md").write_text("texts"),
        lambda folder: (folder / "manuscript.md").rename(folder / "manuscript.txt"),
        lambda folder: (folder / "images/a.png").rename(folder / "a.png"),
        lambda folder: (folder / "images/b.png").touch(),
        lambda folder: (folder / "images/a.png").unlink(),
        lambda folder: (folder / "link").symlink_to("manuscript.md"),
        lambda folder: (folder / "link").symlink_to("nowhere"),
    ],
)
def test_any_change_of_content_changes_it(tmp_path: Path, change: object) -> None:
    folder = fill(tmp_path / "one")
    before = digest.of_folder(folder)
    assert callable(change)
    change(folder)
    assert digest.of_folder(folder) != before


def test_of_a_folder_without_end_no_more_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path)
    whole = digest.of_folder(tmp_path)
    monkeypatch.setattr(digest, "FOLDER", msgspec.structs.replace(FOLDER, most=3))
    (tmp_path / "images/a.png").chmod(0)

    less = digest.of_folder(tmp_path)
    (tmp_path / "images/a.png").write_bytes(b"another")

    assert whole != less == digest.of_folder(tmp_path)


@pytest.mark.parametrize("name", [".pictures/a.svg", "images/.a.png", ".a/.b/c.bib"])
def test_what_is_hidden_may_be_shown_and_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / "manuscript.md").write_text("a")
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    before = digest.of_folder(tmp_path)
    path.write_text("a")
    there = digest.of_folder(tmp_path)
    path.write_text("b")
    assert len({before, there, digest.of_folder(tmp_path)}) == 3


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "manuscript.md~", "__pycache__/a.pyc", ".git/HEAD", ".a.md.swp", ".#a.md"],
)
def test_droppings_do_not_count(tmp_path: Path, name: str) -> None:
    folder = fill(tmp_path / "one")
    before = digest.of_folder(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("dropped")
    assert digest.of_folder(folder) == before


def test_a_name_that_is_no_utf8_counts(tmp_path: Path) -> None:
    folder = fill(tmp_path / "one")
    before = digest.of_folder(folder)
    (folder / "\udcff.png").write_text("a")
    assert digest.of_folder(folder) != before


def test_a_missing_lock_is_not_an_empty_one(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    missing = digest.of_files([lock])
    lock.touch()
    assert digest.of_files([lock]) != missing


@given(st.lists(st.binary(max_size=6), max_size=5), st.lists(st.binary(max_size=6), max_size=5))
def test_where_a_part_ends_counts(one: list[bytes], two: list[bytes]) -> None:
    assert (digest.of(*one) == digest.of(*two)) == (one == two)


def test_the_environment_is_named_the_same_twice() -> None:
    assert digest.of_environment() == digest.of_environment()


def test_packages_that_a_build_does_not_need_make_nothing_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "site-packages"
    (packages / "weasyprint-70.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(packages)])
    before = digest.of_environment()
    (packages / "pytest-9.dist-info").mkdir()
    assert digest.of_environment() == before
    (packages / "Python_Docx-1.0.dist-info").mkdir()
    assert digest.of_environment() != before


LEFT: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to the kernel's messages": lambda path: path.symlink_to("/proc/kmsg"),
    "a link to a folder": lambda path: path.symlink_to("/proc"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to the folder that it lies in": lambda path: path.symlink_to("."),
    "a socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
}
"""What a stranger may leave beside a manuscript under a harmless name."""


@pytest.mark.parametrize("what", LEFT)
def test_what_is_no_file_is_not_read_and_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    folder = fill(tmp_path / "one")
    before = digest.of_folder(folder)
    opened: list[str] = []
    real = os.open

    def spy(path: str, *args: int, **options: int) -> int:
        opened.append(str(path))
        return real(path, *args, **options)

    monkeypatch.chdir(folder)  # the name of a socket is bounded
    LEFT[what](Path("notes.dat"))
    monkeypatch.setattr(os, "open", spy)
    assert digest.of_folder(folder) != before
    assert {Path(path).name for path in opened} == {"manuscript.md", "a.png"}


def test_a_link_out_of_the_folder_counts_by_its_name_alone(tmp_path: Path) -> None:
    folder, secret = fill(tmp_path / "one"), tmp_path / "secret"
    secret.write_text("one")
    (folder / "notes.dat").symlink_to(secret)
    before = digest.of_folder(folder), digest.of_folder(folder, follow=True)
    secret.write_text("two")
    assert digest.of_folder(folder) == before[0]
    assert digest.of_folder(folder, follow=True) != before[1]


UNREADABLE = """
import sys
from pathlib import Path
from faircopy.publish import digest
folder = Path(sys.argv[1])
for name in ("notes.dat", "images/a.png", "images"):
    before = digest.of_folder(folder)
    mode = (folder / name).stat().st_mode
    (folder / name).chmod(0)
    try:
        (folder / name).open("rb")
    except OSError:
        assert digest.of_folder(folder) != before, name
    else:
        raise SystemExit(f"{name} can be read all the same")
    (folder / name).chmod(mode)
"""


@pytest.mark.needs("setpriv")
def test_what_cannot_be_read_counts_by_that(tmp_path: Path) -> None:
    folder = fill(tmp_path / "one")
    (folder / "notes.dat").write_text("mine")
    command = [*AS_ANYBODY, sys.executable, "-c", UNREADABLE, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

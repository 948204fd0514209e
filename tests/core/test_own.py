from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from faircopy.core import own

MARKS = "from faircopy.core import own; print(own.mark(b'a', b'b').hex())"


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work as an installed program does, for a user whose home is empty."""
    monkeypatch.setattr(own, "_CHECKOUT", tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    forget()
    yield tmp_path / "home" / ".cache" / "faircopy"
    forget()


def forget() -> None:
    own._found.cache_clear()
    own._key.cache_clear()


def key(folder: Path) -> Path:
    return folder / "key"


def test_a_checkout_is_the_folder_whose_code_runs(tmp_path: Path) -> None:
    assert not own.is_checkout(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pyproject.toml").touch()
    assert own.is_checkout(tmp_path / "other" / "..")
    assert not own.is_checkout(tmp_path / "other")


def test_it_lies_in_the_users_cache_and_nobody_else_may_look(installed: Path) -> None:
    assert own.folder() == installed
    assert own.passing() is None
    assert stat.S_IMODE(installed.stat().st_mode) == 0o700
    own.mark(b"a")
    assert stat.S_IMODE(key(installed).stat().st_mode) == 0o600
    assert [path.name for path in installed.iterdir()] == ["key"]


def test_a_mark_is_the_same_in_the_next_command_and_another_with_another_key(
    installed: Path,
) -> None:
    first = own.mark(b"a", b"b")
    assert len(first) == own.MARK
    forget()
    assert own.mark(b"a", b"b") == first
    assert own.mark(b"ab", b"") != first
    key(installed).unlink()
    forget()
    assert own.mark(b"a", b"b") != first


@pytest.mark.parametrize("harm", ["readable", "short", "link", "folder"])
def test_a_key_that_others_may_know_is_none(installed: Path, tmp_path: Path, harm: str) -> None:
    first = own.mark(b"a")
    path = key(installed)
    if harm == "readable":
        path.chmod(0o640)
    elif harm == "short":
        path.write_bytes(b"short")
    elif harm == "link":
        path.rename(tmp_path / "theirs")
        path.symlink_to(tmp_path / "theirs")
    else:
        path.unlink()
        path.mkdir()
    forget()
    second = own.mark(b"a")
    assert second != first
    forget()
    assert (own.mark(b"a") == second) is (harm != "folder")


def test_processes_that_begin_together_have_one_key(tmp_path: Path) -> None:
    code = (
        f"import pathlib; from faircopy.core import own; own._CHECKOUT = pathlib.Path('/');{MARKS}"
    )
    begun = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(4)
    ]
    assert len({child.communicate()[0] for child in begun}) == 1


@pytest.mark.parametrize("place", ["no folder", "of all", "relative"])
def test_where_no_folder_can_be_had_it_is_told(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    if place == "relative":  # the specification says: not heeded
        monkeypatch.setenv("XDG_CACHE_HOME", "here")
        assert own.folder() == installed
        return
    if place == "no folder":
        (tmp_path / "home").write_text("a file")
    else:
        installed.mkdir(parents=True)
        installed.chmod(0o777)
    scratch = tmp_path / "faircopy-1-ab"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    assert own.folder() == scratch / "own"
    warning = own.passing()
    assert warning is not None
    assert str(installed) in warning.message
    first = own.mark(b"a")
    forget()  # a worker of the same command
    assert own.mark(b"a") == first


def test_a_checkout_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert own.folder() == tmp_path / ".cache"
    assert own.passing() is None
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]

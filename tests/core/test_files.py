"""Files and folders as a stranger may have left them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from faircopy.core import files

DEEP = 1_500
"""Folders in each other: more than Python calls itself."""


def dig(folder: Path, levels: int = DEEP) -> None:
    """Make folders in each other, which have a file at the bottom."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("b", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)


def test_what_lies_deep_is_found_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git/config").touch()
    (folder / "link").symlink_to(tmp_path)
    dig(folder)

    found = [os.path.relpath(item.path, folder) for item in files.entries(folder, {".git"})]

    assert found[:4] == [".git", "a", "link", "a/a"]
    assert found[-1] == "a/" * DEEP + "b"
    assert len(found) == DEEP + 3
    files.remove(folder)
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_link_goes_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to("kept")

    files.remove(tmp_path / "link")
    files.remove(tmp_path / "link")

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_no_more_is_read_than_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")

    assert files.read(path, most=5) == b"12345"
    with pytest.raises(OSError, match="more than 4 bytes"):
        files.read(path, most=4)
    os.truncate(path, 10**12)
    with pytest.raises(OSError, match="more than"):
        files.read(path)


@pytest.mark.parametrize("size", [0, 1, files.PART, files.PART + 1, 3 * files.PART])
def test_a_file_is_read_whole_up_to_what_it_may_have(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(range(256)) * 48)
    os.truncate(path, size)
    assert files.read(path, most=size) == path.read_bytes()
    if size:
        with pytest.raises(OSError, match="more than"):
            files.read(path, most=size - 1)


def test_what_a_file_has_counts_and_not_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = iter([b"abc", b"defg", b"hi", b""])
    monkeypatch.setattr(os, "read", lambda handle, size: next(parts))
    assert b"".join(files._parts(0, 3, 100)) == b"abcdefghi"
    parts = iter([b"abc", b"defg", b"hi", b""])
    assert b"".join(files._parts(0, 3, 5)) == b"abcdefg"  # more than five: read no further

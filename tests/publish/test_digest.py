from __future__ import annotations

import os
from pathlib import Path

import pytest
from faircopy.publish import digest
from hypothesis import given
from hypothesis import strategies as st


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


@pytest.mark.parametrize("name", [".DS_Store", "manuscript.md~", "__pycache__/a.pyc", ".git/HEAD"])
def test_droppings_do_not_count(tmp_path: Path, name: str) -> None:
    folder = fill(tmp_path / "one")
    before = digest.of_folder(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("dropped")
    assert digest.of_folder(folder) == before


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

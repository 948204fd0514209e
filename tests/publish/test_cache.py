from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec
import pytest
from faircopy.core import own
from faircopy.publish.cache import Cache

KEY = "ab" + "c" * 62


class Value(msgspec.Struct, frozen=True):
    data: bytes
    number: int = 0


class Other(msgspec.Struct, frozen=True):
    text: str


def entry(cache: Path) -> Path:
    (path,) = (path for path in cache.rglob("*") if path.is_file())
    return path


def test_what_was_stored_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path, Value)
    assert cache.load(KEY) is None
    cache.store(KEY, Value(b"\0data", 3))
    assert cache.load(KEY) == Value(b"\0data", 3)


@pytest.mark.parametrize("position", [0, 31, 32, 40, -1])
def test_a_changed_byte_is_noticed_and_the_entry_removed(tmp_path: Path, position: int) -> None:
    cache = Cache(tmp_path, Value)
    cache.store(KEY, Value(b"data"))
    data = bytearray(entry(tmp_path).read_bytes())
    data[position] ^= 1
    entry(tmp_path).write_bytes(data)
    assert cache.load(KEY) is None
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_entry_under_another_key_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path, Value)
    cache.store(KEY, Value(b"data"))
    entry(tmp_path).rename(tmp_path / KEY[:2] / ("d" * 62))
    assert cache.load(KEY[:2] + "d" * 62) is None


def test_a_pipe_in_an_entrys_place_holds_nobody_up(tmp_path: Path) -> None:
    cache = Cache(tmp_path, Value)
    cache.store(KEY, Value(b"data"))
    path = entry(tmp_path)
    path.unlink()
    os.mkfifo(path)
    assert cache.load(KEY) is None
    cache.store(KEY, Value(b"data"))
    assert cache.load(KEY) == Value(b"data")


def test_what_a_stranger_put_there_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path, Value)
    cache.store(KEY, Value(b"data"))
    content = msgspec.msgpack.encode(Value(b"planted"))
    for mark in (hashlib.sha256(KEY.encode() + content).digest(), bytes(own.MARK), b""):
        entry(tmp_path).write_bytes(mark + content)
        assert cache.load(KEY) is None
        cache.store(KEY, Value(b"data"))
    with monkeypatch.context() as elsewhere:  # the stranger has this program, and another key
        elsewhere.setattr(own, "folder", lambda: tmp_path / "theirs")
        Cache(tmp_path / "a", Value).store(KEY, Value(b"planted"))
    (tmp_path / "a" / KEY[:2] / KEY[2:]).replace(tmp_path / KEY[:2] / KEY[2:])
    assert cache.load(KEY) is None
    assert cache.refused == 4


@pytest.mark.parametrize("length", [0, 10, 32, 35])
def test_a_cut_entry_is_noticed(tmp_path: Path, length: int) -> None:
    cache = Cache(tmp_path, Value)
    cache.store(KEY, Value(b"data"))
    entry(tmp_path).write_bytes(entry(tmp_path).read_bytes()[:length])
    assert cache.load(KEY) is None


def test_an_entry_of_another_shape_is_no_entry(tmp_path: Path) -> None:
    Cache(tmp_path, Other).store(KEY, Other("text"))
    assert Cache(tmp_path, Value).load(KEY) is None


def test_a_full_disk_leaves_no_half_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            Cache(tmp_path, Value).store(KEY, Value(b"data"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_pruning_keeps_the_newest_below_the_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path, Value, limit=2500)
    keys = [f"{n:02d}" + "0" * 62 for n in range(5)]
    for age, key in enumerate(keys):
        cache.store(key, Value(b"x" * 1000))
        os.utime(tmp_path / key[:2] / key[2:], (1000 + age, 1000 + age))
    cache.prune()
    assert [cache.load(key) is not None for key in keys] == [False, False, False, True, True]


def test_pruning_follows_no_link_out_of_the_cache(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "cache").mkdir()
    (tmp_path / "home/mine").write_bytes(b"x" * 1000)
    (tmp_path / "cache/ab").symlink_to(tmp_path / "home")
    Cache(tmp_path / "cache", Value, limit=0).prune()
    assert (tmp_path / "home/mine").exists()


def test_pruning_removes_what_a_killed_build_left(tmp_path: Path) -> None:
    cache = Cache(tmp_path, Value)
    cache.store(KEY, Value(b"data"))
    folder = entry(tmp_path).parent
    (folder / "x.999999999.partial").touch()
    mine = folder / f"x.{os.getpid()}.partial"
    mine.touch()
    cache.prune()
    assert sorted(path.name for path in folder.iterdir()) == [KEY[2:], mine.name]

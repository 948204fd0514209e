"""Work divided between two processes: the results are those of one, and nobody is left behind."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator

import pytest
from faircopy.core import sharing
from faircopy.core.sharing import WORTH, can_fork, shared

forking = pytest.mark.skipif(not can_fork(), reason="no fork or no second processor")
ITEMS = list(range(2 * WORTH + 1))


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    """Nobody is left behind; of other tests a fork server may be running."""
    before = ended_child()
    yield
    assert ended_child() == before


def ended_child() -> int | None:
    """Return a child that ended unseen, 0 where there are only running ones, None without any."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0]
    except ChildProcessError:
        return None


def whose(item: int) -> tuple[int, int]:
    return item, os.getpid()


@forking
def test_a_copy_does_every_other_item_and_the_order_stays() -> None:
    found = shared(whose, ITEMS)
    assert [item for item, _ in found] == ITEMS
    assert {pid for _, pid in found[::2]} == {os.getpid()}
    assert len({pid for _, pid in found[1::2]} - {os.getpid()}) == 1


@pytest.mark.parametrize("items", [[], ITEMS[: WORTH - 1]])
def test_few_items_are_done_here(items: list[int]) -> None:
    assert shared(whose, items) == [(item, os.getpid()) for item in items]


def test_beside_another_thread_all_is_done_here() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    found = shared(whose, ITEMS)
    done.set()
    other.join()
    assert found == [(item, os.getpid()) for item in ITEMS]


@forking
def test_what_a_copy_does_not_bring_is_done_here() -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != here:
            os._exit(1)
        return item

    assert shared(work, ITEMS) == ITEMS


@forking
def test_a_failure_is_raised_wherever_it_happens(capfd: pytest.CaptureFixture[str]) -> None:
    def work(item: int) -> int:
        if item % 2:
            raise LookupError(item)
        return item

    with pytest.raises(LookupError, match="1"):
        shared(work, ITEMS)
    assert capfd.readouterr().err == ""


def test_without_room_for_a_copy_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError(errno.ENOMEM, "no memory")

    monkeypatch.setattr(os, "fork", refuse)
    assert shared(whose, ITEMS) == [(item, os.getpid()) for item in ITEMS]


def test_one_processor_is_not_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "can_fork", lambda: False)
    assert shared(whose, ITEMS) == [(item, os.getpid()) for item in ITEMS]

"""A helper that breaks lines ahead: the pages are the same, and it leaves when it is dismissed."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import pytest
from faircopy.core import sharing
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import ahead, memory

from tests.writers.test_pdf import publication

THEME = load()
forking = pytest.mark.skipif(not sharing.can_fork(), reason="no fork or no second processor")


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Send the helper ahead after the first page, wait for it, and count what it sends."""
    found: list[Any] = []
    remember, take = memory.Lines.remember, ahead._Helper.take

    def counted(self: memory.Lines, key: Any, style: Any, line: Any) -> None:
        if key not in self.kept:
            found.append(key)
        remember(self, key, style, line)

    def waiting(self: Any) -> None:
        if not self._link.closed:
            self._link.poll(20)
        take(self)

    monkeypatch.setattr(ahead, "FROM", 1)
    monkeypatch.setattr(ahead, "BLOCKS", 1)
    monkeypatch.setattr(memory.Lines, "remember", counted)
    monkeypatch.setattr(ahead._Helper, "take", waiting)
    return found


@forking
@pytest.mark.parametrize("name", ["interview", "every-construct", "ar"])
def test_lines_that_are_broken_ahead_are_those_that_are_broken_here(
    name: str, remembered: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, options = publication(name), Options(page="a5")
    helped = pdf.write(source, THEME, options).data
    assert remembered
    monkeypatch.setattr(sharing, "can_fork", lambda: False)
    assert pdf.write(source, THEME, options).data == helped


@forking
def test_no_helper_is_left_behind(remembered: list[Any]) -> None:
    pdf.write(publication("interview"), THEME, Options(page="a5"))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@forking
def test_a_helper_that_is_gone_is_not_missed(
    remembered: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, options = publication("interview"), Options(page="a5")
    monkeypatch.setattr(ahead, "_go_on", lambda *args: os._exit(1))
    alone = pdf.write(source, THEME, options).data
    assert not remembered
    monkeypatch.setattr(sharing, "can_fork", lambda: False)
    assert pdf.write(source, THEME, options).data == alone


def test_an_article_gets_no_helper(remembered: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "FROM", 16)
    pdf.write(publication("interview"), THEME, Options(page="a5"))
    assert not remembered


def test_the_helper_begins_with_a_block_half_of_the_rest_farther_on() -> None:
    def box(*children: Any) -> Any:
        return SimpleNamespace(children=children)

    blocks = [box() for _ in range(40)]
    root = box(box(box(), box(*blocks)))
    assert ahead.farther({0: {1: {10: {0: {3: None}}}}}, root) == {0: {1: {25: None}}}
    assert ahead.farther({0: {1: {35: None}}}, root) is None
    assert ahead.farther(None, root) is None

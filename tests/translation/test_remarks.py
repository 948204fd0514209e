"""Remarks of translators are kept, and only added to."""

from __future__ import annotations

import pytest
from faircopy.translation import remarks
from faircopy.translation.forms import ImportRefused
from faircopy.translation.remarks import Kept
from hypothesis import given
from hypothesis import strategies as st

ASKED = Kept("a.s1", "Which lock?", "Ann")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text("\x7f\\\"\n\t'", max_size=5))
def test_any_words_come_back(text: str, author: str) -> None:
    kept = (Kept("a.s1", text or "x", author), ASKED)
    assert remarks.read(remarks.write(kept), "f") == kept


def test_what_was_asked_before_is_not_asked_twice() -> None:
    new = Kept("a.s1", "And why?")
    assert remarks.grown((ASKED,), (ASKED, new)) == (ASKED, new)


@pytest.mark.parametrize("data", [b"[[remark]]\nsegment = 1", b"x", b"\xff", b"y = 1"])
def test_a_broken_file_is_told(data: bytes) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        remarks.read(data, "de.remarks.toml")

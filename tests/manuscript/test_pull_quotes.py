"""A pull quote has the text's words, and stands in the answer that they are from."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.diagnostics import ManuscriptError
from faircopy.manuscript import read

_FRONT = "---\ntitle: A title\nlang: en-GB\nkind: {}\n---\n\n"
_QUOTE = "\n::: pull-quote\nIt stays the only way.\n:::\n"
_ONE, _TWO = "## One?\n\nNo word of it.\n", "\n## Two?\n\nSo be it. It stays the only way.\n"
_TURNS = "**Ann:** One?\n\n**Joe:** No.\n{}\n**Ann:** Two?\n\n**Joe:** It stays the only way.\n{}"


def _codes(folder: Path, kind: str, text: str) -> list[tuple[str, int]]:
    folder.mkdir(exist_ok=True)
    (folder / "manuscript.md").write_text(_FRONT.format(kind) + text)
    try:
        read(folder)
    except ManuscriptError as error:
        return [(one.code, one.place.line if one.place else 0) for one in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("interview", _ONE + _QUOTE + _TWO, 12),
        ("interview", _TWO + "\n" + _ONE + _QUOTE, 17),
        ("interview", _TURNS.format(_QUOTE, ""), 12),
        ("interview", _ONE + _TWO + _QUOTE, 0),
        ("interview", _ONE + "\n## Two?\n" + _QUOTE + "\nIt stays the only way.\n", 0),
        ("interview", _TURNS.format("", _QUOTE), 0),
        ("interview", _QUOTE + "\n" + _ONE + _TWO, 0),
        ("interview", _ONE.replace("No word", "It stays the only way. Not") + _QUOTE + _TWO, 0),
        ("article", _ONE + _QUOTE + _TWO, 0),
    ],
)
def test_a_pull_quote_stands_in_its_own_answer(
    tmp_path: Path, kind: str, text: str, wrong: int
) -> None:
    assert _codes(tmp_path / "m", kind, text) == ([("pull-quote-place", wrong)] if wrong else [])


def test_the_answer_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(_FRONT.format("interview") + _ONE + _QUOTE + _TWO)
    with pytest.raises(ManuscriptError) as caught:
        read(tmp_path)
    (found,) = caught.value.diagnostics
    assert "the answer to “Two?”" in found.message
    assert "line 15" in found.remedy

"""Which blocks of code are drawings, and how wide they are."""

import pytest
from faircopy.passes.drawings import columns, is_drawing


@pytest.mark.parametrize(
    "text",
    [
        "┌──┐\n│ a│\n└──┘",
        "├── src\n└── tests",
        "+----+      +----+\n| a  | ---> | b  |\n+----+      +----+",
        "a ---> b\nb ---> c\nc ---> d",
        "▁▂▃▅▇",
    ],
)
def test_a_drawing(text: str) -> None:
    assert is_drawing(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "for a in b:\n    print(a | b)\n",
        "# ---------------\nx = 1\n# ---------------",
        "def f() -> int:\n    return 1\n\ndef g() -> int: ...\ndef h() -> str: ...",
        "git log --oneline --graph\n+ added\n- taken out",
        "| one | two |",
    ],
)
def test_a_listing(text: str) -> None:
    assert not is_drawing(text)


@pytest.mark.parametrize(
    ("text", "wide"), [("", 0), ("ab\nabc  \n", 3), ("漢字", 4), ("e\u0301", 1)]
)
def test_columns(text: str, wide: int) -> None:
    assert columns(text) == wide

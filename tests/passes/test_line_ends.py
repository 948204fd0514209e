"""A line end of the manuscript is no space between East Asian characters."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.passes.line_ends import close_up


@pytest.mark.parametrize(
    ("lang", "written", "read"),
    [
        ("ja", "猫である。\n名前は", "猫である。名前は"),
        ("ja", "猫で\n**ある**\n名前", "猫である名前"),
        ("ja", "「ニャー」\n泣いて[^1]\nいた\n\n[^1]: 注", "「ニャー」泣いて注 いた"),
        ("ja", "版は\nPandoc\nです", "版は Pandoc です"),
        ("zh", "他说：“好”\n然后", "他说：“好”然后"),
        ("en", "他说：“好”\n然后", "他说：“好” 然后"),
        ("ko", "나는 고양이\n이다", "나는 고양이 이다"),
        ("en", "one\ntwo", "one two"),
    ],
)
def test_a_line_end_between_wide_characters_is_nothing(lang: str, written: str, read: str) -> None:
    assert " ".join(ast.text(close_up(pandoc.read(written).blocks, lang)).split()) == read

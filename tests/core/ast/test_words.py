"""The words of a tree as plain text."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.core.ast import Omit


@pytest.mark.parametrize(
    ("markdown", "omit", "words"),
    [
        ("One\ntwo  \nthree.", (), "One two\nthree."),
        ("# One\n\nTwo.", (), "One\nTwo."),
        ("He said \"*yes*, 'no'\".", (), "He said “yes, ‘no’”."),
        ("`code` and $x^2$", (), "code and x^2"),
        ("Before `<b>`{=html}after", (), "Before after"),
        ("Text^[A note.] goes on.", (), "TextA note.\n goes on."),
        ("Text^[A note.] goes on.", (Omit.NOTES,), "Text goes on."),
        ("An ![image](a.png) here.", (), "An image here."),
        ("An ![image](a.png) here.", (Omit.ALT,), "An  here."),
        ("| One\n| two", (), "One\ntwo"),
        ("1. One\n2. Two", (), "One\nTwo"),
        ("Term\n:   What it means", (), "Term\nWhat it means"),
    ],
)
def test_words_are_put_in_reading_order(markdown: str, omit: tuple[Omit, ...], words: str) -> None:
    assert ast.text(pandoc.read(markdown).blocks, *omit) == words

"""Addresses are found in the text, and in links that show one."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.passes.shown_addresses import mark


def marked(markdown: str) -> list[str]:
    """The words of each address."""
    blocks = mark(pandoc.read(markdown).blocks)
    assert mark(blocks) == blocks
    found = [node for node in ast.walk(blocks) if isinstance(node, ast.Span | ast.Link)]
    return [ast.text(node) for node in found if "address" in node.attr.classes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See <https://example.org/a-b>.", ["https://example.org/a-b"]),
        ("See https://example.org/a_b?c=d.", ["https://example.org/a_b?c=d"]),
        ("See (www.example.org/x), then", ["www.example.org/x"]),
        ("Write to press@example.org!", ["press@example.org"]),
        ("[example.org/x](https://example.org/x)", ["example.org/x"]),
        ("[**example.org**](https://example.org/x)", ["example.org"]),
        ("See example.org/notes/1.pdf.", ["example.org/notes/1.pdf"]),
        ("Read [the notes](https://example.org/x) and/or e.g. this @ home, 9 a.m./p.m.", []),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert marked(text) == found

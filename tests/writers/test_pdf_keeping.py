"""What stands whole on a page: only what leaves no large hole where it does not fit."""

from __future__ import annotations

import pytest
from faircopy.writers import html
from faircopy.writers.pdf import keeping
from lxml import etree


def kept(markup: str, name: str) -> bool:
    body = etree.fromstring(f"<body>{markup}</body>")
    keeping.mark(body)
    return any(html.has_class(item, keeping.KEPT) for item in html.find(body, name))


@pytest.mark.parametrize(
    ("items", "letters", "whole"),
    [(4, 60, True), (5, 10, False), (4, 110, False), (2, 200, False), (1, 20, True)],
)
def test_a_list_is_kept_whole_where_it_is_a_few_lines(
    items: int, letters: int, whole: bool
) -> None:
    item = f"<li>{'a' * letters}</li>"
    assert kept(f"<ul>{item * items}</ul>", "ul") is whole


@pytest.mark.parametrize(("lines", "whole"), [(5, True), (30, False)])
def test_a_listing_is_kept_whole_where_it_is_short(lines: int, whole: bool) -> None:
    assert kept(f"<pre>{'a&#10;' * lines}</pre>", "pre") is whole

"""Images on the web: a link with their words stands in their place, and one finding says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import Severity
from faircopy.core.model import Publication

Read = Callable[..., Publication]

ALIKE = [
    ("One ![A map](https://a.org/p.png) two.", "One [A map](https://a.org/p.png) two."),
    ("![A map](https://a.org/p.png)", "[A map](https://a.org/p.png)"),
    ("One ![](http://a.org/p.png)", "One [http://a.org/p.png](http://a.org/p.png)"),
    ("[![Built](https://a.org/b.svg)](https://a.org) x", "[Built](https://a.org) x"),
    ("One![](https://a.org/p.png){.decorative} two", "One two"),
    (
        '<figure><img src="https://a.org/p.png" alt="A map">'
        "<figcaption>Of *it*</figcaption></figure>",
        "[A map](https://a.org/p.png)\n\nOf *it*",
    ),
    (
        "See [it](#a).\n\n![A map](https://a.org/p.png){#a}",
        "See [it](#a).\n\n[]{#a}[A map](https://a.org/p.png)",
    ),
]


@pytest.mark.parametrize(("image", "link"), ALIKE)
def test_a_link_stands_in_its_place(read: Read, image: str, link: str) -> None:
    found = read(f"{image}\n\nEnd.\n")
    assert found.blocks == read(f"{link}\n\nEnd.\n").blocks
    assert [(item.code, item.severity) for item in found.diagnostics] == [
        ("image-remote", Severity.WARNING)
    ]


def test_many_are_one_finding_that_names_the_lines(read: Read) -> None:
    (told,) = read("![A](https://a.org/a.png)\n\n" * 3).diagnostics
    assert told.message.endswith("; the same goes for 2 more: see lines 8, 10")
    assert told.place is not None
    assert told.place.line == 6


def test_no_edition_has_an_image_that_would_be_fetched(read: Read) -> None:
    found = read("# A ![b](http://a.org/c.png)\n\nOne^[Two ![d](https://a.org/e.png)]\n")
    assert not [*ast.find(found.blocks, ast.Image)]
    assert found.assets == {}

"""Pictures, figures, folded passages and links in HTML are read as Markdown has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication
from PIL import Image

from tests.bounded import said

FRONT = "---\ntitle: A title\nlang: en-GB\n---\n\n"
Read = Callable[[str], Publication]

ALIKE = [
    ('One <img src="p.png" alt="A map"> two.', "One ![A map](p.png) two."),
    ('One <img src="p.png" alt="" /> two.', "One ![](p.png){.decorative} two."),
    ('<img src=p.png alt=A title="T &amp; U" width=50%>.', '![A](p.png "T & U"){width=50%}.'),
    ('<a href="https://a.org" title="t">*w*</a>', '[*w*](https://a.org "t")'),
    ('<a href="https://a.org"><img src="p.png" alt="A"></a> w', "[![A](p.png)](https://a.org) w"),
    ('<a id="x"></a>One [two](#x).', "[]{#x}One [two](#x)."),
    ('x <picture><source srcset="q.webp"><img src="p.png" alt="A"></picture>', "x ![A](p.png)"),
    (
        '<figure>\n<img src="p.png" alt="C d">\n<figcaption>C d</figcaption>\n</figure>',
        "![C d](p.png)",
    ),
    (
        '<details open>\n<summary>More *so*</summary>\n\nUnder.\n\n- it\n\n</details>',
        "**More *so***\n\nUnder.\n\n- it",
    ),
    ("<details><summary>S</summary>One.</details>", "**S**\n\nOne."),
    ("<figure>\n\n> Said.\n\n<figcaption>Who</figcaption></figure>", "> Said.\n\nWho"),
    ("<details>\n\n<details>\n\nOne.\n\n</details>\n\nTwo.\n\n</details>", "One.\n\nTwo."),
]  # fmt: skip


@pytest.fixture
def read_here(read: Callable[..., Publication], tmp_path: Path) -> Read:
    (tmp_path / "a-manuscript").mkdir()
    Image.new("RGB", (600, 300), "navy").save(tmp_path / "a-manuscript" / "p.png")
    return read


@pytest.mark.parametrize(("html", "markdown"), ALIKE)
def test_it_is_read_as_what_it_is(read_here: Read, html: str, markdown: str) -> None:
    found = read_here(f"{html}\n\nEnd.\n")
    assert found.diagnostics == ()
    assert found.blocks == read_here(f"{markdown}\n\nEnd.\n").blocks


def test_a_picture_alone_is_no_figure(read_here: Read) -> None:
    found = read_here('<img src="p.png" alt="A plain picture" width="300">\n\nText.\n')
    (image,) = ast.find(found.blocks, ast.Image)
    assert ast.text(image.inlines) == "A plain picture"
    assert dict(image.attr.attributes) == {"width": "300"}
    assert not [*ast.find(found.blocks, ast.Figure)]
    assert list(found.assets) == ["p.png"]


@pytest.mark.parametrize(
    ("html", "code", "severity"),
    [
        ('<img src="p.png">', "image-alt", "error"),
        ('<img src="../../p.png" alt="x">', "image-outside", "error"),
        ('<img src="https://a.org/p.png" alt="x">', "image-remote", "warning"),
        ('<img src="p.png" alt="x" onerror="f()">', "attribute-left-out", "warning"),
        (
            '<img src="p.png" alt="x" srcset="https://a.org/q.png 2x">',
            "attribute-left-out",
            "warning",
        ),
        ('<a href="javascript:f()">w</a>', "link-scheme", "warning"),
        ("<figure>\n\nNo end.", "raw-markup", "warning"),
        ("w</a> w", "raw-markup", "warning"),
        ("`<img src='p.png' alt='x'><b>w</b>`{=html}", "raw-markup", "warning"),
        ('<img src="file:///p.png" alt="x">', "image-remote", "error"),
    ],
)
def test_it_passes_the_checks_of_what_is_in_markdown(
    read_here: Read, html: str, code: str, severity: str
) -> None:
    try:
        told = read_here(f"{html}\n\nEnd.\n").diagnostics
    except ManuscriptError as error:
        told = error.diagnostics
    assert [(item.code, str(item.severity)) for item in told] == [(code, severity)]
    assert told[0].place is not None
    assert told[0].place.line == 6


ENDLESS = """
from faircopy.core import ast
from faircopy.manuscript import pictured
lines = ('<a href="x">', "</a>", '<img src="p">', "<picture>", '<a href="x">')
pictured.read((ast.Para(tuple(ast.RawInline(("html", x)) for x in lines for _ in range(4_000))),))
kinds = ("<figure>", "<details>", "<figcaption>", "<summary>", "</figure>", "</summary>")
pictured.read(tuple(ast.RawBlock(("html", x)) for x in kinds for _ in range(3_000)))
"""


@pytest.mark.slow
def test_tags_without_an_end_come_to_an_end() -> None:
    assert said(ENDLESS, seconds=20, megabytes=300) == b""

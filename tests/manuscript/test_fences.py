"""Fences that CommonMark takes for code and pandoc does not: read as code, and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.model import Publication
from faircopy.manuscript import fences

Read = Callable[..., Publication]

MENDED = [
    ("```js run\na\n```", "```js\na\n```"),
    ("~~~ js run\na\n~~~", "~~~ js\na\n~~~"),
    ('```js title="x y" {1,2}\na\n\nb\n```\n\nProse.', "```js\na\n\nb\n```\n\nProse."),
    ("```{r, echo=FALSE}\na\n```", "```r\na\n```"),
    ("``` {python}\na\n```", "```python\na\n```"),
    ("```js {run}\na\n```", "```js\na\n```"),
    ("```{.js run}\na\n```", "```js\na\n```"),
    ("- item\n\n    ```js run\n    a\n    ```", "- item\n\n    ```js\n    a\n    ```"),
    ("Term\n: one\n\n    ```js run\n    a\n    ```", "Term\n: one\n\n    ```js\n    a\n    ```"),
    ("> ```js run\n> a\n> ```", "> ```js\n> a\n> ```"),
    ("````md x\n```js run\n```\n````", "````md\n```js run\n```\n````"),
]
AS_THEY_ARE = [
    "```js {.run n=1}\na\n```",
    "``` {#id .js key=\"a b\"}\na\n```",
    "```\n```js run\n```",
    "```` \n```js run\na\n````",
    "Text with ```js run``` in it.\n\n```js run``` too.",
    "```js run\nwithout an end",
    "    ```js run\n    a\n    ```",
    "```{=html}\n<!-- x -->\n```",
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), MENDED)
def test_code_is_read_as_code(read: Read, written: str, meant: str) -> None:
    found = read(f"{written}\n")
    assert found.blocks == read(f"{meant}\n").blocks
    (told,) = found.diagnostics
    assert told.code == "code-fence"
    assert told.place is not None
    assert written.split("\n")[told.place.line - 6].lstrip(" >-")[:3] in ("```", "~~~")


@pytest.mark.parametrize("text", AS_THEY_ARE)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert fences.mend(text, 0) == (text, ())


def test_no_place_moves_and_all_are_told_at_once(read: Read) -> None:
    text = "```js run\na\n```\n\nSee [x](y).\n\n```js no\nb\n```\n"
    found = read(text)
    assert [node.text for node in ast.find(found.blocks, ast.CodeBlock)] == ["a", "b"]
    told = {item.code: item for item in found.diagnostics}
    assert "lines 12" in told["code-fence"].message
    assert str(told["link-relative"].place).endswith(":10:9")


def test_many_fences_without_an_end_are_looked_at_once() -> None:
    text = "```js run\n" * 60_000
    assert fences.mend(text, 0) == (text, ())

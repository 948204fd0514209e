"""Pictures that nobody has words for yet: found, and given words by those who import them."""

from __future__ import annotations

from collections.abc import Sequence

from faircopy.core import ast
from faircopy.core.ast import Blocks, Inlines
from faircopy.core.diagnostics import Place
from faircopy.manuscript.images import DECORATIVE
from faircopy.translation.forms import refuse

_UNSAID = "?"


def names(blocks: Blocks) -> tuple[str, ...]:
    """Return the files of the pictures without words, in their order."""
    return tuple(dict.fromkeys(one.url for one in ast.find(blocks, ast.Image) if _is_silent(one)))


def told(blocks: Blocks, words: Sequence[str], name: str) -> Blocks:
    """Return blocks whose pictures without words have these, in their order.

    Raises:
        ImportRefused: there are more words than pictures in the file ``name``.
    """
    silent = names(blocks)
    if len(words) > len(silent):
        are = f"{len(silent) or 'no'} picture{'' if len(silent) == 1 else 's'}"
        raise refuse(
            "alt-spare",
            f"--alt is given {len(words)} times, but the file has {are} without words",
            "Give it once for each that --dry-run lists, in their order.",
            Place(name),
        )
    return _with(blocks, dict(zip(silent, words, strict=False)))


def spoken(blocks: Blocks) -> Blocks:
    """Return blocks in which each picture has words, if only a sign that they are missing."""
    return _with(blocks, dict.fromkeys(names(blocks), _UNSAID))


def _with(blocks: Blocks, words: dict[str, str]) -> Blocks:
    def change(node: ast.Node) -> ast.Node:
        if isinstance(node, ast.Image) and _is_silent(node) and node.url in words:
            return ast.Image((node.attr, _inlines(words[node.url]), node.c[2]))
        return node

    return ast.rewrite(blocks, change, ast.Image) if words else blocks


def _inlines(text: str) -> Inlines:
    out: list[ast.Inline] = []
    for word in text.split():
        out += [ast.Space(), ast.Str(word)]
    return tuple(out[1:])


def _is_silent(picture: ast.Image) -> bool:
    return not ast.text(picture.inlines).strip() and DECORATIVE not in picture.attr.classes

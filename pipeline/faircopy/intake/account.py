"""The words of a finished manuscript held against those that the walk took, in order and number."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.intake.walked import Passage

_SILENT = re.compile("[\"'“”‘’„‚‟‛`´]")
"""Quotation marks and apostrophes: the manuscript's are those of its language."""
_BEFORE_SIGN = re.compile(rf"(?<!\s)[^\S\n]+(?={_SILENT.pattern}+[^\w\s])")
"""Space between a word and a quotation mark that a sign follows: reading takes it away."""
_DASHES = re.compile("[-–—‒―]+")
_BOXES = frozenset("☐☒☑")
"""Boxes to be ticked, which pandoc puts at the beginning of a list's items that have them."""
_DIFFERENT = 4_000
"""Words that are compared one by one where a text differs from beginning to end."""


class Difference(msgspec.Struct, frozen=True):
    """Words that the manuscript lacks or has too many of, at a paragraph of the file."""

    paragraph: int
    lacking: tuple[str, ...]
    more: tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    Composed (NFC), without quotation marks, with one kind of dash and three points for their sign.
    """
    text = _SILENT.sub("", _BEFORE_SIGN.sub("", text)).replace("…", "...")
    text = unicodedata.normalize("NFC", text)
    return [word for word in _DASHES.sub("-", text).split() if word not in _BOXES]


_ALIKE = str.maketrans(
    dict.fromkeys("“”„‚‟‘’‛`´", "'") | {'"': "'"} | dict.fromkeys("–—‒―", "-") | {"\xa0": " "}
)


def alike(text: str) -> str:
    """Return a text of the same length, with one kind of quotation mark, dash and space."""
    return text.translate(_ALIKE)


def shown(blocks: object) -> str:
    """Return the words of a manuscript's tree as a walk over the file gives them."""

    def plain(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        if isinstance(node, ast.Note):
            return (ast.Space(), ast.Str(shown(node.blocks)), ast.Space())
        if isinstance(node, ast.Image):
            return ()
        return ast.Space() if isinstance(node, ast.Math) else node

    return ast.text(ast.rewrite(blocks, plain, ast.Note, ast.Math, ast.Image), Omit.ALT)


def differences(taken: Iterable[Passage], found: str) -> list[Difference]:
    """Return where the words of a manuscript differ from those that were taken."""
    expected = [(word, one.number) for one in taken for word in words(one.text)]
    there = words(found)
    wanted = [word for word, _ in expected]
    if wanted == there:
        return []
    return list(_differing(expected, wanted, there))


def _differing(
    expected: list[tuple[str, int]], wanted: list[str], there: list[str]
) -> Iterable[Difference]:
    start = 0
    while start < min(len(wanted), len(there)) and wanted[start] == there[start]:
        start += 1
    end = 0
    most = min(len(wanted), len(there)) - start
    while end < most and wanted[-1 - end] == there[-1 - end]:
        end += 1
    one, other = wanted[start : len(wanted) - end], there[start : len(there) - end]
    last = expected[-1][1] if expected else 0
    if max(len(one), len(other)) > _DIFFERENT:
        at = expected[start][1] if start < len(expected) else last
        yield Difference(at, tuple(one), tuple(other))
        return
    matched = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for kind, a, b, c, d in matched.get_opcodes():
        if kind != "equal":
            at = expected[start + a][1] if start + a < len(expected) else last
            yield Difference(at, tuple(one[a:b]), tuple(other[c:d]))

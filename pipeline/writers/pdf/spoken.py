"""Reading order of lines that run both ways.

A page shows glyphs from left to right, and where scripts of both directions, numbers and signs
meet, their order of reading cannot be told from that (UAX #9 has no way back). Such a line says
its text itself, as ``ActualText`` (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import pydyf

from pipeline.writers.pdf.layout import HYPHEN
from pipeline.writers.pdf.structure import PDF, Tree
from pipeline.writers.pdf.textlayer import SOFT_HYPHEN

_RIGHT = frozenset({"R", "AL"})
_LEFT = frozenset({"L", "EN", "AN"})
_SPACE = frozenset({"WS", "BN", "B", "S"})


def say(tree: Tree, texts: Mapping[tuple[int, int], Any], *, rtl: bool) -> None:
    """Give ``ActualText`` to the marked content that needs it.

    Args:
        tree: the document's structure.
        texts: the box of each piece of marked content, by page (from 0) and number (MCID).
        rtl: whether the document reads from right to left.
    """
    for number, page in enumerate(tree.pdf.page_references):
        stream = tree.object(tree.object(page)["Contents"]).stream
        for index, operator in enumerate(stream):
            box: Any = texts.get((number, _mark(stream, index))) if operator == b"BDC" else None
            text = getattr(box, "text", "")
            if text and mixed(text, right=box.style["direction"] == "rtl", document=rtl):
                stream[index - 1]["ActualText"] = pydyf.String(_read(text))


def _mark(stream: PDF, index: int) -> int:
    mark: int = stream[index - 1].get("MCID", -1)
    return mark


def mixed(text: str, *, right: bool, document: bool) -> bool:
    """Say whether a line's order of reading differs from both left to right and its reverse.

    ``right`` tells its paragraph's direction, ``document`` the document's: True is from the
    right.
    """
    if not (right or document) and text.isascii():
        return False
    kinds = {unicodedata.bidirectional(char) for char in text} - _SPACE
    if not right:
        return bool(kinds & _RIGHT) or (document and bool(kinds - {"L"}))
    return bool(kinds & _LEFT) or not kinds & _RIGHT


def _read(text: str) -> str:
    return text.removesuffix(HYPHEN) + SOFT_HYPHEN if text.endswith(HYPHEN) else text

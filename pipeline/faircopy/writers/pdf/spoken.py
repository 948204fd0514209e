"""Reading order of lines that run both ways.

A page shows glyphs from left to right, and where scripts of both directions, numbers and signs
meet, their order of reading cannot be told from that (UAX #9 has no way back). Such a line says
its text itself, as ``ActualText`` of a structure element of its own (ISO 32000-1, 14.9.4).

It does not say it in the page's content, where the standard allows it as well: PDFium and
poppler, by which Chrome, Edge, Evince and Okular search and copy, take it for the order in which
the glyphs stand, and turn it round.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import pydyf

from faircopy.writers.pdf import ends
from faircopy.writers.pdf.setting.rules import HYPHEN
from faircopy.writers.pdf.structure import Tree
from faircopy.writers.pdf.textlayer import SOFT_HYPHEN

_RIGHT = frozenset({"R", "AL"})
_LEFT = frozenset({"L", "EN", "AN"})
_SPACE = frozenset({"WS", "BN", "B", "S"})


def say(tree: Tree, texts: Mapping[tuple[int, int], Any], *, rtl: bool) -> None:
    """Give ``ActualText`` to what is drawn of the lines that need it.

    Args:
        tree: the document's structure.
        texts: the box of each piece of marked content, by page (from 0) and number (MCID).
        rtl: whether the document reads from right to left.
    """
    pages = {page: number for number, page in enumerate(tree.pdf.page_references)}
    owners = tree.owners()
    for element in list(tree.all()):
        for at, kid in enumerate(element.get("K", ())):
            number = pages.get(element.get("Pg"), -1)
            box: Any = texts.get((number, kid)) if isinstance(kid, int) else None
            text = ends.said(box) if getattr(box, "text", "") else ""
            if not text or not mixed(text, right=box.style["direction"] == "rtl", document=rtl):
                continue
            line = element
            if element["S"] != "/Span" or len(element["K"]) > 1:
                line = tree.make("/Span", element["Pg"])
                line["K"].append(kid)
                line["P"] = element.reference
                element["K"][at] = owners[number][kid] = line.reference
            line["ActualText"] = pydyf.String(_read(text))


def mixed(text: str, *, right: bool, document: bool) -> bool:
    """Say whether a line's order of reading differs from both left to right and its reverse.

    ``right`` tells its paragraph's direction, ``document`` the document's: True is from the
    right.
    """
    if not (right or document) and text.isascii():
        return False
    if right != document and text != text.strip():
        return True  # the space of a run that is marked up in part
    kinds = {unicodedata.bidirectional(char) for char in text} - _SPACE
    if not right:
        return bool(kinds & _RIGHT) or (document and bool(kinds - {"L"}))
    return bool(kinds & _LEFT) or not kinds & _RIGHT


def _read(text: str) -> str:
    return text.removesuffix(HYPHEN) + SOFT_HYPHEN if text.endswith(HYPHEN) else text

"""What a reader of a content document reads, as plain text."""

from __future__ import annotations

from faircopy.core import ast
from faircopy.languages import locale
from faircopy.passes.typography import typeset
from faircopy.writers.html import local
from faircopy.writers.markup import Element

BLOCKS = frozenset(
    {"aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figcaption"}
    | {"figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre"}
    | {"section", "table", "td", "th", "tr", "ul"}
)
"""Elements that end a word on either side."""
_NUMBERS = ("doc-noteref", "doc-backlink")


def plain(inlines: ast.Inlines, lang: str) -> str:
    """Return a text of the metadata as one line, with the quotation marks of its language."""
    drawn = ast.text(typeset(inlines, locale(lang)), ast.Omit.NOTES)
    return " ".join(drawn.split())


def label(element: Element) -> str:
    """Return a heading's words on one line, without the numbers of its footnotes.

    A formula is given by its alternative text.
    """
    out: list[str] = []
    _collect(element, out)
    return " ".join("".join(out).split())


def _collect(element: Element, out: list[str]) -> None:
    name = local(element)
    if name == "math":
        out.append(element.get("alttext", ""))
    elif name == "img":
        out.append(element.get("alt", ""))
    elif name == "br":
        out.append(" ")
    elif name and element.get("role") not in _NUMBERS:
        out.append(element.text or "")
        for child in element:
            _collect(child, out)
            out.append(child.tail or "")


def text(root: Element) -> str:
    """Return the words of a document in reading order, blocks apart, without format's own marks.

    Left out are the numbers of footnotes, and formulas are given as their TeX source, which
    pandoc keeps as an annotation.
    """
    out: list[str] = []
    _read(root, out)
    return "".join(out)


def count(root: Element) -> int:
    """Return how many words, parted by white space, a document has."""
    return len(text(root).split())


def _read(element: Element, out: list[str]) -> None:
    name = local(element)
    if not name or name in ("head", "script", "style"):
        return
    if name == "math":
        out.extend(item.text or "" for item in element.iter("{*}annotation"))
        return
    if element.get("role") in _NUMBERS:
        return
    if name in BLOCKS:
        out.append("\n")
    out.append(element.text or "")
    for child in element:
        _read(child, out)
        out.append(child.tail or "")
    if name in BLOCKS:
        out.append("\n")

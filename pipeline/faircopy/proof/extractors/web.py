"""The words of a web edition: its article, as libxml2's parser of HTML reads it.

The contents in ``nav`` are no part of the text; the rest is read by the rules of
`faircopy.proof.extractors.xhtml`.
"""

from __future__ import annotations

from lxml import etree

from faircopy.core.diagnostics import EditionError
from faircopy.proof.extractors.archive import Element
from faircopy.proof.extractors.line import Line
from faircopy.proof.extractors.xhtml import Reader
from faircopy.proof.words import Rules

RULES = Rules()


def lines(data: bytes) -> list[Line]:
    """Return the text of the page, a line for each block.

    Raises:
        EditionError: the file has no article.
    """
    article = _article(data)
    if article is None:
        raise EditionError.because(
            "artifact-unreadable", "There is no article in the page.", "Build it again."
        )
    reader = Reader({"": article})
    found: list[Line] = []
    for part in article.iterchildren(etree.Element):
        out: list[str] = []
        reader.read(part, "", out)
        out.append(part.tail or "")
        found += (Line(text, (0, _anchor(part))) for text in "".join(out).split("\n"))
    return found


def _anchor(part: Element) -> str:
    """Return the address of a part of the page: that of its heading, if it has one."""
    named = next((item.get("id") for item in part.iter(etree.Element) if item.get("id")), "")
    return f"#{named}"


def _article(data: bytes) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        return etree.fromstring(data, parser).find(".//article")
    except (etree.XMLSyntaxError, AttributeError):
        return None

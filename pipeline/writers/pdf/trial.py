"""Setting a paragraph several ways, to choose the best.

WeasyPrint breaks lines greedily. Where that leaves gaping word spaces, the paragraph is laid
out on a trial sheet with its spaces and letters a hair tighter or wider, as a typesetter
would, and the way with the most even lines is taken. A trial costs a few lines of layout, not
a whole document.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from pipeline.writers.html import Element, local
from pipeline.writers.pdf.check import RUNT, STRETCH
from pipeline.writers.pdf.composition import Composition, Setting
from pipeline.writers.pdf.layout import KEY, Line, read

WAYS = (
    (Setting(), 0.0),
    (Setting(word=-0.03, letter=-0.002), 0.5),
    (Setting(word=-0.05, letter=-0.006), 1.0),
    (Setting(word=0.03, letter=0.004), 0.5),
    (Setting(word=0.04, letter=0.012), 1.0),
    (Setting(ragged=True), 6.0),
)
"""The ways, and what each costs in itself: the plainest wins a tie, ragged is the last."""


def choose(
    root: Element, keys: Iterable[str], measure: float, compose: Callable[[bytes], Composition]
) -> Mapping[str, Setting]:
    """Return the best way to set each paragraph of ``keys``.

    Args:
        root: the whole document.
        keys: names of paragraphs (``data-key``).
        measure: width of the text, in points.
        compose: lays out an ``html`` element, serialised.
    """
    wanted = set(keys)
    paragraphs = [item for item in root.iter("p") if item.get(KEY) in wanted]
    if not paragraphs:
        return {}
    sheet = etree.tostring(_sheet(root, paragraphs, measure), encoding="utf-8")
    laid = read(compose(sheet).pages)
    lines: dict[str, list[Line]] = {}
    for line in laid.lines:
        lines.setdefault(line.key, []).append(line)
    return {item.get(KEY, ""): _best(item.get(KEY, ""), lines) for item in paragraphs}


def _best(key: str, lines: Mapping[str, list[Line]]) -> Setting:
    costs = [
        own + _badness(lines.get(f"{key}/{number}", ())) for number, (_, own) in enumerate(WAYS)
    ]
    return WAYS[costs.index(min(costs))][0]


def _badness(lines: Iterable[Line]) -> float:
    """Return how uneven a paragraph is; 0 when no rule is broken."""
    found = list(lines)
    excess = [line.stretch / line.size - STRETCH for line in found]
    loose = sum(3 + 20 * amount for amount in excess if amount > 0)
    ladder = sum(
        10
        for one, two, three in zip(found, found[1:], found[2:], strict=False)
        if one.hyphenated and two.hyphenated and three.hyphenated
    )
    runt = 10 if len(found) > 1 and _is_runt(found[-2], found[-1]) else 0
    return loose + ladder + runt


def _is_runt(before: Line, last: Line) -> bool:
    alone = " " not in last.text.replace("\u00a0", " ")
    return len(last.text) < RUNT or (before.hyphenated and alone)


def _sheet(root: Element, paragraphs: Iterable[Element], measure: float) -> Element:
    """Return a document with every paragraph in every way, below one another."""
    sheet = etree.Element("html", {"lang": root.get("lang", ""), "dir": root.get("dir", "")})
    body = etree.SubElement(sheet, "body", {"style": "page: trial"})
    text = etree.SubElement(
        body, "div", {"class": "text", "style": f"width: {measure:.3f}pt; columns: auto"}
    )
    for paragraph in paragraphs:
        for number, (way, _) in enumerate(WAYS):
            text.append(_set(paragraph, f"{paragraph.get(KEY)}/{number}", way.css))
    return sheet


def _set(paragraph: Element, key: str, way: str) -> Element:
    """Return a copy after the kind of neighbour that decides its indent."""
    box = etree.Element("div")
    before = paragraph.getprevious()
    if before is not None and local(before) in ("p", "main"):
        etree.SubElement(box, "p")
    again = copy.deepcopy(paragraph)
    again.tail = None
    for item in again.iter():
        item.attrib.pop("id", "")
    again.set(KEY, key)
    again.set("style", f"{again.get('style', '')}; {way}".strip("; "))
    box.append(again)
    return box

"""How much work a drawing is: its elements, each as often as it is drawn.

``use``, patterns, markers, masks and clip paths draw what stands elsewhere, which may draw what
stands elsewhere; ten lines can thus stand for a thousand million shapes (the SVG working group
leaves a bound to programs: SVG 2, section 5.6).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pipeline.limits import SVG_DEPTH, SVG_WORK
from pipeline.manuscript.pictures.picture import Unfit
from pipeline.manuscript.pictures.svg_names import HREF, PAINTED

_LEADS = re.compile(r"url\(\s*[\"']?#([^\"')]+)")
_MARKERS = re.compile(r"marker")
_VERTEX = re.compile(r"[-+.\d][-+.\deE]*[\s,]+[-+.\d]|[MmLlHhVvCcSsQqTtAaZz]")
_SHAPES = ("path", "polyline", "polygon", "line")


def weigh(root: Any) -> None:
    """See that a drawing comes to an end, soon.

    Raises:
        Unfit: an element draws itself, or there is too much to draw.
    """
    named: dict[str, Any] = {}
    for element in root.iter():
        if element.get("id"):
            named.setdefault(element.get("id"), element)
    styled = _styled(root)
    scale = _Scale(named, styled)
    steps, depth = scale.weight(root)
    if steps > SVG_WORK.most or depth > SVG_DEPTH.most:
        much = f"{SVG_WORK}" if steps > SVG_WORK.most else f"{SVG_DEPTH}"
        raise Unfit(
            "image-too-large",
            f"draws more than {much}, counting what it repeats",
            "Simplify it, or save it as PNG.",
        )


def _styled(root: Any) -> list[str]:
    """Return the ids that style sheets lead to: whom they are for is not asked."""
    sheets = (it.text or "" for it in root.iter(etree.Element) if it.tag.endswith("}style"))
    return [name for text in sheets for name in _LEADS.findall(text)]


class _Scale:
    """Weighs elements, each once."""

    def __init__(self, named: dict[str, Any], styled: list[str]) -> None:
        self._named = named
        self._styled = styled
        self._known: dict[Any, tuple[int, int]] = {}
        self._open: set[Any] = set()

    def weight(self, element: Any) -> tuple[int, int]:
        """Return how many elements an element draws, itself included, and how deep they nest."""
        if element in self._known:
            return self._known[element]
        if element in self._open or len(self._open) > 3 * SVG_DEPTH.most:
            name = element.get("id") or etree.QName(element).localname
            raise Unfit(
                "image-too-large",
                f"has the element “{name}” draw itself",
                "Take that reference out, or save it as PNG.",
            )
        self._open.add(element)
        steps, depth = 1, 0
        for child in element:
            below, deep = self.weight(child)
            steps, depth = steps + below, max(depth, deep)
        for target, times in self._led(element):
            below, deep = self.weight(target)
            steps, depth = steps + times * below, max(depth, deep)
        self._open.remove(element)
        self._known[element] = steps, depth + 1
        return steps, depth + 1

    def _led(self, element: Any) -> list[tuple[Any, int]]:
        """Return the elements that an element draws in, and how often."""
        found: list[tuple[str, int]] = []
        for key in HREF:
            if (element.get(key) or "").startswith("#"):
                found.append(((element.get(key) or "")[1:], 1))
        vertices = 1
        if etree.QName(element).localname in _SHAPES:
            drawn = element.get("d") or element.get("points") or ""
            vertices = max(2, len(_VERTEX.findall(drawn)))
        for key in (*PAINTED, "style"):
            value = element.get(key) or ""
            if "url" in value:
                times = vertices if "marker" in key or _MARKERS.search(value) else 1
                found += [(name, times) for name in _LEADS.findall(value)]
        return [(self._named[name], times) for name, times in found if name in self._named]

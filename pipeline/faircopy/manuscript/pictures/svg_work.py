"""How much work a drawing is: its elements, each as often as it is drawn.

``use``, patterns, markers, masks and clip paths draw what stands elsewhere, which may draw what
stands elsewhere; ten lines can thus stand for a thousand million shapes (the SVG working group
leaves a bound to programs: SVG 2, section 5.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from faircopy.core.limits import SVG_DEPTH, SVG_SOUGHT, SVG_WORK
from faircopy.manuscript.pictures.picture import Unfit
from faircopy.manuscript.pictures.svg_names import HREF, PAINTED

_LEADS = re.compile(r"url\(\s*[\"']?#([^\"')]+)")
_VERTEX = re.compile(r"(?<![-+.\deE])[-+.\d][-+.\deE]*+[\s,]++(?=[-+.\d])|[MmLlHhVvCcSsQqTtAaZz]")
"""A number that another follows, or a command; a number is gone through once, however long."""
_SHAPES = ("path", "polyline", "polygon", "line")
_SET = ("text", "tspan", "textPath", "a")
_PAINTS = ("linearGradient", "radialGradient", "filter")
"""What has no lines and areas of its own to be painted."""

_LEVELS = 3 * SVG_DEPTH.most
"""How deep is looked, in all: beyond, the drawing is refused in any case."""


def weigh(root: Any) -> None:
    """See that a drawing comes to an end, soon.

    Raises:
        Unfit: an element draws itself, or there is too much to draw.
    """
    scale = _Scale(root)
    whole = scale.weight(root)
    if whole.steps + whole.letters > SVG_WORK.most:
        raise _too_much(f"{SVG_WORK}")
    if whole.depth > SVG_DEPTH.most:
        raise _too_much(f"{SVG_DEPTH} of nesting")
    if len(scale.sought) * sum(1 for _ in root.iter()) * whole.depth > SVG_SOUGHT.most:
        raise _too_much(f"can be looked for: {SVG_SOUGHT}")


def _too_much(what: str) -> Unfit:
    return Unfit(
        "image-too-large",
        f"draws more than {what}, counting what it repeats",
        "Simplify it, or save it as PNG.",
    )


def _styled(root: Any) -> dict[Any, list[str]]:
    """Return the style that style sheets give to elements, where it leads to other elements."""
    texts = [it.text or "" for it in root.iter() if it.tag.endswith("}style")]
    if not any("url(" in text for text in texts):
        return {}
    import tinycss2
    from cssselect2 import ElementWrapper

    rules = [rule for text in texts for rule in _leading(tinycss2.parse_stylesheet(text))]
    found: dict[Any, list[str]] = {}
    for wrapper in ElementWrapper.from_xml_root(root).iter_subtree():
        for tests, content in rules:
            if any(test(wrapper) for test in tests):
                found.setdefault(wrapper.etree_element, []).append(content)
    return found


def _leading(rules: Any) -> Iterator[tuple[list[Any], str]]:
    """Yield the rules with an address in them: tests for whom they are, and what they say."""
    import tinycss2
    from cssselect2 import SelectorError, compile_selector_list

    for rule in rules:
        if rule.type == "at-rule" and rule.content:
            yield from _leading(tinycss2.parse_stylesheet(rule.content))
        elif rule.type == "qualified-rule" and "url(" in tinycss2.serialize(rule.content):
            try:
                tests = [selector.test for selector in compile_selector_list(rule.prelude)]
            except SelectorError:
                tests = [lambda _: True]  # for all, then
            yield tests, tinycss2.serialize(rule.content)


class _Weight(msgspec.Struct, frozen=True):
    """Elements that are drawn, how deep they nest, the corners of their lines, and letters."""

    steps: int
    depth: int
    corners: int
    letters: int


class _Scale:
    """Weighs elements, each once.

    What an element is painted with, a drawing of its own, is painted once for each element that
    inherits it, and a marker at each corner: so says SVG, and so do we count, even where some
    elements have a paint of their own.
    """

    def __init__(self, root: Any) -> None:
        self.sought: set[str] = set()
        self._styled = _styled(root)
        self._named: dict[str, Any] = {}
        for element in root.iter():
            self._named.setdefault(element.get("id") or "", element)
        self._known: dict[tuple[Any, bool], _Weight] = {}
        self._open: set[tuple[Any, bool]] = set()

    def weight(self, element: Any, *, drawn_in: bool = False) -> _Weight:
        """Return what it takes to draw an element; ``drawn_in`` from another place."""
        key = (element, drawn_in)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            name = element.get("id") or etree.QName(element).localname
            raise Unfit(
                "image-too-large",
                f"has, in line {element.sourceline}, the element “{name}” draw itself, without end",
                "Take that reference out, or save it as PNG.",
            )
        if len(self._open) > _LEVELS:
            raise _too_much(f"{SVG_DEPTH} of nesting")
        self._open.add(key)
        found = self._inheriting(element) if drawn_in else self._alone(element)
        self._open.remove(key)
        self._known[key] = found
        return found

    def _alone(self, element: Any) -> _Weight:
        parts = [self.weight(child) for child in element]
        parts += [self.weight(target, drawn_in=True) for target in self._used(element)]
        steps = 1 + sum(part.steps for part in parts)
        corners = _corners(element) + sum(part.corners for part in parts)
        depth = max((part.depth for part in parts), default=0)
        letters = _letters(element) + sum(part.letters for part in parts)
        return self._painted(element, _Weight(steps, depth + 1, corners, letters))

    def _inheriting(self, element: Any) -> _Weight:
        """Weigh an element with what it inherits where it stands, and not where it is drawn."""
        found = self.weight(element)
        if etree.QName(element).localname not in _PAINTS:
            for above in element.iterancestors():
                found = self._painted(above, found)
        return found

    def _painted(self, element: Any, weight: _Weight) -> _Weight:
        """Add to the weight of what is in an element what the element has it painted with."""
        steps, depth, letters = weight.steps, weight.depth, weight.letters
        for name, marks in self._paints(element):
            if name in self._named:
                paint = self.weight(self._named[name], drawn_in=True)
                times = weight.corners if marks else weight.steps
                steps += paint.steps * times
                letters += paint.letters * times
                depth = max(depth, paint.depth + 1)
        return _Weight(steps, depth, weight.corners, letters)

    def _used(self, element: Any) -> list[Any]:
        """Return the elements that an element draws or takes after, by name."""
        names = [value[1:] for key in HREF if (value := element.get(key, "")).startswith("#")]
        self.sought.update(names)
        return [self._named[name] for name in names if name in self._named]

    def _paints(self, element: Any) -> set[tuple[str, bool]]:
        """Return the names of what an element is painted with, and whether they are markers."""
        said = [(key, element.get(key, "")) for key in (*PAINTED, "style") if key in element.attrib]
        said += [("style", text) for text in self._styled.get(element, ())]
        found = {
            (name, "marker" in f"{key} {value}")
            for key, value in said
            if "url" in value
            for name in _LEADS.findall(value)
        }
        self.sought.update(name for name, _ in found)
        return found


def _letters(element: Any) -> int:
    """Return how many letters stand in an element itself: each is laid out as if it were a line."""
    if etree.QName(element).localname not in _SET:
        return 0
    texts = (element.text or "", *(child.tail or "" for child in element))
    return sum(len(" ".join(text.split())) for text in texts)


def _corners(element: Any) -> int:
    if etree.QName(element).localname not in _SHAPES:
        return 0
    return max(2, len(_VERTEX.findall(element.get("d") or element.get("points") or "")))

"""Formulas as pictures: WeasyPrint 70 draws no MathML (issue 2171).

``ziamath`` draws pandoc's MathML as SVG; the alternative text says the formula in words, as
every format's does.
"""

from __future__ import annotations

import copy

from lxml import etree

from faircopy.writers import html
from faircopy.writers.formulas import words
from faircopy.writers.html import Element

SIZE = 24
"""Units of the drawing for an em of the text."""


def draw(body: Element, lang: str) -> None:
    """Replace every ``math`` element by an image of it."""
    for formula in html.find(body, "math"):
        image = _image(formula, lang)
        image.tail = formula.tail
        parent = formula.getparent()
        if parent is not None:
            parent.replace(formula, image)


def _image(formula: Element, lang: str) -> Element:
    bare = copy.deepcopy(formula)
    bare.tail = None
    for note in html.find(bare, "annotation", "annotation-xml"):
        html.drop(note)
    for wrapper in html.find(bare, "semantics"):  # unknown to ziamath
        html.unwrap(wrapper)
    display = formula.get("display") == "block"
    svg, width, height, descent = _svg(bare, display=display)
    image = etree.Element(
        "img", {"src": html.data_uri("image/svg+xml", svg), "alt": words(formula, lang)}
    )
    image.set("class", "math-display" if display else "math-inline")
    lift = "" if display else f"; vertical-align: {-descent / SIZE:.3f}em"
    image.set("style", f"width: {width / SIZE:.3f}em; height: {height / SIZE:.3f}em{lift}")
    return image


def _svg(formula: Element, *, display: bool) -> tuple[bytes, float, float, float]:
    """Return the drawing, its width and height, and how far it reaches below the base line."""
    from ziamath.zmath import Math

    formula.set("display", "block" if display else "inline")
    drawn = Math(etree.tostring(formula, encoding="unicode"), size=SIZE)
    root = etree.fromstring(drawn.svg().encode())
    width, height = (float(root.get(name, "0").rstrip("px")) for name in ("width", "height"))
    top = float((root.get("viewBox") or "0 0 0 0").split()[1])
    return etree.tostring(root), width, height, height + top

"""Numbers in a drawing that make whoever shows it work: its size, tiles of patterns, filters."""

from __future__ import annotations

import math
import re
from typing import Any

from faircopy.core.limits import SVG_FILTER, SVG_TILES
from faircopy.manuscript.pictures.picture import Unfit
from faircopy.manuscript.pictures.svg_names import SVG

_SIZE = (300.0, 150.0)
"""Width and height of an SVG that states none, in CSS px (CSS 2.1, section 10.3.2)."""

_LARGEST = 100_000
_INCH = 96
_UNITS = {"px": 1, "pt": _INCH / 72, "pc": 16, "in": _INCH, "cm": _INCH / 2.54, "mm": _INCH / 25.4}
"""CSS px in each unit (CSS Values 4, section 6.2)."""

_FILTERED = ("numOctaves", "order", "radius", "stdDeviation")


def measured(root: Any) -> tuple[int, int]:
    """Return width and height in CSS px; a missing one follows from the view box.

    Raises:
        Unfit: they are no size of a picture.
    """
    box = numbers(root.get("viewBox"))
    width, height = _length(root.get("width")), _length(root.get("height"))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        ratio = box[2] / box[3]
        width = width or (height * ratio if height else box[2])
        height = height or width / ratio
    width, height = width or _SIZE[0], height or _SIZE[1]
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise Unfit(
            "image-damaged",
            f"says that it is {width:g} × {height:g} px large",
            "Give its svg element a width and a height of a page's size.",
        )
    return max(1, round(width)), max(1, round(height))


_A_LENGTH = re.compile(
    r"\s*\+?((?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z]{1,4}|%)?\s*", re.IGNORECASE
)


def tidied(root: Any) -> None:
    """Take out sizes that are none: browsers pass over them, WeasyPrint 70 ends the whole build."""
    for element in root.iter():
        box = element.get("viewBox")
        if box is not None and (len(numbers(box)) != 4 or min(numbers(box)[2:]) <= 0):
            del element.attrib["viewBox"]
        for key in ("width", "height"):
            found = _A_LENGTH.fullmatch(element.get(key, "1"))
            if element.tag == f"{SVG}svg" and not (found and numbers(found[1])):
                del element.attrib[key]


def bounded(root: Any) -> None:
    """See that patterns and filters stay within what a page can show.

    Raises:
        Unfit: a pattern has too many tiles, or a filter reaches too far.
    """
    box = numbers(root.get("viewBox"))
    own = (_length(root.get("width")), _length(root.get("height")))
    size = box[2:] if len(box) == 4 else own if all(own) else (_LARGEST / 10, _LARGEST / 10)
    area = size[0] * size[1]
    for element in root.iter():
        name = element.tag[len(SVG) :]
        if name == "pattern":
            whole = area if element.get("patternUnits") == "userSpaceOnUse" else 1.0
            sides = [_part(element.get(key)) for key in ("width", "height")]
            if 0 < sides[0] * sides[1] < whole / SVG_TILES.most:
                raise _too_large(element, f"a pattern of more than {SVG_TILES}")
        elif name.startswith("fe"):
            for key in _FILTERED:
                if any(abs(number) > SVG_FILTER.most for number in numbers(element.get(key))):
                    raise _too_large(element, f"a filter whose {key} is over {SVG_FILTER.most}")


def numbers(text: str | None) -> list[float]:
    """Return the numbers of a list; none where it is no list of numbers."""
    try:
        found = [float(part) for part in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


def _part(text: str | None) -> float:
    text = (text or "").strip()
    return _length(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


def _length(text: str | None) -> float:
    """Return a length in px, 0 where it hangs on what is around the drawing."""
    text = (text or "").strip().lower()
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz%")
    scale = _UNITS.get(text[len(number) :].strip(), 0) if number != text else 1
    found = numbers(number)
    return max(0.0, found[0]) * scale if found else 0.0


def _too_large(element: Any, what: str) -> Unfit:
    return Unfit(
        "image-too-large",
        f"has, in line {element.sourceline}, {what}",
        "Make it coarser, or save the drawing as PNG.",
    )

"""What every tree of markup has in common: how content becomes text, children and tails."""

from __future__ import annotations

from typing import Any


def put(element: Any, content: tuple[Any, ...]) -> Any:
    """Give an element, lxml's or the standard library's, its content: texts and elements in order.

    Returns the element.
    """
    for item in content:
        if not isinstance(item, str):
            element.append(item)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + item
        else:
            element.text = (element.text or "") + item
    return element


def named(argument: str) -> str:
    """Return an attribute's name: the argument's with ``-`` for ``_``, without one at its end."""
    return argument.rstrip("_").replace("_", "-")

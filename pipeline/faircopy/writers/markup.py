"""Making elements: markup as a tree, so that nothing has to be escaped by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml import etree

from faircopy.writers.nodes import named, put

Element = etree._Element


class Maker:
    """Makes elements of one namespace: ``h("p", "text", class_="note")``.

    An attribute's name is the argument's with ``-`` for ``_``; a ``_`` at its end is dropped,
    for names that Python keeps for itself.
    """

    def __init__(self, namespace: str = "", nsmap: Mapping[str | None, str] | None = None) -> None:
        self._prefix = f"{{{namespace}}}" if namespace else ""
        own: Mapping[str | None, str] = {None: namespace} if namespace else {}
        # lxml-stubs 0.5 does not know that the default namespace's prefix is None.
        self._nsmap = cast("Mapping[str, str]", own if nsmap is None else nsmap)

    def __call__(self, name: str, /, *content: Element | str, **attributes: str) -> Element:
        """Return the element ``name`` with its content, texts and elements, in order."""
        made = etree.Element(f"{self._prefix}{name}", nsmap=self._nsmap)
        for key, value in attributes.items():
            made.set(named(key), value)
        return cast("Element", put(made, content))

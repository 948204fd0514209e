"""XML that says nothing but itself: no entities, no document type of elsewhere, no style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from faircopy.proof.extractors.archive import Element, parse
from faircopy.proof.static.fault import Fault, line_of, shown

_CODINGS = ("UTF-8", "ASCII", "US-ASCII")
"""One program reads the others as they say, another as it likes."""


def read(data: bytes, name: str) -> Element:
    """Return the root of a document.

    Raises:
        EditionError: it is not well-formed.
    """
    return parse(data, name)


def faults(root: Element) -> Iterator[Fault]:
    """Yield what a document loads or defines beside its elements."""
    tree = root.getroottree()
    kind: Any = tree.docinfo.internalDTD
    coding = str(tree.docinfo.encoding or "UTF-8")
    if coding.upper() not in _CODINGS:
        yield Fault("", f"it is written in {shown(coding)}, not in UTF-8")
    if kind is not None and (kind.system_url or kind.external_id):
        said = shown(str(kind.system_url or kind.external_id))
        yield Fault("", f"its document type stands elsewhere ({said})")
    if kind is not None and any(True for _ in kind.iterentities()):
        yield Fault("", "it defines entities")
    beside = [*root.itersiblings(preceding=True), *root.iter(etree.ProcessingInstruction)]
    for item in (*beside, *root.itersiblings()):
        if isinstance(item, etree._ProcessingInstruction):
            line = line_of(item)
            yield Fault("", f"it has the instruction “{shown(str(item.target))}”", line)
    used: Any = root.iter(etree.Entity)
    for item in used:
        yield Fault("", f"it uses the entity “{shown(str(item.name))}”", line_of(item))

"""Fragment identifiers of XLIFF 2: ``#f=f1/u=u1/n=n1``. Source: XLIFF 2.1, chapter 3."""

from __future__ import annotations

import re

import msgspec

from faircopy.proof.judges.exchange.grammar import NMTOKEN

_PREFIXES = frozenset(
    {
        *("mtc", "gls", "fs", "mda", "res", "ctr", "slr", "val", "its", "pgs"),
        "tbx",  # not of the specification: files of the Technical Committee use it
    }
)
"""The modules' prefixes: 5.1.3, 5.2.3 and so on."""
_CONTAINERS = ("f", "g", "u")
_LEAVES = frozenset({"", "n", "d", "t"})


class Fragment(msgspec.Struct, frozen=True):
    """What an identifier leads to: containers by ``f``, ``g``, ``u``, and the leaf, if any.

    ``kind`` is the leaf's prefix: "" is a segment or something inline in the source.
    """

    containers: dict[str, str]
    kind: str
    id: str


def parse(text: str) -> Fragment | str:
    """Return what a fragment identifier, with its ``#``, leads to; or what is wrong with it."""
    selectors = [_selector(part) for part in text.removeprefix("#").removeprefix("/").split("/")]
    if any(not re.fullmatch(NMTOKEN, id) for _, id in selectors):
        return "is not written as identifiers are"
    prefixes = [prefix for prefix, _ in selectors]
    if len(set(prefixes)) < len(prefixes):
        return "has two selectors of one kind"
    if unknown := next((one for one in prefixes if not _known(one)), ""):
        return f"has the prefix “{unknown}”, which no module has registered"
    order = [_CONTAINERS.index(one) for one in prefixes if one in _CONTAINERS]
    if order != sorted(order):
        return "does not go from file to group to unit"
    if any(one not in _CONTAINERS for one in prefixes[:-1]):
        return "goes on behind its end"
    kind, id = selectors[-1]
    if kind in _CONTAINERS:
        return Fragment(dict(selectors), "", "")
    return Fragment(dict(selectors[:-1]), kind, id)


def _selector(part: str) -> tuple[str, str]:
    prefix, separator, id = part.partition("=")
    return (prefix, id) if separator else ("", part)


def _known(prefix: str) -> bool:
    return prefix in _CONTAINERS or prefix in _LEAVES or prefix in _PREFIXES

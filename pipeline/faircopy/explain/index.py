"""The index of the codes that users meet: weight, what is said, and what to do.

It is made from the source where the findings are made, which is the only place that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from faircopy.core.diagnostics import Severity
from faircopy.explain.findings import Found, Saying, dotted, scan
from faircopy.explain.literals import GAP, Module

_PACKAGE = resources.files("faircopy")
_NO_CODE = ("node_modules", "styles", "explain")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a code; in that of another program's findings ``…`` stands for its own.

    ``about`` is what its module or its rule says of itself, ``module`` the path in the package.
    """

    code: str
    severities: tuple[Severity, ...]
    sayings: tuple[Saying, ...]
    about: str
    module: str


@cache
def index() -> Mapping[str, Entry]:
    """Return all codes in the order of letters; the source of the package is read for it."""
    return collected(_modules())


def collected(modules: Sequence[Module]) -> dict[str, Entry]:
    """Return the codes of some modules, in the order of letters."""
    found: dict[str, list[Found]] = {}
    for one in scan(modules):
        found.setdefault(one.code, []).append(one)
    return {code: _entry(code, found[code]) for code in sorted(found) if code}


def unread(modules: Sequence[Module] = ()) -> tuple[str, ...]:
    """Return the modules in which a finding is made whose code cannot be read from the source.

    Such a one hands on a finding that was made elsewhere, or the index lacks its code.
    """
    return tuple(sorted({one.module for one in scan(modules or _modules()) if not one.code}))


def look_up(code: str) -> tuple[Entry | None, tuple[str, ...]]:
    """Return the entry of a code as a finding shows it, and codes that are like it if none is."""
    asked = code.strip().strip("[]").lower()
    entries = index()
    if asked in entries:
        return entries[asked], ()
    for pattern, entry in entries.items():
        begun = not pattern.startswith(GAP) and GAP in pattern
        if begun and re.fullmatch(re.escape(pattern).replace(GAP, ".+"), asked):
            return entry, ()
    for pattern, entry in entries.items():
        if pattern.startswith(GAP) and re.fullmatch(re.escape(pattern).replace(GAP, ".+"), asked):
            return entry, ()
    within = [one for one in entries if asked and asked in one]
    return None, tuple(dict.fromkeys([*get_close_matches(asked, entries, 3, 0.6), *within]))[:5]


def _entry(code: str, found: Sequence[Found]) -> Entry:
    sayings = [one.saying for one in found if one.saying.message]
    return Entry(
        code=code,
        severities=tuple(one for one in Severity if any(one in item.severities for item in found)),
        sayings=tuple(dict.fromkeys(sayings)),
        about=next((one.about for one in found if one.about), ""),
        module=found[0].module,
    )


def _modules() -> tuple[Module, ...]:
    found = {dotted(path): Module(path, text) for path, text in _sources(_PACKAGE)}
    for module in found.values():
        module.join(found)
    return tuple(found.values())


def _sources(folder: Traversable, path: str = "") -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.is_dir() and item.name not in _NO_CODE:
            yield from _sources(item, f"{path}{item.name}/")
        elif item.name.endswith(".py"):
            yield path + item.name, item.read_text("utf-8")

"""Where in a theme's file a token stands, and what an unknown one probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import msgspec

from faircopy.core.diagnostics import Place, ThemeError
from faircopy.theme.base import Files
from faircopy.theme.tokens import Page, Script, Tokens

STYLES_FOLDER = "styles"

_PART = r"""\s*("[^"]*"|'[^']*'|[^."']+)"""
"""A part of a table's name; one between quotes may have points, as "5.5x8.5in" has."""


def invalid(message: str, files: Files, merged: Mapping[str, Any]) -> ThemeError:
    """Turn msgspec's message on ``merged`` into an error with its place and a near match."""
    what, _, where = message.partition(" - at `$")
    path = tuple(part for part in re.split(r"[.\[\]`]+", where) if part and part != "...")
    path = _named(path, message, merged)
    field = re.search(r"field `(\w+)`", what)
    if field and "unknown field" in what:
        near = get_close_matches(field[1], _known(path), 1)
        place = place_of(files, (*path, field[1]))
        known = ", ".join(_known(path))
        remedy = f'Did you mean "{near[0]}"?' if near else f"Known here: {known}."
        table = ".".join(path) or "the top level"
        what = f'Unknown token "{field[1]}" in {table}'
        return ThemeError.because("theme-token-unknown", f"{what}.", remedy, place)
    if field and "missing required field" in what:
        table = ".".join(path) or "the top level"
        what = f'The token "{field[1]}" is missing in {table}'
        remedy = "Add it."
        if path[:1] == ("page",):
            remedy = 'Add it, or say like = "a5": what a page does not name is as it is there.'
        return ThemeError.because("theme-token-missing", f"{what}.", remedy, place_of(files, path))
    if "matching regex" in what:
        what = "it has signs that cannot stand there"
    return ThemeError.because(
        "theme-token-wrong",
        f'The token "{".".join(path)}" is wrong: {what}.',
        "See styles/theme.toml for its form and unit.",
        place_of(files, path),
    )


def _named(path: tuple[str, ...], message: str, merged: Mapping[str, Any]) -> tuple[str, ...]:
    """Fill in the dictionary's key that msgspec leaves out (``$.page[...]``): the bad one."""
    if "[...]" not in message or not path:
        return path
    table = merged.get(path[0])
    if not isinstance(table, dict):
        return path
    kind = Page if path[0] == "page" else Script
    for key, value in table.items():
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            return (path[0], key, *path[1:])
    return path


def _known(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the tokens in the table at ``path``."""
    kind: Any = Tokens
    for part in path:
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
            kind = fields.get(part, kind)
        elif args := get_args(kind):
            kind = args[-1] if args[-1] is not Ellipsis else args[0]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return tuple(field.name for field in msgspec.structs.fields(kind) if field.type is not Path)
    return ()


def place_of(files: Files, path: tuple[str, ...]) -> Place:
    """Return the place of the token in the nearest file that sets it, or of its table."""
    for length in range(len(path), 0, -1):
        for file, text in files:
            line, column = spot_of(text, path[:length])
            if line:
                return Place(shown(file), line, column)
    return Place(shown(files[0][0]))


def shown(file: Path) -> str:
    """Return a theme's path as an editor knows it: ``styles/theme.toml`` in the house's folder."""
    return f"{STYLES_FOLDER}/{file.name}" if file.parent.name == STYLES_FOLDER else str(file)


def spot_of(text: str, path: tuple[str, ...]) -> tuple[int, int]:
    """Return line and column where ``path`` is set (or its table opened), both 0 for nowhere."""
    table: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        spot = number, len(line) - len(line.lstrip()) + 1
        if array := re.match(r"\s*\[\[([^]]+)]]", line):
            name = array[1].strip()
            table = (name, str(counts.setdefault(name, 0)))
            counts[name] += 1
        elif header := re.match(r"\s*\[([^]]+)]", line):
            table = tuple(part.strip(" \"'") for part in re.findall(_PART, header[1]))
        elif key := re.match(r'\s*"?([\w-]+)"?\s*=', line):
            if (*table, key[1]) == path:
                return spot
            continue
        else:
            continue
        if table == path:
            return spot
    return 0, 0

"""The front matter of Hugo, Jekyll, Quarto and others, as that of a manuscript here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from faircopy.core import ast, pandoc, toml
from faircopy.core.ast import MetaValue
from faircopy.core.diagnostics import Place
from faircopy.intake import written
from faircopy.manuscript import foreign_keys
from faircopy.passes.permitted import LANG
from faircopy.translation.forms import refuse

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M | re.S)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.M | re.S)
_TEXTS = (
    "title",
    "subtitle",
    "byline",
    "dateline",
    "standfirst",
    "description",
    "rights",
    "outlet",
)
_LISTS = ("author", "keywords")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AGAIN = "Mend the front matter, the lines before the text, and import the file again."

Values = dict[str, str | Sequence[str]]


class Front(msgspec.Struct, frozen=True):
    """A front matter: its values by our keys, the keys that are left out, and its language.

    ``lines`` is how many lines of the file it takes, ``is_quarto`` whether Quarto's keys are there.
    """

    values: Values
    left: tuple[str, ...]
    lang: str
    lines: int
    is_quarto: bool


def parted(text: str, name: str) -> tuple[Front, str]:
    """Return a text's front matter and what follows it.

    Raises:
        ImportRefused: it cannot be read.
    """
    if found := _YAML.match(text):
        meta = _yaml(found[1], name)
    elif found := _TOML.match(text):
        meta = {key: _meta(value) for key, value in _toml(found[1], name).items()}
    elif text.startswith("{\n") and (end := _json_end(text)):
        return _front({key: _meta(one) for key, one in end[0].items()}, text[: end[1]]), text[
            end[1] :
        ]
    else:
        return Front({}, (), "", 0, is_quarto=False), text
    return _front(meta, found[0]), text[found.end() :]


def _front(meta: Mapping[str, MetaValue], raw: str) -> Front:
    values: Values = {}
    left: list[str] = []
    lang = ""
    for key, value in meta.items():
        ours = foreign_keys.ours(key)
        if ours in values:
            left.append(key)
        elif ours in _TEXTS:
            values[ours] = written.line(_inlines(value))
        elif ours in _LISTS:
            values[ours] = [one for one in _names(value, ours) if one]
        elif ours == "date" and (day := _DAY.match(ast.text(_inlines(value)))):
            values[ours] = day[0]
        elif ours == "lang" and LANG.fullmatch(said := ast.text(_inlines(value))):
            lang = said
        else:
            left.append(key)
    quarto = bool({"format", "execute", "bibliography", "csl"} & set(meta))
    return Front(values, tuple(left), lang, raw.count("\n"), is_quarto=quarto)


def _yaml(text: str, name: str) -> Mapping[str, MetaValue]:
    try:
        return pandoc.read(f"---\n{text}---\n").meta
    except (pandoc.PandocFailure, RecursionError) as error:
        raise refuse("front-matter", "its front matter is no YAML", _AGAIN, Place(name)) from error


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return toml.loads(text)
    except toml.Wrong as error:
        what = f"its front matter is no TOML: {error}"
        raise refuse("front-matter", what, _AGAIN, Place(name)) from error


def _json_end(text: str) -> tuple[dict[str, Any], int] | None:
    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return (found, end) if isinstance(found, dict) else None


def _meta(value: object) -> MetaValue:
    """Return a value of TOML or JSON as pandoc has those of YAML."""
    if isinstance(value, list):
        return ast.MetaList(tuple(map(_meta, value)))
    if isinstance(value, dict):
        return ast.MetaMap({str(key): _meta(one) for key, one in value.items()})
    return ast.MetaString(str(value))


def _inlines(value: MetaValue) -> ast.Inlines:
    match value:
        case ast.MetaInlines(c):
            return c
        case ast.MetaBlocks(c):
            return tuple(one for block in c for one in (*_held(block), ast.Space()))
        case ast.MetaString(c):
            return (ast.Str(c),)
        case ast.MetaList(c):
            return tuple(one for each in c for one in (*_inlines(each), ast.Space()))
    return ()


def _held(block: ast.Block) -> ast.Inlines:
    return block.c if isinstance(block, ast.Para | ast.Plain) else (ast.Str(ast.text(block)),)


def _names(value: MetaValue, key: str) -> list[str]:
    """Return authors or keywords: a list, a text with commas, or for authors what ``name`` says."""
    if isinstance(value, ast.MetaList):
        return [one for each in value.c for one in _names(each, key)]
    if isinstance(value, ast.MetaMap):
        name = value.c.get("name", value.c.get("literal"))
        if isinstance(name, ast.MetaMap):
            parts = (name.c.get(part) for part in ("given", "family"))
            return [" ".join(written.line(_inlines(one)) for one in parts if one is not None)]
        return [] if name is None else [written.line(_inlines(name))]
    text = written.line(_inlines(value)).strip()
    return [part.strip() for part in text.split(",")] if key == "keywords" else [text]

"""Reads the languages' files: when they are asked for, once, and each only if its language is."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any, TypeVar

import msgspec

from faircopy.languages import tags
from faircopy.languages.language import Facts, Locale

_FALLBACK = "en"
_ANY, _OTHERS, _SUFFIX = "any", "others", ".toml"
_T = TypeVar("_T")


class Malformed(ValueError):
    """A language's file is not as `language.Locale` says; the message names file and key."""


@cache
def names() -> tuple[str, ...]:
    """Return the primary subtags of the languages that have a file, in the order of letters."""
    files = (one.name for one in resources.files("faircopy.languages").iterdir())
    stems = {name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX)}
    return tuple(sorted(stems - {_ANY, _OTHERS}))


def known(tag: str) -> bool:
    """Say whether a language of a BCP 47 tag has a file."""
    return tags.primary(tag) in names()


@lru_cache(256)
def locale(tag: str) -> Locale:
    """Return the conventions of a BCP 47 tag: those of its file, or else en-GB's marks and labels.

    What is known of a language without a file goes along. The result keeps the asked-for ``tag``;
    a script subtag (``kk-Latn``) overrides the file's script, and what the file says of a region
    holds for the tag that it names only.
    """
    language = tags.primary(tag)
    if language not in names():
        english = rows(_FALLBACK)[0]
        facts = others().get(language, Facts())
        own = {name: getattr(facts, name) for name in Facts.__struct_fields__}
        own |= {"tag": tag, "script": tags.script(tag), "dictionary": "", "hyphenation": "patterns"}
        return msgspec.structs.replace(english, **own)
    kin = rows(language)
    row = next((row for row in kin if row.tag.lower() == tag.lower()), None)
    row = row or next((one for one in kin if one.script == tags.script(tag, one.script)), kin[0])
    region = row.region if tag.lower() in (row.tag.lower(), language) else ""
    script = tags.script(tag, row.script)
    return msgspec.structs.replace(row, tag=tag, script=script, region=region)


@cache
def any_language() -> Facts:
    """Return what holds in every language, beside what a language says itself."""
    return _convert(_ANY, _read(_ANY), Facts)


@cache
def rows(language: str) -> tuple[Locale, ...]:
    """Return the conventions in the file of a language: its own, and those of its variants.

    Raises:
        Malformed: a key is unknown, missing or of another type.
    """
    return parsed(language, _read(language))


def every() -> tuple[Locale, ...]:
    """Return the conventions in all files."""
    return tuple(row for language in names() for row in rows(language))


def parsed(language: str, text: str) -> tuple[Locale, ...]:
    """Return what the text of a language's file says; see ``rows``."""
    data = _tables(language, text)
    variants = data.pop("variants", {})
    first = _converted(language, data, Locale)
    return (
        first,
        *(_converted(language, _over(data, tag, own), Locale) for tag, own in variants.items()),
    )


@cache
def others() -> dict[str, Facts]:
    """Return what is known of languages without a file, by their primary subtags."""
    return _convert(_OTHERS, _read(_OTHERS), dict[str, Facts])


def _read(name: str) -> str:
    return resources.files("faircopy.languages").joinpath(name + _SUFFIX).read_text("utf-8")


def _tables(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Malformed(f"languages/{name}{_SUFFIX}: {error}") from error


def _convert(name: str, text: str, kind: type[_T]) -> _T:
    return _converted(name, _tables(name, text), kind)


def _converted(name: str, data: Any, kind: type[_T]) -> _T:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:  # it names the key
        raise Malformed(f"languages/{name}{_SUFFIX}: {error}") from error


def _over(base: dict[str, Any], tag: str, own: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of a language with those keys of a variant in their place."""
    merged = base | {"tag": tag} | own
    for key, value in own.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merged[key] = base[key] | value
    return merged

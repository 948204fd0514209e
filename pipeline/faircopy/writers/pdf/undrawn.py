"""What no font of the theme draws: one finding for a script, one for each sign beside."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication
from faircopy.languages import locale
from faircopy.passes.alphabets import script
from faircopy.passes.opener import OPENER
from faircopy.passes.units import Unit, units
from faircopy.theme import Theme, fonts, forms, sources

_SCRIPT = 3
"""So many letters of a script that no font has are told as one."""

_MOST = 20
"""Signs that are told one by one."""

_FAMILIES = {"Chinese or Japanese": "Noto Serif SC", "Hangul": "Noto Serif KR"}
"""Fonts that do not have the name of their script."""

_ADD = "add a font to the theme, as CONTRIBUTING.md says (“add a font”)"
_ELSE = "The other formats need none, and are made."


def undrawn(publication: Publication, theme: Theme, missing: str) -> Iterator[Diagnostic]:
    """Tell of the characters that no installed font of the theme draws, each with its place."""
    lang, found = publication.metadata.lang, list(units(publication.blocks))
    scripts: dict[str, list[str]] = {}
    for char in missing:
        scripts.setdefault(script(char), []).append(char)
    whole = {name: chars for name, chars in scripts.items() if name and len(chars) >= _SCRIPT}
    for name, chars in whole.items():
        yield _error(
            f"no font of the theme {theme.name} has the {name} script: {len(chars)} letters are "
            f"not drawn, “{chars[0]}” (U+{ord(chars[0]):04X}) first",
            f"{_installing(theme, lang, name) or f'{_ADD[0].upper()}{_ADD[1:]}. '}{_ELSE}",
            _place(publication, found, chars[0]),
        )
    rest = [char for char in missing if script(char) not in whole]
    for number, char in enumerate(rest[:_MOST], 1):
        more = f", nor for {len(rest) - number} others" if number == _MOST < len(rest) else ""
        yield _error(
            f"no font of the theme {theme.name} has a glyph for “{char}” (U+{ord(char):04X}){more}",
            f"Write it otherwise. {_installing(theme, lang, script(char))}Or {_ADD}.",
            _place(publication, found, char),
        )


def _error(message: str, remedy: str, place: Place) -> Diagnostic:
    return Diagnostic("glyph-missing", Severity.ERROR, message, remedy, place)


def _installing(theme: Theme, lang: str, name: str) -> str:
    """Name the command for the fonts of a theme that are not here, where one may have it.

    They are known by their names only: what is of no script may be in any that every text may need.
    A language's own come before those that have another's forms of its letters.
    """
    absent = [face for face in theme.faces if not fonts.installed(face)]
    if not name:
        signs = {sources.install(face) for face in absent if face.npm and not face.optional}
        return f"Fetch the fonts for signs: {signs.pop()}. " if signs else ""
    own = forms.absent(theme, lang) if name in map(script, locale(lang).letters) else ()
    family = _FAMILIES.get(name, f"Noto Serif {name}")
    for face in (*own, *(face for face in absent if face.family == family)):
        return f"Fetch its font: {sources.install(face)}. "
    return ""


def _place(publication: Publication, found: list[Unit], char: str) -> Place:
    """Return where a character first stands: in the front matter, the text, or made of its date."""
    for unit in found:
        if char in ast.text(unit.inlines) and unit.id in publication.places:
            return publication.places[unit.id]
    metadata = publication.metadata
    for name in metadata.__struct_fields__:
        key = f"{OPENER}-{name.replace('_', '-')}"
        if key in publication.places and char in _words(getattr(metadata, name)):
            return publication.places[key]
    made = publication.places.get(f"{OPENER}-date")
    return made or Place(publication.source_path, 1, 1)


def _words(value: object) -> str:
    return value if isinstance(value, str) else ast.text(value)

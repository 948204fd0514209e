"""Read a theme's file into tokens; say where it is wrong and what was probably meant."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from faircopy.core import files, own, toml
from faircopy.core.diagnostics import Diagnostic, Place, Severity, ThemeError
from faircopy.core.limits import SETTINGS
from faircopy.theme import beside, contrast, local, restyling, sizes
from faircopy.theme.base import THEME, Files
from faircopy.theme.places import invalid, place_of, shown, spot_of
from faircopy.theme.tokens import Theme, Tokens

STYLES = Path(str(resources.files("faircopy"))) / "styles"
"""The folder of the house's own themes."""


def load(
    name_or_path: str | Path = "theme", styles: Path | None = None, store: Path | None = None
) -> Theme:
    """Read a theme: ``<name>.toml``, or the file of a path that ends in ``.toml``.

    Args:
        name_or_path: a name is looked for in ``styles`` and among the themes that come along.
        styles: a project's own folder of themes.
        store: the cache in which npm's fonts lie and cuts of faces are kept, by default ours.

    Raises:
        ThemeError: the file is missing, is no TOML, has an unknown, missing or wrong token
            (with file and line), or a text colour that falls short of WCAG AA.
    """
    chain = tuple(_chain(_path(name_or_path, styles or STYLES)))
    lying = (*local.digests(chain), *beside.digests(chain))
    return _theme(chain, lying, (store or own.folder()).absolute())


@functools.lru_cache(maxsize=8)
def _theme(files: Files, lying: tuple[str, ...], store: Path) -> Theme:
    """Return the theme of its file and those that it extends; the same of the same texts.

    ``lying`` are the hashes of the files that lie beside them.
    """
    path = files[0][0]
    merged: dict[str, Any] = {}
    for _, text in reversed(files):
        merged = _merge(merged, toml.loads(text))
    if isinstance(pages := merged.get("page"), dict):
        merged["page"] = sizes.whole(pages, files)
    try:
        tokens = msgspec.convert(merged, Tokens)
    except msgspec.ValidationError as error:
        raise invalid(str(error), files, merged) from None
    parts = (*(text for _, text in files), *lying)
    digest = hashlib.sha256(b"\0".join(part.encode() for part in parts)).hexdigest()
    faces = tuple(
        msgspec.structs.replace(face, store=store) for face in local.placed(tokens.face, files)
    )
    tokens = msgspec.structs.replace(tokens, face=faces)
    rules, unsaid = _rules(tokens, files)
    theme = Theme(
        tokens=tokens,
        base=path.parent,
        file=path,
        sha256=digest,
        rules=rules,
        logo=beside.named(files, beside.LOGO),
        store=store,
    )
    findings = (*_findings(theme, files), *unsaid)
    if findings:
        raise ThemeError(*findings)
    return theme


def where(theme: Theme, *token: str) -> Place:
    """Return the place of a token in the theme's file, or in the one that it extends.

    Args:
        theme: a theme that was loaded; its file is read once more.
        token: the token's tables and its name, such as ``"press", "profile"``.
    """
    return place_of(tuple(_chain(theme.file)), token)


def names(styles: Path = STYLES) -> tuple[str, ...]:
    """Return the names of a project's themes and of those that come along."""
    return tuple(
        sorted({path.stem for folder in (styles, STYLES) for path in folder.glob("*.toml")})
    )


def _path(name_or_path: str | Path, styles: Path) -> Path:
    path = Path(name_or_path)
    if path.suffix != ".toml":
        own = styles / f"{name_or_path}.toml"
        path = own if _is_file(own) else STYLES / own.name
    if _is_file(path):
        return path
    known = names(styles)
    near = get_close_matches(path.stem, known, 1)
    remedy = f'Did you mean "{near[0]}"?' if near else f"Known themes: {', '.join(known)}."
    raise ThemeError.because("theme-missing", f"There is no theme {path}.", remedy)


_LONGEST = 20
"""Themes that extend each other, one after the other."""


def _is_file(path: Path) -> bool:
    """Whether a path is a file's; no file has a name that is too long."""
    try:
        return path.is_file()
    except OSError:
        return False


def _chain(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the file and what it extends, nearest first, as (path, text)."""
    seen: list[Path] = []
    while True:
        seen.append(path)
        text = _text(path)
        yield path, text
        parent = _parent(path, text)
        if not parent:
            return
        spot = spot_of(text, ("extends",))
        above = path.parent / f"{parent}.toml"
        path = above if _is_file(above) else STYLES / f"{parent}.toml"
        there = _is_file(path) and re.fullmatch(THEME, parent)
        if path in seen or not there or len(seen) == _LONGEST:
            why = "extends itself" if path in seen else f'extends "{parent}", which does not exist'
            why = (
                f"is the end of {_LONGEST} that extend each other" if len(seen) == _LONGEST else why
            )
            raise ThemeError.because(
                "theme-extends",
                f"The theme {why}.",
                f"Name one of: {', '.join(names())}.",
                Place(shown(seen[-1]), *spot),
            )


def _text(path: Path) -> str:
    try:
        return files.read(path, follow=True, most=SETTINGS.most).decode("utf-8")
    except UnicodeDecodeError:
        raise ThemeError.because(
            "theme-encoding", "The theme is not UTF-8.", "Save it as UTF-8.", Place(shown(path))
        ) from None
    except OSError as error:
        why = (error.strerror or "nobody knows why").lower()
        raise ThemeError.because(
            "theme-unreadable",
            f"The theme cannot be read: {why}.",
            "See that it is a file, and that you may read it.",
            Place(shown(path)),
        ) from None


@functools.lru_cache(maxsize=8)
def _parent(path: Path, text: str) -> str:
    """Return the name of the theme that one extends, or nothing."""
    try:
        return str(toml.loads(text).get("extends", ""))
    except toml.Wrong as error:
        where = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(n) for n in where.groups()) if where else (0, 0)
        raise ThemeError.because(
            "theme-syntax",
            f"The theme is not valid TOML: {str(error).partition(' (at')[0]}.",
            "Mend the line.",
            Place(shown(path), line, column),
        ) from None


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay ``above`` over ``below``: tables are merged, faces appended, the rest replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merge(old, value)
        elif key == "face" and isinstance(old, list) and isinstance(value, list):
            merged[key] = old + value
        else:
            merged[key] = value
    return merged


def _rules(
    tokens: Tokens, themes: Files
) -> tuple[tuple[restyling.Rule, ...], tuple[Diagnostic, ...]]:
    """Return the rules of the theme's own style sheet, and what is wrong in it."""
    file = beside.named(themes, beside.CSS)
    if file is None:
        return (), ()
    try:
        text = beside.read(file, beside.CSS).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        most = beside.limit(beside.CSS)
        return (), (
            Diagnostic(
                "theme-css-file",
                Severity.ERROR,
                f"The style sheet {file.name} beside the theme cannot be read: {why}.",
                f'It is a file in the theme\'s folder, of at most {most}; css = "" does without.',
                place_of(themes, beside.CSS),
            ),
        )
    rules, found = restyling.read(text, {face.family for face in tokens.face})
    sheet = shown(file.path)
    return rules, tuple(
        Diagnostic(
            "theme-css", Severity.ERROR, one.what, one.remedy, Place(sheet, one.line, one.column)
        )
        for one in found[:_TOLD]
    )


_TOLD = 20
"""What is told of a style sheet at a time."""


# --- findings ------------------------------------------------------------------------------------


def _findings(theme: Theme, files: Files) -> Iterator[Diagnostic]:
    yield from _faces(theme, files)
    yield from sizes.tight(theme.tokens.page, files)
    yield from _order(theme, files)
    for token, colour, ground in contrast.text_pairs(theme.colour):
        found = contrast.ratio(colour, ground)
        if found < contrast.AA:
            yield Diagnostic(
                "theme-contrast",
                Severity.ERROR,
                f"{token} {colour} has a contrast of {found:.2f} on {ground}; text needs 4.5.",
                "Take a darker colour, or a lighter one on a dark ground.",
                place_of(files, tuple(token.split("."))),
            )


def _order(theme: Theme, files: Files) -> Iterator[Diagnostic]:
    order = theme.opener.order
    for name in sorted({part for part in order if order.count(part) > 1}):
        yield Diagnostic(
            "theme-opener-order",
            Severity.ERROR,
            f'opener.order names "{name}" more than once.',
            "Name each part once; what you leave out follows in the house's own order.",
            place_of(files, ("opener", "order")),
        )


def _faces(theme: Theme, files: Files) -> Iterator[Diagnostic]:
    families = {face.family for face in theme.faces}
    voices: list[tuple[tuple[str, ...], str]] = [
        (("font", voice), getattr(theme.font, voice)) for voice in theme.font.__struct_fields__
    ]
    for tag, script in theme.tokens.script.items():
        voices += [(("script", tag, voice), getattr(script, voice)) for voice in ("text", "sans")]
    for path, family in voices:
        if family and family not in families:
            near = get_close_matches(family, families, 1)
            yield Diagnostic(
                "theme-font-unknown",
                Severity.ERROR,
                f'{".".join(path)} names the family "{family}", which no face has.',
                f'Did you mean "{near[0]}"?' if near else "Add a [[face]] for it.",
                place_of(files, path),
            )
    for number, face in enumerate(theme.faces):
        path = ("face", str(number))
        if face.package and face.npm:
            yield Diagnostic(
                "theme-face-source",
                Severity.ERROR,
                f"The face {face.name} names a package of PyPI and one of npm.",
                'Leave "package" or "npm" out; without both, its file lies beside the theme.',
                place_of(files, path),
            )
        elif face.local and (said := local.wrong(face)):
            yield Diagnostic("theme-face-file", Severity.ERROR, *said, place_of(files, path))

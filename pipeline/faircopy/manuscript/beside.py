"""The files beside a manuscript: ``queries.toml`` and ``corrections.toml``.

A query is a doubtful place that stands as it is; a correction is a departure from the
original that came with it. Glossaries and lists of what is not translated are handed on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from faircopy.core import ast, toml
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.model import Query
from faircopy.manuscript.source import Source, normal
from faircopy.passes.units import Unit

QUERIES = "queries.toml"
CORRECTIONS = "corrections.toml"
ORIGINAL = "original.txt"
GLOSSARY = "glossary.tsv"
KEEP = "do-not-translate.txt"

_UNREADABLE = (
    toml.Wrong,
    UnicodeDecodeError,
    msgspec.ValidationError,
    RecursionError,
)
T = TypeVar("T", bound=msgspec.Struct)


def terms(folder: Path) -> dict[str, bytes]:
    """Return the files that settle words for translators, by name; nobody has read them yet."""
    return {
        name: (folder / name).read_bytes() for name in (GLOSSARY, KEEP) if (folder / name).is_file()
    }


_TOLD = 100
"""Queries without their words of which each is told."""


class _Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    text: str
    question: str
    answer: str = ""


class _Queries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    query: tuple[_Query, ...] = ()


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One departure from the original: the words ``before`` became ``after``, and ``why``.

    ``where`` says in a few words where it is. In ``before`` and ``after`` an empty line
    divides paragraphs.
    """

    where: str
    before: str
    after: str
    why: str


class _Corrections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    correction: tuple[Correction, ...] = ()


def queries(folder: Path, name: str, source: Source, units: list[Unit]) -> tuple[Query, ...]:
    """Read the queries and find the place and the unit of each.

    Args:
        folder: the manuscript's folder.
        name: what diagnostics call the file.
        source: the manuscript.
        units: its units, in reading order.

    Raises:
        ManuscriptError: the file is wrong, or a query's text is not in the manuscript.
    """
    raw = load(folder / QUERIES, name, _Queries)
    found: list[Query] = []
    wrong: list[Diagnostic] = []
    words = [(one, _words(one)) for one in units] if raw else []
    for item in raw.query if raw else ():
        asked = normal(item.text)
        unit = next((one for one, said in words if asked in said), None)
        at = source.text.find(item.text, source.body)
        if unit is None:
            wrong.append(
                Diagnostic(
                    "query-not-found",
                    Severity.ERROR,
                    f"the query “{item.id}” asks about “{item.text}”, which is not in the text",
                    "Copy the doubtful words exactly, or delete the query when it is answered.",
                    Place(name, _line(folder / QUERIES, item.id)),
                )
            )
            if len(wrong) == _TOLD:
                break
            continue
        place = source.place(at) if at >= 0 else Place(source.name)
        found.append(Query(item.id, item.text, item.question, place, unit.id, item.answer))
    if wrong:
        raise ManuscriptError(*wrong)
    return tuple(found)


def corrections(folder: Path, name: str) -> tuple[Correction, ...]:
    """Read the corrections of a manuscript that has an original.

    Raises:
        ManuscriptError: the file is wrong.
    """
    raw = load(folder / CORRECTIONS, name, _Corrections)
    return raw.correction if raw else ()


def entry_lines(text: str, key: str) -> list[int]:
    """Return the line of each ``[[key]]`` in a TOML file."""
    lines, at, line = [], 0, 1
    for head in re.finditer(rf"(?m)^[ \t]*\[\[[ \t]*{re.escape(key)}[ \t]*\]\]", text):
        line += text.count("\n", at, head.start())
        at = head.start()
        lines.append(line)
    return lines


def correction_lines(folder: Path) -> tuple[int, ...]:
    """Return the line of each correction in its file."""
    path = folder / CORRECTIONS
    return tuple(entry_lines(path.read_text("utf-8"), "correction")) if path.is_file() else ()


def corrected(
    original: str, changes: tuple[Correction, ...], name: str, lines: Sequence[int] = ()
) -> list[str]:
    """Return the original's paragraphs, white space folded, with the corrections made.

    ``name`` is what findings call the corrections' file, ``lines`` where each stands in it.

    Raises:
        ManuscriptError: with a finding for each correction whose ``before`` does not stand in
            the original exactly once.
    """
    text = _paragraphs(original)
    wrong: list[Diagnostic] = []
    for number, change in enumerate(changes):
        before, after = _paragraphs(change.before), _paragraphs(change.after)
        times = text.count(before) if before else 0
        if times == 1:
            text = text.replace(before, after)
            continue
        wrong.append(
            Diagnostic(
                "correction-not-found",
                Severity.ERROR,
                f"the correction “{change.where}” is of “{before}”, which the original has "
                f"{times} times",
                "Copy the original's words exactly, and enough of them to be found once.",
                Place(name, *lines[number : number + 1]),
            )
        )
    if wrong:
        raise ManuscriptError(*wrong)
    return text.split("\n\n")


def _paragraphs(text: str) -> str:
    parts = (normal(part) for part in re.split(r"\n[ \t]*\n", text))
    return "\n\n".join(part for part in parts if part)


def _words(unit: Unit) -> str:
    return normal(ast.text(unit.inlines, Omit.NOTES))


def load(path: Path, name: str, kind: type[T]) -> T | None:
    """Read a TOML file of a given shape; None if it is not there.

    Raises:
        ManuscriptError: it cannot be read, with its line.
    """
    text = ""
    try:
        text = path.read_text("utf-8")
        return msgspec.convert(toml.loads(text), kind)
    except FileNotFoundError:
        return None
    except _UNREADABLE as error:
        match = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(match[1]), int(match[2])) if match else (_entry(text, str(error)), 1)
        raise ManuscriptError.because(
            "beside-file",
            f"{path.name} cannot be read: {_said(str(error))}",
            "Correct the file; README.md shows its form.",
            Place(name, line, column),
        ) from error


def _said(error: str) -> str:
    """Return an error of TOML's or msgspec's in an editor's words."""
    key = re.search(r"\.(\w+)`$", error)
    if match := re.match(r"Object missing required field `(\w+)`", error):
        return f"the entry has no “{match[1]}”"
    if match := re.match(r"Object contains unknown field `([^`]+)`", error):
        return f"the entry has a key “{match[1]}”, which nobody reads"
    if key and re.match(r"Expected `str` of length >= 1", error):
        return f"“{key[1]}” is empty"
    if key and re.match(r"Expected `str`, got", error):
        return f"“{key[1]}” must be text between quotation marks"
    return error


def _entry(text: str, error: str) -> int:
    """Return the line of the entry that msgspec finds wrong, as in ``at `$.query[2].id```."""
    match = re.search(r"\$\.(\w+)\[(\d+)\]", error)
    lines = entry_lines(text, match[1]) if match else []
    return lines[int(match[2])] if match and int(match[2]) < len(lines) else 1


def _line(path: Path, needle: str) -> int:
    before = path.read_text("utf-8").partition(f'"{needle}"')[0]
    return before.count("\n") + 1

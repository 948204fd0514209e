"""Exchange files of anybody's held against their standards: what ``translate.check`` does."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import Diagnostic, FaircopyError, legible_lines
from faircopy.proof.judges import exchange
from faircopy.publish import console, report
from faircopy.publish.workers import alone
from faircopy.translation import archive

SHOWN = 100
"""Faults that are listed of one file."""
_FEWER = "Check one file at a time; one that needs longer is no translator’s."


class Held(msgspec.Struct, frozen=True):
    """A file that was held against its standard: the faults found, and whether there are more."""

    name: str
    faults: tuple[Diagnostic, ...]
    more: bool


def check(files: Sequence[Path], *, json: bool = False) -> bool:
    """Hold each file against its standard and say what is wrong; return whether nothing is.

    Raises:
        FaircopyError: it took longer, or more memory, than a file of translators may.
    """
    found = alone("The check", _FEWER, len(files), hold, files)
    right = not any(one.faults for one in found)
    if json:
        told = [{"file": o.name, "faults": [report.finding(f) for f in o.faults]} for o in found]
        sys.stdout.write(as_json({"ok": right, "files": told}))
        return right
    for one in found:
        console.findings(one.faults)
        number = f"{len(one.faults)}{' and more' if one.more else ''}"
        said = f"{number} faults" if number != "1" else "1 fault"
        _write(f"{one.name}: {said if one.faults else 'keeps its standard'}")
    return right


def hold(files: Sequence[Path]) -> tuple[Held, ...]:
    """Return what each file breaks of its standard; one that cannot be read breaks all."""
    return tuple(_held(path) for path in files)


def _held(path: Path) -> Held:
    try:
        faults = list(islice(_faults(path), SHOWN + 1))
    except FaircopyError as error:
        faults = list(error.diagnostics)
    return Held(str(path), tuple(faults[:SHOWN]), len(faults) > SHOWN)


def _faults(path: Path) -> Iterator[Diagnostic]:
    with archive.readable(path, "Give the path of a file."):
        data = archive.file(path)
    return exchange.standing(data, str(path))


def _write(text: str) -> None:
    sys.stdout.write(legible_lines(f"{text}\n"))

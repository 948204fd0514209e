"""The words of a translation bundle a second time: the column ``source`` of ``segments.tsv``.

Rules of the format: codes are ``<1>``, ``</1>`` and ``<2/>``, so that quotation marks that the
locale draws, code and formulas are not words here; a footnote's rows follow those of the unit
that refers to it. Otherwise as in ``xliff``.
"""

from __future__ import annotations

import csv
import io
import re

from faircopy.core.diagnostics import EditionError
from faircopy.passes.cells import unguarded
from faircopy.proof.extractors.archive import Archive
from faircopy.proof.tokens import Sign
from faircopy.proof.words import Rules, Where

RULES = Rules(
    notes=Where.BESIDE,
    note_signs=False,
    pictures=Where.AFTER,
    formulas=False,
    labels=False,
    code=False,
    listings=False,
    quotes=False,
    wordless=False,
    opening=False,
)

_TABLE = "segments.tsv"
_CODE = re.compile(r"(?<!\\)((?:\\\\)*)</?(\d+)/?>")
_BREAK = re.compile(r"<(\d+)/> line break")
_ESCAPED = re.compile(r"\\+(?=</?\d+/?>)")
_SENTENCE = re.compile(r"\.s\d+$")
_HIDDEN = re.compile(r"^meta-|\.c\d+\.title$")
_ALT = re.compile(r"\.c\d+\.alt$")


def lines(data: bytes) -> list[str]:
    """Return the text of the bundle, a line for each unit.

    Raises:
        EditionError: the file is no readable bundle.
    """
    table = io.StringIO(Archive(data).read(_TABLE).decode("utf-8"), newline="")
    units: dict[str, list[str]] = {}
    rows = csv.DictReader(table, delimiter="\t")
    source = next((name for name in rows.fieldnames or () if name.split()[:1] == ["source"]), None)
    if source is None:
        raise EditionError.because(
            "artifact-unreadable", f"{_TABLE} has no column of sources.", "Build it again."
        )
    for row in rows:
        units.setdefault(_SENTENCE.sub("", row["id"]), []).append(
            _plain(unguarded(row[source]), row["remarks"] or "")
        )
    shown = {name: " ".join(parts) for name, parts in units.items() if not _HIDDEN.search(name)}
    text = [said for name, said in shown.items() if not _ALT.search(name)]
    return [*text, *(f"{Sign.IMAGE} {said}" for name, said in shown.items() if _ALT.search(name))]


def _plain(text: str, remarks: str) -> str:
    """Take the codes out; one that ``remarks`` calls a line break is a space."""
    breaks = set(_BREAK.findall(remarks))
    bare = _CODE.sub(lambda code: code[1] + " " * (code[2] in breaks), text)
    return _ESCAPED.sub(lambda slashes: slashes[0][1::2], bare)

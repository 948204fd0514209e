"""What stands in the place for a reviewer's name: a person and a day, a mark, or nothing."""

from __future__ import annotations

import re

from faircopy.translation.job import Signature

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 80
"""Characters of a name; what is longer is a remark in the wrong column."""
_EDGES = " \t\n,;:.()–—-·/"
_MARKS = frozenset({
    "x", "х", "ok", "okay", "yes", "y", "ja", "oui", "sí", "si", "да", "иә", "true", "1",
    "reviewed", "final", "approved", "signed-off", "✓", "✔", "☑", "☒", "✅", "ہاں", "是", "はい",
})  # fmt: skip
_NOT = frozenset({"no", "n", "nein", "non", "нет", "жоқ", "false", "0", "☐", "نہیں"})


def read(cell: str) -> Signature | None:
    """Return who signed a cell and when; of a mark alone nobody, and None of an empty one."""
    text = " ".join(cell.split())
    day = _DAY.search(text)
    name = (text.replace(day[0], " ", 1) if day else text).strip(_EDGES)
    if name.casefold() in _NOT or not (name or day) or "?" in name or len(name) > _LONGEST:
        return None
    named = name.casefold() not in _MARKS and any(map(str.isalpha, name))
    return Signature(" ".join(name.split()) if named else "", day[0] if day else "")


def cell(signature: Signature | None) -> str:
    """Return a signature as a cell has it; a claim without a person is a mark."""
    if signature is None:
        return ""
    return ", ".join(filter(None, (signature.by, signature.date))) or "reviewed"

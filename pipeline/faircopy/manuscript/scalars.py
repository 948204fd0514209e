"""Values of the front matter that YAML reads otherwise than they are written.

``0306406152`` is a number, whose first 0 says nothing; ``Goal #1`` is ``Goal`` and a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from faircopy.core import ast
from faircopy.core.ast import MetaValue
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript.source import KEY, Source

_NUMBER = re.compile(r"[-+]?[\d.][\w.+-]*")
_REMARK = re.compile(r"[^'\"\[{|>&*!%@`#\s].*?\s(#\S.*)")


def misread(source: Source, meta: Mapping[str, MetaValue]) -> Iterator[Diagnostic]:
    """Find values that are numbers with other digits, and words that are taken for a remark."""
    for found in KEY.finditer(source.text, 0, source.body):
        key = found[1].strip("'\"")
        written = source.text[found.end() :].partition("\n")[0].strip()
        value = meta.get(key)
        place = source.place(found.start())
        if isinstance(value, ast.MetaInlines) and _NUMBER.fullmatch(written):
            read = ast.text(value.c)
            if read != written:
                yield Diagnostic(
                    "front-matter-number",
                    Severity.ERROR,
                    f"YAML reads the “{written}” of “{key}” as the number {read}",
                    f"Put it between single quotes: {key}: '{written}'",
                    place,
                )
        elif remark := _REMARK.fullmatch(written):
            quoted = written.replace("'", "''")
            yield Diagnostic(
                "front-matter-remark",
                Severity.WARNING,
                f"YAML takes “{remark[1]}” for a remark, so that “{key}” lacks it",
                f"Put the text between single quotes: {key}: '{quoted}'. A remark has a space "
                "after its #.",
                place,
            )

"""What to do about a front matter that is no YAML, or none at all: told from its lines.

A YAML parser says where it gave up, which is seldom where the slip is, and in words of its own.
"""

from __future__ import annotations

import re

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.manuscript.source import Source

_LINE = re.compile(r"^(?P<indent>\s*)(?P<key>[\w-]+)(?P<colon>\s*:)(?P<gap>\s*)(?P<value>.*)$")
_BEGINNINGS = "@`%*&!|>[{\"'#“„«‘"
"""Characters with which a plain text may not begin, or by which people quote one."""

_ODD_FENCE = re.compile(r"\s*(?:-{2}|-{4,}|[–—―]{1,3}|\+{3}|={3,}|\*{3})\s*$")


def refused(source: Source, line: int, column: int, said: str) -> Diagnostic:
    """Return the finding for YAML that was refused at a place, with the remedy for its cause."""
    rows = source.text[: source.body].split("\n")
    said = re.sub(r"Consider enclosing .*", "", " ".join(said.split())).strip(" :")
    for number in dict.fromkeys((_unclosed(rows), line, line - 1)):
        if 1 < number <= len(rows) and (remedy := _remedy(rows, number)):
            at = column if number == line else 1
            return _finding(source, number, at, said, remedy)
    remedy = "Put a text with a colon or a quotation mark in it between single quotes."
    return _finding(source, min(line, len(rows)), column, said, remedy)


def _finding(source: Source, line: int, column: int, said: str, remedy: str) -> Diagnostic:
    return Diagnostic(
        "front-matter-yaml",
        Severity.ERROR,
        f"the front matter is not valid YAML: {said}",
        remedy,
        Place(source.name, line, column),
    )


def _unclosed(rows: list[str]) -> int:
    """Return the first line whose value opens a quotation mark and does not close it, or 0."""
    for number, row in enumerate(rows, 1):
        found = _LINE.match(row)
        if found and (value := found["value"].strip())[:1] in ("'", '"') and value:
            closing = value[1:].replace("''", "").replace('\\"', "")
            if not closing.endswith(value[0]) or value[0] in closing[:-1]:
                return number
    return 0


def _remedy(rows: list[str], number: int) -> str:
    row = rows[number - 1]
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return "Begin the line with spaces: YAML knows no tabs."
    if "\u00a0" in row:
        return "Replace the no-break space by a plain one."
    if re.match(r"\w[\w-]*\s*=", row):
        return "Write a colon and a space for “=”: title: …"
    found = _LINE.match(row)
    if not found:
        if re.match(r"\s+- ", row):
            return "Begin each item of a list under the first one's hyphen."
        return ""
    key, value = found["key"], found["value"].strip()
    if found["indent"] and number > 1:
        return f"Begin “{key}” at the very beginning of the line."
    if not found["gap"] and value:
        return f"Write a space after the colon: {key}: {value[:40]}"
    if value and (value[0] in _BEGINNINGS or ": " in value or value.endswith(":")):
        plain = value.strip("\"'“”„«»‘’").replace("'", "''")
        return f"Put the text between single quotes: {key}: '{plain[:60]}'"
    return ""


def none(source: Source) -> Diagnostic | None:
    """Return the finding for a file that has no front matter or one without keys."""
    if re.match(r"---[ \t]*\n(?![ \t]*\n)", source.text):
        rows = source.text[: source.body].split("\n")
        if not source.body or source.keys or re.match(r"\s*[{\w]+\s*:|\{", rows[1]):
            return None
        return Diagnostic(
            "front-matter-missing",
            Severity.ERROR,
            "the front matter has no key and value",
            _remedy(rows, 2) or "Write lines such as title: … and lang: … between the --- lines.",
            Place(source.name, 2, 1),
        )
    first = next((row for row in source.text.split("\n", 20) if row.strip()), "")
    if re.match(r"---[ \t]*\n", source.text):
        remedy, line = "Delete the blank line under the first ---.", 2
    elif re.match(r"\s*---\s*$", first):
        remedy, line = "Begin the file with --- itself: no blank line or space before it.", 1
    elif _ODD_FENCE.match(first):
        remedy, line = f"Write three hyphens, ---, for “{first.strip()}”.", 1
    else:
        remedy = "Begin the file with a line ---, title: …, lang: … and another line ---."
        line = 1
    return Diagnostic(
        "front-matter-missing",
        Severity.ERROR,
        "the manuscript does not begin with a front matter",
        remedy,
        Place(source.name, line, 1),
    )

"""Rules on slips of the pen: several people in one name, addresses without a link, lone signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript.lint.context import Context, warning
from faircopy.manuscript.raw import without_code

_NAME = r"[^\W\d_][\w’'.-]*"
_WHOLE_NAME = rf"{_NAME}(?:\s+{_NAME}){{1,3}}"
_PEOPLE = re.compile(
    rf"{_WHOLE_NAME}(?:\s*[,;،]\s*|\s+(?:and|und|et|y|и|және|ve|اور|و|&)\s+){_WHOLE_NAME}"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]}”’»]")
_FORMULA = re.compile(r"(?<![\w\\$])\$(?=[^\W\d_]|\\)(?=[^$]*\Z)[^$]*?[\\^_{}=]")
_CLIPPED = re.compile(r"‘(?=(?:tis|twas|twere|til|em|cause|bout|n|\d0s)\b(?!’))", re.IGNORECASE)
"""English words that begin with an apostrophe."""

_NUMBERED = re.compile(r"( *)(\d{1,6})([.)])[ \t]")
_SOFT_HYPHEN = "\u00ad"


def people_in_one(context: Context) -> Iterator[Diagnostic]:
    """Two people in one name: catalogues would list them as one person."""
    metadata = context.publication.metadata
    people = {
        "author": [ast.text(name, Omit.NOTES) for name in metadata.author],
        "interviewee": metadata.interviewee,
        "interviewer": metadata.interviewer,
    }
    for key, names in people.items():
        for name in names:
            if _PEOPLE.fullmatch(name):
                yield Diagnostic(
                    "people-in-one",
                    Severity.NOTE,
                    f"“{name}” is taken for the name of one person",
                    f"If they are two, write a list: {key}: ['Jane Doe', 'John Roe'].",
                    context.key(key),
                )


def address_bare(context: Context) -> Iterator[Diagnostic]:
    """An address that stands in the text and leads nowhere."""
    for text in context.texts:
        plain = ast.text(ast.rewrite(text.unit.inlines, _without_links), Omit.NOTES)
        for match in _ADDRESS.finditer(plain):
            if plain[: match.start()].endswith("(") and "[" in plain[: match.start()]:
                continue  # a broken link, which reading has told
            yield Diagnostic(
                "address-bare",
                Severity.NOTE,
                f"“{match[0][:60]}” is no link as it stands",
                "Write it between < and >, with its https://, or as [words](address).",
                context.place(text, match.start()),
            )


def _without_links(node: ast.Node) -> ast.Node:
    """Blank out, letter for letter, what is a link or code."""
    if isinstance(node, ast.Link | ast.Code | ast.Math):
        return ast.Str("\ufffc" * len(ast.text(node, Omit.NOTES)))
    return node


def formula_open(context: Context) -> Iterator[Diagnostic]:
    """A dollar sign that begins a formula without an end."""
    for text in context.texts:
        if match := _FORMULA.search(text.prose):
            yield warning(
                "formula-open",
                context.place(text, match.start() + 1),
                f"“{text.prose[match.start() :][:30]}” begins a formula that has no end",
                "Close it with $ right after its last sign, or write \\$ for the sign itself.",
            )


def opening_mark(context: Context) -> Iterator[Diagnostic]:
    """In English, an opening mark in an apostrophe's place: ‘Tis, ‘90s."""
    if context.locale.language != "en":
        return
    for text in context.texts:
        for match in _CLIPPED.finditer(text.prose):
            yield warning(
                "wrong-apostrophe",
                context.place(text, match.start() + 1),
                f"“{text.prose[match.start() : match.start() + 6].split()[0]}” begins with an "
                "opening mark",
                "Type ’ (U+2019) in its place, unless a quotation begins here.",
            )


def soft_hyphen(context: Context) -> Iterator[Diagnostic]:
    """Hyphens that only show at a line's end: words with them are not found, nor spelt right."""
    count = sum(text.text.count(_SOFT_HYPHEN) for text in context.texts)
    for text in context.texts:
        at = text.text.find(_SOFT_HYPHEN)
        if at >= 0:
            yield Diagnostic(
                "soft-hyphen",
                Severity.NOTE,
                f"the text has {count} soft hyphen{'' if count == 1 else 's'} (U+00AD)",
                "Delete them: every edition hyphenates by itself.",
                context.place(text, at),
            )
            return


def list_number(context: Context) -> Iterator[Diagnostic]:
    """A number in a list that is not printed: only the first of a list's counts, as pandoc has it.

    The same number for every item is a habit, and no finding.
    """
    at = context.source.body
    lists: dict[int, tuple[int, int]] = {}
    for line in without_code(context.source.text)[at:].split("\n"):
        item = _NUMBERED.match(line)
        indent = len(line) - len(line.lstrip())
        if line.strip():
            lists = {depth: one for depth, one in lists.items() if depth < indent + bool(item)}
        if item:
            number = int(item[2])
            first, count = lists.get(indent, (number, 0))
            lists[indent] = (first, count + 1)
            if number not in (first, first + count):
                yield Diagnostic(
                    "list-number",
                    Severity.NOTE,
                    f"“{item[2]}{item[3]}” is printed as {first + count}{item[3]}",
                    "Correct the number, or begin a new list after a paragraph.",
                    context.source.place(at + indent),
                )
        at += len(line) + 1


RULES = (people_in_one, address_bare, formula_open, opening_mark, soft_hyphen, list_number)

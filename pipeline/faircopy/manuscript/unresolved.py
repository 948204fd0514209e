"""What refers to nothing, and would be printed as it is: notes, works, classes.

Each is certainly wrong in print, so that nothing is built of it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import islice

from faircopy.core import ast
from faircopy.core.ast import Blocks
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript.finder import Finder
from faircopy.manuscript.raw import without_any_code
from faircopy.manuscript.source import Source
from faircopy.manuscript.structure import PULL_QUOTE

_REFERENCE = re.compile(r"(?<!\\)\[\^([^\[\]\s]+)\](?!:)")
_FORMULA = re.compile(r"(?<![\\$\w])\$(?=[^\s$])[^$\n]*\$")
_DEFINITION = re.compile(r"(?m)^[ \t>]*\[\^([^\]\s]+)\]:")
_MOST = 50
"""Works that are not there and are told one by one."""

_NEAR = 0.8
"""How alike a class must be to one that we know to be taken for a slip of the pen (difflib)."""


def notes(source: Source, blocks: Blocks) -> Iterator[Diagnostic]:
    """Find references to footnotes that are not there."""
    text = source.text
    defined = {found[1] for found in _DEFINITION.finditer(text, source.body)}
    if all(found[1] in defined for found in _REFERENCE.finditer(text, source.body)):
        return
    printed = set(_REFERENCE.findall(ast.text(blocks)))
    bare = _FORMULA.sub(lambda formula: " " * len(formula[0]), without_any_code(text))
    for found in _REFERENCE.finditer(bare, source.body):
        if found[1] not in defined and found[1] in printed:
            yield Diagnostic(
                "note-undefined",
                Severity.ERROR,
                f"there is no footnote “{found[0]}”",
                f"Write it on a line of its own: {found[0]}: its text; or write \\{found[0]} if "
                "that is text.",
                source.place(found.start()),
            )


def citations(source: Source, blocks: Blocks, known: frozenset[str]) -> Iterator[Diagnostic]:
    """Find citations of works that are not ``known``: neither the front matter nor a file has them.

    A bare ``@name`` in a manuscript without references is a name in a network, and is text.
    """
    cited = [*ast.find(blocks, ast.Cite)]
    if not cited:
        return
    finder = Finder(source, without_any_code(source.text))
    unknown = dict.fromkeys(
        one.citation_id
        for node in cited
        for one in node.citations
        if one.citation_id not in known and (known or one.citation_mode.t != "AuthorInText")
    )
    for id in islice(unknown, _MOST):
        yield Diagnostic(
            "citation-unresolved",
            Severity.ERROR,
            f"no reference has the id “{id}”",
            f"Add it under references: in the front matter, or to the file that bibliography: "
            f"names; or write \\@{id} if it is text.",
            finder.next(f"@{id}"),
        )


def classes(source: Source, blocks: Blocks) -> Iterator[Diagnostic]:
    """Find classes of divs that are nearly that of a pull quote: they would be plain text."""
    names = dict.fromkeys(name for div in ast.find(blocks, ast.Div) for name in div.attr.classes)
    for name in names:
        if name != PULL_QUOTE and _is_near(name):
            at = source.text.find(name, source.body)
            yield Diagnostic(
                "class-unknown",
                Severity.WARNING,
                f"“{name}” means nothing here; did you mean “{PULL_QUOTE}”?",
                f"Write ::: {PULL_QUOTE}, or another name if no pull quote is meant.",
                source.place(max(at, source.body)),
            )


def _is_near(name: str) -> bool:
    return bool(difflib.get_close_matches(name.casefold(), [PULL_QUOTE], 1, _NEAR))

"""Rules on markup that was meant and not understood: it would be printed as it is written.

What begins and has no end is found by `faircopy.manuscript.marks`, for the build as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Role
from faircopy.manuscript.finder import Finder
from faircopy.manuscript.lint.context import Context, warning
from faircopy.manuscript.raw import without_code

_NAME_IN_BRACES = re.compile(r"\{([^\W\d_][\w-]+)(?:\s+(?:[#.][\w-]+|[\w-]+=\S+))*\s*\}\s*\Z")
"""A set such as {a, b} or {x} is none."""
_HEADING = re.compile(r"#{1,6}\w")
_ITEM = re.compile(r"(?:[-*•]|1[.)])[ \t]+\S")
_NO_PARAGRAPH = re.compile(r"[ \t]*(?:[-+*•>|:#~`]|\d{1,3}[.)]|\(|\[\^|---|    |\t)")
_WORDS = re.compile(r"^[^\W\d_][\w’',;:.!?“”«»\s–—-]*$")
_FEWEST = 3


def strikeout_open(context: Context) -> Iterator[Diagnostic]:
    """Two tildes without an end, which pandoc takes for a subscript of nothing."""
    finder = Finder(context.source)
    for text in context.texts:
        for node in ast.walk(text.unit.inlines):
            if isinstance(node, ast.Subscript) and not node.inlines:
                yield warning(
                    "strikeout-open",
                    finder.next("~~"),
                    "“~~” begins or ends a deletion that has no other end",
                    "Close it, or take it out.",
                )


def heading_unmarked(context: Context) -> Iterator[Diagnostic]:
    """A heading without its space; one without the blank line before it is told by every build."""
    for text in context.of_role(Role.PARAGRAPH, Role.ANSWER):
        for match in _HEADING.finditer(text.prose):
            if match.start() or _is_hashtag(text.prose, match):
                continue
            yield warning(
                "heading-unmarked",
                context.place(text, match.end()),
                f"“{text.prose[match.start() : match.end() + 20]}” is no heading as it stands",
                "Write ## and a space, on a line of its own with a blank line before it.",
            )


def heading_attributes(context: Context) -> Iterator[Diagnostic]:
    """A name in braces behind a heading that is neither id nor class, and is printed."""
    for text in context.of_role(Role.HEADING, Role.QUESTION):
        found = _NAME_IN_BRACES.search(text.prose)
        if found:
            yield warning(
                "attributes-broken",
                context.place(text, found.start() + 1),
                f"“{found[0]}” is printed with the heading",
                f"Write {{#{found[1]}}} for an id, or {{.{found[1]}}} for a class.",
            )


def _is_hashtag(text: str, match: re.Match[str]) -> bool:
    """Whether “#word” begins a sentence, or stands in a row of its like."""
    alone = not text.rstrip().endswith((".", "!", "?", "…", "。", "۔")) and "#" not in text[1:]
    return match[0].startswith("#") and match[0][1:2] != "#" and not alone


def list_unmarked(context: Context) -> Iterator[Diagnostic]:
    """Lines that begin as items of a list do, in the middle of a paragraph."""
    at = context.source.body
    in_paragraph = False
    before = ""
    for line in without_code(context.source.text)[at:].split("\n"):
        if not line.strip():
            in_paragraph = False
        elif not before.strip():
            in_paragraph = not _NO_PARAGRAPH.match(line)
        elif in_paragraph and _ITEM.match(line):
            in_paragraph = False
            yield warning(
                "list-unmarked",
                context.source.place(at),
                f"“{line[:30]}” is no item of a list, since the line above is a paragraph",
                "Leave a blank line before the list, or write \\- if none is meant.",
            )
        at += len(line) + 1
        before = line


def code_by_indent(context: Context) -> Iterator[Diagnostic]:
    """Words that became code because four spaces stand before them."""
    for node in ast.walk(context.publication.blocks):
        if not isinstance(node, ast.CodeBlock) or node.attr.classes:
            continue
        first = node.text.partition("\n")[0]
        if len(first.split()) < _FEWEST or not _WORDS.match(first):
            continue
        found = re.search(rf"(?m)^(?: {{4}}|\t)[ \t]*{re.escape(first)}", context.source.text)
        if found:
            yield Diagnostic(
                "code-by-indent",
                Severity.NOTE,
                f"“{first[:40]}” is set as code, since it is indented by four spaces or a tab",
                "Take the spaces away; > before the lines makes a quotation.",
                context.source.place(found.start()),
            )


RULES = (
    strikeout_open,
    heading_unmarked,
    heading_attributes,
    list_unmarked,
    code_by_indent,
)

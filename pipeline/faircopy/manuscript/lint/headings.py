"""Rules on headings: a second title, the same words twice, bold text in a heading's place."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Kind, Role
from faircopy.manuscript.lint.context import Context
from faircopy.manuscript.source import normal

_LONGEST = 80
"""Characters of a bold paragraph that may be meant as a heading."""

_STOPS = (".", "!", ":", "…", "。", "۔", "：")
_TOP = 1


def second_title(context: Context) -> Iterator[Diagnostic]:
    """A second heading of level 1 in what is no book, whose title is in the front matter."""
    if context.publication.metadata.kind is Kind.BOOK:
        return
    top = {
        node.attr.id
        for node in ast.find(context.publication.blocks, ast.Header)
        if node.level == _TOP
    }
    for text in [text for text in context.texts if text.unit.id in top][1:]:
        yield Diagnostic(
            "heading-top",
            Severity.NOTE,
            f"“{_short(text.text)}” is a second heading of level 1, the level of a title",
            "Make it a heading of level 2, ##, unless the text has parts.",
            context.place(text),
        )


def heading_twice(context: Context) -> Iterator[Diagnostic]:
    """Two headings with the same words, which a table of contents cannot tell apart."""
    seen: set[str] = set()
    for text in context.of_role(Role.HEADING):
        words = normal(text.text).casefold()
        if words in seen:
            yield Diagnostic(
                "heading-twice",
                Severity.NOTE,
                f"the heading “{_short(text.text)}” stands twice",
                "Give one of the two other words, unless both are meant.",
                context.place(text),
            )
        seen.add(words)


def bold_heading(context: Context) -> Iterator[Diagnostic]:
    """A short paragraph that is bold as a whole: no reader's program knows that it is a heading."""
    for text in context.of_role(Role.PARAGRAPH, Role.ANSWER):
        inlines = text.unit.inlines
        words = ast.text(inlines, Omit.NOTES)
        if (
            len(inlines) == 1
            and isinstance(inlines[0], ast.Strong)
            and len(words) <= _LONGEST
            and not words.endswith(_STOPS)
        ):
            yield Diagnostic(
                "heading-bold",
                Severity.NOTE,
                f"“{_short(text.text)}” is bold as a whole; is it a heading?",
                "Write ## and a space before it, without the asterisks.",
                context.place(text),
            )


def _short(text: str, length: int = 50) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


RULES = (second_title, heading_twice, bold_heading)

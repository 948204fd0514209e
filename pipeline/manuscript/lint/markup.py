"""Rules on markup that was meant and not understood: it would be printed as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import ast
from pipeline.diagnostics import Diagnostic, Severity
from pipeline.manuscript.finder import Finder
from pipeline.manuscript.lint.context import Context, Text, warning
from pipeline.manuscript.raw import without_code
from pipeline.model import Role

_LEFT: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    (
        "note-undefined",
        re.compile(r"\[\^[^\]\s]+\]"),
        "there is no footnote “{}”",
        "Write it on a line of its own: [^name]: its text.",
    ),
    (
        "link-broken",
        re.compile(r"\][ ]?\((?:https?:|mailto:|#|\ufffc)[^ ]*|\]\[[^\]]*\]"),
        "a link was not understood at “{}”",
        "Write [words](address), closed and without a space between, or define the reference.",
    ),
    (
        "fence-open",
        re.compile(r"`{3,}|~{3,}"),
        "“{}” begins or ends code that has no other end",
        "Close it with the same marks on a line of their own.",
    ),
    (
        "code-open",
        re.compile(r"`(?![^\W\d_])|(?<![^\W\d_])`"),
        "“{}” begins code that has no end",
        "Close it, or write \\` if the mark itself is meant.",
    ),
    (
        "div-unmarked",
        re.compile(r":{3,}"),
        "“{}” stands in the text",
        "Put it on a line of its own, with a blank line before it.",
    ),
    (
        "emphasis-open",
        re.compile(
            r"(?<![\w*\\])(?:\*{1,3}|_{1,3})(?=[^\W_])|(?<=[^\W_])(?:\*{2,3}|_{1,3})(?![\w*])"
        ),
        "“{}” begins or ends emphasis that has no other end",
        "Close it at the word's side, or write a backslash before it if the mark is meant.",
    ),
    (
        "attributes-broken",
        re.compile(r"\{[#.][^}\s]*\}?"),
        "“{}” was not understood",
        "Write {#id} or {.class} right after a heading, or after [words] in brackets.",
    ),
)
_NAME_IN_BRACES = re.compile(r"\{([^\W\d_][\w-]+)(?:\s+(?:[#.][\w-]+|[\w-]+=\S+))*\s*\}\s*\Z")
"""A set such as {a, b} or {x} is none."""
_HEADING = re.compile(r"#{1,6}\w|(?<=\s)#{2,6} (?=\w)")
_ITEM = re.compile(r"(?:[-*•]|1[.)])[ \t]+\S")
_NO_PARAGRAPH = re.compile(r"[ \t]*(?:[-+*•>|:#~`]|\d{1,3}[.)]|\(|\[\^|---|    |\t)")
_WORDS = re.compile(r"^[^\W\d_][\w’',;:.!?“”«»\s–—-]*$")
_FEWEST = 3


def left_over(context: Context) -> Iterator[Diagnostic]:
    """Marks of Markdown that stand in the text, since what they begin has no end."""
    for text in context.texts:
        taken: set[int] = set()
        for code, pattern, message, remedy in _LEFT:
            for match in pattern.finditer(text.prose):
                if match[0] == text.text.strip():  # reading has named a ::: that closes nothing
                    continue
                if taken & {*range(*match.span())} or _is_escaped(context, text, match):
                    continue
                taken |= {*range(*match.span())}
                place = context.place(text, _word(text.text, match))
                written = text.text[slice(*match.span())]
                yield warning(code, place, message.format(written[:60]), remedy)


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


def _word(text: str, match: re.Match[str]) -> int:
    """Return where the word begins that a mark stands at, by which it has a place."""
    near = range(match.start(), min(match.end() + 1, len(text)))
    return next((at for at in near if text[at].isalnum()), match.start())


def _is_escaped(context: Context, text: Text, match: re.Match[str]) -> bool:
    """Whether the source has a backslash before this mark, near the word that it stands at."""
    place = context.place(text, match.start())
    row = context.source.text.split("\n", place.line)[place.line - 1] if place.line else ""
    return f"\\{match[0][0]}" in row


def heading_unmarked(context: Context) -> Iterator[Diagnostic]:
    """A heading without its space, or without the blank line before it."""
    for text in context.of_role(Role.PARAGRAPH, Role.ANSWER):
        for match in _HEADING.finditer(text.prose):
            if (match.start() == 0) is match[0].endswith(" ") or _is_hashtag(text.prose, match):
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
    left_over,
    strikeout_open,
    heading_unmarked,
    heading_attributes,
    list_unmarked,
    code_by_indent,
)

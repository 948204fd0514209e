"""Marks of Markdown that stand in the text, since what they begin has no end: they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication

if TYPE_CHECKING:
    from faircopy.manuscript.lint.context import Context, Text

_LEFT: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    (
        "link-broken",
        re.compile(r"\][ ]?\((?:https?:|mailto:|#|\ufffc)[^ ]*|\]\[[^\]]*\]"),
        "a link was not understood at “{}”",
        "Write [words](address), closed and without a space between, or define the reference.",
    ),
    (
        "link-broken",
        re.compile(r"\[[^\[\]]{1,200}?\((?:https?:|mailto:|\ufffc)[^ ]*"),
        "a link was not understood at “{}”",
        "Close the bracket: [words](address).",
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

_MOST = 200
"""Signs that are looked at: each has to be found in the text."""

_ANY = re.compile(
    r"\]\n?\((?:https?:|mailto:|#)|\]\[|`|~{3}|:{3}|\{[#.]|\((?:https?|mailto):"
    r"|(?<![\w*\\])[*_]{1,3}(?=[^\W_])|(?<=[^\W_])(?:\*{2,3}|_{1,3})(?![\w*])"
)
"""What any of them looks like in a tree's texts, one a line; and some things more."""


def may_be(texts: str) -> bool:
    """Whether it is worth while to look for open marks in a tree with these texts."""
    return bool(_ANY.search(texts))


def left_open(publication: Publication) -> Iterator[Diagnostic]:
    """Find the marks that begin or end something which has no other end."""
    from faircopy.manuscript.lint.context import Context  # few manuscripts have one

    context = Context(publication)
    rows = context.source.text.split("\n")
    for text, match, code, message, remedy in islice(_candidates(context), _MOST):
        if not _is_escaped(rows, context.place(text, match.start()), match):
            place = context.place(text, _word(text.text, match))
            written = text.text[slice(*match.span())]
            yield Diagnostic(code, Severity.WARNING, message.format(written[:60]), remedy, place)


def _candidates(context: Context) -> Iterator[tuple[Text, re.Match[str], str, str, str]]:
    """Yield what looks like open marks, each sign once, with what is said of it."""
    for text in context.texts:
        taken: set[int] = set()
        for code, pattern, message, remedy in _LEFT:
            for match in pattern.finditer(text.prose):
                span = range(*match.span())
                # reading has named a ::: that closes nothing
                if match[0] != text.text.strip() and taken.isdisjoint(span):
                    taken.update(span)
                    yield text, match, code, message, remedy


def _word(text: str, match: re.Match[str]) -> int:
    """Return where the word begins that a mark stands at, by which it has a place."""
    near = range(match.start(), min(match.end() + 1, len(text)))
    return next((at for at in near if text[at].isalnum()), match.start())


def _is_escaped(rows: list[str], place: Place, match: re.Match[str]) -> bool:
    """Whether the source has a backslash before this mark, near the word that it stands at."""
    return bool(place.line) and f"\\{match[0][0]}" in rows[place.line - 1]

"""Rules on the manuscript's shape: cut sentences, questions and answers, pull quotes, metadata."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Kind, Query, Role
from faircopy.manuscript.lint.context import Context, Text, warning
from faircopy.passes import editions

_ENDS = tuple('.!?…:;”’»")]}’–—。！？：；」』）؟۔،॥।*־')
_PROSE = (Role.PARAGRAPH, Role.ANSWER)
_BLANK = "\ufffc"
"""What stands for a formula, code or an address in prose."""
_NO_ANSWER = (Role.PULL_QUOTE, Role.FOOTNOTE)
_LONGEST_DESCRIPTION = 4000
"""Characters of a description that retailers take (ONIX for Books, P.14)."""


def cut_sentence(context: Context) -> Iterator[Diagnostic]:
    """A paragraph that ends without a stop, before one that begins in lower case or a digit."""
    prose = [*context.of_role(*_PROSE)]
    for text, following in itertools.pairwise(prose):
        last, first = text.prose.rstrip(), following.prose.lstrip()
        neighbours = text.unit.section == following.unit.section
        if _BLANK in (last[-1:], first[:1]):  # a formula on a line of its own, an address
            continue
        if last and first and neighbours and not last.endswith(_ENDS) and not first[0].isupper():
            yield warning(
                "cut-sentence",
                context.place(following),
                f"a paragraph break seems to cut the sentence “… {last[-30:]} / {first[:30]} …”",
                "Join the two paragraphs; if there is an original, enter it in corrections.toml.",
            )


def unanswered(context: Context) -> Iterator[Diagnostic]:
    """A question without an answer, or with an answer shorter than itself."""
    question: Text | None = None
    answer = 0
    for text in (*context.texts, None):
        if text is None or text.unit.role in (Role.QUESTION, Role.HEADING):
            if question and not answer:
                yield warning(
                    "question-unanswered",
                    context.place(question),
                    f"the question “{_short(question.text)}” has no answer",
                    "Write the answer under it, or make the heading {.heading}.",
                )
            elif question and answer < len(question.text):
                yield Diagnostic(
                    "answer-short",
                    Severity.NOTE,
                    f"the answer to “{_short(question.text)}” is shorter than the question",
                    "Look whether a part of it is missing.",
                    context.place(question),
                )
            asked = text is not None and text.unit.role is Role.QUESTION
            question, answer = (text if asked else None), 0
        elif text.unit.role not in _NO_ANSWER:
            answer += len(text.text)


def metadata_gaps(context: Context) -> Iterator[Diagnostic]:
    """What a retailer or a catalogue would ask for."""
    metadata = context.publication.metadata
    wanted = {
        "author": bool(metadata.author),
        "date": bool(metadata.date),
        "description": bool(metadata.description),
        "rights": bool(metadata.rights),
        "publisher": bool(metadata.publisher or metadata.outlet),
        "standfirst": bool(metadata.standfirst or metadata.kind is Kind.BOOK),
    }
    for key, there in wanted.items():
        if not there:
            yield Diagnostic(
                "metadata-gap",
                Severity.NOTE,
                f"the front matter has no “{key}”, which catalogues ask for",
                f"Add it when it is known, or list it in lint.toml with the reason: {key}.",
                context.key("title"),
            )
    if len(metadata.description) > _LONGEST_DESCRIPTION:
        yield warning(
            "description-long",
            context.key("description"),
            f"the description has {len(metadata.description):,} characters",
            f"Retailers take {_LONGEST_DESCRIPTION:,}.",
        )


def unresolved_citation(context: Context) -> Iterator[Diagnostic]:
    """A bare ``@name`` where there are no references: a name in a network, or a work forgotten."""
    for node in ast.find(context.publication.blocks, ast.Cite):
        if ast.text(node.inlines, Omit.NOTES).startswith("@"):
            needle = f"@{node.citations[0].citation_id}"
            at = context.source.text.find(needle, context.source.body)
            yield Diagnostic(
                "citation-unresolved",
                Severity.NOTE,
                f"“{needle}” is printed as it is written, since there are no references",
                f"Write \\{needle} if no work is meant, or add references: to the front matter.",
                context.source.place(max(at, 0)),
            )


def queries(context: Context) -> Iterator[Diagnostic]:
    """The open questions to the author."""
    for query in context.publication.queries:
        yield Diagnostic(
            "query",
            Severity.NOTE,
            f"“{query.text}”: {' '.join(query.question.split())}",
            _what_then(query),
            query.place,
        )


def _what_then(query: Query) -> str:
    if answer := " ".join(query.answer.split()):
        return (
            f"The answer is: {answer} Change the text if it is to change, and delete the query"
            " when no translator needs it any more."
        )
    return (
        "When the author has answered, change the text and delete the query; where the words stay,"
        " write the answer as answer = beside the question, and translators are given it."
    )


def _short(text: str, length: int = 50) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def unsaid_release(context: Context) -> Iterator[Diagnostic]:
    """Words that changed since the last release, while nothing says that it is another edition."""
    yield from editions.unsaid(context.publication)


RULES = (unsaid_release, cut_sentence, unanswered, metadata_gaps, unresolved_citation, queries)

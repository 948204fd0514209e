"""Pull quotes say again what the text says: its words, in the answer that they are from (Q7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Role
from faircopy.manuscript.finder import short
from faircopy.manuscript.source import normal
from faircopy.passes.units import Unit

_MARKS = "“”«»„\"' "


def misquoted(units: Sequence[Unit], places: Mapping[str, Place]) -> Iterator[Diagnostic]:
    """Find pull quotes whose words the text does not have, or has in another answer.

    Words that are moved to another question are made the answer to it. What stands before the
    first question is in no answer, and may quote any.
    """
    if not any(unit.role is Role.PULL_QUOTE for unit in units):
        return
    exchanges = _exchanges(units)
    texts = [normal(" ".join(_words(one) for one in exchange)) for exchange in exchanges]
    questions = [_first_question(exchange) for exchange in exchanges]
    body = normal(" ".join(texts))
    for at, exchange in enumerate(exchanges):
        for unit in exchange:
            if unit.role is not Role.PULL_QUOTE:
                continue
            words, place = normal(_shown(unit)).strip(_MARKS), places.get(unit.id)
            if words not in body:
                yield _not_verbatim(words, place)
            elif at and words not in texts[at]:
                own = next((n for n, text in enumerate(texts) if words in text), 0)
                if questions[own] is not None:
                    yield _elsewhere(words, place, questions[own], places)


def _exchanges(units: Sequence[Unit]) -> list[list[Unit]]:
    """Divide units at each question: what stands before the first is an exchange without one."""
    found: list[list[Unit]] = [[]]
    asking = False
    for unit in units:
        if unit.role is Role.QUESTION and not asking:
            found.append([])
        asking = unit.role is Role.QUESTION
        found[-1].append(unit)
    return found


def _first_question(exchange: Sequence[Unit]) -> Unit | None:
    return next((unit for unit in exchange if unit.role is Role.QUESTION), None)


def _words(unit: Unit) -> str:
    return "" if unit.role is Role.PULL_QUOTE else _shown(unit)


def _shown(unit: Unit) -> str:
    return ast.text(unit.inlines, Omit.NOTES)


def _not_verbatim(words: str, place: Place | None) -> Diagnostic:
    return Diagnostic(
        "pull-quote-words",
        Severity.ERROR,
        f"the pull quote “{short(words, 50)}” does not stand in the text word for word",
        "Copy a whole sentence from the text.",
        place,
    )


def _elsewhere(
    words: str, place: Place | None, question: Unit | None, places: Mapping[str, Place]
) -> Diagnostic:
    asked = short(_shown(question), 50) if question else ""
    at = places.get(question.id) if question else None
    line = f" in line {at.line}" if at else ""
    return Diagnostic(
        "pull-quote-place",
        Severity.ERROR,
        f"the pull quote “{short(words, 50)}” stands in an answer that does not say it; it is from "
        f"the answer to “{asked}”",
        f"Move it into that answer{line}, or quote a sentence of this one.",
        place,
    )

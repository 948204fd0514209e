"""The marks that end sentences, in all scripts; those of one language stand in its file.

Sources: The Unicode Standard, property Sentence_Terminal (UAX #29), of which those that books of
today have; STerm's Greek question mark is the semicolon, which only Greek reads so.
"""

from __future__ import annotations

from faircopy.languages.loading import locale

STOPS = ".。．｡۔।॥։።"
QUESTIONS = "?？؟\u037e՞"
EXCLAMATIONS = "!！՜"
ELLIPSIS = "…"
ALL = STOPS + QUESTIONS + EXCLAMATIONS + ELLIPSIS
WIDE = "。！？｡"
"""After these a sentence may follow without a space."""


def kind(mark: str, lang: str = "") -> str:
    """Name a mark that ends a sentence of a language (BCP 47) or, if it is none, return ``""``."""
    own = locale(lang).sentences if lang else None
    if own and mark in own.question:
        return "a question mark"
    for name, marks in _KINDS:
        if mark and mark in marks:
            return name
    return ""


_KINDS = (
    ("a full stop", STOPS),
    ("an ellipsis", ELLIPSIS),
    ("a question mark", QUESTIONS),
    ("an exclamation mark", EXCLAMATIONS),
)

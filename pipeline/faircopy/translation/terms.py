"""The glossary and the do-not-translate list of a manuscript, and whether they were kept.

``glossary.tsv`` has the columns ``term``, ``definition`` and one for each language; a cell
holds the allowed forms, ``|`` between them, and forbidden ones with ``!`` before them.
``do-not-translate.txt`` has one name or code a line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from faircopy.core.diagnostics import Place
from faircopy.languages.tags import primary
from faircopy.manuscript.beside import GLOSSARY, KEEP
from faircopy.passes.cells import guarded, unguarded
from faircopy.translation.checks import Pair, Problem
from faircopy.translation.forms import decode_utf8, refuse

_FIXED = ("term", "definition")


class Term(msgspec.Struct, frozen=True):
    """A term of the source with its translations by language tag."""

    term: str
    definition: str
    forms: Mapping[str, tuple[str, ...]]
    forbidden: Mapping[str, tuple[str, ...]]


class Terms(msgspec.Struct, frozen=True):
    """Everything that is settled about words."""

    glossary: tuple[Term, ...] = ()
    keep: tuple[str, ...] = ()


NO_TERMS = Terms()


def read_terms(files: Mapping[str, bytes], folder: str) -> Terms:
    """Read what lies beside a manuscript: glossary and list, by name, where there are any.

    Raises:
        ImportRefused: a file cannot be read.
    """
    glossary, keep = files.get(GLOSSARY), files.get(KEEP)
    return Terms(
        () if glossary is None else read_glossary(glossary, f"{folder}/{GLOSSARY}"),
        () if keep is None else read_keep(keep, f"{folder}/{KEEP}"),
    )


def write_glossary(terms: Terms) -> bytes:
    """Return the glossary as the table that ``read_glossary`` reads."""
    langs = list(dict.fromkeys(lang for term in terms.glossary for lang in term.forms))
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([*_FIXED, *langs])
    for term in terms.glossary:
        cells = [
            " | ".join(
                [*term.forms.get(lang, ()), *(f"!{word}" for word in term.forbidden.get(lang, ()))]
            )
            for lang in langs
        ]
        writer.writerow(map(guarded, (term.term, term.definition, *cells)))
    return out.getvalue().encode("utf-8", "replace")


def read_glossary(data: bytes, name: str) -> tuple[Term, ...]:
    """Read ``glossary.tsv``.

    Raises:
        ImportRefused: not UTF-8, or the first row does not begin with term and definition.
    """
    rows = csv.reader(io.StringIO(decode_utf8(data, name)), delimiter="\t")
    columns = tuple(column.strip() for column in next(rows, []))
    if columns[:2] != _FIXED:
        raise refuse(
            "glossary",
            "the glossary's first row is not “term”, “definition” and language tags",
            "Put the columns' names into the first row, with tabs between them.",
            Place(name, 1),
        )
    return tuple(
        _term(dict(zip(columns, map(unguarded, row), strict=False))) for row in rows if any(row)
    )


def _term(fields: Mapping[str, str]) -> Term:
    forms: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    for lang, cell in fields.items():
        if lang in _FIXED:
            continue
        words = [word.strip() for word in cell.split("|") if word.strip()]
        forms[lang] = tuple(word for word in words if not word.startswith("!"))
        forbidden[lang] = tuple(word[1:] for word in words if word.startswith("!"))
    return Term(fields["term"].strip(), fields.get("definition", "").strip(), forms, forbidden)


def read_keep(data: bytes, name: str) -> tuple[str, ...]:
    """Read ``do-not-translate.txt``: one name a line, ``#`` begins a remark.

    Raises:
        ImportRefused: not UTF-8.
    """
    lines = (line.partition("#")[0].strip() for line in decode_utf8(data, name).split("\n"))
    return tuple(line for line in lines if line)


class TermChecker:
    """Checks pairs against the terms of one target language."""

    def __init__(self, terms: Terms, lang: str) -> None:
        """Compile the terms that have a translation in ``lang`` (or its primary language)."""
        self._terms = [
            (_pattern([term.term]), term, _pattern(forms), forbidden)
            for term in terms.glossary
            for forms, forbidden in [(forms_in(term.forms, lang), forms_in(term.forbidden, lang))]
            if forms or forbidden
        ]
        self._keep = [(_exact(word), word) for word in terms.keep]

    def check(self, pair: Pair) -> Iterator[Problem]:
        """Yield the terms that a translation does not have, or has in a forbidden form."""
        for found, term, allowed, forbidden in self._terms:
            if not found.search(pair.before):
                continue
            if not allowed.search(pair.after):
                forms = ", ".join(forms_in(term.forms, pair.lang))
                yield Problem("term", f"“{term.term}” is “{forms}” in the glossary")
            for word in forbidden:
                if word.casefold() in pair.after.casefold():
                    yield Problem("term", f"“{word}” shall not stand for “{term.term}”")
        for pattern, word in self._keep:
            if pattern.search(pair.before) and word not in pair.after:
                yield Problem("keep", f"“{word}” is to be kept as it is")


def forms_in(table: Mapping[str, tuple[str, ...]], lang: str) -> tuple[str, ...]:
    """Return the forms in a language, or in its primary language."""
    return table.get(lang) or table.get(primary(lang)) or ()


def _exact(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for any of ``forms``, inflected: each word's stem with any ending."""
    found = "|".join(r"\w*[^\w]+".join(map(_stem, form.split())) for form in forms)
    return re.compile(f"(?<!\\w)(?:{found or '(?!)'})", re.IGNORECASE)


def _stem(word: str) -> str:
    """Return the part of a word that inflection leaves: all but the last two letters."""
    return re.escape(word if len(word) < 5 else word[: max(4, len(word) - 2)])

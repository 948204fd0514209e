"""What can be told from a manuscript's text before pandoc reads it: bounds, and blocks of YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.diagnostics import Diagnostic, Place, Severity
from pipeline.limits import ALIASES, FRONT_MATTER, NOTES
from pipeline.manuscript.source import Source

_ANCHOR = re.compile(r"&([^\s,\[\]{}&]+)")
_ALIAS = re.compile(r"\*([^\s,\[\]{}*]+)")
_NOTE = re.compile(r"\^\[|\[\^[^\]\s]+\](?!:)")
_BLOCK = re.compile(r"(?m)^[ \t]*\n(---)[ \t]*\n(?=\S)")
_BLOCK_END = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$")
_KEY = re.compile(r"(?m)^[^\s#:][^\n:]*:(?=\s|$)")
_CODE_FENCE = re.compile(r"(?m)^[ \t]*(?:```|~~~)")


def wrong(source: Source) -> Iterator[Diagnostic]:
    """Find what a text must not have for pandoc to be asked about it."""
    yield from _front_matter(source)
    yield from _aliases(source)
    yield from _second_block(source)
    yield from _notes(source)


def _error(code: str, message: str, remedy: str, place: Place) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, remedy, place)


def _front_matter(source: Source) -> Iterator[Diagnostic]:
    if source.text.startswith("---") and not source.body:
        yield _error(
            "front-matter-open",
            "the front matter has no end",
            "Close it with a line --- of its own.",
            source.place(0),
        )
    if source.body > FRONT_MATTER.most:
        yield _error(
            "front-matter-too-large",
            f"the front matter has more than {FRONT_MATTER.most:,} characters",
            "Take out what the manuscript does not need.",
            source.place(0),
        )


def _aliases(source: Source) -> Iterator[Diagnostic]:
    """Aliases of YAML's anchors (YAML 1.2.2, section 7.1): each may stand for others."""
    anchors = {found[1] for found in _ANCHOR.finditer(source.text, 0, source.body)}
    found = [m for m in _ALIAS.finditer(source.text, 0, source.body) if m[1] in anchors]
    if len(found) > ALIASES.most:
        yield _error(
            "front-matter-anchors",
            f"the front matter has {len(found)} YAML aliases, by which it could grow without end",
            "Write the values out.",
            source.place(found[ALIASES.most].start()),
        )


def _second_block(source: Source) -> Iterator[Diagnostic]:
    """Pandoc reads YAML wherever it stands; what is down in the text would overrule the front."""
    for found in _BLOCK.finditer(source.text, source.body):
        end = _BLOCK_END.search(source.text, found.end())
        if not end or not _KEY.search(source.text, found.end(), end.start()):
            continue
        in_code = sum(1 for _ in _CODE_FENCE.finditer(source.text, source.body, found.start())) % 2
        if not in_code:
            yield _error(
                "front-matter-second",
                "a second front matter stands in the text",
                "Put its keys into the first one, or, if a break is meant, write * * * for ---.",
                source.place(found.start(1)),
            )
            return


def _notes(source: Source) -> Iterator[Diagnostic]:
    over = next(islice(_NOTE.finditer(source.text, source.body), NOTES.most, None), None)
    if over:
        yield _error(
            "too-many-notes",
            f"the manuscript has more than {NOTES.most:,} footnotes",
            "Divide it into several manuscripts.",
            source.place(over.start()),
        )

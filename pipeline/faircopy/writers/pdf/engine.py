"""WeasyPrint, held on a short leash and made to run: its complaints are data.

Version 70 is pinned: the layout's tree (``_page_box``) is read, and what takes it too long is
replaced, through what WeasyPrint does not call public; ``tests/writers`` covers both.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure import boxes

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.limits import NESTING
from faircopy.writers.given import Fonts, Nothing
from faircopy.writers.pdf import (
    breaks,
    ends,
    glyphs,
    memory,
    shaping,
    spanning,
    starts,
)
from faircopy.writers.pdf.composition import Composition, built
from faircopy.writers.pdf.setting.again import Again
from faircopy.writers.pdf.source import Source
from faircopy.writers.pdf.wide import Room

memory.install()
breaks.install()
ends.install()
glyphs.install()
shaping.install()
spanning.install()
starts.install()
boxes.InlineReplacedBox.position_x = 0
"""WeasyPrint reads it of a drawing without a size, in text from right to left, before it is set."""


class Press:
    """Lays documents out with one style sheet and one set of fonts."""

    def __init__(self, css: str, files: Iterable[Path]) -> None:
        self._fonts = Fonts(files)
        self._counters = CounterStyle()  # holds the sheet's own
        self._style = weasyprint.CSS(
            string=css,
            url_fetcher=Nothing(),
            font_config=self._fonts,
            counter_style=self._counters,
        )
        self._options = weasyprint.DEFAULT_OPTIONS | {"stylesheets": [self._style], "cache": {}}

    def compose(self, xml: bytes, room: Room, again: Again | None = None) -> Composition:
        """Lay out an ``html`` element, serialised without namespaces, in so much room.

        ``again`` has its paragraphs as they were before they had lines.
        """
        source = Source.read(xml)
        composition = self._composition(source, again)
        if any(name in xml for name in _MAY_BE_WIDE) and composition.widened(room):
            composition = self._composition(Source(source.etree_element), again)
        composition.lay_out()
        return composition

    def _composition(self, source: Source, again: Again | None) -> Composition:
        return Composition(source, self._context(source), self._fonts, again, self._boxes)

    def _boxes(self, xml: bytes) -> Any:
        """Return the boxes of a document that is not laid out."""
        source = Source.read(xml)
        return built(source, self._context(source))

    def _context(self, source: Source) -> Any:
        return weasyprint.Document._build_layout_context(
            source, self._fonts, self._counters, {}, dict(self._options)
        )


_MAY_BE_WIDE = (b"<table", b"math-display", b"<pre")
"""What is measured before the pages are made."""


@contextmanager
def deep() -> Iterator[None]:
    """Let WeasyPrint call itself as deeply as a text within the limits is nested.

    A level of a list is three boxes, and a box six calls: Python's own limit of 1,000 ends before
    ours, and a text that may pass would end in a RecursionError.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + NESTING.most * _CALLS)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


_CALLS = 50
"""Calls for a level of nesting: 18 of the layout, and as many again for what wraps them."""


@contextmanager
def listening() -> Iterator[list[Diagnostic]]:
    """Collect what WeasyPrint complains of: errors as warnings of ours, once each."""
    found: list[Diagnostic] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            item = _diagnostic(record)
            if item not in found and not _NO_ALT.search(item.message):
                found.append(item)

    logger = logging.getLogger("weasyprint")
    handler, before = Collector(logging.ERROR), (logger.propagate, logger.disabled)
    logger.addHandler(handler)
    # A library that sets up logging for itself disables the loggers that are there already.
    logger.propagate, logger.disabled = False, False
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate, logger.disabled = before


_NO_ALT = re.compile("has no required alt description")
"""What `claims` says better: an image may have no text when it is decoration."""


def _diagnostic(record: logging.LogRecord) -> Diagnostic:
    message = record.getMessage()
    severity = Severity.ERROR if "Missing required" in message else Severity.WARNING
    return Diagnostic("pdf-engine", severity, f"WeasyPrint: {message}.")

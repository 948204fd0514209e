"""WeasyPrint, held on a short leash: our fonts only, no fetching, its complaints as data.

Version 70 is pinned: the layout's tree (``_page_box``) is read, and the font configuration is
made, through what WeasyPrint does not call public; ``tests/writers`` covers both.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cssselect2
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from pipeline.diagnostics import Diagnostic, EditionError, Severity
from pipeline.writers.pdf import breaks, cdecls, computed, glyphs, memory, shaping
from pipeline.writers.pdf.composition import Composition

ffi.cdef("FcConfig *FcConfigCreate(void);")
cdecls.install(ffi)
memory.install()
breaks.install()
glyphs.install()
shaping.install()
computed.install()


class Fonts(FontConfiguration):  # type: ignore[misc]
    """A font configuration that knows the given files and nothing else.

    It starts from an empty configuration of Fontconfig, not from the system's: no font of the
    machine can slip in, and the result is the same everywhere.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self._folder = None
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}
        self._config = fontconfig.FcConfigCreate()
        for file in files:
            if not fontconfig.FcConfigAppFontAddFile(self._config, str(file).encode()):
                raise EditionError.because(
                    "font-unreadable",
                    f"The font file {file} cannot be read.",
                    "Delete the folder .cache/fonts and build again.",
                )
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        fontconfig.FcConfigDestroy(self._config)  # the font map keeps a reference


class Nothing(URLFetcher):  # type: ignore[misc]
    """A fetcher that opens ``data:`` and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)


class Source(weasyprint.HTML):  # type: ignore[misc]
    """A document given as a tree, not as text that has to be parsed again."""

    def __init__(self, xml: bytes) -> None:
        root = ElementTree.fromstring(xml)
        self.base_url = None
        self.url_fetcher = Nothing()
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


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

    def compose(self, xml: bytes) -> Composition:
        """Lay out an ``html`` element, serialised without namespaces."""
        source = Source(xml)
        context = weasyprint.Document._build_layout_context(
            source, self._fonts, self._counters, {}, dict(self._options)
        )
        return Composition(source, context, self._fonts)


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

"""What WeasyPrint is given, whatever it sets: our fonts only, and nothing to fetch.

The font configuration is made through what WeasyPrint 70 does not call public. Nothing of
WeasyPrint is changed here, so that it can be measured by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from faircopy.core.diagnostics import EditionError

ffi.cdef("FcConfig *FcConfigCreate(void);")


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
                    f"Delete the folder {file.parent} and build again.",
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

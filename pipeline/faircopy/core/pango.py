"""The libraries of the system that WeasyPrint sets type with: whether they are there.

WeasyPrint itself says it on standard output, in some lines, whenever it is imported.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from functools import cache

from faircopy.core.diagnostics import ToolError
from faircopy.core.tools import PANGO

LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
"""What WeasyPrint does not load without (``weasyprint.text.ffi``)."""

_NAMES = ("lib{}.so.0", "lib{}.so.1", "lib{}.0.dylib", "lib{}.1.dylib", "lib{}.dylib")


def require() -> None:
    """See that pages can be set here.

    Raises:
        ToolError: a library is missing; the remedy is the command that installs all.
    """
    missing = [name for name in LIBRARIES if not _loads(name)]
    if missing:
        raise ToolError.because(
            "pango-missing",
            f"Pages cannot be set here: WeasyPrint needs Pango, and {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} not there.",
            f"Install it: {PANGO.install_command()}",
        )


@cache
def _loads(name: str) -> bool:
    """Whether the system's loader finds a library, or a search for it does."""
    for form in _NAMES:
        if _opens(form.format(name)):
            return True
    found = ctypes.util.find_library(name)
    return found is not None and _opens(found)


def _opens(path: str) -> bool:
    try:
        ctypes.CDLL(path)
    except OSError:
        return False
    return True

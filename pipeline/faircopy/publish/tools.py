"""Which versions of what made an edition."""

from __future__ import annotations

import contextlib
import ctypes
import platform
from collections.abc import Iterator
from importlib import metadata

import faircopy
from faircopy.core import pandoc

PACKAGES = (
    "ebooklib",
    "fonttools",
    "lxml",
    "msgspec",
    "pikepdf",
    "python-docx",
    "uharfbuzz",
    "weasyprint",
)
PANGO = ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0.dylib")


def versions() -> dict[str, str]:
    """Return the versions of the tools that may show in an edition's bytes, by name.

    Raises:
        ToolError: there is no pandoc.
    """
    return dict(sorted(_versions()))


def _versions() -> Iterator[tuple[str, str]]:
    yield "faircopy", faircopy.__version__
    # Without its last number, which decides nothing: two machines shall have the same sums.
    yield "python", ".".join(platform.python_version_tuple()[:2])
    yield "pandoc", pandoc.version()
    for name in PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            yield name, metadata.version(name)
    for library in PANGO:
        with contextlib.suppress(OSError, AttributeError):
            version = ctypes.CDLL(library).pango_version_string
            version.restype = ctypes.c_char_p
            yield "pango", version().decode()
            return

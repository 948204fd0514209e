"""Which versions of what made an edition."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import platform
import zlib
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


_SAMPLE = " ".join(str(n * n % 977) for n in range(20_000)).encode()
_ZLIB = "55cd93c848d3a8ba"
"""What zlib makes of the sample at the level of our packages (found with 1.2.13)."""


def deflate() -> str:
    """Return whose deflate packs EPUBs, Word documents and bundles: ``zlib``, or another's version.

    The format (RFC 1951) leaves it to the packer how hard it looks for what it has seen before:
    zlib-ng, which some systems have in zlib's place, makes other bytes, of the same content.
    """
    from faircopy.writers.container import LEVEL

    packed = zlib.compress(_SAMPLE, LEVEL)
    ours = hashlib.sha256(packed).hexdigest().startswith(_ZLIB)
    return "zlib" if ours else zlib.ZLIB_RUNTIME_VERSION


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
    yield "deflate", deflate()
    for name in PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            yield name, metadata.version(name)
    for library in PANGO:
        with contextlib.suppress(OSError, AttributeError):
            version = ctypes.CDLL(library).pango_version_string
            version.restype = ctypes.c_char_p
            yield "pango", version().decode()
            return

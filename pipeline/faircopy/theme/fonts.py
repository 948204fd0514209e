"""The theme's fonts as files: static cuts, subsets, coverage and widths.

A cut is one face of a variable font as a whole, static font of its own name: with every glyph
and feature, but no axes. HarfBuzz makes it in some ten milliseconds; it is kept on disk under
the hash of what it is made from. A cut is renamed because the licence of Source Serif and
Source Sans reserves the word "Source" (OFL 1.1, section 3).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import uharfbuzz as hb

from faircopy.core import npm
from faircopy.core.diagnostics import ToolError
from faircopy.theme import kept as keeping
from faircopy.theme.naming import rename
from faircopy.theme.sources import INSTALL, installed, kit, licence, source
from faircopy.theme.tokens import Face
from faircopy.theme.whole import is_whole

__all__ = [
    "coverage",
    "data",
    "file",
    "installed",
    "invisible",
    "licence",
    "measure",
    "missing",
    "source",
    "subset",
    "width",
    "wish",
]

_BROKEN = (RuntimeError, ValueError, LookupError, struct.error)
"""What HarfBuzz and the renaming of a damaged font end in."""

Measured: TypeAlias = Callable[[str], float]
"""Gives the advance of a text in em."""

_RECIPE = b"2"  # raise it when `_cut` or `rename` changes what they make


def file(face: Face, cache: Path | None = None) -> Path:
    """Return a file with the whole static font of ``face``, cut first when it must be.

    Cuts are kept in ``cache``, by default in the face's own store.

    A cut that is not as it was made (see `faircopy.theme.kept`) is made anew.

    Raises:
        ToolError: the font's package is missing or damaged.
        OSError: the cache can't be written.
    """
    origin = source(face)
    if not (_is_packed(origin) or is_whole(origin)):
        raise _damaged(face, origin)
    if not (face.cut or face.local) and origin.suffix == ".ttf":
        return origin
    name = f"{face.name.replace(' ', '')}-{_key(face, origin)}"
    try:
        return keeping.file(
            cache or face.store / "fonts",
            name,
            ".ttf",
            lambda: _made(face, origin),
        )
    except _BROKEN as error:
        raise _damaged(face, origin) from error


def _is_packed(origin: Path) -> bool:
    return origin.suffix == ".woff2"


def _made(face: Face, origin: Path) -> bytes:
    """Return a face as it is set, cut from its origin.

    Raises:
        RuntimeError, ValueError, LookupError, struct.error: the origin is damaged.
    """
    made = rename(_unpacked(origin) if _is_packed(origin) else _cut(origin, face.cut), face)
    if face.local:
        from faircopy.theme.apart import ensure_whole  # it loads fontTools

        ensure_whole(made)
    return made


def _damaged(face: Face, origin: Path) -> ToolError:
    if face.local:
        remedy = "Fetch it again from where it came from, and put it beside the theme."
    elif face.npm:
        folder = npm.folder(kit(face), face.store)
        remedy = f"Delete the folder {folder}, then run: {INSTALL}"
    else:
        at = f"{face.package}=={version(face.package)}"
        remedy = f"Run: pip install --force-reinstall --no-deps {at}"
    return ToolError.because(
        "font-damaged",
        f"The font {face.name} cannot be read: its file {origin.name} is damaged.",
        remedy,
    )


def data(face: Face) -> bytes:
    """Return the bytes of ``file(face)``."""
    return file(face).read_bytes()


def coverage(face: Face) -> frozenset[int]:
    """Return the code points that ``face`` has a glyph for.

    Raises:
        ToolError: the font's package is missing or damaged.
    """
    origin = source(face)
    points = _opened(file(face) if _is_packed(origin) else origin).points
    if not points:  # else another font would be taken
        raise _damaged(face, origin)
    return points


def missing(text: str, faces: Iterable[Face]) -> tuple[str, ...]:
    """Return the characters of ``text`` that no face has a glyph for, in order of appearance.

    White space, controls, and characters that are never drawn (joiners, direction marks, soft
    hyphens, variation selectors) need no glyph.
    """
    wanted = {char for char in set(text) if not invisible(char)}
    for face in faces:
        if not wanted:
            return ()
        points = coverage(face)
        wanted = {char for char in wanted if ord(char) not in points}
    return tuple(dict.fromkeys(char for char in text if char in wanted))


def subset(face: Face, text: str, *, features: Iterable[str] | None = None) -> bytes:
    """Return a font with the glyphs that ``text`` can need, as plain OpenType.

    It keeps every feature, or those that no writing does without and the given ``features``.
    """
    font = hb.Face(hb.Blob(data(face)))
    return bytes(hb.subset(font, wish(map(ord, text), features=features)).blob.data)


def wish(points: Iterable[int], *, features: Iterable[str] | None = None) -> hb.SubsetInput:
    """Return what HarfBuzz is asked for, to have the glyphs that characters can need."""
    made = hb.SubsetInput()
    made.unicode_set.update({*points, 0x20, 0xA0})
    for kept in (made.layout_script_tag_set, made.name_id_set):
        kept.clear()  # the defaults
        kept.invert()  # every one there is
    if features is None:
        made.layout_feature_tag_set.clear()
        made.layout_feature_tag_set.invert()
    else:
        made.layout_feature_tag_set.update({int.from_bytes(tag.encode()) for tag in features})
    made.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return made


def measure(face: Face, *, features: tuple[str, ...] = (), lang: str = "") -> Measured:
    """Return what gives the advance of a text set in one line, in em.

    ``features`` are OpenType tags to switch on, such as ``smcp``; ``lang`` is the text's language,
    by whose letters it is measured (OpenType's ``locl``: those of Bulgarian are not Russian's). The
    font is looked up once.
    """
    opened, switched = _opened(file(face)), dict.fromkeys(features, True)

    def measured(text: str) -> float:
        if not text:
            return 0.0  # HarfBuzz has no positions for no glyphs
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if lang:
            buffer.language = lang
        hb.shape(opened.font, buffer, switched)
        units: int = sum(place.x_advance for place in buffer.glyph_positions)
        return units / opened.upem

    return measured


def width(face: Face, text: str, size: float, *, features: tuple[str, ...] = ()) -> float:
    """Return the advance of ``text`` set in one line at ``size`` points, in points."""
    return measure(face, features=features)(text) * size


# --- reading -------------------------------------------------------------------------------------


class _Opened:
    """A font file opened once in a process."""

    def __init__(self, path: Path) -> None:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.points = frozenset(face.unicodes)
        self.upem: int = face.upem
        self.font = hb.Font(face)


@lru_cache(maxsize=64)
def _opened(path: Path) -> _Opened:
    return _Opened(path)


def invisible(char: str) -> bool:
    """Whether ``char`` is white space, a control, or default-ignorable (UAX #44)."""
    point = ord(char)
    return (
        char.isspace()
        or point < 0x20
        or 0x7F <= point <= 0x9F
        or point in (0xAD, 0x34F, 0x61C, 0x2060, 0xFEFF)
        or 0x200B <= point <= 0x200F
        or 0x202A <= point <= 0x202E
        or 0x2061 <= point <= 0x206F
        or 0xFE00 <= point <= 0xFE0F
        or 0xE0000 <= point <= 0xE0FFF
    )


# --- cutting -------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _hash(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _key(face: Face, origin: Path) -> str:
    axes = ",".join(f"{tag}={value:g}" for tag, value in sorted(face.cut.items()))
    parts = (_RECIPE, _hash(origin), axes.encode(), face.name.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _cut(origin: Path, axes: dict[str, float]) -> bytes:
    """Pin the axes of a variable font, at their default where ``axes`` has no value."""
    font = hb.Face(hb.Blob.from_file_path(str(origin)))
    wish = hb.SubsetInput()
    wish.keep_everything()
    if origin.suffix == ".otf":  # PDF's Identity-H takes a glyph's number for its CID
        wish.flags |= hb.SubsetFlags.CFF_IDENTITY_CHARSET
    wish.pin_all_axes_to_default(font)
    for tag, value in axes.items():
        wish.pin_axis_location(font, tag, value)
    return bytes(hb.subset(font, wish).blob.data)


def _unpacked(origin: Path) -> bytes:
    """Return the font in a WOFF 2 file as plain OpenType, which HarfBuzz reads.

    Raises:
        ValueError: the file is damaged.
    """
    import brotli  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont, TTLibError

    out = BytesIO()
    try:
        with TTFont(origin, recalcTimestamp=False) as font:
            font.flavor = None
            font.save(out)
    except (TTLibError, brotli.error, AssertionError) as error:
        raise ValueError(f"{origin.name} is no WOFF 2: {error}") from error
    return out.getvalue()

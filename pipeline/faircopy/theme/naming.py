"""A font's own names, written into its file.

The tables are changed as bytes (OpenType 1.9.1, "name", "OS/2", "head"): taking a font apart
and putting it together again with fontTools takes longer than cutting it does.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from faircopy.theme.tokens import Face

_DROPPED = ("STAT", "DSIG")
"""Tables that speak of the font that the cut was made from."""
_OURS = frozenset({1, 2, 3, 4, 6, 16, 17, 21, 22, 25})
_VERSION = 5
_WINDOWS_ENGLISH = (3, 1, 0x409)
_MAGIC = 0xB1B0AFBA


def rename(font: bytes, face: Face) -> bytes:
    """Give a font the names of ``face``, and the weight and style that menus go by."""
    tables = {tag: table for tag, table in tables_of(font).items() if tag not in _DROPPED}
    postscript = f"{face.family}-{face.style}".replace(" ", "")
    names = _names(tables["name"])
    version = next(
        (text.decode("utf-16-be") for key, text in names.items() if _is_version(key)), ""
    )
    texts = {1: face.family, 2: face.style, 3: f"{version};{postscript}", 4: face.name}
    kept = {key: text for key, text in names.items() if key[3] not in _OURS}
    for number, text in {**texts, 6: postscript}.items():
        kept[*_WINDOWS_ENGLISH, number] = text.encode("utf-16-be")
    tables["name"] = _name_table(kept)
    tables["OS/2"] = _weighed(tables["OS/2"], face)
    bold = face.weight == 700
    style = bold | int(face.italic) << 1
    tables["head"] = _put(_put(tables["head"], 8, ">I", 0), 44, ">H", style)
    return _assembled(font[:4], tables)


def _weighed(table: bytes, face: Face) -> bytes:
    (selection,) = struct.unpack_from(">H", table, 62)
    bold, regular = face.weight == 700, face.weight == 400 and not face.italic
    selection = selection & ~0b1100001 | bold << 5 | int(face.italic) | int(regular) << 6
    return _put(_put(table, 4, ">H", face.weight), 62, ">H", selection)


def _put(table: bytes, offset: int, form: str, value: int) -> bytes:
    field = struct.pack(form, value)
    return table[:offset] + field + table[offset + len(field) :]


# --- the table of names --------------------------------------------------------------------------

_Key = tuple[int, int, int, int]
"""Platform, encoding, language, name."""


def _is_version(key: _Key) -> bool:
    return key == (*_WINDOWS_ENGLISH, _VERSION)


def _names(table: bytes) -> dict[_Key, bytes]:
    _, count, start = struct.unpack_from(">HHH", table)
    names: dict[_Key, bytes] = {}
    for index in range(count):
        *key, length, offset = struct.unpack_from(">6H", table, 6 + 12 * index)
        names[key[0], key[1], key[2], key[3]] = table[start + offset : start + offset + length]
    return names


def _name_table(names: Mapping[_Key, bytes]) -> bytes:
    head = struct.pack(">HHH", 0, len(names), 6 + 12 * len(names))
    records, texts = b"", b""
    for key, text in sorted(names.items()):
        records += struct.pack(">6H", *key, len(text), len(texts))
        texts += text
    return head + records + texts


# --- the file ------------------------------------------------------------------------------------


def tables_of(font: bytes) -> dict[str, bytes]:
    """Return the tables of an OpenType font by their tags."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables: dict[str, bytes] = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables[tag.decode("latin-1")] = font[offset : offset + length]
    return tables


def _assembled(kind: bytes, tables: Mapping[str, bytes]) -> bytes:
    """Return a font file: directory sorted by tag, tables at multiples of four, checksums."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = kind + struct.pack(">4H", count, 16 << power, power, 16 * count - (16 << power))
    offset = 12 + 16 * count
    head = 0
    body = b""
    for tag, table in sorted(tables.items()):
        if tag == "head":
            head = offset
        directory += struct.pack(
            ">4sIII", tag.encode("latin-1"), _checksum(table), offset, len(table)
        )
        padded = table + bytes(-len(table) % 4)
        body += padded
        offset += len(padded)
    font = directory + body
    return _put(font, head + 8, ">I", (_MAGIC - _checksum(font)) & 0xFFFFFFFF)


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF

"""Zips that every program reads alike (APPNOTE.TXT 6.3.10): nothing in them is said twice.

A zip names its members in each one's own header and again in the directory at its end, and what
stands between, before and behind them is nobody's. One program goes by the headers, another by the
directory: what was looked at here would be something else there.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator

from faircopy.proof.static.fault import Fault

_HEADER = struct.Struct("<4s5H3L2H")  # 4.3.7
_END = struct.Struct("<4s4H2LH")  # 4.3.16
_FLAGS = 0x0800 | 0x06
"""UTF-8 names, and how hard the packer tried; the others move sizes, lock or patch."""
_KINDS = (0, stat.S_IFREG, stat.S_IFDIR)
"""Whoever unpacks a link or a device makes one."""


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what different programs would read differently in a zip that `zipfile` can open."""
    if len(data) < _END.size:
        yield Fault("", "it is no whole archive")
        return
    mark, _, _, here, there, size, start, comment = _END.unpack(data[-_END.size :])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    whole = start + size + _END.size == len(data) and here == there == len(members)
    if mark != b"PK\5\6" or comment or not whole:
        yield Fault("", "its directory does not stand at its end")
        return
    lower = {member.filename.casefold() for member in members}
    if len(lower) < len(members):
        yield Fault("", "two of its members differ in capitals only")
    if any(stat.S_IFMT(member.external_attr >> 16) not in _KINDS for member in members):
        yield Fault("", "it has something in it that is no file")
    place = 0
    for member in members:
        length = _length(data, member) if member.header_offset == place else 0
        if not length:
            yield Fault("", "a member of it has another name or place than its directory says")
            return
        place += length
    if place != start:
        yield Fault("", "it has something between its members and its directory")


def _length(data: bytes, member: zipfile.ZipInfo) -> int:
    """Return how many bytes a member takes with its header; 0 where that says something else."""
    header = data[member.header_offset :][: _HEADER.size]
    if len(header) < _HEADER.size:
        return 0
    mark, _, flags, method, _, _, crc, packed, size, name, extra = _HEADER.unpack(header)
    begins = member.header_offset + _HEADER.size
    said = (mark, flags, method, crc, packed, size, data[begins : begins + name])
    coding = "utf-8" if flags & 0x0800 else "cp437"
    known = (
        *(b"PK\3\4", member.flag_bits & _FLAGS, member.compress_type),
        *(member.CRC, member.compress_size, member.file_size),
        member.orig_filename.encode(coding, "replace"),
    )
    if said != known or member.filename != member.orig_filename or extra:
        return 0
    return begins + int(name) + member.compress_size - member.header_offset

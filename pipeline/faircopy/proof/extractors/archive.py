"""Open the zip and XML of an artifact with limits, as if a stranger had sent it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from lxml import etree

from faircopy.core.diagnostics import EditionError
from faircopy.core.limits import XML_ATTRIBUTES

Element = etree._Element

MAX_BYTES = 1_000_000_000
"""Most bytes that an archive may unpack to."""

MAX_XML = 60_000_000
"""Most bytes of a document in it; in memory it is thirty times as large."""

MAX_MEMBERS = 20_000

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, EOFError, LookupError, OverflowError, RuntimeError, ValueError),
)
"""What a damaged zip ends in: `zipfile` hands on what its parts raise."""

_LOCKED = 0x01 | 0x20 | 0x40
"""Flags of a member (APPNOTE, 4.4.4): encrypted, a patch of another, strongly encrypted."""


class Archive:
    """A zip file whose members are read one at a time, each name once."""

    def __init__(self, data: bytes) -> None:
        """Open ``data``.

        Raises:
            EditionError: it is no zip, is too large when unpacked, holds a name twice, or has a
                member that is locked or packed as none of ours is.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise _broken(f"it is no zip archive ({error})") from error
        members = self._zip.infolist()
        self.names = tuple(member.filename for member in members)
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
            raise _broken("it unpacks to more than any edition has")
        if len(set(self.names)) != len(self.names):
            raise _broken("it holds two members of the same name")
        if any(member.flag_bits & _LOCKED for member in members):
            raise _broken("it is locked")
        if any(member.compress_type not in _METHODS for member in members):
            raise _broken("it is packed as no edition is")

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises:
            EditionError: there is no such member, or it is damaged.
        """
        try:
            return self._zip.read(name)
        except _DAMAGED as error:
            raise _broken(f"{name} is missing or damaged") from error

    def xml(self, name: str) -> Element:
        """Return the root element of a member.

        Raises:
            EditionError: it is missing, damaged, too large or not well-formed.
        """
        if name in self.names and self._zip.getinfo(name).file_size > MAX_XML:
            raise _broken(f"{name} is larger than any edition has")
        return parse(self.read(name), name)


def parse(data: bytes, name: str, *, huge: bool = False) -> Element:
    """Parse XML: no entity is resolved, nothing is loaded from elsewhere.

    ``huge`` lifts libxml2's limits on the length of a text and on depth.

    Raises:
        EditionError: the data is not well-formed, or an element has attributes without end.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(f"{name} is not well-formed: {error.msg}") from error
    if root.xpath(f"boolean(//@*[{XML_ATTRIBUTES.most + 1}])"):
        raise _broken(f"an element in {name} has more than {XML_ATTRIBUTES}")
    return root


def _broken(why: str) -> EditionError:
    return EditionError.because(
        "artifact-unreadable", f"The artifact can't be read: {why}.", "Build it again."
    )

"""EPUBs in which nothing acts (EPUB 3.3): no script, nothing remote, nothing but known kinds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from faircopy.proof.extractors.archive import Archive
from faircopy.proof.static import alike
from faircopy.proof.static.archive import FONTS, TEXTS, beside, member
from faircopy.proof.static.fault import Fault, line_of, shown

_KINDS = (".xhtml", ".svg", ".css", ".png", ".jpg", ".jpeg", ".gif", ".opf", ".ncx", *FONTS)
_META = frozenset({"META-INF/container.xml", "META-INF/com.apple.ibooks.display-options.xml"})
_TOLD = frozenset({"a11y:certifierReport"})
"""Relations of the package (appendix D.5) to what a person may look up, and no reader fetches."""
_ACTIVE = frozenset({"scripted", "remote-resources", "switch"})
"""Properties of an item (EPUB 3.3, appendix D.4) that say that it is not static."""


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in an EPUB.

    Raises:
        EditionError: it is no archive, or what it has is damaged.
    """
    archive = Archive(data)
    yield from alike.faults(data)
    for name in archive.names:
        ending = posixpath.splitext(name)[1].lower()
        if name.endswith("/") or name == "mimetype":
            continue
        if ending not in (*_KINDS, TEXTS[0]) and name not in _META:
            yield Fault(name, "it has a file of an unknown kind")
            continue
        yield from (fault.within(name) for fault in member(archive, name))
        if ending == ".opf":
            yield from (fault.within(name) for fault in _package(archive, name))


def _package(archive: Archive, name: str) -> Iterator[Fault]:
    here = beside(archive, name)
    for item in archive.xml(name).iter("{*}item", "{*}link"):
        line, address = line_of(item), item.get("href") or ""
        told = (
            item.tag.endswith("}link")
            and item.get("rel") in _TOLD
            and address.startswith(("https://", "http://"))
        )
        if not told and not here(address):
            yield Fault("", f"it has a part that is not in the file: “{shown(address)}”", line)
        for mark in sorted(_ACTIVE.intersection((item.get("properties") or "").split())):
            yield Fault("", f"it has a part that is “{mark}”", line)
        kind = (item.get("media-type") or "").lower()
        if "script" in kind:
            yield Fault("", f"it has a part of the kind “{shown(kind)}”", line)

"""Our own rules for the exchange files of a translator's bundle: XLIFF 2.x and 1.2, TMX, TBX, PO.

The published schemas may not travel with this program, and no package brings them; so what the
specifications say of structure, and what no schema can say (ids that are unique, references that
lead somewhere, codes that come in pairs), is written here as rules. The tests hold the rules and
the published schemas against the same files. Independent readers are those of
``faircopy.proof.extractors``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from faircopy.core.diagnostics import Diagnostic, EditionError, FaircopyError, Place, Severity
from faircopy.proof.extractors.archive import Archive, parse
from faircopy.proof.judges import decided
from faircopy.proof.judges.exchange import po, tbx, tmx, xliff2, xliff12
from faircopy.proof.judges.exchange.grammar import Fault
from faircopy.proof.verdict import Verdict

NAME = "exchange rules"
VERSION = "2"
_SUFFIXES = (".xlf", ".xliff", ".tmx", ".tbx", ".po", ".pot")
_ZIP = b"PK\x03\x04"


def judge(path: Path) -> Verdict:
    """Hold each exchange file of a bundle against the rules of its form."""
    try:
        archive = Archive(path.read_bytes())
        found = [
            item
            for name in archive.names
            if name.endswith(_SUFFIXES)
            for item in findings(archive.read(name), name)
        ]
    except FaircopyError as error:
        return decided(NAME, VERSION, error.diagnostics)
    if not any(name.endswith(_SUFFIXES) for name in archive.names):
        found.append(_error(Fault("empty", "the bundle holds no exchange file"), path.name))
    return decided(NAME, VERSION, found)


def findings(data: bytes, name: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with one exchange file of ours; its content says which form it is.

    Raises:
        EditionError: it is not well-formed.
    """
    for fault in _faults(data, name):
        yield _error(fault, name)


def standing(data: bytes, name: str) -> Iterator[Diagnostic]:
    """Yield where a file of anybody's breaks its standard; of a zip, each exchange file in it.

    Rules that are only this house's are left out: see ``Fault.ours``.
    """
    try:
        files = dict(_held(data, name))
        if not files:
            yield _breach(Fault("empty", "the zip holds no exchange file"), name)
        for one, content in files.items():
            for fault in _faults(content, one):
                if not fault.ours:
                    yield _breach(fault, one)
    except EditionError as error:
        cause = error.__cause__
        line = (cause.lineno or 0) if isinstance(cause, etree.XMLSyntaxError) else 0
        said = (
            cause.msg if isinstance(cause, etree.XMLSyntaxError) else error.diagnostics[0].message
        )
        yield _breach(Fault("xml", f"the file is not well-formed: {said}", line), name)


def _held(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    if not data.startswith(_ZIP):
        yield name, data
        return
    archive = Archive(data)
    for one in archive.names:
        if one.lower().endswith(_SUFFIXES):
            yield f"{name}/{one}", archive.read(one)


def _faults(data: bytes, name: str) -> Iterator[Fault]:
    if name.lower().endswith((".po", ".pot")) or (not _is_xml(data) and po.looks_like(data)):
        return po.faults(data)
    root = parse(data, name)
    if root.tag in xliff2.ROOTS:
        return xliff2.faults(root)
    if root.tag == xliff12.ROOT:
        return xliff12.faults(root)
    if root.tag == tmx.ROOT:
        return tmx.faults(root)
    if root.tag == tbx.ROOT:
        return tbx.faults(root)
    return iter([Fault("form", f"its root {root.tag} is of no exchange form that is known")])


def _is_xml(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<")


def _breach(fault: Fault, name: str) -> Diagnostic:
    return Diagnostic(
        f"exchange-{fault.rule}",
        Severity.ERROR,
        f"{fault.unit}: {fault.what}" if fault.unit else fault.what,
        "Mend the file, or tell whoever makes the program that wrote it.",
        Place(name, fault.line),
    )


def _error(fault: Fault, name: str) -> Diagnostic:
    return Diagnostic(
        f"exchange-{fault.rule}",
        Severity.ERROR,
        f"{name}, line {fault.line}: {fault.what}." if fault.line else f"{name}: {fault.what}.",
        "Translators’ tools may refuse the file: report this with the manuscript.",
        Place(f"{name}#{fault.unit}" if fault.unit else name, fault.line),
    )

"""Our own rules for the exchange files of a translator's bundle: XLIFF 2.x and 1.2, TMX, TBX.

The published schemas may not travel with this program, and no package brings them; so what the
specifications say of structure, and what no schema can say (ids that are unique, references that
lead somewhere, codes that come in pairs), is written here as rules. The tests hold the rules and
the published schemas against the same files. Independent readers are those of
``faircopy.proof.extractors``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place, Severity
from faircopy.proof.extractors.archive import Archive, Element, parse
from faircopy.proof.judges import decided
from faircopy.proof.judges.exchange import tbx, tmx, xliff2, xliff12
from faircopy.proof.judges.exchange.grammar import Fault
from faircopy.proof.verdict import Verdict

NAME = "exchange rules"
VERSION = "1"
_SUFFIXES = (".xlf", ".xliff", ".tmx", ".tbx")


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
    """Yield what is wrong with one exchange file; its root says which form it is.

    Raises:
        EditionError: it is not well-formed.
    """
    root = parse(data, name)
    for fault in _faults(root):
        yield _error(fault, name)


def _faults(root: Element) -> Iterator[Fault]:
    if root.tag == xliff2.ROOT:
        return xliff2.faults(root)
    if root.tag == xliff12.ROOT:
        return xliff12.faults(root)
    if root.tag == tmx.ROOT:
        return tmx.faults(root)
    if root.tag == tbx.ROOT:
        return tbx.faults(root)
    return iter([Fault("form", f"its root {root.tag} is of no exchange form that is known")])


def _error(fault: Fault, name: str) -> Diagnostic:
    return Diagnostic(
        f"exchange-{fault.rule}",
        Severity.ERROR,
        f"{name}, line {fault.line}: {fault.what}." if fault.line else f"{name}: {fault.what}.",
        "Translators’ tools may refuse the file: report this with the manuscript.",
        Place(f"{name}#{fault.unit}" if fault.unit else name, fault.line),
    )

"""What a machine translated: taken where that is asked for, and marked until a person touches it.

Tools say of a sentence that a machine made it and nobody confirmed it (`xliff_tools`). Such a
guess is no translation, unless whoever takes the file in says that it is a machine's work: then all
of it is, but for the sentences that a named person has signed. The mark is a state of the stored
file, and goes when the words change or are reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.core.diagnostics import Severity
from faircopy.translation.findings import Finding
from faircopy.translation.forms import Record, Returned
from faircopy.translation.intake import Incoming
from faircopy.translation.job import State

OWN = frozenset({"XLIFF 2.0", "XLIFF 2.1", "XLIFF 2.2"})
"""The forms in which a machine's work is marked by us, and by no tool."""


def sorted_out(found: Incoming, *, wanted: bool) -> Incoming:
    """Return what came in with a machine's work marked, if it is wanted, and else without it."""
    returned = tuple(_marked(one) if wanted else _without(one) for one in found.returned)
    untaken = () if wanted else tuple(map(_untaken, filter(_is_guess, _records(found))))
    return Incoming(found.names, returned, (*found.findings, *untaken))


def _records(found: Incoming) -> Iterator[Record]:
    for one in found.returned:
        if one.form not in OWN:
            yield from one.records


def _is_guess(record: Record) -> bool:
    return record.machine and bool(record.target)


def _marked(returned: Returned) -> Returned:
    """Return a file of which all that has no reviewer's name is a machine's work."""
    records = []
    for record in returned.records:
        signed = record.signed is not None and bool(record.signed.by)
        machine = bool(record.target) and not signed
        records.append(msgspec.structs.replace(record, machine=machine))
    return msgspec.structs.replace(returned, records=tuple(records))


def _without(returned: Returned) -> Returned:
    """Return a file without what nobody confirmed; our own mark is by what is stored, not by it."""
    records = tuple(
        _bare(record, own=returned.form in OWN) if record.machine else record
        for record in returned.records
    )
    return msgspec.structs.replace(returned, records=records)


def _bare(record: Record, *, own: bool) -> Record:
    if own:
        return msgspec.structs.replace(record, machine=False)
    return msgspec.structs.replace(record, target=(), state=State.INITIAL, machine=False)


def _untaken(record: Record) -> Finding:
    return Finding(
        "unconfirmed",
        Severity.WARNING,
        record.id,
        "a machine made the translation and nobody has confirmed it; it was not taken",
        "Confirm it in your tool and send the file again, or take all as a machine's work with"
        " --machine.",
        record.place,
    )

"""Pictures that come along with an edition: JPEG (ITU-T T.81) and nothing before or behind it."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.proof.static.fault import Fault

_BEGIN, _END = b"\xff\xd8\xff", b"\xff\xd9"


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what tells that a file is no picture, or that something hangs on it."""
    if not (data.startswith(_BEGIN) and data.endswith(_END)):
        yield Fault("", "it is no JPEG picture")

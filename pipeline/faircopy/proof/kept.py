"""Verdicts that were given before: on the same bytes, by the same judge, in the same version.

What is kept and where, a caller decides; here is only what makes two questions the same. What
did not run is never kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from faircopy.proof import tools
from faircopy.proof.fidelity import Proof
from faircopy.proof.verdict import Status


class Store(Protocol):
    """Where verdicts are kept by key; a judge's as the proof that has only its verdict."""

    def load(self, key: str) -> Proof | None:
        """Return what was kept, or None."""

    def store(self, key: str, value: Proof) -> None:
        """Keep it; may raise OSError."""


class Memory(msgspec.Struct, frozen=True):
    """What was said before.

    Attributes:
        place: where it is kept.
        state: the hash of this program and its environment.
        now: the present moment (UTC), as verdicts will show it.
        fresh: whether everybody is asked anew; what they say is kept all the same.
    """

    place: Store
    state: str
    now: str
    fresh: bool = False

    def key(self, who: str, programs: Iterable[str], *parts: bytes) -> str:
        """Return the key of a question to ``who``, who runs ``programs``, about ``parts``."""
        whole = hashlib.sha256()
        marks = (f"{name}={tools.mark(name)}" for name in programs)
        for part in (self.state.encode(), who.encode(), *(m.encode() for m in marks), *parts):
            whole.update(hashlib.sha256(part).digest())
        return whole.hexdigest()

    def recall(self, key: str) -> Proof | None:
        """Return what was said, with the moment at which it was."""
        return None if self.fresh else self.place.load(key)

    def keep(self, key: str, proof: Proof) -> Proof:
        """Keep what was said now, if anything was."""
        if proof.verdict.status is not Status.NOT_RUN:
            dated = msgspec.structs.replace(proof.verdict, when=self.now)
            try:
                self.place.store(key, msgspec.structs.replace(proof, verdict=dated))
            except OSError:
                return proof  # it costs time at the next check, and nothing else
        return proof


def identity(path: Path, data: bytes) -> tuple[bytes, ...]:
    """Return what a file is to a judge: its name and its bytes."""
    return path.name.encode(), data

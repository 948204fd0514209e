"""Put every question about files at once: to judges and readers that are programs of their own.

They run beside each other, the longest first; a judge that is one Java for many files is asked
about all of them together. What was answered before, on the same bytes, is not asked again.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path

import msgspec

from faircopy.core.model import Artifact, Publication
from faircopy.proof import judges
from faircopy.proof.extractors.table import Extractor
from faircopy.proof.fidelity import Proof, prove, readers
from faircopy.proof.judges import Judge
from faircopy.proof.kept import Memory, identity
from faircopy.proof.verdict import Verdict

Answer = Callable[[], Proof]


class Subject(msgspec.Struct, frozen=True):
    """A file under examination; ``publication`` is the text that it ought to say, if known."""

    path: Path
    artifact: Artifact
    publication: Publication | None


class Asking:
    """The questions about some files, under way since this was made."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        pool: Executor,
        memory: Memory | None,
    ) -> None:
        self._pool = pool
        self._memory = memory
        self._answers: dict[tuple[str, Path], Answer] = {}
        self._texts: dict[int, bytes] = {}
        together = [judge for judge in judges.JUDGES if judge.together]
        others = [judge for judge in judges.JUDGES if not judge.together]
        for judge in together:
            self._ask_together(judge, subjects)
        for subject in subjects:
            for reader in readers(subject.artifact.name):
                self._read(reader, subject)
        for judge in others:
            for subject in subjects:
                self._ask(judge, subject)

    def verdicts(self, subject: Subject) -> tuple[Verdict, ...]:
        """Wait for what the judges say of a file."""
        asked = judges.of(subject.path)
        return tuple(self._answers[judge.name, subject.path]().verdict for judge in asked)

    def proofs(self, subject: Subject) -> tuple[Proof, ...]:
        """Wait for what the readers say of a file, if its text is known."""
        found = readers(subject.artifact.name) if subject.publication else ()
        return tuple(self._answers[reader.name, subject.path]() for reader in found)

    # --- judges ----------------------------------------------------------------------------------

    def _ask(self, judge: Judge, subject: Subject) -> None:
        if judge in judges.of(subject.path):
            name = judge.name, subject.path
            key = self._key(judge.name, judge.programs, subject)
            if not self._recalled(name, key):
                _load(judge.module)
                future = self._pool.submit(judges.ask, judge, subject.path)
                self._answers[name] = self._judged(subject, key, future.result)

    def _ask_together(self, judge: Judge, subjects: Sequence[Subject]) -> None:
        waiting: list[tuple[Subject, str]] = []
        for subject in subjects:
            if judge in judges.of(subject.path):
                key = self._key(judge.name, judge.programs, subject)
                if not self._recalled((judge.name, subject.path), key):
                    waiting.append((subject, key))
        if not waiting:
            return
        paths = [subject.path for subject, _ in waiting]
        _load(judge.module)
        future = self._pool.submit(judges.ask_all, judge, paths)
        for number, (subject, key) in enumerate(waiting):
            self._answers[judge.name, subject.path] = self._judged(
                subject, key, _nth(future, number)
            )

    def _judged(self, subject: Subject, key: str, verdict: Callable[[], Verdict]) -> Answer:
        return lambda: self._kept(key, Proof(subject.artifact.name, verdict()))

    # --- readers ---------------------------------------------------------------------------------

    def _read(self, reader: Extractor, subject: Subject) -> None:
        """Have a program read beside the others; our own reading is quick and done when needed."""
        publication = subject.publication
        if publication is None:
            return
        name = reader.name, subject.path
        if not reader.programs:
            self._answers[name] = lambda: prove(publication, subject.artifact, reader)
            return
        key = self._key(reader.name, reader.programs, subject, self._text(publication))
        if not self._recalled(name, key):
            _load(reader.module)
            future = self._pool.submit(prove, publication, subject.artifact, reader)
            self._answers[name] = lambda: self._kept(key, future.result())

    def _text(self, publication: Publication) -> bytes:
        """Return a text as bytes, made once."""
        if id(publication) not in self._texts:
            self._texts[id(publication)] = msgspec.msgpack.encode(publication)
        return self._texts[id(publication)]

    # --- what was said before --------------------------------------------------------------------

    def _key(self, who: str, programs: Sequence[str], subject: Subject, *more: bytes) -> str:
        if self._memory is None:
            return ""
        return self._memory.key(
            who, programs, *identity(subject.path, subject.artifact.data), *more
        )

    def _recalled(self, name: tuple[str, Path], key: str) -> bool:
        found = self._memory.recall(key) if self._memory else None
        if found is None:
            return False
        self._answers[name] = lambda: found
        return True

    def _kept(self, key: str, proof: Proof) -> Proof:
        return self._memory.keep(key, proof) if self._memory else proof


def _nth(future: Future[tuple[Verdict, ...]], number: int) -> Callable[[], Verdict]:
    return lambda: future.result()[number]


def _load(module: str) -> None:
    """Import a module before a thread needs it: two that import parts of a package can lock."""
    with contextlib.suppress(ImportError):  # who asks it is told
        importlib.import_module(module)

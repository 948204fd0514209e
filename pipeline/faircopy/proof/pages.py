"""Check the pages that lie above and beside the editions: those of the shelf.

They are derived from the sets, so it is known to the byte what they ought to be. What is otherwise
may have been put there by anybody, and is not opened; what is as it ought to be is shown to the
judges of pages, as the web editions are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from faircopy.core.diagnostics import Diagnostic, EditionError, Place, Severity, legible
from faircopy.core.model import Artifact
from faircopy.proof import static
from faircopy.proof.asking import Asking, Subject
from faircopy.proof.report import Checked
from faircopy.proof.verdict import Status, Verdict

_NAME = "derived"


class Pages:
    """The pages in a ``dist/``; ``wanted`` has their bytes by the names that they have there."""

    def __init__(self, dist: Path, wanted: Mapping[str, bytes]) -> None:
        self._subjects: dict[str, Subject] = {}
        self._seen: dict[str, Verdict] = {}
        for name, data in wanted.items():
            found = b""
            try:
                found = static.read(dist / name)
                self._seen[name] = _compared(name, found, data)
            except EditionError as error:
                self._seen[name] = static.refused(error)
            artifact = Artifact(name=name, media_type="text/html", data=found, facts={})
            self._subjects[name] = Subject(dist / name, artifact, None)

    def openable(self) -> Iterator[Subject]:
        """Yield the pages that may be opened."""
        yield from (one for name, one in self._subjects.items() if self._is_right(name))

    def checked(self, asking: Asking) -> tuple[Checked, ...]:
        """Wait for all that is said of the pages."""
        return tuple(
            Checked(
                name=legible(name),
                size=len(subject.artifact.data),
                sha256=hashlib.sha256(subject.artifact.data).hexdigest(),
                facts={},
                proofs=(),
                verdicts=(
                    self._seen[name],
                    *(asking.verdicts(subject) if self._is_right(name) else ()),
                ),
            )
            for name, subject in self._subjects.items()
        )

    def _is_right(self, name: str) -> bool:
        return self._seen[name].status is Status.PASSED


def _compared(name: str, data: bytes, wanted: bytes) -> Verdict:
    if data == wanted:
        return Verdict(_NAME, "", Status.PASSED)
    finding = Diagnostic(
        "page-changed",
        Severity.ERROR,
        f"{name} was not opened: it is not the page that the editions in dist/ give.",
        "Run ./inv build, which makes it again.",
        Place(name),
    )
    return Verdict(_NAME, "", Status.FAILED, (finding,))

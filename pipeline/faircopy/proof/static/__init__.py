"""Is a file static? Before anything opens it, it is shown that nothing in it acts or fetches.

What lies in ``dist/`` may have been put there by anybody. These checks know nothing of how our
editions are made: what is not on their lists is an error, and no program is started for the file.
They read with lxml, tinycss2 and pikepdf, which run nothing and load nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from faircopy.core import files
from faircopy.core.diagnostics import Diagnostic, EditionError, Severity, errors, legible
from faircopy.proof.static import archive, docx, epub, page, pdf, picture
from faircopy.proof.static.fault import Fault
from faircopy.proof.verdict import Status, Verdict

NAME = "static"
_SHOWN = 20
"""How many faults of a file are told."""

_CHECKS: dict[str, Callable[[bytes], Iterator[Fault]]] = {
    ".epub": epub.faults,
    ".docx": docx.faults,
    ".pdf": pdf.faults,
    ".fragment.html": page.faults_of_article,
    ".html": page.faults,
    ".translation.zip": archive.faults,
    ".jpg": picture.faults,
}


def read(path: Path) -> bytes:
    """Return the bytes of a file of ``dist/``, which anybody may have put there.

    Raises:
        EditionError: it is no file but a pipe, a device, a folder or a link; it cannot be read; or
            its name has in it what a terminal obeys or what is no text.
    """
    if legible(path.name) != path.name:
        raise EditionError(_finding(path.name, Fault("", "its name is no text")))
    try:
        return files.read(path)
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise EditionError(_finding(path.name, Fault("", why))) from error


def refused(error: EditionError) -> Verdict:
    """Return the verdict on a file that could not even be read."""
    return Verdict(NAME, "", Status.FAILED, error.diagnostics)


def judge(name: str, data: bytes) -> Verdict:
    """Say whether the file of this name is static. One of an unknown format is not."""
    check = next((own for suffix, own in _CHECKS.items() if name.endswith(suffix)), None)
    if check is None:
        found = [_finding(name, Fault("", "nobody here knows how it could be looked at"))]
    else:
        found = []
        try:
            for fault in check(data):
                found.append(_finding(name, fault))
                if len(found) == _SHOWN:
                    break
        except EditionError as error:
            found += error.diagnostics
    status = Status.FAILED if errors(found) else Status.PASSED
    return Verdict(NAME, "", status, tuple(dict.fromkeys(found)))


def demand(name: str, data: bytes) -> None:
    """See that a file is static.

    Raises:
        EditionError: it is not.
    """
    found = judge(name, data).findings
    if found:
        raise EditionError(*found)


def _finding(name: str, fault: Fault) -> Diagnostic:
    name = legible(name)
    return Diagnostic(
        "not-static",
        Severity.ERROR,
        f"{name} was not opened: {fault.what}.",
        "Build it again. If it was made here and is as it was made, report this.",
        fault.place(name),
    )

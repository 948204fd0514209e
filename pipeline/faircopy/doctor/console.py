"""The doctor at the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from faircopy.core import own
from faircopy.core.diagnostics import EditionError
from faircopy.core.door import as_typed
from faircopy.doctor.examination import examine
from faircopy.doctor.findings import as_json, describe
from faircopy.doctor.mending import install, install_fonts

ALL = "all"
FONTS = "fonts"


def consult(root: Path, *, mend: str = "", json: bool = False) -> bool:
    """Show what this machine has and lacks; return whether everything can be built.

    Args:
        root: the project's folder.
        mend: what is installed first where it is missing: ``all``, or ``fonts`` alone.
        json: whether one JSON document is shown instead of text.

    Raises:
        EditionError: ``mend`` is something else.
        ToolError: see `install`.
    """
    if mend not in ("", ALL, FONTS):
        raise EditionError.because(
            "install-unknown",
            f"Nothing called “{mend}” can be installed.",
            "Write --install=fonts, or --install for all that is missing.",
        )
    if mend == FONTS:
        install_fonts(own.folder(), _running)
    elif mend:
        install(examine(root), own.folder(), _running)
    found = examine(root)
    sys.stdout.write(as_typed(f"{as_json(found) if json else describe(found)}\n"))
    return not any(item.stops for item in found)


def _running(line: str) -> None:
    sys.stderr.write(f"running: {line}\n")

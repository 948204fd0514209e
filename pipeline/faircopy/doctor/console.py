"""The doctor at the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from faircopy.core.door import as_typed
from faircopy.doctor.examination import examine
from faircopy.doctor.findings import as_json, describe
from faircopy.doctor.mending import install


def consult(root: Path, *, mend: bool = False, json: bool = False) -> bool:
    """Show what this machine has and lacks; return whether everything can be built.

    With ``mend`` what is missing is installed first.

    Raises:
        ToolError: see `install`.
    """
    found = examine(root)
    if mend:
        install(found, lambda line: _say(f"running: {line}"))
        found = examine(root)
    sys.stdout.write(as_typed(f"{as_json(found) if json else describe(found)}\n"))
    return not any(item.stops for item in found)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")

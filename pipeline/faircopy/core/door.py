"""The words that a user typed to come in, for messages that name a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

WRITTEN = "./inv"
"""What messages are written with: the door of this project's own checkout."""
DOOR = "FAIRCOPY_DOOR"
_INVOKE = ("inv", "invoke")


def typed(environ: Mapping[str, str] = os.environ, argv: Sequence[str] = ()) -> str:
    """Return the command before a task's name: ``./inv``, ``invoke`` or ``faircopy``."""
    program = Path((argv or sys.argv)[0]).name
    return environ.get(DOOR) or ("invoke" if program in _INVOKE else "faircopy")


def as_typed(text: str) -> str:
    """Return ``text`` with every command as the user would type it."""
    door = typed()
    return text if door == WRITTEN else text.replace(f"{WRITTEN} ", f"{door} ")

"""A process of its own for what strangers send: it must end, soon, and in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def said(program: str, *args: str, seconds: float, megabytes: float) -> bytes:
    """Run a program of Python and return what it says.

    Args:
        program: its text.
        args: its arguments.
        seconds: the processor time that it may take.
        megabytes: the memory that it may have.
    """
    child = subprocess.Popen(
        [sys.executable, "-c", program, *args], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert child.stdout
    heard = child.stdout.read()
    _, status, took = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    assert took.ru_utime + took.ru_stime < seconds
    assert took.ru_maxrss / (1000 if sys.platform == "linux" else 1_000_000) < megabytes
    return heard

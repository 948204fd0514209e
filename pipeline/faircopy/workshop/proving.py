"""What those run who change Faircopy: the checks of its code, its tests, its snapshots."""

from __future__ import annotations

import sys
from pathlib import Path

from faircopy.core import process


def prove(root: Path, *, only: str = "", slow: bool = False, fuzz: int = 0) -> bool:
    """Run ruff, mypy and the tests, each whatever the others say; return whether all passed.

    Args:
        root: the checkout.
        only: run only the tests that match, as in ``pytest -k``, the slow ones among them too.
        slow: run the slow tests too.
        fuzz: how many random manuscripts are tried; 0 for as many as the suite has.
    """
    tests = ["pytest", "-n", "auto", *_only(only)]
    tests += ["--fuzz", str(fuzz)] if fuzz else []
    tests += [] if slow or only else ["-m", "not slow"]
    commands = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], tests)
    failed = [command[0] for command in commands if not _python(root, *command)]
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return not failed


def take_snapshots(root: Path, *, only: str = "") -> bool:
    """Write the snapshots anew, show what that changes, and return whether all else passed."""
    passed = _python(root, "pytest", "--snapshot-update", *_only(only))
    process.attended(["git", "--no-pager", "diff", "--stat", "-p", "--", "tests"], cwd=root)
    if not passed:
        sys.stderr.write("some tests failed for another reason\n")
    return passed


def _only(match: str) -> list[str]:
    return ["-k", match] if match else []


def _python(root: Path, *args: str) -> bool:
    """Run a module of this Python in the checkout; return whether it succeeded.

    What it begins may take modules from where it stands, since tests import tests.
    """
    command = [sys.executable, "-m", *args]
    return process.attended(command, cwd=root, without=("PYTHONSAFEPATH",)) == 0

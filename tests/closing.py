"""The suite's last line: what did not run, and how it is run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest

INSTALL = "./inv doctor --install"
_MISSING = re.compile(r"(?:did not run, |The program )(.+?) is not installed")
_COUNT = "deselected"


class Closing:
    """Counts what did not run, in all processes, and says it when all else has been said."""

    def __init__(self) -> None:
        self.left_out = 0
        self.reasons: list[str] = []

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Count what was not chosen."""
        self.left_out += len(items)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the process that started this one, where one did."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_COUNT] = self.left_out

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear it: each process chose for itself, and all chose the same."""
        said = getattr(node, "workeroutput", {})  # one that broke down says nothing
        self.left_out = max(self.left_out, said.get(_COUNT, 0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note why a test did not run."""
        if report.skipped and not hasattr(report, "wasxfail"):
            why = report.longrepr
            self.reasons.append(why[2] if isinstance(why, tuple) else str(why))

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Say the last line."""
        terminal = config.pluginmanager.get_plugin("terminalreporter")
        if terminal and not hasattr(config, "workeroutput") and not config.option.collectonly:
            terminal.write_line(line(self.reasons, self.left_out))


def line(reasons: Iterable[str], left_out: int) -> str:
    """Return the last line of a run.

    Args:
        reasons: why tests were skipped, one for each test.
        left_out: how many the command did not choose.
    """
    whys = list(reasons)
    missing = [found[1] for why in whys if (found := _MISSING.search(why))]
    others = len(whys) - len(missing)
    parts = []
    if missing:
        names = ", ".join(sorted(set(missing)))
        parts.append(f"{len(missing)} for want of {names} ({INSTALL} fetches what it can)")
    if others:
        parts.append(f"{others} for the reasons above")
    if left_out:
        parts.append(f"{left_out} that were not asked for (./inv test --slow runs all)")
    if not parts:
        return "Every test ran."
    return f"Did not run: {'; '.join(parts)}."

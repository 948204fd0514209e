"""What ``./inv`` runs: invoke, without what it loads and no task of ours uses.

Invoke's classes for testing need ``unittest.mock`` and with it ``asyncio``, its configuration
files need YAML; together they are a third of its loading.
"""

from __future__ import annotations

import sys
from pathlib import Path


def run() -> None:
    """Run the task that the command line names, and end the process with its exit code."""
    sys.path.insert(0, str(Path(__file__).parents[1]))  # run by its path, which -P leaves out
    from faircopy.core.later import lazy, postponed

    with postponed("unittest.mock"), lazy("invoke.vendor.yaml"):
        from invoke.main import program
    program.run()


if __name__ == "__main__":
    run()

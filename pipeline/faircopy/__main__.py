"""The door: ``faircopy TASK`` in a project's folder, which ``./inv TASK`` is in a checkout.

Invoke's classes for testing need ``unittest.mock`` and with it ``asyncio``, its configuration
files need YAML; together they are a third of its loading.
"""

from __future__ import annotations

import sys
from pathlib import Path


def run() -> None:
    """Run the task that the command line names, and end the process with its exit code."""
    if not __package__:  # run by its path, which -P leaves out
        sys.path.insert(0, str(Path(__file__).parents[1]))
    from faircopy import __version__
    from faircopy.core.later import lazy, postponed

    with postponed("unittest.mock"), lazy("invoke.vendor.yaml"):
        from invoke.program import Program

        from faircopy.core.door import typed
        from faircopy.tasks import namespace
    door = typed()
    Program(version=__version__, namespace=namespace, name="Faircopy", binary=door).run()


if __name__ == "__main__":
    run()

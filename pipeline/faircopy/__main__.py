"""The door: ``faircopy TASK`` in a project's folder, which ``./inv TASK`` is in a checkout.

Invoke's classes for testing need ``unittest.mock`` and with it ``asyncio``, its configuration
files need YAML; together they are a third of its loading.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from pathlib import Path

HOMEBREW = Path("/opt/homebrew/lib")
SERVER = "faircopy.publish.server"
UNHEARD = 141
"""Exit code when whoever read our output has gone, as shells have it for SIGPIPE."""


def run() -> None:
    """Run the task that the command line names, and end the process with its exit code."""
    if not __package__:  # run by its path, which -P leaves out
        sys.path.insert(0, str(Path(sys.argv[0]).absolute().parents[1]))
    shut_out_modules()
    _open_streams()
    _find_homebrew()
    from faircopy.core import memory  # before there is none left

    if words := memory.too_little():
        _say(words)
        raise SystemExit(1)
    memory.end_with_threads(_say)
    try:
        try:
            _run()
        finally:
            sys.stdout.flush()
            gc.freeze()  # the end of a process is no time to look for garbage
    except BrokenPipeError:
        _close_streams()
        raise SystemExit(UNHEARD) from None
    except Exception as error:
        if memory.is_lacking(error):
            words = f"{memory.SAID} {memory.REMEDY}"
        elif isinstance(error, OSError):
            where = f"{error.filename} could not be used"
            what = where if error.filename else "not all could be done or said"
            words = f"{what}: {error.strerror or error}"
        else:
            raise
        _close_streams()
        _say(words)
        raise SystemExit(1) from None


def shut_out_modules() -> None:
    """Take no module from the folder that we stand in, which may be a stranger's project.

    Python looks there first when it is begun with ``-m`` or ``-c``, as our workers are: a file
    named like a module of Python's would be run.
    """
    os.environ["PYTHONSAFEPATH"] = "1"  # for those that we begin (Python 3.11)
    with contextlib.suppress(OSError):  # the folder is gone
        if sys.path[:1] in ([""], [os.getcwd()]) and __package__:  # noqa: PTH109
            del sys.path[0]


def _run() -> None:
    if sys.argv[1:2] == ["build"]:
        _begin_server()
    try:
        _run_task()
    finally:
        if SERVER in sys.modules:
            sys.modules[SERVER].end()


def _begin_server() -> None:
    """Have what a build needs loaded by the workers' forkserver while we load ourselves."""
    from faircopy.publish import server

    if server.FORKS:
        with contextlib.suppress(OSError):  # told when a worker is to be begun
            server.begin((server.TYPESETTING,))


def _run_task() -> None:
    from faircopy import __version__
    from faircopy.core import scratch
    from faircopy.core.later import lazy, postponed

    with postponed("unittest.mock"), lazy("invoke.vendor.yaml"):
        from faircopy.cli import Door, Unconfigured
        from faircopy.core.door import typed
        from faircopy.tasks import namespace
    scratch.begin()
    Door(
        version=__version__,
        namespace=namespace,
        name="Faircopy",
        binary=typed(),
        config_class=Unconfigured,
    ).run()


def _find_homebrew() -> None:
    """Let Homebrew's libraries be found on Apple's own processors: they lie where nobody looks."""
    if sys.platform == "darwin" and HOMEBREW.is_dir():
        places = f"{HOMEBREW}:/usr/local/lib:/usr/lib"
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", places)


def _open_streams() -> None:
    """Give a process that was begun without an output (``>&-``) one that nobody reads."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))


def _close_streams() -> None:
    """Send what is left of the output to nobody: Python writes it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


if __name__ == "__main__":
    run()

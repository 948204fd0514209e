"""The forkserver that workers come from: it loads once what all of them need.

It can be begun before this process has loaded itself, so that both load side by side: what is
imported here is part of that.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from multiprocessing import forkserver
from typing import Any

import faircopy

FORKS = sys.platform == "linux"
"""Whether there is one: macOS's frameworks do not survive a fork (Pango draws on CoreText)."""
TYPESETTING = "faircopy.publish.loaded"
"""The module that loads what typesetters need."""
_ALWAYS = "faircopy.publish.budget"
_WHERE = "PYTHONPATH"


def begin(loaded: Sequence[str]) -> Any:
    """Begin the forkserver, unless it runs, and return the context that forks from it.

    It loads the modules and passes over what it does not find. It is not told where this process
    looks for modules (Python 3.11), so the environment says where these are.

    Raises:
        OSError: no process can be had.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_ALWAYS, *loaded])
    before = os.environ.get(_WHERE)
    os.environ[_WHERE] = os.path.dirname(faircopy.__path__[0])  # noqa: PTH120 - pathlib is later
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ[_WHERE]
        else:
            os.environ[_WHERE] = before
    return context


def end() -> None:
    """End the forkserver at once, when nobody needs it any more.

    By itself it ends when it has loaded all, and unloaded it: whoever reads our output through a
    pipe would wait for that, since the server holds the other end.
    """
    server: Any = forkserver._forkserver
    if server._forkserver_pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(server._forkserver_pid, signal.SIGKILL)

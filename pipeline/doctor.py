"""What this machine has and lacks for building and checking, and how to mend it.

Nothing counts as present that was not tried: a library is loaded, a program is run, a folder
is written to.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from importlib import metadata
from pathlib import Path

import msgspec
from packaging.requirements import Requirement
from packaging.version import Version

from pipeline import pandoc, process, theme
from pipeline.diagnostics import FaircopyError, ToolError
from pipeline.theme import sources
from pipeline.tools import TOOLS, Need, Tool, debian_packages, install_command

OLDEST_PYTHON = (3, 11)
PANDOC = "3.9"
RUN_SECONDS = 30.0
INSTALL_SECONDS = 1800.0
PANGO = Tool(
    program="pango",
    needed_for=Need.BUILD,
    purpose="sets the text of a PDF",
    debian=("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    brew="pango",
)


class State(StrEnum):
    """What an examination showed."""

    PRESENT = "present"
    MISSING = "missing"
    BROKEN = "broken"


class Finding(msgspec.Struct, frozen=True):
    """One thing examined.

    Attributes:
        name: what was examined.
        need: what stands still without it.
        state: what came out.
        detail: its version, or what is wrong with it.
        command: the line to type that mends it; "" when it is present.
    """

    name: str
    need: Need
    state: State
    detail: str
    command: str = ""

    @property
    def stops(self) -> bool:
        """Whether nothing can be built before it is mended."""
        return self.state is not State.PRESENT and self.need is Need.BUILD


def examine(root: Path) -> tuple[Finding, ...]:
    """Examine everything that the checkout at ``root`` needs, in the order of its use."""
    with ThreadPoolExecutor() as pool:
        tools = pool.map(examine_tool, TOOLS)
        return (
            examine_python(),
            examine_requirements(root / "requirements.lock"),
            examine_pandoc(),
            examine_weasyprint(),
            *examine_fonts(),
            examine_folder(root / "dist"),
            examine_folder(root / ".cache"),
            *tools,
        )


def examine_python() -> Finding:
    """Examine the Python that runs us."""
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        wish = ".".join(map(str, OLDEST_PYTHON))
        detail = f"{version}; {wish} or later is needed"
        return Finding("Python", Need.BUILD, State.BROKEN, detail, "./inv doctor")
    return Finding("Python", Need.BUILD, State.PRESENT, version)


def examine_requirements(lock: Path) -> Finding:
    """Compare what is installed with ``requirements.lock``."""
    name, again = "Python packages", "rm -r .venv && ./inv doctor"
    try:
        wanted = dict(_locked(lock.read_text(encoding="utf-8")))
    except OSError as error:
        return Finding(name, Need.BUILD, State.BROKEN, f"no lock: {error}", "git checkout .")
    found = {package: _version(package) for package in wanted}
    wrong = [
        f"{package} {version} ({found[package] or 'not installed'})"
        for package, version in wanted.items()
        if found[package] != version
    ]
    if wrong:
        detail = f"not as locked: {', '.join(wrong)}"
        return Finding(name, Need.BUILD, State.BROKEN, detail, again)
    return Finding(name, Need.BUILD, State.PRESENT, f"all {len(wanted)} as locked")


def _locked(lock: str) -> Iterator[tuple[str, Version]]:
    """Yield name and version of each requirement of a lock that this platform needs."""
    for line in lock.splitlines():
        if line and line[0] not in " #":
            requirement = Requirement(line.removesuffix("\\"))
            if requirement.marker is None or requirement.marker.evaluate():
                yield requirement.name, Version(next(iter(requirement.specifier)).version)


def _version(package: str) -> Version | None:
    try:
        return Version(metadata.version(package))
    except metadata.PackageNotFoundError:
        return None


def examine_pandoc() -> Finding:
    """Ask pandoc for its version."""
    again = "rm -r .venv && ./inv doctor"
    try:
        version = pandoc.version()
    except ToolError as error:
        return Finding("pandoc", Need.BUILD, State.MISSING, _first(error), again)
    if version != PANDOC:
        detail = f"{version}; its tree is read as that of {PANDOC}"
        return Finding("pandoc", Need.BUILD, State.BROKEN, detail, again)
    return Finding("pandoc", Need.BUILD, State.PRESENT, version)


def examine_weasyprint() -> Finding:
    """Load WeasyPrint, which looks for Pango and HarfBuzz as it loads."""
    try:
        import weasyprint
        from weasyprint.text import ffi
    except (ImportError, OSError) as error:
        command = PANGO.install_command()
        return Finding("WeasyPrint", Need.BUILD, State.MISSING, str(error), command)
    number = int(ffi.pango.pango_version())
    pango = f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
    if ffi.harfbuzz_subset is None:
        detail = "HarfBuzz's subsets are missing"
        return Finding("WeasyPrint", Need.BUILD, State.BROKEN, detail, PANGO.install_command())
    detail = f"{weasyprint.__version__} with Pango {pango}"
    return Finding("WeasyPrint", Need.BUILD, State.PRESENT, detail)


def examine_fonts() -> Iterator[Finding]:
    """Look for the file of each face that the house's themes name."""
    try:
        faces = {face.name: face for name in theme.names() for face in theme.load(name).faces}
    except FaircopyError as error:
        yield Finding("fonts", Need.BUILD, State.BROKEN, _first(error), "./inv lint")
        return
    for name, face in faces.items():
        need = Need.EXTRA if face.optional else Need.BUILD
        try:
            path = sources.source(face)
        except ToolError as error:
            remedy = error.diagnostics[0].remedy.removeprefix("Run: ")
            yield Finding(name, need, State.MISSING, _first(error), remedy)
        else:
            yield Finding(name, need, State.PRESENT, f"{face.package or face.npm}, {path.name}")


def examine_folder(folder: Path) -> Finding:
    """Try whether ``folder`` can be made and written to."""
    name, command = f"{folder.name}/", f"chmod u+rwx {folder.name}"
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"probe")
    except OSError as error:
        why = error.strerror or str(error)
        return Finding(name, Need.BUILD, State.BROKEN, f"cannot be written: {why}", command)
    return Finding(name, Need.BUILD, State.PRESENT, "can be written")


def examine_tool(tool: Tool) -> Finding:
    """Run a program for its version."""
    path = tool.path()
    if path is None:
        detail = f"not installed: {tool.purpose}"
        command = tool.install_command()
        return Finding(tool.program, tool.needed_for, State.MISSING, detail, command)
    try:
        done = process.run([path, *tool.version], timeout=RUN_SECONDS)
    except ToolError as error:
        command = tool.install_command()
        return Finding(tool.program, tool.needed_for, State.BROKEN, _first(error), command)
    said = (done.stdout.strip() or done.stderr.strip()).decode("utf-8", "replace")
    detail = said.splitlines()[0].strip() if said else "runs"
    return Finding(tool.program, tool.needed_for, State.PRESENT, detail)


def _first(error: FaircopyError) -> str:
    return error.diagnostics[0].message.splitlines()[0]


HEADINGS = {
    Need.BUILD: "Needed for a build",
    Need.CHECK: "Needed for a check",
    Need.EXTRA: "Only for some languages",
}


def describe(findings: tuple[Finding, ...]) -> str:
    """Return what was found as lines for a person, in the order of need."""
    width = max(len(item.name) for item in findings)
    lines = []
    for need, heading in HEADINGS.items():
        group = [item for item in findings if item.need is need]
        lines += ["", heading] if group else []
        for item in group:
            lines.append(f"  {item.state.value:<8} {item.name:<{width}}  {item.detail}")
            lines += [f"{'':11}mend it with: {item.command}"] if item.command else []
    stopping = sum(item.stops for item in findings)
    lacking = sum(item.state is not State.PRESENT for item in findings)
    if stopping:
        verdict = f"{stopping} to mend before anything can be built."
    elif lacking:
        verdict = f"Everything can be built; {lacking} missing, whose checks cannot run."
    else:
        verdict = "Everything can be built and checked."
    return "\n".join([*lines[1:], "", verdict])


def as_json(findings: tuple[Finding, ...]) -> str:
    """Return what was found as a JSON list."""
    return msgspec.json.format(msgspec.json.encode(findings)).decode()


# --- mending -------------------------------------------------------------------------------------


def install(findings: tuple[Finding, ...], say: Callable[[str], None]) -> None:
    """Install the programs that ``findings`` miss, with apt-get, as root or through sudo.

    Args:
        findings: what ``examine`` found.
        say: is told each command before it runs.

    Raises:
        ToolError: this machine has no apt-get, or we may not use it (the remedy is the
            command to type), or it failed.
    """
    lacking = {item.name for item in findings if item.state is not State.PRESENT}
    known = {tool.program: tool for tool in TOOLS} | {"WeasyPrint": PANGO}
    tools = tuple(tool for name, tool in known.items() if name in lacking)
    if not tools:
        return
    by_hand = install_command(tools)
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        raise ToolError.because(
            "cannot-install", "Programs are installed here by hand.", f"Type: {by_hand}"
        )
    packages = debian_packages(tools)
    # -n: a password can't be asked for behind the progress display.
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    wait = ["-o", "DPkg::Lock::Timeout=600"]
    for args in (
        [*apt, "update"],
        [*apt, *wait, "-y", "install", "--no-install-recommends", *packages],
    ):
        say(" ".join(args))
        try:
            process.run(args, timeout=INSTALL_SECONDS)
        except ToolError as error:
            raise ToolError.because(
                "cannot-install", error.diagnostics[0].message, f"Type: {by_hand}"
            ) from error

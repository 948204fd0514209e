from __future__ import annotations

import importlib.metadata
import os
import sys
from pathlib import Path

import pytest
from faircopy import __version__, doctor
from faircopy.core import npm, own, pandoc, process
from faircopy.core.diagnostics import ToolError
from faircopy.core.tools import TOOLS, Need, Tool, debian_packages, install_command, tool
from faircopy.doctor import Finding, State, examination
from faircopy.languages.loading import Malformed
from faircopy.proof import tools as judges
from faircopy.theme import sources
from faircopy.theme.tokens import Face

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache"
ECHO = Tool(
    program="echo",
    needed_for=Need.CHECK,
    purpose="says",
    version=("edition", "7"),
    debian=("coreutils",),
    brew="coreutils",
)


def test_everything_is_examined_once_and_each_fault_has_its_command() -> None:
    found = doctor.examine(ROOT)
    names = [item.name for item in found]
    assert len(set(names)) == len(names)
    assert {"Python", "Python packages", "pandoc", "WeasyPrint", "dist/"} <= set(names)
    assert {item.program for item in TOOLS} <= set(names)
    assert "Noto Nastaliq Urdu Regular" in names
    for item in found:
        assert item.detail
        assert bool(item.command) == (item.state is not State.PRESENT), item


def test_this_checkout_can_build() -> None:
    assert [item for item in doctor.examine(ROOT) if item.stops] == []


def test_languages_that_no_reader_has_reviewed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = examination.examine_languages("again")
    assert found.state is State.PRESENT
    assert "not reviewed by a reader of the language: ar, " in found.detail
    assert " en" not in found.detail
    wrong = Malformed("languages/kk.toml: Object missing required field `dash`")
    monkeypatch.setattr(examination, "every", lambda: (_ for _ in ()).throw(wrong))
    assert examination.examine_languages("again").stops


def test_an_old_python_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert examination.examine_python().state is State.BROKEN


LOCK = """\
# a comment
invoke=={invoke} \\
    --hash=sha256:00
colorama==0.4.6 ; sys_platform == 'no such system' \\
    --hash=sha256:01
"""


def test_packages_are_compared_with_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    version = importlib.metadata.version("invoke")
    lock.write_text(LOCK.format(invoke=version))
    assert examination.examine_requirements(lock, "again") == Finding(
        "Python packages", Need.BUILD, State.PRESENT, "all 1 as asked for"
    )
    lock.write_text(LOCK.format(invoke="0.1") + "no-such-package==3\n")
    found = examination.examine_requirements(lock, "again")
    assert found.stops
    assert f"invoke==0.1 ({version})" in found.detail
    assert "no-such-package==3 (not installed)" in found.detail


@pytest.mark.parametrize("data", [b"\xff\xfe", b"not a requirement at all!\n", None])
def test_a_lock_that_is_none_is_told(tmp_path: Path, data: bytes | None) -> None:
    lock = tmp_path / "requirements.lock"
    if data is None:
        os.mkfifo(lock)
    else:
        lock.write_bytes(data)

    found = examination.examine_requirements(lock, "again")
    assert found.stops
    assert found.detail.startswith("no lock: ")


def test_nothing_that_lies_in_a_project_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks like a checkout may come from a stranger, whose packages nobody should install."""
    asked = "invoke\nno-such-judge==1; extra == 'check'\n"
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: asked.splitlines())
    for name in ("requirements.txt", "requirements.lock", "requirements.dev.lock"):
        (tmp_path / name).write_text("a-strangers-package==1\n")
    for name in ("inv", "pyproject.toml"):
        (tmp_path / name).write_text("")
    (tmp_path / "pipeline" / "faircopy").mkdir(parents=True)
    broken = Malformed("no language")
    monkeypatch.setattr(examination, "every", lambda: (_ for _ in ()).throw(broken))
    monkeypatch.setattr(examination, "PANDOC", "1")
    monkeypatch.setattr(examination, "TOOLS", ())
    monkeypatch.setattr(examination, "NPM_JUDGES", {})
    found = doctor.examine(tmp_path)
    said = doctor.as_json(found)
    assert not [word for word in ("strangers", 'inv doctor"', ".txt", "checkout") if word in said]
    commands = {item.name: item.command for item in found}
    again = f"pip install --force-reinstall faircopy-editions=={__version__}"
    judging = f"pip install faircopy-editions[check]=={__version__}"
    assert (commands["pandoc"], commands["languages"]) == (again, again)
    assert commands[examination.PYTHON_JUDGES] == judging


def test_without_a_lock_the_installed_package_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = ["invoke", "no-such-package<4", "no-such-judge; extra == 'check'"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: wanted)
    found = examination.examine_requirements(None, "again")
    assert found.stops
    assert found.detail == "not as asked for: no-such-package<4 (not installed)"

    def unknown(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", unknown)
    assert examination.examine_requirements(None, "again").stops


def test_another_pandoc_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "version", lambda: "2.17")
    found = examination.examine_pandoc("again")
    assert found.stops
    assert "2.17" in found.detail


def test_a_missing_pandoc_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> str:
        raise ToolError.because("pandoc-missing", "pandoc is not installed")

    monkeypatch.setattr(pandoc, "version", version)
    assert examination.examine_pandoc("again").state is State.MISSING


def test_missing_pango_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # makes the import fail
    found = examination.examine_weasyprint()
    assert found.stops
    assert "pango" in found.command


def test_a_missing_font_stops_a_build_unless_it_is_an_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def source(face: Face) -> Path:
        raise ToolError.because("font-missing", f"no {face.name}", "Run: npm ci --prefix x")

    monkeypatch.setattr(sources, "source", source)
    found = tuple(examination.examine_fonts(ROOT / "styles", ROOT / ".cache"))
    stopping = {item.name.partition(" ")[0] for item in found if item.stops}
    assert stopping == {"Faircopy", "Amiri", "Frank"}  # what pip brings with a build
    assert {item.state for item in found} == {State.MISSING}
    assert {item.command for item in found} == {"npm ci --prefix x"}
    assert {item.stops for item in found} == {True, False}
    assert all(item.stops == (item.need is Need.BUILD) for item in found)


def test_a_folder_is_written_to(tmp_path: Path) -> None:
    assert examination.examine_folder(tmp_path / "dist").state is State.PRESENT
    assert list((tmp_path / "dist").iterdir()) == []
    (tmp_path / "file").write_text("in the way")
    assert examination.examine_folder(tmp_path / "file").stops


def test_a_tool_is_run_for_its_version() -> None:
    assert examination.examine_tool(ECHO) == Finding("echo", Need.CHECK, State.PRESENT, "edition 7")


def test_a_tool_that_fails_is_broken_not_present(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "qpdf").write_text("#!/bin/sh\necho 'cannot load libqpdf' >&2\nexit 127\n")
    (tmp_path / "qpdf").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    qpdf = tool("qpdf")
    assert qpdf is not None
    found = examination.examine_tool(qpdf)
    assert found.state is State.BROKEN
    assert "cannot load libqpdf" in found.detail


def test_a_missing_tool_says_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    for item in TOOLS:
        if item.program == "soffice":
            continue  # may be found by its full path on macOS
        found = examination.examine_tool(item)
        assert found.state is State.MISSING
        assert item.purpose in found.detail
        assert found.command == item.install_command()


def test_commands_of_each_platform() -> None:
    wanted = tuple(item for item in TOOLS if item.program in ("qpdf", "pdfinfo", "pdftotext"))
    assert debian_packages(wanted) == ("poppler-utils", "qpdf")
    linux = install_command(wanted, platform="linux")
    assert linux == "sudo apt-get install --no-install-recommends poppler-utils qpdf"
    office = tool("libreoffice")
    assert office is not None
    darwin = install_command((*wanted, office), platform="darwin")
    assert darwin == "brew install poppler qpdf && brew install --cask libreoffice"


MISSING_QPDF = Finding("qpdf", Need.CHECK, State.MISSING, "not installed", "x")


class Calls:
    """Stands in for `process.run`, and notes what would have run."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.args: list[list[str]] = []

    def __call__(
        self, args: list[str], *, timeout: float, cwd: Path | None = None
    ) -> process.Completed:
        self.args.append(args)
        if "--prefix" in args:  # as npm does
            Path(args[-1], "node_modules").mkdir()
        if self.failing and self.failing in args:
            raise ToolError.because("tool-failed", "no network")
        return process.Completed(b"", b"", 0)


@pytest.fixture
def on_debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make this machine look like Debian, as root."""
    (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    return tmp_path


@pytest.mark.usefixtures("on_debian")
def test_install_says_what_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, said = Calls(), list[str]()
    monkeypatch.setattr(process, "run", calls)
    doctor.install((MISSING_QPDF,), CACHE, said.append)
    assert said == [" ".join(args) for args in calls.args]
    assert calls.args[0][-1] == "update"
    assert calls.args[1][-3:] == ["install", "--no-install-recommends", "qpdf"]


@pytest.mark.usefixtures("on_debian")
def test_install_goes_through_sudo_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls()
    monkeypatch.setattr(process, "run", calls)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    doctor.install((MISSING_QPDF,), CACHE, lambda _: None)
    assert [args[:2] for args in calls.args] == [["sudo", "-n"], ["sudo", "-n"]]


@pytest.mark.usefixtures("on_debian")
def test_install_that_fails_gives_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "run", Calls(failing="install"))
    with pytest.raises(ToolError) as caught:
        doctor.install((MISSING_QPDF,), CACHE, lambda _: None)
    assert caught.value.diagnostics[0].remedy.endswith("--no-install-recommends qpdf")


def test_install_without_apt_gives_the_command(
    on_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (on_debian / "apt-get").unlink()
    calls = Calls()
    monkeypatch.setattr(process, "run", calls)
    with pytest.raises(ToolError) as caught:
        doctor.install((MISSING_QPDF,), CACHE, lambda _: None)
    assert caught.value.diagnostics[0].code == "cannot-install"
    assert calls.args == []


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls()
    monkeypatch.setattr(process, "run", calls)
    doctor.install((Finding("qpdf", Need.CHECK, State.PRESENT, "11"),), CACHE, lambda _: None)
    assert calls.args == []


def test_findings_are_described_by_need_with_their_commands() -> None:
    pandoc = Finding("pandoc", Need.BUILD, State.PRESENT, "3.9")
    font = Finding("Amiri", Need.BUILD, State.MISSING, "gone", "./inv")
    assert doctor.describe((MISSING_QPDF, pandoc)).splitlines() == [
        "Needed for a build",
        "  present  pandoc  3.9",
        "",
        "Needed for a check",
        "  missing  qpdf    not installed",
        "           mend it with: x",
        "",
        "Everything can be built; 1 missing, whose checks cannot run.",
    ]
    assert doctor.describe((pandoc,)).endswith("Everything can be built and checked.")
    assert doctor.describe((pandoc, font)).endswith("1 to mend before anything can be built.")


def test_judges_of_npm_are_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "folder", lambda: tmp_path)
    folder = npm.folder(judges.NPM, tmp_path) / "node_modules"
    (folder / ".bin").mkdir(parents=True)
    found = examination.examine_npm_judge("ace-cli")
    assert (found.state, found.command) == (State.MISSING, judges.INSTALL)
    (folder / "installed.lock").write_bytes(judges.NPM.read("package-lock.json"))
    program = folder / ".bin" / "ace-cli"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    assert examination.examine_npm_judge("ace-cli").state is State.BROKEN
    program.write_text("#!/bin/sh\nexit 0\n")
    about = folder / "@daisy" / "ace-cli" / "package.json"
    about.parent.mkdir(parents=True)
    about.write_text('{"version": "1.4.6"}')
    assert examination.examine_npm_judge("ace-cli") == Finding(
        "ace-cli", Need.CHECK, State.PRESENT, "1.4.6"
    )


def test_judges_of_pypi_are_the_wheels_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert list(examination.examine_python_judges(tmp_path)) == []  # nobody says which
    wanted = ["invoke", "no-such-judge==1; extra == 'check'", "lxml; extra == 'check'"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: wanted)
    (found,) = examination.examine_python_judges(tmp_path)
    assert (found.need, found.state) == (Need.CHECK, State.MISSING)
    assert found.detail == "not installed: no-such-judge"
    calls, said = Calls(), list[str]()
    monkeypatch.setattr(process, "run", calls)
    doctor.install((found,), tmp_path, said.append)
    assert said == [found.command]
    assert calls.args == [[sys.executable, "-m", *found.command.split()]]
    wanted.pop(1)
    assert [item.state for item in examination.examine_python_judges(tmp_path)] == [State.PRESENT]


def test_in_a_checkout_the_whole_lock_has_the_judges(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(own, "is_checkout", lambda root: root == tmp_path)
    (tmp_path / "requirements.dev.lock").write_text("no-such-judge==1 \\\n    --hash=sha256:00\n")
    (found,) = examination.examine_python_judges(tmp_path)
    assert (found.state, found.command) == (State.MISSING, judges.INSTALL)
    calls = Calls()
    monkeypatch.setattr(process, "run", calls)
    doctor.install((found,), tmp_path, print)
    assert calls.args == []  # ./inv, by which one comes here, brings them


def test_missing_jaxb_has_its_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(judges, "_JAVA", tmp_path)
    found = examination.examine_jaxb()
    assert found.state is State.MISSING
    assert "libjaxb-java" in found.command


def test_judges_of_npm_are_installed_into_a_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls, said = Calls(), list[str]()
    monkeypatch.setattr(process, "run", calls)
    lacking = Finding("ace-cli", Need.CHECK, State.MISSING, "gone", judges.INSTALL)
    doctor.install((lacking,), tmp_path, said.append)
    folder = npm.folder(judges.NPM, tmp_path)
    assert folder.is_relative_to(tmp_path)
    assert said == [" ".join(args) for args in calls.args]
    assert [args[-2:] for args in calls.args] == [["--prefix", str(folder)]]
    assert (folder / "package-lock.json").read_bytes() == judges.NPM.read("package-lock.json")
    assert npm.packages(judges.NPM, tmp_path)


def test_fonts_for_some_languages_are_installed_into_a_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    faces = examination.examine_fonts(tmp_path / "styles", tmp_path)
    lacking = [item for item in faces if item.state is not State.PRESENT]
    assert {item.command for item in lacking} == {sources.INSTALL}
    assert {item.need for item in lacking} == {Need.EXTRA}
    assert {"Noto Nastaliq Urdu Regular", "Noto Serif Thai Regular"} <= {it.name for it in lacking}
    calls = Calls()
    monkeypatch.setattr(process, "run", calls)
    doctor.install(tuple(lacking), tmp_path, lambda _: None)
    folders = [npm.folder(kit, tmp_path) for kit in (sources.FONTS, sources.MORE)]
    assert [args[-1] for args in calls.args] == [str(folder) for folder in folders]
    doctor.install_fonts(tmp_path, lambda _: None)
    assert len(calls.args) == len(folders)


def test_packages_of_an_older_lock_do_not_count(tmp_path: Path) -> None:
    folder = npm.folder(sources.FONTS, tmp_path) / "node_modules"
    folder.mkdir(parents=True)
    mark = folder / "installed.lock"
    assert npm.packages(sources.FONTS, tmp_path) is None
    mark.write_text("{}")
    assert npm.packages(sources.FONTS, tmp_path) is None
    mark.write_bytes(sources.FONTS.read("package-lock.json"))
    assert npm.packages(sources.FONTS, tmp_path) == folder

"""The wheel at work: in an environment of its own, in a folder of its own, no checkout near."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[1]
BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
BORROWED = ("env", "git", "sh", "true", "unshare", "uname")
"""All that there is on the machine beside Python: no judge, no node."""

MANUSCRIPT = """\
---
title: The harvest
lang: en-GB
date: 2026-03-01
kind: article
---

Nobody had seen so much wheat in the valley.

## What came after {#after}

The farmers sold it in the spring.
"""
FRENCH = {
    "The harvest": "La moisson",
    "Nobody had seen": "Personne n’avait vu autant de blé dans la vallée.",
    "What came after": "Ce qui suivit",
    "The farmers sold": "Les agriculteurs l’ont vendu au printemps.",
}


class Newsroom(msgspec.Struct, frozen=True):
    """An environment with the wheel in it, and a project."""

    bin: Path
    root: Path
    home: Path

    def run(self, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        env: Mapping[str, str] = {
            "PATH": str(self.bin),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            args,
            cwd=cwd or self.root,
            env=env,
            executable=str(self.bin / args[0]),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def faircopy(self, *args: str) -> str:
        """Run a task, which must end well, and return what it said."""
        done = self.run("faircopy", *args)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True, timeout=60)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def newsroom(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """An environment that pip installed the wheel into, and a project that it began.

    What the wheel depends on is borrowed from this environment, so that no network is needed; the
    line in it that leads to this checkout is not followed from there.
    """
    place = tmp_path_factory.mktemp("newsroom")
    venv = place / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, timeout=120)
    pip = [str(venv / "bin/python"), "-m", "pip", "--disable-pip-version-check", "install"]
    alone = ["--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run([*pip, *alone], check=True, timeout=120)
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    for name in BORROWED:
        if found := shutil.which(name):
            (venv / "bin" / name).symlink_to(found)
    made = Newsroom(venv / "bin", place / "our editions", place)
    assert made.run("faircopy", "init", "our editions", cwd=place).returncode == 0
    manuscript = made.root / "source/harvest/manuscript.md"
    manuscript.parent.mkdir()
    manuscript.write_text(MANUSCRIPT)
    return made


def test_the_wheel_has_data_and_no_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    ours = [path.relative_to(ROOT / "pipeline").as_posix()
            for path in (ROOT / "pipeline").rglob("*")
            if path.is_file() and path.suffix != ".pyc"]  # fmt: skip
    styles = [f"faircopy/{path.relative_to(ROOT).as_posix()}"
              for path in (ROOT / "styles").rglob("*") if path.is_file()]  # fmt: skip
    wanted = {name for name in (*ours, *styles) if "/workshop/" not in name}
    assert {name for name in names if ".dist-info/" not in name} == wanted


@pytest.mark.slow
def test_a_wheel_builds_where_no_checkout_is_near(newsroom: Newsroom) -> None:
    script = "import faircopy, sys; print(faircopy.__file__, *sys.path, sep='\\n')"
    paths = newsroom.run("python", "-c", script).stdout.splitlines()
    assert paths[0].startswith(str(newsroom.bin.parent))
    assert str(ROOT / "pipeline") not in paths

    newsroom.faircopy("build", "--page", "a5")
    made = {path.name for path in (newsroom.root / "dist/harvest").iterdir()}
    editions = ("a5.pdf", "docx", "epub", "translation.zip")
    assert made >= {f"harvest.en.{name}" for name in editions}

    before = (newsroom.root / "dist/SHA256SUMS").read_bytes()
    shutil.rmtree(newsroom.root / "dist")
    invoked = newsroom.run("python", "-m", "invoke", "build", "--page", "a5")
    assert invoked.returncode == 0, invoked.stdout + invoked.stderr
    assert (newsroom.root / "dist/SHA256SUMS").read_bytes() == before

    inside = (path for path in newsroom.bin.parent.rglob("*") if path.suffix != ".pyc")
    assert not [path for path in inside if ".cache" in path.parts or path.suffix == ".ttf"]
    assert any((newsroom.home / ".cache/faircopy/fonts").iterdir())


@pytest.mark.slow
def test_a_wheel_lints_and_checks_and_says_which_judges_are_not_there(newsroom: Newsroom) -> None:
    assert "0 errors" not in newsroom.faircopy("lint")
    newsroom.faircopy("build", "--page", "a5")
    done = newsroom.run("faircopy", "check")
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    newsroom.faircopy("translate.export", "--lang", "de")  # what is sent is judged too
    said = newsroom.faircopy("check", "--json")
    assert re.search(r"npm program ace-cli.{,80}faircopy doctor --install", said, re.DOTALL)
    assert (newsroom.root / "dist/harvest/report.html").is_file()


@pytest.mark.slow
def test_what_a_stranger_put_into_a_projects_cache_is_not_run_and_not_shown(
    newsroom: Newsroom,
) -> None:
    shutil.rmtree(newsroom.root / "dist", ignore_errors=True)
    newsroom.faircopy("build", "--formats", "docx,epub", "--page", "a5")
    before = (newsroom.root / "dist/SHA256SUMS").read_bytes()
    cache, ran = newsroom.root / ".cache", newsroom.home / "ran"
    for kit, lock in (("judges", "pipeline/faircopy/proof/judges"), ("fonts", "styles/fonts")):
        packages = cache / "npm" / kit / "node_modules"
        packages.mkdir(parents=True)
        shutil.copy(ROOT / lock / "package-lock.json", packages / "installed.lock")
    programs = cache / "npm/judges/node_modules/.bin"
    programs.mkdir()
    for name in ("ooxml-validator", "ace-cli"):
        program = programs / name
        program.write_text(f"#!/bin/sh\n: >'{ran}'\n")
        program.chmod(0o755)
    (cache / "fonts").mkdir()
    for font in (newsroom.home / ".cache/faircopy/fonts").iterdir():  # each under its own sum
        name, suffix = font.name.split(".")[0], font.suffix
        digest = hashlib.sha256(b"planted").hexdigest()
        (cache / "fonts" / f"{name}.{digest}{suffix}").write_bytes(b"planted")
    shutil.rmtree(cache / "build")
    shutil.rmtree(newsroom.root / "dist")
    newsroom.faircopy("build", "--formats", "docx,epub", "--page", "a5")
    assert (newsroom.root / "dist/SHA256SUMS").read_bytes() == before
    newsroom.run("faircopy", "check", "--fresh")
    newsroom.run("faircopy", "doctor")
    assert not ran.exists()


@pytest.mark.slow
def test_without_a_home_a_build_says_that_nothing_is_kept(newsroom: Newsroom) -> None:
    lost = Newsroom(newsroom.bin, newsroom.root, Path("/dev/null"))
    done = lost.run("faircopy", "build", "--formats", "epub")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "[nothing-kept]" in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_what_the_files_of_a_new_project_call_works(newsroom: Newsroom) -> None:
    """The CI workflow's steps, but for apt-get, and the hook of a commit, by git."""
    workflow = (newsroom.root / ".github/workflows/editions.yml").read_text()
    steps = [
        line.partition("run: ")[2]
        for line in workflow.splitlines()
        if line.lstrip().startswith("- run: ") and "apt-get" not in line and line[-1] != ">"
    ]
    steps = [step for step in steps if step not in ("", ">-")]
    assert [step.split()[0] for step in steps] == ["pip", "faircopy", "faircopy"]
    for step in steps:
        offline = " --no-index --no-deps" * step.startswith("pip ")
        done = newsroom.run("sh", "-c", step + offline)
        assert done.returncode == 0, done.stdout + done.stderr

    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    hooks = ["-c", "core.hooksPath=.githooks"]
    assert newsroom.run(*git, "init", "-q").returncode == 0
    newsroom.run(*git, "add", "-A")
    wrong = newsroom.root / "source/wrong/manuscript.md"
    wrong.parent.mkdir()
    wrong.write_text("---\ntitle: Wrong\nlang: en\n---\n\n![](nowhere.png)\n")
    newsroom.run(*git, "add", "-A")
    refused = newsroom.run(*git, *hooks, "commit", "-q", "-m", "one")
    assert refused.returncode == 1
    assert "source/wrong/manuscript.md:6:5" in refused.stdout + refused.stderr
    newsroom.run(*git, "rm", "-qrf", "source/wrong")
    done = newsroom.run(*git, *hooks, "commit", "-q", "-m", "one")
    assert done.returncode == 0, done.stdout + done.stderr
    kept = newsroom.run(*git, "ls-files").stdout.split()
    assert not [name for name in kept if name.startswith((".cache", "dist"))]


@pytest.mark.slow
def test_a_wheel_sends_a_text_to_translators_and_takes_it_back(newsroom: Newsroom) -> None:
    newsroom.faircopy("translate.export", "--lang", "fr")
    (bundle,) = (newsroom.root / "dist/translation").glob("*-fr.*")
    with zipfile.ZipFile(bundle) as archive:
        text = archive.read("segments.txt").decode()
        assert "context.pdf" in archive.namelist()
    for english, french in FRENCH.items():
        text = re.sub(rf"(\] {english}.*\n=) ?$", rf"\1 {french}", text, flags=re.MULTILINE)
    back = newsroom.home / "segments.txt"
    back.write_text(text)
    newsroom.faircopy("translate.import", str(back), "--lang", "fr")
    newsroom.faircopy("build", "--formats", "epub")
    assert (newsroom.root / "dist/harvest/harvest.fr.epub").is_file()


@pytest.mark.slow
def test_a_project_needs_no_styles_and_no_locks_of_its_own(newsroom: Newsroom) -> None:
    shutil.copytree(newsroom.root / "source", newsroom.home / "bare/source")
    bare = Newsroom(newsroom.bin, newsroom.home / "bare", newsroom.home)
    bare.faircopy("build", "--formats", "docx,epub")
    bare.faircopy("lint")
    said = bare.run("faircopy", "doctor").stdout
    assert "Everything can be built" in said
    assert "./inv" not in said

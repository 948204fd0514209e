"""A manuscript as it was: at a commit, when it was released, in another folder, or as it is."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from faircopy.core import git, process
from faircopy.core.diagnostics import ManuscriptError, ToolError
from faircopy.manuscript import MANUSCRIPT, editions
from faircopy.publish.project import Project

TODAY = "today"
_MOST = 2_000
"""Files of a manuscript's folder."""


@contextlib.contextmanager
def state(project: Project, folder: Path, name: str) -> Iterator[Path]:
    """Give the folder of a manuscript in a state, for as long as it is needed.

    ``name`` is ``today``, a folder, the version of a release, or whatever git calls a commit.

    Raises:
        ManuscriptError: there is no such state.
    """
    if name in ("", TODAY):
        yield folder
    elif other := _folder(name, folder.name):
        yield other
    else:
        found = _commit(project, folder, name)
        with tempfile.TemporaryDirectory(prefix="faircopy-state-") as kept:
            place = Path(kept) / folder.name
            _write(project, folder, found, place)
            yield place


def commit(project: Project, folder: Path, name: str) -> str:
    """Return the commit that a state is of; empty for today and for another folder.

    Raises:
        ManuscriptError: there is no such state.
    """
    is_none = name in ("", TODAY) or _folder(name, folder.name) is not None
    return "" if is_none else _commit(project, folder, name)


def _folder(name: str, slug: str) -> Path | None:
    """Return the manuscript's folder that a path names: itself, or that of a project."""
    path = Path(name)
    candidates = (path, path / slug, path / "source" / slug)
    return next((one for one in candidates if (one / MANUSCRIPT).is_file()), None)


def _commit(project: Project, folder: Path, name: str) -> str:
    found = _release(project, folder, name) or _said(
        project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    if found:
        return found
    raise ManuscriptError.because(
        "state-unknown",
        f"“{name[:80]}” is no folder with this manuscript, no release of it and no commit",
        "Give a commit or tag of git, a folder, a release's version, or leave NEW out for today.",
    )


def _release(project: Project, folder: Path, name: str) -> str:
    """Return the last commit when a version was released; empty where there was none."""
    recorded = editions.read(folder, f"{project.shown(folder)}/{editions.EDITIONS}")
    date = next((one.date for one in recorded.releases if one.version == name), "")
    return _said(project, "rev-list", "-1", f"--before={date}", "HEAD") if date else ""


def _said(project: Project, *args: str) -> str:
    """Return what git says of names in the repository's own folder, which starts no program."""
    try:
        found = process.run(["git", *args], timeout=git.SECONDS, cwd=project.root)
    except ToolError:
        return ""
    return found.stdout.decode().strip()


def _write(project: Project, folder: Path, commit: str, place: Path) -> None:
    """Write a manuscript's files as a commit has them; links are left out.

    Raises:
        ManuscriptError: the commit has none.
    """
    within = folder.relative_to(project.root).as_posix()
    with git.asked(project.root) as ask:
        listed = ask("ls-tree", "-r", "-z", commit, "--", f"{within}/").split(b"\0")
        for entry in listed[:_MOST]:
            about, _, path = os.fsdecode(entry).partition("\t")
            inside = PurePosixPath(path.removeprefix(f"{within}/"))
            if not about.startswith("100") or inside.is_absolute() or ".." in inside.parts:
                continue
            to = place / inside
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(ask("cat-file", "blob", about.split()[2]))
    if not (place / MANUSCRIPT).is_file():
        raise ManuscriptError.because(
            "state-unknown",
            f"{within}/{MANUSCRIPT} was not there at {commit[:10]}",
            "Give a later commit.",
        )

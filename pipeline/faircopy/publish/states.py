"""A manuscript as it was: at a commit, when it was released, in another folder, or as it is."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from faircopy.core import git
from faircopy.core.diagnostics import ManuscriptError, ToolError
from faircopy.core.limits import IMAGE, IMAGES
from faircopy.manuscript import MANUSCRIPT, editions
from faircopy.publish.project import Project

TODAY = "today"
_MOST = 2_000
"""Files and folders of a manuscript's folder."""
_TREE = b"040000"
_PLAIN = (b"100644", b"100755", b"100664")
"""How git calls a folder and files in a tree; what else there is (links, other repositories) has
no text.
"""


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
    try:
        return _release(project, folder, name) or git.commit(project.root, name)
    except ToolError:
        raise ManuscriptError.because(
            "state-unknown",
            f"“{name[:80]}” is no folder with this manuscript, no release of it and no commit",
            "Give a commit or tag of git, a folder or a release's version; no NEW means today.",
        ) from None


def _release(project: Project, folder: Path, name: str) -> str:
    """Return the last commit when a version was released; empty where there was none."""
    recorded = editions.read(folder, f"{project.shown(folder)}/{editions.EDITIONS}")
    date = next((one.date for one in recorded.releases if one.version == name), "")
    if not date:
        return ""
    with git.asked(project.root) as ask:
        return ask("rev-list", "-1", f"--before={date}", "HEAD").decode().strip()


def _write(project: Project, folder: Path, commit: str, place: Path) -> None:
    """Write a manuscript's files as a commit has them; links are left out.

    Raises:
        ManuscriptError: the commit has none, or more than a manuscript's folder may have.
    """
    with git.asked(project.root) as ask, suppress(ToolError):  # what git lacks is not there
        _folders(ask, project.shown(folder), commit, place)
    if not (place / MANUSCRIPT).is_file():
        raise ManuscriptError.because(
            "state-unknown",
            f"{project.shown(folder)}/{MANUSCRIPT} was not there at {commit[:10]}",
            "Give a later commit.",
        )


def _folders(ask: git.Ask, within: str, commit: str, place: Path) -> None:
    """Write a folder's files, one folder after the other.

    Git would list a tree without end (one that has another ten times, which has another …) to its
    end: each folder is asked for by itself.

    Raises:
        ManuscriptError: they are more, or larger, than a manuscript's folder may have.
        ToolError: git has no such folder there.
    """
    folders, count, left = [PurePosixPath()], 0, 2 * IMAGES.most
    while folders:
        inside = folders.pop()
        tree = f"{commit}:./{within}/{inside}"
        (place / inside).mkdir(parents=True, exist_ok=True)
        for entry in ask("ls-tree", "-z", "-l", tree).split(b"\0")[:-1]:
            about, _, name = entry.partition(b"\t")
            mode, _, blob, size = about.split()
            path = inside / os.fsdecode(name)
            count += 1
            if b"/" in name or name in (b".", b".."):
                continue
            if mode == _TREE:
                folders.append(path)
            elif mode in _PLAIN and int(size) <= IMAGE.most:
                left -= int(size)
                (place / path).write_bytes(ask("cat-file", "blob", blob.decode()))
            if count > _MOST or left < 0:
                raise ManuscriptError.because(
                    "state-too-large",
                    f"the folder had more than {_MOST:,} files or {2 * IMAGES.most:,} bytes then",
                    "Take the older text out of git yourself, and give its folder.",
                )

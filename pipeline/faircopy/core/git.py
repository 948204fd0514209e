"""Git asked about a project that a stranger may have sent: nothing that it names is run.

A repository's ``config`` names programs that git starts at a mere question: monitors of files,
filters, converters, hooks, signers, transports. So git is asked with a configuration of our own, in
a folder aside that has the repository's objects and index (gitrepository-layout(5)). What the
user's own configuration names is the user's.
"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from faircopy.core import files, process
from faircopy.core.diagnostics import ToolError

SECONDS = 30.0
_CONFIG = "[core]\n\trepositoryformatversion = {}\n\tbare = false\n"
_FORMAT = "[extensions]\n\tobjectformat = {}\n"
_WHERE = ("--show-toplevel", "--git-path", "objects", "--git-path", "index")
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}

Ask: TypeAlias = Callable[..., bytes]
"""Runs git with some arguments in the project's folder, and returns what it says."""


@contextmanager
def asked(root: Path) -> Iterator[Ask]:
    """Give what asks git about the folder ``root`` of a repository; it is gone afterwards.

    Raises:
        ToolError: git is missing, or ``root`` is in no repository. So does each question that git
            has no answer to.
    """
    said = _run(root, "rev-parse", "--path-format=absolute", *_WHERE, "--show-object-format")
    lines = said.decode("utf-8", "surrogateescape").split("\n")
    if len(lines) != 5 or not files.real(root).is_relative_to(lines[0]):
        raise ToolError.because("tool-failed", f"git does not say what repository {root} is in")
    top, objects, index, form, _ = lines
    with tempfile.TemporaryDirectory(prefix="faircopy-git-") as name:
        folder = Path(name)
        (folder / "refs").mkdir()
        (folder / "objects" / "info").mkdir(parents=True)
        (folder / "objects" / "info" / "alternates").write_bytes(_bytes(f"{objects}\n"))
        sha1 = form == "sha1"
        config = _CONFIG.format(0 if sha1 else 1) + ("" if sha1 else _FORMAT.format(form))
        (folder / "config").write_text(config, "utf-8")
        (folder / "HEAD").write_bytes(_head(root))
        places = {"GIT_DIR": name, "GIT_COMMON_DIR": name}
        places |= {"GIT_WORK_TREE": top, "GIT_INDEX_FILE": index}
        yield lambda *args: _run(root, *args, **places)


def commit(root: Path, name: str) -> str:
    """Return the commit that a name means in the repository of the folder ``root``.

    Raises:
        ToolError: git is missing, or it means none.
    """
    wanted = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return _run(root, "rev-parse", *wanted).decode().strip()


def _head(root: Path) -> bytes:
    try:
        return _run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except ToolError:  # nothing is committed yet
        return b"ref: refs/heads/none\n"


def _run(root: Path, *args: str, **places: str) -> bytes:
    added = {**_QUIET, **places}
    try:
        return process.run(["git", *args], timeout=SECONDS, cwd=root, env_add=added).stdout
    except ToolError as error:
        if error.diagnostics[0].code != "tool-timeout":
            raise
        raise ToolError.because(  # who runs it by hand may run a stranger's programs
            "git-slow",
            f"git had no answer within {SECONDS:g} seconds: {shlex.join(args)}",
            "Name the manuscripts instead, with --manuscript, and a state by its folder.",
        ) from None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")

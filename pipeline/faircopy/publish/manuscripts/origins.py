"""Where a Word edition that came back is from: the manuscript, and the text of it at that time."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from faircopy.core import files, git
from faircopy.core.diagnostics import ManuscriptError, Place, ToolError
from faircopy.core.model import Publication
from faircopy.intake.package import Package
from faircopy.languages.tags import primary
from faircopy.manuscript import MANUSCRIPT, carried
from faircopy.manuscript.carried import Carried
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project, is_slug
from faircopy.revision.returned import Returned
from faircopy.translation.forms import refuse
from faircopy.translation.xml import UnreadableXml

_HISTORY = 500
"""How many commits are looked through for the text that a file was made from."""


class Base(msgspec.Struct, frozen=True):
    """The text that a file was made from, and how it was found."""

    text: bytes
    how: str


def sent_in(package: Package) -> Carried | None:
    """Return the manuscript that travels in a file, if it is whole."""
    for part in package.related("customXml"):
        with contextlib.suppress(UnreadableXml):  # a part of others' that nobody needs
            if (found := carried.read(package.tree(part))) is not None:
                return found
    return None


def slug(project: Project, sent: Carried | None, back: Returned, file: str) -> str:
    """Return the manuscript that a file is of: as it says, else as its words are.

    Raises:
        ManuscriptError: no manuscript has its words.
    """
    known = {path.name: path for path in manuscripts(project)}
    if sent is not None and is_slug(sent.slug) and sent.slug in known:
        return sent.slug
    words = {word for line in back.lines for word in line.key.split()}
    shares = {
        name: len(words & set(files.read(path / MANUSCRIPT).decode("utf-8", "replace").split()))
        for name, path in known.items()
    }
    best = max(shares, key=lambda name: shares[name])
    if shares[best] < _LIKE * len(words):
        raise ManuscriptError.because(
            "revise-stranger",
            "the file is of no manuscript here: none has most of its words",
            "Say which it is of, --manuscript SLUG, or take it in as a new one: ./inv import FILE",
            Place(file),
        )
    return best


_LIKE = 0.5
"""How many of a file's words a manuscript must have to be the one that it is of."""


def ensure_original(sent: Carried | None, base: Publication, file: str) -> None:
    """See that a file is an edition in the manuscript's own language.

    Raises:
        ImportRefused: it is a translation.
    """
    if sent is not None and primary(sent.lang) != primary(base.metadata.lang):
        raise refuse(
            "revise-translation",
            f"this is the edition in “{sent.lang}”, whose words are kept as a translation",
            "Translations come home in the files of the bundle: ./inv translate.import FILE",
            Place(file),
        )


def base_of(project: Project, path: Path, now: bytes, sent: Carried | None) -> Base:
    """Return the text that a file was made from."""
    if sent is None:
        return Base(now, "the manuscript as it is: the file does not say what it was made from")
    if hashlib.sha256(now).hexdigest() == sent.source:
        return Base(now, "the manuscript as it is")
    for commit, text in _history(project, path):
        if hashlib.sha256(text).hexdigest() == sent.source:
            return Base(text, f"the manuscript of commit {commit[:10]}")
    return Base(sent.text, "the manuscript that travelled in the file")


def _history(project: Project, path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the texts that git has of a file, the newest first; none where there is no git."""
    within = path.relative_to(project.root).as_posix()
    try:
        with git.asked(project.root) as ask:
            said = ask("log", f"--max-count={_HISTORY}", "--format=%H", "--", within)
            for commit in said.decode().split():
                yield commit, ask("show", f"{commit}:./{within}")
    except ToolError:
        return

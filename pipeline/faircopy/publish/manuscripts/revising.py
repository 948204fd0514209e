"""Word editions that came back: which manuscript they are of, and what becomes of it."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.diagnostics import Diagnostic, ManuscriptError
from faircopy.core.model import Publication
from faircopy.intake import parts_of
from faircopy.intake.changes import Choice
from faircopy.intake.package import Package, opened
from faircopy.intake.queries import Query, queries, toml
from faircopy.intake.walk import walk
from faircopy.intake.walked import Comment, Walked
from faircopy.manuscript import MANUSCRIPT, read
from faircopy.manuscript.beside import QUERIES
from faircopy.manuscript.source import Source
from faircopy.publish.dressing import Dress, dress
from faircopy.publish.manuscripts import origins
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import theme_of
from faircopy.revision import Difference, Revised, Unplaced, differences, patch, revise, written
from faircopy.revision.editing import Edit
from faircopy.revision.lines import Hand
from faircopy.revision.meaning import without_styles
from faircopy.revision.merging import merged
from faircopy.revision.returned import Returned, returned, unheard
from faircopy.translation import archive
from faircopy.translation.xml import local


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants of a revision: which manuscript, which changes, and whether to write.

    ``theme`` is that of the edition, where it is not the project's: parts may stand in its order.
    """

    manuscript: str = ""
    theme: str = ""
    only: str = ""
    take: frozenset[int] = frozenset()
    leave: frozenset[int] = frozenset()
    write: bool = False


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What came back in a file, and what became of it.

    ``edits`` are all changes, ``taken`` those that are in ``patch``; ``conflicts`` are of words
    that somebody else changed since, ``there`` says the manuscript already. ``differences`` is what
    the file says and the manuscript with all changes does not.
    """

    file: str
    slug: str
    path: str
    base: str
    text: str
    after: str
    patch: str
    edits: tuple[Edit, ...]
    taken: tuple[Edit, ...]
    there: tuple[Edit, ...]
    conflicts: tuple[Edit, ...]
    unplaced: tuple[Unplaced, ...]
    differences: tuple[Difference, ...]
    queries: tuple[Query, ...]
    homeless: tuple[Comment, ...]
    findings: tuple[Diagnostic, ...]
    meaningless: dict[str, int]
    saved: Hand
    written: bool = False

    @property
    def right(self) -> bool:
        """Whether everything that came back has its place."""
        wrong = (self.conflicts, self.unplaced, self.differences, self.homeless, self.findings)
        return not any(wrong)


def bring(project: Project, path: Path, asked: Asked) -> Revision:
    """Return what was changed in a Word edition, written into the manuscript if that is asked for.

    Raises:
        FaircopyError: the file is none that can be read, or is of no manuscript here.
    """
    package = opened(_read(path), path.name)
    text = parts_of(package)
    sent = origins.sent_in(package)
    back = returned(package, text)
    slug = asked.manuscript or origins.slug(project, sent, back, path.name)
    (folder,) = manuscripts(project, (slug,))
    name = project.shown(folder)
    now = files.read(folder / MANUSCRIPT)
    base = origins.base_of(project, folder / MANUSCRIPT, now, sent)
    opened_as = dress(theme_of(project, asked.theme))
    publication = opened_as.on(
        read(folder, name=name, house=project.settings.front_matter, text=base.text)
    )
    origins.ensure_original(sent, publication, path.name)
    back, spare = without_styles(written.lines(publication), back)
    tried = _tried(project, folder, opened_as, publication, back)
    current = Source(name, now).text
    met = merged(Source(name, base.text).text, current, tried.revised.edits)
    taken = patch.chosen(met.edits, asked.only, asked.take, asked.leave)
    after = patch.applied(current, taken)
    walked = walk(text, Choice.ACCEPT)
    asks, homeless = _comments(walked, folder, tried.publication or publication)
    unread = tuple(Unplaced("", word) for word in unheard(walked.passages, back))
    writes = asked.write and (after != current or bool(asks))
    if writes:
        _write(folder, name, patch.on_disk(now, current, taken), asks)
    return Revision(
        file=path.name,
        slug=slug,
        path=f"{name}/{MANUSCRIPT}",
        base=base.how,
        text=current,
        after=after,
        patch=patch.unified(current, after, f"{name}/{MANUSCRIPT}"),
        edits=met.edits,
        taken=tuple(taken),
        there=met.there,
        conflicts=met.conflicts,
        unplaced=(*tried.revised.unplaced, *unread),
        differences=tried.differences,
        queries=asks,
        homeless=homeless,
        findings=tried.findings,
        meaningless={look: n for look, n in spare.items() if n},
        saved=_saved(package),
        written=writes,
    )


class _Tried(msgspec.Struct, frozen=True):
    """The best that was found: its edits, the text read again with them, and what is wrong."""

    revised: Revised
    publication: Publication | None
    differences: tuple[Difference, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def _tried(
    project: Project, folder: Path, opened_as: Dress, base: Publication, back: Returned
) -> _Tried:
    """Revise a text and read it again; lines that then differ are written as a whole."""
    name = project.shown(folder)
    text = Source(name, base.source).text
    best: _Tried | None = None
    anew: frozenset[int] = frozenset()
    for _ in range(_TRIES):
        revised = revise(base, back, anew)
        after = patch.applied(text, revised.edits).encode()
        try:
            found = opened_as.on(
                read(folder, name=name, house=project.settings.front_matter, text=after)
            )
        except ManuscriptError as error:
            best = best or _Tried(revised, None, findings=error.diagnostics)
            break
        wrong = tuple(differences(found, back))
        if best is None or best.publication is None or len(wrong) < len(best.differences):
            best = _Tried(revised, found, wrong)
        more = anew | {at for one in wrong for at in one.lines}
        if not wrong or more == anew:
            break
        anew = more
    assert best is not None
    return best


_TRIES = 2
"""How often a text is read again; each time costs as much as the first."""


def _read(path: Path) -> bytes:
    with archive.readable(path, "Give the path of a Word file (.docx)."):
        return archive.file(path)


def _comments(
    walked: Walked, folder: Path, publication: Publication
) -> tuple[tuple[Query, ...], tuple[Comment, ...]]:
    """Return the comments as queries that are not there yet, and those without a place."""
    found, homeless = queries(walked.comments, walked.passages, publication)
    there = files.read(folder / QUERIES).decode() if (folder / QUERIES).is_file() else ""
    held = tomllib.loads(there).get("query", []) if there else []
    asked = {(one.get("text"), one.get("question")) for one in held}
    ids = {one.get("id") for one in held}
    fresh: list[Query] = []
    for one in found:
        if (one.text, one.question) in asked:
            continue
        number = next(n for n in itertools.count(1) if f"comment-{n}" not in ids)
        ids.add(f"comment-{number}")
        fresh.append(msgspec.structs.replace(one, id=f"comment-{number}"))
    return tuple(fresh), homeless


def _write(folder: Path, name: str, text: bytes, asks: Sequence[Query]) -> None:
    """Write a manuscript, and its new queries behind those that are there.

    Raises:
        ManuscriptError: it cannot be written.
    """
    kept = folder / QUERIES
    try:
        if asks:
            there = files.read(kept).decode() if kept.is_file() else ""
            more = toml(asks)
            if there:
                more = there.rstrip("\n") + "\n\n" + more.partition("\n\n")[2]
            files.write(kept, more.encode(), within=folder)
        files.write(folder / MANUSCRIPT, text, within=folder)
    except OSError as error:
        raise ManuscriptError.because(
            "manuscript-not-written",
            f"{name} could not be changed: {error.strerror}",
            f"See that {name}/ can be written and that the disk has room.",
        ) from error


def _saved(package: Package) -> Hand:
    """Return who saved a file last, and when: whose the changes are that nobody tracked."""
    parts = [one for one in package.relations("").values() if one.kind == "core-properties"]
    if not parts or parts[0].target not in package.parts:
        return Hand()
    found = {local(one): one.text or "" for one in package.tree(parts[0].target)}
    return Hand(found.get("lastModifiedBy", ""), found.get("modified", "")[:10])

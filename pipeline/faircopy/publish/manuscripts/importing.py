"""Word files taken in: a folder under ``source/`` for each, held against every word of the file."""

from __future__ import annotations

import contextlib
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.limits import SLUG
from faircopy.core.model import Kind, Publication
from faircopy.intake import Taken, Wishes, markdown, take
from faircopy.intake.changes import Choice
from faircopy.intake.proof import prove
from faircopy.intake.queries import Query, queries, toml, untold
from faircopy.manuscript import read
from faircopy.publish.manuscripts import books, facing, older
from faircopy.publish.plan import MANUSCRIPT, chosen
from faircopy.publish.project import Project, is_slug
from faircopy.revision import written
from faircopy.translation import archive

QUERIES = "queries.toml"
IMPORT = "import.toml"


class Left(msgspec.Struct, frozen=True):
    """Words that were left out for one reason: how many, and the beginning of the first."""

    why: str
    words: int
    first: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a file: the folder, what was taken, left and mended, and what to decide.

    ``report`` is a page of HTML that shows it beside the original, where it was asked for.
    """

    file: str
    slug: str
    path: str
    sha256: str
    kind: str
    lang: str
    title: str
    words: int
    pictures: int
    notes: int
    queries: int
    speakers: tuple[str, ...]
    left: tuple[Left, ...]
    mended: dict[str, int]
    decide: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    written: bool = False
    unchanged: bool = False
    report: bytes = b""

    @property
    def right(self) -> bool:
        """Whether every word is accounted for and the manuscript builds."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


def bring(
    project: Project,
    paths: Sequence[Path],
    wishes: Wishes,
    *,
    slug: str = "",
    dry: bool = False,
    report: bool = False,
) -> tuple[Imported, ...]:
    """Take in Word files; nothing is written with ``dry``, and with ``report`` a page is made.

    Raises:
        FaircopyError: a file cannot be taken in, or its folder holds other work; the files before
            it have been taken in.
    """
    if (slug or report) and len(paths) > 1:
        raise ManuscriptError.because(
            "slug",
            f"{'--slug names one folder' if slug else '--report names one page'}, "
            "but there are several files",
            "Import them one by one.",
        )
    return tuple(
        _one(project, path, wishes, slug or _slug(path), dry=dry, report=report) for path in paths
    )


def wished(
    kind: str, lang: str, changes: str, *, headings: bool, alt: Sequence[str] = ()
) -> Wishes:
    """Return what the options of the command ask for.

    Raises:
        EditionError: there is no such kind, or no such way with tracked changes.
    """
    if kind:
        (kind,) = chosen("kind", (kind,), tuple(one.value for one in Kind))
    if changes:
        ways = tuple(one.value for one in Choice if one)
        (changes,) = chosen("way with changes", (changes,), ways)
    return Wishes(kind, lang, Choice(changes), headings, tuple(alt))


def _slug(path: Path) -> str:
    if (book := books.contents(path)) is not None:
        path = books.named(book)
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[: SLUG.most].strip("-")
    return name if is_slug(name) else "manuscript"


def _one(
    project: Project, path: Path, wishes: Wishes, slug: str, *, dry: bool, report: bool
) -> Imported:
    if not is_slug(slug):
        raise ManuscriptError.because(
            "slug",
            f"“{slug}” can't be the name of a manuscript: lower-case letters a–z, digits and "
            f"single hyphens between them, at most {SLUG.most} in all",
            f"Leave --slug out, and it is: {_slug(path)}",
        )
    if (book := books.contents(path)) is not None:
        taken = books.take(book, wishes)
        data = taken.files[markdown.ORIGINAL]
    else:
        make = older.older if path.suffix.lower() in older.FORMS else take
        data = _read(path)
        taken = make(data, path.name, wishes)
    folder = project.source / slug
    shown = project.shown(folder)
    with tempfile.TemporaryDirectory() as aside:
        found = _proven(taken, Path(aside) / slug, shown)
    result = _imported(taken, path, shown, found)
    if report:
        lines = [] if found.publication is None else written.lines(found.publication)
        page = facing.page(path.name, data, lines, _told(result))
        result = msgspec.structs.replace(result, report=page)
    there = _there(folder)
    if there == found.files:
        return msgspec.structs.replace(result, unchanged=True)
    if dry:
        return result
    if there:
        raise ManuscriptError.because(
            "manuscript-exists",
            f"{shown} is there already, and is not what this file gives; nothing was changed",
            "Take another name with --slug, or remove the folder.",
            Place(shown),
        )
    _write(folder, found.files)
    return msgspec.structs.replace(result, written=True)


def _read(path: Path) -> bytes:
    with archive.readable(path, "Give the path of a .docx, .doc, .rtf, .odt, .html, .md or .txt."):
        return archive.file(path)


class _Found(msgspec.Struct, frozen=True):
    """A manuscript that was read again: its folder's files, its comments, what is wrong.

    ``queries`` are the comments that became queries, ``unplaced`` say the others.
    """

    files: dict[str, bytes]
    queries: tuple[Query, ...]
    unplaced: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    publication: Publication | None


def _told(one: Imported) -> facing.Told:
    left = [f"{item.why}: “{item.first}” ({item.words} words in all)" for item in one.left]
    mended = [f"{what} ({count})" for what, count in one.mended.items()]
    wrong = [str(item) for item in one.findings]
    return (
        ("To be mended", wrong),
        ("To be decided", one.decide),
        ("Left out", left),
        ("Mended by rule", mended),
    )


def _proven(taken: Taken, made: Path, name: str) -> _Found:
    """Write a manuscript aside, hold it against its file, and return the files of its folder."""
    made.mkdir()
    texts = {MANUSCRIPT: taken.text.encode(), **taken.files}
    for file, data in {**texts, MANUSCRIPT: (taken.spoken or taken.text).encode()}.items():
        (made / file).write_bytes(data)
    proven = prove(taken, made, name)
    asked: tuple[Query, ...] = ()
    unplaced = taken.comments
    if proven.publication is not None and taken.comments:
        asked, unplaced = queries(taken.comments, taken.passages, proven.publication)
    silent = untold(taken.untold, proven.publication) if proven.publication is not None else ()
    if asked or silent:
        texts[QUERIES] = toml((*asked, *silent)).encode()
    texts[IMPORT] = _record(taken).encode()
    unsaid = _unsaid(taken, made, name) if taken.spoken else ()
    lost = tuple(f"a comment of {one.author or 'nobody'}: “{one.said[:200]}”" for one in unplaced)
    return _Found(texts, asked, lost, (*proven.findings, *unsaid), proven.publication)


def _unsaid(taken: Taken, made: Path, name: str) -> tuple[Diagnostic, ...]:
    """Return the findings about pictures for which nobody has words yet."""
    (made / MANUSCRIPT).write_text(taken.text, "utf-8")
    try:
        read(made, name=name)
    except ManuscriptError as error:
        return tuple(one for one in error.diagnostics if one.code == "image-alt")
    return ()


def _record(taken: Taken) -> str:
    """Return what is kept of an import: whose bytes the manuscript was made of."""
    original = next(name for name in taken.files if name.startswith("original."))
    return (
        "# Made by ./inv import: the file that manuscript.md was made of.\n"
        f'original = "{original}"\nsha256 = "{taken.digest}"\n'
    )


def _there(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder; none where there is no such folder."""
    if not folder.is_dir():
        return {}
    return {
        path.name: files.read(path) if path.is_file() and not path.is_symlink() else b""
        for path in sorted(folder.iterdir())
    }


def _write(folder: Path, texts: dict[str, bytes]) -> None:
    """Write a folder whole or not at all.

    Raises:
        ManuscriptError: it cannot be written.
    """
    aside = folder.with_name(f".{folder.name}.import")
    try:
        files.remove(aside)
        aside.mkdir(parents=True)
        for name, data in texts.items():
            (aside / name).write_bytes(data)
        aside.rename(folder)
    except OSError as error:
        raise ManuscriptError.because(
            "manuscript-not-written",
            f"{folder.parent.name}/{folder.name} could not be made: {error.strerror}",
            f"See that {folder.parent.name}/ can be written and that the disk has room.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            files.remove(aside)


def _imported(taken: Taken, path: Path, shown: str, found: _Found) -> Imported:
    title = re.search(r"(?m)^title: (.*)$", taken.text)
    passages = [*taken.passages, *(one for each in taken.front.values() for one in each)]
    return Imported(
        file=path.name,
        slug=shown.rpartition("/")[2],
        path=shown,
        sha256=taken.digest,
        kind=taken.kind.value,
        lang=taken.lang,
        title=title[1].strip("'").replace("''", "'") if title else "",
        words=sum(len(one.text.split()) for one in passages),
        pictures=sum(not name.startswith(("original.", "corrections.")) for name in taken.files),
        notes=taken.counts.get("note", 0),
        queries=len(found.queries),
        speakers=taken.speakers,
        left=tuple(_left(taken)),
        mended=dict(taken.mended),
        decide=(*taken.decide, *(f"{one} has no place in the text" for one in found.unplaced)),
        findings=found.findings,
    )


def _left(taken: Taken) -> Iterator[Left]:
    """Yield what was left out, by its reasons."""
    for why in dict.fromkeys(one.why for one in taken.left):
        texts = [one.text for one in taken.left if one.why is why]
        yield Left(why.value, sum(len(text.split()) for text in texts), texts[0])

"""Check a whole ``dist/``: every artifact by every extractor and every judge."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from faircopy.core import cage, files
from faircopy.core.diagnostics import Diagnostic, EditionError, Place, Severity, legible
from faircopy.core.limits import SUMS
from faircopy.core.model import Artifact, Publication
from faircopy.languages.tags import primary
from faircopy.proof import page_list, static, typography
from faircopy.proof.asking import Asking, Subject
from faircopy.proof.claims import claims
from faircopy.proof.extractors.table import PICTURES
from faircopy.proof.fidelity import Proof, readers
from faircopy.proof.kept import Memory
from faircopy.proof.pages import Pages
from faircopy.proof.plain import explained
from faircopy.proof.report import Checked, Edition, Report
from faircopy.proof.told import weighed
from faircopy.proof.trace import traced
from faircopy.proof.verdict import Status, Verdict

Listener = Callable[[str], None]

_MANIFEST = "manifest.json"
_REPORT = "report.html"
"""What an earlier check left beside a set: no edition, though it ends as one."""
_PAGE = "index.html"
"""The set's own page, which lists the files and is none of them."""
_SENT = "translation"
"""The folder of the bundles for translators, beside the sets."""


def check(
    dist: Path,
    publications: Sequence[Publication],
    *,
    pages: Mapping[str, bytes] | None = None,
    jobs: int = 2,
    listen: Listener = lambda line: None,
    memory: Memory | None = None,
) -> Report:
    """Check the editions that lie in ``dist/<slug>/`` against their publications.

    The bundles for translators that lie in ``dist/translation/`` are judged with them. What is not
    static (`faircopy.proof.static`) is an error, and nobody is asked about it.

    Args:
        dist: the folder of all editions.
        publications: the manuscripts, read anew, that the editions were made from, each followed
            by its translations, which have the same slug.
        pages: what the pages of the shelf ought to be, by their names in ``dist/``.
        jobs: how many judges, which are programs of their own, run at a time.
        listen: is told in words what was examined.
        memory: what was said before, on the same bytes; without it all are asked anew.

    Returns:
        what each extractor and judge said. An edition or a file that is not there is an error,
        a judge that is not installed is ``not-run``: see ``Report.sound``.
    """
    texts: dict[str, list[Publication]] = {}
    for publication in publications:
        texts.setdefault(publication.slug, []).append(publication)
    sets = [_Set(dist, slug, own) for slug, own in texts.items()]
    shelf = Pages(dist, pages or {})
    openable = [*(one for item in sets for one in item.openable()), *shelf.openable()]
    with ThreadPoolExecutor(jobs) as pool:
        asking = Asking(openable, pool, memory)
        return Report(tuple(item.edition(asking, listen) for item in sets), shelf.checked(asking))


class _Set:
    """The files of one manuscript, in all its languages, with what a build says of them."""

    def __init__(self, dist: Path, slug: str, publications: Sequence[Publication]) -> None:
        self._publications = publications
        self.manuscript = publications[0]
        folder = dist / slug
        made = folder.iterdir() if folder.is_dir() else ()
        sent = dist.glob(f"{_SENT}/{slug}.*")
        self._entries = dict(_entries(folder / _MANIFEST))
        self._seen: dict[Path, Verdict] = {}
        self.subjects = tuple(
            self._subject(path)
            for path in (*sorted(made), *sorted(sent))
            if path.name in self._entries
            or (readers(path.name) and path.name not in (_REPORT, _PAGE))
        )

    def openable(self) -> Iterator[Subject]:
        """Yield the files that may be opened."""
        for subject in self.subjects:
            seen = self._seen.get(subject.path)
            if seen is None or seen.status is Status.PASSED:
                yield subject

    def _subject(self, path: Path) -> Subject:
        data = b""
        try:
            data = static.read(path)
            if readers(path.name) or path.name.endswith(PICTURES):
                self._seen[path] = static.judge(path.name, data)
        except EditionError as error:
            self._seen[path] = static.refused(error)
        name = path.name.removeprefix(f"{self.manuscript.slug}.")
        artifact = Artifact(name=name, media_type="", data=data, facts={})
        lang = self._entry(path).lang or name.partition(".")[0]
        return Subject(path, artifact, None if _is_sent(path) else self._publication(lang))

    def _entry(self, path: Path) -> _Entry:
        return self._entries.get(path.name, _Entry(path.name))

    def _publication(self, lang: str) -> Publication | None:
        """Return the text in this language: of the same tag, or else of the same first subtag."""
        tags = {item.metadata.lang: item for item in reversed(self._publications)}
        near = {primary(tag): item for tag, item in tags.items()}
        return tags.get(lang) or near.get(primary(lang))

    def edition(self, asking: Asking, listen: Listener) -> Edition:
        """Wait for all that is said of the files."""
        files = tuple(self._checked(subject, asking, listen) for subject in self.subjects)
        return Edition.of(self.manuscript, files, (*self._absent(), *_uncaged(files)))

    def _absent(self) -> tuple[Diagnostic, ...]:
        wanted = set(self._entries) or {"an edition"}
        absent = sorted(wanted - {subject.path.name for subject in self.subjects})
        place = Place(self.manuscript.source_path)
        return tuple(
            Diagnostic(
                "edition-missing",
                Severity.ERROR,
                f"{name} of {self.manuscript.slug} is not in dist/.",
                "Run ./inv build.",
                place,
            )
            for name in absent
        )

    def _checked(self, subject: Subject, asking: Asking, listen: Listener) -> Checked:
        data, entry = subject.artifact.data, self._entry(subject.path)
        seen = self._seen.get(subject.path)
        if seen and seen.status is not Status.PASSED:
            listen(f"{legible(subject.path.name)}: not opened")
            return _file(subject, entry, verdicts=(seen,))
        publication = subject.publication or self.manuscript
        proofs = asking.proofs(subject)
        if subject.path.name.endswith(PICTURES):
            proofs = ()
        elif not readers(subject.path.name):
            proofs = (_no_reader(subject.artifact),)
        elif subject.publication is None and not _is_sent(subject.path):
            proofs = (_no_text(subject.artifact),)
        verdicts = tuple(
            weighed(explained(traced(verdict, publication, data)), publication.diagnostics)
            for verdict in (*asking.verdicts(subject), *self._paged(subject, entry))
        )
        listen(f"{subject.path.name}: {len(proofs)} readings, {len(verdicts)} judges")
        known = msgspec.convert(entry.facts, _Facts).claims if "claims" in entry.facts else None
        own = claims(data, subject.path.name, verdicts, known)
        heard = [*([seen] if seen else ()), *verdicts]
        figures = None
        if subject.path.name.endswith(".pdf"):
            figures, verdict = typography.judged(subject.path.name, data)
            heard.append(verdict)
        return _file(
            subject, entry, proofs=proofs, verdicts=tuple(heard), claims=own, figures=figures
        )

    def _paged(self, subject: Subject, entry: _Entry) -> Iterator[Verdict]:
        """Hold a file that lists pages against the PDF that has them, if that is in the set."""
        page = entry.facts.get(page_list.FACT)
        name = f"{subject.path.name.removesuffix('epub')}{page}.pdf"
        printed = next((one for one in self.subjects if one.path.name == name), None)
        seen = self._seen.get(printed.path) if printed else None
        if page and printed and seen and seen.status is Status.PASSED:
            yield page_list.judge(subject.artifact.data, printed.artifact.data, subject.path.name)


def _file(subject: Subject, entry: _Entry, **said: Any) -> Checked:
    """Return what was said of a file, with what it is."""
    data = subject.artifact.data
    digest = hashlib.sha256(data).hexdigest()
    record = {"proofs": (), **said, "facts": entry.facts}
    return Checked(name=legible(subject.path.name), size=len(data), sha256=digest, **record)


def _uncaged(files: Sequence[Checked]) -> Iterator[Diagnostic]:
    """Yield the warning that programs had no cage, if any may have been started."""
    warning = cage.uncaged() if files else None
    if warning is not None:
        yield warning


def _is_sent(path: Path) -> bool:
    """Say whether a file is a bundle for translators.

    It holds what was asked for when it was sent, which need not be all, nor the text of today.
    """
    return path.parent.name == _SENT


class _Entry(msgspec.Struct, frozen=True):
    """What a build says of a file that it made; the rest of its record is not needed here."""

    file: str
    lang: str = ""
    facts: Mapping[str, int | str | tuple[str, ...]] = {}


class _Facts(msgspec.Struct, frozen=True):
    """The facts that are read here, and what they must be."""

    pages: int = 0
    fonts: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class _Manifest(msgspec.Struct, frozen=True):
    files: tuple[_Entry, ...] = ()


def _entries(manifest: Path) -> Iterator[tuple[str, _Entry]]:
    try:
        content = msgspec.json.decode(files.read(manifest, most=SUMS.most), type=_Manifest)
        for entry in content.files:
            msgspec.convert(entry.facts, _Facts)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return
    for entry in content.files:
        yield entry.file, entry


def _no_reader(artifact: Artifact) -> Proof:
    """Return the proof of a file of a format that has no extractor: it is not proven."""
    finding = Diagnostic(
        "format-unread",
        Severity.ERROR,
        f"{artifact.name}: there is nothing that reads its words.",
        "Add an extractor of its format; CONTRIBUTING.md says how.",
    )
    return Proof(artifact.name, Verdict("words", "", Status.FAILED, (finding,)))


def _no_text(artifact: Artifact) -> Proof:
    """Return the proof of a file whose text was not given: it is not proven."""
    finding = Diagnostic(
        "text-unknown",
        Severity.ERROR,
        f"{artifact.name}: there is no text in its language to hold it against.",
        "Build the set again, or remove the file.",
    )
    return Proof(artifact.name, Verdict("words", "", Status.FAILED, (finding,)))

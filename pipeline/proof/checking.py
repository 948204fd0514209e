"""Check a whole ``dist/``: every artifact by every extractor and every judge."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from pipeline.diagnostics import Diagnostic, Place, Severity
from pipeline.model import Artifact, Publication
from pipeline.passes.locales import primary
from pipeline.proof import judges
from pipeline.proof.fidelity import Proof, verify_all
from pipeline.proof.report import Checked, Edition, Report
from pipeline.proof.trace import traced
from pipeline.proof.verdict import Status, Verdict

Listener = Callable[[str], None]

_MANIFEST = "manifest.json"
_SUFFIXES = (".pdf", ".docx", ".epub", ".zip")


def check(
    dist: Path,
    publications: Sequence[Publication],
    *,
    jobs: int = 2,
    listen: Listener = lambda line: None,
) -> Report:
    """Check the editions that lie in ``dist/<slug>/`` against their publications.

    Args:
        dist: the folder of all editions.
        publications: the manuscripts, read anew, that the editions were made from, each followed
            by its translations, which have the same slug.
        jobs: how many judges, which are programs of their own, run at a time.
        listen: is told in words what was examined.

    Returns:
        what each extractor and judge said. An edition or a file that is not there is an error,
        a judge that is not installed is ``not-run``: see ``Report.sound``.
    """
    sets: dict[str, list[Publication]] = {}
    for publication in publications:
        sets.setdefault(publication.slug, []).append(publication)
    with ThreadPoolExecutor(jobs) as pool:
        asked = [_Asked(dist / slug, texts, pool) for slug, texts in sets.items()]
        return Report(tuple(item.edition(listen) for item in asked))


class _Asked:
    """One set of files under examination: their judges work while their words are read."""

    def __init__(
        self, folder: Path, publications: Sequence[Publication], pool: ThreadPoolExecutor
    ) -> None:
        self._publications = publications
        self._manuscript = publications[0]
        self._paths = sorted(
            path
            for path in (folder.iterdir() if folder.is_dir() else ())
            if path.name.endswith(_SUFFIXES)
        )
        self._entries = dict(_entries(folder / _MANIFEST))
        self._verdicts: dict[Path, list[Future[Verdict]]] = {
            path: [pool.submit(judges.ask, judge, path) for judge in judges.of(path)]
            for path in self._paths
        }

    def edition(self, listen: Listener) -> Edition:
        return Edition.of(
            self._manuscript,
            tuple(self._checked(path, listen) for path in self._paths),
            self._absent(),
        )

    def _absent(self) -> tuple[Diagnostic, ...]:
        wanted = set(self._entries) or {"an edition"}
        absent = sorted(wanted - {path.name for path in self._paths})
        place = Place(self._manuscript.source_path)
        return tuple(
            Diagnostic(
                "edition-missing",
                Severity.ERROR,
                f"{name} of {self._manuscript.slug} is not in dist/.",
                "Run ./inv build.",
                place,
            )
            for name in absent
        )

    def _checked(self, path: Path, listen: Listener) -> Checked:
        data = path.read_bytes()
        entry = self._entries.get(path.name, _Entry(path.name))
        name = path.name.removeprefix(f"{self._manuscript.slug}.")
        artifact = Artifact(name=name, media_type="", data=data, facts={})
        publication = self._publication(entry.lang or name.partition(".")[0])
        proofs = verify_all(publication, artifact) if publication else (_no_text(artifact),)
        verdicts = tuple(
            traced(future.result(), publication or self._manuscript, data)
            for future in self._verdicts[path]
        )
        listen(f"{path.name}: {len(proofs)} readings, {len(verdicts)} judges")
        return Checked(
            name=path.name,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            facts=entry.facts,
            proofs=proofs,
            verdicts=verdicts,
        )

    def _publication(self, lang: str) -> Publication | None:
        """Return the text in this language: of the same tag, or else of the same first subtag."""
        tags = {item.metadata.lang: item for item in reversed(self._publications)}
        near = {primary(tag): item for tag, item in tags.items()}
        return tags.get(lang) or near.get(primary(lang))


class _Entry(msgspec.Struct, frozen=True):
    """What a build says of a file that it made; the rest of its record is not needed here."""

    file: str
    lang: str = ""
    facts: Mapping[str, Any] = {}


class _Manifest(msgspec.Struct, frozen=True):
    files: tuple[_Entry, ...] = ()


def _entries(manifest: Path) -> Iterator[tuple[str, _Entry]]:
    try:
        content = msgspec.json.decode(manifest.read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError):
        return
    for entry in content.files:
        yield entry.file, entry


def _no_text(artifact: Artifact) -> Proof:
    """Return the proof of a file whose text was not given: it is not proven."""
    finding = Diagnostic(
        "text-unknown",
        Severity.ERROR,
        f"{artifact.name}: there is no text in its language to hold it against.",
        "Build the set again, or remove the file.",
    )
    return Proof(artifact.name, Verdict("words", "", Status.FAILED, (finding,)))

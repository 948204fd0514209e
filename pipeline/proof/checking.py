"""Check a whole ``dist/``: every artifact by every extractor and every judge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.diagnostics import Diagnostic, Place, Severity
from pipeline.model import Artifact, Publication
from pipeline.proof import judges
from pipeline.proof.fidelity import Proof, verify_all
from pipeline.proof.report import Checked, Edition, Report
from pipeline.proof.trace import traced
from pipeline.proof.verdict import Verdict

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
        publications: the manuscripts, read anew, that the editions were made from.
        jobs: how many judges, which are programs of their own, run at a time.
        listen: is told in words what was examined.

    Returns:
        what each extractor and judge said. An edition or a file that is not there is an error,
        a judge that is not installed is ``not-run``: see ``Report.sound``.
    """
    with ThreadPoolExecutor(jobs) as pool:
        asked = {
            publication.slug: _Asked(dist / publication.slug, publication, pool)
            for publication in publications
        }
        return Report(tuple(item.edition(listen) for item in asked.values()))


class _Asked:
    """One edition under examination: its judges work while its words are read."""

    def __init__(self, folder: Path, publication: Publication, pool: ThreadPoolExecutor) -> None:
        self._publication = publication
        self._paths = sorted(
            path
            for path in (folder.iterdir() if folder.is_dir() else ())
            if path.name.endswith(_SUFFIXES)
        )
        self._facts = dict(_facts(folder / _MANIFEST))
        self._verdicts: dict[Path, list[Future[Verdict]]] = {
            path: [pool.submit(judges.ask, judge, path) for judge in judges.of(path)]
            for path in self._paths
        }

    def edition(self, listen: Listener) -> Edition:
        return Edition.of(
            self._publication,
            tuple(self._checked(path, listen) for path in self._paths),
            self._absent(),
        )

    def _absent(self) -> tuple[Diagnostic, ...]:
        wanted = set(self._facts) or {"an edition"}
        absent = sorted(wanted - {path.name for path in self._paths})
        return tuple(
            Diagnostic(
                "edition-missing",
                Severity.ERROR,
                f"{name} of {self._publication.slug} is not in dist/.",
                "Run ./inv build.",
                Place(self._publication.source_path),
            )
            for name in absent
        )

    def _checked(self, path: Path, listen: Listener) -> Checked:
        data = path.read_bytes()
        name = path.name.removeprefix(f"{self._publication.slug}.")
        artifact = Artifact(name=name, media_type="", data=data, facts={})
        proofs: tuple[Proof, ...] = verify_all(self._publication, artifact)
        verdicts = tuple(
            traced(future.result(), self._publication, data) for future in self._verdicts[path]
        )
        listen(f"{path.name}: {len(proofs)} readings, {len(verdicts)} judges")
        return Checked(
            name=path.name,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            facts=self._facts.get(path.name, {}),
            proofs=proofs,
            verdicts=verdicts,
        )


def _facts(manifest: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each file that a build says it made, with what is known of it."""
    try:
        content: Any = json.loads(manifest.read_text("utf-8"))
        for item in content["files"]:
            yield item["file"], item.get("facts", {})
    except (OSError, ValueError, KeyError, TypeError):
        return

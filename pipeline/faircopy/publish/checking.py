"""Check what lies in ``dist/``: read the manuscripts anew, ask every reader and judge."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from faircopy.core.diagnostics import Diagnostic, PublishError, Severity, ThemeError
from faircopy.core.model import Opening
from faircopy.publish import above, digest, shelf
from faircopy.publish.cache import Cache
from faircopy.publish.crew import processors
from faircopy.publish.dressing import Dress, dress
from faircopy.publish.manifest import MANIFEST, PAGE, REPORTS, read, sets
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import CODE, Project
from faircopy.publish.publish import NewSet, publish, report
from faircopy.publish.seat import seated
from faircopy.publish.trade import Trade

if TYPE_CHECKING:
    from faircopy.core.model import Publication
    from faircopy.proof.kept import Memory
    from faircopy.proof.report import Edition, Report


def check(
    project: Project,
    asked: Sequence[str],
    *,
    listen: Callable[[str], None],
    fresh: bool = False,
) -> Report:
    """Check the sets of the manuscripts that are asked for, by default of all.

    Each set gets its report beside its files; building it anew removes the report. What was said
    before of the same bytes by the same judges is not asked again, unless ``fresh``.

    Raises:
        ManuscriptError: there is no manuscript of that name, or it must be mended first.
        PublishError: a report could not be written.
    """
    from faircopy.proof.checking import check as examine

    above.mend(project.dist)
    texts = _all_texts(project, asked, project.dist)
    with seated(project):
        found = examine(
            project.dist,
            texts,
            pages=_pages(project.dist, {text.slug for text in texts}),
            jobs=processors(),
            listen=listen,
            memory=_memory(project, fresh=fresh),
        )
    for edition in found.editions:
        _write(project.dist / edition.slug, edition)
    return found


def _pages(dist: Path, slugs: Collection[str]) -> dict[str, bytes]:
    """Return what the shelf and the pages of some sets ought to be, as far as there are sets."""
    ordered = sorted(sets(dist), key=lambda item: item.slug)
    asked = [item for item in ordered if item.slug in slugs]
    own = {f"{item.slug}/{PAGE}": shelf.publication(item) for item in asked}
    return {shelf.INDEX: shelf.page(ordered), **own} if own else {}


def gate(project: Project, *, strict: bool) -> Callable[[NewSet], None]:
    """Return what judges a set before it is published, in a folder aside.

    It raises PublishError with all that was found when somebody refuses the set or refutes a
    claim of it; with ``strict`` also when a judge did not run.
    """
    from faircopy.proof.checking import check as examine

    def judge(new: NewSet) -> None:
        with tempfile.TemporaryDirectory(prefix="faircopy-gate-") as name, seated(project):
            aside = Path(name) / "dist"
            publish(aside, new)
            found = examine(
                aside,
                _all_texts(project, (new.slug,), aside),
                jobs=processors(),
                memory=_memory(project, fresh=False),
            )
        if not found.sound(strict=strict):
            raise PublishError(*_refusal(found, new.slug, strict=strict))

    return judge


def _refusal(judged: Report, slug: str, *, strict: bool) -> Iterator[Diagnostic]:
    found = judged.findings()
    yield from (item for item in found if strict or item.severity is Severity.ERROR)
    yield Diagnostic(
        "not-proven",
        Severity.ERROR,
        f"{slug} was not published: it was judged and is not right.",
        "Mend what was found; the set in dist/ is the one before.",
    )


def _memory(project: Project, *, fresh: bool) -> Memory:
    """Return what was said before, by this program in this environment."""
    from faircopy.proof.fidelity import Proof
    from faircopy.proof.kept import Memory

    return Memory(
        place=Cache(project.cache, Proof),
        state=digest.of(digest.of_folder(CODE), digest.of_environment()),
        now=datetime.now(UTC).isoformat(" ", "seconds"),
        fresh=fresh,
    )


def _all_texts(project: Project, asked: Sequence[str], dist: Path) -> list[Publication]:
    """Return the manuscripts and their translations, as the themes of their sets open them."""
    trade = Trade.of(project)
    return [
        text
        for folder in manuscripts(project, asked)
        for text in _texts(folder, project.shown(folder), trade, _dress(dist / folder.name, trade))
    ]


def _dress(folder: Path, trade: Trade) -> Dress:
    """Return how the theme that a set was made in opens texts: as usual where it is not there."""
    made = read(folder / MANIFEST)
    try:
        return dress(trade.theme(made.made_from.theme.name if made else ""))
    except ThemeError:
        return Dress(Opening())


def _texts(folder: Path, name: str, trade: Trade, opened: Dress) -> Iterator[Publication]:
    """Yield a manuscript, then every translation of it that there is an edition of."""
    publication = opened.on(trade.read(folder, name))
    yield publication
    languages = trade.languages(publication, folder)
    for standing in languages.standings():
        yield languages.publication(standing.lang, gaps=not standing.complete)


def _write(folder: Path, edition: Edition) -> None:
    from faircopy.proof.report import Report, as_json
    from faircopy.proof.sarif import sarif
    from faircopy.proof.sheet import sheet

    contents = zip(
        REPORTS, (sheet(edition), as_json(edition), sarif(Report((edition,)))), strict=True
    )
    if folder.is_dir():
        report(folder, dict(contents))

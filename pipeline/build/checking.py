"""Check what lies in ``dist/``: read the manuscripts anew, ask every reader and judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build.manifest import REPORTS
from pipeline.build.plan import manuscripts
from pipeline.build.trade import Trade
from pipeline.build.workspace import Workspace
from pipeline.diagnostics import PublishError

if TYPE_CHECKING:
    from pipeline.model import Publication
    from pipeline.proof.report import Edition, Report


def check(workspace: Workspace, asked: Sequence[str], *, listen: Callable[[str], None]) -> Report:
    """Check the sets of the manuscripts that are asked for, by default of all.

    Each set gets its report beside its files; building it anew removes the report.

    Raises:
        ManuscriptError: there is no manuscript of that name, or it must be mended first.
        PublishError: a report could not be written.
    """
    from pipeline.proof.checking import check as examine

    trade = Trade()
    texts = [
        text
        for folder in manuscripts(workspace, asked)
        for text in _texts(folder, workspace.shown(folder), trade)
    ]
    report = examine(workspace.dist, texts, listen=listen)
    for edition in report.editions:
        _write(workspace.dist / edition.slug, edition)
    return report


def _texts(folder: Path, name: str, trade: Trade) -> Iterator[Publication]:
    """Yield a manuscript, then every translation of it that there is an edition of."""
    publication = trade.read(folder, name)
    yield publication
    languages = trade.languages(publication, folder)
    for standing in languages.standings():
        yield languages.publication(standing.lang, gaps=not standing.complete)


def _write(folder: Path, edition: Edition) -> None:
    from pipeline.proof.report import Report, as_json
    from pipeline.proof.sarif import sarif
    from pipeline.proof.sheet import sheet

    contents = zip(
        REPORTS, (sheet(edition), as_json(edition), sarif(Report((edition,)))), strict=True
    )
    if not folder.is_dir():
        return
    try:
        for name, data in contents:
            new = folder / f".{name}.new"
            new.write_bytes(data)
            new.replace(folder / name)
    except OSError as error:
        raise PublishError.because(
            "report-not-written",
            f"the report could not be written: {error.strerror}",
            f"Make {folder} writable, with room on the disk.",
        ) from error

"""A command that reads manuscripts ends what is over its budget, and tells of all others."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest
from faircopy.core import limits
from faircopy.core.diagnostics import (
    Diagnostic,
    EditionError,
    FaircopyError,
    ManuscriptError,
    Place,
    Severity,
)
from faircopy.publish import each, linting
from faircopy.publish.translations import standing, telling
from faircopy.publish.translations.standing import Standings

from tests.publish.fakes import project

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
MANUSCRIPTS = {"first": "words", "second": "TURNS", "third": "REFUSED", "fourth": "words"}


def work(folder: Path, name: str) -> str:
    """Do as the manuscript says: go on for ever, refuse it, or tell its name."""
    order = (folder / "manuscript.md").read_text()
    while order == "TURNS":
        pass
    if order == "REFUSED":
        raise ManuscriptError.because("refused", "No.", "Never.", Place(f"{name}/manuscript.md", 3))
    return folder.name


def lint_of(folder: Path, name: str, *_: object) -> tuple[Diagnostic, ...]:
    return (Diagnostic("read", Severity.NOTE, work(folder, name), "", Place(name)),)


def standings_of(folder: Path, name: str, *_: object) -> Standings:
    return Standings(work(folder, name), ())


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(each, "JOB_TIME", msgspec.structs.replace(limits.JOB_TIME, most=1))


def test_what_is_over_its_budget_is_told_with_its_place_and_the_others_go_on(
    tmp_path: Path,
) -> None:
    place = project(tmp_path, **MANUSCRIPTS)
    folders = [place.source / name for name in MANUSCRIPTS]
    first, second, third, fourth = each.each("The look", place, folders, work)
    assert (first, fourth) == ("first", "fourth")
    assert isinstance(second, EditionError)
    assert isinstance(third, FaircopyError)
    (told,) = second.diagnostics
    assert (told.code, str(told.place)) == ("job-time", "source/second/manuscript.md")
    assert told.message.startswith("The look was stopped")
    assert [item.code for item in third.diagnostics] == ["refused"]


def test_lint_goes_on_after_a_manuscript_that_does_not_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linting, "of_one", lint_of)
    found = linting.lint(project(tmp_path, **MANUSCRIPTS))
    told = {str(item.place).split("/")[1]: item.code for item in found}
    assert told == {"first": "read", "second": "job-time", "third": "refused", "fourth": "read"}


def test_status_goes_on_after_a_manuscript_that_does_not_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(standing, "of_one", standings_of)
    assert not telling.status(project=project(tmp_path, **MANUSCRIPTS))
    said, wrong = capsys.readouterr()
    assert [line.partition(":")[0] for line in said.splitlines()] == ["first", "fourth"]
    assert "second/manuscript.md: error: The status was stopped" in wrong
    assert "third/manuscript.md:3: error: No." in wrong


def test_a_manuscript_is_read_with_what_its_house_says(tmp_path: Path) -> None:
    from faircopy.publish.project import Project

    place = project(tmp_path, one="---\ntitle: T\nlang: en-GB\n---\n\nWords.\n")
    (tmp_path / "faircopy.toml").write_text('rights = "© The Weir"\nspeakers = "both"\n')
    house = Project.at(tmp_path)
    (found,) = linting.lint(house)
    assert "speakers" in found.message
    _, told = standing.status(house)
    assert ["speakers" in one.message for one in told] == [True]
    assert place.source == house.source

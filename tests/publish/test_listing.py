"""An EPUB that lists the pages of a PDF is made after it, whether it is wanted or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.publish.engine import build
from faircopy.publish.outcome import Outcome
from faircopy.publish.plan import Request
from faircopy.publish.project import Project

from tests.publish import fakes
from tests.publish.fakes import TRADE, Here, contents, project


def made(place: Project, *formats: str, page: str = "a5") -> Outcome:
    request = Request(formats=formats, pages=(page,))
    return build(request, place, trade=TRADE, environ={}, hire=Here)


def book(place: Project, lang: str = "en") -> str:
    return contents(place.dist)[f"one/one.{lang}.epub"].decode()


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages of the PDFs that are made."""
    pages: list[str] = []
    write = fakes.write

    def counted(publication: object, theme: object, options: object) -> object:
        pages.extend([options.page] if options.page else [])  # type: ignore[attr-defined]
        return write(publication, theme, options)  # type: ignore[arg-type]

    monkeypatch.setattr(fakes, "write", counted)
    return pages


@pytest.mark.parametrize("formats", [("epub",), ("epub", "pdf")])
def test_pages_are_those_of_the_pdf_which_is_made_once(
    tmp_path: Path, formats: tuple[str, ...], typeset: list[str]
) -> None:
    place = project(tmp_path, one="PRINTS a5")
    assert made(place, *formats).ok
    assert "pages 1 2 3" in book(place)
    assert ("one/one.en.a5.pdf" in contents(place.dist)) == ("pdf" in formats)
    before = book(place)
    assert made(place, "epub", "pdf").ok
    assert book(place) == before
    assert typeset == ["a5"]


def test_a_page_that_is_not_built_is_laid_out_for_its_list(tmp_path: Path) -> None:
    place = project(tmp_path, one="PRINTS a5")
    assert made(place, "epub", "pdf", page="a4").ok
    assert "pages 1 2 3" in book(place)
    assert "one/one.en.a5.pdf" not in contents(place.dist)


def test_each_language_lists_the_pages_of_its_own_pdf(tmp_path: Path, typeset: list[str]) -> None:
    place = project(tmp_path, one="PRINTS a5")
    fakes.translate(place, "one", "ur", "10 of 10")
    assert made(place, "epub").ok
    assert "pages 1 2 3" in book(place, "ur")
    assert typeset == ["a5", "a5"]


@pytest.mark.parametrize("formats", [("epub",), ("epub", "docx")])
def test_where_a_face_is_missing_there_is_no_list_and_it_is_told(
    tmp_path: Path, formats: tuple[str, ...], typeset: list[str]
) -> None:
    place = project(tmp_path, one="PRINTS a5 FACELESS pdf")
    for _ in range(2):  # the font may be there the second time: it is asked for again
        outcome = made(place, *formats)
        assert outcome.ok
        assert [item.code for item in outcome.diagnostics].count("page-list-left-out") == 1
        assert "pages" not in book(place)
    assert typeset == ["a5"] * 2


def test_without_the_pdf_that_is_wanted_there_is_no_list_either(tmp_path: Path) -> None:
    place = project(tmp_path, one="PRINTS a5 FACELESS pdf")
    outcome = made(place, "epub", "pdf")
    assert {"page-list-left-out", "glyph-missing"} < {item.code for item in outcome.diagnostics}
    assert "pages" not in book(place)


def test_a_page_that_the_theme_has_not_is_refused(tmp_path: Path) -> None:
    outcome = made(project(tmp_path, one="PRINTS a55"), "epub")
    found = next(item for item in outcome.diagnostics if item.code == "unknown-page")
    assert "Did you mean “a5”?" in found.remedy
    assert found.place
    assert found.place.file == "source/one/manuscript.md"

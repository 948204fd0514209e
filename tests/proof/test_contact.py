"""The contact sheet shows every page, and says what it does not show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest
from faircopy.core.model import Artifact
from faircopy.proof.contact import browser, lay_out, office, paper
from lxml import html
from PIL import Image

Make = Callable[[str, str], Artifact]


def _dist(folder: Path, **files: bytes) -> Path:
    edition = folder / "dist" / "weir"
    edition.mkdir(parents=True)
    for suffix, data in files.items():
        (edition / f"weir.en.{suffix}").write_bytes(data)
    return folder / "dist"


def test_every_page_is_there_and_described(tmp_path: Path, edition: Make) -> None:
    data = edition("ru", "pdf.a5").data
    laid = lay_out(_dist(tmp_path, pdf=data), tmp_path / "out")
    pages = len(pypdfium2.PdfDocument(data))
    root = html.fromstring(laid.index.read_bytes())
    images = list(root.iter("img"))
    assert laid.pictures == len(images) == pages > 1
    assert [item.get("alt") for item in images] == [
        f"weir.en.pdf, page {number}" for number in range(1, pages + 1)
    ]
    for item in images:
        with Image.open(tmp_path / "out" / unquote(item.get("src", ""))) as picture:
            assert picture.size == (int(item.get("width", "")), int(item.get("height", "")))
    assert laid.unseen == ()
    assert "Everything was looked at." in "".join(map(str, root.itertext()))


def test_the_report_of_a_check_is_no_edition(tmp_path: Path) -> None:
    dist = _dist(tmp_path)
    (dist / "weir" / "report.html").write_text("<p>what a check said</p>")
    laid = lay_out(dist, tmp_path / "out", ["weir"])
    assert laid.unseen == ("weir: There is no PDF, DOCX, EPUB or web page of it. Run ./inv build.",)


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_a_web_page_is_shown_on_a_phone_and_on_a_desk(tmp_path: Path, edition: Make) -> None:
    path = tmp_path / "a.en.html"
    path.write_bytes(edition("speaker-turns", "web").data)
    widths = [view.image.width for view in browser.pages(path)]
    assert widths == [390, 390, 820, 820, 1280]


def test_pictures_to_compare_with_come_first(tmp_path: Path, edition: Make) -> None:
    wanted = tmp_path / "wanted"
    wanted.mkdir()
    Image.new("RGB", (40, 60), "red").save(wanted / "a-page.png")
    (wanted / "notes.txt").write_text("no picture")
    dist = _dist(tmp_path, pdf=edition("ru", "pdf.a5").data)
    laid = lay_out(dist, tmp_path / "out", beside=wanted)
    first, second, *_ = html.fromstring(laid.index.read_bytes()).iter("img")
    assert (first.get("alt"), first.get("width")) == ("wanted, a-page", "40")
    assert second.get("alt") == "weir.en.pdf, page 1"
    assert laid.unseen == ()


def test_a_picture_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted"
    wanted.mkdir()
    Image.new("CMYK", (4, 6)).save(wanted / "a.jpg")
    (wanted / "b.png").write_bytes(b"no picture")
    (tmp_path / "dist").mkdir()
    laid = lay_out(tmp_path / "dist", tmp_path / "out", beside=wanted)
    assert laid.pictures == 1
    assert any(reason.startswith("wanted: b.png is no picture") for reason in laid.unseen)


def test_an_empty_folder_to_compare_with_is_said(tmp_path: Path) -> None:
    (tmp_path / "wanted").mkdir()
    (tmp_path / "dist").mkdir()
    laid = lay_out(tmp_path / "dist", tmp_path / "out", beside=tmp_path / "wanted")
    assert any("no picture" in reason for reason in laid.unseen)


def test_the_page_needs_no_network_and_names_its_language(tmp_path: Path, edition: Make) -> None:
    laid = lay_out(_dist(tmp_path, pdf=edition("ru", "pdf.a5").data), tmp_path / "out")
    root = html.fromstring(laid.index.read_bytes())
    addresses = [item.get(name) for item in root.iter() for name in ("src", "href")]
    assert not [address for address in addresses if address and ":" in address]
    assert not list(root.iter("script", "link"))
    assert root.get("lang") == "en"
    assert root.findtext(".//title")


def test_a_missing_program_is_said(
    tmp_path: Path, edition: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    dist = _dist(tmp_path, docx=edition("ru", "docx").data, epub=edition("ru", "epub").data)
    monkeypatch.setenv("PATH", str(tmp_path))
    laid = lay_out(dist, tmp_path / "out")
    said = laid.index.read_text("utf-8")
    for program in ("soffice", "chromium"):
        assert any(f"{program} is not installed" in line for line in laid.unseen)
        assert f"{program} is not installed" in said
    assert "Everything was looked at." not in said


def test_a_damaged_file_is_said_and_the_rest_is_shown(tmp_path: Path, edition: Make) -> None:
    dist = _dist(tmp_path, pdf=edition("ru", "pdf.a5").data, epub=b"no zip at all")
    (dist / "weir" / "weir.ru.pdf").write_bytes(b"%PDF-1.7 and nothing")
    laid = lay_out(dist, tmp_path / "out")
    assert laid.pictures > 1
    assert [line.partition(":")[0] for line in laid.unseen] == ["weir.en.epub", "weir.ru.pdf"]


def test_an_edition_that_is_not_there_is_said(tmp_path: Path) -> None:
    laid = lay_out(tmp_path, tmp_path / "out", ["nowhere"])
    assert laid.unseen == (
        "nowhere: There is no PDF, DOCX, EPUB or web page of it. Run ./inv build.",
    )


def test_old_pictures_go(tmp_path: Path, edition: Make) -> None:
    dist, out = _dist(tmp_path, pdf=edition("ru", "pdf.a5").data), tmp_path / "out"
    lay_out(dist, out)
    (out / "weir" / "weir-en-pdf" / "099.png").touch()
    lay_out(dist, out)
    assert not (out / "weir" / "weir-en-pdf" / "099.png").exists()


@pytest.mark.needs("soffice")
@pytest.mark.slow
def test_a_document_is_shown_page_by_page(edition: Make) -> None:
    views = list(paper.pages(office.as_pdf(edition("ru", "docx").data)))
    assert len(views) > 1
    assert all(view.image.convert("L").getextrema() != (255, 255) for view in views)


@pytest.mark.needs("chromium")
@pytest.mark.slow
def test_a_book_is_shown_by_day_and_by_night(edition: Make) -> None:
    day, night = browser.SCREENS[:2]
    views = list(browser.shown(edition("he", "epub").data, (day, night)))
    half = len(views) // 2
    assert [view.title for view in views[:half]] == [view.title for view in views[half:]]
    for light, dark in zip(views[:half], views[half:], strict=True):
        assert light.image.width == dark.image.width == day.width
        assert light.image.getpixel((3, 3)) == (255, 255, 255)
        assert dark.image.getpixel((3, 3)) == (0x12, 0x14, 0x16)
        assert not light.cut


@pytest.mark.needs("chromium")
@pytest.mark.slow
def test_what_does_not_fit_is_said(edition: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "HIGHEST", 200)
    views = list(browser.shown(edition("he", "epub").data, browser.SCREENS[:1]))
    assert any(view.cut for view in views)
    assert all(view.image.height == 200 for view in views if view.cut)

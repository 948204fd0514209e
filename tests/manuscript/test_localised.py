"""A language may have pictures of its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.translation import xliff2
from faircopy.translation.job import Job, Target
from faircopy.translation.segments import extract
from faircopy.writers import FORMATS, Options, write

from tests.translation.editions import localized

HEAD = "---\ntitle: Low water\nlang: en\ncover-image: c.svg\ncover-alt: A lock\n---\n\n"
TEXT = f"{HEAD}Where it is.\n\n"
SHOWN = "![A map](maps/map.svg)\n\n![A gauge](gauge.svg)\n"


def drawing(width: int) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="40">'
        f'<rect width="{width}" height="40"/></svg>'
    ).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A text with pictures, of which Urdu has two of its own, and a language that has none."""
    (tmp_path / "maps").mkdir()
    (tmp_path / "manuscript.md").write_text(TEXT + SHOWN, "utf-8")
    for name, width in (
        ("c.svg", 600),
        ("gauge.svg", 50),
        ("maps/map.svg", 100),
        ("maps/map.ur.svg", 200),
        ("c.ur.svg", 700),
        ("maps/map.kk.svg", 300),
    ):
        (tmp_path / name).write_bytes(drawing(width))
    source = extract(read(tmp_path))
    targets = {segment.id: Target(("لفظ۔",)) for _, segment in source.segments()}
    (tmp_path / "translations").mkdir()
    for lang in ("ur-PK", "ru"):
        data = xliff2.write(Job(text=source, lang=lang, targets=targets))
        (tmp_path / "translations" / f"{lang}.xlf").write_bytes(data)
    return tmp_path


def widths(publication: Publication) -> dict[str, int]:
    return {url: asset.width for url, asset in publication.assets.items()}


def test_each_edition_shows_its_own(folder: Path) -> None:
    source = read(folder)
    own = {"c.svg": 600, "gauge.svg": 50, "maps/map.svg": 100}
    assert widths(source) == own
    found = {one.metadata.lang: widths(one) for one in localized(source, folder)}
    assert found == {"ru": own, "ur-PK": {"c.svg": 700, "gauge.svg": 50, "maps/map.svg": 200}}


def test_a_book_holds_it(folder: Path) -> None:
    (urdu,) = (one for one in localized(read(folder), folder) if one.metadata.lang == "ur-PK")
    book = write(next(one for one in FORMATS if one.name == "epub"), urdu, load("theme"), Options())
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        drawings = [archive.read(name) for name in archive.namelist() if name.endswith(".svg")]
    assert any(b'width="200"' in one for one in drawings)
    assert not any(b'width="100"' in one for one in drawings)


def test_one_that_cannot_be_shown_is_told(folder: Path) -> None:
    (folder / "maps/map.ur.svg").write_bytes(b"<html/>")
    with pytest.raises(ManuscriptError) as caught:
        read(folder)
    (found,) = caught.value.diagnostics
    assert "maps/map.ur.svg" in found.message
    assert found.place is not None
    assert found.place.line == 10


def test_none_leads_out_of_the_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.svg"
    outside.write_bytes(drawing(900))
    (folder / "gauge.ur.svg").symlink_to(outside)
    found = {one.metadata.lang: widths(one) for one in localized(read(folder), folder)}
    assert found["ur-PK"]["gauge.svg"] == 50


def test_front_matter_of_its_own(folder: Path) -> None:
    own = (
        "date: 2026-01-02\npublisher: Oak\ntranslations:\n  ru:\n    publisher: Дуб\n"
        "    date: 2026-11-30\n    licence: CC BY 4.0\n"
    )
    file = folder / "manuscript.md"
    file.write_text(file.read_text("utf-8").replace("lang: en\n", f"lang: en\n{own}"), "utf-8")
    found = {one.metadata.lang: one.metadata for one in localized(read(folder), folder)}
    ru, ur = found["ru"], found["ur-PK"]
    assert (ru.publisher, ru.date) == ("Дуб", "2026-11-30")
    assert ru.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert (ur.publisher, ur.date, ur.licence) == ("Oak", "2026-01-02", "")

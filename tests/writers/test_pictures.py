"""Pictures in every edition: none is lost without a word, none is larger than what shows it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import msgspec
import pikepdf
import pytest
from faircopy.core.diagnostics import EditionError, Place
from faircopy.core.model import Asset, Publication
from faircopy.manuscript import read
from faircopy.theme import MM, load
from faircopy.writers import Options, cover, docx, epub, pdf
from lxml import etree

from tests.manuscript.photographs import SECRET, corners, exif, ink_profile, jpeg, png

THEME = load()
FRONT = "---\ntitle: T\nlang: en-GB\nauthor: A\n{}---\n\nSome text.\n\n"
BROKEN = (
    b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><defs><g id='a'>"
    b"<use href='#a'/></g></defs><use href='#a'/></svg>"
)
"""What reading refuses: who draws it calls himself without end."""


def publication(folder: Path, pictures: dict[str, bytes], front: str = "") -> Publication:
    for name, data in pictures.items():
        (folder / name).write_bytes(data)
    text = "".join(f"![A picture called {name}]({name})\n\n" for name in pictures)
    (folder / "manuscript.md").write_text(FRONT.format(front) + text)
    return read(folder, name="m")


def with_broken(made: Publication, name: str) -> Publication:
    """Return a publication one of whose drawings cannot be drawn, as if it had been let through."""
    broken = Asset(name, "image/svg+xml", BROKEN, 9, 9)
    return msgspec.structs.replace(made, assets={**made.assets, name: broken})


PLAIN = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"


def test_a_picture_that_the_pdf_lacks_is_an_error_with_its_name_and_line(tmp_path: Path) -> None:
    made = with_broken(publication(tmp_path, {"a.png": png(), "b.svg": PLAIN}), "b.svg")

    found = pdf.write(made, THEME, Options(page="a5")).diagnostics

    (item,) = (item for item in found if item.code == "image-undrawn")
    assert item.severity == "error"
    assert "“b.svg”" in item.message
    assert item.place == Place("m/manuscript.md", 11, 20)
    assert not any("base64" in item.message for item in found)


def test_a_picture_that_cannot_be_loaded_is_one_too(tmp_path: Path) -> None:
    made = publication(tmp_path, {"a.png": png()})
    asset = Asset("a.png", "image/png", b"\x89PNG\r\n\x1a\n", 1, 1)
    made = msgspec.structs.replace(made, assets={"a.png": asset})

    found = pdf.write(made, THEME, Options(page="a5")).diagnostics

    assert [(it.code, it.place and it.place.line) for it in found if it.severity == "error"] == [
        ("image-undrawn", 9)
    ]


def test_a_picture_that_the_docx_lacks(tmp_path: Path) -> None:
    made = with_broken(publication(tmp_path, {"b.svg": PLAIN}), "b.svg")

    with pytest.raises(EditionError, match=r"m/manuscript.md:9:20: error: The image “b.svg”"):
        docx.write(made, THEME, Options())


def test_a_cover_that_cannot_be_drawn(tmp_path: Path) -> None:
    (tmp_path / "c.svg").write_bytes(PLAIN)
    made = publication(tmp_path, {}, "cover-image: c.svg\n")

    with pytest.raises(EditionError, match=r"m/manuscript.md:5:1: error: The image “c.svg”"):
        cover.draw(with_broken(made, "c.svg"), THEME)
    assert cover.draw(made, THEME)


def test_every_edition_has_the_same_upright_picture_without_its_secrets(tmp_path: Path) -> None:
    inks = jpeg(corners().convert("CMYK"), icc_profile=ink_profile((55, -37, -50)))
    made = publication(tmp_path, {"a.jpg": jpeg(exif=exif(6)), "b.jpg": inks})
    asset = made.assets["a.jpg"]
    assert (asset.width, asset.height) == (32, 48)

    book = zipfile.ZipFile(io.BytesIO(epub.write(made, THEME, Options(cover=png())).data))
    words = zipfile.ZipFile(io.BytesIO(docx.write(made, THEME, Options()).data))
    pages = pdf.write(made, THEME, Options(page="a5"))

    for package, folder in ((book, "images/"), (words, "word/media/")):
        kept = [package.read(name) for name in package.namelist() if folder in name]
        assert {it.data for it in made.assets.values()} <= set(kept)
        assert SECRET.encode() not in b"".join(package.read(name) for name in package.namelist())
    extent = re.search(
        r'<wp:extent cx="(\d+)" cy="(\d+)"', words.read("word/document.xml").decode()
    )
    assert extent
    assert int(extent[1]) / int(extent[2]) == pytest.approx(32 / 48, rel=0.01)
    with pikepdf.open(io.BytesIO(pages.data)) as opened:
        shown = [it for it in opened.objects if isinstance(it, pikepdf.Stream)]
        pictures = [it for it in shown if it.get("/Subtype") == "/Image"]
        assert [str(it.ColorSpace) for it in pictures] == ["/DeviceRGB"] * 2
        assert any(it.read_raw_bytes() == asset.data for it in pictures)
    assert "PDF/A-3a" in pages.facts["claims"]  # type: ignore[operator]


def test_no_picture_of_a_document_is_higher_than_its_text(tmp_path: Path) -> None:
    tall = png(corners((300, 3000)))
    made = publication(tmp_path, {"a.png": tall})
    words = zipfile.ZipFile(io.BytesIO(docx.write(made, THEME, Options()).data))
    root = etree.fromstring(words.read("word/document.xml"))
    size = next(root.iter("{*}pgSz")), next(root.iter("{*}pgMar"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    room = int(size[0].get(f"{w}h", 0)) - sum(
        int(size[1].get(f"{w}{s}", 0)) for s in ("top", "bottom")
    )

    (extent,) = root.iter("{*}extent")

    assert int(extent.get("cy", 0)) / 12700 <= room / 20
    assert int(extent.get("cx", 0)) / int(extent.get("cy", 0)) == pytest.approx(0.1, rel=0.01)
    assert MM > 0


def test_a_part_of_the_text_is_as_wide_in_a_document_as_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    text = FRONT.format("") + "![A small picture](a.png){width=50%}\n\n![Another](a.png)\n"
    (tmp_path / "manuscript.md").write_text(text)
    made = read(tmp_path, name="m")
    words = zipfile.ZipFile(io.BytesIO(docx.write(made, THEME, Options()).data))
    root = etree.fromstring(words.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    size, margin = next(root.iter("{*}pgSz")), next(root.iter("{*}pgMar"))
    text_width = int(size.get(f"{w}w", 0)) - sum(
        int(margin.get(f"{w}{side}", 0)) for side in ("left", "right")
    )

    half, own = (int(extent.get("cx", 0)) / 635 for extent in root.iter("{*}extent"))

    assert half == pytest.approx(text_width / 2, rel=0.01)
    assert own < half / 2


def test_no_picture_of_a_book_is_higher_than_the_screen(tmp_path: Path) -> None:
    made = publication(tmp_path, {"a.png": png(corners((300, 3000)))})
    book = zipfile.ZipFile(io.BytesIO(epub.write(made, THEME, Options(cover=png())).data))
    (sheet,) = (book.read(name).decode() for name in book.namelist() if name.endswith(".css"))

    rules = [body for names, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet) if "img" in names]

    heights = [int(found) for body in rules for found in re.findall(r"max-height:\s*(\d+)vh", body)]
    assert sorted(heights) == [85, 95, 100]  # with a caption, without, the cover
    assert any("object-fit: contain" in body for body in rules)

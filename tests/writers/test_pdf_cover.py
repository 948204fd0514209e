"""The cover as the first page of a PDF, where the theme's page asks for it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from faircopy.core.model import Artifact, Publication
from faircopy.manuscript import read
from faircopy.proof import fidelity
from faircopy.theme import load
from faircopy.writers import Options, cover, pdf

MANUSCRIPTS = Path(__file__).parents[1] / "manuscripts"


@pytest.fixture(scope="module")
def publication() -> Publication:
    return read(MANUSCRIPTS / "ur", name="ur")


@pytest.fixture(scope="module")
def opened(publication: Publication) -> Artifact:
    options = Options(page="a5", cover=cover.draw(publication, load()))
    return pdf.write(publication, load(), options)


def corners(artifact: Artifact) -> list[tuple[int, ...]]:
    """Return the colour of each page's lower left corner."""
    document = pypdfium2.PdfDocument(artifact.data)
    pictures = [page.render(scale=0.2).to_pil().convert("RGB") for page in document]
    return [picture.getpixel((1, picture.height - 2)) for picture in pictures]


@pytest.mark.slow
def test_the_cover_fills_the_first_page_and_the_text_begins_on_the_next_recto(
    publication: Publication, opened: Artifact
) -> None:
    white = (255, 255, 255)
    plain = corners(pdf.write(publication, load(), Options(page="a5")))
    ground, *rest = corners(opened)
    assert max(ground) < 128
    assert rest == [white, *plain]


def test_it_says_nothing_twice_and_costs_no_claim(
    publication: Publication, opened: Artifact
) -> None:
    assert fidelity.verify(publication, opened) == ()
    assert opened.facts["claims"] == ("PDF/UA-1", "PDF/A-3a")


def test_a_theme_says_which_pages_open_with_it(tmp_path: Path) -> None:
    assert not any(page.cover for page in load().tokens.page.values())
    own = tmp_path / "own.toml"
    own.write_text('name = "own"\nextends = "theme"\n[page.a5]\ncover = true\n')
    opened = {name for name, page in load(str(own)).tokens.page.items() if page.cover}
    assert opened == {"a5", "b5", "6x9in", "5.5x8.5in"}  # and those that are like it

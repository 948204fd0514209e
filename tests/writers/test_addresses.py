"""Addresses and code are broken on the page without a sign that is not theirs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from faircopy import proof
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, epub, pdf
from faircopy.writers.pdf.addresses import MAY, NOT, _broken, _code

LONG = "https://example.org/esk/a-very-long-address-that-must-break-somewhere/final-version-3.pdf"
CODE = "faircopy.writers.extraordinarily_helpful.municipality_department()"
MAIL = "extraordinarily-helpful.municipality.department@internationally.example.org"
DOI = "doi:10.1002/(SICI)1097-4571(199806)49:8_incomprehensibilities_and_counterrevolutions"
SICI = "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"
_EVERY_HYPHEN = "a-~very|-~long|-~name|-~that|-~no|-~line|-~has|-~room|-~for"
FRONT = "---\ntitle: T\nlang: {}\nkind: article\n---\n\n"


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """Return a maker of publications: Markdown and language."""

    def make(text: str, lang: str = "en-GB") -> Any:
        (tmp_path / "manuscript.md").write_text(FRONT.format(lang) + text, "utf-8")
        return read(tmp_path)

    return make


@pytest.mark.parametrize("page", ["a4", "a5"])
@pytest.mark.parametrize(
    ("text", "address"),
    [
        (f"under <{LONG}>", LONG),
        (f"under {LONG}", LONG),
        (f"there: [{LONG[8:]}]({LONG})", LONG[8:]),
        (f"then^[See {LONG}, and so on]", LONG),
        (f"as `{CODE}`", CODE),
        (f"by {MAIL}", MAIL),
        (f"as {DOI}", DOI),
        (f"as [{SICI}]({SICI.replace('<', '%3C').replace('>', '%3E')})", SICI),
        ("as https://doi.org/10.1109/MCG.2020.3006412", "https://doi.org/10.1109/MCG.2020.3006412"),
    ],
)
def test_an_address_is_whole_when_its_lines_are_joined(
    made: Any, text: str, address: str, page: str
) -> None:
    for words in ("", "and so it was to be "):
        publication = made(f"The whole record of these {words}was published {text}.")
        artifact = pdf.write(publication, load(), Options(page=page))
        shown = pypdfium2.PdfDocument(artifact.data)[0].get_textpage().get_text_range()
        assert address in "".join(shown.split())
        assert proof.verify(publication, artifact) == ()


def test_other_links_are_hyphenated_as_ever(made: Any) -> None:
    publication = made(f"[{'extraordinarily ' * 40}](https://example.org)")
    shown = pypdfium2.PdfDocument(pdf.write(publication, load(), Options(page="a4")).data)
    assert "\ufffe" in shown[0].get_textpage().get_text_range()  # PDFium's sign for a soft hyphen


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("https://a.example.org/b/c", "https://|a|.~example|.~org/|b/c"),
        ("a-b", "a-~b"),
        ("mail.us@here.uk", "mail|.~us|@~here|.~uk"),
        ("look_up...", "look|_~up..."),
        ("page?one=two&three#four", "page|?~one|=~two|&~three|#~four"),
        ("some-where/else", "some|-~where/|else"),
    ],
)
def test_places_to_break(text: str, broken: str) -> None:
    assert (_broken(text) or "").replace(MAY, "|").replace(NOT, "~") == broken


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("a-b -c --long", "a-~b -~c -~-~long"),
        ("find some-where/very-long.name", "find some-~where/|very-~long|.~name"),
        ("--and-more-of-them", "--~and-~more-~of-~them"),
        ("x", "x"),
        ("a-very-long-name-that-no-line-has-room-for", _EVERY_HYPHEN),
    ],
)
def test_code_is_broken_at_its_spaces_first(code: str, broken: str) -> None:
    assert (_code(code) or "").replace(MAY, "|").replace(NOT, "~") == broken
    assert _code(_code(code)) == _code(code)


def test_an_epub_says_which_words_are_addresses(made: Any) -> None:
    artifact = epub.write(made(f"See {LONG} or <{LONG}>."), load(), Options())
    with ZipFile(BytesIO(artifact.data)) as package:
        text = b"".join(package.read(name) for name in package.namelist() if "/text/" in name)
    assert text.count(b'class="address"') + text.count(b'class="uri address"') == 2

"""Runs of the other direction stand on the page in the order in which they are read.

The words check reads in logical order, in which a reversed run looks right. So here the places
of the glyphs are looked at, the runs of Word, and the elements of the EPUB.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from faircopy import proof
from faircopy.core.model import Artifact, Publication
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, docx, epub, pdf
from lxml import etree

FRONT = "---\ntitle: T\nlang: {}\nkind: article\n---\n\n"
NATIVE = {"ar": "كتبت {} مرتين", "he": "כתב {} פעמיים", "ur": "یہ {} ہے"}
RUNS = [
    ("BBC News", "BBC News"),
    ("The *Weekly* Tide", "The Weekly Tide"),
    ("Annual Report 2019", "Annual Report 2019"),
    ("[J.-L.](https://example.org) Ångström", "J.-L. Ångström"),
    ("AT&T", "AT&T"),
]
THEME = load()
LINE = 4
"""Points between the middles of letters of different lines."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """Return a maker of publications: Markdown and language."""

    def make(text: str, lang: str) -> Publication:
        (tmp_path / "manuscript.md").write_text(FRONT.format(lang) + text, "utf-8")
        return read(tmp_path)

    return make


def placed(artifact: Artifact) -> list[tuple[str, float, float]]:
    """Return the letters of the first page, with the places of their left edge and middle."""
    text = pypdfium2.PdfDocument(artifact.data)[0].get_textpage()
    out = []
    for index in range(text.count_chars()):
        left, bottom, _, top = text.get_charbox(index)
        if letter := text.get_text_range(index, 1).strip():
            out.append((letter, left, (bottom + top) / 2))
    return out


def drawn(artifact: Artifact) -> str:
    """Return the lines of the first page as they are seen, from left to right, without spaces."""
    lines: list[list[tuple[float, str]]] = []
    last = 0.0
    for letter, left, middle in sorted(placed(artifact), key=lambda item: -item[2]):
        if not lines or last - middle > LINE:
            lines.append([])
        lines[-1].append((left, letter))
        last = middle
    return "\n".join("".join(letter for _, letter in sorted(line)) for line in lines)


@pytest.mark.parametrize("lang", ["ar", "he", "ur"])
@pytest.mark.parametrize(("markdown", "run"), RUNS)
def test_a_run_stands_on_the_page_as_it_is_read(
    made: Any, lang: str, markdown: str, run: str
) -> None:
    publication = made(NATIVE[lang].format(markdown) + ".\n", lang)
    artifact = pdf.write(publication, THEME, Options(page="a4"))
    assert run.replace(" ", "") in drawn(artifact)
    assert proof.verify(publication, artifact) == ()


@pytest.mark.parametrize("lang", ["ar", "he", "ur"])
def test_what_parts_words_stands_between_them(made: Any, lang: str) -> None:
    publication = made(NATIVE[lang].format("SCO, BBC News, CICA"), lang)
    found = drawn(pdf.write(publication, THEME, Options(page="a4")))
    assert "CICA,BBCNews,SCO" in found  # read from the right


@pytest.mark.parametrize("words", ["هيئة الإذاعة", "תחנת הקול"])
def test_words_from_the_right_stand_so_in_english(made: Any, words: str) -> None:
    first, second = words.split()
    publication = made(f"it wrote *{first}* {second} 15 times.\n", "en-GB")
    artifact = pdf.write(publication, THEME, Options(page="a4"))
    at = {letter: left for letter, left, _ in reversed(placed(artifact))}
    assert at["w"] < at[second[-1]] < at[first[0]] < at["5"]
    assert proof.verify(publication, artifact) == ()


@pytest.mark.parametrize("lang", ["ar", "he", "ur"])
def test_no_run_of_word_parts_what_belongs_together(made: Any, lang: str) -> None:
    publication = made(NATIVE[lang].format("The *Weekly* Tide^[BBC News]، *No?*"), lang)
    artifact = docx.write(publication, THEME, Options())
    with zipfile.ZipFile(BytesIO(artifact.data)) as package:
        body, notes = (
            etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")
        )
    assert stretches(body) >= {"The Weekly Tide", "No?"}
    assert "BBC News" in stretches(notes)
    assert "\ufdd0" not in etree.tostring(body, encoding="unicode")
    assert proof.verify(publication, artifact) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("قال SCO، OIC، CICA هنا", "قال SCO\u200f، OIC\u200f، CICA هنا"),
        ("هل *No?* نعم", "هل No?\u200e نعم"),
        ("كتبت BBC News مرتين.", "كتبت BBC News مرتين."),
    ],
)
def test_word_says_to_what_a_stop_belongs_where_letters_do_not(
    made: Any, text: str, shown: str
) -> None:
    """LibreOffice looks at the letters beside it, whatever the runs say."""
    artifact = docx.write(made(text, "ar"), THEME, Options())
    with zipfile.ZipFile(BytesIO(artifact.data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    assert shown in ["".join(map(str, p.itertext(f"{W}t"))) for p in body.iter(f"{W}p")]


def stretches(root: Any) -> set[str]:
    """Return the text of neighbouring runs that are not from right to left."""
    out = [""]
    before = None
    for run in root.iter(f"{W}r"):
        text = "".join(run.itertext(f"{W}t")).strip("\u200e\u200f")
        rtl = run.find(f"{W}rPr/{W}rtl") is not None
        same = before is not None and run.getparent().getparent() is before.getparent().getparent()
        out[-1:] = [out[-1] + text] if same and not rtl else [out[-1], text if not rtl else ""]
        before = run
    return set(out)


@pytest.mark.parametrize("lang", ["ar", "he", "ur"])
@pytest.mark.parametrize(("markdown", "run"), RUNS)
def test_a_run_is_one_isolate_of_an_epub(made: Any, lang: str, markdown: str, run: str) -> None:
    artifact = epub.write(made(NATIVE[lang].format(markdown), lang), THEME, Options())
    with zipfile.ZipFile(BytesIO(artifact.data)) as package:
        texts = [package.read(name) for name in package.namelist() if "/text/" in name]
    spans = [span for text in texts for span in etree.fromstring(text).iterfind(".//*[@dir='ltr']")]
    assert run in ["".join(map(str, span.itertext())).replace("\u00a0", " ") for span in spans]

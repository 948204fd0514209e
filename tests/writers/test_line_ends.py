"""Where lines end: not too early for a space that has no room, nor out of their column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from faircopy.manuscript import read
from faircopy.theme import fonts, load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf.engine import Press
from faircopy.writers.pdf.wide import Room
from weasyprint.formatting_structure import boxes

FRONT = "---\ntitle: T\nlang: {}\nkind: article\n---\n\n"
ARABIC = "ارتفاع الجدار الجديد 5.1 م وطوله 1.3 كم (أي نحو 4,265 قدمًا)، وقد كتبت عنه"


@pytest.fixture
def lines(tmp_path: Path) -> Any:
    """Return a maker of lines: Markdown and language give the edges of the letters by line."""

    def make(text: str, lang: str) -> list[tuple[float, float, int]]:
        (tmp_path / "manuscript.md").write_text(FRONT.format(lang) + text, "utf-8")
        artifact = pdf.write(read(tmp_path), load(), Options(page="a5"))
        page = pypdfium2.PdfDocument(artifact.data)[0].get_textpage()
        found: list[tuple[float, float, float, int]] = []
        shown = page.get_text_range()
        boxes = [page.get_charbox(at) for at in range(page.count_chars()) if shown[at].strip()]
        letters = [box for box in boxes if box[2] - box[0] > 1 and box[3] > box[1]]
        for left, bottom, right, top in sorted(letters, key=lambda box: -box[1] - box[3]):
            middle = (bottom + top) / 2
            if found and found[-1][2] - middle < 7:
                start, end, _, count = found.pop()
                found.append((min(start, left), max(end, right), middle, count + 1))
            else:
                found.append((left, right, middle, 1))
        return [(start, end, count) for start, end, _, count in found[1:-1]]  # title and folio

    return make


def test_an_arabic_line_is_not_broken_early(lines: Any) -> None:
    found = lines(f"{ARABIC} BBC News مرتين. راجع الموقع.", "ar")
    assert found[0][2] > 40


def test_lines_from_the_right_stay_in_their_column(lines: Any) -> None:
    text = "كتبت جريدة *قديمة* عن *الميناء* البحر وعن *البلدة* الصغيرة وعن The *Weekly* Tide مرتين "
    for words in range(1, 9):
        found = lines(" ".join(ARABIC.split()[:words]) + " " + text * 4, "ar")
        assert max(end for _, end, _ in found) - min(start for start, *_ in found) < 313


def test_a_no_break_space_without_room_ends_no_line_after_a_word() -> None:
    """Pango lets it stand out, and breaks at the first space when it may not: at each width."""
    theme = load()
    face = next(face for face in theme.faces if face.family == theme.font.text)
    css = f"@page{{size:500px 9000px;margin:0}}body{{font:16px '{face.family}'}}"
    text = "some JavaScript, and Lit is JavaScript outside, and then\u00a0<b>HTML</b>."
    paragraphs = "".join(f'<p style="width:{n / 2}px">{text}</p>' for n in range(640, 880))
    press = Press(css, [fonts.file(face)])
    made = press.compose(f"<html><body>{paragraphs}</body></html>".encode(), Room(500, 500))
    lines = [
        box for page in made.pages for box in page.descendants() if isinstance(box, boxes.LineBox)
    ]
    texts = ["".join(getattr(box, "text", "") for box in line.descendants()) for line in lines]
    assert sum(text.startswith("some") for text in texts) == 240
    assert {text for text in texts if len(text) < 10} <= {"then\u00a0HTML.", "and then\u00a0HTML."}

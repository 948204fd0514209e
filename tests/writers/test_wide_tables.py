"""Tables that are wider than a telephone or a page of Word: EPUB and DOCX."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from faircopy.core import process
from faircopy.core.tools import tool
from faircopy.manuscript import read
from faircopy.theme import MM, load
from faircopy.writers import Options, docx, epub
from faircopy.writers.docx.ooxml import q
from faircopy.writers.docx.table_styles import PADDING
from faircopy.writers.html import classes
from faircopy.writers.reflowable import tables
from faircopy.writers.reflowable.xhtml import named, parse
from lxml import etree

from tests.writers.test_pdf_wide import FRONT, NINE, SEVEN, WIDE

NARROW = "| a | b |\n|---|---|\n| c | d |\n"
THEME = load()
IN_READER = {
    name: text for name, text in WIDE.items() if "formula" not in name and "picture" not in name
}
MEASURE = """<!DOCTYPE html><meta charset="utf-8"><pre id="out"></pre>
<iframe id="page" src="%s" style="width: %dpx; height: 2000px; border: 0"></iframe>
<script>
document.getElementById("page").onload = event => {
  const page = event.target.contentDocument, root = page.documentElement;
  const wide = [...page.querySelectorAll("td, th, p, li, pre, caption, h1, h2")]
    .filter(item => item.scrollWidth > item.clientWidth + 1).map(item => item.innerText);
  document.getElementById("out").textContent =
    JSON.stringify([root.scrollWidth - root.clientWidth, wide]);
};
</script>"""


def book(tmp_path: Path, text: str) -> zipfile.ZipFile:
    (tmp_path / "manuscript.md").write_text(FRONT + text, "utf-8")
    return zipfile.ZipFile(io.BytesIO(epub.write(read(tmp_path), THEME, Options()).data))


def measured(folder: Path, book: zipfile.ZipFile, width: int) -> tuple[float, list[str]]:
    """Return by how much Chromium's page is wider than its screen, and what overflows."""
    book.extractall(folder)
    name = next(name for name in book.namelist() if name.endswith("s001.xhtml"))
    (folder / "reader.html").write_text(MEASURE % (name, width), "utf-8")
    known = tool("chromium")
    program = known.path() if known else None
    assert program
    flags = ["--headless", "--disable-gpu", "--allow-file-access-from-files", "--dump-dom"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    profile = f"--user-data-dir={folder / 'profile'}"
    page = (folder / "reader.html").as_uri()
    done = process.run([program, *flags, profile, "--virtual-time-budget=20000", page], timeout=120)
    found = re.search(r'<pre id="out">(.*?)</pre>', done.stdout.decode("utf-8"), re.S)
    assert found
    over, wide = json.loads(found[1])
    return over, wide


@pytest.mark.slow
@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_the_screen(tmp_path: Path, width: int) -> None:
    made = book(tmp_path, "\n\n".join(IN_READER.values()))
    assert measured(tmp_path / "book", made, width) == (0, [])


def test_a_wide_table_shares_out_the_screen() -> None:
    root = parse(
        "<table><caption>c</caption><tr>"
        + "".join(f"<td>{word}</td>" for word in ("Northumberland", "1", *["engineer"] * 7))
        + "</tr></table>"
    )
    tables.fit(root)
    (table,) = named(root, "table")
    assert classes(table) == ["wide", "widest"]
    widths = [float(str(c.get("style"))[7:-2]) for c in named(root, "col")]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert widths[1] < widths[2] == widths[8]
    assert [etree.QName(child).localname for child in table] == ["caption", "colgroup", "tr"]


def test_a_narrow_table_is_left_as_it_is(tmp_path: Path) -> None:
    text = book(tmp_path, NARROW).read("EPUB/text/s001.xhtml").decode()
    assert "wide" not in text
    assert "<col" not in text


def test_a_wide_formula_can_be_scrolled_by_the_keyboard(tmp_path: Path) -> None:
    terms = " + ".join(f"a_{{{number}}}" for number in range(20))
    made = book(tmp_path, f"So $$ {terms} $$ it is, $a$.").read("EPUB/text/s001.xhtml")
    root = etree.fromstring(made)
    (box,) = [item for item in named(root, "span") if item.get("tabindex")]
    assert (classes(box), box.get("tabindex")) == (["scrolled"], "0")
    assert [classes(formula) for formula in box] == [["wide"]]
    assert (box.tail or "").startswith(" it is, ")


@pytest.mark.parametrize("text", [SEVEN, NINE])
def test_columns_of_word_have_room_for_their_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + text, "utf-8")
    made = zipfile.ZipFile(io.BytesIO(docx.write(read(tmp_path), THEME, Options()).data))
    root = etree.fromstring(made.read("word/document.xml"))
    widths = [int(column.get(q("w"), "0")) for column in root.iter(q("gridCol"))]
    page = THEME.page(THEME.docx.page)
    assert sum(widths) == pytest.approx(page.text_width * MM * 20, abs=len(widths))
    if text is SEVEN:
        assert widths[0] == max(widths)
        assert widths[0] > 1.5 * widths[-1]
    assert next(root.iter(q("tblCellMar")), None) is not None


BOLD_HEBREW = 3.37
"""Em that “Hebrew” is wide in Source Sans 3 of weight 620, the bold of the theme."""
WORDLIST = """| Hebrew | Transcription | Meaning | Notes | Example |
|---|---|---|---|---|
| **אב** | *avivi av* | in the spring of the year | {long} | **אב** – {long} |
""".format(long="Strictly statistical – the value dividing a set into two equal halves")


def test_a_bold_head_of_word_has_room(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + WORDLIST, "utf-8")
    data = docx.write(read(tmp_path), THEME, Options()).data
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    column = next(int(column.get(q("w"), "0")) for column in root.iter(q("gridCol")))
    size = THEME.page(THEME.docx.page).style.table.size * 20
    assert (column - 2 * PADDING[1]) / size >= BOLD_HEBREW


def test_a_table_of_word_that_fits_keeps_its_proportions(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + NARROW, "utf-8")
    made = zipfile.ZipFile(io.BytesIO(docx.write(read(tmp_path), THEME, Options()).data))
    root = etree.fromstring(made.read("word/document.xml"))
    first, second = (column.get(q("w")) for column in root.iter(q("gridCol")))
    assert first == second
    assert next(root.iter(q("tblCellMar")), None) is None

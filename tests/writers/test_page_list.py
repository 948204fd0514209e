"""Where printed pages begin: found in the PDF, marked in the EPUB before a whole word."""

from __future__ import annotations

import io
import re
import zipfile

import msgspec
import pytest
from faircopy.core.model import Artifact, PageStart
from faircopy.theme import load
from faircopy.writers import Options, epub
from faircopy.writers.epub import page_list
from faircopy.writers.paging import folio
from faircopy.writers.reflowable.sections import Section
from faircopy.writers.reflowable.xhtml import parse
from lxml import etree

from tests.editions import edition, read

WORDS = '<p id="u">He said, “Hello” to <em>every</em>one: a well-known man.</p>'
NOTE = '<p id="u">One.<a role="doc-noteref" href="#n">12</a> Two <em>three</em></p>'
MARKED = [
    (WORDS, 0, "en", "<p>|He said"),
    (WORDS, 6, "en", "said, |“Hello”"),
    (WORDS, 8, "en", "said, |“Hello”"),  # broken over the page: before its first part
    (WORDS, 13, "en", "to |<em>every</em>one"),
    (WORDS, 16, "en", "to |<em>every</em>one"),
    (WORDS, 26, "en", "a |well-known"),
    (NOTE, 3, "en", "</a> |Two <em>three"),
    (NOTE, 6, "en", "Two |<em>three"),
    ('<p id="u">It rose—slowly—and fell.</p>', 6, "en", "rose—|slowly"),
    ('<p id="u">x <math xmlns="http://www.w3.org/1998/Math/MathML"/> y</p>', 1, "en", "/> |y"),
    ('<p id="u">One line<br/>another</p>', 7, "en", "<br/>|another"),
    ('<p id="u">水は「流れる」、と言った。</p>', 2, "ja", "水は|「流れる"),
    ('<p id="u">水はWikipediaに流れる。</p>', 5, "ja", "水は|Wikipedia"),
    ('<p id="u">水は流れる。</p>', 3, "ja", "水は流|れる"),
    ('<h2 id="u">Why?</h2>', 0, "en", "<div>|<h2>Why"),
    ('<figure><img id="u" alt="A map"/></figure>', 0, "en", "<div>|<figure>"),
    ('<ul><li id="u">An item</li></ul>', 0, "en", "<li>|An item"),
    ('<p id="u">One.</p>\n<pre><code>a b\nc d</code></pre>', 5, "en", "b\n|c d"),
    ('<table><tr><td id="u">Ort</td>\n<td>11.078</td></tr></table>', 3, "de", "<td>|11.078"),
    ('<ul><li id="u">Ort</li>\n<li>* 1,1</li></ul><p class="unit">Z</p>', 3, "de", "<li>* |1,1"),
    ('<p id="other">Nothing else</p>', 0, "en", "else</p>|</div>"),
]


@pytest.mark.parametrize(("text", "letters", "lang", "found"), MARKED)
def test_a_page_begins_before_a_whole_word(text: str, letters: int, lang: str, found: str) -> None:
    root = parse(text)
    metadata = msgspec.structs.replace(read("speaker-turns").metadata, lang=lang)
    start = PageStart("7", "u", letters)
    (listed,) = page_list.mark([Section("s001", "", root)], [start], metadata)
    made = etree.tostring(root, encoding="unicode")
    plain = re.sub(r'<span id="page-1"[^>]*/>', "|", re.sub(r' (xmlns(:\w+)?)="[^"]*"', "", made))
    assert found in re.sub(r'<(\w+) (?!id="page)[^>]*?(/?)>', r"<\1\2>", plain)
    assert (listed.label, listed.href) == ("7", "text/s001.xhtml#page-1")
    assert 'role="doc-pagebreak" aria-label="7" epub:type="pagebreak"' in made


def test_an_id_of_the_text_is_left_alone() -> None:
    root = parse('<p id="page-1">First</p>')
    start = PageStart("1", "page-1", 0)
    (listed,) = page_list.mark([Section("s", "", root)], [start], read("speaker-turns").metadata)
    assert listed.href == "text/s.xhtml#page--1"


@pytest.mark.parametrize(
    ("numerals", "shown"), [("decimal", "120"), ("persian", "۱۲۰"), ("arabic-indic", "١٢٠")]
)
def test_a_page_is_called_by_the_number_that_it_bears(numerals: str, shown: str) -> None:
    assert folio(120, numerals) == shown


def listing(name: str) -> Artifact:
    publication = read(name)
    metadata = msgspec.structs.replace(publication.metadata, print="a5")
    printed = msgspec.structs.replace(publication, metadata=metadata)
    starts = edition(name, "pdf.a5").page_starts
    return epub.write(printed, load(), Options(page_starts=starts))


@pytest.mark.parametrize(
    ("isbn", "source"),
    [
        ({}, " (PDF, a5)"),
        ({"pdf": "9783161484100"}, "urn:isbn:9783161484100"),
        ({"pdf": "9783161484100", "print": "9780306406157"}, "urn:isbn:9780306406157"),
    ],
)
def test_whose_pages_they_are_is_said(isbn: dict[str, str], source: str) -> None:
    publication = read("speaker-turns")
    metadata = msgspec.structs.replace(publication.metadata, print="a5", isbn=isbn)
    said = page_list.source(msgspec.structs.replace(publication, metadata=metadata))
    assert said.endswith(source)


def test_a_book_without_a_printed_page_says_nothing_of_pages() -> None:
    with zipfile.ZipFile(io.BytesIO(edition("speaker-turns", "epub").data)) as book:
        files = b"".join(book.read(name) for name in book.namelist() if name.endswith("html"))
        assert b"pagebreak" not in files
        assert b"pageBreak" not in book.read("EPUB/content.opf")


@pytest.mark.slow
def test_every_page_is_listed_by_its_number() -> None:
    made = listing("ar")
    with zipfile.ZipFile(io.BytesIO(made.data)) as book:
        nav = book.read("EPUB/nav.xhtml").decode()
        package = book.read("EPUB/content.opf").decode()
    pages = nav.partition('epub:type="page-list"')[2].partition("</nav>")[0]
    shown = re.findall(">([^<]+)</a>", pages)
    assert shown == [folio(number, "arabic-indic") for number in range(1, len(shown) + 1)]
    assert len(shown) == edition("ar", "pdf.a5").facts["pages"]
    assert '<meta property="pageBreakSource">' in package
    for feature in ("pageBreakMarkers", "pageNavigation"):
        assert f">{feature}</meta>" in package
    assert made.data == listing("ar").data

"""The EPUB edition, opened again with the standard library and lxml."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Artifact, Publication
from faircopy.languages import locale
from faircopy.passes import sentences
from faircopy.passes.opener import opener
from faircopy.passes.typography import typeset
from faircopy.passes.units import units
from faircopy.theme import load
from faircopy.writers import Options, epub
from faircopy.writers.reflowable import semantics
from faircopy.writers.reflowable.xhtml import XHTML
from lxml import etree
from PIL import Image
from syrupy.assertion import SnapshotAssertion

from tests import editions
from tests.editions import edition

ROOT = Path(__file__).parents[2]
MANUSCRIPTS = ROOT / "tests" / "manuscripts"
SAMPLES = ("ar", "every-construct", "he", "kk", "ru", "speaker-turns", "ur", "zh")
NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "dc": "http://purl.org/dc/elements/1.1/",
    "epub": "http://www.idpf.org/2007/ops",
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "o": "http://www.idpf.org/2007/opf",
}
OPS_TYPE = f"{{{NAMES['epub']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BLOCKS = frozenset(
    {"aside", "br", "caption", "dd", "div", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "li", "p", "pre", "section", "table", "td", "th"}
)
MARKS = ("noteref", "backlink")
"""Types of the elements that the format adds: the numbers of the footnotes."""


class Book:
    """An EPUB read from its bytes, by way of its container, package and spine."""

    def __init__(self, artifact: Artifact) -> None:
        self.artifact = artifact
        self.zip = zipfile.ZipFile(io.BytesIO(artifact.data))
        container = etree.fromstring(self.zip.read("META-INF/container.xml"))
        self.opf_path = str(self.find(container, "//c:rootfile/@full-path")[0])
        self.opf = etree.fromstring(self.zip.read(self.opf_path))

    @staticmethod
    def find(root: Any, path: str) -> list[Any]:
        return list(root.xpath(path, namespaces=NAMES))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return {item.get("id"): item for item in self.find(self.opf, "//o:item")}

    def path(self, item: Any) -> str:
        return posixpath.join(posixpath.dirname(self.opf_path), item.get("href"))

    @cached_property
    def documents(self) -> dict[str, Any]:
        """Every XHTML document by its path, in the manifest's order."""
        return {
            self.path(item): etree.fromstring(self.zip.read(self.path(item)))
            for item in self.manifest.values()
            if item.get("media-type") == "application/xhtml+xml"
        }

    @cached_property
    def spine(self) -> list[str]:
        refs = self.find(self.opf, "//o:itemref/@idref")
        return [self.path(self.manifest[ref]) for ref in refs]

    @property
    def text(self) -> dict[str, Any]:
        """The documents of the spine that carry the manuscript's words."""
        added = ("nav.xhtml", "cover.xhtml")
        return {path: self.documents[path] for path in self.spine if not path.endswith(added)}

    def properties(self) -> dict[str, set[str]]:
        """The manifest's properties, by file name."""
        return {
            posixpath.basename(item.get("href")): set(item.get("properties").split())
            for item in self.manifest.values()
            if item.get("properties")
        }

    def meta(self, name: str) -> list[str]:
        return [item.text for item in self.find(self.opf, f"//o:meta[@property='{name}']")]


def words_of(root: Any) -> list[str]:
    out: list[str] = []
    _collect(root.find("{*}body"), out)
    return "".join(out).split()


def _collect(element: Any, out: list[str]) -> None:
    name = etree.QName(element).localname
    if element.get(OPS_TYPE) in MARKS:
        return
    if name == "math":
        out.extend(item.text for item in element.iter("{*}annotation"))
        return
    gap = "\n" if name in BLOCKS else ""
    out += [gap, element.text or ""]
    for child in element:
        _collect(child, out)
        out.append(child.tail or "")
    out.append(gap)


def manuscript_words(publication: Publication) -> list[str]:
    """The opener's and the manuscript's words; each document's footnotes come at its end."""
    drawn = typeset((opener(publication), *publication.blocks), locale(publication.metadata.lang))
    highest = min((b.level for b in drawn if isinstance(b, ast.Header)), default=0)
    out: list[str] = []
    notes: list[str] = []
    for block in drawn:
        if isinstance(block, ast.Header) and block.level == highest:
            out += notes
            notes = []
        out += ast.text(block, ast.Omit.NOTES, ast.Omit.ALT).split()
        for node in ast.walk(block):
            if isinstance(node, ast.Note):
                notes += ast.text(node.blocks, ast.Omit.ALT).split()
    return out + notes


def publication_of(name: str) -> Publication:
    return editions.read(name)


@pytest.fixture(scope="module")
def made() -> dict[str, Book]:
    """Books by name, each made once; ``+cover`` gives a sample with a cover."""
    return {}


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 25), "red").save(out, "JPEG")
    return out.getvalue()


def book_of(made: dict[str, Book], name: str) -> Book:
    if name not in made:
        sample, _, cover = name.partition("+")
        options = Options(cover=_jpeg())
        made[name] = Book(
            epub.write(publication_of(sample), load(), options)
            if cover
            else edition(sample, "epub")
        )
    return made[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_word_stands_in_the_spine_in_order(name: str, made: dict[str, Book]) -> None:
    found = [word for root in book_of(made, name).text.values() for word in words_of(root)]
    assert found == manuscript_words(publication_of(name))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_unit_and_sentence_has_its_id_in_one_document(
    name: str, made: dict[str, Book]
) -> None:
    publication = publication_of(name)
    lang = publication.metadata.lang
    blocks = (opener(publication), *publication.blocks)
    wanted = {unit.id for unit in units(blocks)}
    for node in ast.walk(sentences.mark(typeset(blocks, locale(lang)), lang)):
        if isinstance(node, ast.Span) and "sentence" in node.attr.classes:
            wanted.add(node.attr.id)
    book = book_of(made, name)
    found = Counter(str(i) for root in book.documents.values() for i in root.xpath("//@id"))
    assert wanted <= found.keys()
    assert {name for name in wanted if found[name] > 1} == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_leads_somewhere(name: str, made: dict[str, Book]) -> None:
    book = book_of(made, f"{name}+cover")
    files = {book.path(item) for item in book.manifest.values()}
    for path, root in book.documents.items():
        for target in root.xpath("//@href | //@src"):
            if str(target).startswith(("http", "mailto:")):
                continue
            file, _, fragment = str(target).partition("#")
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
            whole = whole if file else path
            assert whole in files, f"{path} links to {target}"
            if fragment:
                assert fragment in book.documents[whole].xpath("//@id")


@pytest.mark.parametrize("name", SAMPLES)
def test_language_and_direction_stand_in_every_file(name: str, made: dict[str, Book]) -> None:
    metadata = publication_of(name).metadata
    book = book_of(made, name)
    for root in book.documents.values():
        assert (root.get("lang"), root.get(XML_LANG)) == (metadata.lang, metadata.lang)
        assert root.get("dir") == metadata.dir
        assert all(e.get(XML_LANG) == e.get("lang") for e in root.iter() if e.get("lang"))
    (spine,) = book.find(book.opf, "//o:spine")
    assert spine.get("page-progression-direction") == metadata.dir
    assert book.opf.get(XML_LANG) == metadata.lang


def test_footnotes_stand_where_they_are_referred_to(made: dict[str, Book]) -> None:
    seen = 0
    for root in book_of(made, "every-construct").text.values():
        notes = {
            note.get("id"): note for note in Book.find(root, "//h:aside[@role='doc-footnote']")
        }
        refs = Book.find(root, "//h:a[@epub:type='noteref']")
        assert [ref.get("href")[1:] for ref in refs] == list(notes)
        for ref in refs:
            note = notes[ref.get("href")[1:]]
            assert note.get(OPS_TYPE) == "footnote"
            (back,) = Book.find(note, ".//h:a[@role='doc-backlink']")
            assert back.get("href") == f"#{ref.get('id')}"
            seen += 1
    assert seen == 5


def test_the_same_bytes_every_time_in_a_zip_of_fixed_form(made: dict[str, Book]) -> None:
    book = book_of(made, "every-construct")
    again = epub.write(publication_of("every-construct"), load(), Options())
    assert again == book.artifact
    entries = book.zip.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.zip.read("mimetype") == b"application/epub+zip"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(entry.extra for entry in entries)


def test_the_package_lists_every_file_once_with_its_properties(made: dict[str, Book]) -> None:
    book = book_of(made, "every-construct+cover")
    listed = [book.path(item) for item in book.manifest.values()]
    inside = set(book.zip.namelist()) - {"mimetype", "META-INF/container.xml", book.opf_path}
    assert sorted(listed) == sorted(inside)
    assert book.properties() == {
        "nav.xhtml": {"nav"},
        "cover.jpg": {"cover-image"},
        "s001.xhtml": {"mathml"},
    }


def test_a_cover_is_claimed_only_where_there_is_one(made: dict[str, Book]) -> None:
    without, covered = book_of(made, "ur"), book_of(made, "ur+cover")
    assert "cover.jpg" not in without.properties()
    assert not without.find(without.documents["EPUB/nav.xhtml"], "//*[@epub:type='cover']")
    assert covered.spine[0] == "EPUB/text/cover.xhtml"
    (image,) = covered.find(covered.documents[covered.spine[0]], "//h:img")
    assert image.get("alt") == "سرورق: دریا سب یاد رکھتا ہے – آوازِ دریا"
    assert covered.find(covered.documents["EPUB/nav.xhtml"], "//h:a[@epub:type='cover']")


def test_a_pull_quote_is_not_read_twice(made: dict[str, Book]) -> None:
    roots = book_of(made, "every-construct").text.values()
    (quote,) = [q for root in roots for q in Book.find(root, "//h:aside[@epub:type='pullquote']")]
    assert (quote.get("role"), quote.get("aria-hidden")) == ("doc-pullquote", "true")


def test_headers_of_tables_say_what_they_head(made: dict[str, Book]) -> None:
    roots = book_of(made, "every-construct").text.values()
    scopes = {cell.text: cell.get("scope") for root in roots for cell in Book.find(root, "//h:th")}
    assert scopes["Month"] == "col"
    assert scopes["Readings"] == "colgroup"


@pytest.mark.parametrize("cell", ["<th/>", "<th> </th>", "<th><br/></th>"])
def test_a_head_cell_with_nothing_in_it_heads_nothing(cell: str) -> None:
    """Readers would announce a heading without words; one with a sign in it stays what it is."""
    head = f"<thead><tr>{cell}<th>Month</th></tr></thead>"
    root = etree.fromstring(f'<html xmlns="{XHTML}"><table>{head}</table></html>')
    semantics.enrich(root)
    corner, month = Book.find(root, "//h:tr/*")
    assert etree.QName(corner).localname == ("th" if "br" in cell else "td")
    assert (corner.get("scope"), month.get("scope")) == ("col" if "br" in cell else None, "col")


def test_a_table_follows_the_screen_and_its_columns_the_direction(made: dict[str, Book]) -> None:
    urdu = [
        cell for root in book_of(made, "ur").text.values() for cell in Book.find(root, "//h:th")
    ]
    assert [cell.get("style") for cell in urdu] == [
        None,
        None,
        "text-align: right;",
    ]
    roots = book_of(made, "every-construct").text.values()
    tables = [table for root in roots for table in Book.find(root, "//h:table")]
    assert len(tables) == 3
    assert not [table for table in tables if table.get("style")]


def test_formulas_have_words(made: dict[str, Book]) -> None:
    roots = book_of(made, "every-construct").text.values()
    formulas = [item for root in roots for item in Book.find(root, "//m:math/@alttext")]
    assert formulas[0] == "capital E equals m c squared"
    assert len(formulas) == 3


def test_the_reader_keeps_size_and_colour(made: dict[str, Book]) -> None:
    import tinycss2

    css = book_of(made, "every-construct").zip.read("EPUB/styles/book.css").decode()
    assert "var(" not in css
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = tinycss2.serialize(rule.prelude)
        units_used = {t.lower_unit for t in _tokens(rule.content) if t.type == "dimension"}
        assert units_used <= {"em", "vh"}, selector
        if {part.strip() for part in selector.split(",")} & {"html", "body", "p", "section"}:
            names = {
                d.name
                for d in tinycss2.parse_blocks_contents(rule.content)
                if d.type == "declaration"
            }
            assert not names & {"color", "background", "background-color", "font-size"}, selector


def _tokens(nodes: Any) -> Iterator[Any]:
    for node in nodes:
        yield node
        for name in ("content", "arguments"):
            yield from _tokens(getattr(node, name, None) or ())


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "zh"])  # an optional font
def test_embedded_fonts_draw_the_text_and_bring_their_licence(
    name: str, made: dict[str, Book]
) -> None:
    from fontTools.ttLib import TTFont

    book = book_of(made, name)
    fonts = [i for i in book.manifest.values() if i.get("media-type").startswith("font/")]
    drawn: set[int] = set()
    for item in fonts:
        drawn |= TTFont(io.BytesIO(book.zip.read(book.path(item)))).getBestCmap().keys()
    shown = {ord(char) for root in book.text.values() for word in words_of(root) for char in word}
    undrawn = {chr(point) for point in shown - drawn}
    assert undrawn <= {"☒", "\u200c", "\u200d", "\u2060", "\u00ad"}
    texts = [i for i in book.manifest.values() if i.get("media-type") == "text/plain"]
    assert all(b"Open Font License" in book.zip.read(book.path(item)) for item in texts)
    assert texts


def test_an_image_that_is_not_there_is_an_error() -> None:
    publication = msgspec.structs.replace(publication_of("every-construct"), assets={})
    with pytest.raises(EditionError, match="edition-image-missing"):
        epub.write(publication, load(), Options())


def test_a_link_beside_the_manuscript_keeps_its_words_and_is_reported() -> None:
    publication = publication_of("speaker-turns")
    link = ast.Link((ast.NO_ATTR, (ast.Str("elsewhere"),), ("other.md", "")))
    changed = msgspec.structs.replace(publication, blocks=(*publication.blocks, ast.Para((link,))))
    artifact = epub.write(changed, load(), Options())
    assert [item.code for item in artifact.diagnostics] == ["epub-link-dropped"]
    assert "elsewhere" in [w for root in Book(artifact).text.values() for w in words_of(root)]


def test_a_book_is_cut_into_chapters() -> None:
    publication = publication_of("every-construct")
    book = Book(epub.write(publication, load(), Options()))
    assert [root.findtext(".//{*}title") for root in book.text.values()] == [
        "Every construct: a river gauge & its keeper",
        "The keeper and the river",
        "Quotations and other blocks",
    ]


# --- what a person can read ----------------------------------------------------------------------


def outline(list_: Any, depth: int = 0) -> Iterator[str]:
    for item in list_:
        link = item.find("{*}a")
        yield f"{'  ' * depth}{link.text} -> {link.get('href')}"
        for nested in item.findall("{*}ol"):
            yield from outline(nested, depth + 1)


def metadata_lines(opf: Any) -> Iterator[str]:
    for item in opf.find("{*}metadata"):
        name = item.get("property") or item.get("name") or etree.QName(item).localname
        refines = f" of {item.get('refines')}" if item.get("refines") else ""
        said = item.text or item.get("content")
        yield f"{name}{refines}: {said[:10] if name == 'dcterms:modified' else said}"


def own_text(element: Any) -> str:
    """An element's text without that of the blocks in it; a formula as its TeX."""
    if etree.QName(element).localname == "math":
        return "$" + "".join(item.text for item in element.iter("{*}annotation")) + "$"
    out = element.text or ""
    for child in element:
        name = etree.QName(child).localname
        inner = " / " if name == "br" else "" if name in BLOCKS else own_text(child)
        out += inner + (child.tail or "")
    return out


def text_lines(root: Any) -> Iterator[str]:
    for element in root.find("{*}body").iter():
        name = etree.QName(element).localname
        text = " ".join(own_text(element).split())
        if name in BLOCKS and text and name != "br":
            marks = [name, *(f".{c}" for c in element.get("class", "").split() if c != "unit")]
            kind = element.get(OPS_TYPE) or element.get("role")
            yield f"{''.join(marks)}{f' [{kind}]' if kind else ''}: {text}"


@pytest.mark.parametrize("name", ["every-construct", "ur"])
def test_what_it_says_of_itself_and_its_contents(
    name: str, made: dict[str, Book], snapshot: SnapshotAssertion
) -> None:
    book = book_of(made, f"{name}+cover")
    nav = book.documents["EPUB/nav.xhtml"]
    for kind in ("toc", "landmarks"):
        (list_,) = book.find(nav, f"//h:nav[@epub:type='{kind}']/h:ol")
        assert "\n".join(outline(list_)) == snapshot(name=kind)
    assert "\n".join(metadata_lines(book.opf)) == snapshot(name="metadata")


@pytest.mark.parametrize("name", ["every-construct", "ur"])
def test_what_a_reader_reads(name: str, made: dict[str, Book], snapshot: SnapshotAssertion) -> None:
    for path, root in book_of(made, name).text.items():
        assert "\n".join(text_lines(root)) == snapshot(name=posixpath.basename(path))

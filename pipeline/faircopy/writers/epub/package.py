"""The package: metadata, manifest and spine, written by EbookLib from verbatim items.

EbookLib's ``EpubHtml`` serialises its content again and puts white space between inline
elements, which changes words; an ``EpubItem`` goes in as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import msgspec
from lxml import etree

from faircopy.core.model import Publication
from faircopy.passes import editions, rights
from faircopy.passes.identifiers import derived, identifier, of_form
from faircopy.writers import container
from faircopy.writers.epub import archive, page_list
from faircopy.writers.epub.accessibility import Facts, properties, summary_lang
from faircopy.writers.reflowable.contents import Entry
from faircopy.writers.reflowable.words import plain
from faircopy.writers.reflowable.xhtml import XML_LANG

TDM = "http://www.w3.org/ns/tdmrep#"
OPF = "http://www.idpf.org/2007/opf"
PACKAGE = "EPUB/content.opf"
_PAGES = {"property": "pageBreakSource"}
"""EPUB Accessibility 1.1, section 3.3.3: whose pages the list is of."""
_SUMMARY = "schema:accessibilitySummary"


class Item(msgspec.Struct, frozen=True):
    """A file of the package."""

    id: str
    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()


def build(
    publication: Publication,
    items: Sequence[Item],
    spine: Sequence[str],
    contents: Sequence[Entry],
    facts: Facts,
) -> bytes:
    """Return the EPUB of these items; ``spine`` names the ids of those that are read, in order."""
    from ebooklib import epub

    metadata = publication.metadata
    book: Any = epub.EpubBook()
    book.set_direction(metadata.dir)
    book.spine = list(spine)
    book.toc = _toc(contents)
    _describe(book, publication, facts)
    for item in items:
        book.add_item(_verbatim(item))
    book.add_item(epub.EpubNcx())
    out = BytesIO()
    moment = editions.moment(publication, b"".join(item.data for item in items))
    options = {"mtime": moment, "compresslevel": 0, "raise_exceptions": True}
    epub.write_epub(out, book, options)
    entries = container.unpack(out.getvalue())
    entries[PACKAGE] = _finish(entries[PACKAGE], publication)
    return archive.pack(entries)


def _verbatim(item: Item) -> Any:
    from ebooklib import epub

    made: Any = epub.EpubItem(item.id, item.path, item.media_type, item.data)
    made.properties = list(item.properties)
    return made


def _toc(contents: Sequence[Entry]) -> list[Any]:
    """Return the entries as EbookLib wants them for the NCX, which old systems read."""
    from ebooklib import epub

    out: list[Any] = []
    for entry in contents:
        link = epub.Link(
            entry.href, entry.label, f"toc-{derived(entry.href).removeprefix('urn:uuid:')}"
        )
        section = epub.Section(entry.label, entry.href)
        out.append((section, _toc(entry.children)) if entry.children else link)
    return out


def _describe(book: Any, publication: Publication, facts: Facts) -> None:
    """Put the metadata in, in the order in which a person would read them."""
    metadata = publication.metadata
    lang = metadata.lang
    known_by = of_form(publication, "epub")
    book.set_identifier(known_by)
    if known_by != identifier(publication):
        book.add_metadata("DC", "identifier", identifier(publication), {})
    book.title = plain(metadata.title, lang)
    book.add_metadata("DC", "title", book.title, {"id": "main-title"})
    book.set_language(lang)
    _refine(book, "main-title", "title-type", "main")
    if metadata.subtitle:
        subtitle = plain(metadata.subtitle, lang)
        book.add_metadata("DC", "title", subtitle, {"id": "subtitle"})
        _refine(book, "subtitle", "title-type", "subtitle")
    people = [
        *(("creator", "aut", plain(name, lang)) for name in metadata.author),
        *(("contributor", "ive", name) for name in metadata.interviewee),
        *(("contributor", "ivr", name) for name in metadata.interviewer),
    ]
    for number, (element, role, name) in enumerate(people, start=1):
        book.add_metadata("DC", element, name, {"id": f"person-{number}"})
        _refine(book, f"person-{number}", "role", role, scheme="marc:relators")
    for element, value in (
        ("date", metadata.date),
        ("description", metadata.description),
        ("publisher", metadata.publisher or plain(metadata.outlet, lang)),
        ("rights", rights.stated(metadata)),
        ("source", metadata.original),
        *(("subject", keyword) for keyword in metadata.keywords),
    ):
        if value:
            book.add_metadata("DC", element, value)
    if facts.pages:
        book.add_metadata(None, "meta", page_list.source(publication), _PAGES)
    for name, value in (*_stated(publication), *properties(facts, lang, metadata.accessibility)):
        book.add_metadata(None, "meta", value, {"property": name})
    signed = metadata.accessibility
    if signed.certified_by:
        others = {"property": "a11y:certifiedBy", "id": "certifier"}
        book.add_metadata(None, "meta", signed.certified_by, others)
        if signed.date:
            _refine(book, "certifier", "dcterms:date", signed.date)


def _stated(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield what the publisher says of rights, of mining and of who translated."""
    metadata = publication.metadata
    signed = metadata.accessibility
    reserved = rights.reservation(metadata)
    for name, value in (
        ("dcterms:license", metadata.licence),
        ("tdm:reservation", reserved),
        ("tdm:policy", metadata.tdm_policy if reserved else ""),
        ("schema:creditText", rights.disclosure(publication)),
        ("dcterms:conformsTo", signed.conforms_to),
        ("a11y:exemption", signed.exemption),
    ):
        if value:
            yield name, value


def _refine(book: Any, of: str, name: str, value: str, scheme: str = "") -> None:
    others = {"refines": f"#{of}", "property": name}
    if scheme:
        others["scheme"] = scheme
    book.add_metadata(None, "meta", value, others)


def _finish(opf: bytes, publication: Publication) -> bytes:
    """Add the language and direction of the metadata's own text, which EbookLib leaves out.

    The prefixes that it declares are reserved ones (EPUB 3.3, appendix D.1.4) and go.
    """
    metadata = publication.metadata
    root = etree.fromstring(opf)
    root.attrib.pop("prefix", "")
    if rights.reservation(metadata):
        root.set("prefix", f"tdm: {TDM}")
    if report := metadata.accessibility.report:
        described = root.find(f"{{{OPF}}}metadata")
        assert described is not None
        link = etree.SubElement(described, f"{{{OPF}}}link", rel="a11y:certifierReport")
        link.set("href", report)
    root.set(XML_LANG, metadata.lang)
    root.set("dir", metadata.dir)
    for item in root.iterfind(f".//{{{OPF}}}meta[@property='{_SUMMARY}']"):
        item.set(XML_LANG, summary_lang(metadata.lang))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)

"""OpenDocument (ODF 1.3, part 3): ``segments.ods``, and the table of a text document (.odt).

The spreadsheet is the smallest that LibreOffice, Excel and Google Sheets open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from faircopy.languages.tags import direction
from faircopy.translation import archive, docx_table, text
from faircopy.translation.forms import Remark, Returned
from faircopy.translation.job import Job
from faircopy.translation.workbook import (
    COLUMNS_READ,
    WIDTHS,
    Cell,
    Row,
    filled,
    is_open,
    returned,
    spread,
)
from faircopy.translation.xml import Element, append_text, parse, printable, serialise

FORM = "segments.ods"
PART = "content.xml"
SHEET = b"application/vnd.oasis.opendocument.spreadsheet"
TEXT = b"application/vnd.oasis.opendocument.text"
_O = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    **{name: f"{_O}:{name}:1.0" for name in ("office", "table", "text", "style", "manifest")},
    "fo": f"{_O}:xsl-fo-compatible:1.0",
    "number": f"{_O}:datastyle:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_REPEATED = 1000
"""How often a row or a cell with words may be repeated: an office does it with empty ones."""


def _n(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _add(parent: Element, name: str, attributes: dict[str, str] | None = None) -> Element:
    named = {_n(key): value for key, value in (attributes or {}).items()}
    return etree.SubElement(parent, _n(name), named)


_WHITE = re.compile(r"( {2,}|\A +| +\Z)")
_ASIDE = (_n("office:annotation"), _n("text:note"), _n("text:tracked-changes"))


def write(job: Job) -> bytes:
    """Return a job as a spreadsheet with one sheet."""
    manifest = etree.Element(_n("manifest:manifest"), nsmap={"manifest": _SPACES["manifest"]})
    manifest.set(_n("manifest:version"), "1.3")
    for path, kind in (("/", SHEET.decode()), (PART, "text/xml")):
        about = {"manifest:full-path": path, "manifest:media-type": kind}
        _add(manifest, "manifest:file-entry", about)
    return archive.write(
        {
            "mimetype": SHEET,
            "META-INF/manifest.xml": serialise(manifest, frozenset()),
            PART: serialise(_content(job), frozenset({"p"})),
        }
    )


def _content(job: Job) -> Element:
    named = ("office", "table", "text", "style", "fo", "number")
    spaces = {name: _SPACES[name] for name in named}
    root = etree.Element(_n("office:document-content"), nsmap=spaces)
    root.set(_n("office:version"), "1.3")
    _styles(_add(root, "office:automatic-styles"))
    body = _add(_add(root, "office:body"), "office:spreadsheet")
    about = {"table:name": "segments", "table:protected": "true"}
    table = _add(body, "table:table", about)
    for number in range(len(WIDTHS)):
        _add(table, "table:table-column", {"table:style-name": f"w{number}"})
    langs = {"source": job.text.lang, "target": job.lang or job.text.lang}
    kinds = [
        ("open" if is_open(name) else "locked")
        + ("-rtl" if name in langs and direction(langs[name]) == "rtl" else "")
        for name in text.COLUMNS
    ]
    for number, cells in enumerate(text.rows(job)):
        row = _add(table, "table:table-row")
        for words, kind in zip(cells, kinds, strict=True):
            style = kind if number else "head"
            about = {"table:style-name": style, "office:value-type": "string"}
            _paragraph(_add(_add(row, "table:table-cell", about), "text:p"), printable(words))
    return root


def _paragraph(paragraph: Element, words: str) -> None:
    """Write words: spaces that are more than one, or at an end, are elements (6.1.2 and 6.1.3).

    A tab is a space: Calc takes ``text:tab`` out of a cell, and glues the words around it.
    """
    for part in _WHITE.split(words.replace("\t", " ")):
        if part and not part.strip(" ") and _WHITE.fullmatch(part):
            _add(paragraph, "text:s", {"text:c": str(len(part))})
        else:
            append_text(paragraph, part)


def _styles(parent: Element) -> None:
    plain = _add(parent, "number:text-style", {"style:name": "text"})
    _add(plain, "number:text-content")
    for number, width in enumerate(WIDTHS):
        about = {"style:name": f"w{number}", "style:family": "table-column"}
        properties = {"style:column-width": f"{width / 5:.1f}cm"}
        _add(_add(parent, "style:style", about), "style:table-column-properties", properties)
    for name in ("head", "locked", "open", "locked-rtl", "open-rtl"):
        about = {"style:name": name, "style:family": "table-cell", "style:data-style-name": "text"}
        style = _add(parent, "style:style", about)
        protect = "none" if name.startswith("open") else "protected"
        properties = {"style:cell-protect": protect, "fo:wrap-option": "wrap"}
        _add(style, "style:table-cell-properties", {**properties, "style:vertical-align": "top"})
        if name.endswith("-rtl"):
            _add(style, "style:paragraph-properties", {"style:writing-mode": "rl-tb"})
        if name == "head":
            _add(style, "style:text-properties", {"fo:font-weight": "bold"})


def read(data: bytes, name: str) -> Returned:
    """Read a spreadsheet as it comes back.

    Raises:
        ImportRefused: broken, larger than a bundle's, or without our columns.
        UnreadableXml: broken or unsafe XML in it.
    """
    root = parse(archive.read(data, name).get(PART, b""), name)
    remarks: dict[tuple[int, int], Remark] = {}
    sheets = [filled(_rows(table, remarks)) for table in root.iter(_n("table:table"))]
    return returned(sheets, FORM, name, remarks)


def read_text(data: bytes, name: str) -> Returned:
    """Read the table of a text document that an office made of ``table.docx``.

    Raises:
        ImportRefused: broken, larger than a bundle's, or no table with our columns.
        UnreadableXml: broken or unsafe XML in it.
    """
    root = parse(archive.read(data, name).get(PART, b""), name)
    remarks: dict[tuple[int, int], Remark] = {}
    rows: list[tuple[list[str], tuple[Remark, ...]]] = []
    for table in root.iter(_n("table:table")):
        for _, cells in _rows(table, remarks):
            rows.append(([cell.text for cell in cells], tuple(remarks.values())))
            remarks.clear()
    above = [_words(one) for one in root.iter(_n("text:p"), _n("text:h"))]
    return docx_table.of_rows(rows, above, "ODT table", name)


def _rows(table: Element, remarks: dict[tuple[int, int], Remark]) -> Iterator[Row]:
    number = 0
    for row in table.iter(_n("table:table-row")):
        cells: list[tuple[int, Cell]] = []
        at = 0
        for cell in row.iterchildren(_n("table:table-cell"), _n("table:covered-table-cell")):
            found = Cell(_said(cell), _guessed(cell))
            many = _times(cell, "table:number-columns-repeated")
            if found.text:
                cells += [(place, found) for place in range(at, min(at + many, COLUMNS_READ))]
            for note in cell.iterchildren(_n("office:annotation")):
                remarks[number + 1, at] = _remark(note)
            at += many
        times = _times(row, "table:number-rows-repeated")
        spread_out = spread(cells)
        for _ in range(min(times, _REPEATED) if spread_out else 0):
            number += 1
            yield number, spread_out
        number += times if not spread_out else max(0, times - _REPEATED)


def _times(element: Element, key: str) -> int:
    said = element.get(_n(key), "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 1


def _guessed(cell: Element) -> bool:
    kind = cell.get(_n("office:value-type"), "string")
    return kind != "string" or cell.get(_n("table:formula")) is not None


def _said(cell: Element) -> str:
    return "\n".join(_words(one) for one in cell.iterchildren(_n("text:p"), _n("text:h")))


def _remark(note: Element) -> Remark:
    author = note.findtext(_n("dc:creator")) or ""
    return Remark(" ".join(_words(one) for one in note.iter(_n("text:p"))), author)


def _words(element: Element) -> str:
    """Return the words of a paragraph: its spaces, tabs and line ends are elements (6.1)."""
    return "".join(_parts(element))


def _parts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _n("text:s"):
            yield " " * min(_times(child, "text:c"), _REPEATED)
        elif child.tag == _n("text:tab"):
            yield "\t"
        elif child.tag == _n("text:line-break"):
            yield "\n"
        elif isinstance(child.tag, str) and child.tag not in _ASIDE:
            yield from _parts(child)
        yield child.tail or ""

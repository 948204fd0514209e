"""``segments.xlsx``, for Excel and what reads its files (ECMA-376 part 1, chapter 18).

The package is the smallest that Excel, LibreOffice and Google Sheets open.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import cast

from lxml import etree

from faircopy.languages.tags import direction
from faircopy.translation import archive, text
from faircopy.translation.forms import Remark, Returned
from faircopy.translation.job import Job
from faircopy.translation.workbook import WIDTHS, Cell, Row, filled, is_open, returned, spread
from faircopy.translation.xml import SPACE, Element, parse, printable, serialise

FORM = "segments.xlsx"
PART = "xl/workbook.xml"
_SHEET, _STYLES, _STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_M = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
_T = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NS = f"{{{_M}}}"
_MIXED = frozenset({"t"})
_HEAD, _LOCKED, _OPEN = 1, 2, 3
_RTL = 2
"""By how much the styles of text from right to left stand behind those of the others."""
_TEXT = "49"
"""The format @, text (18.8.30)."""
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\\\.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character by its number (22.4.2.4, bstr)."""
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def write(job: Job) -> bytes:
    """Return a job as a workbook with one sheet."""
    strings: dict[str, int] = {}
    sheet = _sheet(job, strings)
    return archive.write(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations(("officeDocument", PART)),
            PART: _workbook(),
            "xl/_rels/workbook.xml.rels": _relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            _STYLES: _styles(),
            _STRINGS: _table(strings),
            _SHEET: sheet,
        }
    )


def _root(space: str, name: str) -> Element:
    return etree.Element(f"{{{space}}}{name}", nsmap=cast("dict[str, str]", {None: space}))


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{_NS}{tag}", attributes)


def _types() -> bytes:
    root = _root(_T, "Types")
    for end, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{_T}}}Default", {"Extension": end, "ContentType": kind})
    for part, kind in (
        (PART, "sheet.main"),
        (_SHEET, "worksheet"),
        (_STYLES, "styles"),
        (_STRINGS, "sharedStrings"),
    ):
        attributes = {"PartName": f"/{part}", "ContentType": f"{_KIND}.{kind}+xml"}
        etree.SubElement(root, f"{{{_T}}}Override", attributes)
    return serialise(root, _MIXED)


def _relations(*targets: tuple[str, str]) -> bytes:
    root = _root(_P, "Relationships")
    for number, (kind, target) in enumerate(targets, 1):
        attributes = {"Id": f"rId{number}", "Type": f"{_R}/{kind}", "Target": target}
        etree.SubElement(root, f"{{{_P}}}Relationship", attributes)
    return serialise(root, _MIXED)


def _workbook() -> bytes:
    root = etree.Element(f"{_NS}workbook", nsmap=cast("dict[str, str]", {None: _M, "r": _R}))
    sheet = _add(_add(root, "sheets"), "sheet", name="segments", sheetId="1")
    sheet.set(f"{{{_R}}}id", "rId1")
    return serialise(root, _MIXED)


def _styles() -> bytes:
    root = _root(_M, "styleSheet")
    fonts = _add(root, "fonts", count="2")
    for bold in (False, True):
        font = _add(fonts, "font")
        if bold:
            _add(font, "b")
        _add(font, "sz", val="11")
        _add(font, "name", val="Calibri")
    fills = _add(root, "fills", count="2")
    for pattern in ("none", "gray125"):
        _add(_add(fills, "fill"), "patternFill", patternType=pattern)
    border = _add(_add(root, "borders", count="1"), "border")
    for side in ("left", "right", "top", "bottom", "diagonal"):
        _add(border, side)
    plain = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
    _add(_add(root, "cellStyleXfs", count="1"), "xf", **plain)
    formats = _add(root, "cellXfs", count="6")
    _add(formats, "xf", **plain, xfId="0")
    for style, order in ((_HEAD, 1), (_LOCKED, 1), (_OPEN, 1), (_LOCKED, 2), (_OPEN, 2)):
        about = {**plain, "numFmtId": _TEXT, "fontId": "1" if style == _HEAD else "0"}
        one = _add(formats, "xf", **about, xfId="0", applyNumberFormat="1", applyProtection="1")
        one.set("applyAlignment", "1")
        _add(one, "alignment", vertical="top", wrapText="1", readingOrder=str(order))
        _add(one, "protection", locked="0" if style == _OPEN else "1")
    styles = _add(root, "cellStyles", count="1")
    _add(styles, "cellStyle", name="Normal", xfId="0", builtinId="0")
    return serialise(root, _MIXED)


def _table(strings: Mapping[str, int]) -> bytes:
    root = _root(_M, "sst")
    for words in strings:
        held = _add(_add(root, "si"), "t")
        held.set(SPACE, "preserve")
        held.text = printable(_ESCAPED.sub(r"_x005F\g<0>", words))
    return serialise(root, _MIXED)


def _sheet(job: Job, strings: dict[str, int]) -> bytes:
    """Return the sheet; what its cells say is numbered in ``strings``."""
    root = _root(_M, "worksheet")
    view = _add(_add(root, "sheetViews"), "sheetView", workbookViewId="0")
    _add(view, "pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    columns = _add(root, "cols")
    for number, width in enumerate(WIDTHS, 1):
        at = str(number)
        _add(columns, "col", min=at, max=at, width=str(width), customWidth="1")
    data = _add(root, "sheetData")
    langs = {"source": job.text.lang, "target": job.lang or job.text.lang}
    styles = [
        (_OPEN if is_open(name) else _LOCKED)
        + (_RTL if name in langs and direction(langs[name]) == "rtl" else 0)
        for name in text.COLUMNS
    ]
    number = 0
    for number, cells in enumerate(text.rows(job), 1):
        row = _add(data, "row", r=str(number))
        for column, (words, style) in enumerate(zip(cells, styles, strict=True)):
            head = str(_HEAD if number == 1 else style)
            cell = _add(row, "c", r=f"{chr(65 + column)}{number}", s=head)
            if words:
                cell.set("t", "s")
                _add(cell, "v").text = str(strings.setdefault(words, len(strings)))
    _add(root, "sheetProtection", sheet="1", formatColumns="0", formatRows="0", autoFilter="0")
    last = f"A1:{chr(64 + len(text.COLUMNS))}{number}"
    _add(_add(root, "ignoredErrors"), "ignoredError", sqref=last, numberStoredAsText="1")
    return serialise(root, frozenset({"v"}))


def read(data: bytes, name: str) -> Returned:
    """Read a workbook as it comes back, whichever program saved it last.

    Raises:
        ImportRefused: broken, larger than a bundle's, or without our columns.
        UnreadableXml: broken or unsafe XML in it.
    """
    members = archive.read(data, name)
    strings = [_words(one) for one in _part(members, _STRINGS, name).iterchildren(f"{_NS}si")]
    dates = _dates(_part(members, _STYLES, name))
    sheets = (
        filled(_rows(parse(members[p], name), strings, dates)) for p in _sheets(members, name)
    )
    return returned(sheets, FORM, name, _comments(members, name))


def _part(members: dict[str, bytes], path: str, name: str) -> Element:
    return parse(members[path], name) if members.get(path) else _root(_M, "sst")


def _sheets(members: dict[str, bytes], name: str) -> Iterator[str]:
    """Yield the parts of the sheets, in the order of the workbook."""
    relations = _part(members, "xl/_rels/workbook.xml.rels", name)
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in parse(members[PART], name).iter(f"{_NS}sheet"):
        target = targets.get(sheet.get(f"{{{_R}}}id"), "")
        path = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
        if path in members:
            yield path


def _rows(sheet: Element, strings: list[str], dates: frozenset[str]) -> Iterator[Row]:
    number = 0
    for row in sheet.iter(f"{_NS}row"):
        said = row.get("r", "")
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else number + 1
        cells: list[tuple[int, Cell]] = []
        for cell in row.iterchildren(f"{_NS}c"):
            found = _REF.fullmatch(cell.get("r", ""))
            at = _column(found[1]) if found else len(cells)
            cells.append((at, _cell(cell, strings, dates)))
        yield number, spread(cells)


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _cell(cell: Element, strings: list[str], dates: frozenset[str]) -> Cell:
    kind = cell.get("t", "n")
    value = cell.findtext(f"{_NS}v") or ""
    if kind == "s":
        known = value.isascii() and value.isdigit() and len(value) < 8 and int(value) < len(strings)
        return Cell(strings[int(value)] if known else "")
    if kind == "inlineStr":
        held = cell.find(f"{_NS}is")
        return Cell(_words(held) if held is not None else "")
    if kind == "str" and cell.find(f"{_NS}f") is None:
        return Cell(value)
    number = value.removesuffix(".0")
    dated = kind in ("n", "d") and (kind == "d" or cell.get("s", "0") in dates)
    made = bool(value) or cell.find(f"{_NS}f") is not None
    return Cell("" if dated or kind == "e" else number, made)


def _dates(styles: Element) -> frozenset[str]:
    """Return the styles that show a number as a date or a time (18.8.30, 18.8.45)."""
    own = {
        one.get("numFmtId", ""): _QUOTED.sub("", one.get("formatCode", ""))
        for one in styles.iter(f"{_NS}numFmt")
    }
    formats = styles.find(f"{_NS}cellXfs")
    found: set[str] = set()
    for number, one in enumerate(formats if formats is not None else ()):
        id = one.get("numFmtId", "0")
        built_in = id.isascii() and id.isdigit() and len(id) < 5 and int(id) in _DATES
        if built_in or _DATE.search(own.get(id, "")):
            found.add(str(number))
    return frozenset(found)


def _words(element: Element) -> str:
    """Return the text of a string, without how it is pronounced (18.4.6)."""
    words = "".join(
        one.text or ""
        for one in element.iter(f"{_NS}t")
        if all(up.tag != f"{_NS}rPh" for up in one.iterancestors())
    )
    return printable(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), words))


def _comments(members: dict[str, bytes], name: str) -> dict[tuple[int, int], Remark]:
    """Return the comments of cells, by row and column (18.7)."""
    found: dict[tuple[int, int], Remark] = {}
    for path, data in members.items():
        if not re.fullmatch(r"xl/comments\d*\.xml", path):
            continue
        root = parse(data, name)
        authors = [one.text or "" for one in root.iter(f"{_NS}author")]
        for one in root.iter(f"{_NS}comment"):
            place = _REF.fullmatch(one.get("ref", ""))
            who = one.get("authorId", "")
            known = who.isascii() and who.isdigit() and len(who) < 6 and int(who) < len(authors)
            if place and (words := _words(one).strip()):
                author = authors[int(who)] if known else ""
                found[int(place[2]), _column(place[1])] = Remark(words, author)
    return found

"""A table in a Word document, for translators and reviewers who have nothing else.

The columns are id, source, translation, remarks, question and reviewed. The package is the
smallest that Word, LibreOffice and Pages open (ECMA-376 part 1, section 11.3.10, and part 2); it is
read from its XML, with tracked insertions taken, deletions and the old places of moves left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import msgspec
from lxml import etree

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.languages.tags import direction
from faircopy.translation import archive, codes, signatures
from faircopy.translation.context import beside, offered, placed
from faircopy.translation.forms import QUESTION, SENTENCE_ID, Record, Remark, Returned, refuse
from faircopy.translation.job import Job, Signature, State
from faircopy.translation.xml import SPACE, Element, parse, printable, serialise

COLUMNS = ("ID", "Source", "Translation", "Remarks", "Question", "Reviewed")
_WIDTHS = (1400, 4100, 4100, 2100, 1500, 1200)  # twentieths of a point, on A4 laid across
_LEAST = 4
"""The columns of a table that is ours, whatever bundle it is of."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = f"{{{_W}}}"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
PART = "word/document.xml"
_COMMENTS = "word/comments.xml"
_GONE = {f"{_NS}del", f"{_NS}moveFrom"}
_REVIEWED_BY = "Reviewed by:"
_HEAD = re.compile(r"From: (\S+) · To: (\S*) ?· Text: ([0-9a-f]{64})")


def write(job: Job) -> bytes:
    """Return a job as a Word document."""
    text = job.text
    root = etree.Element(f"{_NS}document", nsmap={"w": _W})
    body = etree.SubElement(root, f"{_NS}body")
    _paragraph(body, text.title, bold=True)
    _paragraph(
        body,
        "Write into the third column, and questions into the fifth."
        " Keep marks such as <1> … </1> and <2/>.",
    )
    _paragraph(body, "Who reviews writes name and day into the last column, or here for all rows.")
    _paragraph(body, f"{_REVIEWED_BY} ")
    _paragraph(body, f"From: {text.lang} · To: {job.lang} · Text: {text.digest()}")
    table = _table(body)
    _row(table, COLUMNS, ("ltr",) * len(COLUMNS), head=True)
    directions = ("ltr", direction(text.lang), direction(job.lang or text.lang), *("ltr",) * 3)
    for place in placed(job):
        line = place.line()
        for segment in place.unit.segments:
            target = job.targets.get(segment.id)
            legend = place.legend(segment.content)
            offer = offered(job, segment.id), beside(job, segment)
            said = (line, *legend, *offer, *job.answers.get(segment.id, ()))
            cells = (
                segment.id,
                codes.notation(segment.content),
                codes.notation(target.content) if target else "",
                " · ".join(filter(None, said)),
                "",
                signatures.cell(job.signature(segment.id)),
            )
            _row(table, cells, directions)
    section = etree.SubElement(body, f"{_NS}sectPr")
    _set(etree.SubElement(section, f"{_NS}pgSz"), w="16838", h="11906", orient="landscape")
    _set(
        etree.SubElement(section, f"{_NS}pgMar"),
        **dict.fromkeys(("top", "right", "bottom", "left"), "1134"),
        **dict.fromkeys(("header", "footer"), "567"),
        gutter="0",
    )
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(),
        PART: serialise(root, frozenset({"p", "tblPr", "tcPr", "tblGrid"})),
    }
    return archive.write(parts)


def _set(element: Element, **attributes: str) -> None:
    for name, value in attributes.items():
        element.set(f"{_NS}{name}", value)


def _table(body: Element) -> Element:
    table = etree.SubElement(body, f"{_NS}tbl")
    properties = etree.SubElement(table, f"{_NS}tblPr")
    _set(etree.SubElement(properties, f"{_NS}tblW"), w=str(sum(_WIDTHS)), type="dxa")
    borders = etree.SubElement(properties, f"{_NS}tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _set(etree.SubElement(borders, f"{_NS}{side}"), val="single", sz="4", color="999999")
    _set(etree.SubElement(properties, f"{_NS}tblLayout"), type="fixed")
    grid = etree.SubElement(table, f"{_NS}tblGrid")
    for width in _WIDTHS:
        _set(etree.SubElement(grid, f"{_NS}gridCol"), w=str(width))
    return table


def _row(
    table: Element, cells: tuple[str, ...], directions: tuple[str, ...], *, head: bool = False
) -> None:
    row = etree.SubElement(table, f"{_NS}tr")
    properties = etree.SubElement(row, f"{_NS}trPr")
    etree.SubElement(properties, f"{_NS}cantSplit")
    if head:
        etree.SubElement(properties, f"{_NS}tblHeader")
    for text, width, side in zip(cells, _WIDTHS, directions, strict=True):
        cell = etree.SubElement(row, f"{_NS}tc")
        size = etree.SubElement(etree.SubElement(cell, f"{_NS}tcPr"), f"{_NS}tcW")
        _set(size, w=str(width), type="dxa")
        _paragraph(cell, text, bold=head, rtl=side == "rtl")


def _paragraph(parent: Element, text: str, *, bold: bool = False, rtl: bool = False) -> None:
    paragraph = etree.SubElement(parent, f"{_NS}p")
    if rtl:
        etree.SubElement(etree.SubElement(paragraph, f"{_NS}pPr"), f"{_NS}bidi")
    if not text:
        return
    run = etree.SubElement(paragraph, f"{_NS}r")
    properties = etree.SubElement(run, f"{_NS}rPr")
    if bold:
        etree.SubElement(properties, f"{_NS}b")
    _set(etree.SubElement(properties, f"{_NS}sz"), val="20")
    if rtl:
        etree.SubElement(properties, f"{_NS}rtl")
    written = etree.SubElement(run, f"{_NS}t", {SPACE: "preserve"})
    written.text = printable(text)


def _content_types() -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap=cast("dict[str, str]", {None: _TYPES}))
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        attributes = {"Extension": extension, "ContentType": kind}
        etree.SubElement(root, f"{{{_TYPES}}}Default", attributes)
    attributes = {"PartName": f"/{PART}", "ContentType": _MAIN}
    etree.SubElement(root, f"{{{_TYPES}}}Override", attributes)
    return serialise(root, frozenset())


def _relations() -> bytes:
    namespaces = cast("dict[str, str]", {None: _RELATIONS})
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=namespaces)
    attributes = {"Id": "rId1", "Type": _DOCUMENT, "Target": PART}
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
    return serialise(root, frozenset())


def read(data: bytes, name: str) -> Returned:
    """Read the table of a Word document, whichever program saved it last.

    A first row that was translated or taken out is made up for by the ids below it.

    Raises:
        ImportRefused: a broken file, or no table with our four columns.
        UnreadableXml: broken or unsafe XML in it.
    """
    members = archive.read(data, name)
    root = parse(members.get(PART, b""), name)
    comments = _comments(members.get(_COMMENTS, b""), name)
    found = list(root.iter(f"{_NS}tr"))
    rows = [[_words(cell) for cell in row.iter(f"{_NS}tc")] for row in found]
    start = _start(rows, name)
    said = [tuple(_said(row, comments)) for row in found]
    paragraphs = [_words(p) for p in root.iter(f"{_NS}p")]
    signed = _signed([_words(p) for p in root.iterfind(f"{_NS}body/{_NS}p")])
    found_all = of_rows(list(zip(rows, said, strict=True)), paragraphs, "DOCX table", name)
    return msgspec.structs.replace(
        found_all,
        signed=signed,
        diagnostics=tuple(_elsewhere(root, found[start:], comments, name)),
    )


def of_rows(
    rows: Sequence[tuple[list[str], tuple[Remark, ...]]],
    paragraphs: Sequence[str],
    form: str,
    name: str,
) -> Returned:
    """Return what a table's rows, each with the remarks tied to it, and the text around it say.

    Raises:
        ImportRefused: they have not our four columns.
    """
    start = _start([cells for cells, _ in rows], name)
    said = _HEAD.search(" ".join(paragraphs))
    source_lang, lang, digest = said.groups() if said else ("", "", "")
    return Returned(
        form=form,
        source_lang=source_lang,
        lang=lang,
        digest=digest,
        records=tuple(
            Record(
                row[0].strip(),
                codes.parse_notation(row[1]),
                codes.parse_notation(row[2].strip(" \n\t")),
                Place(name, number),
                State.TRANSLATED if row[2].strip(" \n\t") else State.INITIAL,
                row[3].strip() if len(row) > 3 else "",
                remarks=(*_asked(row), *remarks),
                signed=signatures.read(_cell(row, "Reviewed")),
            )
            for number, (row, remarks) in enumerate(rows[start:], start=start + 1)
            if len(row) >= 3 and row[0].strip()
        ),
        signed=_signed(paragraphs),
    )


def _signed(paragraphs: Sequence[str]) -> Signature | None:
    parts = (words.partition(_REVIEWED_BY) for words in paragraphs)
    return next((signatures.read(who) for at, mark, who in parts if mark and not at), None)


def _comments(data: bytes, name: str) -> dict[str, Remark]:
    """Return a document's comments by their ids (ECMA-376 part 1, 17.13.4)."""
    if not data:
        return {}
    return {
        one.get(f"{_NS}id", ""): Remark(_words(one), one.get(f"{_NS}author", ""))
        for one in parse(data, name).iter(f"{_NS}comment")
    }


def _said(row: Element, comments: Mapping[str, Remark]) -> Iterator[Remark]:
    """Yield the comments that are tied to words of a row."""
    for mark in row.iter(f"{_NS}commentReference"):
        if (id := mark.get(f"{_NS}id", "")) in comments:
            yield comments[id]


def _asked(row: list[str]) -> Iterator[Remark]:
    if asked := _cell(row, "Question"):
        yield Remark(asked, kind=QUESTION)


def _cell(row: list[str], column: str) -> str:
    """Return a cell by its column, which tables of older bundles may lack."""
    at = COLUMNS.index(column)
    return row[at].strip() if at < len(row) else ""


def _elsewhere(
    root: Element, rows: list[Element], comments: Mapping[str, Remark], name: str
) -> Iterator[Diagnostic]:
    """Yield the comments that stand beside no sentence."""
    tied = {mark.get(f"{_NS}id") for row in rows for mark in row.iter(f"{_NS}commentReference")}
    for mark in root.iter(f"{_NS}commentReference"):
        id = mark.get(f"{_NS}id", "")
        if id not in tied and id in comments:
            one = comments[id]
            yield Diagnostic(
                "remark-elsewhere",
                Severity.NOTE,
                f"a comment by {one.author or 'somebody unnamed'} hangs on no row of the table, so "
                f"nobody can tell which sentence it is about: “{one.text}”",
                "It is not kept: read it here, and answer whoever wrote it yourself.",
                Place(name),
            )


def _start(rows: list[list[str]], name: str) -> int:
    """Return where the sentences' rows begin.

    Raises:
        ImportRefused: there are none.
    """
    for at, row in enumerate(rows):
        if tuple(row[:3]) == COLUMNS[:3]:
            return at + 1
        if len(row) >= _LEAST and SENTENCE_ID.fullmatch(row[0].strip()):
            return at
    raise refuse(
        "docx-table",
        "the document has no table with the columns ID, Source and Translation",
        f"Put the table's first row back: {', '.join(COLUMNS)}.",
        Place(name),
    )


def _words(element: Element) -> str:
    """Return the text of a cell on one line, without what was struck out by tracking."""
    return " ".join("".join(_runs(p)) for p in element.iter(f"{_NS}p"))


def _runs(element: Element) -> Iterator[str]:
    for node in element.iter(f"{_NS}t", f"{_NS}tab", f"{_NS}br", f"{_NS}noBreakHyphen"):
        if any(parent.tag in _GONE for parent in node.iterancestors()):
            continue
        if node.tag == f"{_NS}t":
            yield node.text or ""
        else:
            yield "\u2011" if node.tag == f"{_NS}noBreakHyphen" else " "

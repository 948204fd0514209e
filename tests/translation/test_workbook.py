"""Spreadsheets of a bundle: text in every cell, and back as offices write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core.limits import TSV_CELL
from faircopy.publish.translations.returned import _from_rich_text
from faircopy.translation import codes, docx_table, opendocument, text, xlsx
from faircopy.translation.forms import ImportRefused, Returned
from faircopy.translation.intake import incoming, recognise
from faircopy.translation.job import Job, Target
from faircopy.translation.segments import Group, Segment, SourceText, TextUnit
from lxml import etree

WORDS = ("1.5.", "=SUM(A1)", "-1", "+49 30", "@home", "0012", "  two  spaces ", "a_x0041_b", "é\tü")
"""What a spreadsheet would take for something else, or lose."""
SEGMENTS = tuple(Segment(f"p1.s{n}", (words,)) for n, words in enumerate(WORDS, 1))
TEXT = SourceText(
    slug="m",
    lang="en",
    path="m",
    title="",
    groups=(Group("g", "", (TextUnit("p1", "answer", SEGMENTS, {}),)),),
)
JOB = Job(text=TEXT, lang="ar", targets={s.id: Target(s.content) for s in SEGMENTS})
FORMS: dict[str, tuple[Callable[[Job], bytes], Callable[[bytes, str], Returned]]] = {
    "xlsx": (xlsx.write, xlsx.read),
    "ods": (opendocument.write, opendocument.read),
}


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_what_a_spreadsheet_would_guess_comes_back_as_it_was(form: str) -> None:
    write, read = FORMS[form]
    data = write(JOB)
    assert write(JOB) == data
    assert recognise(data) is read
    found = read(data, "a")
    assert (found.source_lang, found.lang, found.diagnostics) == ("en", "ar", ())
    words = [one.replace("\t", " ") if form == "ods" else one for one in WORDS]  # Calc drops tabs
    assert [codes.plain(one.source or ()) for one in found.records] == words
    assert [codes.plain(one.target) for one in found.records] == [one.strip() for one in words]


def test_only_the_columns_of_translators_and_reviewers_are_open() -> None:
    sheet = etree.fromstring(_parts(xlsx.write(JOB))["xl/worksheets/sheet1.xml"])
    styles = etree.fromstring(_parts(xlsx.write(JOB))["xl/styles.xml"])
    formats = [x for x in styles.iter("{*}xf") if x.get("applyProtection")]
    assert {one.get("numFmtId") for one in formats} == {"49"}
    locked = {str(n): one[1].get("locked") for n, one in enumerate(formats, 1)}
    second = next(row for row in sheet.iter("{*}row") if row.get("r") == "2")
    open_ = [
        name for name, c in zip(text.COLUMNS, second, strict=True) if locked[str(c.get("s"))] == "0"
    ]
    assert sheet.find("{*}sheetProtection") is not None
    content = etree.fromstring(_parts(opendocument.write(JOB))["content.xml"])
    row = list(content.iter("{*}table-row"))[1]
    kinds = [cell.get(f"{{{cell.nsmap['table']}}}style-name", "") for cell in row]
    also = [n for n, kind in zip(text.COLUMNS, kinds, strict=True) if kind.startswith("open")]
    assert open_ == also == ["target", "remarks", "question", "reviewed"]
    assert b'protected="true"' in _parts(opendocument.write(JOB))["content.xml"]
    assert next(iter(_parts(opendocument.write(JOB)))) == "mimetype"


def _target(number: int, cell: str) -> Returned:
    """What is read when the target of a row is another cell of a sheet."""
    parts = _parts(xlsx.write(JOB))
    sheet = etree.fromstring(parts["xl/worksheets/sheet1.xml"])
    old = next(one for one in sheet.iter("{*}c") if one.get("r") == f"E{number}")
    space = etree.QName(old).namespace
    new = etree.fromstring(f'<c xmlns="{space}" r="E{number}" {cell}</c>')
    parent = old.getparent()
    assert parent is not None
    parent.replace(old, new)
    parts["xl/worksheets/sheet1.xml"] = etree.tostring(sheet)
    return xlsx.read(_packed(parts), "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "target", "told"),
    [
        ("><v>2011</v>", "2011", True),
        ('t="str"><v>words</v>', "words", False),
        ('t="str"><f>A1</f><v>words</v>', "words", True),
        ("><f>1+1</f>", "", True),
        ('t="e"><v>#NAME?</v>', "", True),
        ('t="d"><v>2026-05-01</v>', "", True),
        ('t="s"><v>99999</v>', "", False),
        ('t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is>', "ab", False),
    ],
)
def test_a_cell_that_is_no_text_is_told(cell: str, target: str, told: bool) -> None:
    found = _target(3, cell)
    assert codes.plain(found.records[1].target) == target
    assert [one.code for one in found.diagnostics] == (["cell-guessed"] if told else [])


def test_a_number_of_the_source_is_no_guess() -> None:
    job = Job(text=TEXT, lang="ar", targets={})
    parts = _parts(xlsx.write(job))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b'r="E7" s="5"/>' in sheet or b'r="E7" s="3"/>' in sheet
    found = _target(7, "><v>0012</v>")
    assert found.diagnostics == ()


def test_comments_of_cells_are_remarks_of_their_sentences() -> None:
    parts = _parts(xlsx.write(JOB))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{space}"><authors><author>Ann</author></authors><commentList>'
        '<comment ref="E4" authorId="0"><text><t>Why?</t></text></comment></commentList></comments>'
    ).encode()
    (remark,) = xlsx.read(_packed(parts), "a").records[2].remarks
    assert (remark.text, remark.author) == ("Why?", "Ann")
    parts = _parts(opendocument.write(JOB))
    note = (
        '<office:annotation xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ann</dc:creator>'
        "<text:p>Why?</text:p></office:annotation>"
    )
    at = parts["content.xml"].decode().index("<text:p>-1</text:p>")
    words = parts["content.xml"].decode()
    parts["content.xml"] = f"{words[:at]}{note}{words[at:]}".encode()
    (remark,) = opendocument.read(_packed(parts), "a").records[2].remarks
    assert (remark.text, remark.author) == ("Why?", "Ann")


def _ods(rows: str) -> bytes:
    parts = _parts(opendocument.write(JOB))
    words = parts["content.xml"].decode()
    end = words.index("</table:table>")
    parts["content.xml"] = f"{words[:end]}{rows}{words[end:]}".encode()
    return _packed(parts)


def test_empty_rows_and_cells_without_end_are_passed_over() -> None:
    cells = '<table:table-cell table:number-columns-repeated="16384"/>'
    many = 'table:number-columns-repeated="9999999"'
    far = f"<table:table-cell {many}><text:p>x</text:p></table:table-cell>"
    rows = (
        f'<table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="9999999">{far}</table:table-row>'
    )
    found = opendocument.read(_ods(rows), "a")
    assert [one.id for one in found.records[: len(WORDS)]] == [s.id for s in SEGMENTS]
    assert len(found.records) <= len(WORDS) + 1000


@pytest.mark.parametrize(
    "code", ["sheet-columns", "sheet-cell-too-long", "xml-broken", "xml-doctype"]
)
def test_a_strangers_spreadsheet_is_refused(code: str) -> None:
    parts = _parts(xlsx.write(JOB))
    strings = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = {
        "sheet-columns": strings.replace(b">id<", b">no<").replace(b">p1.s", b">x"),
        "sheet-cell-too-long": strings.replace(b">@home<", b">%s<" % (b"a" * (TSV_CELL.most + 1))),
        "xml-broken": strings[:-20],
        "xml-doctype": b'<!DOCTYPE a [<!ENTITY b "c">]><sst/>',
    }[code]
    with pytest.raises(ImportRefused) as caught:
        incoming([("a.xlsx", _packed(parts))])
    assert [one.code for one in caught.value.diagnostics] == [code]


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("form", ["odt", "rtf"])
def test_a_table_that_libreoffice_saves_comes_home(form: str, tmp_path: Path) -> None:
    from faircopy.proof import office

    table = office.converted(docx_table.write(JOB), form)
    assert table is not None
    data = _from_rich_text(table, "a.rtf") if form == "rtf" else table
    (found,) = incoming([("a.odt", data)]).returned
    assert (found.form, found.lang, found.digest) == ("ODT table", "ar", TEXT.digest())
    assert [" ".join(codes.plain(one.source or ()).split()) for one in found.records] == [
        " ".join(words.split()) for words in WORDS
    ]


@pytest.mark.slow
@pytest.mark.needs("soffice", "localc")
@pytest.mark.parametrize("saved", FORMS)
@pytest.mark.parametrize("form", FORMS)
def test_a_spreadsheet_that_calc_saves_comes_home(form: str, saved: str) -> None:
    from faircopy.proof import office

    write, _ = FORMS[form]
    _, read = FORMS[saved]
    data = office.converted(write(JOB), saved, form)
    assert data is not None
    assert recognise(data) is read
    found = read(data, f"a.{saved}")
    assert (found.source_lang, found.lang, found.diagnostics) == ("en", "ar", ())
    assert [one.id for one in found.records] == [one.id for one in SEGMENTS]
    for side in ("source", "target"):
        said = [codes.plain(getattr(one, side) or ()) for one in found.records]
        assert [" ".join(words.split()) for words in said] == [
            " ".join(words.split()) for words in WORDS
        ]

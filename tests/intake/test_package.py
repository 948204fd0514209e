"""Files that are no Word file, or a dangerous one, are refused by name before they are read."""

from __future__ import annotations

import io
import zipfile

import pytest
from faircopy.core.diagnostics import Place
from faircopy.core.limits import CELLS
from faircopy.intake import parts_of, take
from faircopy.intake.names import child, value, w
from faircopy.intake.package import opened
from faircopy.translation.forms import ImportRefused

from tests.intake.word import docx, p, relation

_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def outside(kind: str) -> bytes:
    return docx(p("a"), relations=relation("x", kind, "https://a.example/x", external=True))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-word"),
        (b"plain text", "not-word"),
        (zipped({"a.txt": b"a"}), "not-word"),
        (b"PK\x03\x04broken", "zip-broken"),
        (docx(p("a"))[:-40], "zip-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "word-97"),
        (_LOCKED, "word-locked"),
        (docx(p("a"), kind=_MACROS), "word-macros"),
        (docx(p("a"), files={"word/vbaProject.bin": b"\0"}), "word-macros"),
        (outside("subDocument"), "word-outside"),
        (outside("oleObject"), "word-outside"),
        (outside("frame"), "word-outside"),
        (docx(p("a"), files={f"word/media/{n}.png": b"" for n in range(10_000)}), "zip-unsafe"),
        (docx(p("a"), files={"word/bomb.xml": b"\0" * 50_000_000}), "zip-unsafe"),
        (docx(p("a"), files={"../up.xml": b"a"}), "zip-unsafe"),
        (docx(p("a")).replace(b"word/styles.xml", b"word/document.xm"), "zip-broken"),
        (docx("<w:p>"), "xml-broken"),
    ],
)
def test_it_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        take(data, "file.docx")

    found = caught.value.diagnostics[0]
    assert found.code == code
    assert found.remedy
    assert found.place
    assert found.place.file.startswith("file.docx")


def spanning(rows: int, columns: str) -> str:
    """Return a table whose rows span so many columns."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{p("a")}</w:tc>'
    return f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * rows}</w:tbl>"


def test_tables_that_span_more_cells_than_a_text_may_have_are_refused_before_they_are_made() -> (
    None
):
    with pytest.raises(ImportRefused) as caught:
        take(docx(p("a") + spanning(CELLS.most // 200 + 1, "1000")), "file.docx")

    (found,) = caught.value.diagnostics
    assert (found.code, found.place) == ("too-many-cells", Place("file.docx"))


@pytest.mark.parametrize("properties", ["", '<w:pPr><w:pStyle w:val="Title"/></w:pPr>'])
def test_properties_stand_first_in_what_is_long(properties: str) -> None:
    """Each of its children asks for them: without, or with them last, all is looked through."""
    runs = "<w:r><w:t>a</w:t></w:r>" * 100
    body = f"<w:p>{runs}{properties}</w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>"
    package = opened(docx(body), "file.docx")
    long, short = parts_of(package).body.iter(w("p"))

    assert [long[0].tag, len(long.findall(w("pPr"))), len(long)] == [w("pPr"), 1, 101]
    assert value(child(long, "pPr", "pStyle")) == ("Title" if properties else "")
    assert short[0].tag == w("r")


@pytest.mark.parametrize("number", ["9" * 5_000, "-1", "²", "0x9", ""])
def test_numbers_that_nobody_writes_are_read_as_none_or_the_most(number: str) -> None:
    """Python reads no number of more than 4,300 digits, and takes ² for a digit."""
    size = f'<w:p><w:r><w:rPr><w:sz w:val="{number}"/></w:rPr><w:t>Large.</w:t></w:r></w:p>'
    before = f'<w:tr><w:trPr><w:gridBefore w:val="{number}"/></w:trPr><w:tc>{p("b")}</w:tc></w:tr>'
    body = size + spanning(2, number) + f"<w:tbl>{before * 2}</w:tbl>"

    assert "Large." in take(docx(body), "file.docx").text


@pytest.mark.parametrize("code", ["D800", "DFFF", "FFFE", "FFFFFFFF", "-1", "", "xx"])
def test_a_sign_that_is_no_character_is_left_out(code: str) -> None:
    sign = f'<w:sym w:font="Symbol" w:char="{code}"/>'

    assert "a b" in take(docx(f"<w:p><w:r><w:t>a b</w:t>{sign}</w:r></w:p>"), "file.docx").text


def test_entities_are_refused() -> None:
    parts = zipfile.ZipFile(io.BytesIO(docx(p("a"))))
    files = {name: parts.read(name) for name in parts.namelist()}
    files["word/document.xml"] = (
        b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + files["word/document.xml"]
    )
    with pytest.raises(ImportRefused) as caught:
        take(zipped(files), "file.docx")

    assert caught.value.diagnostics[0].code == "xml-doctype"


def test_a_template_elsewhere_and_links_are_harmless() -> None:
    data = docx(
        p("a"),
        relations=relation("x", "attachedTemplate", "file:///C:/Normal.dotm", external=True)
        + relation("y", "hyperlink", "https://a.example", external=True),
    )

    assert opened(data, "file.docx").main == "word/document.xml"

"""Files that are no Word file, or a dangerous one, are refused by name before they are read."""

from __future__ import annotations

import io
import zipfile

import pytest
from faircopy.intake import take
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

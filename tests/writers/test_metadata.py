"""What the front matter says comes out intact in every format, whatever it is made of."""

import html
import io
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from faircopy import manuscript
from faircopy.core import ast
from faircopy.core.model import Artifact, Publication
from faircopy.theme import load
from faircopy.writers import FORMATS, Options, write
from lxml import etree

DC = "{http://purl.org/dc/elements/1.1/}"
XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"

TITLES = {
    "markup": "a < b & c > d, &lt;b>not bold&lt;/b> &amp; 100 % of “it”",
    "marks": "\u200fالعنوان\u200f in English \u200e(x)\u200e",
    "apostrophes": "It’s ‘so’ – or isn’t it… “yes”",
    "long": "word " * 299 + "end",
}


def make(folder: Path, title: str) -> Publication:
    fields = "".join(f"{key}: |\n  {title}\n" for key in ("title", "description", "author"))
    text = f"---\n{fields}lang: en\n---\n\nx\n"
    (folder / "manuscript.md").write_text(text, "utf-8")
    return manuscript.read(folder)


def made(publication: Publication, name: str) -> Artifact:
    row = next(row for row in FORMATS if row.name == name)
    return write(row, publication, load("theme"), Options(page="a5"))


def of_docx(data: bytes) -> set[str]:
    core = docx.Document(io.BytesIO(data)).core_properties
    return {core.title, core.author}


def of_epub(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".opf"))
        package = etree.fromstring(archive.read(name))
    tags = ("title", "creator", "description")
    return {element.text or "" for tag in tags for element in package.iter(DC + tag)}


def of_pdf(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(pdf.docinfo["/Title"]), str(pdf.docinfo["/Subject"])}


def of_bundle(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".xlf"))
        root = etree.fromstring(archive.read(name))
    unit = next(unit for unit in root.iter(XLIFF + "unit") if unit.get("id") == "opener-title")
    return {"".join(str(text) for text in s.itertext()) for s in unit.iter(XLIFF + "source")}


READERS = {"docx": of_docx, "epub": of_epub, "pdf": of_pdf, "bundle": of_bundle}


@pytest.mark.parametrize("kind", TITLES)
@pytest.mark.parametrize("name", READERS)
def test_metadata_come_out_intact(name: str, kind: str, tmp_path: Path) -> None:
    publication = make(tmp_path, TITLES[kind])
    expected = " ".join(ast.text(publication.metadata.title).split())

    found = READERS[name](made(publication, name).data)

    assert expected.startswith(html.unescape(TITLES[kind])[:20])
    assert {" ".join(text.split()) for text in found} == {expected}

"""Each reader by itself catches a word that is lost, swapped, doubled or altered."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import ToolError
from faircopy.core.model import Artifact, Publication
from faircopy.manuscript import read
from faircopy.proof.extractors import poppler
from faircopy.proof.extractors.table import EXTRACTORS, Extractor
from faircopy.proof.fidelity import prove
from faircopy.proof.verdict import Status
from faircopy.theme import load
from faircopy.writers import Options, pdf
from pypdfium2 import PdfDocument

from tests.proof import mutations

Read = Callable[[str], Publication]
Make = Callable[[str, str], Artifact]

SAMPLE = "speaker-turns"
W_T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
XHTML = "{http://www.w3.org/1999/xhtml}*"
XLIFF_SOURCE = "{urn:oasis:names:tc:xliff:document:2.0}source"
KINDS = {".pdf": ("pdf.a4", "pdf.a5"), ".docx": ("docx",), ".epub": ("epub",), ".html": ("web",)}
CASES = [
    (reader, kind)
    for reader in EXTRACTORS
    for kind in KINDS.get(reader.suffix, ("bundle",))
    if not reader.fast or kind != "pdf.a4"
]


SLOW = (mutations.lose, mutations.swap)
DAMAGES = {"LibreOffice": SLOW, "Chromium": SLOW}
"""A whole program starts for each: that it reads every word, and in order, is what is its own."""


def _in_table(data: bytes, damage: mutations.Damage) -> bytes:
    """Damage a source text in the middle of the bundle's table of segments."""
    source = zipfile.ZipFile(io.BytesIO(data))
    rows = [row.split("\t") for row in source.read("segments.tsv").decode().splitlines()]
    column = next(n for n, name in enumerate(rows[0]) if name.split()[0] == "source")
    long = [row for row in rows[1:] if len(row) > column and len(row[column].split()) > 6]
    victim = next(row for row in long[len(long) // 2 :] if _differ(row[column]))
    victim[column] = " ".join(damage(victim[column].split()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            table = "\n".join("\t".join(row) for row in rows).encode()
            target.writestr(name, table if name == "segments.tsv" else source.read(name))
    return out.getvalue()


def _differ(text: str) -> bool:
    words = text.split()
    return words[2] != words[3]


def _damaged(artifact: Artifact, reader: Extractor, damage: mutations.Damage) -> Artifact:
    data = artifact.data
    if reader.suffix == ".pdf":
        data = mutations.in_pdf(data, damage)
    elif reader.suffix == ".docx":
        data = mutations.in_zip(data, lambda name: name == "word/document.xml", W_T, damage)
    elif reader.suffix == ".epub":
        data = mutations.in_zip(data, lambda name: name.startswith("EPUB/text/s0"), XHTML, damage)
    elif reader.suffix == ".html":
        data = mutations.in_page(data, damage)
    elif reader.name == "segments.tsv":
        data = _in_table(data, damage)
    else:
        data = mutations.in_zip(data, lambda name: name.endswith(".xlf"), XLIFF_SOURCE, damage)
    return msgspec.structs.replace(artifact, data=data)


@pytest.mark.slow
@pytest.mark.needs("pdfinfo", "soffice", "chromium")
@pytest.mark.parametrize(
    ("reader", "kind"), CASES, ids=[f"{reader.name}-{kind}" for reader, kind in CASES]
)
def test_a_reader_catches_every_damage_by_itself(
    reader: Extractor, kind: str, publication: Read, edition: Make
) -> None:
    text, artifact = publication(SAMPLE), edition(SAMPLE, kind)
    sound = prove(text, artifact, reader)
    if sound.verdict.status is Status.NOT_RUN:
        pytest.skip("; ".join(map(str, sound.verdict.findings)))
    assert sound.verdict.status is Status.PASSED, sound.verdict.findings
    for damage in DAMAGES.get(reader.name, mutations.DAMAGES):
        found = prove(text, _damaged(artifact, reader, damage), reader).verdict
        assert found.status is Status.FAILED, damage.__name__
        assert all(item.code.startswith("word") for item in found.findings), damage.__name__
        assert any(item.place and item.place.line for item in found.findings), damage.__name__


@pytest.mark.needs("pdfinfo")
def test_a_file_that_is_no_pdf_is_refused_by_poppler_itself() -> None:
    with pytest.raises(ToolError, match="pdfinfo"):
        poppler.lines(b"no PDF")


@pytest.mark.needs("pdfinfo")
def test_the_letters_of_a_drawing_are_no_words_of_the_text(tmp_path: Path) -> None:
    letters = "<text x='1' y='9'>Harbour</text>"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 9'>{letters}</svg>"
    (tmp_path / "map.svg").write_text(svg)
    body = "Before.\n\n![A plan](map.svg)\n\nAfter ![it](map.svg) all.\n"
    text = f"---\ntitle: T\nlang: en\n---\n\n{body}"
    (tmp_path / "manuscript.md").write_text(text)
    data = pdf.write(read(tmp_path), load(), Options(page="a5")).data
    assert "Harbour" in "".join(page.get_textpage().get_text_range() for page in PdfDocument(data))

    said = " ".join(poppler.lines(data)).split()

    assert "Harbour" not in said
    assert [word for word in said if word in ("Before.", "plan", "After", "all.")] == [
        "Before.", "plan", "After", "all.",
    ]  # fmt: skip

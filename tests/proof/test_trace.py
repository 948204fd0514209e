"""A judge's finding is led to the manuscript's line, from whatever place the judge names."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Artifact, Publication
from faircopy.proof.extractors.archive import Archive
from faircopy.proof.plain import MEANINGS, explained, meaning
from faircopy.proof.trace import traced
from faircopy.proof.verdict import Status, Verdict

Read = Callable[[str], Publication]
Make = Callable[[str, str], Artifact]
SAMPLE = "every-construct"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _trace(place: Place | None, text: Publication, data: bytes, said: str = "x") -> Diagnostic:
    finding = Diagnostic("x", Severity.ERROR, said, place=place)
    (found,) = traced(Verdict("j", "1", Status.FAILED, (finding,)), text, data).findings
    return found


def _figure(data: bytes) -> int:
    """Return the object's number of the first figure."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return next(
            item.objgen[0]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary)
            and item.get("/S") == "/Figure"
            and "/Alt" in item
        )


def test_from_verapdfs_path_in_a_pdf(publication: Read, edition: Make) -> None:
    text, data = publication(SAMPLE), edition(SAMPLE, "pdf.a5").data
    number = _figure(data)
    path = (
        f"root/document[0]/StructTreeRoot[0](4 0 obj PDStructTreeRoot)/K[0]({number} 0 obj SEFigure"
    )
    found = _trace(Place(f"#{path}"), text, data)
    assert found.place is not None
    assert found.place.file == text.source_path
    line = text.source.decode().split("\n")[found.place.line - 1]
    assert line.startswith("![The gauge")


def test_from_verapdfs_path_to_a_glyph(publication: Read, edition: Make) -> None:
    """Of each line of text on the first page; what stands on none of them has no line."""
    text, data = publication("speaker-turns"), edition("speaker-turns", "pdf.a5").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shown = [
            number
            for number, item in enumerate(pikepdf.parse_content_stream(pdf.pages[0]))
            if str(item.operator) in ("Tj", "TJ")
        ]

    def line(page: int, operator: int) -> int:
        path = f"root/document[0]/pages[{page}](0 0 obj PDPage)/contentStream[0](0 0 obj PDContent"
        path += f"Stream)/operators[{operator}]/usedGlyphs[3](A+Serif A+Serif 53 0 1 0 true)"
        place = _trace(Place(f"#{path}"), text, data).place
        return place.line if place else 0

    lines = [line(0, number) for number in shown]
    source = ["", *text.source.decode().split("\n")]
    assert source[lines[0]].startswith("outlet:")
    assert any(source[number].startswith("title:") for number in lines)
    spoken = [number for number in lines if source[number].startswith("**")]
    assert spoken == sorted(spoken)
    assert len(set(spoken)) > 2
    assert (lines[-1], line(99, 1), line(0, 99_999)) == (0, 0, 0)  # the folio, and nothing


def test_each_unit_of_text_has_its_id_in_the_pdf(publication: Read, edition: Make) -> None:
    text, data = publication(SAMPLE), edition(SAMPLE, "pdf.a5").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kids = pdf.Root.StructTreeRoot.IDTree.Names[::2]
        names = {str(item) for item in kids if isinstance(item, pikepdf.String)}
    headings = re.findall(r"^##+ .*\{#([\w-]+)", text.source.decode(), re.M)
    assert headings
    assert set(headings) <= names


@pytest.mark.parametrize(
    ("name", "key"),
    [("title", "title"), ("byline", "byline"), ("genre", "kind"), ("dateline", "date")],
)
def test_from_the_title_block_of_a_word_document(
    name: str, key: str, publication: Read, edition: Make
) -> None:
    text, data = publication("speaker-turns"), edition("speaker-turns", "docx").data
    root = Archive(data).xml("word/document.xml")
    mark = next(
        mark for mark in root.iter(f"{W}bookmarkStart") if mark.get(f"{W}name") == f"opener-{name}"
    )
    path = root.getroottree().getpath(mark)
    found = _trace(Place(f"word/document.xml#{path}"), text, data)
    assert found.place is not None
    assert text.source.decode().split("\n")[found.place.line - 1].startswith(f"{key}:")


@pytest.mark.parametrize(("name", "key"), [("dc:title", "title"), ("dc:language[1]", "lang")])
def test_from_the_properties_of_a_word_document(
    name: str, key: str, publication: Read, edition: Make
) -> None:
    text, data = publication("speaker-turns"), edition("speaker-turns", "docx").data
    found = _trace(Place(f"docProps/core.xml#/cp:coreProperties/{name}"), text, data)
    assert found.place is not None
    assert text.source.decode().split("\n")[found.place.line - 1].startswith(f"{key}:")


@pytest.mark.parametrize("prefix", ["w:", ""])
def test_from_an_xpath_in_a_word_document(prefix: str, publication: Read, edition: Make) -> None:
    text, data = publication(SAMPLE), edition(SAMPLE, "docx").data
    root = Archive(data).xml("word/document.xml")
    body = root[0]
    paragraphs = [item for item in body if item.tag == f"{W}p"]
    number, name = next(
        (number, mark.get(f"{W}name", ""))
        for number, item in enumerate(paragraphs, start=1)
        for mark in item.iter(f"{W}bookmarkStart")
        if mark.get(f"{W}name", "") in text.places
    )
    path = f"/{prefix}document[1]/{prefix}body[1]/{prefix}p[{number}]/{prefix}pPr[1]"
    found = _trace(Place(f"word/document.xml#{path}"), text, data)
    assert found.place == text.places[name]
    assert "word/document.xml" in found.message
    assert "#" not in found.message


def test_from_a_path_in_an_epub(publication: Read, edition: Make) -> None:
    text, data = publication("speaker-turns"), edition("speaker-turns", "epub").data
    body = Archive(data).xml("EPUB/text/s001.xhtml")[1]
    section = body[0]
    number, name = next(
        (2 * number, mark.get("id", ""))
        for number, item in enumerate(section, start=1)
        for mark in item.iter("*")
        if number > 1 and mark.get("id", "") in text.places
    )
    found = _trace(Place(f"text/s001.xhtml#/4/2/{number}"), text, data)
    assert found.place == text.places[name]
    assert found.message == "x (in text/s001.xhtml)"
    beyond = _trace(Place("text/s001.xhtml#/4/2/9998"), text, data).place
    assert beyond is not None
    assert beyond.file == text.source_path


def test_from_a_quotation(publication: Read, edition: Make) -> None:
    text, data = publication("speaker-turns"), edition("speaker-turns", "pdf.a5").data
    words = next(line for line in text.source.decode().split("\n") if len(line) > 80)
    quoted = re.sub(r"^\*\*.*?\*\* ", "", words)[:60]
    found = _trace(None, text, data, f"too long: “{quoted}”")
    assert found.place is not None
    assert words == text.source.decode().split("\n")[found.place.line - 1]
    assert _trace(None, text, data, "too long: “the”").place is None


def test_what_cannot_be_traced_keeps_the_artifacts_place(publication: Read, edition: Make) -> None:
    text, data = publication(SAMPLE), edition(SAMPLE, "docx").data
    assert _trace(Place("word/styles.xml#/w:styles[1]"), text, data).place == Place(
        "word/styles.xml"
    )
    assert _trace(Place("#root/document[0]"), text, b"no PDF").place is None
    assert _trace(Place("word/document.xml#/w:a[1]"), text, b"no zip").place is not None


def test_a_finding_says_its_cause_and_remedy() -> None:
    finding = Diagnostic("verapdf-ua1-7.3-1", Severity.ERROR, "Figure tags shall include Alt")
    (found,) = explained(Verdict("j", "1", Status.FAILED, (finding,))).findings
    assert found.message.startswith("An image has no words for those who cannot see it. Figure")
    assert "A map of" in found.remedy
    unknown = Diagnostic("verapdf-ua1-9.9-9", Severity.ERROR, "x")
    (found,) = explained(Verdict("j", "1", Status.FAILED, (unknown,))).findings
    assert found.remedy


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("verapdf-ua1-7.2-43", "rows and headings"),
        ("verapdf-ua1-7.4.2-1", "level of heading"),
        ("verapdf-ua1-7.18.5-1", "link"),
        ("verapdf-3a-6.2.11.8-1", "no picture in the font"),
        ("verapdf-3u-6.2.11.7.2-1", "stands for no character"),
        ("verapdf-ua1-7.1-9", "title"),
        ("ace-image-alt", "no words"),
        ("ace-color-contrast", "stand out"),
        ("epubcheck-rsc-005", "not built"),
        ("epubcheck-rsc-007", "leads to nothing"),
        ("ooxml-sch_invalidelementcontent", "offer to repair"),
        ("qpdf", "damaged"),
    ],
)
def test_the_common_rules_are_known_in_plain_words(code: str, cause: str) -> None:
    known = meaning(code)
    assert known is not None
    assert cause in known.cause
    assert known.remedy


def test_no_meaning_is_hidden_by_one_before_it() -> None:
    patterns = [item.codes for item in MEANINGS]
    assert len(set(patterns)) == len(patterns)
    for item in MEANINGS:
        re.compile(item.codes)

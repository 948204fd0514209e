"""The PDF edition: opened again with pikepdf and PDFium, which did not write it."""

from __future__ import annotations

import functools
import logging
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import msgspec
import pikepdf
import pypdfium2
import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import EditionError, Severity
from faircopy.core.model import Artifact, Publication
from faircopy.manuscript import read
from faircopy.passes.sentences import sentences
from faircopy.passes.units import units
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import engine
from faircopy.writers.pdf.compositor import set_in_type
from syrupy.assertion import SnapshotAssertion

from tests.editions import edition

TESTS = Path(__file__).parents[1]
INTERVIEW = TESTS.parent / "source" / "president-of-kazakhstan-interview"
THEME = load()


@functools.cache
def publication(name: str) -> Publication:
    folder = INTERVIEW if name == "interview" else TESTS / "manuscripts" / name
    return read(folder, name=name)


def write(name: str, page: str = "a5") -> Artifact:
    return pdf.write(publication(name), THEME, Options(page=page))


@pytest.fixture(scope="module")
def interview() -> Artifact:
    return edition(INTERVIEW.name, "pdf.a5")


@pytest.fixture(scope="module")
def every() -> Artifact:
    return edition("every-construct", "pdf.a5")


@pytest.fixture(scope="module")
def hebrew() -> Artifact:
    return edition("he", "pdf.a5")


def opened(artifact: Artifact) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(artifact.data))


# --- structure -----------------------------------------------------------------------------------


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Yield (depth, element) of the structure tree in reading order."""

    def below(element: Any, depth: int) -> Iterator[tuple[int, Any]]:
        kids = element.get("/K", [])
        if not isinstance(kids, pikepdf.Array):
            kids = [kids]
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield depth, kid
                yield from below(kid, depth + 1)

    yield from below(pdf.Root.StructTreeRoot, 0)


def outline(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_outline() as found:
        stack = [(0, item) for item in reversed(found.root)]
        while stack:
            depth, item = stack.pop()
            yield "  " * depth + item.title
            stack += [(depth + 1, child) for child in reversed(item.children)]


def tag_tree(pdf: pikepdf.Pdf) -> str:
    """Return the tags, indented; spans of text are left out, repeated leaves are counted."""
    names = {"/Span", "/NonStruct"}
    lines = [
        "  " * depth + str(element.S)[1:]
        for depth, element in elements(pdf)
        if str(element.S) not in names
    ]
    out: list[str] = []
    for line in lines:
        if out and out[-1].partition(" ×")[0] == line:
            count = int(out[-1].partition(" ×")[2] or 1) + 1
            out[-1] = f"{line} ×{count}"
        else:
            out.append(line)
    return "\n".join(out)


@pytest.mark.parametrize("name", ["interview", "every"])
def test_tags_and_outline(
    name: str, request: pytest.FixtureRequest, snapshot: SnapshotAssertion
) -> None:
    artifact = request.getfixturevalue(name)
    found = opened(artifact)
    assert tag_tree(found) == snapshot(name="tags")
    assert "\n".join(outline(found)) == snapshot(name="outline")


def test_every_unit_and_sentence_is_a_destination(every: Artifact) -> None:
    source = publication("every-construct")
    made = opened(every)
    names = set(destinations(made))
    for unit in units(source.blocks):
        assert unit.id in names
        parts = sentences(unit.id, unit.inlines, source.metadata.lang)
        if len(parts) > 1:
            assert {part.id for part in parts} <= names


def destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    names = pdf.Root.Names.Dests.Names
    return {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}


def test_a_sentences_destination_is_where_it_begins(interview: Artifact) -> None:
    source = publication("interview")
    made = opened(interview)
    found = destinations(made)
    pages = pypdfium2.PdfDocument(interview.data)
    numbers = {page.objgen: n for n, page in enumerate(made.pages)}
    checked = 0
    for unit in units(source.blocks):
        parts = sentences(unit.id, unit.inlines, source.metadata.lang)
        for part in parts[1:]:
            page, _, x, y, _ = found[part.id]
            text = pages[numbers[page.objgen]].get_textpage()
            line = text.get_text_bounded(float(x) - 14, float(y) - 14, float(x) + 300, float(y))
            word = ast.text(part.inlines).split()[0].strip("“”‘’,.")
            assert word[:4] in line, part.id
            checked += 1
    assert checked > 20


def test_decoration_is_no_part_of_the_text(every: Artifact) -> None:
    """Running heads, folios and pull quotes are artifacts (PDF/UA-1, 7.1)."""
    found = opened(every)
    assert not [e for _, e in elements(found) if str(e.S) == "/Part"]
    owned = marked_content(found)
    loose = Counter[str]()
    for page in found.pages:
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) != "BDC":
                continue
            tag, values = cast("tuple[Any, Any]", tuple(instruction.operands))
            if str(tag) == "/Artifact":
                loose[str(values.get("/Type"))] += 1
            else:
                assert (page.objgen, int(values["/MCID"])) in owned
    assert loose["/Pagination"] >= 3 * (len(found.pages) - 1)


def marked_content(pdf: pikepdf.Pdf) -> set[tuple[Any, int]]:
    found: set[tuple[Any, int]] = set()
    for _, element in elements(pdf):
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                found.add((element.Pg.objgen, int(kid)))
    return found


def test_headers_have_a_scope_and_figures_words(every: Artifact) -> None:
    made = opened(every)
    found = [element for _, element in elements(made)]
    headers = [element for element in found if str(element.S) == "/TH"]
    figures = [element for element in found if str(element.S) == "/Figure"]
    assert headers
    assert all(str(header.A.Scope) in ("/Column", "/Row") for header in headers)
    assert figures
    assert all(str(figure.Alt) for figure in figures)


def test_every_link_has_one_element_and_says_what_it_is(every: Artifact) -> None:
    found = opened(every)
    links = [element for _, element in elements(found) if str(element.S) == "/Link"]
    annotations = [a for page in found.pages for a in page.get("/Annots", [])]
    assert len(annotations) == len(links) > 5
    texts = {str(annotation.Contents) for annotation in annotations}
    assert "Plan of the lock: two pairs of gates" in texts
    assert "to the notes" in texts
    assert not any(text.startswith("#") for text in texts)


# --- the text layer ------------------------------------------------------------------------------


def copied(artifact: Artifact) -> str:
    """Return what a reader copies from all pages, as PDFium gives it."""
    pages = pypdfium2.PdfDocument(artifact.data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def test_small_capitals_are_copied_as_they_were_written(interview: Artifact) -> None:
    text = copied(interview)
    for word in (
        "Kazakhstan regards Pakistan",
        "SCO, OIC",
        "CICA",
        "GDP exceeding",
        "the U.S.",
    ):
        assert word in " ".join(text.split()), word


def test_a_hyphen_of_the_layout_is_a_soft_one(interview: Artifact) -> None:
    """A reader joins the word (ISO 32000-1, 14.8.2.2.3); PDFium gives U+0002 for it."""
    text = copied(interview)
    assert "\u2010" not in text
    assert text.count("\x02") > 5
    assert "all-time" in text or "all-\r\ntime" in text


def test_arabic_is_copied_in_reading_order() -> None:
    text = copied(edition("ar", "pdf.a5"))
    assert "كنت في التاسعة عشرة، وظننت أنني سأبقى صيفًا واحدًا" in text


def test_nastaliq_has_its_letters() -> None:
    """Each letter is the one written (WeasyPrint's own text layer confuses those of one form)."""
    wanted = Counter(char for char in ast.text(publication("ur").blocks) if char in "بپتٹثجچحخن")
    found = Counter(char for char in copied(edition("ur", "pdf.a5")) if char in wanted)
    for char, count in wanted.items():
        assert found[char] >= count, char


# --- metadata ------------------------------------------------------------------------------------


def test_metadata_says_what_the_manuscript_says(every: Artifact) -> None:
    found = opened(every)
    with found.open_metadata() as xmp:
        assert xmp["dc:title"] == "Every construct: a river gauge & its keeper"
        assert xmp["dc:creator"] == ["Ada Winter", "Tomás O’Brien"]
        assert xmp["pdfuaid:part"] == "1"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["xmp:CreateDate"] == "2026-03-14"
    assert str(found.Root.Lang) == "en-GB"
    assert found.Root.ViewerPreferences.DisplayDocTitle
    assert found.Root.MarkInfo.Marked


def test_the_manuscript_travels_inside(interview: Artifact) -> None:
    found = opened(interview)
    attached = found.attachments["manuscript.md"]
    assert attached.get_file().read_bytes() == publication("interview").disclosed
    assert attached.description
    assert str(found.Root.AF[0].AFRelationship) == "/Source"


def test_pages_that_read_from_the_right_turn_so(hebrew: Artifact, interview: Artifact) -> None:
    assert str(opened(hebrew).Root.ViewerPreferences.Direction) == "/R2L"
    assert "/Direction" not in opened(interview).Root.ViewerPreferences


def test_only_our_own_fonts_are_used(every: Artifact) -> None:
    families = {face.family for face in THEME.faces}
    assert set(every.facts["fonts"]) <= families  # type: ignore[arg-type]
    for page in opened(every).pages:
        for font in page.Resources.Font.values():
            name = str(font.BaseFont).partition("+")[2].replace("-", " ")
            assert any(name.startswith(family) for family in families)
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_the_page_has_its_size(page: str) -> None:
    artifact = edition("speaker-turns", f"pdf.{page}")
    wanted = THEME.page(page)
    found = opened(artifact)
    left, bottom, right, top = (float(n) for n in found.pages[0].MediaBox)
    assert right - left == pytest.approx(wanted.width * 72 / 25.4, abs=0.1)
    assert top - bottom == pytest.approx(wanted.height * 72 / 25.4, abs=0.1)
    assert artifact.name == f"en.{page}.pdf"
    assert artifact.facts["pages"] == len(found.pages)


def test_the_same_manuscript_makes_the_same_bytes(every: Artifact) -> None:
    assert write("every-construct").data == every.data


# --- what must not happen ------------------------------------------------------------------------


def test_a_character_without_a_glyph_is_named_with_its_place(tmp_path: Path) -> None:
    text = "---\ntitle: Glyphs\nlang: en-GB\n---\n\nOne.\n\nA clay tablet says 𒀭 twice.\n"
    (tmp_path / "manuscript.md").write_text(text, "utf-8")
    with pytest.raises(EditionError, match=r"U\+1202D") as caught:
        pdf.write(read(tmp_path), THEME, Options(page="a5"))
    place = caught.value.diagnostics[0].place
    assert place is not None
    assert place.line == 8


def test_an_unknown_page_is_refused() -> None:
    with pytest.raises(EditionError, match=r'no page "a6"'):
        write("speaker-turns", "a6")


def test_hostile_links_and_images_fetch_and_run_nothing() -> None:
    source = publication("speaker-turns")
    hostile = ast.Para(
        (
            ast.Link((ast.NO_ATTR, (ast.Str("run"),), ("javascript:alert(1)", ""))),
            ast.Space(),
            ast.Link((ast.NO_ATTR, (ast.Str("read"),), ("file:///etc/passwd", ""))),
            ast.Image((ast.NO_ATTR, (ast.Str("alt"),), ("file:///etc/passwd", ""))),
            ast.Image((ast.NO_ATTR, (ast.Str("alt"),), ("http://127.0.0.1:9/x.png", ""))),
            ast.RawInline(("html", '<link rel="attachment" href="file:///etc/passwd">')),
        )
    )
    changed = msgspec.structs.replace(source, blocks=(*source.blocks, hostile))
    artifact = pdf.write(changed, THEME, Options(page="a5"))
    found = opened(artifact)
    targets = [str(a.A.URI) for p in found.pages for a in p.get("/Annots", []) if "/A" in a]
    assert not targets
    assert list(found.attachments) == ["manuscript.md"]
    assert b"root:" not in b"".join(
        bytes(o.read_bytes()) for o in found.objects if isinstance(o, pikepdf.Stream)
    )
    refused = [d for d in artifact.diagnostics if "disallowed protocol" in d.message]
    assert len(refused) == 2


def test_complaints_are_heard_though_another_library_disabled_the_logger() -> None:
    logger = logging.getLogger("weasyprint")
    logger.disabled = True
    try:
        with engine.listening() as heard:
            logger.error("Failed to load image")
        assert [item.message for item in heard] == ["WeasyPrint: Failed to load image."]
        assert logger.disabled
    finally:
        logger.disabled = False


def test_a_style_in_the_metadata_stays_text() -> None:
    source = publication("speaker-turns")
    title = (ast.Str('</style><script>"&\u202e\\'), ast.Space(), ast.Str("x" * 200))
    metadata = msgspec.structs.replace(source.metadata, title=title, outlet=title)
    changed = msgspec.structs.replace(source, metadata=metadata)
    artifact = pdf.write(changed, THEME, Options(page="a5"))
    with opened(artifact).open_metadata() as xmp:
        assert xmp["dc:title"] == ast.text(title)
    assert not [d for d in artifact.diagnostics if d.severity is Severity.ERROR]


@pytest.mark.parametrize(("word", "capped"), [("шагом", True), ("ill", False)])
def test_a_drop_cap_stands_where_the_paragraph_is_a_line_longer(
    tmp_path: Path, word: str, capped: bool
) -> None:
    text = " ".join([word.capitalize(), *[word] * (240 // (len(word) + 1))])
    (tmp_path / "manuscript.md").write_text(f"---\ntitle: T\nlang: ru\n---\n\n{text}.\n")
    galley = set_in_type(read(tmp_path), THEME, "a5")
    assert (b"drop-cap" in galley.html) is capped

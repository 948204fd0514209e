"""The DOCX edition: the same words, in named styles, as an editor finds them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import docx
import msgspec
import pikepdf
import pytest
from docx.document import Document
from faircopy.core import ast, process
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Artifact, Role
from faircopy.languages import locale
from faircopy.manuscript import read
from faircopy.passes.opener import opener
from faircopy.passes.sentences import mark
from faircopy.passes.typography import typeset
from faircopy.passes.units import units
from faircopy.proof import office
from faircopy.theme import Theme, load
from faircopy.writers import Options
from faircopy.writers import docx as writer
from faircopy.writers.docx import lists
from faircopy.writers.docx.direction import segments
from faircopy.writers.docx.ooxml import WORD, make, put, q
from faircopy.writers.docx.pictures import bound
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from syrupy.assertion import SnapshotAssertion

from tests import desk
from tests.editions import edition
from tests.editions import read as publication

THEME = load("theme")
LONGEST_BOOKMARK = 40
DIRECTIONS = "\u200e\u200f"
"""Marks of direction, which nobody sees: LibreOffice sets a stop by them."""
PAGE = THEME.page(THEME.docx.page)


def write(name: str) -> Artifact:
    return writer.write(publication(name), THEME, Options())


@pytest.fixture(scope="module")
def every() -> Artifact:
    return edition("every-construct", "docx")


@pytest.fixture(scope="module")
def turns() -> Artifact:
    return edition("speaker-turns", "docx")


@pytest.fixture(scope="module")
def hebrew() -> Artifact:
    return edition("he", "docx")


# --- reading a document, with nothing of the writer's own ----------------------------------------


def part(artifact: Artifact, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as package:
        return etree.fromstring(package.read(name))


def body(artifact: Artifact) -> etree._Element:
    return part(artifact, "word/document.xml")


def opened(artifact: Artifact) -> Document:
    return docx.Document(io.BytesIO(artifact.data))


def text(paragraph: etree._Element, notes: dict[str, str] | None = None) -> str:
    """The text of a paragraph, with each footnote where it is referred to."""
    out: list[str] = []
    for element in paragraph.iter():
        if element.tag == q("t"):
            out.append(element.text or "")
        elif element.tag in (q("tab"), q("br")):
            out.append(" ")
        elif element.tag == q("noBreakHyphen"):
            out.append("‑")
        elif element.tag == q("footnoteReference"):
            out.append(f" {(notes or {}).get(element.get(q('id'), ''), '')} ")
    return "".join(out)


def words(artifact: Artifact) -> list[str]:
    """All words of the document and its footnotes, in the order of reading."""
    notes = notes_of(artifact)
    return " ".join(text(p, notes) for p in body(artifact).iter(q("p"))).split()


def notes_of(artifact: Artifact) -> dict[str, str]:
    return {
        note.get(q("id"), ""): " ".join(text(p).strip() for p in note.iter(q("p")))
        for note in part(artifact, "word/footnotes.xml").iter(q("footnote"))
    }


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
    return "Normal" if style is None else style.get(q("val"), "")


def description(artifact: Artifact) -> str:
    """One line a paragraph: its style, its text, and the character styles in it."""
    return "\n".join(_lines(artifact))


def _lines(artifact: Artifact) -> Iterator[str]:
    notes = notes_of(artifact)
    for paragraph in body(artifact).iter(q("p")):
        depth = sum(1 for _ in paragraph.iterancestors(q("tc")))
        runs = "".join(_run(run, notes) for run in paragraph.iter(q("r")))
        yield f"{'    ' * depth}[{style_of(paragraph)}] {runs}".rstrip()


def _run(run: etree._Element, notes: dict[str, str]) -> str:
    style = run.find(f"{q('rPr')}/{q('rStyle')}")
    words = text(run, notes)
    if run.find(q("footnoteReference")) is not None:
        words = words.strip()
    if run.find(q("drawing")) is not None:
        words = "(picture)"
    return words if style is None else f"<{style.get(q('val'))}: {words}>"


# --- the words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["every-construct", "speaker-turns", "ru", "kk", "zh", "he", "ur", "ar"]
)
def test_word_for_word_what_the_manuscript_says(name: str) -> None:
    found = publication(name)
    tree = typeset((opener(found), *found.blocks), locale(found.metadata.lang))
    found_words = [word.strip(DIRECTIONS) for word in words(edition(name, "docx"))]
    assert found_words == _expected(tree)


def _expected(tree: ast.Blocks) -> list[str]:
    """The words of a tree as Word has them: pictures and formulas are no text there."""

    def change(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
        match node:
            case ast.Image() | ast.Math():
                return ()
            case ast.Note():
                return (ast.Space(), node, ast.Space())
            case ast.Figure((attr, caption, blocks)):
                return ast.Div((attr, (*blocks, *caption.blocks)))
        return node

    return ast.text(ast.rewrite(tree, change)).split()


def test_formulas_are_set_and_pictures_are_there(every: Artifact) -> None:
    tree = publication("every-construct").blocks
    formulas = sum(isinstance(node, ast.Math) for node in ast.walk(tree))
    pictures = sum(isinstance(node, ast.Image) for node in ast.walk(tree))
    assert len(list(body(every).iter(q("m:oMath")))) == formulas > 0
    assert len(list(body(every).iter(q("wp:inline")))) == pictures > 0
    assert every.diagnostics == ()


def test_a_formula_that_word_cannot_set_is_told_of(tmp_path: Path) -> None:
    """Reading a manuscript turns such formulas into code; a translation may bring one."""
    front = "---\ntitle: T\nlang: en-GB\n---\n\n"
    (tmp_path / "manuscript.md").write_text(f"{front}A line with $x$ in it.\n")
    found = read(tmp_path)

    def worse(node: ast.Node) -> ast.Node:
        return ast.Math((node.c[0], r"\undefinedthing{x}")) if isinstance(node, ast.Math) else node

    changed = msgspec.structs.replace(found, blocks=ast.rewrite(found.blocks, worse))
    artifact = writer.write(changed, THEME, Options())
    assert [(d.code, d.place and d.place.line) for d in artifact.diagnostics] == [
        ("formula-as-source", 6)
    ]


def test_words_in_a_formula_are_words_and_not_slanted_too(tmp_path: Path) -> None:
    text = "---\ntitle: T\nlang: en\nkind: article\n---\n\n$\\text{val} = \\mathrm{S} + x$\n"
    (tmp_path / "manuscript.md").write_text(text)
    made = writer.write(read(tmp_path), load(), Options())
    looks = [{child.tag for child in one} for one in body(made).iter(q("m:rPr"))]
    assert {q("m:nor")} in looks
    assert {q("m:sty")} in looks
    assert not any({q("m:nor"), q("m:sty")} <= one for one in looks)


def test_a_formula_of_one_letter_that_stands_in_every_word_is_set(tmp_path: Path) -> None:
    front = "---\ntitle: T\nlang: en-GB\n---\n\n"
    text = "A wave $a$ of any amplitude, $x^2$, costs $5 at most.\n\n$$a = b$$\n"
    (tmp_path / "manuscript.md").write_text(front + text)
    artifact = writer.write(read(tmp_path), THEME, Options())
    assert len(list(body(artifact).iter(q("m:oMath")))) == 3
    assert artifact.diagnostics == ()


@pytest.mark.parametrize("mark", ["*", "**", "***", "~~"])
def test_emphasis_in_emphasis_is_said_once(tmp_path: Path, mark: str) -> None:
    text = f"{mark}Write to [{mark}us{mark}](https://example.org/) or{mark} go."
    (tmp_path / "manuscript.md").write_text(f"---\ntitle: T\nlang: en-GB\n---\n\n{text}\n")
    artifact = writer.write(read(tmp_path), THEME, Options())
    said = [[child.tag for child in formats] for formats in body(artifact).iter(q("rPr"))]
    assert any(said)
    assert all(len(tags) == len(set(tags)) for tags in said)


def test_an_image_in_a_note_is_there(tmp_path: Path) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    (tmp_path / "a.svg").write_text(svg)
    front = "---\ntitle: T\nlang: en-GB\n---\n\n"
    (tmp_path / "manuscript.md").write_text(f"{front}A line[^n].\n\n[^n]: ![A sign](a.svg)\n")
    document = docx.Document(io.BytesIO(writer.write(read(tmp_path), THEME, Options()).data))
    notes = next(
        part for part in document.part.package.iter_parts() if "footnotes" in part.partname
    )
    shown = re.findall(rb'r:embed="(\w+)"', notes.blob)
    assert len(shown) == 2
    assert {notes.rels[id.decode()].target_part.content_type for id in shown} == {
        "image/png",
        "image/svg+xml",
    }


# --- what an editor sees -------------------------------------------------------------------------


def test_styles_and_text_of_every_construct(every: Artifact, snapshot: SnapshotAssertion) -> None:
    assert description(every) == snapshot


def test_styles_and_text_of_speaker_turns(turns: Artifact, snapshot: SnapshotAssertion) -> None:
    assert description(turns) == snapshot


def test_heads_feet_and_properties(turns: Artifact, snapshot: SnapshotAssertion) -> None:
    document = opened(turns)
    section, core = document.sections[0], document.core_properties
    assert {
        "left-hand pages": [p.text for p in section.even_page_header.paragraphs],
        "right-hand pages": [p.text for p in section.header.paragraphs],
        "first page": [p.text for p in section.first_page_header.paragraphs],
        "title": core.title,
        "author": core.author,
        "subject": core.subject,
        "comments": core.comments,
        "keywords": core.keywords,
        "language": core.language,
        "created": str(core.created),
        "identifier": core.identifier,
    } == snapshot


def test_without_a_date_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text("---\ntitle: T\nlang: en-GB\n---\n\nOne two three.\n")
    artifact = writer.write(read(tmp_path), THEME, Options())
    core = part(artifact, "docProps/core.xml")
    assert not [child for child in core if str(child.tag).endswith(("created", "modified"))]
    app = part(artifact, "docProps/app.xml")
    assert [child.text for child in app] == ["4", "Faircopy", "1.0"]


def test_every_foot_has_the_page_number() -> None:
    section = opened(edition("speaker-turns", "docx")).sections[0]
    for foot in (section.footer, section.even_page_footer, section.first_page_footer):
        fields = list(foot._element.iter(q("fldSimple")))
        assert [field.get(q("instr")) for field in fields] == [" PAGE "]
    assert section.different_first_page_header_footer


def test_questions_are_in_the_outline() -> None:
    document = opened(edition("he", "docx"))
    questions = [p for p in document.paragraphs if p.style and p.style.name == "Question"]
    assert questions
    style = questions[0].style
    assert style is not None
    assert style.base_style is not None
    assert style.base_style.name == "Heading 2"
    assert style.element.find(f"{q('pPr')}/{q('outlineLvl')}").get(q("val")) == "1"


def test_nothing_is_formatted_directly(every: Artifact) -> None:
    """Runs and paragraphs name a style; what else they say is language, direction, numbering."""
    runs = {q(name) for name in ("rStyle", "rtl", "lang")}
    paragraphs = {q(name) for name in ("pStyle", "numPr", "bidi")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = part(every, name)
        assert {child.tag for formats in root.iter(q("rPr")) for child in formats} <= runs | {
            q("b"),
            q("bCs"),
            q("i"),
            q("iCs"),  # within a link, which has a style already
        }
        assert {child.tag for formats in root.iter(q("pPr")) for child in formats} <= paragraphs
    for formats in body(every).iter(q("rPr")):
        if formats.find(q("b")) is not None or formats.find(q("i")) is not None:
            style = formats.find(q("rStyle"))
            assert style is not None
            assert style.get(q("val")) == "Hyperlink"


def test_every_style_that_is_used_is_there(every: Artifact, hebrew: Artifact) -> None:
    for artifact in (every, hebrew):
        known = {
            style.get(q("styleId")) for style in part(artifact, "word/styles.xml").iter(q("style"))
        }
        used = {
            element.get(q("val"))
            for name in ("word/document.xml", "word/footnotes.xml", "word/styles.xml")
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
            for element in part(artifact, name).iter(q(tag))
        }
        assert used <= known


def test_units_and_sentences_are_bookmarks(every: Artifact) -> None:
    found = publication("every-construct")
    names = [
        element.get(q("name"), "")
        for name in ("word/document.xml", "word/footnotes.xml")
        for element in part(every, name).iter(q("bookmarkStart"))
    ]
    wanted = {unit.id for unit in units((opener(found), *found.blocks))}
    sentences = {
        node.attr.id
        for node in ast.walk(mark(found.blocks, found.metadata.lang))
        if isinstance(node, ast.Span) and node.attr.id
    }
    assert wanted | sentences <= set(names)
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= LONGEST_BOOKMARK


def test_links_lead_to_bookmarks_and_keep_their_titles(every: Artifact) -> None:
    root = body(every)
    names = {element.get(q("name")) for element in root.iter(q("bookmarkStart"))}
    links = list(root.iter(q("hyperlink")))
    assert {link.get(q("anchor")) for link in links} - {None} <= names
    tips = [link.get(q("tooltip")) for link in links if link.get(q("tooltip"))]
    assert tips == ["The book of 1911", "A reference"]


# --- tables and pictures -------------------------------------------------------------------------


def test_tables_are_as_wide_as_the_text_and_have_heads(every: Artifact) -> None:
    tables = list(body(every).iter(q("tbl")))
    assert len(tables) == 3
    for table in tables:
        width = table.find(f"{q('tblPr')}/{q('tblW')}")
        assert width is not None
        assert (width.get(q("type")), width.get(q("w"))) == ("pct", "5000")
    rows = [sum(row.find(f"{q('trPr')}/{q('tblHeader')}") is not None for row in t) for t in tables]
    assert rows == [1, 2, 0]
    looks = [table.find(f"{q('tblPr')}/{q('tblLook')}") for table in tables]
    assert [look.get(q("lastRow")) for look in looks if look is not None] == ["0", "1", "0"]


def test_pictures_have_words_and_pixels(every: Artifact) -> None:
    alternatives = [about.get("descr") for about in body(every).iter(q("wp:docPr"))]
    assert alternatives[0] == "A board with white marks stands in grey water."
    assert all(alternatives)
    assert [about.get("descr") for about in body(every).iter(q("pic:cNvPr"))] == alternatives
    with zipfile.ZipFile(io.BytesIO(every.data)) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        pixels = [package.read(name) for name in media if name.endswith(".png")]
    assert len(pixels) == len([name for name in media if name.endswith(".svg")]) == 3
    assert all(data.startswith(b"\x89PNG") for data in pixels)
    assert all(blip.get(q("r:embed")) for blip in body(every).iter(q("a:blip")))


def test_a_picture_is_never_larger_than_the_text() -> None:
    extent = etree.Element(q("wp:extent"), cx="12700000", cy="25400000")
    root = make("body", make("wp:inline", extent))
    bound(root, 100, 150)
    assert (extent.get("cx"), extent.get("cy")) == ("952500", "1905000")


# --- direction -----------------------------------------------------------------------------------


def test_right_to_left_everywhere(hebrew: Artifact) -> None:
    styles = part(hebrew, "word/styles.xml")
    for style in styles.iter(q("style")):
        if style.get(q("type")) != "paragraph":
            continue
        bidi = style.find(f"{q('pPr')}/{q('bidi')}")
        assert bidi is not None, style.get(q("styleId"))
        assert (bidi.get(q("val")) == "0") == (style.get(q("styleId")) == "SourceCode")
    root = body(hebrew)
    assert root.find(f".//{q('sectPr')}/{q('bidi')}") is not None
    assert all(t.find(f"{q('tblPr')}/{q('bidiVisual')}") is not None for t in root.iter(q("tbl")))
    for run in root.iter(q("r")):
        rtl = run.find(f"{q('rPr')}/{q('rtl')}") is not None
        letters = [char for char in text(run) if char.isalpha()]
        assert all(rtl == ("\u0590" <= char < "\u0600") for char in letters), text(run)
    fonts = styles.find(f"{q('docDefaults')}/{q('rPrDefault')}/{q('rPr')}/{q('rFonts')}")
    assert fonts is not None
    assert fonts.get(q("cs")) == "Frank Ruhl Libre"


@pytest.mark.parametrize(("name", "side"), [("he", "left"), ("turns", "right")])
def test_a_column_at_the_right_is_there_in_either_direction(
    name: str, side: str, request: pytest.FixtureRequest
) -> None:
    """Word turns sides round in paragraphs from right to left: "left" is where they begin."""
    styles = part(request.getfixturevalue({"he": "hebrew"}.get(name, name)), "word/styles.xml")
    (right,) = [s for s in styles.iter(q("style")) if s.get(q("styleId")) == "TableTextRight"]
    align = right.find(f"{q('pPr')}/{q('jc')}")
    assert align is not None
    assert align.get(q("val")) == side


def test_arabic_and_hebrew_within_a_text_to_the_right(every: Artifact) -> None:
    found = {
        text(run).strip(): run.find(f"{q('rPr')}/{q('lang')}")
        for run in body(every).iter(q("r"))
        if run.find(f"{q('rPr')}/{q('rtl')}") is not None
    }
    hebrew = found["נהר"]
    assert hebrew is not None
    assert hebrew.items() == [(q("bidi"), "he-IL")]


@given(st.text(alphabet="abcÀéжя 12.,()-אבגدهو٣", max_size=40), st.booleans())
def test_segments_are_the_text_again(words: str, rtl: bool) -> None:
    parts = list(segments(words, rtl=rtl))
    assert "".join(part for part, _ in parts) == words
    assert parts
    for part, leftwards in parts:
        hebrew = any("\u0590" <= char <= "\u06ff" and char.isalpha() for char in part)
        latin = any(char.isalpha() for char in part) and not hebrew
        assert not (hebrew and not leftwards)
        assert not (latin and leftwards)


# --- templates and options -----------------------------------------------------------------------


def themed(**docx_tokens: bool) -> Theme:
    tokens = THEME.tokens
    changed = msgspec.structs.replace(tokens.docx, **docx_tokens)
    return msgspec.structs.replace(THEME, tokens=msgspec.structs.replace(tokens, docx=changed))


def drawing(style: etree._Element) -> bool:
    """Whether a style is of drawings, which are as small as their columns ask."""
    return style.get(q("styleId"), "").startswith("Drawing")


def test_the_manuscript_template(turns: Artifact) -> None:
    found = publication("speaker-turns")
    artifact = writer.write(found, THEME, Options(docx="manuscript"))
    assert words(artifact) == words(turns)
    section = opened(artifact).sections[0]
    assert section.first_page_header.paragraphs[0].text == "The Weir\t≈ 300 words"
    assert section.header.paragraphs[0].text == "Weir / Two people and a lock / "
    assert [round(mm.mm, 1) for mm in (section.left_margin, section.top_margin) if mm] == [25.4] * 2
    styles = part(artifact, "word/styles.xml")
    assert {fonts.get(q("ascii")) for fonts in styles.iter(q("rFonts"))} == {
        "Times New Roman",
        "Courier New",
    }
    drawings = {size for style in styles if drawing(style) for size in style.iter(q("sz"))}
    sizes = {size.get(q("val")) for size in styles.iter(q("sz")) if size not in drawings}
    assert sizes == {"24", "2"}
    assert {colour.get(q("val")) for colour in styles.iter(q("color"))} == {"000000"}
    assert part(artifact, "word/settings.xml").find(q("mirrorMargins")) is None


def test_an_unknown_template_is_an_error() -> None:
    with pytest.raises(EditionError, match="no Word template called houze"):
        writer.write(publication("speaker-turns"), THEME, Options(docx="houze"))


def test_a_drop_cap_parts_the_letter_and_nothing_else() -> None:
    found = publication("ru")
    artifact = writer.write(found, themed(drop_cap=True), Options())
    paragraphs = list(body(artifact).iter(q("p")))
    at = next(i for i, p in enumerate(paragraphs) if style_of(p) == "DropCap")
    frame = paragraphs[at].find(f"{q('pPr')}/{q('framePr')}")
    assert frame is not None
    assert (frame.get(q("dropCap")), frame.get(q("lines"))) == ("drop", "3")
    letter, rest = text(paragraphs[at]), text(paragraphs[at + 1])
    first = next(unit for unit in units(found.blocks) if unit.role is Role.ANSWER)
    assert len(letter) == 1
    assert (letter + rest).split() == ast.text(first.inlines, ast.Omit.NOTES).split()
    assert [style_of(p) for p in paragraphs].count("DropCap") == 1


def test_a_title_breaks_by_sense(every: Artifact) -> None:
    (title,) = [text(p) for p in body(every).iter(q("p")) if style_of(p) == "Title"]
    assert title == "Every construct: a\u00a0river gauge &\u00a0its\u00a0keeper"


def test_fonts_have_a_name_to_fall_back_on(every: Artifact) -> None:
    fonts = {
        font.get(q("name")): font.find(q("altName"))
        for font in part(every, "word/fontTable.xml").iter(q("font"))
    }
    other = fonts["Faircopy Serif"]
    assert other is not None
    assert other.get(q("val")) == "Source Serif 4"
    looks = next(part(every, "word/fontTable.xml").iter(q("panose1")))
    assert looks.get(q("val")) == "02040603050405020204"  # of Source Serif, by fontTools
    assert set(fonts) == set(cast("tuple[str, ...]", every.facts["fonts"]))


def test_embedded_fonts_can_be_taken_out_again() -> None:
    artifact = writer.write(publication("ur"), themed(embed_fonts=True), Options())
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as package:
        table = etree.fromstring(package.read("word/fontTable.xml"))
        links = etree.fromstring(package.read("word/_rels/fontTable.xml.rels"))
        targets = {link.get("Id"): f"word/{link.get('Target')}" for link in links}
        faces = [child for font in table for child in font if child.get(q("fontKey"))]
        assert len(faces) == len(targets) > 8
        for face in faces:
            data = package.read(targets[face.get(q("r:id"))])
            font = TTFont(io.BytesIO(clear(data, face.get(q("fontKey"), ""))))
            family = str(font["name"].getDebugName(1))
            parent = face.getparent()
            assert parent is not None
            assert parent.get(q("name")) == family
            if family.startswith("Noto Nastaliq"):
                assert ord("ے") in font.getBestCmap()
        assert {link.tag for link in links} == {f"{{{links.nsmap[None]}}}Relationship"}
    settings = part(artifact, "word/settings.xml")
    assert settings.find(q("embedTrueTypeFonts")) is not None


def test_an_editor_can_go_on_typing_in_embedded_fonts() -> None:
    """The alphabets of the text are there, whatever letters it happens to use; no others are."""
    serif = embedded(edition("kk", "docx"), "word/fonts/FaircopySerifRegular.odttf")
    assert set(map(ord, "АЯаяӘәҚқҢңӨөҰұҺһIi€“”«»—0123456789QqŞşÉé№")) <= serif.keys()
    assert not serif.keys() & set(range(0x370, 0x400))
    latin = embedded(edition("speaker-turns", "docx"), "word/fonts/FaircopySerifItalic.odttf")
    assert set(map(ord, "QqŁłŞşÉé…–")) <= latin.keys()
    assert ord("Я") not in latin


def test_arabic_within_an_english_text_has_its_font(every: Artifact, turns: Artifact) -> None:
    name = "word/fonts/AmiriRegular.odttf"
    assert set(map(ord, "النهراسمه")) <= embedded(every, name).keys()
    for other in (turns, edition("ur", "docx")):
        with zipfile.ZipFile(io.BytesIO(other.data)) as package:
            assert name not in package.namelist()


@pytest.mark.needs("soffice")
@pytest.mark.slow
def test_a_desk_without_our_fonts_shows_them(tmp_path: Path) -> None:
    others = [face for face in THEME.faces if face.family == "Amiri"]
    given = {**office.MEMORY, **desk.furnish(tmp_path / "desk", others)}
    (tmp_path / "he.docx").write_bytes(edition("he", "docx").data)
    room = (tmp_path / "room").as_uri()
    convert = ("soffice", f"-env:UserInstallation={room}", "--headless", "--convert-to", "pdf")
    process.run([*convert, "he.docx"], cwd=tmp_path, timeout=120, env_add=given)
    with pikepdf.open(tmp_path / "he.pdf") as pdf:
        shown = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in dict(page.Resources.Font).values()
        }
    assert shown == {"FrankRuhlLibre-Regular", "FrankRuhlLibre-Bold", "FaircopySerif-Regular"}


def embedded(artifact: Artifact, name: str) -> dict[int, str]:
    """Return the characters of a font in the document."""
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as package:
        links = etree.fromstring(package.read("word/_rels/fontTable.xml.rels"))
        id = next(link.get("Id") for link in links if f"word/{link.get('Target')}" == name)
        table = etree.fromstring(package.read("word/fontTable.xml"))
        face = next(item for item in table.iter() if item.get(q("r:id")) == id)
        data = clear(package.read(name), face.get(q("fontKey"), ""))
    return dict(TTFont(io.BytesIO(data)).getBestCmap())


def clear(data: bytes, key: str) -> bytes:
    """Undo the obfuscation of an embedded font, as ECMA-376 Part 4 describes it."""
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    return bytes(byte ^ mask[i % 16] for i, byte in enumerate(data[:32])) + data[32:]


# --- the file ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["every-construct", "ur"])
def test_the_same_bytes_every_time(name: str) -> None:
    assert write(name) == edition(name, "docx")


def test_the_package_has_no_clock(every: Artifact) -> None:
    with zipfile.ZipFile(io.BytesIO(every.data)) as package:
        entries = package.infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert entries[0].filename == "[Content_Types].xml"


def test_elements_go_where_the_schema_wants_them() -> None:
    formats = make("pPr")
    for name in ("jc", "pStyle", "spacing", "keepNext", "bidi", "pStyle"):
        put(formats, make(name))
    assert [child.tag for child in formats] == [
        q(name) for name in ("pStyle", "keepNext", "bidi", "spacing", "jc")
    ]


def test_what_tells_lists_apart_has_eight_digits() -> None:
    levels = '<w:nsid w:val="{}"/><w:tmpl w:val="{}"/>'
    inner = "".join(
        f"<w:abstractNum>{levels.format(mark, mark)}</w:abstractNum>"
        for mark in ("A99411000", "A99411001", "A990", "00A99411")
    )
    numbering = etree.fromstring(f'<w:numbering xmlns:w="{WORD}">{inner}</w:numbering>')
    lists.shorten_ids(numbering)

    found = [item.get(q("val"), "") for item in numbering.iter(q("nsid"), q("tmpl"))]
    assert found[::2] == found[1::2] == ["99411000", "99411001", "0000A990", "00A99411"]

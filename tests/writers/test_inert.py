"""Past the first line of defence: what is planted in a finished edition is an error there."""

import pytest
from faircopy.core.diagnostics import EditionError
from faircopy.writers.container import unpack
from faircopy.writers.docx import inert as docx
from faircopy.writers.reflowable import inert
from faircopy.writers.reflowable.xhtml import MATHML, MEDIA_TYPE, OPS, XHTML

from tests.editions import edition

PAGE = (
    f'<html xmlns="{XHTML}" xmlns:epub="{OPS}"><head><title>t</title></head>'
    '<body epub:type="bodymatter">{}</body></html>'
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
)


@pytest.mark.parametrize(
    "body",
    [
        "<script>x</script>",
        "<p onclick='x'>a</p>",
        "<p ONCLICK='x'>a</p>",
        "<p style='background:url(x)'>a</p>",
        "<p style='text-align: center; position: fixed'>a</p>",
        "<p style='text-align: expression(1)'>a</p>",
        "<img src='https://evil.example/a.png' alt=''/>",
        "<img src='//evil.example/a.png' alt=''/>",
        "<img src='data:image/svg+xml,x' alt=''/>",
        "<img src='../a.png' srcset='b.png 2x' alt=''/>",
        "<a href='javascript:x'>a</a>",
        "<a href='file:///etc/passwd'>a</a>",
        "<a href='../../x.html'>a</a>",
        "<a href='#a' ping='https://evil.example/'>a</a>",
        "<iframe/>",
        "<form><input/></form>",
        "<object data='x'/>",
        "<meta http-equiv='refresh' content='0'/>",
        "<link rel='stylesheet' href='https://evil.example/a.css'/>",
        "<p xml:base='https://evil.example/'>a</p>",
        "<p tabindex='0'>a</p>",
        "<span tabindex='1'>a</span>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
        f"<math xmlns='{MATHML}'><maction actiontype='toggle'><mi>a</mi></maction></math>",
        f"<math xmlns='{MATHML}' href='javascript:x'><mi>a</mi></math>",
        f"<math xmlns='{MATHML}'><annotation-xml/></math>",
        "<?xml-stylesheet href='x'?>",
    ],
)
def test_a_document_that_is_active_is_an_error(body: str) -> None:
    data = PAGE.replace("{}", body).encode()

    with pytest.raises(EditionError, match="would hold") as caught:
        inert.ensure("text/a.xhtml", MEDIA_TYPE, data)
    assert caught.value.diagnostics[0].code == "edition-active"


@pytest.mark.parametrize(
    "body",
    [
        "<p style='text-align: center;' id='a' lang='fr' class='b' title='t'>a</p>",
        "<a href='s001.xhtml#b'>a</a><a href='#b'>a</a><a href='https://x.org/?a=b'>a</a>",
        "<img src='../images/image-001.png' alt='a' width='80' style='width:80.0%'/>",
        f"<math xmlns='{MATHML}' display='block' alttext='a'><mspace width='-0.17em'/></math>",
        f"<math xmlns='{MATHML}'><mtable columnalign='right left'><mtr>"
        "<mtd style='text-align: right; padding-right: 0'/></mtr></mtable></math>",
    ],
)
def test_a_document_that_is_not_passes(body: str) -> None:
    inert.ensure("text/a.xhtml", MEDIA_TYPE, PAGE.replace("{}", body).encode())


@pytest.mark.parametrize(
    "body",
    [
        "<script>x</script>",
        "<rect onload='x'/>",
        "<image xlink:href='https://evil.example/a.png'/>",
        "<use href='b.svg#a'/>",
        "<rect style='fill:url(https://evil.example/a)'/>",
        "<style>@import 'x'</style>",
        "<style>rect{fill:URL( &quot;b.svg#x&quot;)}</style>",
        "<animate/>",
        "<foreignObject/>",
    ],
)
def test_a_drawing_that_is_active_is_an_error(body: str) -> None:
    data = DRAWING.replace("{}", body).encode()

    with pytest.raises(EditionError, match="would hold"):
        inert.ensure("images/image-001.svg", "image/svg+xml", data)


def test_a_drawing_that_is_not_passes() -> None:
    body = (
        "<rect style='fill:url( \"#a\")' id='a'/><use xlink:href='#a'/>"
        "<style>r{fill:url(#a)}</style>"
    )
    data = DRAWING.replace("{}", body).encode()

    inert.ensure("images/image-001.svg", "image/svg+xml", data)


@pytest.mark.parametrize(
    "sheet",
    [
        "@import 'https://evil.example/a.css';",
        "@IMPORT url(a.css);",
        "p { background: url(https://evil.example/a) }",
        "p { background: url('//evil.example/a.otf') }",
        "p { background: URL(data:image/svg+xml,x) }",
        "p { background: u\\72l(https://evil.example/a) }",
        "p { background: image-set('https://evil.example/a' 1x) }",
        "p { width: expression(alert(1)) }",
        "@media (width: url(https://evil.example/a)) { p { color: red } }",
        "@font-face { src: url('../../../etc/passwd') }",
        "p { a: url(",
        "p { font-family: 'a",
    ],
)
def test_a_sheet_that_fetches_is_an_error(sheet: str) -> None:
    data = f"b {{ c: d }}\n{sheet}".encode()
    with pytest.raises(EditionError, match="would hold"):
        inert.ensure("styles/a.css", "text/css", data)


def test_a_sheet_with_fonts_of_the_book_passes() -> None:
    sheet = "@font-face { src: url('../fonts/a-b.otf') } @media (x) { p:not(.a) { b: calc(1em) } }"
    inert.ensure("styles/a.css", "text/css", sheet.encode())


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = (
    f'<Relationship Id="rX" Type="{R}/{{}}" Target="{{}}" TargetMode="{{}}"/></Relationships>'
)


@pytest.mark.parametrize(
    ("part", "end", "planted"),
    [
        *(
            ("word/_rels/document.xml.rels", "</Relationships>", RELATION.format(*row))
            for row in (
                ("hyperlink", "javascript:x", "External"),
                ("hyperlink", "file:///etc/passwd", "External"),
                ("hyperlink", "\\\\host\\share", "External"),
                ("image", "https://evil.example/a.png", "External"),
                ("attachedTemplate", "https://evil.example/a.dotm", "External"),
                ("image", "//evil.example/a.png", "Internal"),
                ("oleObject", "embeddings/a.docx", "Internal"),
                ("aFChunk", "a.html", "Internal"),
                ("subDocument", "https://evil.example/a", "External"),
            )
        ),
        *(
            ("word/document.xml", "<w:sectPr", f"{planted}<w:sectPr")
            for planted in (
                "<w:p><w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r></w:p>",
                '<w:p><w:fldSimple w:instr=" INCLUDEPICTURE https://evil.example/ "/></w:p>',
                '<w:altChunk r:id="rX"/>',
                "<w:p><w:r><w:object/></w:r></w:p>",
                "<w:p><w:r><w:control/></w:r></w:p>",
            )
        ),
    ],
)
def test_a_word_document_that_is_active_is_an_error(part: str, end: str, planted: str) -> None:
    parts = unpack(edition("speaker-turns", "docx").data)
    docx.ensure(parts)
    text = parts[part].decode()
    assert end in text

    with pytest.raises(EditionError, match=f"{part} would hold") as caught:
        docx.ensure({**parts, part: text.replace(end, planted, 1).encode()})
    assert caught.value.diagnostics[0].code == "docx-active"


def test_a_word_document_has_no_program() -> None:
    with pytest.raises(EditionError, match="a program"):
        docx.ensure({"word/vbaProject.bin": b""})

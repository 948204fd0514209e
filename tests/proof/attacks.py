"""Files that act, as a stranger might put them into ``dist/``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pikepdf

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>{more}</manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
XHTML = (
    '{top}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:svg="http://www.w3.org/2000/svg"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:m="http://www.w3.org/1998/Math/MathML">'
    "<head><title>t</title>{head}</head>\n<body>{body}</body></html>"
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def book(body: str = "", head: str = "", top: str = "", more: str = "", **files: str) -> bytes:
    """Return an EPUB of one document; ``s_css`` in ``files`` is s.css, ``__`` a slash."""
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "p.opf": PACKAGE.format(more=more),
            "a.xhtml": XHTML.format(body=body, head=head, top=top),
            **{name.replace("__", "/").replace("_", "."): data for name, data in files.items()},
        }
    )


def field(*pieces: str) -> str:
    """Return a field of Word whose instruction stands in pieces."""
    parts = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{parts}{end}</w:p>"


def linked_document(picture: str, text: str) -> bytes:
    """Return a DOCX that shows a picture and includes a text of elsewhere, with the word “read”."""
    shape = (
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="a"/>'
        "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip xmlns:r="{R}" r:link="r"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    )
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing">'
        '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="a"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">{shape}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    body = (
        f"<w:body><w:p><w:r><w:t>read</w:t></w:r></w:p>"
        f"{field(f'INCLUDETEXT &quot;{text}&quot;')}<w:p><w:r>{drawing}</w:r></w:p></w:body>"
    )
    relation = f'<Relationship Id="{{}}" Type="{R}/{{}}" Target="{{}}"{{}}/>'
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    outside = ' TargetMode="External"'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
            f'+xml"/><Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>',
            "_rels/.rels": relations.format(
                relation.format("a", "officeDocument", "word/document.xml", "")
            ),
            "word/document.xml": f'<w:document xmlns:w="{W}">{body}</w:document>',
            "word/_rels/document.xml.rels": relations.format(
                relation.format("r", "image", picture, outside)
            ),
        }
    )


def paper_that_runs() -> bytes:
    """Return a PDF that runs a script when it is opened."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        pdf.save(out)
    return out.getvalue()

"""Word files made for a test: the XML of a body, and of the parts beside it."""

from __future__ import annotations

from collections.abc import Mapping

from faircopy.translation import archive

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
    for id, name in (
        ("Title", "Title"), ("Subtitle", "Subtitle"), ("Author", "Author"), ("Date", "Date"),
        ("Heading1", "heading 1"), ("Heading2", "heading 2"), ("Caption", "caption"),
        ("TOC1", "toc 1"),
    )
)  # fmt: skip


def docx(
    body: str,
    parts: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    relations: str = "",
    kind: str = _KIND,
) -> bytes:
    """Return a Word file: ``parts`` are XML by their kinds, such as ``footnotes``."""
    parts = {"styles": HEADINGS, **(parts or {})}
    own = "".join(
        f'<Relationship Id="part{n}" Type="{_R}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(parts)
    )
    return archive.write(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_PACKAGE}/content-types">'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
                f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
            ).encode(),
            "word/document.xml": (
                f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
            ).encode(),
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{_PACKAGE}/relationships">{own}{relations}</Relationships>'
            ).encode(),
            **{
                f"word/{name}.xml": f"<w:{name} {NAMES}>{xml}</w:{name}>".encode()
                for name, xml in parts.items()
            },
            **(files or {}),
        }
    )


def p(*runs: str, style: str = "", about: str = "") -> str:
    """Return a paragraph of runs, which are XML, or text that becomes one."""
    inner = "".join(one if one.startswith("<") else r(one) for one in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{about}</w:pPr>{inner}</w:p>"


def r(text: str, looks: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def relation(id: str, kind: str, target: str, *, external: bool = False) -> str:
    """Return a relation of the document."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id}" Type="{_R}/{kind}" Target="{target}"{mode}/>'

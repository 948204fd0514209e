"""What stands around the text: heads and feet, properties, and the document's settings."""

from __future__ import annotations

import datetime
from io import BytesIO

import docx
import msgspec
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header

from faircopy.core import ast
from faircopy.core.model import Metadata
from faircopy.theme.tokens import MM
from faircopy.writers.docx.ooxml import Element, make, put, q, twips
from faircopy.writers.docx.reference import set_page
from faircopy.writers.docx.setting import Setting

_MODERN = "15"
"""The compatibility mode of Word 2013 and later; without it Word opens a file as an old one."""
_COMPATIBILITY = {
    "compatibilityMode": _MODERN,
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "0",
}
_COLUMN_GAP = 720
"""Word's own distance of columns, in twips."""
_LADDER = 2
"""Most lines in a row that may end with a hyphen (house rule B2)."""


class Line(msgspec.Struct, frozen=True):
    """A head or foot: its style, its text (a tab goes to the right margin), the page's number."""

    style: str
    text: str = ""
    page: bool = False


class Lines(msgspec.Struct, frozen=True):
    """The heads or feet of the first page, and of odd and even pages."""

    first: Line
    odd: Line
    even: Line


class Furniture(msgspec.Struct, frozen=True):
    """What stands above and below the text; ``mirrored`` pages have an inner and an outer side."""

    heads: Lines
    feet: Lines
    mirrored: bool = True


def furnish(data: bytes, metadata: Metadata, setting: Setting, furniture: Furniture) -> bytes:
    """Return the document with heads, feet, properties and settings put in."""
    document = docx.Document(BytesIO(data))
    section = document.sections[0]
    set_page(section, setting.page)
    _set_section(section, setting)
    _put_lines(section, furniture)
    _properties(document, metadata)
    _settings(document.settings.element, setting, mirrored=furniture.mirrored)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_section(section: Section, setting: Setting) -> None:
    section.different_first_page_header_footer = True
    element: Element = section._sectPr  # python-docx has no other way to it
    for note in element.findall(q("footnotePr")):
        element.remove(note)
    page = setting.page
    put(element, make("cols", num=page.columns, space=twips(page.gap * MM) or _COLUMN_GAP))
    if setting.rtl:
        put(element, make("bidi"))


def _put_lines(section: Section, furniture: Furniture) -> None:
    for part, line in (
        (section.even_page_header, furniture.heads.even),
        (section.header, furniture.heads.odd),
        (section.first_page_header, furniture.heads.first),
        (section.even_page_footer, furniture.feet.even),
        (section.footer, furniture.feet.odd),
        (section.first_page_footer, furniture.feet.first),
    ):
        _write(part, line)


def _write(part: _Header | _Footer, line: Line) -> None:
    part.is_linked_to_previous = False
    paragraph = part.paragraphs[0]
    paragraph.style = line.style
    if line.text:
        paragraph.add_run(line.text)
    if line.page:
        number = make("fldSimple", make("r", _text("1")), instr=" PAGE ")
        paragraph._p.append(number)


def _text(words: str) -> Element:
    element = make("t")
    element.text = words
    return element


def _properties(document: Document, metadata: Metadata) -> None:
    """The core properties (ECMA-376 Part 2, clause 8.3); dates are the manuscript's or none."""
    core = document.core_properties
    texts = {
        "title": ("dc:title", ast.text(metadata.title, ast.Omit.NOTES)),
        "author": ("dc:creator", "; ".join(ast.text(author) for author in metadata.author)),
        "subject": ("dc:subject", ast.text(metadata.subtitle)),
        "comments": ("dc:description", metadata.description),
        "keywords": ("cp:keywords", ", ".join(metadata.keywords)),
        "identifier": ("dc:identifier", metadata.identifier),
    }
    for name, (tag, text) in texts.items():
        # python-docx takes 255 characters; ECMA-376 part 2, section 11 sets no limit.
        setattr(core, name, text[:255])
        core._element.find(qn(tag)).text = text
    core.language = metadata.lang
    core.category = metadata.kind.value.capitalize()
    core.revision = 1
    element: Element = core._element
    for name in ("created", "modified"):
        for found in element.findall(f"{{http://purl.org/dc/terms/}}{name}"):
            element.remove(found)
    if date := _date(metadata.date):
        core.created = date
    if date := _date(metadata.modified.partition("T")[0]):
        core.modified = date


def _date(text: str) -> datetime.datetime | None:
    """Read a date of the front matter: a year, a month or a day (ISO 8601)."""
    parts = [*text.split("-"), "1", "1"][:3]
    try:
        year, month, day = (int(part) for part in parts)
        return datetime.datetime(year, month, day)
    except ValueError:
        return None


def _settings(settings: Element, setting: Setting, *, mirrored: bool) -> None:
    """Mirrored pages, hyphenation by language, and Word's present behaviour."""
    if mirrored:
        put(settings, make("mirrorMargins"))
    for name in ("evenAndOddHeaders", "doNotHyphenateCaps"):
        put(settings, make(name))
    hyphenate = setting.script.hyphens == "auto"
    put(settings, make("autoHyphenation", val=hyphenate))
    put(settings, make("consecutiveHyphenLimit", val=_LADDER))
    put(settings, make("characterSpacingControl", val="doNotCompress"))
    put(settings, make("compat", *_compatibility()))
    lang = setting.lang()
    put(settings, _renamed(lang, "themeFontLang"))
    for name in ("proofState", "rsids", "savePreviewPicture", "stylePaneFormatFilter"):
        for found in settings.findall(q(name)):
            settings.remove(found)


def _compatibility() -> list[Element]:
    uri = "http://schemas.microsoft.com/office/word"
    return [
        make("compatSetting", name=name, uri=uri, val=given)
        for name, given in _COMPATIBILITY.items()
    ]


def _renamed(element: Element, name: str) -> Element:
    out = make(name)
    for key, given in element.attrib.items():
        out.set(key, given)
    return out

"""What stands around the text: heads and feet, properties, and the document's settings."""

from __future__ import annotations

import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.section import Section, _Footer, _Header

from pipeline import ast
from pipeline.model import Metadata
from pipeline.writers.docx.ooxml import Element, make, put, q
from pipeline.writers.docx.reference import set_page
from pipeline.writers.docx.styles import Setting

_MODERN = "15"
"""The compatibility mode of Word 2013 and later; without it Word opens a file as an old one."""
_COMPATIBILITY = {
    "compatibilityMode": _MODERN,
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "0",
}
_LADDER = 2
"""Most lines in a row that may end with a hyphen (house rule B2)."""


def furnish(data: bytes, metadata: Metadata, setting: Setting) -> bytes:
    """Return the document with heads, feet, properties and settings put in."""
    document = docx.Document(BytesIO(data))
    section = document.sections[0]
    set_page(section, setting.page)
    _set_section(section, setting)
    _heads(section, metadata)
    _feet(section)
    _properties(document, metadata)
    _settings(document.settings.element, setting)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_section(section: Section, setting: Setting) -> None:
    section.different_first_page_header_footer = True
    element: Element = section._sectPr  # python-docx has no other way to it
    for note in element.findall(q("footnotePr")):
        element.remove(note)
    columns, gap = setting.theme.docx.columns, setting.page.gap
    put(element, make("cols", num=columns, space=round(gap * 1440 / 25.4) or 720))
    if setting.rtl:
        put(element, make("bidi"))


def _heads(section: Section, metadata: Metadata) -> None:
    """The outlet on left-hand pages, the title on right-hand ones, nothing over the opener."""
    title = ast.text(metadata.title, ast.Omit.NOTES)
    outlet = ast.text(metadata.outlet) or title
    _write(section.even_page_header, "Header Even", outlet)
    _write(section.header, "Header Odd", title)
    _write(section.first_page_header, "Header Odd", "")


def _feet(section: Section) -> None:
    """The page's number at the outer edge."""
    for part, style in (
        (section.even_page_footer, "Footer Even"),
        (section.footer, "Footer Odd"),
        (section.first_page_footer, "Footer Odd"),
    ):
        _write(part, style, "")
        number = make("fldSimple", make("r", _text("1")), instr=" PAGE ")
        part.paragraphs[0]._p.append(number)


def _write(part: _Header | _Footer, style: str, words: str) -> None:
    part.is_linked_to_previous = False
    paragraph = part.paragraphs[0]
    paragraph.style = style
    if words:
        paragraph.add_run(words)


def _text(words: str) -> Element:
    element = make("t")
    element.text = words
    return element


def _properties(document: Document, metadata: Metadata) -> None:
    """The core properties (ECMA-376 Part 2, clause 8.3); dates are the manuscript's or none."""
    core = document.core_properties
    core.title = ast.text(metadata.title, ast.Omit.NOTES)
    core.author = "; ".join(ast.text(author) for author in metadata.author)
    core.subject = ast.text(metadata.subtitle)
    core.comments = metadata.description
    core.keywords = ", ".join(metadata.keywords)
    core.language = metadata.lang
    core.identifier = metadata.identifier
    core.category = metadata.kind.value.capitalize()
    core.revision = 1
    element: Element = core._element
    for name in ("created", "modified"):
        for found in element.findall(f"{{http://purl.org/dc/terms/}}{name}"):
            element.remove(found)
    date = _date(metadata.date)
    if date:
        core.created = core.modified = date


def _date(text: str) -> datetime.datetime | None:
    """Read a date of the front matter: a year, a month or a day (ISO 8601)."""
    parts = [*text.split("-"), "1", "1"][:3]
    try:
        year, month, day = (int(part) for part in parts)
        return datetime.datetime(year, month, day)
    except ValueError:
        return None


def _settings(settings: Element, setting: Setting) -> None:
    """Mirrored pages, hyphenation by language, and Word's present behaviour."""
    for name in ("mirrorMargins", "evenAndOddHeaders", "doNotHyphenateCaps"):
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

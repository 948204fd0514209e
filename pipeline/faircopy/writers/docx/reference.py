"""The reference document: the styles and the page that pandoc's writer starts from."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.section import Section
from docx.shared import Mm

from faircopy.theme.tokens import MM, Page
from faircopy.writers.docx.looks import Sheet
from faircopy.writers.docx.setting import Setting
from faircopy.writers.docx.styles import fill


def reference(sheet: Sheet, setting: Setting) -> bytes:
    """Return an empty document with the sheet's styles and the theme's page."""
    document = docx.Document()
    fill(document.styles.element, sheet, setting)
    set_page(document.sections[0], setting.page)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def set_page(section: Section, page: Page) -> None:
    """Give a section the page's size and margins; heads and feet stand midway in them."""
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.inner), Mm(page.outer)
    section.gutter = Mm(0)
    line = page.lead / MM
    section.header_distance = Mm(max(0.0, (page.top - line) / 2))
    section.footer_distance = Mm(max(0.0, (page.bottom - line) / 2))

"""The templates that a document can be made on: the house's own, and the plain manuscript."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Metadata
from faircopy.theme import Page, Script, Theme
from faircopy.writers.docx import house, manuscript
from faircopy.writers.docx.furniture import Furniture
from faircopy.writers.docx.looks import Sheet


class Template(msgspec.Struct, frozen=True):
    """A theme and a page as a template wants them, the looks on them, and what stands around."""

    theme: Theme
    page: Page
    sheet: Sheet
    furniture: Callable[[Metadata, int], Furniture]


def template(name: str, theme: Theme, script: Script) -> Template:
    """Return the template called ``name``: ``house`` or ``manuscript``.

    Raises:
        EditionError: there is no such template.
    """
    page = theme.page(theme.docx.page)
    match name:
        case "house":
            page = msgspec.structs.replace(page, columns=theme.docx.columns)
            sheet = house.house(theme, page, script)
            return Template(theme, page, sheet, lambda metadata, _: house.furniture(metadata))
        case "manuscript":
            theme, page = manuscript.plain(theme), manuscript.page(page)
            sheet = manuscript.manuscript(theme, page, script)
            return Template(theme, page, sheet, manuscript.furniture)
    raise EditionError.because(
        "docx-template",
        f"there is no Word template called {name}",
        "Ask for --docx house or --docx manuscript.",
    )

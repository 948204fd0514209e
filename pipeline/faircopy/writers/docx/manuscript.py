"""The manuscript template: the form in which agents and editors want to be sent a text.

After William Shunn's "Proper Manuscript Format": one typeface of 12 points, double spacing, an
inch of margin, black, ragged right, the title a third down the first page, and surname, title
and page over every other page. Its sizes are that standard's, not the theme's.
"""

from __future__ import annotations

import msgspec

from faircopy.core import ast
from faircopy.core.model import Metadata
from faircopy.languages import locale
from faircopy.theme import MM, Page, Script, Style, Theme
from faircopy.theme.tokens import Fonts, Rules, Spaces, Styles
from faircopy.writers.docx.furniture import Furniture, Line, Lines
from faircopy.writers.docx.house import house
from faircopy.writers.docx.looks import Look, Sheet

_TYPEFACE, _MONO = "Times New Roman", "Courier New"
_BLACK, _WHITE = "#000000", "#FFFFFF"
_DOUBLE = Style(12.0, 24.0)
_INCH = 25.4
_INDENT = 3.0
"""Half an inch, in em of 12 points."""
_TITLE_DOWN = 6.0
"""Lines between the top of the first page and its title."""
_FEW, _FINE, _COARSE = 17_500, 100, 500
"""A count tells an editor of space: below so many words to the hundred, above to 500."""
_LONGEST_TITLE = 40

_CENTRED = ("Title", "Subtitle", "Standfirst", "Byline", "Dateline", "Imprint")


def plain(theme: Theme) -> Theme:
    """Return the theme in black, in one typeface, without tracking."""
    tokens = theme.tokens
    colour = msgspec.structs.replace(
        tokens.colour,
        paper=_WHITE,
        tint=_WHITE,
        ink=_BLACK,
        muted=_BLACK,
        accent=_BLACK,
        ornament=_BLACK,
        rule=_BLACK,
    )
    text = msgspec.structs.replace(
        tokens.text,
        indent=_INDENT,
        list_indent=_INDENT,
        drop_cap_lines=0,
        speaker="bold",
        kicker_tracking=0.0,
        outlet_tracking=0.0,
        title_tracking=0.0,
    )
    voices = dict.fromkeys(Fonts.__struct_fields__, _TYPEFACE) | {"mono": _MONO}
    font = msgspec.structs.replace(tokens.font, **voices)
    changed = msgspec.structs.replace(tokens, colour=colour, font=font, text=text)
    return msgspec.structs.replace(theme, tokens=changed)


def page(size: Page) -> Page:
    """Return a page of the given size with an inch of margin, double spaced."""
    lead = _DOUBLE.lead / MM
    lines = int((size.height - 2 * _INCH) / lead)
    width = size.width - 2 * _INCH
    return Page(
        width=size.width,
        height=size.height,
        top=_INCH,
        inner=_INCH,
        outer=_INCH,
        columns=1,
        gap=0.0,
        lines=lines,
        justify=False,
        title_measure=width,
        standfirst_measure=width,
        style=Styles(**dict.fromkeys(Styles.__struct_fields__, _DOUBLE)),
        space=Spaces(
            title_above=_TITLE_DOWN,
            title_below=0.0,
            opener_rule=0.0,
            opener_below=2.0,
            question_above=1.0,
            question_below=0.0,
            pull_quote=0.0,
            block=0.0,
        ),
        rule=Rules(opener=0.0, hairline=0.0, pull_quote=0.0),
    )


def manuscript(theme: Theme, page: Page, script: Script) -> Sheet:
    """Return the looks of a manuscript, for a theme and page from ``plain`` and ``page``."""
    sheet = house(theme, page, script)
    first = Look(name="Header First", base="Header", tab=page.text_width * MM)
    return msgspec.structs.replace(sheet, looks=(*map(_simple, sheet.looks), first))


def _simple(look: Look) -> Look:
    if look.name in _CENTRED:
        return msgspec.structs.replace(look, align="center", right=None, bold=False, exact=False)
    if look.name == "Header Even":
        return msgspec.structs.replace(look, align="right")
    return look


def furniture(metadata: Metadata, words: int) -> Furniture:
    """Return who wrote how much over the first page; name, title and page over all others."""
    title = ast.text(metadata.title, ast.Omit.NOTES)
    author = ast.text(metadata.author[0] if metadata.author else metadata.outlet)
    surname = author.rpartition(" ")[2]
    names = " / ".join(part for part in (surname, _short(title)) if part)
    head = Line("Header Odd", f"{names} / ", page=True)
    first = Line(
        "Header First", f"{author}\t≈ {_rounded(words):,} {locale(metadata.lang).labels.words}"
    )
    none = Line("Footer Odd")
    return Furniture(heads=Lines(first, head, head), feet=Lines(none, none, none), mirrored=False)


def _short(title: str) -> str:
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rpartition(" ")[0] + " …"


def _rounded(words: int) -> int:
    step = _FINE if words < _FEW else _COARSE
    return max(step, round(words / step) * step)

"""Looks as WordprocessingML: ``word/styles.xml`` (ECMA-376 Part 1, clause 17.7)."""

from __future__ import annotations

from faircopy.writers.docx.looks import Border, Look, Sheet, style_id
from faircopy.writers.docx.ooxml import (
    EIGHTHS,
    Element,
    give,
    half_points,
    make,
    plain,
    put,
    twips,
)
from faircopy.writers.docx.setting import Setting
from faircopy.writers.docx.table_styles import bare, tables

BUILT_IN = {
    "Header": "header",
    "Footer": "footer",
    "Caption": "caption",
    "Footnote Text": "footnote text",
    "Footnote Reference": "footnote reference",
    **{f"Heading {level}": f"heading {level}" for level in range(1, 10)},
}
"""Names that Word writes its own way in a file."""

_WORDS_OWN = {
    *BUILT_IN,
    *("Normal", "Body Text", "Title", "Subtitle", "Block Text", "Bibliography"),
    *("List Bullet", "List Number", "List Continue"),
    *("Strong", "Emphasis", "Hyperlink", "FollowedHyperlink"),
}


def fill(styles: Element, sheet: Sheet, setting: Setting) -> None:
    """Put the sheet's styles into a ``w:styles`` element, in place of all that it holds."""
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults(sheet, setting))
    styles.append(
        make(
            "latentStyles",
            defLockedState=False,
            defUIPriority=99,
            defSemiHidden=True,
            defUnhideWhenUsed=True,
            defQFormat=False,
            count=376,
        )
    )
    styles.append(bare("character", "Default Paragraph Font"))
    styles.append(bare("numbering", "No List"))
    styles.extend(_element(look, rank, setting) for rank, look in enumerate(sheet.looks, 1))
    styles.extend(tables(sheet))


def _defaults(sheet: Sheet, setting: Setting) -> Element:
    normal = sheet.looks[0]
    run = make("rPr")
    _run(run, normal, setting)
    put(run, make("kern", val=2))
    put(run, setting.lang())
    paragraph = make("pPr", make("widowControl"))
    return make("docDefaults", make("rPrDefault", run), make("pPrDefault", paragraph))


def _element(look: Look, rank: int, setting: Setting) -> Element:
    style = make("style", type=look.kind)
    if look.name == "Normal":
        give(style, default=True)
    if look.name not in _WORDS_OWN:
        give(style, customStyle=True)
    give(style, styleId=look.id)
    style.append(make("name", val=BUILT_IN.get(look.name, look.name)))
    base = look.base or ("Default Paragraph Font" if look.kind == "character" else "")
    if base:
        style.append(make("basedOn", val=style_id(base)))
    if look.next:
        style.append(make("next", val=style_id(look.next)))
    style.append(make("uiPriority", val=rank))
    style.append(make("qFormat"))
    if look.kind == "paragraph":
        paragraph = make("pPr")
        _paragraph(paragraph, look, setting)
        if len(paragraph):
            style.append(paragraph)
    run = make("rPr")
    _run(run, look, setting)
    if len(run):
        style.append(run)
    return style


def _paragraph(paragraph: Element, look: Look, setting: Setting) -> None:
    for name, value in (
        ("keepNext", look.keep_next),
        ("keepLines", look.keep_lines),
        ("pageBreakBefore", look.page_break),
        ("suppressAutoHyphens", None if look.hyphenate is None else not look.hyphenate),
        ("bidi", _bidi(look, setting)),
        ("contextualSpacing", look.close),
    ):
        if value is not None:
            put(paragraph, _switch(name, value))
    put(paragraph, make("widowControl"))
    if look.borders:
        put(paragraph, _borders(look.borders, setting))
    if look.shade:
        shade = make("shd", val="clear", color="auto", fill=plain(look.shade))
        if name := setting.named(look.shade):
            give(shade, themeFill=name)
        put(paragraph, shade)
    if look.tab:
        stop = make("tab", val="right", pos=twips(look.tab))
        put(paragraph, make("tabs", stop))
    spacing = _spacing(look, setting)
    if spacing.attrib:
        put(paragraph, spacing)
    indent = _indent(look)
    if indent.attrib:
        put(paragraph, indent)
    if look.align:
        put(paragraph, make("jc", val=_side(look, setting)))
    if look.level:
        put(paragraph, make("outlineLvl", val=look.level - 1))


def _bidi(look: Look, setting: Setting) -> bool | None:
    """Every style says so itself: LibreOffice turns ``w:jc`` round only where it does."""
    if not setting.rtl:
        return None
    return not look.ltr


def _side(look: Look, setting: Setting) -> str:
    """Word takes right for the end of a line, also where that is on the left."""
    align = look.align or ""
    turned = look.physical and setting.rtl
    return {"left": "right", "right": "left"}.get(align, align) if turned else align


def _switch(name: str, on: bool) -> Element:
    return make(name) if on else make(name, val=False)


def _borders(borders: tuple[Border, ...], setting: Setting) -> Element:
    element = make("pBdr")
    for border in borders:
        line = make(
            border.side,
            val="single",
            sz=max(2, round(border.width * EIGHTHS)),
            space=round(border.space),
            color=plain(border.colour),
        )
        if name := setting.named(border.colour):
            give(line, themeColor=name)
        put(element, line)
    return element


def _spacing(look: Look, setting: Setting) -> Element:
    spacing = make("spacing")
    if look.before is not None:
        give(spacing, before=twips(look.before))
    if look.after is not None:
        give(spacing, after=twips(look.after))
    if look.type is not None:
        *_, lead = setting.sizes(look.type)
        give(spacing, line=twips(lead))
        give(spacing, lineRule="exact" if look.exact else "atLeast")
    return spacing


def _indent(look: Look) -> Element:
    indent = make("ind")
    if look.left is not None:
        give(indent, left=twips(look.left))
    if look.right is not None:
        give(indent, right=twips(look.right))
    if look.first is not None:
        give(indent, **{"hanging" if look.first < 0 else "firstLine": twips(abs(look.first))})
    return indent


def _run(run: Element, look: Look, setting: Setting) -> None:
    if look.voice:
        put(run, setting.fonts(look.voice))
    for name, value in (
        ("b", look.bold),
        ("bCs", look.bold),
        ("i", look.italic),
        ("iCs", look.italic),
        ("smallCaps", look.small_caps),
        ("strike", look.strike),
    ):
        if value is not None:
            put(run, _switch(name, value))
    if look.colour:
        colour = make("color", val=plain(look.colour))
        if name := setting.named(look.colour):
            give(colour, themeColor=name)
        put(run, colour)
    if look.tracking:
        put(run, make("spacing", val=twips(look.tracking)))
    if look.type is not None:
        size, complex_size, _ = setting.sizes(look.type)
        put(run, make("sz", val=half_points(size)))
        put(run, make("szCs", val=half_points(complex_size)))
    if look.underline is not None:
        line = "single" if look.underline else "none"
        put(run, make("u", val="dotted" if look.underline == "dotted" else line))
    if look.raised:
        put(run, make("vertAlign", val=look.raised))
    if look.name == "Normal" or look.lining:
        _figures(run, "lining" if look.lining else "oldStyle")


def _figures(run: Element, form: str) -> None:
    """Ask for ligatures and the form of figures, as Word has them since 2010 (MS-DOCX, 2.6)."""
    if form == "oldStyle":
        put(run, make("w14:ligatures", w14_val="standard"))
    put(run, make("w14:numForm", w14_val=form))

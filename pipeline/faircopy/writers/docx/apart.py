"""The house's looks of what is set apart from the text: quotations, lists, figures, notes."""

from __future__ import annotations

from faircopy.theme import Style
from faircopy.writers.docx.looks import Border, Look, Side
from faircopy.writers.docx.room import Room, gap, rule

_HANG = 2
"""Steps by which a line of verse that turns over hangs deeper: more than lines are indented by."""


DRAWINGS = {80: "Drawing", 120: "Drawing Wide"}
"""Styles of drawings in code, by the columns that have room in a line."""
_ADVANCE = 0.6
"""Width of a letter of the house's monospaced faces, as a share of their size."""
_PADDING = 6.0
"""Points beside a listing, on either side."""


def displays(room: Room) -> tuple[Look, ...]:
    """Return quotations, verse, rules, listings and formulas."""
    return (*_quotations(room), *_others(room))


def _quotations(room: Room) -> tuple[Look, ...]:
    style, colour, half = room.style, room.colour, room.block / 2
    pull, thick = room.lines(room.space.pull_quote), room.page.rule.pull_quote
    return (
        Look(
            name="Pull Quote",
            base="Normal",
            next="Body Text",
            voice="subhead",
            type=style.pull_quote,
            italic=room.script.italic,
            colour=colour.accent,
            before=pull + half,
            after=pull + half,
            left=room.step,
            right=room.step,
            borders=(
                *rule("top", thick, 9, colour.accent),
                *rule("bottom", thick, 9, colour.accent),
            ),
            hyphenate=False,
            keep_lines=True,
        ),
        Look(
            name="Block Text",
            base="Body Text",
            next="Block Text",
            type=style.quotation,
            left=room.step,
            right=room.step,
            first=0.0,
            before=half,
            after=half,
        ),
        Look(
            name="Block Text Nested",
            base="Block Text",
            next="Block Text",
            left=room.step * 2,
            right=room.step * 2,
        ),
    )


def _others(room: Room) -> tuple[Look, ...]:
    style, colour, half = room.style, room.colour, room.block / 2
    sides: tuple[Side, ...] = ("top", "left", "bottom", "right")
    return (
        Look(
            name="Verse",
            base="Normal",
            left=room.step + _HANG * room.step,
            first=-_HANG * room.step,
            close=True,
            before=half,
            after=half,
            hyphenate=False,
            keep_lines=True,
        ),
        Look(
            name="Horizontal Rule",
            base="Normal",
            next="First Paragraph",
            type=gap(half),
            left=room.width * 0.4,
            right=room.width * 0.4,
            after=half * 2,
            borders=rule("bottom", max(room.page.rule.hairline, 0.75), 1, colour.ornament),
        ),
        Look(
            name="Source Code",
            base="Normal",
            voice="mono",
            type=style.code,
            before=half,
            after=half,
            left=_PADDING,
            right=_PADDING,
            shade=colour.tint,
            borders=tuple(Border(side, 0.5, 5, colour.tint) for side in sides),
            hyphenate=False,
            align="left",
            lining=True,
            ltr=True,
        ),
        *(_drawing(room, name, columns) for columns, name in DRAWINGS.items()),
        Look(name="Formula", base="Normal", align="center", before=half, after=half),
    )


def _drawing(room: Room, name: str, columns: int) -> Look:
    """Return the look of a drawing: no line of so many columns is broken, and its strokes meet."""
    code = room.style.code
    size = min(code.size, (room.width - 2 * _PADDING) / (columns * _ADVANCE))
    size = int(size * 2) / 2  # Word counts half points
    lead = round(size * code.lead / code.size, 1)
    return Look(name=name, base="Source Code", type=Style(size, lead), keep_lines=True)


def lists(room: Room) -> tuple[Look, ...]:
    """Return lists and definitions."""
    close, half = room.lines(0.25), room.block / 2
    return (
        Look(
            name="List Bullet",
            base="Normal",
            next="List Bullet",
            close=True,
            before=half,
            after=half,
        ),
        Look(name="List Number", base="List Bullet", next="List Number"),
        Look(name="List Task", base="List Bullet", next="List Task"),
        Look(name="List Continue", base="List Bullet", next="List Continue"),
        Look(
            name="Definition Term",
            base="Normal",
            next="Definition",
            bold=True,
            before=close,
            keep_next=True,
        ),
        Look(name="Definition", base="Normal", next="Definition Term", left=room.step, after=close),
    )


def figures(room: Room) -> tuple[Look, ...]:
    """Return figures, captions and the text of tables."""
    style, colour, close = room.style, room.colour, room.lines(0.25)
    return (
        Look(
            name="Caption",
            base="Normal",
            next="Body Text",
            voice="sans",
            type=style.caption,
            colour=colour.muted,
            hyphenate=False,
            keep_lines=True,
        ),
        Look(name="Image Caption", base="Caption", next="Body Text", after=room.block),
        Look(
            name="Table Caption",
            base="Caption",
            next="Table Text",
            colour=colour.ink,
            bold=True,
            before=room.block,
            after=close,
            keep_next=True,
        ),
        Look(name="Figure", base="Normal", next="Body Text", before=room.block, after=close),
        Look(name="Captioned Figure", base="Figure", next="Image Caption", keep_next=True),
        Look(name="Table Text", base="Normal", voice="sans", type=style.table, hyphenate=False),
        Look(name="Table Text Centred", base="Table Text", align="center"),
        Look(name="Table Text Left", base="Table Text", align="left", physical=True),
        Look(name="Table Text Right", base="Table Text", align="right", physical=True),
        Look(
            name="Table Space",
            base="Normal",
            next="Body Text",
            type=gap(room.block / 2),
            exact=True,
        ),
    )


def notes(room: Room) -> tuple[Look, ...]:
    """Return footnotes."""
    return (
        Look(name="Footnote Text", base="Normal", voice="small", type=room.style.footnote),
        Look(name="Footnote Block Text", base="Footnote Text", left=room.step, right=room.step),
        Look(name="Footnote Reference", kind="character", raised="superscript", lining=True),
    )

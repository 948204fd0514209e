"""The house template: the publication's own look, from the theme's tokens.

Names are those that Word and pandoc know; an editor finds them in the list of styles. The
measures follow the house rules of the theme's file; vertical space is counted in lines.
"""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.model import Metadata
from faircopy.theme import Style, Theme
from faircopy.theme.tokens import MM, Page, Script
from faircopy.writers.docx import apart
from faircopy.writers.docx.dropcap import LETTER, STYLE
from faircopy.writers.docx.furniture import Furniture, Line, Lines
from faircopy.writers.docx.looks import Look, Sheet
from faircopy.writers.docx.room import Room, rule, scaled

_NATURAL = 1.3
"""Leading below which a font's own height would push lines apart, as a factor of the size."""


def house(theme: Theme, page: Page, script: Script) -> Sheet:
    """Return the house's looks for one page of a theme, in one language's script."""
    room = Room(theme, page, script)
    groups = (
        _text,
        _headings,
        _opener,
        apart.displays,
        apart.lists,
        apart.figures,
        apart.notes,
        _furniture,
        _inlines,
    )
    return Sheet(
        looks=tuple(look for group in groups for look in group(room)),
        ink=theme.colour.ink,
        rule=theme.colour.rule,
        tint=theme.colour.tint,
        hairline=page.rule.hairline,
    )


def _text(room: Room) -> tuple[Look, ...]:
    first = room.indent if room.script.indent_first else 0.0
    turn_above = room.lines(room.space.block / 2)
    return (
        Look(name="Normal", voice="text", type=room.style.body, colour=room.colour.ink),
        Look(
            name="Body Text",
            base="Normal",
            next="Body Text",
            first=room.indent,
            align="both" if room.page.justify and room.script.justify else None,
        ),
        Look(name="First Paragraph", base="Body Text", next="Body Text", first=first),
        Look(name="Answer", base="Body Text", next="Answer"),
        Look(name="Answer First", base="First Paragraph", next="Answer"),
        *_drop_cap(room),
        Look(name="Turn", base="First Paragraph", next="Turn", before=turn_above),
        Look(
            name="Turn Interviewer",
            base="Turn",
            next="Turn",
            voice="sans",
            bold=not _slanted(room),
            italic=_slanted(room),
            colour=room.colour.accent,
            keep_next=True,
        ),
        Look(name="Bibliography", base="Body Text", left=room.step, first=-room.step),
        Look(name="Compact", base="Normal"),
    )


def _slanted(room: Room) -> bool:
    """Whether questions are set in italics."""
    return room.voices.question == "italic" and room.script.italic


def _drop_cap(room: Room) -> tuple[Look, ...]:
    """The drop cap's paragraph, and its letter: LibreOffice takes the look from the letter."""
    lines = room.voices.drop_cap_lines
    if not lines:
        return ()
    height = room.lines(lines)
    type = Style(height * room.voices.drop_cap_scale, height)
    return (
        Look(
            name=STYLE,
            base="First Paragraph",
            next="First Paragraph",
            voice="display",
            type=type,
            exact=True,
            colour=room.colour.accent,
            keep_next=True,
            lining=True,
        ),
        Look(
            name=LETTER,
            kind="character",
            voice="display",
            type=type,
            colour=room.colour.accent,
            lining=True,
        ),
    )


def _headings(room: Room) -> tuple[Look, ...]:
    style, space, colour = room.style, room.space, room.colour
    sizes = (style.part, style.heading, style.subheading)
    headings = tuple(
        Look(
            name=f"Heading {level}",
            base="Normal",
            next="First Paragraph",
            voice="display" if level == 1 else "sans",
            type=sizes[min(level, len(sizes)) - 1],
            colour=colour.accent if level in (2, 3) else colour.ink,
            bold=level in (2, 3, 4),
            italic=level == 5 and room.script.italic,
            before=room.lines(space.question_above) * (2 if level == 1 else 1),
            after=room.lines(space.question_below),
            keep_next=True,
            keep_lines=True,
            hyphenate=False,
            align="left",
            lining=True,
            level=level,
        )
        for level in range(1, 7)
    )
    slanted = _slanted(room)
    question = Look(
        name="Question",
        base="Heading 2",
        next="Answer First",
        type=style.question,
        bold=False if slanted else None,
        italic=True if slanted else None,
        level=2,
    )
    section = Look(
        name="Section Heading",
        base="Heading 2",
        next="First Paragraph",
        voice="display",
        type=style.section,
        colour=colour.ink,
        bold=False,
        before=room.lines(space.question_above) * 1.5,
        level=2,
    )
    return (*headings, question, section)


def _opener(room: Room) -> tuple[Look, ...]:
    return (*_kicker(room), *_titles(room), *_credits(room))


def _kicker(room: Room) -> tuple[Look, ...]:
    style, colour = room.style, room.colour
    return (
        Look(
            name="Kicker",
            base="Normal",
            next="Title",
            voice="sans",
            type=style.kicker,
            hyphenate=False,
            keep_next=True,
            tab=room.width,
            borders=rule("top", room.page.rule.opener, style.kicker.lead / 2, colour.ink),
        ),
        Look(
            name="Outlet",
            kind="character",
            bold=True,
            tracking=room.track(room.voices.outlet_tracking, style.kicker),
        ),
        Look(
            name="Genre",
            kind="character",
            colour=colour.muted,
            tracking=room.track(room.voices.kicker_tracking, style.kicker),
        ),
    )


def _titles(room: Room) -> tuple[Look, ...]:
    style, space = room.style, room.space
    below = room.lines(space.title_below)
    return (
        Look(
            name="Title",
            base="Normal",
            next="Subtitle",
            voice="display",
            type=scaled(style.title, room.script.title_scale),
            exact=style.title.lead < style.title.size * _NATURAL and not room.script.lead,
            before=room.lines(space.title_above),
            after=below,
            right=max(0.0, room.width - room.page.title_measure * MM),
            tracking=room.track(room.voices.title_tracking, style.title),
            hyphenate=False,
            keep_next=True,
            keep_lines=True,
            lining=True,
        ),
        Look(
            name="Subtitle",
            base="Normal",
            next="Standfirst",
            voice="subhead",
            type=style.subtitle,
            after=below,
            hyphenate=False,
            keep_next=True,
            keep_lines=True,
        ),
    )


def _credits(room: Room) -> tuple[Look, ...]:
    style, space, colour = room.style, room.space, room.colour
    under = room.lines(space.opener_rule) / 2
    return (
        Look(
            name="Standfirst",
            base="Normal",
            next="Byline",
            voice="subhead",
            type=style.standfirst,
            italic=room.script.italic,
            after=room.lines(space.opener_below) / 2,
            borders=rule("bottom", room.page.rule.hairline, under, colour.ink),
            hyphenate=False,
            keep_lines=True,
        ),
        Look(
            name="Byline",
            base="Normal",
            next="Dateline",
            voice="sans",
            type=style.byline,
            bold=True,
            after=room.lines(0.5),
            hyphenate=False,
        ),
        Look(
            name="Dateline", base="Byline", next="First Paragraph", bold=False, colour=colour.muted
        ),
        Look(name="Imprint", base="Dateline", next="First Paragraph"),
    )


def _furniture(room: Room) -> tuple[Look, ...]:
    style = room.style
    return (
        Look(
            name="Header",
            base="Normal",
            voice="sans",
            type=style.running,
            colour=room.colour.muted,
            hyphenate=False,
        ),
        Look(name="Header Even", base="Header"),
        Look(name="Header Odd", base="Header", align="right"),
        Look(name="Footer", base="Normal", voice="sans", type=style.folio, hyphenate=False),
        Look(name="Footer Even", base="Footer"),
        Look(name="Footer Odd", base="Footer", align="right"),
    )


def _inlines(room: Room) -> tuple[Look, ...]:
    colour, script = room.colour, room.script
    italic = True if script.italic else None
    instead = "" if script.italic else colour.accent
    small = room.voices.speaker == "small-caps" and script.small_caps
    return (
        Look(name="Emphasis", kind="character", italic=italic, colour=instead),
        Look(name="Strong", kind="character", bold=True),
        Look(name="Strong Emphasis", kind="character", bold=True, italic=italic, colour=instead),
        Look(name="Strikethrough", kind="character", strike=True),
        Look(name="Underline", kind="character", underline=True),
        Look(name="Superscript", kind="character", raised="superscript"),
        Look(name="Subscript", kind="character", raised="subscript"),
        Look(name="Small Caps", kind="character", small_caps=script.small_caps or None),
        Look(name="Speaker", kind="character", bold=True, small_caps=small or None),
        Look(name="Untranslated", kind="character", underline="dotted"),
        Look(name="Verbatim Char", kind="character", voice="mono", lining=True),
        Look(name="Hyperlink", kind="character", colour=colour.accent, underline=True),
        Look(name="FollowedHyperlink", kind="character", colour=colour.muted, underline=True),
    )


def furniture(metadata: Metadata) -> Furniture:
    """Return the outlet over left-hand pages, the title over right-hand ones, numbers below.

    Nothing stands over the opener.
    """
    title = ast.text(metadata.title, ast.Omit.NOTES)
    outlet = ast.text(metadata.outlet) or title
    odd, even = Line("Footer Odd", page=True), Line("Footer Even", page=True)
    return Furniture(
        heads=Lines(Line("Header Odd"), Line("Header Odd", title), Line("Header Even", outlet)),
        feet=Lines(odd, odd, even),
    )

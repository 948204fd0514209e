"""The house template: the publication's own look, from the theme's tokens.

Names are those that Word and pandoc know; an editor finds them in the list of styles. The
measures follow the house rules of the theme's file; vertical space is counted in lines.
"""

from __future__ import annotations

import msgspec

from pipeline.theme import Theme
from pipeline.theme.tokens import MM, Colours, Page, Script, Spaces, Style, Styles, Voices
from pipeline.writers.docx.looks import Border, Look, Sheet, Side

_FARTHEST = 31.0
"""Word's greatest distance of a rule from its text, in points (ECMA-376, 17.18.68)."""
_NATURAL = 1.3
"""Leading below which a font's own height would push lines apart, as a factor of the size."""


class _Room(msgspec.Struct, frozen=True):
    """What every group of looks is worked out from; the properties are points."""

    theme: Theme
    page: Page
    script: Script

    @property
    def style(self) -> Styles:
        return self.page.style

    @property
    def space(self) -> Spaces:
        return self.page.space

    @property
    def colour(self) -> Colours:
        return self.theme.colour

    @property
    def voices(self) -> Voices:
        return self.theme.text

    @property
    def indent(self) -> float:
        own = self.script.indent
        return (self.voices.indent if own is None else own) * self.style.body.size

    @property
    def step(self) -> float:
        return self.voices.list_indent * self.style.body.size

    @property
    def block(self) -> float:
        return self.lines(self.space.block)

    @property
    def width(self) -> float:
        return self.page.text_width * MM

    def lines(self, count: float) -> float:
        return count * self.page.lead

    def track(self, em: float, style: Style) -> float:
        return em * style.size if self.script.tracking else 0.0


def house(theme: Theme, page: Page, script: Script) -> Sheet:
    """Return the house's sheet for one page of a theme, in one language's script."""
    room = _Room(theme, page, script)
    groups = (_text, _headings, _opener, _displays, _lists, _figures, _notes, _furniture, _inlines)
    return Sheet(
        looks=tuple(look for group in groups for look in group(room)),
        ink=theme.colour.ink,
        rule=theme.colour.rule,
        tint=theme.colour.tint,
        hairline=page.rule.hairline,
    )


def _rule(side: Side, width: float, space: float, colour: str) -> tuple[Border, ...]:
    return (Border(side, width, min(space, _FARTHEST), colour),) if width else ()


def _text(room: _Room) -> tuple[Look, ...]:
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
        Look(name="Turn", base="First Paragraph", next="Turn", before=turn_above),
        Look(name="Turn Interviewer", base="Turn", next="Turn", colour=room.colour.accent),
        Look(name="Bibliography", base="Body Text", left=room.step, first=-room.step),
        Look(name="Compact", base="Normal"),
    )


def _headings(room: _Room) -> tuple[Look, ...]:
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
    question = Look(
        name="Question", base="Heading 2", next="Answer First", type=style.question, level=2
    )
    return (*headings, question)


def _opener(room: _Room) -> tuple[Look, ...]:
    style, space, colour = room.style, room.space, room.colour
    below = room.lines(space.title_below)
    gap = room.lines(space.opener_rule) / 2
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
            borders=_rule("top", room.page.rule.opener, style.kicker.lead / 2, colour.ink),
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
        Look(
            name="Title",
            base="Normal",
            next="Subtitle",
            voice="display",
            type=_scaled(style.title, room.script.title_scale),
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
        Look(
            name="Standfirst",
            base="Normal",
            next="Byline",
            voice="subhead",
            type=style.standfirst,
            italic=room.script.italic,
            after=room.lines(space.opener_below) / 2,
            borders=_rule("bottom", room.page.rule.hairline, gap, colour.ink),
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
            hyphenate=False,
        ),
        Look(name="Dateline", base="Byline", next="First Paragraph", bold=False, colour=colour.muted),
        Look(name="Opener End", base="Normal", next="First Paragraph", type=_gap(gap), exact=True),
    )


def _scaled(style: Style, factor: float) -> Style:
    return Style(style.size * factor, style.lead * factor)


def _gap(height: float) -> Style:
    """The type of an empty line of a given height."""
    return Style(min(height, 6.0), height)


def _displays(room: _Room) -> tuple[Look, ...]:
    style, colour, half = room.style, room.colour, room.block / 2
    pull, thick = room.lines(room.space.pull_quote), room.page.rule.pull_quote
    sides: tuple[Side, ...] = ("top", "left", "bottom", "right")
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
            borders=(*_rule("top", thick, 9, colour.accent), *_rule("bottom", thick, 9, colour.accent)),
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
        Look(
            name="Verse",
            base="Normal",
            left=room.step,
            before=half,
            after=half,
            hyphenate=False,
            keep_lines=True,
        ),
        Look(
            name="Horizontal Rule",
            base="Normal",
            next="First Paragraph",
            type=_gap(half),
            left=room.width * 0.4,
            right=room.width * 0.4,
            after=half * 2,
            borders=_rule("bottom", max(room.page.rule.hairline, 0.75), 1, colour.ornament),
        ),
        Look(
            name="Source Code",
            base="Normal",
            voice="mono",
            type=style.code,
            before=half,
            after=half,
            left=6.0,
            right=6.0,
            shade=colour.tint,
            borders=tuple(Border(side, 0.5, 5, colour.tint) for side in sides),
            hyphenate=False,
            align="left",
            lining=True,
            ltr=True,
        ),
        Look(name="Formula", base="Normal", align="center", before=half, after=half),
    )


def _lists(room: _Room) -> tuple[Look, ...]:
    gap = room.lines(0.25)
    return (
        Look(name="List Bullet", base="Normal", next="List Bullet", after=gap),
        Look(name="List Number", base="List Bullet", next="List Number"),
        Look(name="List Task", base="List Bullet", next="List Task"),
        Look(name="List Continue", base="List Bullet", next="List Continue"),
        Look(
            name="Definition Term",
            base="Normal",
            next="Definition",
            bold=True,
            before=gap,
            keep_next=True,
        ),
        Look(name="Definition", base="Normal", next="Definition Term", left=room.step, after=gap),
    )


def _figures(room: _Room) -> tuple[Look, ...]:
    style, colour, gap = room.style, room.colour, room.lines(0.25)
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
            after=gap,
            keep_next=True,
        ),
        Look(name="Figure", base="Normal", next="Body Text", before=room.block, after=gap),
        Look(name="Captioned Figure", base="Figure", next="Image Caption", keep_next=True),
        Look(name="Table Text", base="Normal", voice="sans", type=style.table, hyphenate=False),
        Look(name="Table Text Centred", base="Table Text", align="center"),
        Look(name="Table Text Right", base="Table Text", align="right"),
        Look(name="Table End", base="Normal", next="Body Text", type=_gap(room.block / 2), exact=True),
    )


def _notes(room: _Room) -> tuple[Look, ...]:
    return (
        Look(name="Footnote Text", base="Normal", voice="small", type=room.style.footnote),
        Look(name="Footnote Block Text", base="Footnote Text", left=room.step, right=room.step),
        Look(name="Footnote Reference", kind="character", raised="superscript", lining=True),
    )


def _furniture(room: _Room) -> tuple[Look, ...]:
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


def _inlines(room: _Room) -> tuple[Look, ...]:
    colour, script = room.colour, room.script
    italic = True if script.italic else None
    instead = "" if script.italic else colour.accent
    mono = Style(room.style.body.size * 0.88, room.style.body.lead)
    return (
        Look(name="Emphasis", kind="character", italic=italic, colour=instead),
        Look(name="Strong", kind="character", bold=True),
        Look(name="Strong Emphasis", kind="character", bold=True, italic=italic, colour=instead),
        Look(name="Strikethrough", kind="character", strike=True),
        Look(name="Underline", kind="character", underline=True),
        Look(name="Superscript", kind="character", raised="superscript"),
        Look(name="Subscript", kind="character", raised="subscript"),
        Look(name="Small Caps", kind="character", small_caps=script.small_caps or None),
        Look(name="Speaker", kind="character", voice="sans", bold=True),
        Look(name="Verbatim Char", kind="character", voice="mono", type=mono, lining=True),
        Look(name="Hyperlink", kind="character", colour=colour.accent, underline=True),
        Look(name="FollowedHyperlink", kind="character", colour=colour.muted, underline=True),
    )

"""Tokens of the formats that are not pages."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from faircopy.theme.base import Name, NotNegative, Positive, Table


class Epub(Table, frozen=True, kw_only=True):
    """Sizes and distances of a reflowing book, in em of the reader's own size.

    Line heights are multiples of the size that they go with.
    """

    line_height: Positive
    heading_line_height: Positive
    title_line_height: Positive
    measure: Positive
    title: Positive
    subtitle: Positive
    standfirst: Positive
    kicker: Positive
    part: Positive
    section: Positive
    question: Positive
    heading: Positive
    subheading: Positive
    pull_quote: Positive
    quotation: Positive
    caption: Positive
    footnote: Positive
    table: Positive
    code: Positive
    question_above: NotNegative
    question_below: NotNegative
    block: NotNegative


class Docx(Table, frozen=True, kw_only=True):
    """What a word processor's file does its own way; sizes are those of ``page``."""

    page: str
    columns: Annotated[int, Meta(ge=1, le=4)]
    embed_fonts: bool
    drop_cap: bool


class PressFile(Table, frozen=True, kw_only=True):
    """What the press file (PDF/X-4) adds to a page, in millimetres; the marks' line in points.

    Attributes:
        bleed: how far the paper's colour runs beyond the trim.
        mark_gap: from the trim to the crop marks; never less than the bleed.
        mark_length: length of a crop mark.
        mark_weight: thickness of a mark.
        condition: the characterised printing condition, by its name in the ICC's registry.
        profile: the printer's ICC profile, a file beside the theme's; "" has it made of the
            condition's published data.
    """

    bleed: NotNegative
    mark_gap: NotNegative
    mark_length: Positive
    mark_weight: Positive
    condition: Name
    profile: Annotated[str, Meta(pattern=r"^([\w .()-]+\.ic[cm])?$")] = ""

    @property
    def slug(self) -> float:
        """How far the sheet reaches beyond the trim on every side, in millimetres."""
        return max(self.mark_gap, self.bleed) + self.mark_length + 1.0

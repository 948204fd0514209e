"""Tokens of the formats that are not pages."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from pipeline.theme.base import NotNegative, Positive, Table


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

"""The tree of a printed edition: opener and text, with what only a page has.

A visible list of passes: each takes blocks and gives blocks, and none changes a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Div, Header, Inlines, Para, Span
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Kind, Publication, Role
from faircopy.languages import Locale
from faircopy.passes import (
    acronyms,
    alignment,
    bidi,
    lead_in,
    sense,
    shown_addresses,
    typography,
    verse,
    voices,
)
from faircopy.passes.opener import opener
from faircopy.passes.units import units
from faircopy.theme import Script
from faircopy.writers.pdf import plated

DROP_CAP = "drop-cap"
END_MARK = "end-mark"
PULL_QUOTE = "pull-quote"
DELIMITERS = {"OneParen": "one-paren", "TwoParens": "two-parens"}
"""Class of the wrapper of a list by pandoc's name for what stands at its numbers."""
_LONGEST_WORD = 16
"""The end mark stays with a word no longer than this: Chinese has no spaces."""
_FIRST = re.compile(r"[“„«‹‘\"'¿¡]*\w")


def compose(
    publication: Publication,
    locale: Locale,
    script: Script,
    *,
    drop_cap_from: int,
    end_mark: bool = True,
) -> tuple[Div, Blocks]:
    """Return the opener and the blocks of the text.

    Args:
        publication: the manuscript.
        locale: conventions of its language.
        script: the theme's rules for it.
        drop_cap_from: how many characters the first paragraph must have to carry a drop cap;
            0 when the theme has none.
        end_mark: whether a mark ends the text.
    """
    head, at = plated.parted(_headed(opener(publication)))
    text = _delimited(_ballot_boxes(_without_raw(publication.blocks)))
    text = _without_repeated_notes(text)
    one = publication.metadata.kind is not Kind.BOOK
    plates = plated.count(publication, at)
    if one and script.drop_cap and drop_cap_from:
        text = (*text[:plates], *_drop_cap(text[plates:], drop_cap_from))
    head = _by_sense(bidi.isolate(typography.typeset(head, locale), locale), locale)
    text = voices.mark(text, publication.metadata.kind)
    text = verse.mark(alignment.settle(text, locale.dir))
    text = bidi.isolate(shown_addresses.mark(typography.typeset(text, locale)), locale)
    if one and end_mark:  # when runs of foreign words are whole: it parts the last word
        text = _end_mark(text)
    if script.small_caps:
        text = acronyms.mark(text)
    return plated.moved(head, text, plates, at)


def _headed(div: Div) -> Div:
    """Make the title the document's first heading."""
    blocks = tuple(_title(block) for block in div.blocks)
    return Div((div.attr, blocks))


def _title(block: Block) -> Block:
    match block:
        case Para((Span((attr, inlines)),)) if Role.TITLE.value in attr.classes:
            return Header((1, attr, inlines))
    return block


def _by_sense(div: Div, locale: Locale) -> Div:
    """Keep each article and short preposition of the opener with its noun (house rule Q8)."""

    def change(node: ast.Node) -> ast.Node:
        if isinstance(node, Header):
            return Header((node.level, node.attr, sense.bound(node.inlines, locale)))
        if isinstance(node, Span):
            return Span((node.attr, sense.bound(node.inlines, locale)))
        return node

    return ast.rewrite(div, change, Span, Header)


def _without_raw(blocks: Blocks) -> Blocks:
    """Leave out markup of other formats; reading the manuscript has warned of each."""

    def change(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
        return () if isinstance(node, ast.RawInline | ast.RawBlock) else node

    return ast.rewrite(blocks, change, ast.RawInline, ast.RawBlock)


def _delimited(blocks: Blocks) -> Blocks:
    """Wrap lists that are numbered "1)" or "(1)", which pandoc's HTML does not tell from "1."."""

    def change(node: ast.Node) -> ast.Node:
        if isinstance(node, ast.OrderedList):
            name = DELIMITERS.get(node.delimiter.t)
            return Div((Attr("", (name,)), (node,))) if name else node
        return node

    return ast.rewrite(blocks, change, ast.OrderedList)


def _without_repeated_notes(blocks: Blocks) -> Blocks:
    """Leave out the notes of pull quotes, which repeat the text: see ``left_out``."""

    def change(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
        return () if isinstance(node, ast.Note) else node

    def quote(node: ast.Node) -> ast.Node:
        if isinstance(node, Div) and PULL_QUOTE in node.attr.classes:
            return Div((node.attr, ast.rewrite(node.blocks, change, ast.Note)))
        return node

    return ast.rewrite(blocks, quote, Div)


def left_out(publication: Publication) -> Iterator[Diagnostic]:
    """Say which notes the page does not show."""
    for node in ast.find(publication.blocks, Div):
        if PULL_QUOTE in node.attr.classes:
            for unit in units(node.blocks):
                if next(ast.find(unit.inlines, ast.Note), None):
                    yield Diagnostic(
                        "note-in-pull-quote",
                        Severity.WARNING,
                        "The note of a pull quote is not shown in PDF.",
                        "Put the note at the sentence in the text that the quote repeats.",
                        publication.places.get(unit.id),
                    )


def _ballot_boxes(blocks: Blocks) -> Blocks:
    """Show a done task as ☑: the house's fonts have no ☒."""

    def change(node: ast.Node) -> ast.Node:
        return ast.Str("☑") if node == ast.Str("☒") else node

    return ast.rewrite(blocks, change, ast.Str)


# --- the end mark --------------------------------------------------------------------------------


def _end_mark(blocks: Blocks) -> Blocks:
    """Put the mark after the last word of the text, when it ends in a paragraph."""
    if not blocks:
        return blocks
    match blocks[-1]:
        case Para((Span((attr, inlines)),)) if lead_in.is_text(attr):
            *before, last = inlines
            mark = Span((Attr("", (END_MARK,)), ()))
            if isinstance(last, ast.Str):
                kept = len(last.c) if len(last.c) <= _LONGEST_WORD else 3
                before += [ast.Str(last.c[:-kept])] if last.c[:-kept] else []
                end = (ast.Str(last.c[-kept:] + "\u2060"), mark)
                closed = Span((Attr("", ("keep",)), end))
            else:
                before.append(last)
                closed = mark
            return (*blocks[:-1], Para((Span((attr, (*before, closed))),)))
    return blocks


# --- the drop cap --------------------------------------------------------------------------------


def _drop_cap(blocks: Blocks, least: int) -> Blocks:
    """Open the first paragraph of the text with a drop cap and a few words in small capitals."""
    for index, block in enumerate(blocks):
        if isinstance(block, Header) or lead_in.is_question(block):
            continue
        match block:
            case Para((Span((attr, inlines)),)) if lead_in.is_text(attr):
                opened = _opened(inlines)
                if opened is None or len(ast.text(inlines, ast.Omit.NOTES)) < least:
                    return blocks
                para = Para((Span((attr, opened)),))
                return (*blocks[:index], para, *blocks[index + 1 :])
        return blocks
    return blocks


def _opened(inlines: Inlines) -> Inlines | None:
    first = inlines[0]
    match = _FIRST.match(first.c) if isinstance(first, ast.Str) else None
    if not isinstance(first, ast.Str) or match is None:
        return None
    cap = Span((Attr("", (DROP_CAP,)), (ast.Str(match[0]),)))
    words = list(lead_in.words(inlines))
    rest = inlines[len(words) :]
    words[0] = ast.Str(first.c[match.end() :])
    return (cap, Span((Attr("", (lead_in.LEAD_IN,)), tuple(words))), *rest)

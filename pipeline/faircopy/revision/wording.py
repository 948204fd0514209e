"""Tokens of a Word file as the Markdown that stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import cast

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines
from faircopy.intake import written
from faircopy.revision.lines import NO_WORDS, Line, Look, Looks, Token, tokens

_PLAIN = re.compile(r"[\w\s.,;:!?()/%€£“”‘’«»„‚–—…'\"’+=-]*")
"""Signs that say nothing in Markdown, within a line."""
_HOLDERS = {
    Look.STRIKE: ast.Strikeout,
    Look.SUPER: ast.Superscript,
    Look.SUB: ast.Subscript,
    Look.SMALL: ast.SmallCaps,
    Look.UNDER: ast.Underline,
    Look.STRONG: ast.Strong,
    Look.EMPH: ast.Emph,
}
_GAPS = {"\u00a0": " ", "\u202f": " "}
"""Spaces that no line breaks at: typesetting puts them where they belong."""


class Unwritten(Exception):
    """There is something that no Markdown of ours can say, such as a picture that was put in."""


def wording(
    found: Sequence[Token], looks: Looks, link: str, objects: Mapping[int, str] | None = None
) -> str:
    """Return the Markdown of tokens that stand among words of a look and a link.

    ``objects`` are the texts of notes, pictures and formulas by their tokens' positions.

    Raises:
        Unwritten: they lack a look that is around them, or hold what nothing is known of.
    """
    around = [one for one in found if one.text.strip() and one.text not in NO_WORDS]
    if (link or looks) and any(not looks <= one.looks or one.link != link for one in around):
        raise Unwritten
    text = "".join(one.text for one in found)
    alike = all(one.looks == looks and one.link == link for one in found if one.text.strip())
    if alike and _PLAIN.fullmatch(text):
        return _spaced(text)
    inlines = tuple(_inlines(found, looks, link, objects or {}))
    before = " " * (text[:1].isspace())
    after = " " * (text[-1:].isspace() and bool(text.strip()))
    return before + written.line(inlines) + after


def _spaced(text: str) -> str:
    for sign, plain in _GAPS.items():
        text = text.replace(sign, plain)
    return text


def _inlines(
    found: Sequence[Token], looks: Looks, link: str, objects: Mapping[int, str]
) -> Iterator[Inline]:
    numbered = list(enumerate(found))
    for (own, to), run in groupby(numbered, key=lambda one: (one[1].looks, one[1].link)):
        inner: Inlines = tuple(_words(list(run), objects, code=Look.CODE in own - looks))
        for look, holder in _HOLDERS.items():
            if look in own - looks:
                inner = (cast("Inline", holder(inner)),)
        if to and to != link:
            inner = (ast.Link((ast.NO_ATTR, inner, (to, ""))),)
        yield from inner


def _words(
    run: Sequence[tuple[int, Token]], objects: Mapping[int, str], *, code: bool
) -> Iterator[Inline]:
    if code:
        yield ast.Code((ast.NO_ATTR, "".join(token.text for _, token in run)))
        return
    for at, token in run:
        if token.text in NO_WORDS:
            if at not in objects:
                raise Unwritten
            yield ast.RawInline(("markdown", objects[at]))
        elif token.text.isspace():
            yield ast.Space()
        else:
            yield ast.Str(token.text)


def whole(line: Line, objects: Mapping[int, str] | None = None) -> str:
    """Return the Markdown of a whole line, without what says what kind of line it is.

    Raises:
        Unwritten: it holds something that nothing is known of.
    """
    return wording(tokens(line), frozenset(), "", objects).strip()


def note(lines: Sequence[Line]) -> str:
    """Return a note as it stands within a line.

    Raises:
        Unwritten: it has several paragraphs, or holds something that nothing is known of.
    """
    if len(lines) != 1:
        raise Unwritten
    return f"^[{whole(lines[0])}]"


def block(line: Line, objects: Mapping[int, str] | None = None) -> str:
    """Return the Markdown of a line as a block of its own.

    Raises:
        Unwritten: it is of a kind that stands in no text alone.
    """
    text = whole(line, objects)
    if line.kind.startswith("heading "):
        return f"{'#' * int(line.kind.split()[1])} {text}"
    if line.kind in ("text", "quote", "item", "pull quote"):
        text = _begun(text)
        before = {"quote": "> ", "item": "- "}.get(line.kind, "")
        return f"::: pull-quote\n{text}\n:::" if line.kind == "pull quote" else before + text
    raise Unwritten


_BEGINS = re.compile(r"(?=[#>|:+*-](?:\s|$)|[-+*=]+$)|(?<=\d)(?=[.)]\s)")


def _begun(text: str) -> str:
    """Return a paragraph, its first sign escaped where it would begin a block."""
    found = _BEGINS.match(text) or re.match(r"(\d{1,9})(?=[.)]\s)", text)
    if not found:
        return text
    return f"{text[: found.end()]}\\{text[found.end() :]}"

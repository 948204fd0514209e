"""Quotation marks and apostrophes that pandoc's reader pairs wrongly, paired by their place.

Pandoc (its extension ``smart``) takes a straight mark that follows a space for the beginning of a
quotation wherever another follows: “the '90s, rock 'n' roll” becomes a quotation. It does not look
over the edge of a link, and none begins for it in a note within another. Here the single marks of
one run of text are dissolved and paired again: within a word, before a decade and before a word
that has lost its beginning (its language's ``elided``) a mark is an apostrophe. What pandoc's
reader pairs rightly stays as it is, and so does what is typed with curly marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines, Node, Omit
from faircopy.languages import locale

APOSTROPHE = "’"
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
"""Where pandoc had a quotation between single marks begin and end, until they are paired anew."""

_DECADE = re.compile(r"\d\d(?:s|er|ern|ers|’s)?(?!\w)")
_BARE_YEAR = re.compile(r"\d\d(?!\w)")
_SINGLE = ast.QuoteType("SingleQuote")
_JOINED = re.compile(r"(?<!\w)(?!(?:or|and|the|a|an|either|letter|key|y)\s)\w+\s$", re.IGNORECASE)
"""A word that “'n'” joins to the next, as in rock ’n’ roll, and not a key to press."""

_WORD = re.compile(r"[^\W\d_]+")
_GENITIVE = frozenset("sxzßSXZ")
_STOPS = frozenset(".,!?…;:”»)—–-")


class _Mark(msgspec.Struct, frozen=True):
    """A single mark in a run of text, the characters beside it and what comes after."""

    before: str
    after: str
    lead: str
    rest: str
    free: bool
    """Whether it may begin a quotation: pandoc took it for one's edge, or had to."""


def pair(blocks: ast.T, lang: str) -> ast.T:
    """Return a tree whose single quotation marks and apostrophes are paired by their places.

    ``lang`` is the text's language; a passage with ``lang=`` is read by its own words.
    """

    def change(node: Node) -> Node:
        if isinstance(node, ast.Para | ast.Plain):
            return type(node)(_run(node.inlines, lang))
        if isinstance(node, ast.Header):
            return ast.Header((node.level, node.attr, _run(node.inlines, lang)))
        return node

    if next(ast.find(blocks, ast.Quoted), None) is None:
        return blocks
    return ast.rewrite(blocks, change, ast.Para, ast.Plain, ast.Header)


def _run(
    inlines: Inlines, lang: str, edges: tuple[str, str] = (" ", " "), quoted: bool = False
) -> Inlines:
    """Pair the marks of one run; ``edges`` are the characters beside it."""
    inlines = _within(inlines, lang, edges, quoted)
    if not any(isinstance(item, ast.Quoted) and not item.double for item in inlines):
        return inlines
    flat = _dissolved(inlines)
    kinds = _kinds(_marks(flat, edges), lang)
    return _built(flat, iter(kinds))


def _inner(item: ast.Holder, lang: str, edges: tuple[str, str], quoted: bool) -> Inline:
    if isinstance(item, ast.Quoted):
        if not item.double:  # it is dissolved with what is around it
            return ast.holding(item, _within(item.inlines, lang, ("‘", "’"), quoted=True))
        return ast.holding(item, _run(item.inlines, lang, ("“", "”"), quoted=True))
    own = item.attr.get("lang") if isinstance(item, ast.Span) else ""
    return ast.holding(item, _run(item.inlines, own or lang, edges, quoted))


def _within(inlines: Inlines, lang: str, edges: tuple[str, str], quoted: bool) -> Inlines:
    """Pair the marks of what stands within the elements of a run."""
    out: list[Inline] = []
    for at, item in enumerate(inlines):
        if isinstance(item, ast.Note):
            out.append(_note(item) if quoted else item)
        elif isinstance(item, ast.HOLDERS):
            around = _before(inlines, at, edges[0]), _after(inlines, at, edges[1])
            out.append(_inner(item, lang, around, quoted))
        else:
            out.append(item)
    return tuple(out)


def _note(note: ast.Note) -> ast.Note:
    """Let quotations begin in a note that stands within one: pandoc had them only end."""

    def change(node: Node) -> Node:
        if isinstance(node, ast.Para | ast.Plain):
            return type(node)(_doubles(node.inlines))
        return node

    return ast.Note(ast.rewrite(note.blocks, change, ast.Para, ast.Plain))


def _doubles(inlines: Inlines) -> Inlines:
    """Pair the closing marks of a run that stand where only an opening one can."""
    text = "".join(_shown(item) for item in inlines)
    for closing, opening in (("”", "“"), (APOSTROPHE, "‘")):
        begins = rf"(?<![^\s(\[—–]){closing}(?=\S)"
        if re.search(rf"{begins}[^{closing}{opening}]*?(?<=\S){closing}(?!\w)", text):
            inlines = _opened(inlines, closing, opening)
    return inlines


def _opened(inlines: Inlines, closing: str, opening: str) -> Inlines:
    out: list[Inline] = []
    for at, item in enumerate(inlines):
        starts = isinstance(item, ast.Str) and _before(inlines, at, " ") in " ([—–"
        if isinstance(item, ast.Str) and starts and item.c.startswith(closing) and item.c[1:]:
            out.append(ast.Str(opening + item.c[1:]))
        else:
            out.append(item)
    return tuple(out)


# --- a run as text ------------------------------------------------------------------------------


def _shown(item: Inline) -> str:
    if isinstance(item, ast.Str):
        return item.c
    if isinstance(item, ast.Note):
        return ""
    return ast.text(item, Omit.NOTES) or " "


def _before(inlines: Inlines, at: int, edge: str) -> str:
    return next((shown[-1] for item in reversed(inlines[:at]) if (shown := _shown(item))), edge)


def _after(inlines: Inlines, at: int, edge: str) -> str:
    return next((shown[0] for item in inlines[at + 1 :] if (shown := _shown(item))), edge)


def _dissolved(inlines: Inlines) -> list[Inline]:
    out: list[Inline] = []
    for item in inlines:
        if isinstance(item, ast.Quoted) and not item.double:
            out += [ast.Str(_OPEN), *_freed(_dissolved(item.inlines)), ast.Str(_CLOSE)]
        else:
            out.append(item)
    return out


def _freed(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Let marks begin a quotation that pandoc could only close, since one was open."""
    follows = False
    for item in inlines:
        if isinstance(item, ast.Str):
            if not follows and item.c[0] == APOSTROPHE and item.c[1:2].isalnum():
                yield ast.Str(_OPEN + item.c[1:])
            else:
                yield item
            follows = True
        else:
            follows = not isinstance(item, ast.Space | ast.SoftBreak | ast.LineBreak)
            yield item


def _marks(flat: list[Inline], edges: tuple[str, str]) -> list[_Mark]:
    text = edges[0] + "".join(_shown(item) for item in flat) + edges[1]
    text = text.replace("\n", " ")
    found: list[_Mark] = []
    at = 1
    for item in flat:
        shown = _shown(item)
        if isinstance(item, ast.Str):
            for offset, sign in enumerate(shown, at):
                if sign in (_OPEN, _CLOSE, APOSTROPHE):
                    rest = text[offset + 1 :]
                    lead = text[max(offset - 12, 0) : offset]
                    found.append(_Mark(text[offset - 1], rest[:1], lead, rest, sign == _OPEN))
        at += len(shown)
    return found


# --- what each mark is --------------------------------------------------------------------------


def _kinds(marks: list[_Mark], lang: str) -> list[str]:
    """Return for each mark what it is: it opens, it closes, or it is an apostrophe."""
    kinds = [APOSTROPHE] * len(marks)
    opened = -1
    skip = False
    for at, mark in enumerate(marks):
        if skip:
            skip = False
            continue
        if _is_word(mark.before) and _is_word(mark.after):
            continue
        if mark.free and not mark.after.isspace() and not _is_word(mark.before):
            elided, skip = _elides(mark, lang)
            if not elided:
                opened = at  # of two beginnings the later one has the end
            continue
        if opened < 0 or mark.before.isspace():
            continue
        if _is_genitive(mark) and any(_ends(later) for later in _until_open(marks[at + 1 :])):
            continue
        kinds[opened], kinds[at], opened = _OPEN, _CLOSE, -1
    return kinds


def _elides(mark: _Mark, lang: str) -> tuple[bool, bool]:
    """Say whether a mark stands for lost letters, and whether the one after the word does."""
    rest = mark.rest
    if found := _DECADE.match(rest):
        closed = rest[found.end() : found.end() + 1] in (_CLOSE, APOSTROPHE)
        elided = not (closed and _BARE_YEAR.match(rest))
        return elided, elided and closed
    word = _WORD.match(rest)
    if not word or word[0].casefold() not in locale(lang).elided:
        return False, False
    closed = rest[word.end() : word.end() + 1] in (_CLOSE, APOSTROPHE)
    if closed and not (word[0].casefold() == "n" and _JOINED.search(mark.lead)):
        return False, False  # the word itself is quoted
    return True, closed


def _until_open(marks: list[_Mark]) -> Iterator[_Mark]:
    for mark in marks:
        if mark.free and not mark.after.isspace() and not _is_word(mark.before):
            return
        yield mark


def _is_genitive(mark: _Mark) -> bool:
    return mark.before in _GENITIVE and mark.after.isspace() and _is_word(mark.rest[1:2])


def _ends(mark: _Mark) -> bool:
    """Whether a mark can only close: it follows a word or stop and no word follows it."""
    return not mark.before.isspace() and not _is_word(mark.after)


def _is_word(sign: str) -> bool:
    return sign.isalnum()


def _built(flat: list[Inline], kinds: Iterator[str]) -> Inlines:
    """Make quotations of what stands between marks that open and close."""
    stack: list[list[Inline]] = [[]]
    for item in flat:
        if not isinstance(item, ast.Str):
            stack[-1].append(item)
            continue
        word = ""
        for sign in item.c:
            kind = next(kinds) if sign in (_OPEN, _CLOSE, APOSTROPHE) else sign
            if kind not in (_OPEN, _CLOSE):
                word += kind
                continue
            stack[-1] += [ast.Str(word)] if word else []
            word = ""
            if kind == _OPEN:
                stack.append([])
            else:
                inner = ast.joined(stack.pop())
                stack[-1].append(ast.Quoted((_SINGLE, inner)))
        stack[-1] += [ast.Str(word)] if word else []
    return ast.joined(stack[0])

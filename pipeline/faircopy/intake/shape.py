"""What paragraphs are for: title, headings, turns, lists, breaks, pictures with their captions.

A heading by its style is one. What only looks like one is a proposal, told and refused by a flag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inlines
from faircopy.core.model import Kind
from faircopy.intake import speaking, typed
from faircopy.intake.blocks import asks, bare, figure, pictures_of, words_of
from faircopy.intake.opening import Opening
from faircopy.intake.reading import Laid, trimmed
from faircopy.intake.ready import Looks

_HEADING_WORDS = 12
_QUESTION_WORDS = 100
_SHARE = 0.3
_BOOK = 20_000
"""Words from which on a text in chapters is a book."""


class Shaped(msgspec.Struct, kw_only=True):
    """A text in its shape. ``front`` are texts of the front matter with their paragraphs' numbers.

    ``typed`` are marks that stood at the beginnings of paragraphs, and what stands there now: the
    list or the break makes its own. ``mended`` says how often each rule was used, ``decide`` what
    an editor should look at.
    """

    front: dict[str, list[tuple[int, Inlines]]]
    blocks: Blocks
    kind: Kind
    typed: Mapping[int, tuple[str, str]]
    mended: Counter[str]
    decide: list[str]
    speakers: tuple[str, ...] = ()


def shape(
    laid: Sequence[Laid],
    looks: Mapping[int, Looks],
    kind: str = "",
    *,
    propose: bool = True,
    titled: bool = True,
) -> Shaped:
    """Give a text its shape.

    ``kind`` is what it is, if somebody says so; it begins with its title where it is ``titled``.
    """
    one = _Shape(looks, propose=propose)
    rest = [*one.divided(laid)]
    rest = one.opening.take(rest, propose=propose) if titled else rest
    rest = one.captioned(rest)
    rest = [Laid(_standing(item.block), item.number) for item in rest]
    marks: dict[int, tuple[str, str]] = {}
    rest = [*typed.breaks(typed.lists(rest, marks, one.mended), marks, one.mended)]
    one.decide += typed.notes(rest)
    rest = one.quotations(rest)
    rest = speaking.colons(rest, marks, one.mended)
    speakers = speaking.speakers(rest)
    if speakers:
        rest = [speaking.named(item, speakers, one.mended) for item in rest]
    elif propose:
        rest = one.headings(rest)
    settled = Kind(kind) if kind else _kind(rest, speakers)
    return Shaped(
        front=one.opening.front,
        blocks=_levels(rest, 1 if settled is Kind.BOOK else 2),
        kind=settled,
        typed=marks,
        mended=one.mended,
        decide=one.decide,
        speakers=tuple(speakers.values()),
    )


class _Shape:
    """The rules that need to know how paragraphs look, and that tell what they did."""

    def __init__(self, looks: Mapping[int, Looks], *, propose: bool) -> None:
        self._looks = looks
        self._propose = propose
        sizes = Counter(look.size for look in looks.values() if look.size and not look.level)
        self._size = sizes.most_common(1)[0][0] if sizes else 0
        self.mended: Counter[str] = Counter()
        self.decide: list[str] = []
        self.opening = Opening(self._look, self._size, self.mended, self.decide)

    def divided(self, laid: Sequence[Laid]) -> Iterator[Laid]:
        """Yield blocks, a paragraph with an empty line in it as two."""
        for one in laid:
            if not isinstance(one.block, ast.Para):
                yield one
                continue
            parts = _parts(one.block.inlines)
            self.mended["empty lines in a paragraph, which part it in two"] += len(parts) - 1
            yield from (Laid(ast.Para(part), one.number if not at else 0) for at, part in
                        enumerate(parts))  # fmt: skip

    def _look(self, one: Laid) -> Looks:
        return self._looks.get(one.number, Looks()) if one.number else Looks()

    def captioned(self, laid: list[Laid]) -> list[Laid]:
        """Return blocks with each picture that stands alone as a figure, with its caption."""
        out: list[Laid] = []
        used = -1
        for at, one in enumerate(laid):
            pictures = pictures_of(one.block)
            if at == used:
                continue
            if len(pictures) != 1:
                out.append(one)
                continue
            following = laid[at + 1] if at + 1 < len(laid) else None
            caption: Inlines = ()
            if following is not None and self._look(following).role == "caption":
                words = words_of(following.block)
                if words is not None and not pictures_of(following.block):
                    caption, used = words, at + 1
                    self.mended["captions joined with their pictures"] += 1
            out.append(Laid(figure(pictures[0], caption), one.number))
        return out

    def quotations(self, laid: list[Laid]) -> list[Laid]:
        """Return blocks in which indented paragraphs are quotations only where they are few."""
        quoted = [one for one in laid if isinstance(one.block, ast.BlockQuote)]
        count = len(ast.text(tuple(one.block for one in quoted)).split())
        if count <= _SHARE * len(ast.text(tuple(one.block for one in laid)).split()):
            self.mended["indented paragraphs taken as quotations"] += len(quoted)
            return laid
        self.mended["indents taken away, since most of the text had one"] += len(quoted)
        return [part for one in laid for part in _unquoted(one)]

    def headings(self, laid: list[Laid]) -> list[Laid]:
        """Return blocks with lines that look like headings or questions as such."""
        if any(isinstance(one.block, ast.Header) for one in laid):
            return laid
        found = [one for one in laid[:-1] if self._is_heading(one)]
        if len(found) > len(laid) / 2 or not found:
            return laid
        numbers = {id(one) for one in found}
        shown = "; ".join(f"“{' '.join(ast.text(one.block).split())[:60]}”" for one in found[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        self.decide.append(
            f"{len(found)} lines look like headings and are taken so: {shown}{more}"
            " (--no-headings leaves them as they are)"
        )
        return [
            Laid(ast.Header((2, Attr(), bare(words_of(one.block) or ()))), one.number)
            if id(one) in numbers
            else one
            for one in laid
        ]

    def _is_heading(self, one: Laid) -> bool:
        words = words_of(one.block)
        if words is None or isinstance(one.block, ast.Header) or not one.number:
            return False
        if [*ast.find(words, ast.LineBreak, ast.Image)] or not self.opening.stands_out(one):
            return False
        text = ast.text(words)
        count = len(text.split())
        if asks(text):
            return count <= _QUESTION_WORDS
        return 0 < count <= _HEADING_WORDS and not text.endswith((".", ",", ";", ":", "。"))


def _parts(inlines: Inlines) -> list[Inlines]:
    """Divide a paragraph where two line ends follow each other."""
    parts: list[list[ast.Inline]] = [[]]
    ended = False
    for item in inlines:
        if isinstance(item, ast.LineBreak) and ended:
            parts.append([])
            ended = False
            continue
        if isinstance(item, ast.LineBreak):
            ended = True
        elif not isinstance(item, ast.Space):
            ended = False
        parts[-1].append(item)
    return [part for part in map(trimmed, map(tuple, parts)) if part]


def _standing(block: Block) -> Block:
    """Return a block in which each picture that stands alone is a figure, also within others.

    A heading in a list, a quotation or a cell is none of the text's: it becomes a line in bold.
    """

    def change(node: ast.Node) -> ast.Node:
        kinds = (ast.Para, ast.Plain) if isinstance(block, ast.Table) else ast.Para
        if isinstance(node, kinds) and len(found := pictures_of(node)) == 1:
            return figure(found[0], ())
        if isinstance(node, ast.Header) and node is not block:
            return ast.Para((ast.Strong(bare(node.inlines)),))
        return node

    return ast.rewrite(block, change, ast.Para)


def _unquoted(one: Laid) -> Iterator[Laid]:
    if isinstance(one.block, ast.BlockQuote):
        for at, inner in enumerate(one.block.blocks):
            yield Laid(inner, one.number if not at else 0)
    else:
        yield one


def _kind(laid: Sequence[Laid], speakers: Mapping[str, str]) -> Kind:
    if speakers:
        return Kind.INTERVIEW
    headers = [one.block for one in laid if isinstance(one.block, ast.Header)]
    asked = sum(asks(ast.text(one.inlines)) for one in headers)
    if asked >= 3 and asked * 2 >= len(headers):
        return Kind.INTERVIEW
    chapters = sum(one.level == 1 for one in headers)
    words = len(ast.text(tuple(one.block for one in laid)).split())
    return Kind.BOOK if chapters >= 3 and words >= _BOOK else Kind.ARTICLE


def _levels(laid: Sequence[Laid], top: int) -> Blocks:
    """Return the blocks with headings whose levels begin at ``top`` and leave none out."""
    there = sorted({one.block.level for one in laid if isinstance(one.block, ast.Header)})
    level = {old: min(top + at, 6) for at, old in enumerate(there)}
    return tuple(
        ast.Header((level[one.block.level], one.block.attr, bare(one.block.inlines)))
        if isinstance(one.block, ast.Header)
        else one.block
        for one in laid
    )

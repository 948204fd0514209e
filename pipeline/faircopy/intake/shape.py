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
from faircopy.intake import typed
from faircopy.intake.reading import Laid, trimmed
from faircopy.intake.ready import Looks
from faircopy.manuscript.images import DECORATIVE
from faircopy.manuscript.turns import Label, label

_TITLE_WORDS = 25
_HEADING_WORDS = 12
_QUESTION_WORDS = 100
_LARGER = 1.15
"""How much larger than the text a line is that looks like a heading."""
_OPENING = 12
"""Words that a line before the title may have, such as a date or the name of a column."""
_AT_THE_TOP = 8
"""Blocks among which title, author and date are looked for."""
_SHARE = 0.3
_FEWEST = 2
_BOOK = 20_000
"""Words from which on a text in chapters is a book."""


class Shaped(msgspec.Struct, kw_only=True):
    """A text in its shape. ``front`` are texts of the front matter with their paragraphs' numbers.

    ``typed`` are marks that stood at the beginnings of paragraphs and are made by the list or
    break now; ``mended`` says how often each rule was used, ``decide`` what an editor should look
    at.
    """

    front: dict[str, list[tuple[int, Inlines]]]
    blocks: Blocks
    kind: Kind
    typed: Mapping[int, str]
    mended: Counter[str]
    decide: list[str]
    speakers: tuple[str, ...] = ()


def shape(
    laid: Sequence[Laid], looks: Mapping[int, Looks], kind: str = "", *, propose: bool = True
) -> Shaped:
    """Give a text its shape; ``kind`` is what it is, if somebody says so."""
    one = _Shape(looks, propose=propose)
    rest = one.opening([*one.divided(laid)])
    rest = one.captioned(rest)
    rest = [Laid(_standing(item.block), item.number) for item in rest]
    marks: dict[int, str] = {}
    rest = [*typed.breaks(typed.lists(rest, marks, one.mended), marks, one.mended)]
    rest = one.quotations(rest)
    speakers = _speakers(rest)
    if speakers:
        rest = [one.turn(item, speakers) for item in rest]
    elif propose:
        rest = one.headings(rest)
    settled = Kind(kind) if kind else _kind(rest, speakers)
    return Shaped(
        front=one.front,
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
        self.front: dict[str, list[tuple[int, Inlines]]] = {}
        self.mended: Counter[str] = Counter()
        self.decide: list[str] = []
        self._lifted: list[Block] = []  # pictures and notes that stood in the front matter

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

    def opening(self, laid: list[Laid]) -> list[Laid]:
        """Take title, subtitle, authors, date and abstract from the top; return the rest."""
        begins = next((at for at, one in enumerate(laid) if self._is_text(one)), len(laid))
        top, rest = laid[: min(begins, _AT_THE_TOP)], laid[min(begins, _AT_THE_TOP) :]
        kept: list[Laid] = []
        abstracts = [one for one in top if self._look(one).role == "abstract"]
        for one in top:
            role, words = self._look(one).role, _inlines(one.block)
            if words is None or role in ("", "caption"):
                kept.append(one)
            elif role == "abstract":
                if len(abstracts) == 1:
                    self._put("standfirst", one.number, words)
                else:
                    kept.append(one)
            elif role == "title" and "title" in self.front:
                name = "title-goes-on" if "subtitle" in self.front else "subtitle"
                if name == "subtitle":
                    self._put(name, one.number, words)
                else:
                    kept.append(Laid(ast.Header((1, Attr(), words)), one.number))
            elif role == "subtitle" and "subtitle" in self.front:
                kept.append(one)
            elif role == "author" and ast.text(words).lower().startswith("by "):
                self._put("byline", one.number, words)
            else:
                self._put("dateline" if role == "date" else role, one.number, words)
        kept += [self._late(one) for one in rest]
        if not kept:  # a text of nothing but a title
            self.front = {}
            return laid
        kept = kept if "title" in self.front else self._titled(kept)
        return [*(Laid(one, 0) for one in self._lifted), *kept]

    def _is_text(self, one: Laid) -> bool:
        """Whether a block is no longer a part of the opening: a heading or a long paragraph."""
        if self._look(one).role not in ("", "caption"):
            return False
        return isinstance(one.block, ast.Header) or len(ast.text(one.block).split()) > _OPENING

    def _put(self, field: str, number: int, words: Inlines) -> None:
        self._lifted += [_figure(one, ()) for one in ast.find(words, ast.Image)]
        for note in ast.find(words, ast.Note):
            self._lifted += note.blocks
            self.mended["notes of the title made paragraphs under it"] += 1
        away = (ast.Image, ast.Note)
        words = ast.rewrite(words, lambda one: () if isinstance(one, away) else one, *away)
        self.front.setdefault(field, []).append((number, _bare(trimmed(words))))

    def _late(self, one: Laid) -> Laid:
        """Return a title that stands within the text as a heading."""
        words = _inlines(one.block)
        if words is not None and self._look(one).role == "title":
            return Laid(ast.Header((1, Attr(), words)), one.number)
        return one

    def _titled(self, laid: list[Laid]) -> list[Laid]:
        """Take the title from the first heading or line that looks like one."""
        first = laid[0] if laid else None
        if first is None or not first.number:
            return laid
        words = _inlines(first.block)
        if isinstance(first.block, ast.Header):
            alone = sum(isinstance(o.block, ast.Header) and o.block.level == 1 for o in laid) == 1
            if first.block.level == 1 and alone and len(laid) > 1:
                self._put("title", first.number, first.block.inlines)
                self.mended["title taken from the only heading of level 1"] += 1
                return laid[1:]
        elif words is not None and self._propose and len(laid) > 1 and self._stands_out(first):
            said = ast.text(words).split()
            if len(said) <= _TITLE_WORDS:
                self._put("title", first.number, words)
                shown = f"“{' '.join(said)}”"
                self.decide.append(f"the first line looks like the title and is taken so: {shown}")
                return laid[1:]
        return laid

    def _stands_out(self, one: Laid) -> bool:
        look = self._look(one)
        larger = self._size > 0 and look.size >= self._size * _LARGER
        return larger or look.bold or _is_bold(one.block)

    def captioned(self, laid: list[Laid]) -> list[Laid]:
        """Return blocks with each picture that stands alone as a figure, with its caption."""
        out: list[Laid] = []
        used = -1
        for at, one in enumerate(laid):
            pictures = _pictures(one.block)
            if at == used:
                continue
            if len(pictures) != 1:
                out.append(one)
                continue
            following = laid[at + 1] if at + 1 < len(laid) else None
            caption: Inlines = ()
            if following is not None and self._look(following).role == "caption":
                words = _inlines(following.block)
                if words is not None and not _pictures(following.block):
                    caption, used = words, at + 1
                    self.mended["captions joined with their pictures"] += 1
            out.append(Laid(_figure(pictures[0], caption), one.number))
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

    def turn(self, one: Laid, speakers: Mapping[str, str]) -> Laid:
        """Return a paragraph whose speaker is named with the name in bold."""
        found = _label(one.block)
        if found is None or found.name not in speakers or not found.plain:
            return one
        if ast.text(found.inlines).isupper():
            return one
        self.mended["names of speakers set in bold"] += 1
        return Laid(ast.Para((ast.Strong(found.inlines), *found.rest)), one.number)

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
            Laid(ast.Header((2, Attr(), _bare(_inlines(one.block) or ()))), one.number)
            if id(one) in numbers
            else one
            for one in laid
        ]

    def _is_heading(self, one: Laid) -> bool:
        words = _inlines(one.block)
        if words is None or isinstance(one.block, ast.Header) or not one.number:
            return False
        if [*ast.find(words, ast.LineBreak, ast.Image)] or not self._stands_out(one):
            return False
        text = ast.text(words)
        count = len(text.split())
        if _asks(text):
            return count <= _QUESTION_WORDS
        return 0 < count <= _HEADING_WORDS and not text.endswith((".", ",", ";", ":", "。"))


def _asks(text: str) -> bool:
    return text.rstrip("”’\"'»)").endswith(("?", "？", "؟"))


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


def _inlines(block: Block) -> Inlines | None:
    return block.inlines if isinstance(block, ast.Para | ast.Plain | ast.Header) else None


def _bare(words: Inlines) -> Inlines:
    """Return words without the bold that is around all of them."""
    while len(words) == 1 and isinstance(words[0], ast.Strong):
        words = words[0].inlines
    return words


def _is_bold(block: Block) -> bool:
    words = _inlines(block)
    return (
        bool(words) and words is not None and len(words) == 1 and isinstance(words[0], ast.Strong)
    )


def _pictures(block: Block) -> list[ast.Image]:
    """Return the pictures of a paragraph in which nothing else stands."""
    words = _inlines(block) if isinstance(block, ast.Para | ast.Plain) else None
    items = [item for item in words or () if not isinstance(item, ast.Space | ast.LineBreak)]
    return [item for item in items if isinstance(item, ast.Image)] if all(
        isinstance(item, ast.Image) for item in items
    ) else []  # fmt: skip


def _figure(picture: ast.Image, caption: Inlines) -> ast.Figure:
    said: Blocks = (ast.Plain(caption),) if caption else ()
    attr, words, target = picture.c
    if caption and not words and DECORATIVE not in attr.classes:
        words = ast.rewrite(caption, lambda one: () if isinstance(one, ast.Note) else one, ast.Note)
        picture = ast.Image((attr, words, target))
    return ast.Figure((Attr(), ast.Caption(None, said), (ast.Plain((picture,)),)))


def _standing(block: Block) -> Block:
    """Return a block in which each picture that stands alone is a figure, also within others.

    A heading in a list, a quotation or a cell is none of the text's: it becomes a line in bold.
    """

    def change(node: ast.Node) -> ast.Node:
        kinds = (ast.Para, ast.Plain) if isinstance(block, ast.Table) else ast.Para
        if isinstance(node, kinds) and len(found := _pictures(node)) == 1:
            return _figure(found[0], ())
        if isinstance(node, ast.Header) and node is not block:
            return ast.Para((ast.Strong(_bare(node.inlines)),))
        return node

    return ast.rewrite(block, change)


def _unquoted(one: Laid) -> Iterator[Laid]:
    if isinstance(one.block, ast.BlockQuote):
        for at, inner in enumerate(one.block.blocks):
            yield Laid(inner, one.number if not at else 0)
    else:
        yield one


def _label(block: Block) -> Label | None:
    return label(block.inlines) if isinstance(block, ast.Para) else None


def _speakers(laid: Sequence[Laid]) -> dict[str, str]:
    """Return who speaks in a transcript, by names in lower case; nobody where it is none."""
    found = [one for one in (_label(item.block) for item in laid) if one is not None]
    counts = Counter(one.name for one in found)
    shown = {one.name: ast.text(one.inlines).strip(" :：") for one in reversed(found)}
    names = {name: shown[name] for name, count in counts.items() if count >= _FEWEST}
    turns = sum(counts[name] for name in names)
    texts = sum(isinstance(item.block, ast.Para) for item in laid)
    return names if len(names) >= _FEWEST and turns >= max(4, _SHARE * texts) else {}


def _kind(laid: Sequence[Laid], speakers: Mapping[str, str]) -> Kind:
    if speakers:
        return Kind.INTERVIEW
    headers = [one.block for one in laid if isinstance(one.block, ast.Header)]
    asked = sum(
        ast.text(one.inlines).rstrip("”’\"'»)").endswith(("?", "？", "؟")) for one in headers
    )
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
        ast.Header((level[one.block.level], one.block.attr, _bare(one.block.inlines)))
        if isinstance(one.block, ast.Header)
        else one.block
        for one in laid
    )

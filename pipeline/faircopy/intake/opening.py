"""What stands over a text: title, subtitle, authors, date and abstract, by styles or by looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Inlines
from faircopy.intake.blocks import bare, figure, is_bold, words_of
from faircopy.intake.reading import Laid, trimmed
from faircopy.intake.ready import Looks
from faircopy.intake.speaking import begins_turn

_TITLE_WORDS = 25
_ITEM = re.compile(r"\d+[.)]\s|[^\w“‘«\"'¿¡(]")
"""What an item of a list begins with."""
_LARGER = 1.15
"""How much larger than the text a line is that looks like a heading."""
_WORDS = 12
"""Words that a line before the title may have, such as a date or the name of a column."""
_AT_THE_TOP = 8
"""Blocks among which title, author and date are looked for."""
_FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "date": "dateline",
    "abstract": "standfirst",
}
"""Where what a style says goes in the front matter."""


def _is_no_sentence(text: str) -> bool:
    """Whether a text begins and ends as a headline does."""
    return text[-1:].isalnum() and "\n" not in text and not _ITEM.match(text)


class Opening:
    """The front matter of a text as it is found: its fields with their paragraphs' numbers."""

    def __init__(
        self, look: Callable[[Laid], Looks], size: int, mended: Counter[str], decide: list[str]
    ) -> None:
        """Begin; ``look`` says how a block looks, ``size`` is that of most of the text."""
        self._look = look
        self._size = size
        self._mended = mended
        self._decide = decide
        self._lifted: list[Block] = []  # pictures and notes that stood in it
        self.front: dict[str, list[tuple[int, Inlines]]] = {}

    def take(self, laid: Sequence[Laid], *, propose: bool) -> list[Laid]:
        """Take what stands over a text away from it, and return the rest."""
        begins = next((at for at, one in enumerate(laid) if self._is_text(one)), len(laid))
        end = min(begins, _AT_THE_TOP)
        kept = [one for one in laid[:end] if not self._field(one)]
        kept += laid[end:]
        if not kept:  # a text of nothing but a title
            self.front, self._lifted = {}, []
            return list(laid)
        if "title" not in self.front:
            kept = self._titled(kept, propose=propose)
        return [*(Laid(one, 0) for one in self._lifted), *map(self._late, kept)]

    def _is_text(self, one: Laid) -> bool:
        """Whether a block is no longer a part of the opening: a heading or a long paragraph."""
        if self._look(one).role in _FIELDS:
            return False
        return isinstance(one.block, ast.Header) or len(ast.text(one.block).split()) > _WORDS

    def _field(self, one: Laid) -> bool:
        """Take a block into the field that its style names, unless another stands there."""
        role, words = self._look(one).role, words_of(one.block)
        field = _FIELDS.get(role, "")
        if not field or words is None:
            return False
        if field == "title" and "title" in self.front:
            field = "subtitle"
        elif field == "author" and ast.text(words).lower().startswith("by "):
            field = "byline"
        if field != "author" and field in self.front:
            return False
        return self._put(field, one.number, words)

    def _put(self, field: str, number: int, words: Inlines) -> bool:
        """Put words into a field, and say whether there are any; pictures and notes are lifted."""
        away = (ast.Image, ast.Note)
        plain = ast.rewrite(words, lambda one: () if isinstance(one, away) else one, *away)
        if not ast.text(plain).strip():
            return False
        self._lifted += [figure(one, ()) for one in ast.find(words, ast.Image)]
        for note in ast.find(words, ast.Note):
            self._lifted += note.blocks
            self._mended["notes of the title made paragraphs under it"] += 1
        self.front.setdefault(field, []).append((number, bare(trimmed(plain))))
        return True

    def _late(self, one: Laid) -> Laid:
        """Return a title that stands within the text as a heading."""
        words = words_of(one.block)
        if words and not isinstance(one.block, ast.Header) and self._look(one).role == "title":
            return Laid(ast.Header((1, Attr(), words)), one.number)
        return one

    def _titled(self, laid: list[Laid], *, propose: bool) -> list[Laid]:
        """Take the title from the first heading or line that looks like one."""
        first = laid[0]
        words = words_of(first.block)
        if not first.number or not words or len(laid) == 1:
            return laid
        if isinstance(first.block, ast.Header):
            alone = sum(isinstance(o.block, ast.Header) and o.block.level == 1 for o in laid) == 1
            if first.block.level == 1 and alone and self._put("title", first.number, words):
                self._mended["title taken from the only heading of level 1"] += 1
                return laid[1:]
            return laid
        said = ast.text(words).split()
        looks = self._look(first).centred or self.stands_out(first)
        short = len(said) <= _WORDS and _is_no_sentence(ast.text(words)) and not begins_turn(first)
        wanted = propose and len(said) <= _TITLE_WORDS and (looks or short)
        if not wanted or not self._put("title", first.number, words):
            return laid
        shown = f"“{' '.join(said)}”"
        self._decide.append(f"the first line looks like the title and is taken so: {shown}")
        return laid[1:]

    def stands_out(self, one: Laid) -> bool:
        """Whether a paragraph is larger than the text, or all of it bold."""
        look = self._look(one)
        larger = self._size > 0 and look.size >= self._size * _LARGER
        return larger or look.bold or is_bold(one.block)

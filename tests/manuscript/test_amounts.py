"""Too much of anything is refused with its line, before work is done on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core import limits
from faircopy.core.ast import (
    NO_ATTR,
    Block,
    BulletList,
    Code,
    CodeBlock,
    Document,
    Emph,
    Image,
    Inline,
    LineBlock,
    Note,
    Para,
    Plain,
    Space,
    Str,
)
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.limits import (
    CELLS,
    CODES,
    PARAGRAPH,
    PARTS,
    PICTURES,
    TITLE,
    TITLE_WORD,
    WORD,
    WORD_CODES,
    WORDS,
)
from faircopy.manuscript import amounts
from faircopy.manuscript.source import Source

FRONT = "---\ntitle: T\nlang: en\n---\n\n"
TEXT = FRONT + "First words.\n\nHere it is too much.\n"
LINE = 8
FIRST = Para((Str("First"), Space(), Str("words.")))
HERE = tuple(Str(word) for word in ["Here", "it", "is", "too", "much"])


def many(most: int, *inside: Str | Code | Emph | Image) -> tuple[Block, ...]:
    """Return a text of one paragraph after another, that has one thing more than ``most``."""
    each = 1_000
    full, rest = divmod(most + 1, each)
    return (*[Para(inside * each)] * full, Para((*HERE, *inside * rest)))


ITEM = (Plain((Str("w"),)),)
PAGE = Para((*[Str("w")] * 99, Note((Para((Str("n"),)),))))
TREES: dict[str, tuple[tuple[Block, ...], str]] = {
    "words": (many(WORDS.most - 7, Str("w")), "too-many-words"),
    "words of code": (
        (CodeBlock((NO_ATTR, "w " * (WORDS.most - 4))), Para(HERE)),
        "too-many-words",
    ),
    "paragraphs": (
        ((Para((Str("w"),)),) * (PARTS.most - 1) + (Para(HERE),)),
        "too-many-paragraphs",
    ),
    "lines of verse": (
        (LineBlock(((Str("w"),),) * (PARTS.most - 1)), Para(HERE)),
        "too-many-paragraphs",
    ),
    "lines of code": (
        (CodeBlock((NO_ATTR, "w\n" * (PARTS.most - 2))), Para(HERE)),
        "too-many-paragraphs",
    ),
    "codes": (many(CODES.most, Code((NO_ATTR, "a"))), "too-many-codes"),
    "emphasis": (many(CODES.most, Emph((Str("a"),))), "too-many-codes"),
    "pictures": (many(PICTURES.most, Image((NO_ATTR, (), ("a.png", "")))), "too-many-pictures"),
    "a paragraph": (
        (Para((*HERE, *[Str("w")] * (PARAGRAPH.most - 4))),),
        "paragraph-too-long",
    ),
    "pieces of a word": (
        (Para((*HERE, *[Emph((Str("a"),))] * (WORD_CODES.most + 1))),),
        "word-in-pieces",
    ),
    "items of lists": (
        (BulletList((ITEM,) * 19_000), Para(HERE), BulletList((ITEM,) * 3_000)),
        "too-much-in-all",
    ),
    "a bit of everything": (
        (
            *(PAGE,) * 3_000,
            BulletList((ITEM,) * 6_000),
            Para((*HERE, *[Emph((Str("a"),))] * 18_000)),
        ),
        "too-much-in-all",
    ),
    "a note's paragraph": (
        (Para((Note((Plain((*HERE, *[Str("w")] * (PARAGRAPH.most - 4))),)),)),),
        "paragraph-too-long",
    ),
}


@pytest.mark.parametrize("what", TREES)
def test_too_much_is_refused_where_its_limit_is_passed(what: str) -> None:
    blocks, code = TREES[what]
    document = Document(blocks=(FIRST, *blocks))
    found = [*amounts.refused(document, Source("m.md", TEXT.encode()))]
    assert code in [item.code for item in found]
    (told,) = (item for item in found if item.code == code)
    assert told.place
    assert told.place.line == LINE
    assert told.remedy


WRITTEN = {
    "a title": (FRONT.replace("T", "w " * (TITLE.most + 1)), "value-too-long", 2),
    "a subtitle": (
        FRONT.replace("lang", f"subtitle: {'w ' * (TITLE.most + 1)}\nlang"),
        "value-too-long",
        3,
    ),
    "a word of a title": (FRONT.replace("T", "w" * (TITLE_WORD.most + 1)), "value-too-long", 2),
    "a word of a heading": (
        FRONT + f"Words.\n\n# Here {'w' * (TITLE_WORD.most + 1)}\n",
        "heading-too-long",
        8,
    ),
    "a word": (FRONT + f"Words.\n\nHere is {'w' * (WORD.most + 1)}\n", "word-too-long", 8),
    "a word of code": (
        FRONT + f"Words.\n\nHere is `{'w' * (WORD.most + 1)}`\n",
        "word-too-long",
        8,
    ),
    "a word of a line of code": (
        FRONT + f"Words.\n\n    Here is {'w' * (WORD.most + 1)}\n",
        "word-too-long",
        8,
    ),
    "a description": (
        FRONT.replace("lang", f"description: {'w ' * (PARAGRAPH.most + 1)}\nlang"),
        "value-too-long",
        3,
    ),
    "a heading": (FRONT + f"Words.\n\n# Here {'w ' * TITLE.most}\n", "heading-too-long", 8),
    "cells": (
        FRONT
        + "Words.\n\n| Here | b | c |\n|---|---|---|\n"
        + "| x | y | z |\n" * (CELLS.most // 3),
        "too-many-cells",
        8,
    ),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_too_much_that_is_written_is_refused_with_its_line(what: str, tmp_path: Path) -> None:
    text, code, line = WRITTEN[what]
    (tmp_path / "manuscript.md").write_text(f"{text}\nwords\n")
    with pytest.raises(ManuscriptError) as raised:
        manuscript.read(tmp_path)
    assert [(item.code, item.place and item.place.line) for item in raised.value.diagnostics] == [
        (code, line)
    ]


@pytest.mark.parametrize("word", ["漢字仮名", "ประเทศไทย", "https://a.example/b/", "one-two-"])
def test_what_has_places_to_break_at_is_no_long_word(word: str) -> None:
    text = Para((Str(word * (WORD.most // 2)),))
    assert not [*amounts.refused(Document(blocks=(text,)), Source("m.md", TEXT.encode()))]


def test_a_book_of_209_000_words_is_within_every_limit() -> None:
    """With a paragraph of a hundred words, a note in each, and two codes."""
    words: tuple[Inline, ...] = (*[Str("w")] * 98, Emph((Str("w"),)), Code((NO_ATTR, "w")))
    book = (Para((*words, Note((Para((Str("n"),)),)))),) * 2_090
    assert not [*amounts.refused(Document(blocks=book), Source("m.md", TEXT.encode()))]
    assert limits.NOTES.most > 2_090


@pytest.mark.parametrize("between", [Space(), Str("水"), Str("น้ำ")])
def test_pieces_between_which_a_line_may_end_may_be_many(between: Inline) -> None:
    pieces = (Emph((Str("a"),)), between) * (4 * WORD_CODES.most)
    assert not [*amounts.refused(Document(blocks=(Para(pieces),)), Source("m.md", TEXT.encode()))]

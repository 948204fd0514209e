"""Left-to-right words in right-to-left text are isolated, once and not within a whole."""

from __future__ import annotations

from pipeline import ast
from pipeline.ast import Attr, Inlines, Span, Str
from pipeline.passes.bidi import ISOLATE, isolate
from pipeline.passes.locales import locale

URDU = locale("ur")


def latin(word: str) -> Span:
    return Span((Attr("", (ISOLATE,), (("dir", "ltr"),)), (Str(word),)))


def test_each_latin_word_is_isolated() -> None:
    text: Inlines = (Str("SCO،"), ast.Space(), Str("OIC۔"))
    once = isolate(text, URDU)
    assert once == (latin("SCO"), Str("،"), ast.Space(), latin("OIC"), Str("۔"))
    assert isolate(once, URDU) == once
    assert isolate(text, locale("en-GB")) == text


def test_a_sentence_from_left_to_right_stays_whole() -> None:
    words: Inlines = (Str("We"), ast.Space(), Str("read."))
    sentence = Span((Attr("", ("untranslated",), (("lang", "en"), ("dir", "ltr"))), words))
    (found,) = isolate((sentence,), URDU)
    assert ast.text(found) == "We read."
    assert not [node for node in ast.walk(found) if isinstance(node, Span) and node is not found]

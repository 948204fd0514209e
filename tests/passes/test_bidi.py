"""Runs of the other direction are isolated whole, once, and not within a whole."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.core.ast import Attr, Inlines, Span, Str
from faircopy.core.model import Role
from faircopy.languages import locale
from faircopy.passes import sentences
from faircopy.passes.bidi import isolate
from faircopy.passes.typography import typeset
from faircopy.passes.units import unit

URDU = locale("ur")


def latin(word: str) -> Span:
    return Span((Attr("", ("ltr",), (("dir", "ltr"),)), (Str(word),)))


def shown(markdown: str, lang: str) -> str:
    """A paragraph's words, isolates in ⟨brackets⟩, and in ⟪⟫ what is the text's own again."""
    (para,) = pandoc.read(markdown).blocks[:1]
    assert isinstance(para, ast.Para)
    text = (unit("u", Role.PARAGRAPH, para.inlines),)
    found = isolate(typeset(text, locale(lang)), locale(lang))
    assert isolate(found, locale(lang)) == found

    def mark(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
        if isinstance(node, ast.Note):
            return Str("¹")
        if isinstance(node, Span) and (way := node.attr.get("dir")):
            ours = way == locale(lang).dir
            return (Str("⟪" if ours else "⟨"), *node.inlines, Str("⟫" if ours else "⟩"))
        return node

    return ast.text(ast.rewrite(found, mark)).replace("\u00a0", " ")


def test_each_word_of_a_list_is_isolated() -> None:
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("كتبت BBC News مرتين", "كتبت ⟨BBC News⟩ مرتين"),
        ("تقرير Annual Report 2019. ثم", "تقرير ⟨Annual Report 2019⟩. ثم"),
        ("هاتف iPhone 15، ومجموعة G 20.", "هاتف ⟨iPhone 15⟩، ومجموعة ⟨G 20⟩."),
        ("The Weekly Tide: كتبت", "⟨The Weekly Tide⟩: كتبت"),
        ("قال J.-L. Ångström هنا", "قال ⟨J.-L. Ångström⟩ هنا"),
        ("قال John F. Kennedy. ثم", "قال ⟨John F. Kennedy⟩. ثم"),
        ("شركة AT&T و Simon & Schuster هنا", "شركة ⟨AT&T⟩ و ⟨Simon & Schuster⟩ هنا"),
        ("جريدة “New York Times” هنا", "جريدة “⟨New York Times⟩” هنا"),
        ("فيلم «Good Night, and Good Luck.» هنا", "فيلم «⟨Good Night, and Good Luck⟩.» هنا"),
        ("قال SCO, OIC, CICA ثم", "قال ⟨SCO⟩, ⟨OIC⟩, ⟨CICA⟩ ثم"),
        ("هل قرأ BBC News? نعم", "هل قرأ ⟨BBC News⟩? نعم"),
        ("(BBC News)", "⟨(BBC News)⟩"),
        ("في (BBC News)", "في (⟨BBC News⟩)"),
        ("عام 20th Century Fox هنا", "عام ⟨20th Century Fox⟩ هنا"),
        ("في U.S. Steel وفي U.S. هنا", "في ⟨U.S. Steel⟩ وفي ⟨U.S.⟩ هنا"),
        ("لغة C++ و @bbcnews هنا", "لغة ⟨C++⟩ و ⟨@bbcnews⟩ هنا"),
        ("عام 15 BBC", "عام 15 ⟨BBC⟩"),
        # signs before numbers, and numbers before letters
        ("הטלפון +972-2-540-0000 פתוח", "הטלפון ⟨+972-2-540-0000⟩ פתוח"),
        ("الهاتف +972 2 540 0000 مفتوح", "الهاتف ⟨+972 2 540 0000⟩ مفتوح"),
        ("היו −5 מעלות ו-3, בין -5 ל־+7%", "היו ⟨−5⟩ מעלות ו-3, בין ⟨-5⟩ ל־⟨+7%⟩"),
        ("בין −5 10 לבין *−5*", "בין ⟨−5⟩ 10 לבין ⟨−5⟩"),
        ("גרסה 2.1.3-beta ו-3/x, 5°C (−12°C)", "גרסה ⟨2.1.3-beta⟩ ו-⟨3/x⟩, ⟨5°C⟩ (⟨−12°C⟩)"),
        ("ציון A+ או 3+4", "ציון ⟨A+⟩ או 3+4"),
        ("מדד Nasdaq −5 ירד ב-5-6", "מדד ⟨Nasdaq −5⟩ ירד ב-5-6"),
        # across markup
        ("جريدة The *New York* Times هنا", "جريدة ⟨The New York Times⟩ هنا"),
        ("جريدة [BBC](https://x.org) **World** News, ثم", "جريدة ⟨BBC World News⟩, ثم"),
        ("كتاب *Who Is It, Then?* هنا", "كتاب ⟨Who Is It, Then?⟩ هنا"),
        ("**The Weekly Tide:** كتبت", "⟨The Weekly Tide⟩: كتبت"),
        ("غاز H~2~O وCO~2~ هنا", "غاز ⟨H2O⟩ و⟨CO2⟩ هنا"),
        ("اكتب `./inv build` الآن", "اكتب ⟨./inv build⟩ الآن"),
        ("كتبت BBC^[هنا] News مرتين", "كتبت ⟨BBC⟪¹⟫ News⟩ مرتين"),
        ("كتبت BBC News^[هنا] مرتين", "كتبت ⟨BBC News⟩¹ مرتين"),
        # units that are wholly foreign
        ("BBC News, World Service.", "⟨BBC News, World Service.⟩"),
        ("0.8 m", "⟨0.8 m⟩"),
    ],
)
def test_runs_in_arabic(text: str, found: str) -> None:
    assert shown(text, "ar") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The هيئة الإذاعة wrote.", "The ⟨هيئة الإذاعة⟩ wrote."),
        ("The *هيئة* *الإذاعة* 15 times", "The ⟨هيئة الإذاعة⟩ 15 times"),
        ("Both الأول, الثاني went", "Both ⟨الأول⟩, ⟨الثاني⟩ went"),
        ("Read “كيف، ولماذا؟” at 3.", "Read “⟨كيف، ولماذا؟⟩” at 3."),
        ("the צה״ל said", "the ⟨צה״ל⟩ said"),
        ("No such words, 👩\u200d💻.", "No such words, 👩\u200d💻."),
    ],
)
def test_runs_in_english(text: str, found: str) -> None:
    assert shown(text, "en-GB") == found


def test_hebrew_quotation_marks_stay_outside() -> None:
    assert shown('ב"New York Times" נכתב', "he") == "ב”⟨New York Times⟩” נכתב"
    assert shown("ב-BBC News. Donald Trump אמר", "he") == "ב-⟨BBC News⟩. ⟨Donald Trump⟩ אמר"


def test_sentences_are_found_within_an_isolate() -> None:
    words = pandoc.read("Doe wrote *On Walls*. Nobody read it.").blocks[0]
    assert isinstance(words, ast.Para)
    text = (ast.Para((unit("u", Role.PARAGRAPH, words.inlines),)),)
    found = next(ast.find(sentences.mark(isolate(text, URDU), "ur"), Span))
    (whole,) = found.inlines
    assert isinstance(whole, Span)
    assert whole.attr.get("dir") == "ltr"
    assert [n.attr.id for n in ast.find(whole.inlines, Span)] == ["u.s1", "u.s2"]

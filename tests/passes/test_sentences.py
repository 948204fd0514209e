"""Sentences: where the cuts fall, and that nothing is lost."""

from __future__ import annotations

import pytest
from faircopy.core.ast import (
    NO_ATTR,
    Attr,
    Code,
    Emph,
    Header,
    Inline,
    Inlines,
    LineBreak,
    Note,
    Para,
    SoftBreak,
    Space,
    Span,
    Str,
    joined,
    text,
    walk,
)
from faircopy.passes.sentences import count, mark, sentences
from hypothesis import given
from hypothesis import strategies as st


def words(line: str) -> Inlines:
    """Inlines as pandoc reads a line of plain text."""
    out: list[Inline] = []
    for word in line.split(" "):
        out.extend((Str(word), Space()))
    return tuple(out[:-1])


def cut(line: str, lang: str = "en") -> list[str]:
    """The sentences of a plain line."""
    return [text(sentence.inlines) for sentence in sentences("u", words(line), lang)]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["It works.", "Does it?", "Yes!"]),
        ("en", ["See Art. 5, para. 2 of the Charter.", "Then read on."]),
        ("en", ["Growth of the U.S. economy was strong.", "Mr. Smith met J. K. Rowling."]),
        ("en", ["Resolution No. 2803 of 6,5 percent, i.e. more.", "It is."]),
        ("en", ["“Is it so?” he asked.", "No answer."]),
        ("ru", ["Это т. е. правда.", "В ст. 5 сказано."]),
        ("kk", ["Бұл 2025 ж. болды.", "Қазақстан дайын."]),
        ("ur", ["یہ ایک جملہ ہے۔", "دوسرا جملہ ہے؟", "جی ہاں۔"]),
        ("he", ["שלום עולם.", "מה שלומך?"]),
        ("hi", ["यह एक वाक्य है।", "दूसरा वाक्य है।"]),
        ("hi", ["डॉ. शर्मा आए।", "प्रो. वर्मा और पं. नेहरू मिले।", "क्या यह सच है?", "हाँ।"]),
        ("fr", ["« Où vas-tu ? » demanda-t-il.", "Il partit."]),
        ("de", ["„Kommst du?“, fragte er.", "Sie ging."]),
        ("es", ["¿Vienes?", "¡Claro!", "«¿Sí?», preguntó la Sra. Ruiz.", "No vino."]),
        ("el", ["Πώς είστε;", "Καλά, ευχαριστώ.", "Ο κ. Παπαδόπουλος ήρθε."]),
        ("uk", ["Це м. Київ, вул. Хрещатик.", "Тобто ст. 5, проф. Т. Г. Шевченко.", "Так."]),
        ("pl", ["To np. Dr. Kowalski, tj. prof. Nowak z ul. Długiej.", "Tak."]),
        ("fa", ["آیا درست است؟", "بله.", "دکتر محمدی در ص. ۵ آمد."]),
        ("pt", ["O Sr. Silva e a Dra. Souza, art. 5.", "V. Exa. veio."]),
    ],
)
def test_cuts(lang: str, expected: list[str]) -> None:
    assert cut(" ".join(expected), lang) == expected


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Photograph: J.-L. Ångström for Dr. K. Lindqvist of St. Brendan."),
        ("en", "Yu. A. Gagarin and Ye. Primakov came with approx. Five men."),
        ("en", "See No. 7, p. 3, Vol. II, ed. J. Brown, and 5 p.m. London time."),
        ("de", "Foto: J.-L. Ångström, Dipl.-Ing. Schmidt, K.-H. Müller, Bd. II, S. 3."),
        ("de", "Im 19. Jahrhundert, am 3. Oktober und in Nr. 7 stand es."),
        ("de", "Freitag, 5. Mai, mit Prof. Dr.-Ing. K. Meier im Hl. Geist."),
        ("de", "Am 3. Oktober kam z. B. Dr. med. Kurz, d. h. der Arzt aus St. Pölten."),
        ("fr", "Né en 50 av. J.-C., M. Dupont, p. 5, vit Mme. Roy, cf. l’art. 3."),
        ("es", "D. Juan vive en EE. UU. y en la pág. 5, art. 3, cap. II."),
        ("hi", "पृ. 5 पर मो. रफ़ी और डॉ. भीमराव अंबेडकर का नाम है।"),
        ("el", "Βλ. σελ. 5, π.χ. τον κ. Σεφέρη και τον Γ. Σεφέρη."),
        ("fr", "Photo : J.-L. Petit, M. Dupont, Me. Durand, Ph. Roy, l’art. 5."),
        ("es", "Foto: J.-L. García y el Sr. López."),
        ("ru", "А. С. Пушкин, Ю. А. Гагарин и К.-Ж. Токаев, Дж. Р. Р. Толкин."),
        ("ru", "См. с. 3, ср. Петров, св. Николай, корп. 2."),
        ("kk", "Қ.-Ж. Тоқаев, Қ. К. Тоқаев, Қ.К. Тоқаев және Ә. Бөкейхан."),
        ("kk", "2025 ж. Қазақстан өсті, 1990 жж. Алматы қ. Абай көш. 5 үй."),
        ("ur", "ڈاکٹر اے۔ پی۔ جے۔ عبدالکلام، ایم۔اے۔ جناح، ص۔ 3"),
        ("ar", "جاء د. أحمد زويل و أ. د. محمد، ص. 3"),
        ("he", "א. ב. יהושע כתב."),
        ("tr", "II. Mehmed ve M. K. Atatürk geldi."),
    ],
)
def test_an_abbreviation_ends_no_sentence(lang: str, line: str) -> None:
    assert cut(line, lang) == [line]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["Plan B.", "Then we left."]),
        ("en", ["He has a Ph.D.", "He works."]),
        ("en", ["No.", "He did not."]),
        ("de", ["Es waren 5.", "Dann ging er."]),
        ("ru", ["Это был я.", "Он ушёл."]),
        ("ur", ["جی۔", "میں آیا۔"]),
        ("ur", ["وہ آئی۔", "میں نے کہا۔"]),
    ],
)
def test_what_only_looks_like_one_ends_it(lang: str, expected: list[str]) -> None:
    assert cut(" ".join(expected), lang) == expected


@pytest.mark.parametrize("space", ["\u2009", "\u202f", "\u3000", "\u2028"])
def test_a_space_alone_is_no_sentence(space: str) -> None:
    assert count(f"It was cold. {space}", "en") == 1
    assert count(f"Sie kam am 5. {space}", "de") == 1


def test_sentences_are_counted_by_the_same_rules() -> None:
    assert count("Приехал К.-Ж. Токаев. Он сказал: да.", "ru-RU") == 2
    assert count("No end", "en") == 1


def test_a_script_without_spaces_is_cut_inside_a_string() -> None:
    found = sentences("u", (Str("你好。我"), Emph((Str("很"),)), Str("好！真的？")), "zh-Hans")
    assert [text(one.inlines) for one in found] == ["你好。", "我很好！", "真的？"]
    assert all(one.gap == () for one in found)


@pytest.mark.parametrize(
    "expected",
    [
        ["「行くの？」と彼は聞いた。", "モーニング娘。の歌を聴いた。", "はい。"],
        ["彼は「もう行く。君は？」と言った。", "私は黙った。"],
        ["好きなのはモーニング娘。", "次の問いは何か。"],
        ["「行こう。」", "私は歩いた。"],
    ],
)
def test_japanese_goes_on_behind_a_quotation_and_a_name_with_a_stop(expected: list[str]) -> None:
    assert cut("".join(expected), "ja") == expected


def test_no_cut_inside_an_inline() -> None:
    inlines = (*words("He said:"), Space(), Emph(words("Go. Now.")), Space(), *words("Then. Yes."))
    found = sentences("u", inlines, "en")
    assert [text(one.inlines) for one in found] == ["He said: Go. Now.", "Then.", "Yes."]


def test_code_does_not_end_a_sentence_by_its_own_dots() -> None:
    inlines = (*words("Call"), Space(), Code((NO_ATTR, "a. B")), Space(), *words("now. Then wait."))
    assert len(sentences("u", inlines, "en")) == 2


def test_a_note_stays_with_its_sentence() -> None:
    note = Note((Para(words("Aside. Really.")),))
    inlines = (*words("One."), note, SoftBreak(), *words("Two."))
    first, second = sentences("u", inlines, "en")
    assert first.inlines == (Str("One."), note)
    assert first.gap == (SoftBreak(),)
    assert second == type(second)("u.s2", (Str("Two."),), ())


def test_mark_wraps_units_headings_and_notes() -> None:
    inner = Span((Attr("p1.n1", ("unit", "footnote")), words("Aside. Really.")))
    inlines = (*words("One."), Note((Para((inner,)),)), Space(), *words("Two."))
    unit = Span((Attr("p1", ("unit", "answer")), inlines))
    blocks = (
        Header((2, Attr("q1", ("unit", "question")), words("It moved. Why?"))),
        Para((unit,)),
        Para((Span((Attr("p2", ("unit", "answer")), words("Only one."))),)),
    )
    marked = mark(blocks, "en")
    spans = [node.attr for node in walk(marked) if isinstance(node, Span)]
    ids = [attr.id for attr in spans if "sentence" in attr.classes]
    assert ids == ["q1.s1", "q1.s2", "p1.s1", "p1.n1.s1", "p1.n1.s2", "p1.s2"]
    assert text(marked) == text(blocks)
    assert marked[2] == blocks[2]


_word = st.text(st.sampled_from("aZé。.!? 5”)٣ж"), min_size=1, max_size=6).map(Str)
_leaf: st.SearchStrategy[Inline] = st.one_of(
    _word,
    st.just(Space()),
    st.just(SoftBreak()),
    st.just(LineBreak()),
    st.just(Note((Para((Str("n."),)),))),
    st.builds(lambda word: Code((NO_ATTR, word.c)), _word),
)
_inlines = st.lists(
    st.one_of(_leaf, st.builds(lambda x: Emph(tuple(x)), st.lists(_leaf, max_size=3))), max_size=25
).map(tuple)


@given(_inlines, st.sampled_from(["en", "ru", "zh", "ur", "he", "xx"]))
def test_nothing_is_lost(inlines: Inlines, lang: str) -> None:
    found = sentences("u", inlines, lang)
    whole = joined(item for one in found for item in (*one.inlines, *one.gap))
    assert whole == joined(inlines)
    assert [one.id for one in found] == [f"u.s{n}" for n in range(1, len(found) + 1)]
    assert all(one.inlines for one in found)
    assert all(isinstance(g, Space | SoftBreak | LineBreak) for one in found for g in one.gap)

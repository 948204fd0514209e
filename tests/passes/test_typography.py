"""Micro-typography, a table a language: what is written, what is set. ~ is a no-break space."""

import pytest
from faircopy.core import ast, pandoc
from faircopy.core.ast import Inlines
from faircopy.core.model import Role
from faircopy.languages import locale
from faircopy.languages.loading import every
from faircopy.passes import acronyms, bidi, shown_addresses
from faircopy.passes.typography import typeset
from faircopy.passes.units import unit
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = [
    ("en-GB", '"So," he said', "“So,” he said"),
    ("en-GB", "a 'quoted' word", "a ‘quoted’ word"),
    ("en-GB", "it grew -- slowly -- again", "it grew~– slowly~– again"),
    ("en-GB", "exceeding 300 billion US dollars", "exceeding 300~billion US dollars"),
    ("en-GB", "grew by 6.5 percent, at last", "grew by 6.5~percent, at last"),
    ("en-GB", "on January 31, under Resolution 2803", "on January~31, under Resolution~2803"),
    ("en-GB", "Donald J. Trump and President Trump", "Donald J.~Trump and President~Trump"),
    ("es", "hasta 5,1 m. Véase allí", "hasta 5,1~m. Véase allí"),
    ("en-GB", "the President said", "the President said"),
    (
        "en-GB",
        "the very last of all these many words goes home now",
        "the very last of all these many words goes home~now",
    ),
    (
        "en-GB",
        "a rather long paragraph that has a considerable conclusion",
        "a rather long paragraph that has a considerable conclusion",
    ),
    ("en-GB", "it grew *fast* -- and well", "it grew fast~– and well"),
    ("ru", '"Слово" в Алма-Ате', "«Слово» в~Алма-Ате"),
    ("ru", "15 млн человек — это много людей сегодня", "15~млн человек~— это много людей сегодня"),
    ("kk", '"Сөз" 2026 жылы', "«Сөз» 2026~жылы"),
    ("fr", "Quoi ? Oui ! Bien : voilà", "Quoi\u202f? Oui\u202f! Bien~: voilà"),
    ("fr", "dit « oui », l'« *or* » et « non ! »", "dit «~oui~», l’«~or~» et «~non\u202f!~»"),
    ("de", '"Wort" und 3 Millionen', "„Wort“ und 3~Millionen"),
    ("ur", '"لفظ" اور 15 فیصد', "“لفظ” اور 15~فیصد"),
    ("ar", '"كلمة" و 15 مليون', "«كلمة» و~15~مليون"),
    ("zh-Hans", "“词语”", "“词语”"),
    ("zh-Hant", '"詞語"', "「詞語」"),
    ("zh-TW", '"詞語"', "「詞語」"),
]


def read(text: str) -> Inlines:
    block = pandoc.read(text).blocks[0]
    assert isinstance(block, ast.Para)
    return (unit("u", Role.PARAGRAPH, block.inlines),)


@pytest.mark.parametrize(("lang", "written", "expected"), CASES)
def test_set(lang: str, written: str, expected: str) -> None:
    out = ast.text(typeset(read(written), locale(lang)))

    assert out.replace("\u00a0", "~") == expected


words = st.lists(
    st.one_of(
        st.sampled_from(["President", "15", "млн", "–", "«", "в", "U.S.", "GDP", "?", "SCO،", "a"]),
        st.text(st.characters(blacklist_categories=("Cs", "Cc", "Z")), min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(words, st.sampled_from([row.tag for row in every()]))
def test_twice_is_once_and_no_word_changes(found: list[str], lang: str) -> None:
    inlines: list[ast.Inline] = []
    for at, word in enumerate(found):
        inlines += [*([ast.Space()] if at else []), ast.Str(word)]
    before = (unit("u", Role.PARAGRAPH, tuple(inlines)),)

    def once(value: Inlines) -> Inlines:
        return bidi.isolate(acronyms.mark(typeset(value, locale(lang))), locale(lang))

    after = once(before)
    assert ast.text(typeset(after, locale(lang))).split() == ast.text(before).split()
    assert bidi.isolate(after, locale(lang)) == after
    assert acronyms.mark(acronyms.mark(before)) == acronyms.mark(before)
    set_once = typeset(before, locale(lang))
    assert typeset(set_once, locale(lang)) == set_once


def test_no_acronym_is_marked_in_an_address() -> None:
    for text in ("See https://doi.org/10.1/MCG.2020", "[doi.org/MCG](https://doi.org/MCG)"):
        marked = acronyms.mark(shown_addresses.mark(read(text)))
        assert not [n for n in ast.find(marked, ast.Span) if n.attr.classes == ("acronym",)]


def test_acronyms() -> None:
    marked = acronyms.mark(read("The SCO, U.S. and GDP; not I, not SC2, not Covid-SARS."))

    spans = [n for n in ast.walk(marked) if isinstance(n, ast.Span)]
    assert [ast.text(n) for n in spans if n.attr.classes == ("acronym",)] == ["SCO", "U.S.", "GDP"]


def test_latin_words_are_isolated_in_right_to_left_text() -> None:
    marked = bidi.isolate(read("تنظيم SCO، OIC، CICA"), locale("ar"))

    spans = [n for n in ast.walk(marked) if isinstance(n, ast.Span) and n.attr.get("dir")]
    assert [(ast.text(n), n.attr.get("dir")) for n in spans] == [
        ("SCO", "ltr"),
        ("OIC", "ltr"),
        ("CICA", "ltr"),
    ]

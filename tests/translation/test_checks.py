"""Checks of words: what each one finds, and what it lets pass."""

from __future__ import annotations

import pytest
from faircopy.core import ast
from faircopy.core.ast import Inline
from faircopy.translation import codes, terms
from faircopy.translation.checks import Pair, check
from faircopy.translation.names import Names
from faircopy.translation.terms import TermChecker, Terms

TABLE: dict[str, Inline] = {
    "1": ast.Strong(()),
    "2": ast.Quoted((ast.QuoteType("DoubleQuote"), ())),
    "3": ast.LineBreak(),
}


NAMES = Names(
    map(
        codes.parse_notation,
        [
            "They went to Port Esk, on a Monday, and the County paid for Van Gogh.",
            "Every county knows <2>We the People</2> and Tom Reilly.",
        ],
    ),
    ("Nino Beridze",),
)


def pair(source: str, target: str, lang: str = "ru", role: str = "answer") -> Pair:
    return Pair(
        codes.parse_notation(source),
        codes.parse_notation(target),
        TABLE,
        role,
        "en-GB",
        lang,
        names=NAMES,
    )


def found(source: str, target: str, lang: str = "ru", role: str = "answer") -> list[str]:
    return [problem.check for problem in check(pair(source, target, lang, role))]


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("author", "Jean-Luc Ångström"),
        ("interviewee", "bell hooks"),
        ("interviewer", "Miriam O’Dowd"),
        ("byline", "Miriam O’Dowd and others"),
        ("outlet", "The Weekly Tide"),
        ("rights", "© 2026 Tide & Sons Ltd"),
        ("cell", "5.1 m, 1.3 km², 4"),
        ("cell", "Port Esk"),
        ("cell", "Tom Reilly"),
        ("answer", "Nino Beridze:"),
        ("answer", "https://example.org/a-b"),
        ("answer", "<1>harbour@tide.example</1>, www.example.org, example.org/esk"),
    ],
)
def test_names_numbers_and_addresses_may_stay(role: str, text: str) -> None:
    assert found(text, text, "de", role) == []


@pytest.mark.parametrize(
    ("lang", "role", "text"),
    [
        ("de", "cell", "County"),  # which is a name once, and a word elsewhere
        ("de", "cell", "Monday"),
        ("de", "cell", "Ratepayers"),
        ("de", "heading", "The Wall"),
        ("de", "rights", "© 2026 Tide & Sons. All rights reserved."),
        ("de", "answer", "Port Esk paid."),
        ("de", "answer", "We"),
        ("ru", "author", "Jean-Luc Ångström"),  # whose name is written in Cyrillic there
        ("ru", "cell", "Port Esk"),
        ("ja", "author", "Jean-Luc Ångström"),
    ],
)
def test_what_is_a_word_is_to_be_translated(lang: str, role: str, text: str) -> None:
    assert found(text, text, lang, role) == ["identical"]


GOOD = [
    ("ru", "It grew by 6.5 percent to 15,000.", "Рост на 6,5 процента, до 15 000."),
    ("ur", "It grew by 6.5 percent to 15,000.", "یہ ۶٫۵ فیصد بڑھ کر ۱۵٬۰۰۰ ہو گیا۔"),
    ("ru", "DNA", "DNA"),
    ("ru", "Write to a@b.org (or not).", "Пишите на a@b.org (или нет)."),
    ("ru", "<1>Bold</1> and plain.", "Просто и <1>жирно</1>."),
    ("ru", "He said <2>yes</2>.", "Он сказал <2>да</2>."),
    ("ur", "They walked slowly, very slowly.", "وہ آہستہ آہستہ چلے، بہت آہستہ۔"),
    ("zh-Hans", "Do you believe that the peace plan has a future?", "您认为和平计划有前途吗？"),
    ("ur", "What is it?", "یہ کیا ہے؟"),
    ("ru", "It is low, as we know.", "Она низкая. Мы это знаем."),
    ("ru", "Mr. A. B. Smith of the U.S. came.", "Приехал г-н А. Б. Смит из США."),
    ("de", "<2>We were back in March.</2>", "<2>Im März waren wir zurück.</2>"),
    ("de", "“We were back.”", "„Wir waren zurück.“"),
    ("de", "“We were back.”", "»Wir waren zurück.«"),
    ("de", "‘We were back.’", "‚Wir waren zurück.‘"),
    ("de", "‘We were back.’", "›Wir waren zurück.‹"),
    ("fr", "“We were back.”", "« Nous sommes revenus. »"),
    ("fr", "Nobody was asked…", "Personne n’a été consulté..."),
    ("ru", "He said: “Back.”", "Он сказал: «Назад»."),
    ("ru", "He said: “Back.”", "Он сказал: „Назад.“"),
    ("sv", "“We were back.”", "”Vi var tillbaka.”"),
    ("ja", "“We were back in spring.”", "「春に戻りました。」"),
    ("el", "Were you back?", "Γυρίσατε;"),
    ("th", "We were back.", "เรากลับมาแล้ว"),
    ("de", "Nobody has counted", "Niemand hat mitgerechnet:"),
    ("de", "A sum that the county has given.", "Eine Summe, die die Grafschaft gegeben hat."),
    ("de", "See https://example.org/4/5 now.", "Siehe jetzt https://example.org/4/5."),
    ("de", "He said <2>yes </2>now.", "Er sagte jetzt <2>ja </2>und."),
    ("ja", "The river is very low today.", "今日は川がとても低い。"),
    ("kk", "The SCO grows.", "ШЫҰ-ға жаңа мүшелер қосылды, ол өсті."),
]


@pytest.mark.parametrize(("lang", "source", "target"), GOOD)
def test_good_translations_pass(lang: str, source: str, target: str) -> None:
    assert found(source, target, lang) == []


BAD = [
    ("identical", "ru", "The river is low.", "The river is low."),
    ("numbers", "ru", "It has 25 marks.", "У неё 52 отметки."),
    ("numbers", "ur", "It has 25 marks.", "اس پر ۲۶ نشان ہیں۔"),
    ("numbers", "ru", "It has marks.", "У неё 5 отметок."),
    ("addresses", "ru", "See https://example.org/a now.", "См. https://example.com/a сейчас."),
    ("ending", "ru", "It is low.", "Она низкая"),
    ("ending", "ur", "Is it low?", "یہ کم ہے۔"),
    ("brackets", "ru", "It is (very) low.", "Она (очень низкая."),
    ("mixed-script", "ru", "The council.", "Сoвет."),
    ("script", "ru", "The river is very low today.", "La rivière est basse aujourd'hui."),
    ("characters", "ru", "It is low.", "Она низ\u00adкая."),
    ("characters", "ru", "It is low.", "Она низ\ufffdкая."),
    ("bidi", "ur", "It is low.", "یہ \u2067کم ہے۔"),
    ("bidi", "ur", "It is low.", "یہ \u202bکم\u202c ہے۔"),
    ("quotes", "ru", "He said <2>yes</2>.", "Он сказал «<2>да</2>»."),
    ("quotes", "ru", "He said <2>yes</2>.", "Он сказал <2>«да»</2>."),
    ("length", "ru", "A sentence that goes on and on about the river.", "Река."),
    ("doubled", "ru", "It is in the book.", "Это в в книге, она она там."),
    ("doubled", "ur", "It is in the book.", "یہ کتاب میں میں ہے۔"),
    ("ending", "ru", "It lists three:", "Есть три"),
    ("sentences", "ru", "It is low, and we know.", "Она низкая. Да. Мы знаем. И это так."),
    ("sentences", "ur", "It is low, and we know.", "یہ کم ہے۔ ہاں۔ ہم جانتے ہیں۔"),
    ("spaces", "ru", "He said <2>yes</2>.", "Он сказал <2> да</2>."),
    ("spaces", "ru", "He said <2>yes</2>.", "Он сказал <2>да </2>."),
    ("spaces", "ru", "It is low.", "Она  низкая."),
]


@pytest.mark.parametrize(("name", "lang", "source", "target"), BAD)
def test_each_check_finds_its_fault(name: str, lang: str, source: str, target: str) -> None:
    assert name in found(source, target, lang)


@pytest.mark.parametrize(
    "target",
    ["Esk Courier", "< 1 >Esk Courier", "<1>Esk</1> <1>Courier</1>", "<1>Esk <4/>Courier</1> 9"],
)
def test_words_are_not_judged_where_codes_are_wrong(target: str) -> None:
    assert set(found("See <1>Esk Courier</1>, 2 June.", target, "de")) == {"codes"}


def test_a_code_that_nobody_can_read_is_told_how_to_write() -> None:
    problems = list(check(pair("<1>Yes</1> or <3/> no", ">1<Да>1/< или < 3 >> нет")))
    assert [problem.message for problem in problems] == [
        "<1> is missing: bold around “Yes”",
        "<3/> is missing: line break",
    ]
    assert "<1>…</1>" in problems[0].remedy
    assert "the edition would print “< 3 >”" in problems[1].remedy


def test_typed_quotation_marks_are_no_code() -> None:
    (problem,) = check(pair("<2>We were back.</2>", "„Wir waren zurück.“", "de"))
    assert problem.remedy.startswith("Write <2>…</2> for the quotation marks")


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("In 1983 it rose.", "1938 stieg es.", "1938 stands where the source has 1983"),
        ("In 1983 it rose.", "Damals stieg es.", "1983 of the source is not in the translation"),
        ("It rose then.", "1983 stieg es.", "1983 is not in the source"),
        (
            "See https://a.org/1 now.",
            "Siehe https://a.org/2 jetzt.",
            "the address https://a.org/2 stands where the source has https://a.org/1",
        ),
        ("See it now.", "Siehe jetzt a@b.org.", "the address a@b.org is not in the source"),
    ],
)
def test_a_slip_is_told_once(source: str, target: str, expected: str) -> None:
    assert [problem.message for problem in check(pair(source, target, "de"))] == [expected]


def test_a_heading_has_a_budget() -> None:
    long = "Очень длинный заголовок, который не поместится ни в одну строку газеты"
    assert found("A short heading", long, role="heading") == ["length"]
    assert found("A short heading", long) == []


def test_damage_to_characters_is_an_error() -> None:
    (problem,) = check(pair("It is low.", "Она низ\ufffdкая."))
    assert (problem.check, problem.severity) == ("characters", "error")


GLOSSARY = (
    "term\tdefinition\tru\tur\n"
    "Board of Peace\tAn international body\tСовет мира | !Мирный совет\tبورڈ آف پیس\n"
    "Kurultai\t\tКурултай\t\n"
)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("The Board of Peace met.", "Заседание Совета мира.", []),
        ("The Board of Peace met.", "Заседание комитета.", ["term"]),
        ("The Board of Peace met.", "Совет мира, он же Мирный совет.", ["term"]),
        ("The Kurultai met.", "Депутаты Курултая собрались.", []),
        ("DNA asked.", "Спросила газета ДНК.", ["keep"]),
        ("DNA asked.", "Спросила DNA.", []),
        ("DNAX asked.", "Спросила газета.", []),
    ],
)
def test_terms_are_kept_in_any_form(source: str, target: str, expected: list[str]) -> None:
    settled = Terms(
        terms.read_glossary(GLOSSARY.encode(), "g"),
        terms.read_keep(b"# names\nDNA # outlet\n", "k"),
    )
    checker = TermChecker(settled, "ru-RU")
    assert [problem.check for problem in checker.check(pair(source, target))] == expected


def test_the_glossary_comes_back_as_it_went() -> None:
    settled = Terms(terms.read_glossary(GLOSSARY.encode(), "g"))
    assert terms.read_glossary(terms.write_glossary(settled), "g") == settled.glossary


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("The keeper wrote it down every day.", "Der Wärter the keeper wrote it down.", True),
        ("A river gauge and its keeper", "Pegel: river gauge and its keeper", True),
        ("So did its keeper", "Auch er. So did its keeper", True),
        ("The keeper wrote it down every day.", "Der Wärter schrieb es in the book.", False),
        ("He read “We the People” in Port Esk.", "Er las „We the People“ in Port Esk.", False),
        ("They said yes to it", "Sie sagten yes to es", False),
    ],
)
def test_what_is_left_of_the_source_is_told(source: str, target: str, left: bool) -> None:
    assert ("source-left" in found(source, target, "de")) is left


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ("Go <1>there</1>", "Geh hin <1></1>", ["codes"]),
        ("Go <1>there</1>", "Geh <1> </1> hin", ["codes"]),
        ("Go <1><3/></1> on", "Geh <1><3/></1> weiter", []),
        ("Go <1></1> on", "Geh <1></1> weiter", []),
        ("Go on", "Geh <7></7> weiter", ["codes"]),
    ],
)
def test_a_code_is_around_what_it_was_around(source: str, target: str, codes: list[str]) -> None:
    assert found(source, target, "de") == codes


@pytest.mark.parametrize(
    ("lang", "source", "target", "check"),
    [
        ("de", "It is low.", "Er ist **niedrig** heute.", "markdown"),
        ("de", "It is low.", "Er ist *niedrig* heute.", "markdown"),
        ("de", "It is low.", "Er ist _niedrig_ heute.", "markdown"),
        ("de", "It is low.", "Er ist [niedrig](https://x.example).", "markdown"),
        ("de", "It is low.", "Er ist `niedrig` heute.", "markdown"),
        ("de", "The river", "## Der Fluss", "markdown"),
        ("de", "It is low – very.", "Er ist niedrig -- sehr.", "typed"),
        ("de", "“It is low.”", '"Er ist niedrig."', "typed"),
        ("ar", "It is low, he says.", "إنه منخفض, يقول.", "marks"),
        ("ur", "Is it low?", "کیا یہ نیچی ہے?", "marks"),
        ("zh-Hans", "It is low, he says.", "水位很低, 他说。", "marks"),
        ("ja", "It is low.", "低いです.", "marks"),
        ("de", "It is low, he says.", "Er ist niedrig， sagt er.", "marks"),
        ("ru", "Is it low?", "Она низкая؟", "marks"),
    ],
)
def test_what_is_typed_as_markdown_or_in_another_script_is_told(
    lang: str, source: str, target: str, check: str
) -> None:
    assert check in found(source, target, lang)


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("de", "5 * 3 * 2 = 30", "5 * 3 * 2 = 30"),
        ("de", "Write *here*.", "Schreib *hier*."),
        ("de", "The name is a_b_c.", "Der Name ist a_b_c."),
        ("de", "It is 6' 5\" high.", "Er ist 6' 5\" hoch."),
        ("zh-Hans", "See example.org, DNA.", "见 example.org、DNA。"),
        ("ar", "It grew by 1,000.", "زاد بمقدار 1,000."),
        ("ur", "It is low.", "یہ نیچی ہے۔"),
        ("he", "It is low, he says.", "הוא נמוך, הוא אומר."),
        ("hi", "It is low, he says.", "वह कहता है, यह नीचा है।"),
    ],
)
def test_what_is_no_markdown_and_of_the_own_script_is_passed(
    lang: str, source: str, target: str
) -> None:
    assert not {"markdown", "typed", "marks"} & set(found(source, target, lang))

"""Lint, a case a rule: what is written, what is found where, and what is let pass."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Severity
from faircopy.core.model import Publication
from faircopy.manuscript.lint import IGNORES, RULES, Ignore, ignores, lint, spelling

Read = Callable[..., Publication]

FULL = (
    "---\ntitle: T\nlang: {}\nkind: {}\nauthor: A\ndate: 2026\ndescription: D\nrights: R\n"
    "publisher: P\nstandfirst: S\n---\n\n"
)
FIRST = FULL.count("\n") + 1
"""Line of the text's first line."""

FOUND = [
    ("en", "article", "The Khalyk Kenesі met.\n", "mixed-script", 12),
    ("ru", "article", "Слово cлово.\n", "mixed-script", 7),
    ("en", "article", "It was was good.\n", "doubled-word", 4),
    ("en", "article", "First,second and third.\n", "missing-space", 1),
    ("en", "article", "One ended.Then another began.\n", "missing-space", 5),
    ("en", "article", "It grew by 6,5 percent.\n", "decimal-separator", 12),
    ("ru", "article", "Рост на 6.5 процента.\n", "decimal-separator", 9),
    ("en", "article", "Take a apple.\n", "doubtful-article", 6),
    ("en", "article", "Take an book.\n", "doubtful-article", 6),
    ("en", "article", "GDP surpassed\n\n15,000 US dollars.\n", "cut-sentence", 1),
    (
        "en",
        "interview",
        "## Why?\n\n## How?\n\nSo it is, and so it was before.\n",
        "question-unanswered",
        4,
    ),
    ("en", "interview", "## Why was it so late?\n\nSo.\n", "answer-short", 4),
    ("en", "article", "As @doe said.\n", "citation-unresolved", 4),
    ("en", "article", "He said «so» here.\n", "foreign-quotes", 10),
    ("ru", "article", "Он сказал ”так” здесь.\n", "foreign-quotes", 12),
    ("de", "article", "Er sagt „so” hier.\n", "foreign-quotes", 10),
    ("fr", "article", "Il dit „oui‟ ici.\n", "foreign-quotes", 9),
    ("en", "article", "It don´t go.\n", "wrong-apostrophe", 4),
    ("en", "article", "They is late.\n", "doubtful-agreement", 1),
    ("en", "article", "Now it have come.\n", "doubtful-agreement", 5),
    ("en", "article", "Late, they is. Then not.\n", "doubtful-agreement", 7),
    ("de", "article", "Der Wert,die Zahl: der Mann und die Frau.\n", "missing-space", 5),
    ("de", "article", "So sind 8.30 Meter.\n", "decimal-separator", 9),
    ("fr", "article", "Il est est venu.\n", "doubled-word", 4),
    ("ur", "article", "یہ یہ ہے۔\n", "doubled-word", 1),
    ("he", "article", "זה גם גם כאן.\n", "doubled-word", 4),
    ("kk", "article", "Өсім 6.5 пайыз.\n", "decimal-separator", 6),
    ("de", "article", "Es wuchs um 6.5 Prozent.\n", "decimal-separator", 13),
    ("tr", "article", "Ama yol kapalı\n\nve köprü yok.\n", "cut-sentence", 1),
    ("ru", "article", "Первый,второй и третий.\n", "missing-space", 1),
    ("en", "article", "So *not closed.\n", "emphasis-open", 5),
    ("en", "article", "So **not closed.\n", "emphasis-open", 6),
    ("en", "article", "So not_ closed.\n", "emphasis-open", 4),
    ("en", "article", "So `not closed.\n", "code-open", 5),
    ("en", "article", "So ~~not closed.\n", "strikeout-open", 4),
    ("en", "article", "So:\n\n```\ncode.\n", "fence-open", 1),
    ("en", "article", "See [this] (http://a.org) now.\n", "link-broken", 13),
    ("en", "article", "See [this](http://a.org now.\n", "link-broken", 12),
    ("en", "article", "See [this][that] now.\n", "link-broken", 12),
    ("en", "article", "So it is.\n::: note\n\nOr so.\n\n:::\n", "div-unmarked", 7),
    ("en", "article", "## Why {#why\n\nSo.\n", "attributes-broken", 10),
    ("en", "article", "##Why\n\nSo.\n", "heading-unmarked", 3),
    ("en", "article", "So.\n## Why\n\nSo.\n", "heading-joined", 1),
    ("en", "article", "These:\n- one\n- two\n", "list-unmarked", 1),
    ("en", "article", "So.\n\n    Then it was so.\n", "code-by-indent", 1),
    ("en", "article", "## Why {why}\n\nSo.\n", "attributes-broken", 9),
    (
        "en",
        "interview",
        "## Why? {why .heading}\n\nSo it is, as it was.\n",
        "attributes-broken",
        10,
    ),
    ("en", "article", "| a | b |\n|---|---|\n| c | d | |\n", "table-row", 1),
    ("en", "article", "| a | b |\n|---|---|\n| c | d |\n| e |\n", "table-row", 1),
    ("en", "article", "| a | b |\n|---|---|---|\n| c | d | e |\n", "table-row", 1),
    ("en", "article", "a | b\n-|-\nc | d | |\n", "table-row", 1),
    ("en", "article", "> | a | b |\n> |---|---|\n> | c | d | |\n", "table-row", 3),
    ("en", "article", "These:\n| a | b |\n|---|---|\n| c | d |\n", "table-unread", 1),
    ("en", "article", "|---|---|\n| c | d |\n", "table-unread", 3),
    ("en", "article", "| a | b |\n| c | d |\n", "table-unread", 3),
    ("en", "article", "| a | b |\n|———|———|\n| c | d |\n", "table-unread", 3),
    ("en", "article", "- one\n  | a | b |\n  |---|---|\n  | c | d |\n", "table-unread", 3),
    ("en", "article", "# One\n\nSo.\n\n# Two\n\nSo.\n", "heading-top", 3),
    ("en", "article", "## One\n\nSo.\n\n## One\n\nSo.\n", "heading-twice", 4),
    ("en", "article", "So.\n\n**The second part**\n\nSo.\n", "heading-bold", 3),
    ("en", "article", "It is at https://example.org/a, so.\n", "address-bare", 10),
    ("en", "article", "It is at www.example.org now.\n", "address-bare", 10),
    ("en", "article", "If $a^2 is the square, so be it.\n", "formula-open", 5),
    ("en", "article", "‘Tis so in the ’90s.\n", "wrong-apostrophe", 2),
    ("en", "article", "So it\u00ad is.\n", "soft-hyphen", 4),
    ("en", "article", "3. Three.\n7. Seven.\n", "list-number", 1),
    ("en", "article", "5. Five.\n6. Six.\n\n1848. It was.\n", "list-number", 1),
    ("en", "article", "1. One.\n\n   1. A.\n   3. B.\n\n2. Two.\n", "list-number", 4),
]

PASSED = [
    (
        "en",
        "article",
        "1. One.\n1. Two.\n\n   1. A.\n   2. B.\n\n1. Three.\n\nSo:\n\n5. Five.\n6. Six.\n",
    ),
    (
        "en",
        "article",
        "Its energy per unit area is\n\n$$E = mc^2,$$\n\nwhere $m$ is its mass, and see\n\n"
        "<https://example.org/a>\n\nor `a` costs \\$x, $5, A$AP or US$ 5.\n",
    ),
    (
        "en",
        "interview",
        "## Why were schools so late to open there?\n\nFor three reasons:\n\n- the road,\n"
        "- the money and\n- the snow.\n\n## How?\n\n- By train.\n",
    ),
    (
        "en",
        "interview",
        "**A:** Is it so, and why?\n\n**B:** So:\n\n- one and two and then,\n- three and more.\n",
    ),
    ("en", "book", "# One\n\nSo.\n\n# Two\n\n**So it is.**\n\n‘tis’ and <https://a.org/b>\n"),
    (
        "en",
        "article",
        "He had had enough: at 10:30, for 15,000 and 6.5, U.S. and e.g. “so,” x86.\n",
    ),
    (
        "en",
        "article",
        "An hour, a union, a one-off, a European, an MP; see example.org/a,b `a,b 6,5`.\n",
    ),
    (
        "de",
        "article",
        "Die Leser:innen, die die Mauer bauten, wissen, dass das das Beste ist: um 8.30 Uhr.\n",
    ),
    ("en", "article", "Those who say this have never read it. The papers about it are lost.\n"),
    ("ru", "article", "Рост на 6,5 процента, ООН и ВВП, д. 5, т.е. так.\n"),
    ("kk", "article", "Қазақстан Республикасы мен Ұлттық кеңес.\n"),
    ("en", "article", "One two three.\n\n::: pull-quote\nOne two three.\n:::\n"),
    ("en", "article", "She named three:\n\n1815, 1848 and 1871.\n"),
    (
        "en",
        "article",
        "5 * 3 * 2, snake_case_word, \\*so, \\_so, \\`so, a # b, C#, 2*, {x}: ~5, [b].\n",
    ),
    (
        "en",
        "article",
        "#climate is what #they say. `a *b [^c] {#d` and [*so*](http://a.org)[^1].\n"
        "\n[^1]: **So**, ~~or~~ [so]{.smallcaps}.\n",
    ),
    (
        "en",
        "article",
        "- one\ntwo\n- three\n\n> so\n- so\n\n    print(x) # 1\n\n```\n- a\n- b\n```\n",
    ),
    ("en", "article", "It was on the\n– so they said –\n12. of May.\n"),
    ("en", "article", "Let it do so, as it were; did he have it? “Yes,” he said: ‘it’s “so”’.\n"),
    ("en", "article", 'In French [il «est est» là, 6,5 fois]{lang=fr}, and it\'s "so".\n'),
    ("en", "article", "::: {lang=ru}\nОн сказал: «так так», 6,5.\n:::\n"),
    ("en-US", "article", "The color—so she said—was “gray,” at 3:30 p.m., 5'4\" and 1,000.5 m.\n"),
    ("ru", "article", "— Нет, — сказал он. — «Так», «„эдак“» и т. д. В 2026 г. рост — 6,5 %.\n"),
    ("kk", "article", "Ол «иә» деді; бірте-бірте, жылдан жылға, тезірек тезірек өсті: 6,5 %.\n"),
    ("ur", "article", "پہنچتے پہنچتے دیر ہو گئی؛ “ہاں،” اس نے کہا۔ قیمت 6.5 ہے۔\n"),
    ("ar", "article", "قال: «نعم»، ثم مشى رويدا رويدا؛ بنسبة 6٫5 في المئة، أليس كذلك؟\n"),
    ("he", "article", "הוא אמר: ״כן״, והלך לאט לאט; צה״ל, ד״ר כהן, 6.5 אחוזים.\n"),
    ("zh", "article", "他说：“是的。”然后慢慢慢慢地走了，增长6.5%，共1,000人。\n"),
    (
        "fr",
        "article",
        "« Oui », dit-il ; l’été, c’est-à-dire 6,5 % : “ainsi” ! Et après ? Voilà.\n",
    ),
    ("de", "article", "„Ja“, sagte er, ‚so‘ ist’s; z. B. am 5. Mai, 6,5 Prozent, 1.000 Leute.\n"),
    (  # tables of every make, with borders that are none
        "en",
        "article",
        "::: x\n| a | b |\n|:--|-:|\n| `x|y` | $|z|$ |\n| c\\|d | |\n| ``|`|`` | <b|c> |\n:::\n\n"
        "a | b\n-|-\nc | d\n: A caption\n\n| a | b |\n|---+---|\n| c | d |\n\n"
        "## Head\n| a |\n|---|\n| b |\nAnd text.\n\n"
        "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n",
    ),
    (
        "en",
        "article",
        "```\n| a | b |\n|---|---|\n| c |\n```\n\n    | a | b |\n    |---|---|\n    | c |\n\n"
        "| The lines of a poem\n|    may stand | here\n| and there\n\n"
        "The values |x| and |y| of $|z|$, `|--|` too: a | b --- c | d.\n\n$$\n|x| = |y|\n$$\n",
    ),
    (
        "en",
        "article",
        "## Sets {a, b} of {x}\n\n## Code `{why}`\n\n## None {-}\n\n## One {lang=en}\n\n"
        "## Two {#two .three}\n\nSo it is {why}.\n",
    ),
    ("tr", "article", "“Evet,” dedi; yavaş yavaş, ev ev dolaştı. İstanbul’da artış yüzde 6,5.\n"),
]


def all_known(words: frozenset[str], dictionary: str) -> frozenset[str]:
    return frozenset()


def found(publication: Publication, *ignored: Ignore) -> tuple[Diagnostic, ...]:
    items = lint(publication, ignored, ask=all_known)
    return tuple(i for i in items if i.code not in ("metadata-gap", "spelling-not-run"))


@pytest.mark.parametrize(("lang", "kind", "text", "code", "column"), FOUND)
def test_found(read: Read, lang: str, kind: str, text: str, code: str, column: int) -> None:
    items = found(read(FULL.format(lang, kind) + text))

    assert [item.code for item in items] == [code]
    assert items[0].place is not None
    assert items[0].place.line >= FIRST
    assert items[0].place.column == column
    assert items[0].remedy


@pytest.mark.parametrize(("lang", "kind", "text"), PASSED)
def test_let_pass(read: Read, lang: str, kind: str, text: str) -> None:
    assert found(read(FULL.format(lang, kind) + text)) == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ka", "ის ამბობს: „კი“, 6,5 და 6.5.\n"), ("ckb", "ئەو گوتی: «بەڵێ»، 6,5.\n")],
)
def test_no_conventions_are_asked_of_a_language_that_has_none_here(
    read: Read, lang: str, text: str
) -> None:
    items = found(read(FULL.format(lang, "article") + text))

    assert [item.code for item in items] == ["language-unknown"]


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in RULES)


def test_metadata_gaps(read: Read) -> None:
    gaps = [item for item in lint(read("Text.\n"), ask=all_known) if item.code == "metadata-gap"]

    assert [item.message.split("“")[1].split("”")[0] for item in gaps] == [
        "author",
        "date",
        "description",
        "rights",
        "publisher",
        "standfirst",
    ]


def test_a_finding_that_is_meant(read: Read) -> None:
    publication = read(FULL.format("en", "article") + "It was was good.\n")
    meant = Ignore(code="doubled-word", text="was was", reason="A stammer.")

    assert found(publication, meant) == ()


@pytest.mark.parametrize("text", ["No space after", "no space after", "in “a,b”.", ""])
def test_an_ignore_names_words_as_they_are_shown(text: str) -> None:
    item = Diagnostic("missing-space", Severity.WARNING, "no space after “,” in “a,b”")
    assert Ignore(code="missing-space", text=text, reason="A code.").covers(item)


def test_an_ignore_that_covers_nothing(read: Read) -> None:
    publication = read(FULL.format("en", "article") + "It was was good.\n")
    old = Ignore(code="doubled-word", text="is is", reason="A stammer.")

    assert {item.code for item in found(publication, old)} == {"doubled-word", "ignore-unused"}


def test_a_query_answers_for_its_finding_and_is_shown(read: Read) -> None:
    query = '[[query]]\nid = "q"\ntext = "6,5 percent"\nquestion = "6.5?"\n'
    publication = read(
        FULL.format("en", "article") + "It grew by 6,5 percent.\n", queries_toml=query
    )

    assert [item.code for item in found(publication)] == ["query"]


def test_spelling(read: Read) -> None:
    asked: list[tuple[frozenset[str], str]] = []

    def ask(words: frozenset[str], dictionary: str) -> frozenset[str]:
        asked.append((words, dictionary))
        return frozenset({"freindly", "Witkoff"})

    text = "A freindly GDP, a freindly `cod` word: Witkoff’s and Kushner’s ’em.\n"
    publication = read(FULL.format("en", "article") + text)
    items = [i for i in lint(publication, (), frozenset({"Witkoff"}), ask) if i.code == "spelling"]

    assert asked == [(frozenset({"freindly", "word", "and", "Kushner’s"}), "en_GB")]
    assert [(i.message, i.place and i.place.column) for i in items] == [
        ("the dictionary does not know “freindly”", 3)
    ]


def test_names_of_the_front_matter_and_works_cited_are_not_asked_about(read: Read) -> None:
    asked: list[str] = []

    def ask(words: frozenset[str], dictionary: str) -> frozenset[str]:
        asked.extend(words)
        return frozenset()

    front = (
        "---\ntitle: T\nlang: en\nauthor: [Jörg Ångström]\ninterviewee: Nino Beridze\n"
        "references:\n- id: doe\n  type: book\n  title: Quux\n  author: [{family: Döe}]\n---\n\n"
    )
    lint(read(front + "As Ångström said to Nino [@doe, ch. 2].\n"), ask=ask)

    assert sorted(asked) == ["As", "said", "to"]


@pytest.mark.parametrize(
    ("front", "people"),
    [
        ("author: Jane Doe, John Roe", 1),
        ("author: Jane Doe and John Roe", 1),
        ("interviewee: Jane Doe & J. R. Roe", 1),
        ("author: [Jane Doe, John Roe]", 0),
        ("author: Jane Doe", 0),
        ("author: Doe, Jane", 0),
        ("author: Ministry of Trade and Industry", 0),
        ("author: John Roe, Jr.", 0),
    ],
)
def test_two_people_in_one_name(read: Read, front: str, people: int) -> None:
    items = lint(read(f"---\ntitle: T\nlang: en\n{front}\n---\n\nSo.\n"), ask=all_known)

    assert [item.code for item in items].count("people-in-one") == people


def test_spelling_that_nobody_checked_is_said_so(read: Read) -> None:
    publication = read(FULL.format("ur", "article") + "لفظ۔\n")

    assert [item.code for item in lint(publication)] == ["spelling-not-run"]


@pytest.mark.needs("hunspell")
@pytest.mark.parametrize(
    ("lang", "text", "unknown"),
    [
        ("en-GB", "A freindly neighbour’s colour.", {"freindly"}),
        ("ru", "Превет, дорогие друзья.", {"Превет"}),
        ("ar", "كتابٌ جديدٌ.", set()),
        ("he", "תשע־עשרה שנים.", set()),
        ("de", "Das schöne Haus ist alt.", set()),
        ("fr", "L’été, c’est beau.", set()),
        ("tr", "Güzel bir gün.", set()),
    ],
)
def test_hunspell(read: Read, lang: str, text: str, unknown: set[str]) -> None:
    publication = read(FULL.format(lang, "article") + text + "\n")

    items = [item for item in lint(publication) if item.code.startswith("spelling")]
    assert {item.message.split("“")[1].rstrip("”") for item in items} == unknown


def test_words_that_no_dictionary_of_the_language_can_know(read: Read) -> None:
    asked: list[str] = []

    def ask(words: frozenset[str], dictionary: str) -> frozenset[str]:
        asked.extend(words)
        return frozenset()

    text = "The river (река, نهر, [fleuve]{lang=fr}) is 5 km wide, or 6\u00a0mi; x or NATO.\n"
    lint(read(FULL.format("en", "article") + text), ask=ask)

    assert sorted(asked) == ["The", "is", "or", "river", "wide"]


def test_a_dictionary_that_does_not_suit_the_text_is_one_note(read: Read) -> None:
    words = [f"wo{a}{b}rd" for a in "abcdef" for b in "gh"]
    publication = read(FULL.format("en", "article") + " ".join(words) + ".\n")

    items = lint(publication, ask=lambda words, dictionary: words)

    (item,) = (item for item in items if item.code.startswith("spelling"))
    assert item.code == "spelling-doubtful"
    assert all(word in item.message for word in words)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('code = "a"', "the entry has no “reason”"),
        ('code = "a"\nreason = "b"\nwhy = "c"', "the entry has a key “why”, which nobody reads"),
        ('code = 7\nreason = "b"', "“code” must be text between quotation marks"),
        ('code = "a"\nreason = ""', "“reason” is empty"),
    ],
)
def test_a_wrong_entry_is_told_in_an_editors_words(tmp_path: Path, entry: str, said: str) -> None:
    (tmp_path / IGNORES).write_text(f"\n[[ignore]]\n{entry}\n")

    with pytest.raises(ManuscriptError) as caught:
        ignores(tmp_path, "m")

    (found,) = caught.value.diagnostics
    assert (found.message, str(found.place)) == (
        f"lint.toml cannot be read: {said}",
        "m/lint.toml:2:1",
    )


def test_an_ignore_needs_a_reason(tmp_path: Path) -> None:
    (tmp_path / IGNORES).write_text('\n[[ignore]]\ncode = "doubled-word"\nreason = ""\n')

    with pytest.raises(ManuscriptError, match=r"m/lint\.toml:2:1: .*reason"):
        ignores(tmp_path, "m")


WORDS = 2_000
SLOWEST = 0.3
"""Seconds of processor time for 2,000 words, beyond start-up (issue 4, item 5)."""


@pytest.mark.needs("hunspell")
def test_two_thousand_words_take_less_than_a_third_of_a_second(read: Read) -> None:
    sentence = "It was so {} late that they were tired of the long way home by then. "
    text = "".join(sentence.format(n) + ("\n\n" if n % 7 == 0 else "") for n in range(WORDS // 14))
    publication = read(FULL.format("en", "article") + text)
    assert len(text.split()) > WORDS
    lint(publication)
    took = []
    for _ in range(5):
        before = os.times()
        lint(publication)
        took.append(sum(os.times()[:4]) - sum(before[:4]))  # hunspell's work included

    assert min(took) < SLOWEST


@pytest.mark.needs("hunspell")
def test_no_dictionary_is_taken_from_where_we_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en_GB.aff").write_text("SET UTF-8\n")
    (tmp_path / "en_GB.dic").write_text("1\nfreindly\n")
    monkeypatch.chdir(tmp_path)

    assert spelling.hunspell(frozenset({"friendly", "freindly"}), "en_GB") == {"freindly"}


def test_words_of_ones_own_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ManuscriptError, match=r"words\.txt is not UTF-8"):
        spelling.own_words(tmp_path)

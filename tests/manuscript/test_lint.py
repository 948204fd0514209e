"""Lint, a case a rule: what is written, what is found where, and what is let pass."""

from collections.abc import Callable

import pytest

from pipeline.diagnostics import Diagnostic
from pipeline.manuscript.lint import RULES, Ignore, lint
from pipeline.model import Publication

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
    ("en", "article", "One two three.\n\n::: pull-quote\nOne three.\n:::\n", "pull-quote-words", 1),
    ("en", "article", "As said [@doe].\n", "citation-unresolved", 10),
]

PASSED = [
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
    ("ru", "article", "Рост на 6,5 процента, ООН и ВВП, д. 5, т.е. так.\n"),
    ("kk", "article", "Қазақстан Республикасы мен Ұлттық кеңес.\n"),
    ("en", "article", "One two three.\n\n::: pull-quote\nOne two three.\n:::\n"),
    ("en", "article", "She named three:\n\n1815, 1848 and 1871.\n"),
]


def all_known(words: frozenset[str], dictionary: str) -> frozenset[str]:
    return frozenset()


def found(publication: Publication, *ignored: Ignore) -> tuple[Diagnostic, ...]:
    return tuple(
        item for item in lint(publication, ignored, ask=all_known) if item.code != "metadata-gap"
    )


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

    text = "A freindly GDP, a freindly `cod` word: Witkoff’s and Kushner’s.\n"
    publication = read(FULL.format("en", "article") + text)
    items = [i for i in lint(publication, (), frozenset({"Witkoff"}), ask) if i.code == "spelling"]

    assert asked == [(frozenset({"freindly", "a", "word", "and", "Kushner’s"}), "en_GB")]
    assert [(i.message, i.place and i.place.column) for i in items] == [
        ("the dictionary does not know “freindly”", 3)
    ]


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
    ],
)
def test_hunspell(read: Read, lang: str, text: str, unknown: set[str]) -> None:
    publication = read(FULL.format(lang, "article") + text + "\n")

    items = [item for item in lint(publication) if item.code.startswith("spelling")]
    assert {item.message.split("“")[1].rstrip("”") for item in items} == unknown

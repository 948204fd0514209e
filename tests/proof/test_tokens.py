"""What typography may change without changing a word, and what it may not."""

from __future__ import annotations

import pytest
from faircopy.languages.loading import every
from faircopy.proof.tokens import is_word, tokens


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ('He said "yes".', "He said “yes”."),
        ("it's", "it’s"),
        ("«mot»", "«\u202fmot\u202f»"),
        ("Quoi ?", "Quoi\u202f?"),
        ("5 km", "5\u00a0km"),
        ("a -- b".replace("--", "–"), "a\u00a0— b"),
        ("wait...", "wait…"),
        ("interaction", "inter\u00adaction"),
        ("end", "end\u2060"),
        ("WMO", "\u2066WMO\u2069"),
        ("non-breaking", "non\u2011breaking"),
        ("-5", "−5"),
        ("caf\u00e9", "cafe\u0301"),
        ("☐ paint", "☐\u00a0paint"),
    ],
)
def test_typography_changes_no_word(written: str, set_: str) -> None:
    assert tokens(written) == tokens(set_)


def test_the_marks_of_every_language_are_one_sign() -> None:
    for locale in every():
        for opening, closing in (locale.double, locale.single):
            written = tokens(f"“ab”, “{'c' * 3}”")
            assert tokens(f"{opening}ab{closing}, {opening}ccc{closing}") == written, locale


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("word", "words"),
        ("Kenesi", "Kenesі"),  # the second ends in Cyrillic
        ("6,5", "6.5"),
        ("re-read", "reread"),
        ("re-read", "re read"),
        ("H2O", "H₂O"),
        ("US", "Us"),
        ("a b", "b a"),
        ("very very", "very"),
        ("“yes”", "yes"),
        ("one – two", "one two"),
        ("它们", "他们"),
    ],
)
def test_a_changed_word_is_another(one: str, other: str) -> None:
    assert tokens(one) != tokens(other)


def test_chinese_is_read_sign_by_sign_so_that_no_line_end_matters() -> None:
    assert tokens("河流记得\n一切。") == tokens("河流记得一切。") == list("河流记得一切。")


@pytest.mark.parametrize(
    ("token", "word"), [("US", True), ("6,5", True), ("–", False), ("⟦3⟧", False)]
)
def test_what_counts_as_a_word(token: str, word: bool) -> None:
    assert is_word(token) is word

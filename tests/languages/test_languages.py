"""The languages' files: whole, in agreement with what the tags say, and read when asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources

import pytest
from faircopy.languages import any_language, ends, known, locale, tags
from faircopy.languages.loading import Malformed, every, names, others, parsed, rows
from faircopy.passes.alphabets import script

ENGLISH = resources.files("faircopy.languages").joinpath("en.toml").read_text("utf-8")


@pytest.mark.parametrize("language", names())
def test_a_language_has_all_that_an_edition_needs(language: str) -> None:
    """Loading it names the key that is missing; here is what no type can say."""
    for row in rows(language):
        assert tags.primary(row.tag) == language
        assert tags.canonical(row.tag) == row.tag
        assert row.source
        assert tags.script(row.tag, row.script) == row.script
        assert (row.script in ("Arab", "Aran", "Hebr")) == (row.dir == "rtl")
        assert all(getattr(row.labels, name).strip() for name in row.labels.__struct_fields__)
        assert "{missing}" in row.summary.images_missing
        assert "{all}" in row.summary.images_missing
        marks = row.sentences
        for mark in marks.stop + marks.question + marks.exclamation:
            assert mark in ends.ALL or (language, mark) == ("el", ";")
        lists = (marks.always, marks.before_number, marks.before_ordinal, marks.after_ordinal)
        assert all(word == word.lower() for words in lists for word in words)


def test_a_language_stands_in_one_place() -> None:
    assert not set(names()) & set(others())


@pytest.mark.parametrize(
    ("there", "instead", "named"),
    [
        ('dash = "–"', "", "missing required field `dash`"),
        ('by = "By"', "", "missing required field `by` - at `$.labels`"),
        ('by = "By"', 'bye = "By"', "unknown field `bye` - at `$.labels`"),
        ('dash = "–"', "dash = 3", "Expected `str`, got `int` - at `$.dash`"),
        ('script = "Latn"', 'script = "Latin"', "Invalid enum value 'Latin' - at `$.script`"),
        ("[glue]", "[gleu]", "unknown field `gleu`"),
        ('decimal = "."', "decimal = .", "Invalid value (at line"),
    ],
)
def test_a_key_that_is_wrong_is_named_with_its_file(there: str, instead: str, named: str) -> None:
    assert there in ENGLISH
    with pytest.raises(Malformed, match=r"languages/en\.toml: ") as told:
        parsed("en", ENGLISH.replace(there, instead))
    assert named in str(told.value)


@pytest.mark.parametrize(
    ("tag", "double", "dash", "dictionary", "region"),
    [
        ("en-GB", "“”", "–", "en_GB", ""),
        ("en-us", "“”", "—", "en_US", ""),
        ("en-AU", "“”", "–", "en_GB", ""),
        ("kk", "«»", "–", "kk_KZ", "kk-KZ"),
        ("kk-Latn", "«»", "–", "kk_KZ", ""),
        ("zh", "“”", "——", "", "zh-CN"),
        ("zh-TW", "「」", "——", "", ""),
        ("zh-Hant", "「」", "——", "", "zh-TW"),
        ("nl", "“”", "–", "", ""),
    ],
)
def test_a_tag_finds_its_row(
    tag: str, double: str, dash: str, dictionary: str, region: str
) -> None:
    row = locale(tag)
    assert (row.tag, "".join(row.double), row.dash) == (tag, double, dash)
    assert (row.dictionary, row.region) == (dictionary, region)


def test_a_language_without_a_file_has_english_labels_and_what_is_known_of_it() -> None:
    row = locale("nl-BE")
    assert not known("nl-BE")
    assert row.labels == locale("en-GB").labels
    assert row.doubled.rightly == {"die", "dat"}
    assert not row.glue.short | row.display.leading | row.sentences.always
    assert locale("kk-Arab").dir == "rtl"
    assert locale("sr").script == "Cyrl"


def test_letters_are_asked_of_a_language_whatever_its_region() -> None:
    assert locale("ka-GE").letters == "ქართული"
    assert locale("en-GB").letters == ""


@pytest.mark.parametrize("letters", [one.letters for one in (*others().values(), *every())])
def test_letters_are_of_a_script(letters: str) -> None:
    assert not letters or script(letters[0])


def test_what_holds_everywhere_is_there() -> None:
    assert "km" in any_language().glue.after_number
    assert "that" in any_language().doubled.rightly


def test_no_file_is_read_before_it_is_asked_for() -> None:
    asked = (
        "import faircopy.tasks, faircopy.languages.loading as there;"
        "print([one.cache_info().currsize for one in (there.rows, there.others)]);"
        "there.locale('kk');"
        "print([one.cache_info().currsize for one in (there.rows, there.others)])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    assert done.stdout.split("\n")[:2] == ["[0, 0]", "[1, 0]"]

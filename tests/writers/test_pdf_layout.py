"""The layout check and what mends it: rules on made-up lines, and repairs on real pages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import layout, repair, setting
from faircopy.writers.pdf.balance import balanced, lines
from faircopy.writers.pdf.check import Finding, Rule, check
from faircopy.writers.pdf.composition import Composition, Setting
from faircopy.writers.pdf.hyphenation import Dictionaries, Syllables, longest_name
from faircopy.writers.pdf.layout import Block, Laid, Line
from faircopy.writers.pdf.repair import Repairs, mended, report
from faircopy.writers.pdf.setting.rules import HYPHEN
from hypothesis import given
from hypothesis import strategies as st

from tests.writers.test_pdf import publication

LEAD = 18.0


def line(text: str, **changed: object) -> Line:
    fields: dict[str, object] = {
        "key": "1", "tag": "p", "page": 1, "column": 0, "number": 1, "y": 0.0,
        "text": text.replace("‐", HYPHEN), "stretch": 0.0, "size": 13.6,
    }  # fmt: skip
    return Line(**(fields | changed))  # type: ignore[arg-type]


def rules(*found: Line, blocks: tuple[Block, ...] = ()) -> list[tuple[Rule, str]]:
    laid = Laid(found, blocks, (0.0,) * 9)
    return [(item.rule, item.word) for item in check(laid, LEAD, grid=bool(blocks))]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([line("One line."), line("And the other.")], []),
        # B1: one line of two alone on the next page
        ([line("a b c"), line("d e f"), line("g h i.", page=2)], [(Rule.WIDOW, "")]),
        # B2: three hyphens in a row; the third word is the one to leave whole
        (
            [line("one mean‐"), line("ing two part‐"), line("ner three coun‐"), line("try is so.")],
            [(Rule.LADDER, "country")],
        ),
        ([line("one mean‐"), line("ing two part‐"), line("ner three words.")], []),
        # B3: the column ends in a hyphen
        (
            [line("a b"), line("“part‐"), line("ner” c d", column=1), line("e f g.", column=1)],
            [(Rule.PAGE_END, "partner")],
        ),
        # a stroke of code is no hyphen
        ([line(text, tag="pre", column=n // 2) for n, text in enumerate(["a", "-", "b", "c"])], []),
        # B4: the end of a word, or next to nothing
        ([line("a long line part‐"), line("ner.")], [(Rule.RUNT, "partner")]),
        ([line("a long line of words"), line("so.")], [(Rule.RUNT, "")]),
        ([line("a long line of words"), line("is so.")], []),
        # B5: a name
        ([line("the way to Turk‐"), line("menistan is long.")], [(Rule.NAME, "Turkmenistan")]),
        # B6: a gaping line
        ([line("a b c", stretch=8.2), line("d e f g.")], [(Rule.LOOSE, "")]),
        ([line("a b c", stretch=8.1), line("d e f g.")], []),
        # Q2: the answer begins on the next page
        (
            [line("Why?", key="2", tag="h2"), line("Because.", page=2), line("So it is.", page=2)],
            [(Rule.SPLIT, "")],
        ),
    ],
)  # fmt: skip
def test_rules(found: list[Line], expected: list[tuple[Rule, str]]) -> None:
    assert rules(*found) == expected


def test_a_block_off_the_grid_is_found_with_what_it_lacks() -> None:
    block = Block("1", "figure", 1, 0, 0.0, 100.0, 0.0)
    below = Block("2", "p", 1, 0, 100.0, 18.0, 0.0)
    (found,) = check(Laid((), (block, below), (0.0,)), LEAD, grid=True)
    assert found.rule is Rule.GRID
    assert found.amount == pytest.approx(8.0)
    assert check(Laid((), (block,), (0.0,)), LEAD, grid=True) == ()  # nothing stands below it


def test_a_column_that_begins_lower_than_its_neighbour_is_found() -> None:
    left, right = (Block(str(n), "p", 2, n, 8.0 * n, 36.0, 8.0) for n in (0, 1))
    (found,) = check(Laid((), (left, right), (0.0, 0.0)), LEAD, grid=True)
    assert (found.rule, found.key, found.amount) == (Rule.TOP, "1", 8.0)
    assert check(Laid((), (left, right), (0.0, 0.0)), LEAD, grid=False) == ()


def test_a_repair_breaks_uneven_paragraphs_anew_once() -> None:
    asked: list[str] = []

    def choose(key: str, repairs: Repairs) -> Setting | None:
        asked.append(key)
        assert repairs.closed == {"1": {3}}
        return None if key == "4" else Setting(takes=(((), -4.0),))

    findings = [
        Finding(Rule.PAGE_END, "1", 1, 1, "part‐", "Partner", nth=3),
        Finding(Rule.LOOSE, "2", 1, 1, "a b", amount=9.0),
        Finding(Rule.GRID, "3", 1, 1, "figure", amount=8.0),
        Finding(Rule.LADDER, "4", 1, 1, "coun‐", "Country"),
    ]
    once = mended(findings, Repairs(), choose)
    chosen = Setting(takes=(((), -4.0),))
    assert once.settings == {"1": chosen, "2": chosen, "3": Setting(below=8.0)}
    assert once.vetoed == {"country"}  # what has no lines of its own: its word stays whole
    again = mended(findings[1:3], once, choose)
    assert asked == ["1", "2", "4"]
    assert again.settings["3"] == Setting(below=16.0)


class Bound:
    """A composition of so many pages, of which every paragraph gapes."""

    def __init__(self, pages: int) -> None:
        self.pages = range(pages)
        self.made_again = 0

    def veto(self, words: frozenset[str]) -> None:
        assert not words

    def again(self, pages: object, settings: Mapping[str, Setting]) -> None:
        self.made_again += 1


@pytest.mark.parametrize(("pages", "rounds"), [(repair.LONGEST, 2), (repair.LONGEST + 1, 1)])
def test_a_book_is_mended_once_and_what_is_left_is_said(pages: int, rounds: int) -> None:
    book, asked = Bound(pages), list[str]()
    gaping = tuple(Finding(Rule.LOOSE, str(key), 9, 1, "a b") for key in range(200))

    def choose(key: str, repairs: Repairs) -> Setting:
        asked.append(key)
        return Setting(letter=0.01)

    means = repair.Means(
        read=lambda composition: Laid((), (), ()),
        check=lambda laid: gaping,
        choose=choose,
        fill=lambda composition: {},
    )
    left = repair.repair(cast(Composition, book), means)
    assert (book.made_again, len(asked)) == (rounds, min(200, repair.MOST_MENDED * rounds))
    (note,) = report(left, "a5")
    assert "B6 200 times; first on page 9, line 1" in note.message


def test_only_pages_of_what_is_mended_are_made_again() -> None:
    made: list[set[int]] = []

    class Book(Bound):
        def veto(self, words: frozenset[str]) -> None:
            assert words == {"country"}

        def again(self, pages: object, settings: Mapping[str, Setting]) -> None:
            made.append(set(cast("set[int]", pages)))

    gaping = tuple(
        Finding(Rule.LOOSE, str(key), key + 1, 1, "a b") for key in range(repair.MOST_MENDED + 9)
    )
    heading = Finding(Rule.LADDER, "h", 500, 1, "coun‐", "Country")
    means = repair.Means(
        read=lambda composition: Laid((), (), ()),
        check=lambda laid: (heading, *gaping),
        choose=lambda key, repairs: None if key == "h" else Setting(letter=0.01),
        fill=lambda composition: {},
    )
    repair.repair(cast(Composition, Book(repair.LONGEST + 1)), means)
    assert made == [{500, *range(1, repair.MOST_MENDED)}]


def test_a_report_names_page_and_line() -> None:
    (note,) = report([Finding(Rule.LOOSE, "1", 7, 5, "a b c")], "a5")
    assert note.code == "layout-b6"
    assert "A5, page 7, line 5: the word spaces gape" in note.message


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_the_interview_breaks_no_rule(page: str) -> None:
    artifact = pdf.write(publication("interview"), load(), Options(page=page))
    assert not [d for d in artifact.diagnostics if d.code.startswith("layout-")]


def test_the_last_page_of_the_interview_holds_four_lines_at_least(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid = final(monkeypatch, publication("interview"), "a5")
    last = max(line.page for line in laid.lines)
    assert len([line for line in laid.lines if line.page == last]) >= 4


def test_the_first_page_of_the_interview_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    laid = final(monkeypatch, publication("interview"), "a5")
    page = load().page("a5")
    lead = page.lead * layout.PX
    lines = [(line.y - laid.tops[0]) / lead for line in laid.lines if line.page == 1]
    assert lines[-1] == pytest.approx(page.lines - 1, abs=0.01)  # the opener closes on the grid


def test_a_page_holds_as_many_lines_as_it_is_high(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "\n\n".join("One line." for _ in range(100))
    (tmp_path / "manuscript.md").write_text(
        f"---\ntitle: T\nlang: en-GB\nkind: article\n---\n\n{text}\n"
    )
    laid = final(monkeypatch, read(tmp_path), "a5")
    assert len([line for line in laid.lines if line.page == 2]) == load().page("a5").lines


def test_a_paragraph_broken_over_two_pages_is_set_alike_on_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Composition] = []

    def unmended(composition: Composition, *_: object) -> tuple[Finding, ...]:
        made.append(composition)
        return ()

    monkeypatch.setattr(repair, "repair", unmended)
    monkeypatch.setattr(setting, "set_lines", lambda *_: setting.Counts(0, {}))
    pdf.write(publication("interview"), load(), Options(page="a5"))
    (composition,) = made
    pages = {line.key: set[int]() for line in layout.Reader().read(composition.pages).lines}
    for line in layout.Reader().read(composition.pages).lines:
        pages[line.key].add(line.page)
    key, (first, second) = next((key, found) for key, found in pages.items() if len(found) == 2)
    composition.again({second}, {key: Setting(ragged=True)})
    stretched = [line for line in layout.Reader().read(composition.pages).lines if line.key == key]
    assert {line.page for line in stretched} >= {first}
    assert all(line.stretch == 0 for line in stretched)


def final(monkeypatch: pytest.MonkeyPatch, text: Publication, page: str) -> Laid:
    """Return the pages of an edition as they are written."""
    made: list[Laid] = []
    finished = Composition.finished

    def kept(composition: Composition) -> object:
        made.append(layout.Reader().read(composition.pages))
        return finished(composition)

    monkeypatch.setattr(Composition, "finished", kept)
    pdf.write(text, load(), Options(page=page))
    return made[0]


# --- hyphenation ---------------------------------------------------------------------------------

KEY = ("en-GB", 3, 3, 7)


def test_names_and_vetoed_words_stay_whole() -> None:
    dictionary = Dictionaries(frozenset({"partnership"})).get(KEY)
    assert list(dictionary.iterate("cooperation"))
    assert not list(dictionary.iterate("Turkmenistan"))
    assert not list(dictionary.iterate("GDP"))
    assert not list(dictionary.iterate("partnership"))


def test_where_all_nouns_have_a_capital_the_long_ones_are_broken() -> None:
    german = Dictionaries().get(("de", 3, 3, 7))
    assert [*german.iterate("Rechtsabteilung")]
    assert not [*german.iterate("Turkmenistan")]
    assert longest_name("de") < longest_name("en")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("мемлекет", "мем-ле-кет"),
        ("қауіпсіздік", "қауіп-сіз-дік"),
        ("ынтымақтастық", "ын-ты-мақ-тас-тық"),
        ("келісім", "ке-лі-сім"),
        ("ант", "ант"),
    ],
)
def test_kazakh_syllables_begin_with_one_consonant(word: str, parts: str) -> None:
    found = Syllables(2, 2).positions(word)
    cuts = [0, *found, len(word)]
    broken = "-".join(word[a:b] for a, b in pairwise(cuts))
    assert broken == parts


# --- balance -------------------------------------------------------------------------------------

_WIDTHS = st.lists(st.floats(2, 60), min_size=1, max_size=30)


@given(_WIDTHS, st.floats(60, 300))
def test_balanced_lines_are_as_few_and_never_wider(widths: list[float], measure: float) -> None:
    count = lines(widths, 3, measure)
    found = balanced(widths, 3, measure)
    if count == 1:
        assert found is None
    else:
        assert found is not None
        assert max(widths) <= found <= measure
        assert lines(widths, 3, found) == count

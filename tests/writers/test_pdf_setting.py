"""Paragraphs set in lines by us: the fit on made-up pieces, and what WeasyPrint is handed."""

from __future__ import annotations

import pytest
from faircopy.theme import load
from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.pdf import setting
from faircopy.writers.pdf.setting import Chosen, fit
from faircopy.writers.pdf.setting.again import Again, Wish, uneven
from faircopy.writers.pdf.setting.fit import End, Measure, Piece
from faircopy.writers.pdf.setting.pieces import places
from faircopy.writers.pdf.setting.rules import HYPHEN, LADDER, RUNT, SHRINK, STRETCH
from faircopy.writers.pdf.setting.text import PART, Flat
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

EM = 10.0
LETTER = 0.5 * EM
SPACE = 0.25 * EM


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text; "|" is a place for a hyphen, "-" a hyphen of the text."""
    found: list[Piece] = []
    words = text.split(" ")
    for number, word in enumerate(words):
        *inner, last = word.replace("-", "-\n|").split("|")
        for part in (*inner, last):
            shown = part.removesuffix("\n")
            end = End.HARD if part.endswith("\n") else End.SOFT
            after = LETTER if end is End.SOFT else 0.0
            if part is last:
                end, after = (End.SPACE, SPACE) if number < len(words) - 1 else (End.PLAIN, 0.0)
            found.append(Piece(LETTER * len(shown), 0, len(shown), end, after))
    return found


def lines(text: str, width: float, most: float = STRETCH, *, ragged: bool = False) -> list[str]:
    """Return the best lines of a text whose measure is so many letters wide."""
    found = fit.ways(pieces(text), Measure((), width * LETTER, EM, ragged), most)
    if not found:
        return []
    way = min(found.values(), key=lambda way: way.cost)
    plain, start, out = text.replace("|", ""), 0, []
    for end in way.ends:
        piece, place = pieces(text)[end - 1], places(pieces(text))[end - 1]
        out.append(plain[start:place] + ("=" if piece.end is End.SOFT else ""))
        start = place + (piece.end is End.SPACE)
    return out


@pytest.mark.parametrize(
    ("text", "width", "wanted"),
    [
        # a word that has room is not broken
        ("aaaa bbbb cccc dd|dddd eeee ffff gggg", 20, "aaaa bbbb cccc dddddd|eeee ffff gggg"),
        # where there is none for it, it is broken before the spaces gape
        ("aaaaaa bbbbbb cccccc|ddddddd eeee", 20, "aaaaaa bbbbbb cccccc=|ddddddd eeee"),
        # a hyphen of the text ends a line without another
        ("aaaaaa bbbb cccc-dddddd eeeeee", 18, "aaaaaa bbbb cccc-|dddddd eeeeee"),
        # the last line is no mere end of a word (B4)
        ("aaaaa bbbb ccc ddd dd|eeeee", 20, "aaaaa bbbb ccc ddd|ddeeeee"),
        # what has no even lines is not set
        ("aaaaaaaaaaaa bb cccccccccccccccc dddd", 20, ""),
    ],
)
def test_a_paragraph_is_broken_so(text: str, width: float, wanted: str) -> None:
    assert "|".join(lines(text, width)) == wanted


@given(
    words=st.lists(st.integers(1, 12), min_size=1, max_size=40),
    width=st.integers(14, 40),
    indent=st.integers(0, 4),
)
def test_lines_keep_to_the_rules(words: list[int], width: int, indent: int) -> None:
    text = " ".join("a" * n if n < 7 else "a" * 3 + "|" + "a" * (n - 3) for n in words)
    parts = pieces(text)
    measure = Measure(((width - indent) * LETTER,), width * LETTER, EM)
    for count, way in fit.ways(parts, measure, STRETCH).items():
        assert count == len(way.ends) == len(way.grown)
        assert way.ends[-1] == len(parts)
        assert all(-SHRINK - 0.01 <= grown <= STRETCH for grown in way.grown)
        run = 0
        for end in way.ends[:-1]:
            run = run + 1 if parts[end - 1].end is End.SOFT else 0
            assert run <= LADDER
        if way.cost < fit.FORBIDDEN and count > 1:
            last = parts[way.ends[-2] :]
            assert sum(piece.letters for piece in last) + len(last) - 1 >= RUNT


@pytest.mark.parametrize("sign", ["|", "-"])
def test_a_line_that_is_closed_ends_in_no_hyphen(sign: str) -> None:
    text = f"aaaaaa bbbb cccc{sign}dddddd eeeeee ffff gggggg"
    for closed, ended in (((), True), ((0,), False)):
        found = fit.ways(pieces(text), Measure((), 18 * LETTER, EM), 9.0, closed)
        ends = [pieces(text)[way.ends[0] - 1].end for way in found.values()]
        assert any(end in (End.SOFT, End.HARD) for end in ends) is ended


@pytest.mark.parametrize(
    ("grown", "best", "wanted"),
    [
        ((0.1, 0.26, 0.1), (0.1, 0.1), 1.0),  # half an em
        ((0.1, 0.4, 0.1), (0.1, 0.1), 13.2),
        ((0.4, 0.1, 0.1), (0.4, 0.1), 4.4),  # as wide before: the average
        ((0.1, 0.1, 0.1), (0.4, 0.1), 0.0),
    ],
)
def test_what_fills_a_page_costs_what_its_widest_line_does(
    grown: tuple[float, ...], best: tuple[float, ...], wanted: float
) -> None:
    cost = sum(map(fit.price, grown))
    way, before = fit.Way(cost, (1, 2, 3), grown), fit.Way(0.0, (1, 2), best)
    text = Flat("", ())
    assert uneven(Chosen(text, [], way, best=before)) == pytest.approx(wanted, abs=0.1)
    needless = fit.Way(cost + fit.FITS, (1, 2, 3), grown)
    assert uneven(Chosen(text, [], needless, best=before)) == pytest.approx(wanted + 0.5, abs=0.1)


LONG = "and so it goes on with words enough to be broken over more lines than one or two of them"


def placed(paragraphs: str, lang: str = "en-GB") -> tuple[Element, setting.Counts]:
    """Return a text with these paragraphs in lines, and how many were set."""
    root = html.parse(f'<div class="text">{paragraphs}</div>')
    theme = load("theme")
    return root, setting.set_lines(root, theme, theme.page("a5"), lang)


def read(root: Element) -> str:
    """Return the words of a paragraph's lines, as who reads them has them."""
    said = ""
    for line in html.with_class(root, setting.LINE):
        text = "".join(map(str, line.itertext()))
        joined = html.has_class(line, setting.JOINED)
        said += text.removesuffix(HYPHEN) + ("" if joined else " ")
    return said


@pytest.mark.parametrize(
    "held",
    [
        "plain words",
        "<em>words that lean</em>",
        "<strong>words <em>that lean</em></strong>",
        "<code>some --code</code>",
        '<a href="#x">a link</a>',
        '<span class="acronym">UNESCO</span>',
        '<span class="smallcaps">capitals</span>',
        '<span class="keep">held together</span>',
        "H<sub>2</sub>O and x<sup>2</sup>",
        "half\u00adway and co-operation and/or more",
        "Kazakhstan\u00a0\u2013 a country",
        "<em lang='ru'>русские слова</em>",
        "Ελληνικά γράμματα",
    ],
)
def test_lines_hold_every_word(held: str) -> None:
    root, counts = placed(f"<p>{LONG} {held}, {LONG}, {held} {LONG}.</p>")
    wanted = html.words(html.parse(f"<p>{LONG} {held}, {LONG}, {held} {LONG}.</p>"))
    assert counts == setting.Counts(1, {})
    assert len([*html.with_class(root, setting.LAST)]) == 1
    assert " ".join(read(root).split()).replace("\u00ad", "") == wanted.replace("\u00ad", "")


def test_a_line_ends_where_the_text_says_so() -> None:
    root, _ = placed(f"<p>One line.<br/>{LONG}</p>")
    first = next(html.with_class(root, setting.LINE))
    assert html.words(first) == "One line."
    assert html.has_class(first, setting.LAST)


@pytest.mark.parametrize(
    ("held", "name"),
    [
        ('<img src="x.png" alt=""/>', "img"),
        ('<span style="color: red">red</span>', "span"),
        ('<span class="unbroken">x</span>', "span.unbroken"),
        ("中文", "script"),
        ("मिले", "script"),
        ("\u2a00", "glyphs"),
        ("x" * 200, "loose"),
    ],
)
def test_what_is_not_known_is_left_as_it_is(held: str, name: str) -> None:
    root, counts = placed(f"<p>{LONG} {held} {LONG}</p>")
    assert counts == setting.Counts(0, {name: 1})
    assert not [*html.with_class(root, setting.LINE)]


@pytest.mark.parametrize("held", ['<span id="a"></span>', '<a href="#a"> </a>'])
def test_a_paragraph_without_words_is_left_as_it_is(held: str) -> None:
    root, counts = placed(f"<p>{LONG}</p><p>{held}</p>")
    assert counts == setting.Counts(1, {"empty": 1})
    assert html.words([*html.find(root, "p")][-1]) == ""


@pytest.mark.parametrize(
    "text",
    [
        '<span id="a"></span>{} words',
        '{} words <span id="a"></span> {} words',
        '{} words<span id="a"></span>, {}',
        '<a href="#b"><span id="a"></span>{}</a>',
    ],
)
def test_a_place_that_links_lead_to_stays_where_it_is(text: str) -> None:
    paragraph = f"<p>{text.replace('{}', LONG)}</p>"
    root, counts = placed(paragraph)
    assert counts == setting.Counts(1, {})
    (place,) = (span for span in html.find(root, "span") if span.get("id") == "a")
    assert not html.words(place)
    assert " ".join(read(root).split()) == html.words(html.parse(paragraph))


@pytest.mark.parametrize("lang", ["ar", "ur", "he"])
def test_what_reads_from_the_right_is_left(lang: str) -> None:
    assert placed(f"<p>{LONG}</p>", lang)[1] == setting.Counts(0, {})


def test_a_link_over_two_lines_is_called_by_all_its_words() -> None:
    root, _ = placed(f'<p>{LONG} <a id="here" href="#x">{LONG}</a>.</p>')
    parts = [*html.find(root, "a")]
    assert len(parts) > 1
    assert {part.get(PART) for part in parts} == {LONG}
    assert [part.get("id") for part in parts] == ["here", *[None] * (len(parts) - 1)]


def test_a_note_is_there_once() -> None:
    note = '<span class="foot" id="fn1"><p>The note.</p></span>'
    root, _ = placed(f"<p>{LONG}{note} {LONG} {LONG} {LONG} {LONG}.</p>")
    assert len([*html.with_class(root, "foot")]) == 1


def test_a_paragraph_is_set_otherwise_as_it_is_asked() -> None:
    words = " ".join(f"{LONG} interdepartmental" for _ in range(6))
    root = html.parse(
        f'<div class="text"><p data-key="1">Before.</p><p data-key="2">{words}.</p></div>'
    )
    before, theme = etree.tostring(root), load("theme")
    asked = theme, theme.page("a5"), "en-GB"
    setting.set_lines(root, *asked)
    paragraph = next(found for found in html.find(root, "p") if found.get("data-key") == "2")
    plain = [*html.with_class(paragraph, setting.LINE)]
    again = Again(before, *asked)
    broken = [n for n, line in enumerate(plain) if html.words(line).endswith(HYPHEN)]
    wishes = [Wish(by) for by in (-1, 1)] + [Wish(closed=frozenset({n})) for n in broken]
    done = 0
    for wish in wishes:
        if again.cost("2", wish, len(plain)) is None:
            continue
        done += 1
        made = html.parse(again.document("2", wish).decode())
        lines = [*html.with_class(made, setting.LINE)]
        assert len(lines) == len(plain) + wish.by
        assert not any(html.words(lines[n]).endswith(HYPHEN) for n in wish.closed)
        assert " ".join(read(made).split()) == f"{words}."
    assert done

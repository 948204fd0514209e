"""Paragraphs broken as a whole: the search on made-up lines, and its plans on real pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import layout, repair, setting
from faircopy.writers.pdf.breaks import Place
from faircopy.writers.pdf.composition import Composition, Setting
from faircopy.writers.pdf.layout import Line
from faircopy.writers.pdf.repair import LETTERS, chosen
from faircopy.writers.pdf.setting.rules import HYPHEN, SHRINK, STRETCH
from faircopy.writers.pdf.trial import BAD, Try, Way, search

ROOT = Path(__file__).parents[2]
MEASURE = 20


def broken(text: str, closed: frozenset[int] = frozenset(), lean: int = 0) -> dict[int, list[str]]:
    """Return the best lines of a text by their number; "-" is a place for a hyphen.

    Each letter is half an em wide, and so is a space.
    """
    pieces = [piece for word in text.split() for piece in _pieces(word)]
    shown: dict[tuple[int, ...], str] = {}

    def following(way: Way) -> Iterator[Try]:
        start = way.resume or 0
        for end in range(start + 1, len(pieces) + 1):
            line = "".join(pieces[start:end]).rstrip()
            last = end == len(pieces)
            line = line if last or pieces[end - 1].endswith(" ") else line + HYPHEN
            spaces = line.count(" ") or 1
            stretch = (MEASURE - len(line.replace(HYPHEN, "-"))) / 2 / spaces
            if stretch < -SHRINK:
                return
            shown[start, end] = line
            resume = None if last else end
            yield Try(0.0 if last else end, resume, line, stretch, line.endswith(HYPHEN))

    def place(resume: int | None) -> Place:
        return (resume or 0,)

    found = search(following, place, closed=closed, lean=lean)
    lines: dict[int, list[str]] = {}
    for count, way in found.items():
        ends = [int(take) for _, take in way.takes] + [len(pieces)]
        lines[count] = [shown[a, b] for a, b in zip([0, *ends], ends, strict=False)]
    return lines


def _pieces(word: str) -> list[str]:
    *parts, last = word.split("-")
    return [*parts, last + " "]


def test_a_line_that_gapes_is_mended_by_the_line_before() -> None:
    text = "aaaa bbbb cccc dd ee fff ggg hhhh ii jjjjjjjj kkkk lll mm nnnn ooo"
    lines = broken(text)[4]  # greedy, the lines end in "ee" and "ii"
    assert lines[:2] == ["aaaa bbbb cccc dd", "ee fff ggg hhhh ii"]


def test_a_closed_line_does_not_end_in_a_hyphen() -> None:
    text = "one two three fou y-ellowish green blue"
    assert broken(text)[2][0] == f"one two three fou y{HYPHEN}"
    assert broken(text, closed=frozenset({1}))[2][0] == "one two three fou"


def test_no_last_line_is_the_end_of_a_word() -> None:
    assert broken("aaa bbb ccc ddddd f-ffff")[2] == ["aaa bbb ccc ddddd", "fffff"]


def test_letters_are_spaced_only_where_spaces_do_not_do() -> None:
    asked: list[float] = []

    def ways(letter: float) -> dict[int, Way]:
        asked.append(letter)
        return {3: Way(cost=1.0 if letter > 0 else BAD)}

    assert chosen(ways, LETTERS) == Setting(letter=LETTERS[0])
    assert asked == [0.0, LETTERS[0]]
    assert chosen(lambda letter: {3: Way(cost=BAD)}, ()) == Setting()


def test_ragged_lines_are_the_last_resort() -> None:
    assert chosen(lambda letter: {3: Way(cost=99.0)}, LETTERS) == Setting(ragged=True)
    assert chosen(lambda letter: {}, LETTERS) is None


def settled(
    monkeypatch: pytest.MonkeyPatch, name: str, page: str
) -> tuple[tuple[Line, ...], list[Setting]]:
    """Return the lines of a sample as they are written, and how its paragraphs are set."""
    lines: list[Line] = []
    settings: list[Setting] = []
    finished, choose = Composition.finished, repair.chosen

    def kept(composition: Composition) -> object:
        lines.extend(layout.Reader().read(composition.pages).lines)
        return finished(composition)

    def noted(*args: object) -> Setting | None:
        chosen = choose(*args)  # type: ignore[arg-type]
        settings.extend([chosen] if chosen else [])
        return chosen

    monkeypatch.setattr(Composition, "finished", kept)
    monkeypatch.setattr(repair, "chosen", noted)
    pdf.write(read(ROOT / "tests/manuscripts" / name), load(), Options(page=page))
    return tuple(lines), settings


def test_planned_lines_are_even_and_hold_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left to WeasyPrint is planned: here, every paragraph."""
    monkeypatch.setattr(setting, "set_lines", lambda *_: setting.Counts(0, {}))
    lines, settings = settled(monkeypatch, "ru", "a5")
    assert any(one.takes for one in settings)
    assert not any(one.ragged for one in settings)
    assert all(-SHRINK - 0.01 <= line.stretch / line.size <= STRETCH for line in lines)


@pytest.mark.parametrize("name", ["ur", "ar", "he"])
def test_letters_that_join_are_never_spaced(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    _, settings = settled(monkeypatch, name, "a5")
    assert not any(one.letter for one in settings)


def test_no_string_that_is_shown_is_empty() -> None:
    """PDFium would lose what moves the glyphs behind it: in Urdu, lines began anywhere."""
    data = pdf.write(read(ROOT / "tests/manuscripts/ur"), load(), Options(page="a5")).data
    with pikepdf.open(BytesIO(data)) as file:
        contents = [page.Contents.read_bytes() for page in file.pages]
    assert all(b"] TJ" in content and b"<>" not in content for content in contents)

"""Shortcuts of the PDF writer: each gives what the long way gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyphen
import pytest
from faircopy import manuscript
from faircopy.theme import fonts, load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import faces, footnotes, memory
from faircopy.writers.pdf.hyphenation import Dictionaries
from weasyprint.layout.block import block_level_layout
from weasyprint.text.line_break import split_first_line

from tests.editions import INTERVIEW, edition, read

WORDS = {
    "en-GB": "cooperation responsibilities environmental associate declination sustainable",
    "ru-RU": "сотрудничество ответственность председательство съезд",
    "de-DE": "Zusammenarbeit Verantwortlichkeiten Schifffahrt",
    "hu-HU": "együttműködés asszonnyal",
}


@pytest.mark.parametrize("lang", WORDS)
def test_patterns_read_one_by_one_break_words_as_pyphen_does(lang: str) -> None:
    path = pyphen.LANGUAGES[pyphen.language_fallback(lang)]
    whole = pyphen.Pyphen(filename=path, cache=False, left=2, right=2)
    ours = Dictionaries().get((lang, 2, 2, 5))
    for word in WORDS[lang].lower().split():
        assert list(ours.iterate(word)) == list(whole.iterate(word))


def test_an_edition_gets_the_faces_of_its_letters() -> None:
    theme = load()
    latin = {face.family for face in faces.needed(theme, "en", "Kazakhstan", code=False)}
    assert "Amiri" not in latin
    assert theme.font.mono not in latin
    mixed = {face.family for face in faces.needed(theme, "en", "سلام pre", code=True)}
    assert {"Amiri", theme.font.mono} <= mixed


@pytest.mark.slow
def test_fewer_faces_give_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    source, theme = read("every-construct"), load()
    few = edition("every-construct", "pdf.a5").data
    every = tuple(face for face in theme.faces if fonts.installed(face))
    monkeypatch.setattr(faces, "needed", lambda *args, **options: every)
    assert pdf.write(source, theme, Options(page="a5")).data == few


@pytest.mark.slow
def test_lines_that_are_remembered_are_those_that_are_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, theme = read(INTERVIEW), load()
    quick = edition(INTERVIEW, "pdf.a5").data

    def measured(self: object, *args: Any) -> Any:
        return split_first_line(*args)

    monkeypatch.setattr(memory.Lines, "split", measured)
    assert pdf.write(source, theme, Options(page="a5")).data == quick


NOTES = 24
NOTED = "---\ntitle: T\nlang: en\n---\n\n" + "".join(
    f"Words{'^[A note of its own.]' if number % 3 else f'[^{number}]'} go on.\n"
    for number in range(NOTES)
)
LONG = "".join(
    f"\n[^{number}]: {'It has more to say. ' * 9}\n\n    > It is quoted.\n\n    - It is listed.\n"
    for number in range(0, NOTES, 3)
)


@pytest.mark.slow
def test_a_note_is_set_twice_however_many_stand_on_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its page is the one that it has where all notes are set anew for each."""
    (tmp_path / "manuscript.md").write_text(NOTED + LONG)
    source, theme, rounds = manuscript.read(tmp_path), load(), 0
    forget, lay_out, set_once = footnotes.forget, block_level_layout, 0

    def count_round(context: Any) -> None:
        nonlocal rounds
        rounds += 1
        forget(context)

    def count(*args: Any) -> Any:
        nonlocal set_once
        set_once += 1
        return lay_out(*args)

    monkeypatch.setattr(footnotes, "forget", count_round)
    monkeypatch.setattr(footnotes, "block_level_layout", count)
    one_by_one = pdf.write(source, theme, Options(page="a5")).data
    assert NOTES < set_once < 2 * NOTES * rounds

    def together(self: Any, notes: Any) -> Any:
        return self._measured(notes) if len(notes) else (0.0, 0.0)

    monkeypatch.setattr(footnotes.Context, "_heights", together)
    assert pdf.write(source, theme, Options(page="a5")).data == one_by_one


class Incomparable:
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise AssertionError


def test_a_note_is_looked_for_without_being_compared_with_all_others() -> None:
    first, second, third = (Incomparable() for _ in range(3))
    waiting = footnotes.Waiting([first, second])
    assert first in waiting
    assert third not in waiting
    assert None not in waiting
    waiting.append(third)
    waiting.remove(first)
    assert first not in waiting
    assert third in waiting
    assert [item is one for item, one in zip(waiting, (second, third), strict=True)] == [True] * 2

"""The proof finds what was changed: a small sample of what ``./inv mutate`` tries."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.publish.cache import Cache
from faircopy.workshop import mutations
from faircopy.workshop.changes import CHANGES, Change, excerpts
from faircopy.workshop.mutations import Tally, Trial

from tests.editions import read

SAMPLES = ("every-construct", "speaker-turns", "ru", "kk", "ur", "ar", "he", "zh")


@pytest.mark.parametrize("change", CHANGES, ids=lambda item: item.__name__)
def test_each_change_changes_the_words_of_some_text(change: Change) -> None:
    blocks = read("every-construct").blocks
    chance = random.Random(1)
    made = [change(blocks, chance) for _ in range(20)]
    said = ast.text(blocks).split()
    assert any(new is not None and ast.text(new).split() != said for new in made)
    assert ast.text(blocks).split() == said


def test_parts_are_small_and_together_the_whole() -> None:
    blocks = read("ru").blocks
    parts = list(excerpts(blocks, 60))
    assert tuple(block for part in parts for block in part) == blocks
    assert len(parts) > 3


@pytest.mark.slow
def test_every_change_is_found_in_every_format_and_script() -> None:
    tally = Tally()
    list(mutations.measured([read(name) for name in SAMPLES], 100, 0, tally))
    assert tally.total == 100
    assert tally.whole
    assert tally.missed == []
    assert tally.refused == []


def test_the_figures_are_told() -> None:
    made = {("lost", "ru", "pdf"): 3, ("lost", "ar", "epub"): 1}
    tally = Tally(made, whole={("ru", 0, "pdf"), ("ru", 1, "pdf")}, refused=["ru: pdf, part 0"])
    tally.missed.append(Trial("lost", "ru", "pdf", "0-1", "one two", "one"))
    lines = list(mutations.told(tally))
    assert lines[0] == "4 changes to words, 3 found: 75.00 %"
    assert "2 parts unchanged, 1 refused" in lines
    assert "missed: lost, ru, pdf, seed 0-1" in lines
    assert any(line.split() == ["epub", "1", "0", "missed"] for line in lines)


def test_a_run_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutations, "KEPT", 1)
    monkeypatch.setattr(mutations, "TOLD", 1)
    monkeypatch.setattr(mutations, "WRITTEN", ("bundle",))
    kept, places = Cache(tmp_path, Tally), [Path(__file__).parents[1] / "manuscripts" / "ru"]
    whole = list(mutations.run(places, 4))
    stopped = mutations.run(places, 4, kept=kept)
    assert [next(stopped), next(stopped)] == whole[:2]
    assert list(mutations.run(places, 4, kept=kept)) == whole[2:]

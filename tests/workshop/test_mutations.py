"""The proof finds what was changed: a small sample of what ``./inv mutate`` tries."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from faircopy.core import ast
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
    tally = mutations.measured([read(name) for name in SAMPLES], 100)
    assert sum(tally.made.values()) == 100
    assert tally.missed == []
    assert tally.refused == []


def test_the_figures_are_told() -> None:
    made = Counter({("lost", "ru", "pdf"): 3, ("lost", "ar", "epub"): 1})
    tally = Tally(made, [], ["ru: pdf"])
    tally.missed.append(Trial("lost", "ru", "pdf", "0-1", "one two", "one"))
    lines = list(mutations.told(tally))
    assert lines[0] == "4 changes to words, 3 found: 75.00 %"
    assert "1 unchanged parts refused" in lines
    assert "missed: lost, ru, pdf, seed 0-1" in lines
    assert any(line.split() == ["epub", "1", "0", "missed"] for line in lines)

"""Damaged Word editions give edits or a message, never a traceback."""

from __future__ import annotations

import random

import pytest
from faircopy.core.diagnostics import FaircopyError
from faircopy.intake import parts_of
from faircopy.intake.package import opened
from faircopy.manuscript.source import Source
from faircopy.revision import revise, written
from faircopy.revision.meaning import without_styles
from faircopy.revision.patch import applied
from faircopy.revision.returned import returned
from faircopy.writers import container

from tests.editions import edition, read
from tests.intake.test_mutated import mutated

SMALL = "speaker-turns"
UNUSED = ("word/fonts/", "word/media/", "word/theme")


def small() -> bytes:
    """Return an edition without what nobody reads again, its fonts."""
    parts = container.unpack(edition(SMALL, "docx").data)
    return container.pack({k: v for k, v in parts.items() if not k.startswith(UNUSED)})


@pytest.mark.slow
@pytest.mark.parametrize("round", range(4))
def test_damage_is_borne(round: int) -> None:
    base, data = read(SMALL), small()
    text, old = Source("m", base.source).text, written.lines(base)
    for seed in range(round * 60, round * 60 + 60):
        try:
            package = opened(mutated(data, random.Random(seed)), "damaged.docx")
            back, _ = without_styles(old, returned(package, parts_of(package)))
            applied(text, revise(base, back).edits)
        except FaircopyError:
            pass

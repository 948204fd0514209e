"""The leading of a deep script: generous in the text, tighter in a title."""

from __future__ import annotations

import pytest
from faircopy.theme import load
from faircopy.theme.css import DISPLAY, scaled


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_a_title_in_nastaliq_leaves_room_for_the_text_under_it(page: str) -> None:
    tokens = load("theme").tokens
    urdu = tokens.script["ur"]
    styles = scaled(tokens.page[page], urdu)
    body, title = styles["body"], styles["title"]
    assert body.lead / body.size == pytest.approx(urdu.lead, abs=0.06)
    assert title.lead / title.size == pytest.approx(urdu.lead * DISPLAY, abs=0.02)

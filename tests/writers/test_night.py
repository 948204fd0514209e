"""By day and by night: each colour has its counterpart, and all text its contrast (WCAG AA)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tinycss2
from faircopy.theme import load, names
from faircopy.theme.contrast import AA, ratio
from faircopy.writers.reflowable import sheet

NIGHT = "prefers-color-scheme: dark"
CANVAS = "#121212"
"""The ground that Chromium gives a document by night, if it has none of its own."""
SHOWN = ("color", "border-color", "border-top", "border-bottom", "border-block", "outline")


def coloured(rules: list[object], colour: str) -> Iterator[tuple[str, str]]:
    """Yield selector and property of each declaration that shows a colour."""
    for rule in rules:
        if getattr(rule, "type", "") != "qualified-rule":
            continue
        for item in tinycss2.parse_blocks_contents(rule.content):  # type: ignore[attr-defined]
            if item.type == "declaration" and colour in tinycss2.serialize(item.value):
                text = tinycss2.serialize(rule.prelude)  # type: ignore[attr-defined]
                kind = "color" if item.lower_name == "color" else "border"
                yield from ((part.strip(), kind) for part in text.split(","))


@pytest.mark.parametrize("name", names())
def test_what_has_the_accent_by_day_has_another_by_night(name: str) -> None:
    theme = load(name)
    css = sheet.sheet(theme, "en-GB")
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    night = [
        inner
        for rule in rules
        if rule.type == "at-rule" and NIGHT in tinycss2.serialize(rule.prelude)
        for inner in tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
    ]
    by_day = set(coloured(rules, theme.colour.accent))
    assert by_day
    assert by_day <= set(coloured(night, theme.colour.dark.accent))
    assert "color-scheme: light dark" in css


@pytest.mark.parametrize("name", names())
def test_text_is_read_by_night(name: str) -> None:
    dark = load(name).colour.dark
    for colour in (dark.ink, dark.accent, dark.muted):
        assert min(ratio(colour, CANVAS), ratio(colour, dark.paper)) >= AA

"""What attributes of WordprocessingML say."""

from __future__ import annotations

import pytest
from faircopy.intake.names import day, w
from lxml import etree


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2026-11-30T12:00:00Z", "2026-11-30"),
        ("2026-11-30", "2026-11-30"),
        ("0-00-00T00:00:00Z", ""),  # LibreOffice's for none
        ("0000-00-00T00:00:00Z", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_day_that_is_none_is_not_said(date: str, found: str) -> None:
    assert day(etree.Element(w("comment"), {w("date"): date})) == found

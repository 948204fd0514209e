from __future__ import annotations

import pytest
from faircopy.core import ast
from faircopy.core.model import Metadata, Publication
from faircopy.passes.dates import in_words
from faircopy.passes.opener import opener


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en-GB", "5 February 2026"),
        ("en-US", "February 5, 2026"),
        ("ru", "5 февраля 2026\u00a0г."),
        ("kk", "2026\u00a0ж. 5 ақпан"),
        ("ur", "5 فروری، 2026"),
        ("he", "5 בפברואר 2026"),
        ("zh-Hans", "2026年2月5日"),
        ("xx-none", "2026-02-05"),
    ],
)
def test_a_day_in_words(lang: str, words: str) -> None:
    assert in_words("2026-02-05", lang) == words


def test_a_month_and_a_year_in_words() -> None:
    assert in_words("2026-02", "ru") == "февраль 2026\u00a0г."
    assert in_words("2026", "zh") == "2026年"


def dateline(**fields: object) -> str:
    metadata = Metadata(title=(ast.Str("T"),), lang="en-GB", dir="ltr", **fields)  # type: ignore[arg-type]
    publication = Publication(
        slug="s", metadata=metadata, blocks=(), places={}, assets={}, source=b"", source_path=""
    )
    lines = [ast.text(block) for block in opener(publication).blocks]
    return lines[1] if len(lines) > 1 else ""


def test_the_opener_shows_the_date_where_no_dateline_is_written() -> None:
    assert dateline(date="2026-02-05") == "5 February 2026"
    assert dateline(date="2026-02-05", dateline=(ast.Str("Astana"),)) == "Astana"
    assert dateline() == ""


def test_a_date_that_is_the_builds_is_shown_to_nobody() -> None:
    assert dateline(date="2026-02-05", stamped=True) == ""

"""Pages that end early, and last pages with next to nothing on them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers.pdf import filling, layout, repair
from faircopy.writers.pdf.filling import GAP, LEAST, _stranded, gap_of
from faircopy.writers.pdf.layout import Block, Laid

from tests.writers.test_pdf import publication
from tests.writers.test_pdf_layout import final

LEAD = load().page("a5").lead * layout.PX
SENTENCE = (
    "The committee met early and the river was already high, so that nobody who had come from the "
    "town could say whether the bridge would stand until the evening or be gone before noon, "
    "and those who knew kept silent about it for as long as they were able to."
)


def article(folder: Path, paragraphs: int, last: str) -> None:
    text = "\n\n".join([SENTENCE] * paragraphs + ([last] if last else []))
    head = "---\ntitle: T\nlang: en-GB\nkind: article\n---\n\n"
    (folder / "manuscript.md").write_text(head + text + "\n")


def lines_at_the_end(laid: Laid) -> int:
    return sum(line.page == len(laid.tops) for line in laid.lines)


@pytest.mark.parametrize(
    ("paragraphs", "short", "before"),
    [(12, 0, 2), (12, 1, 3), (11, 4, 1), (11, 6, 3)],  # broken, whole, of a line each
)
def test_no_last_page_holds_next_to_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, paragraphs: int, short: int, before: int
) -> None:
    article(tmp_path, paragraphs, "\n\n".join(["One line."] * short))
    with monkeypatch.context() as unfilled:
        unfilled.setattr(filling, "fill", lambda *args, **options: {})
        assert lines_at_the_end(final(unfilled, read(tmp_path), "a5")) == before
    assert lines_at_the_end(final(monkeypatch, read(tmp_path), "a5")) >= LEAST


def test_when_enough_pages_were_made_again_the_others_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    article(tmp_path, 12, "One line.")
    with monkeypatch.context() as limited:
        limited.setattr(filling, "MOST_MADE", 0)
        assert lines_at_the_end(final(limited, read(tmp_path), "a5")) == 3


def test_few_pages_of_the_interview_end_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two end four lines early: under them the next question, five lines long, has no room."""
    laid = final(monkeypatch, publication("interview"), "a5")
    gaps = [gap_of(laid, page, LEAD) for page in range(1, len(laid.tops))]
    assert max(gaps) <= 2 * GAP
    assert sum(gap > GAP for gap in gaps) <= 2


def test_a_pull_quote_that_is_put_off_stands_apart_from_its_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid = final(monkeypatch, publication("interview"), "a5")
    quotes = [n for n, block in enumerate(laid.blocks) if block.tag == "main"]
    words = {line.key: "" for line in laid.lines}
    for line in laid.lines:
        words[line.key] += " " + line.text
    for at in quotes:
        beside = [laid.blocks[at - 1].key, laid.blocks[at + 2].key]
        assert not any("Human rights and freedoms" in words.get(key, "") for key in beside)


@pytest.mark.parametrize(("height", "found"), [(500.0, ("2", 0)), (590.0, ("", 0))])
def test_a_quote_that_leaves_its_column_short_is_found(
    height: float, found: tuple[str, int]
) -> None:
    blocks = (
        Block("1", "p", 1, 0, 0.0, height, 0.0),
        Block("2", "main", 1, 1, 0.0, 90.0, 0.0),
        Block("3", "p", 1, 1, 90.0, 500.0, 0.0),
        Block("4", "p", 2, 0, 0.0, 90.0, 0.0),
    )
    assert _stranded(Laid((), blocks, (0.0, 0.0), (600.0, 600.0)), 1, LEAD) == found


def test_a_page_without_text_is_full() -> None:
    assert gap_of(Laid((), (), (0.0, 0.0), (600.0, 600.0)), 1, LEAD) == 0


@pytest.mark.slow
def test_no_note_is_parted_from_its_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In columns WeasyPrint takes a note to the next page when it finds no room any more."""
    dice, short = random.Random(0), SENTENCE.partition(" or be gone")[0] + "."
    paragraphs = []
    for number in range(60):
        text = short * dice.randint(1, 3)
        if dice.random() < 0.35:
            note = f"^[Note {number} " + "with words " * dice.randint(1, 20) + ".]"
            text = text[:80] + note + text[80:]
        paragraphs.append(text)
    article(tmp_path, 0, "\n\n".join(paragraphs))
    with monkeypatch.context() as unmended:
        unmended.setattr(repair, "ROUNDS", 0)
        assert final(unmended, read(tmp_path), "a4").parted
    assert not final(monkeypatch, read(tmp_path), "a4").parted

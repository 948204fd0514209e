"""What is wider than its column: it is set so that it fits, or the check finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import pypdfium2
import pytest
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript import read
from faircopy.theme import MM, load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import drawn, wide
from faircopy.writers.pdf.fitting import STEPS, Columns, Fit, fitted
from hypothesis import given
from hypothesis import strategies as st

FRONT = "---\ntitle: T\nlang: en-GB\nkind: article\n---\n\n"
PARAGRAPH = "The recount is to begin on Monday, and the commission expects no change. " * 6
LONG = "pneumonoultramicroscopicsilicovolcanoconiosisandonandonandon"
CODE = "value_of_" * 16
WORDS = ["county", "ledger", "money", "storm", "engineer", "concrete", "witness", "harbour", "pier"]
NINE = "\n".join(
    ["| " + " | ".join(f"Column {n}" for n in range(9)) + " |", "|---" * 9 + "|"]
    + ["| " + " | ".join(WORDS[n:] + WORDS[:n]) + " |" for n in range(9)]
)
SEVEN = """\
| District | Registered voters | Turnout | Conservative | Labour | Liberal Democrat | Green |
|:--|--:|--:|--:|--:|--:|--:|
| Northumberland | 241,000 | 63.1% | 41,220 | 60,110 | 20,300 | 9,870 |
| Cambridgeshire | 502,331 | 70.4% | 120,900 | 98,450 | 99,010 | 31,120 |

: Votes by district."""
SUM = " + ".join("abcdefghijklmnopqrstuvw")
DEEP = "\n".join("    " * depth + f"- An item of level {depth} with words" for depth in range(12))
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="90"><path d="M0 0h9v9z"/></svg>'
)
WIDE = {
    "seven columns": SEVEN,
    "nine columns": NINE,
    "nine columns in a list": "- An item:\n\n" + "\n".join(f"    {x}" for x in NINE.split("\n")),
    "nine columns in a quotation": "\n".join(f"> {line}" for line in NINE.split("\n")),
    "nine columns in a note": "A note.[^1]\n\n[^1]:\n"
    + "\n".join(f"    {x}" for x in NINE.split("\n")),
    "an address in a cell": f"| Key | Address |\n|---|---|\n| one | https://example.org/{CODE} |",
    "a long word in a cell": f"| Key | Word | More |\n|---|---|---|\n| one | {LONG} | {LONG} |",
    "a listing": f"```\nshort\n    {CODE}\nlast\n```",
    "code after a bracket": f"It is set (`{CODE}`) so.",
    "code before a bracket": "\n\n".join(f"Set (`{'v' * n}`) so." for n in range(30, 80)),
    "a long word": f"The word {LONG} is long.",
    "a long word in a note": f"A note.^[The word {LONG} is long, and so is {LONG}{LONG}.]",
    "a long word in a heading": f"## The word {LONG}",
    "a long word in a part's heading": f"# The word {LONG}",
    "a long word in a caption": f"| a | b |\n|---|---|\n| c | d |\n\n: The word {LONG}.",
    "a long word in a quotation": f"> The word {LONG} is long.\n>\n> > - The word {LONG} is long.",
    "a picture": "![A picture.](x.svg)",
    "a linked picture": "[![A picture.](x.svg)](https://example.org)",
    "a picture before words": "![A picture.](x.svg) and words.",
    "a picture in a cell": "| a | b |\n|---|---|\n| ![A picture.](x.svg) | d |",
    "a picture in an item": "- ![A picture.](x.svg) and words",
    "a tall picture in words": "Words ![A picture.](y.svg) and words.",
    "a tall picture in a cell": "| a | b |\n|---|---|\n| ![A picture.](y.svg) | d |",
    "high numbers": "999998. Eight.\n999999. Nine.\n",
    "a formula": f"$${SUM}$$",
    "deep lists": DEEP,
}
UNREADABLE = ("layout-b7", "layout-overprint", "layout-off-page")

Rectangle: TypeAlias = tuple[float, float, float, float]
Set: TypeAlias = Callable[[str, str], tuple[pypdfium2.PdfDocument, tuple[Diagnostic, ...]]]


@pytest.fixture
def set_in(tmp_path: Path) -> Set:
    """Return a maker of editions: the pages, and what is said of them, from Markdown."""
    (tmp_path / "x.svg").write_text(PICTURE, "utf-8")
    (tmp_path / "y.svg").write_text(PICTURE.replace('height="90"', 'height="9000"'), "utf-8")

    def make(text: str, page: str) -> tuple[pypdfium2.PdfDocument, tuple[Diagnostic, ...]]:
        (tmp_path / "manuscript.md").write_text(FRONT + text, "utf-8")
        artifact = pdf.write(read(tmp_path), load(), Options(page=page))
        return pypdfium2.PdfDocument(artifact.data), artifact.diagnostics

    return make


def around(text: str) -> str:
    return f"{PARAGRAPH}\n\n{text}\n\n{PARAGRAPH}\n\n{PARAGRAPH}"


def rectangles(page: Any) -> Iterator[Rectangle]:
    """Yield where PDFium sees text: left, bottom, right, top, in points.

    A space at a line's end hangs beyond it and is left out.
    """
    text = page.get_textpage()
    shown = text.get_text_range()
    spaces = [text.get_charbox(at) for at in range(text.count_chars()) if shown[at] == " "]
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        hanging = (x for x, y, end, _ in spaces if abs(end - right) < 0.1 and bottom <= y <= top)
        yield left, bottom, next(hanging, right), top


def covered(one: Rectangle, other: Rectangle) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 3 and min(one[3], other[3]) - max(one[1], other[1]) > 3


@pytest.mark.parametrize("page", ["a4", "a5"])
@pytest.mark.parametrize("name", WIDE)
def test_nothing_leaves_its_column(set_in: Set, name: str, page: str) -> None:
    document, found = set_in(around(WIDE[name]), page)
    assert [item for item in found if item.code in UNREADABLE] == []
    size = load().page(page)
    margin = min(size.inner, size.outer) * MM - 2
    for sheet in document:
        seen = list(rectangles(sheet))
        assert all(
            margin < left and right < sheet.get_width() - margin for left, _, right, _ in seen
        )
        assert not [pair for pair in combinations(seen, 2) if covered(*pair)]


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_a_long_word_in_the_front_matter_stays_on_the_page(tmp_path: Path, page: str) -> None:
    front = f"---\ntitle: The {LONG}{LONG}\noutlet: The {LONG}{LONG}\nlang: en-GB\nkind: article\n"
    front += f"author: The {LONG}{LONG}\nstandfirst: The {LONG}{LONG}\n---\n\n"
    (tmp_path / "manuscript.md").write_text(front + PARAGRAPH, "utf-8")
    artifact = pdf.write(read(tmp_path), load(), Options(page=page))
    assert [item for item in artifact.diagnostics if item.code in UNREADABLE] == []


def test_a_table_too_wide_for_a_column_spans_both(set_in: Set) -> None:
    document, _ = set_in(around(SEVEN), "a4")
    text = document[0].get_textpage()
    (last,) = (text.get_charbox(text.search("Green").get_next()[0]),)
    assert last[0] > document[0].get_width() / 2
    above = text.search("expects").get_next()
    assert text.get_charbox(above[0])[1] > last[3]


def test_a_table_that_spans_the_columns_stands_above_the_notes(set_in: Set) -> None:
    note = "^[" + PARAGRAPH * 2 + "]"
    document, found = set_in(f"{PARAGRAPH}{note}\n\n{NINE}\n\n{PARAGRAPH}^[Another.]", "a4")
    assert not [item for item in found if item.code in (*UNREADABLE, "layout-note")]
    for sheet in document:
        assert not [pair for pair in combinations(rectangles(sheet), 2) if covered(*pair)]


def test_a_table_that_spans_the_columns_goes_on_with_its_head(set_in: Set) -> None:
    rows = "\n".join(NINE.split("\n")[2:])
    document, _ = set_in(
        f"{PARAGRAPH}\n\n{NINE}\n{rows}\n{rows}\n{rows}\n{rows}\n{rows}\n{rows}", "a4"
    )
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    assert [text.count("Column 8") for text in texts] == [1, 1]
    assert sum(text.count("concrete") for text in texts) == 63


def test_the_lines_of_a_listing_hang_where_they_go_on(set_in: Set) -> None:
    document, _ = set_in(f"```\n{CODE}\nlast\n```\n\n{PARAGRAPH}", "a5")
    left = sorted({round(box[0]) for box in rectangles(document[0]) if box[3] < 400})
    text = document[0].get_textpage()
    assert text.get_charbox(text.search("last").get_next()[0])[0] < left[-1]
    assert CODE in "".join(text.get_text_range().split())


def test_what_fits_is_left_as_it_is(set_in: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    changed: list[bool] = []
    fit = wide.fit

    def noting(*rest: Any) -> bool:
        changed.append(fit(*rest))
        return changed[-1]

    monkeypatch.setattr(wide, "fit", noting)
    set_in("| a | b |\n|---|---|\n| c | d |\n\n```\nshort\n```\n\n$$a = b$$", "a4")
    assert changed == [False]


@pytest.mark.parametrize(("page", "code"), [("a4", "layout-overprint"), ("a5", "layout-b7")])
def test_the_check_names_the_line_of_what_does_not_fit(
    set_in: Set, monkeypatch: pytest.MonkeyPatch, page: str, code: str
) -> None:
    monkeypatch.setattr(wide, "fit", lambda *_: False)
    _, found = set_in(around(SEVEN), page)
    (breach,) = (item for item in found if item.code in UNREADABLE)
    assert breach.code == code
    assert breach.severity is (Severity.ERROR if page == "a4" else Severity.WARNING)
    assert breach.place is not None
    assert breach.place.line in range(9, 13)


def test_the_check_finds_what_leaves_the_page(set_in: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wide, "fit", lambda *_: False)
    _, found = set_in(around(NINE), "a5")
    (breach,) = (item for item in found if item.code in UNREADABLE)
    assert (breach.code, breach.severity) == ("layout-off-page", Severity.ERROR)


def test_a_formula_made_too_small_is_told(set_in: Set) -> None:
    _, found = set_in(around(f"$${SUM} + {SUM}$$"), "a5")
    (told,) = (item for item in found if item.code == "layout-small-formula")
    assert told.place is not None
    assert told.place.line == 9


# --- how a table is set --------------------------------------------------------------------------


def columns(*words: float) -> Columns:
    return Columns(words, tuple(2 * word for word in words), inner=10.0, em=10.0)


@pytest.mark.parametrize(
    ("words", "page", "expected"),
    [
        ((40.0, 40.0), 200.0, Fit()),
        ((40.0, 47.0), 200.0, Fit(scale=STEPS[0])),
        ((60.0, 60.0), 200.0, Fit(spans=True)),
        ((60.0, 40.0), None, Fit(scale=0.88)),
        ((90.0, 90.0), 200.0, Fit(spans=True)),
    ],
)
def test_how_a_table_is_set(words: tuple[float, ...], page: float | None, expected: Fit) -> None:
    assert fitted(columns(*words), 100.0, page) == expected


def test_a_long_word_is_broken_before_anything_is_made_smaller() -> None:
    how = fitted(columns(20.0, 900.0), 140.0, 300.0)
    assert (how.spans, how.scale) == (False, 1.0)
    assert how.widths[0] >= 20


def test_the_floor_breaks_the_widest_words_first() -> None:
    how = fitted(columns(10.0, 80.0, 80.0), 100.0, None)
    assert how.scale == STEPS[-1]
    assert how.widths[0] >= 10 * STEPS[-1]
    assert how.widths[1] == how.widths[2] < 80 * STEPS[-1]


@given(st.lists(st.floats(1, 500), min_size=1, max_size=12), st.floats(200, 2000))
def test_columns_share_all_the_room(words: list[float], room: float) -> None:
    table = columns(*words)
    given_widths = table.shared(room, 1.0)
    assert sum(given_widths) + 10 * len(words) == pytest.approx(room)
    assert min(given_widths) > 0


ART = """+--------+          +---------+
| source |{0}>| target |
+--------+          +---------+
     |                  ^
     +------------------+"""


@pytest.mark.parametrize(("page", "dashes"), [("a5", 10), ("a5", 70), ("a4", 20), ("a4", 80)])
def test_a_drawing_made_of_signs_is_never_wrapped(set_in: Set, page: str, dashes: int) -> None:
    line = f"| source |{'-' * dashes}>| target |"
    drawing = ART.format("-" * dashes)
    document, _ = set_in(f"{PARAGRAPH}\n\n```\n{drawing}\n```\n\n{PARAGRAPH}", page)
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    assert any(line in text for text in texts)


@pytest.mark.parametrize(
    ("text", "drawing"),
    [
        (ART, True),
        ("┌──┐\n│ a│\n└──┘", True),
        ("if a || b:\n    return -1\n\nprint('+--+')", False),
        ("SELECT a | b\nFROM c\nWHERE d", False),
        ("", False),
    ],
)
def test_code_is_no_drawing(text: str, drawing: bool) -> None:
    assert drawn.is_drawing(text.split("\n")) is drawing


def test_the_last_line_of_a_listing_is_whole(set_in: Set) -> None:
    lines = "\n".join(f"    value_{n} = compute(step_{n})  # line {n}" for n in range(60))
    document, _ = set_in(f"{PARAGRAPH}\n\n```\n{lines}\n\n```", "a5")
    shown = (
        document[len(document) - 1].get_textpage().get_text_range().replace("\r", "").split("\n")
    )
    assert "value_59 = compute(step_59) # line 59" in [" ".join(line.split()) for line in shown]
    assert sum("compute" in line for line in shown) >= 3

"""The house rules, held against made-up lines: each breach is counted, and nothing else."""

from __future__ import annotations

import msgspec
import pytest
from faircopy.proof.typography.columns import columns
from faircopy.proof.typography.lines import Line, Pages, Space
from faircopy.proof.typography.rules import breaches

LEAD, SIZE, LEFT, RIGHT = 14.0, 10.0, 50.0, 350.0


def page(*texts: str, number: int = 1, x: float = 0.0, kind: str = "P", **changed: object) -> Pages:
    """Return a column of lines; "|" before one begins a block, "~" stands for a broken word."""
    lines, block = [], 0
    for at, text in enumerate(texts):
        block += text.startswith("|")
        fields: dict[str, object] = {
            "block": block, "kind": kind, "lang": "en", "page": number, "left": x + LEFT,
            "right": x + RIGHT, "y": 500 - LEAD * at, "size": SIZE,
            "text": text.lstrip("|").replace("~", "\u00ad"),
        }  # fmt: skip
        lines.append(Line(**(fields | changed)))  # type: ignore[arg-type]
    return Pages(tuple(lines), ((400.0, 600.0),))


def then(one: Pages, other: Pages) -> Pages:
    """Return the lines of one column followed by another's."""
    return Pages((*one.lines, *other.lines), one.sizes)


def found(pages: Pages) -> list[tuple[str, int]]:
    return [(breach.rule, breach.page) for breach in breaches(columns(pages))]


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        (page("One line", "and another one."), []),
        # B1: a line alone above or below; a paragraph of one line is none
        (then(page("a b c", "d e f"), page("g h i j.", number=2)), [("B1", 2)]),
        (then(page("a b c"), page("d e f", "g h i j.", number=2)), [("B1", 1)]),
        (then(page("One line."), page("|And another.", number=2)), []),
        # B2: also where the text has the hyphen
        (page("a mean~", "ing and well-", "known coun~", "try at last."), [("B2", 1)]),
        (page("a mean~", "ing and well-", "known country."), []),
        # B3: at the end of a column too
        (then(page("a b", "c part~"), page("ner d", "e f g.", x=400)), [("B3", 1)]),
        (then(page("a b", "c well-"), page("known d", "e f g.", number=2)), [("B3", 1)]),
        # B4: a few letters, or the mere end of a word
        (page("a line of words", "so."), [("B4", 1)]),
        (page("a line of coun~", "tries."), [("B4", 1)]),
        (page("a line of coun~", "tries too."), []),
        (page("a heading", "so.", kind="H2"), []),
        # B5: a name, a short word, an end of two letters
        (page("on the way to Turk~", "menistan at last."), [("B5", 1)]),
        (page("on the way of wat~", "er at last we go."), [("B5", 1)]),
        (page("what is interest~", "ed in itself is so."), [("B5", 1)]),
        (page("aus der Rechtsabtei~", "lung kam nichts.", lang="de"), []),
        (page("aus Turkme~", "nistan kam nichts.", lang="de"), [("B5", 1)]),
        # B6: all the spaces of a line gape; a wide one among others is a sign's own
        (page("a b c d", spaces=(Space(0.9, 0.66),) * 3), [("B6", 1)]),
        (page("a b c d", spaces=(Space(0.84, 0.6),) * 3), []),
        (page("a b c d", spaces=(Space(2.0, 1.8), Space(0.3, 0.1), Space(0.3, 0.1))), []),
    ],
)  # fmt: skip
def test_rules(pages: Pages, wanted: list[tuple[str, int]]) -> None:
    assert found(pages) == wanted


def test_what_leaves_its_column_is_found() -> None:
    text = page("one", "two", "three", "four", "five words.")
    lines = list(text.lines)
    for by, wanted in ((0.9, []), (6.0, [("B7", 1)])):
        lines[2] = _moved(lines[2], right=RIGHT + by)
        assert found(Pages(tuple(lines), text.sizes)) == wanted


def test_ragged_lines_have_no_edge() -> None:
    lines = page("one", "two", "three", "four words.").lines
    ragged = [_moved(line, right=RIGHT + 9.0 * at) for at, line in enumerate(lines)]
    assert found(Pages(tuple(ragged), ())) == []


def test_what_is_printed_over_something_else_is_found() -> None:
    text = page("|one line", "|another line")
    one, other = text.lines
    assert found(Pages((one, _moved(other, y=one.y - 3)), text.sizes)) == [("B7", 1)]
    assert found(Pages((one, _moved(other, y=one.y - 3, left=360.0, right=390.0)), ())) == []


def _moved(line: Line, **changed: float) -> Line:
    return msgspec.structs.replace(line, **changed)

"""Words that pandoc passes over in silence: each is told, with its line; what is a mark is not."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication
from faircopy.manuscript import lost
from faircopy.manuscript.source import Source

from tests.counting import calls, grows_evenly
from tests.steps import steps

Read = Callable[..., Publication]
FIRST = 6
"""The line of a text's first line, under the front matter that ``read`` gives it."""

TABLE = "| a | b |\n|---|---|\n"

LOST = [
    (f"{TABLE}| 1 | 2 | three |\n", "table-row-long", 3, 11),
    (f"{TABLE}| 1 | 2 | ✓ |\n", "table-row-long", 3, 11),
    (f"{TABLE}| 1 | 2 | three |\n| 1 | 2 | four |\n", "table-row-long", 3, 11),
    (f"{TABLE}| 1 | 2 |\n| 1 | 2 | 2 |\n", "table-row-long", 4, 11),
    ("> | a | b | c |\n> |---|---|\n> | 1 | 2 |\n", "table-row-long", 1, 13),
    ("A text.\n\n[Q]: Why?\n", "address-unused", 3, 6),
    ("A [text][b].\n\n[a]: http://a.org\n[b]: http://b.org\n", "address-unused", 3, 6),
    ("## The long word\n[the-long-word]: #the-long-word\n\nWord.\n", "address-unused", 2, 19),
    ("A text.\n\n a    b\n---  ---\none twothree\n", "words-lost", 5, 5),
    ("A text.\n\n> [^n]: A note\n>\n>     of two paragraphs.\n", "words-lost", 3, 9),
    ("\\newcommand{\\two}[2]{#1}\n\nIt is \\two{here}{there}.\n", "words-lost", 3, 18),
]

KEPT = [
    "See [this][a] and [b], [c][] and <http://d.org>.\n\n[a]: http://a.org/a%20b 'A title'\n"
    "[b]: <http://b.org>\n[c]: http://c.org {.class}\n",
    "[//]: # (A remark)\n\n[comment]: <> (Another)\n\nA <!-- third --> text.\n",
    "A note[^1], one within^[the line], a third[^three].\n\n[^1]: One.\n\n[^three]: Two\n\n"
    "    paragraphs.\n\n    - A list.\n\nThe end.\n",
    "7. Seven\n8. Eight\n\ni) one\nii) two\n\n(a) letters\n(b) of them\n\n#. So\n",
    "(@x) An example, as in (@x).\n",
    "- [x] done\n- [ ] open\n  1. - a. deep\n\n> 1. quoted\n\nTerm\n:   1. numbered\n",
    "&eacute;t&eacute;, caf&#233;s, AT&T; [a](b%20c.md 'T'), ![d](a.svg){width=50%}.\n",
    "[Capitals]{.smallcaps}, [words]{lang=fr}, `code`{.python}.\n",
    "H~2~O, 2^nd^, ~~no~~, a_b, x\\_y.\n",
    "# A heading {#a .unnumbered}\n\n## Another {-}\n\nA setext one\n------------\n\nSo.\n",
    "::: {.note lang=fr}\nMot.\n:::\n\n::: pull-quote\nMot.\n:::\n",
    "``` {.python a=b}\ndef f():\n```\n\n```python\nx\n```\n\n    code\n",
    "<div class='x'>\n\nwords in a <span lang='fr'>mot</span>\n\n</div>\n\n<p title='t'>one</p>\n",
    "$a_b + \\alpha$ and $$\\frac{a=b}{c}$$ with \\emph{raw} and `x`{=html}.\n",
    f"{TABLE}| 1 \\| 2 | `a | b` |\n\nTable: The caption. {{#t}}\n",
    "+-----+-----+\n| 1. x| a   |\n+=====+=====+\n| - i | b   |\n+-----+-----+\n",
    "| A line\n|   of verse\n\n\"Quoted\" 'words', “so” «so»... rock'n'roll -- yes.\n",
    "“[See @a, p. 3]”, @b says.\n".replace("@", "\\@"),
    "A cafe\u0301, a\u00adb, n\u00a0b, \u202bلفظ\u202c, 词语。\n",
]


@pytest.mark.parametrize(("text", "code", "line", "column"), LOST)
def test_what_is_lost_is_told(read: Read, text: str, code: str, line: int, column: int) -> None:
    try:
        found = read(text).diagnostics
    except ManuscriptError as error:
        found = error.diagnostics
    places = [(item.code, item.place) for item in found if item.code != "raw-markup"]

    assert [(said, at and (at.line - FIRST + 1, at.column)) for said, at in places] == [
        (code, (line, column))
    ]


@pytest.mark.parametrize("text", KEPT)
def test_marks_that_pandoc_understands_are_no_words(read: Read, text: str, tmp_path: Path) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    found = read(text, a_svg=svg).diagnostics

    assert not {item.code for item in found} & {"table-row-long", "address-unused", "words-lost"}


def test_a_row_that_loses_a_cell_is_refused(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="so no edition shows “three”"):
        read(f"{TABLE}| 1 | 2 | three |\n")


def test_a_note_that_nothing_refers_to_is_told_once(read: Read) -> None:
    found = read("A text.\n\n[^n]: A note\n\n    of two paragraphs.\n\nMore.\n").diagnostics

    assert [item.code for item in found] == ["note-unused"]


UNITS = ["](", "](<", "<!--", "[^", "[a]: ", "&a;", "a", "<a", "{a=", "@a", "\\a", "1. ", "| 1 "]
SIZES = (10, 20, 40, 80)


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_of_nothing_but_marks_is_looked_through_in_steady_work(unit: str) -> None:
    def look(times: int) -> None:
        text = f"---\ntitle: T\nlang: en\n---\n\n{unit * times}\n"
        list(lost.words(Source("m", text.encode()), ""))

    assert grows_evenly([calls(partial(look, 10 * size)) for size in SIZES])


@pytest.mark.parametrize("unit", UNITS)
def test_expressions_over_a_text_of_nothing_but_marks_take_steady_steps(unit: str) -> None:
    for pattern in vars(lost).values():
        if isinstance(pattern, re.Pattern) and pattern is not lost._NOTE:  # begins a line
            took = [steps(pattern, f"\n\n{unit * size}\n") for size in SIZES]
            assert grows_evenly(took), (pattern.pattern, took)


def test_an_expression_that_goes_back_and_back_is_seen() -> None:
    took = [steps(re.compile("<[^>]*>"), "<a" * size) for size in SIZES]

    assert not grows_evenly(took)

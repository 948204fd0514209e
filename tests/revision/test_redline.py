"""Two states as one Word file with tracked changes: accepted the newer, rejected the older."""

from __future__ import annotations

import functools
import re

import pytest
from faircopy.core.model import Publication
from faircopy.intake import changes, parts_of
from faircopy.intake.changes import Choice
from faircopy.intake.package import Package, opened
from faircopy.manuscript import read
from faircopy.revision import differences
from faircopy.revision.lines import Hand
from faircopy.revision.redline import redline
from faircopy.revision.returned import returned
from faircopy.writers import Options, docx

from tests.editions import SAMPLES, house

GAUGE = "every-construct"
ANN = Hand("Ann", "2026-11-30T10:00:00Z")
TEXT = (SAMPLES / GAUGE / "manuscript.md").read_text("utf-8")

CHANGES = {
    "a word": ("the honest stick", "an honest stick"),
    "words": ("Nothing*** in\nthe book is", "Nothing*** at all in\nour books is"),
    "a look": ("**not once**", "*not once*"),
    "a sentence added": ("he was right.", "he was right. So was she."),
    "a paragraph split": ("the place, and", "the place.\n\nAnd"),
    "paragraphs joined": ("And it goes on here", "\x08And it goes on here"),
    "a paragraph added": ("A tight list:", "It is new, *quite* new.[^short]\n\nA tight list:"),
    "a heading": ("## Notes and numbers", "### Notes and many numbers"),
    "a heading made text": ("##### Figures and code {#figures}", "Figures and code"),
    "a note's words": ("keeper's own words", "keeper's very own words"),
    "a note gone": ("^[An inline note with *emphasis* and `code`.]", ""),
    "a note moved": ("is short.[^short] The second", "is short. The[^short] second"),
    "a note with a list gone": ("[^long]\n\n[^short]", "\n\n[^short]"),
    "an item": ("- salt\n\nA loose", "- salt\n- pepper\n\nA loose"),
    "an item gone": ("    - from the river\n        - in summer only\n", ""),
    "a list gone": ("3. the third morning\n4. the fourth", "4. the fourth"),
    "a numbered list": ("Tasks for the week:", "1. one\n2. two\n\nTasks for the week:"),
    "a cell": ("*high* water", "**very** high water"),
    "a row": ("| July ", "| June | 1 | | 2 |\n| July "),
    "a row gone": ("| July     |     2 | low water       | 19  |\n", ""),
    "a column": (
        "bread        2 loaves\nsalt         1 pound\nwater       30 buckets\n"
        "------- ------ ----------",
        "bread        2\nsalt         1\nwater       30\n------- ------",
    ),
    "a cell of many lines": ("- cloudy", "- very cloudy\n|           |             |"),
    "a caption": ("seen from the *lock*]", "seen from *the* lock]"),
    "a picture": ("![a tick in a circle](images/mark.svg){width=12px}", "A tick"),
    "a picture for another": ("(images/gauge.svg)", "(images/lock.svg)"),
    "a figure gone": ("[![Plan of the lock: two pairs of gates](images/lock.svg)]", "[the plan]"),
    "code": ("level // 0.25", "level // 0.5"),
    "code in a line": ("`read --all", "`read --most"),
    "a formula": ("E = mc^2", "E = mc^3"),
    "a formula gone": ("$$\\sum_{i=1}^{n} x_i = \\int_0^1 \\alpha(t) \\, dt$$", "Nothing."),
    "a quotation": ("It only knows the way.", "It only knows its way."),
    "a quotation within gone": ("> > But we know it, and we answer for it.\n>\n", ""),
    "verse": ("it took the lower field", "it took the upper field"),
    "another direction": ("النهر لا يعرف اسمه", "البحر لا يعرف اسمه"),
    "an address": ("https://example.org/book ", "https://example.org/books "),
    "words of a link": ("*old* **book**", "*oldest* **book**"),
    "a link gone": ("[to the notes](#notes)", "to the notes"),
    "the title": ("a *river* gauge", "one river gauge"),
    "a name": ("and Tomás O’Brien\ndateline", "and Tomás Brien\ndateline"),
}


@functools.cache
def state(text: str) -> tuple[Publication, bytes]:
    found = read(SAMPLES / GAUGE, name=GAUGE, text=text.encode())
    return found, docx.write(found, house(), Options()).data


def changed(text: str, *whats: str) -> str:
    for what in whats:
        old, new = CHANGES[what]
        after = text.replace(old, new)
        text = re.sub(r"\n\n +\x08", "\n  ", after)
    return text


def made(before: str, after: str) -> Package:
    return opened(redline(state(before)[1], state(after)[1], lambda units: ANN), "redline.docx")


def wrong(package: Package, before: str, after: str) -> list[object]:
    text = parts_of(package)
    return [
        *differences(state(after)[0], returned(package, text)),
        *differences(state(before)[0], returned(package, text, Choice.REJECT)),
    ]


ALONE = (
    "a note moved",
    "a column",
    "a list gone",
    "a picture for another",
    "words",
    "a figure gone",
)
"""Changes that are tried by themselves alone: others touch the same lines."""


def test_accepted_it_is_the_new_text_and_rejected_the_old() -> None:
    after = changed(TEXT, *(what for what in CHANGES if what not in ALONE))
    package = made(TEXT, after)
    assert wrong(package, TEXT, after) == []
    assert b'w:author="Ann" w:date="2026-11-30T10:00:00Z"' in b"".join(package.parts.values())
    back = made(after, TEXT)
    assert wrong(back, after, TEXT) == []


@pytest.mark.slow
@pytest.mark.parametrize("what", [pytest.param(one, id=one) for one in CHANGES])
def test_each_change_is_tracked(what: str) -> None:
    after = changed(TEXT, what)
    assert after != TEXT
    package = made(TEXT, after)
    assert wrong(package, TEXT, after) == []
    assert (
        changes.tracked(*parts_of(package).roots)
        or "Change " in package.parts["word/document.xml"].decode()
    )

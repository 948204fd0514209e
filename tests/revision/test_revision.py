"""A Word edition of ours is edited and comes back: the manuscript then says what it says."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.intake import parts_of
from faircopy.intake.package import opened
from faircopy.manuscript import read
from faircopy.manuscript.source import Source
from faircopy.revision import Revised, differences, revise
from faircopy.revision.patch import applied
from faircopy.revision.returned import Returned, returned

from tests.editions import INTERVIEW
from tests.revision.edited import (
    Element,
    edited,
    folder,
    join,
    look,
    par,
    paragraph,
    replace,
    split,
)

GAUGE = "every-construct"


def back(data: bytes) -> Returned:
    package = opened(data, "edited.docx")
    return returned(package, parts_of(package))


def home(name: str, data: bytes, tmp_path: Path) -> tuple[str, str, Revised]:
    """Return a manuscript before and after, and what was revised; both say the same."""
    place = folder(name, tmp_path)
    base, came = read(place, name=name), back(data)
    text = Source("m", base.source).text
    revised = revise(base, came)
    after = applied(text, revised.edits)
    (place / "manuscript.md").write_text(after, "utf-8")
    assert not revised.unplaced
    assert differences(read(place, name=name), came) == []
    return text, after, revised


def lines_changed(before: str, after: str) -> list[str]:
    import difflib

    found = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in found if line[:3] not in ("---", "+++") and line[:2] != "@@"]


def both(*changes: Callable[[Element], object]) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        for one in changes:
            one(root)

    return change


def gone(words: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        found = paragraph(root, words)
        above = found.getparent()
        assert above is not None
        above.remove(found)

    return change


def added(behind: str, new: Element) -> Callable[[Element], None]:
    return lambda root: paragraph(root, behind).addnext(copy.deepcopy(new))


INTERVIEWED = {
    "a word": replace("friendly country", "friendly land"),
    "a comma": replace("the SCO, OIC, CICA and", "the SCO, OIC, CICA, and"),
    "a sentence added": replace("the social sphere.", "the social sphere. It was cold."),
    "a sentence gone": replace("The Abraham Accords, initiated by President Trump, ", "They "),
    "a paragraph split": split("At the same time, we consistently"),
    "paragraphs joined": join("The connectivity has become"),
    "a paragraph added": added("we highly commend", par("New &amp; *good*, said_so.")),
    "a paragraph gone": gone("We also aim to position"),
    "a heading's words": replace("join the Abraham Accords?", "join these Accords?"),
    "a heading added": added("a stable, transparent", par("And what now?", "Question")),
    "italics": look("strategic partner", "i"),
    "bold italics": look("GDP per capita", "i", "b"),
    "the title": replace("Interview with the", "A talk with the"),
    "the standfirst": replace("versus reality", "and reality"),
    "a pull quote gone": gone("This remains the only viable"),
}


def test_edits_come_home_together(tmp_path: Path) -> None:
    data = edited(INTERVIEW, both(*INTERVIEWED.values()))
    before, after, revised = home(INTERVIEW, data, tmp_path)
    assert len(revised.edits) == len(INTERVIEWED)
    assert len(lines_changed(before, after)) < 3 * len(INTERVIEWED)


@pytest.mark.slow
@pytest.mark.parametrize("what", INTERVIEWED)
def test_an_edit_comes_home(what: str, tmp_path: Path) -> None:
    before, after, revised = home(INTERVIEW, edited(INTERVIEW, INTERVIEWED[what]), tmp_path)
    assert len(revised.edits) == 1
    assert len(lines_changed(before, after)) <= 4


def test_nothing_that_changed_is_nothing_to_change(tmp_path: Path) -> None:
    for name in (INTERVIEW, GAUGE, "speaker-turns"):
        before, after, revised = home(name, edited(name, lambda root: None), tmp_path)
        assert not revised.edits
        assert before == after

"""A Word edition of ours is edited and comes back: the manuscript then says what it says."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core import process
from faircopy.intake import parts_of
from faircopy.intake.package import opened
from faircopy.manuscript import carried, read
from faircopy.manuscript.source import Source
from faircopy.proof import office
from faircopy.revision import Revised, differences, revise
from faircopy.revision.patch import applied
from faircopy.revision.returned import Returned, returned

from tests.editions import INTERVIEW
from tests.revision.edited import (
    Element,
    both,
    edited,
    folder,
    gone,
    join,
    like,
    look,
    moved,
    note_gone,
    noted,
    par,
    paragraph,
    plain,
    replace,
    row_added,
    row_gone,
    split,
    styled,
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


def libreoffice(data: bytes, folder: Path) -> bytes:
    """Return a file as LibreOffice saves it."""
    (folder / "in").mkdir()
    (folder / "in" / "file.docx").write_bytes(data)
    room = f"-env:UserInstallation={(folder / 'room').as_uri()}"
    form = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder))
    command = [office.program(), "--headless", room, *form, str(folder / "in" / "file.docx")]
    process.run(command, timeout=180)
    return (folder / "file.docx").read_bytes()


def lines_changed(before: str, after: str) -> list[str]:
    import difflib

    found = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in found if line[:3] not in ("---", "+++") and line[:2] != "@@"]


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


NEW_NOTE = noted("estimated", "It was *not*.")
CONSTRUCTS = {
    "a nested item's word": replace("in summer only", "in winter only"),
    "an item added": like("from the well", "from the sky"),
    "an item gone": gone("bread"),
    "a numbered item added": like("the fifth morning", "the sixth morning"),
    "a loose item's word": replace("The third item closes", "The third item ends"),
    "a note gone": note_gone(0),
    "an inline note gone": note_gone(0),
    "a cell's word": replace("high", "very high"),
    "a row gone": row_gone("July"),
    "a row added": row_added("October", "August", "3", "dry", "20"),
    "a grid's cell": replace("five marks", "nine marks"),
    "a quotation's word": replace("does not know", "knows not"),
    "a paragraph more in a quotation": like("It only knows", "It goes on."),
    "a link's words": replace("to the notes", "to these notes"),
    "bold italics taken away": plain("Nothing"),
    "struck out": look("She writes", "strike"),
    "a heading's level": styled("Links", "Heading3"),
    "a heading made a paragraph": styled("Formulas", "BodyText"),
    "a paragraph made a heading": styled("A tight list", "Heading4"),
    "a caption's word": replace("Water at Upper Lock, in marks", "Water at the lock"),
    "a line of verse": replace("The water rose at night", "The water rose by night"),
    "a definition's word": replace("A board with marks", "A plank with marks"),
    "a paragraph moved": moved("Terms of the trade", "The end of the article"),
    "a formula's line": replace("On its own line", "Alone on a line"),
    "a picture's line": replace("means that the reading", "says that the reading"),
    "a paragraph before a list": lambda root: paragraph(root, "A loose list").addprevious(
        par("Between lists.", "BodyText")
    ),
    "code in a line": replace("read --all", "read --some"),
    "a line with a hard break": replace("This line follows", "That line follows"),
    "a value that needs quotes": replace("A manuscript for testing", "A: manuscript # for tests"),
    "the byline": replace("By Ada", "Of Ada"),
    "words from right to left": replace("النهر", "نهر"),
    "a new note": NEW_NOTE[0],
}
NOTES = both(
    replace("An inline note", "One inline note"), replace("words, from", "word, of"), NEW_NOTE[1]
)


def test_every_construct_comes_home(tmp_path: Path) -> None:
    """A note and its mark, and a moved paragraph's two places, are counted apart or as one."""
    data = edited(GAUGE, both(*CONSTRUCTS.values()), NOTES)
    before, after, revised = home(GAUGE, data, tmp_path)
    assert len(CONSTRUCTS) - 2 <= len(revised.edits) <= len(CONSTRUCTS) + 4
    assert len(lines_changed(before, after)) < 3 * len(CONSTRUCTS)


@pytest.mark.slow
@pytest.mark.parametrize("what", CONSTRUCTS)
def test_a_construct_comes_home(what: str, tmp_path: Path) -> None:
    data = edited(GAUGE, CONSTRUCTS[what], NOTES)
    _, _, revised = home(GAUGE, data, tmp_path)
    assert 1 <= len(revised.edits) <= 7


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_libreoffice_changes_nothing_but_what_was_edited(tmp_path: Path) -> None:
    saved = libreoffice(edited(INTERVIEW, both(*INTERVIEWED.values())), tmp_path)
    package = opened(saved, "saved.docx")
    assert carried.read(package.tree(package.related("customXml")[0])) is not None
    before, after, revised = home(INTERVIEW, saved, tmp_path)
    assert len(revised.edits) == len(INTERVIEWED)
    assert len(lines_changed(before, after)) < 3 * len(INTERVIEWED)


UNTAKEN = {
    "a word": replace("friendly country", "friendly land"),
    "a word gone": replace("friendly country", "country"),
    "words that changed places": replace("friendly country", "country friendly"),
    "italics": look("strategic partner", "i"),
    "a paragraph gone": gone("We also aim to position"),
    "a heading added": added("a stable, transparent", par("And what now?", "Question")),
}


@pytest.mark.parametrize("what", UNTAKEN)
def test_what_was_not_taken_is_a_difference(what: str, tmp_path: Path) -> None:
    base = read(folder(INTERVIEW, tmp_path), name=INTERVIEW)
    assert differences(base, back(edited(INTERVIEW, both()))) == []
    (found,) = differences(base, back(edited(INTERVIEW, UNTAKEN[what])))
    assert found.manuscript != found.file


def test_nothing_that_changed_is_nothing_to_change(tmp_path: Path) -> None:
    for name in (INTERVIEW, GAUGE, "speaker-turns"):
        before, after, revised = home(name, edited(name, lambda root: None), tmp_path)
        assert not revised.edits
        assert before == after

"""The index of codes: all that are made are in it, and what it prints are whole sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from faircopy.core.diagnostics import AS_WRITTEN, Diagnostic, EditionError, Severity, whole
from faircopy.core.tools import TOOLS
from faircopy.explain import console, index, look_up
from faircopy.explain.index import collected, unread
from faircopy.explain.literals import Module

TESTS = Path(__file__).parents[1]
_BEGUN = re.compile(r"[A-Z0-9“(…@./–-]|[a-z]+[A-Z]\w+|[a-z]+(?:\.[a-z]+|[/-])")
"""A capital, a quotation, what is known at run time only, or a name that has no capital."""


def _named(tree: ast.AST) -> Iterator[str]:
    """Yield what a test compares with a finding's code, or with several."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(re.search(r"\bcodes?\b", ast.unparse(side)) for side in sides):
                found = [one for side in sides for one in ast.walk(side)]
                texts = [one.value for one in found if isinstance(one, ast.Constant)]
                yield from (one for one in texts if isinstance(one, str) and "-" in one)


def test_every_code_that_a_test_names_is_in_the_index() -> None:
    code = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
    named = {
        (one, path.name)
        for path in TESTS.rglob("test_*.py")
        if path.parent.name != "explain"
        for one in _named(ast.parse(path.read_text("utf-8")))
        if code.fullmatch(one)
    }
    assert len(named) > 100
    lacking = sorted(one for one in named if look_up(one[0])[0] is None)
    assert lacking == [("word-lost", "test_engine.py")]  # which the fakes there make up


def test_no_finding_is_made_whose_code_cannot_be_read() -> None:
    """Those that hand on what was made elsewhere."""
    assert unread() == ()


def test_what_users_are_told_are_whole_sentences() -> None:
    """A remedy may end in a command, a link or an example behind a colon."""
    said = [(code, one) for code, entry in index().items() for one in entry.sayings]
    texts = [(code, text) for code, one in said for text in (one.message, one.remedy) if text]
    assert [one for one in texts if not _begun(one[1])] == []
    assert [(code, one.message) for code, one in said if not _ended(one.message)] == []
    assert [(code, one.remedy) for code, one in said if not _ended(one.remedy, ": ")] == []


def _begun(text: str) -> bool:
    return _BEGUN.match(text) is not None or text.partition(" ")[0].rstrip(":") in AS_WRITTEN


def _ended(text: str, opened: str = "") -> bool:
    last = text.rpartition(". ")[2]
    return not text or bool(re.search(r"[.?!…][”’)]?\Z", text)) or bool(opened and opened in last)


def test_a_code_says_something_of_itself() -> None:
    assert [code for code, entry in index().items() if not (entry.sayings or entry.about)] == []


SOURCE = '''
from x import Severity
LATE = "too-late"
SAID = {"not-seen": "“{0}” is not seen"}
class Kind(StrEnum):
    OUT = "kind-out"
    OVER = "kind-over"
ROWS = (("row-open", "[", "“{}” is open", "Close it."), ("row-shut", "]", "It is shut", "Open it."))
TOLD = {Kind.OUT: "is out", Kind.OVER: "is over"}

def plain(name):
    """A rule."""
    return Diagnostic("not-there", Severity.WARNING, f"{name} is not there", "Put it there.")

def either(main):
    code, why = "in-time", "was in time"
    if main:
        code, why = LATE, "came late"
    raise X.because(code, f"it {why}", "Wait." if main else "Do nothing.")

def by_rows():
    for code, sign, message, remedy in ROWS:
        yield Diagnostic(code, Severity.NOTE, message, remedy)

FIRST = Kind(3, "one-first", "Make it less.")

def one_by_one(kind):
    yield error(kind.code, f"there are more than {kind}", kind.remedy)

def error(code, message, remedy):
    return Diagnostic(code, Severity.ERROR, message, remedy)

def helper(code, what):
    return Diagnostic(code, Severity.NOTE, f"the {what} is odd", "Look at it.")

def called():
    yield helper("odd-page", "page")
    yield helper(code="odd-line", what="line")

def looked_up(item):
    return Diagnostic(item.code, Severity.ERROR, SAID[item.code].format(item))

def enumerated(breach):
    return Diagnostic(f"x-{breach.kind.value}", Severity.ERROR, f"It {TOLD[breach.kind]}.", "No.")

def handed_on(item):
    return Diagnostic(item.code, item.severity, item.message)
'''


def test_every_way_to_make_a_finding_is_read() -> None:
    module = Module("sample.py", SOURCE)
    found = {
        (code, " ".join(entry.severities), saying.message, saying.remedy)
        for code, entry in collected([module]).items()
        for saying in entry.sayings
    }
    assert found == {
        ("not-there", "warning", "… is not there.", "Put it there."),
        ("in-time", "error", "It was in time.", "Wait."),
        ("too-late", "error", "It came late.", "Do nothing."),
        ("row-open", "note", "“…” is open.", "Close it."),
        ("row-shut", "note", "It is shut.", "Open it."),
        ("one-first", "error", "There are more than …", "Make it less."),
        ("odd-page", "note", "The page is odd.", "Look at it."),
        ("odd-line", "note", "The line is odd.", "Look at it."),
        ("not-seen", "error", "“…” is not seen.", ""),
        ("x-kind-out", "error", "It is out.", "No."),
        ("x-kind-over", "error", "It is over.", "No."),
    }
    assert unread([module]) == ()
    lost = "def lost(of):\n    return Diagnostic(of(), Severity.NOTE, 'It is lost.')"
    assert unread([Module("sample.py", lost)]) == ("sample.py: of()",)


def test_words_of_another_module_are_read_by_its_name() -> None:
    there = Module("core/there.py", 'SAID = "It is elsewhere."')
    source = "from faircopy.core import there\n\ndef far():\n    return Diagnostic({})"
    here = Module("here.py", source.format("'far-away', Severity.NOTE, there.SAID"))
    (saying,) = collected([there, here])["far-away"].sayings
    assert saying.message == "It is elsewhere."


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("image-alt", "image-alt"),
        ("[image-alt]", "image-alt"),
        ("Layout-B4", "layout-b4"),
        ("epubcheck-rsc-005", "epubcheck-…"),
        ("verapdf-ua1-7.1-3", "verapdf-…-…"),
        ("epub-link-dropped", "…-link-dropped"),
    ],
)
def test_a_code_is_found_as_it_is_shown(asked: str, code: str) -> None:
    entry, near = look_up(asked)
    assert entry is not None
    assert (entry.code, near) == (code, ())


def test_a_slip_is_answered_with_what_is_like_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(EditionError, match=r"Did you mean: image-alt"):
        console.explain("imag-alt")
    assert console.explain("image-alt")
    shown = capsys.readouterr().out
    assert shown.startswith("image-alt: error\n")
    assert "Said: The image “…” has no alternative text.\n  Do:   Say what" in shown
    assert console.explain("layout-b4")
    assert "House rule B4 of styles/RULES.md" in capsys.readouterr().out
    assert console.explain("")
    assert len(capsys.readouterr().out.splitlines()) == len(index())


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("the id is given twice", "The id is given twice."),
        ("pandoc's tree is old", "Pandoc's tree is old."),
        ("“so” is no heading", "“so” is no heading."),
        ("It ends here.", "It ends here."),
        ("he asked “why?”", "He asked “why?”"),
        ("words.txt cannot be read", "words.txt cannot be read."),
        ("pdfinfo is not installed", "pdfinfo is not installed."),
        ("", ""),
    ],
)
def test_a_message_becomes_a_sentence(message: str, said: str) -> None:
    assert whole(message) == said == whole(said)
    assert str(Diagnostic("x", Severity.NOTE, message)) == f"note: {said} [x]"


def test_a_program_keeps_its_name_at_the_beginning_of_a_sentence() -> None:
    assert {tool.program for tool in TOOLS if re.fullmatch("[a-z]+", tool.program)} <= AS_WRITTEN

from __future__ import annotations

import io
import json

import msgspec
import pytest
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.publish import report
from faircopy.publish.outcome import Event, File, Outcome, Step
from faircopy.publish.progress import Lines, Live, lively, shown
from syrupy.assertion import SnapshotAssertion

FILE = File(
    path="dist/one/one.en.a5.pdf",
    format="pdf",
    page="a5",
    lang="en-GB",
    bytes=1_234_567,
    sha256="0" * 64,
    pages=1112,
    words=95_000,
    seconds=3.14159,
)
OUTCOME = Outcome(
    files=(
        FILE,
        msgspec.structs.replace(
            FILE, path="dist/one/one.en.docx", bytes=999, pages=None, words=7, seconds=None
        ),
        msgspec.structs.replace(
            FILE, path="dist/one/one.en.epub", bytes=12_345, pages=None, words=None
        ),
    ),
    changed=("one",),
    failed=("two",),
    lacking=("one: pdf a5",),
    diagnostics=(
        Diagnostic("refused", Severity.ERROR, "It is refused.", "Mend it.", Place("a.md", 3, 7)),
        Diagnostic("doubtful", Severity.WARNING, "It is doubtful."),
    ),
    bugs=(),
    seconds=4.5678,
)
EVENTS = (
    Event(step=Step.BEGUN, total=2),
    Event(step=Step.READ, slug="one", seconds=0.1),
    Event(step=Step.WAITING),
    Event(step=Step.MADE, slug="one", what="pdf a5", seconds=1.234),
    Event(step=Step.FAILED, slug="one", what="docx"),
    Event(step=Step.PUBLISHED, slug="one"),
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_table(snapshot: SnapshotAssertion) -> None:
    assert f"{report.table(OUTCOME.files)}\n{report.verdict(OUTCOME)}" == snapshot
    assert report.table(()) == ""


def test_the_document_for_machines(snapshot: SnapshotAssertion) -> None:
    assert report.to_json(OUTCOME) == snapshot
    refusal = json.loads(report.refusal(OUTCOME.diagnostics))
    assert refusal["ok"] is False
    assert refusal["diagnostics"][0]["line"] == 3


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_000_000, "1.0 MB")]
)
def test_sizes(count: int, shown: str) -> None:
    assert report.size(count) == shown


def test_plain_lines(snapshot: SnapshotAssertion) -> None:
    stream = io.StringIO()
    with shown(stream, {}) as listen:
        assert isinstance(listen, Lines)
        for event in EVENTS:
            listen(event)
    assert stream.getvalue() == snapshot


def test_a_terminal_gets_one_live_line_that_goes_away() -> None:
    stream = Terminal()
    with shown(stream, {"TERM": "xterm"}) as listen:
        assert isinstance(listen, Live)
        for event in EVENTS:
            listen(event)
    assert "one  pdf a5" in stream.getvalue()
    assert "1/2" in stream.getvalue()


def test_a_terminal_with_nothing_to_do_stays_empty() -> None:
    stream = Terminal()
    with shown(stream, {"TERM": "xterm"}) as listen:
        listen(EVENTS[-1])
    assert stream.getvalue() == ""


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"CI": "true"}, {"TERM": "dumb"}])
def test_who_wants_plain_lines_gets_them(environ: dict[str, str]) -> None:
    assert not lively(Terminal(), environ)
    assert lively(Terminal(), {"TERM": "xterm", "NO_COLOR": ""})
    assert not lively(io.StringIO(), {"TERM": "xterm"})


def test_notes_on_what_did_not_change_are_counted_where_something_did() -> None:
    """The samples' notes would drown those on an editor's own text."""

    def note(place: str, severity: Severity = Severity.NOTE) -> Diagnostic:
        return Diagnostic("said", severity, "It is said.", "", Place(place, 1))

    own, other = note("source/own/manuscript.md"), note("source/sample/manuscript.md")
    of_file = note("sample.ur.docx")
    doubt = note("source/sample/manuscript.md", Severity.WARNING)
    files = tuple(
        msgspec.structs.replace(FILE, path=f"dist/{slug}/{slug}.en.docx")
        for slug in ("own", "sample", "sample-2")
    )
    outcome = msgspec.structs.replace(
        OUTCOME, files=files, changed=("own",), failed=(), diagnostics=(own, other, of_file, doubt)
    )
    counted, *rest = report.told(outcome)
    assert (counted.code, rest) == ("notes-as-before", [doubt, own])
    assert counted.message == "sample came out as before, with 2 notes."

    alone = msgspec.structs.replace(outcome, changed=())
    assert report.told(alone) == outcome.diagnostics
    failed = msgspec.structs.replace(outcome, changed=(), failed=("own",))
    assert report.told(failed) == (counted, doubt, own)


def test_the_live_line_moves_by_itself() -> None:
    """A text of a book's length is read for seconds, in which nothing is heard."""
    live = Live(Terminal())
    try:
        live(EVENTS[0])
        assert live._progress
        assert live._progress.live.auto_refresh
        assert live._progress.live.refresh_per_second >= 2
    finally:
        live.close()

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from faircopy.core.diagnostics import FaircopyError, ManuscriptError, Severity
from faircopy.publish import digest
from faircopy.publish.crew import Hire
from faircopy.publish.crew import hire as usual
from faircopy.publish.engine import build
from faircopy.publish.jobs import Task
from faircopy.publish.outcome import Outcome
from faircopy.publish.plan import Request
from faircopy.publish.project import Project
from faircopy.publish.workers import Workers
from faircopy.theme import Theme, sources

from tests.publish import fakes
from tests.publish.fakes import TRADE, Here, P, T, contents, project, rewrite

ALL = {
    "one/one.en.a4.pdf",
    "one/one.en.a5.pdf",
    "one/one.en.docx",
    "one/one.en.epub",
    "one/index.html",
    "one/manifest.json",
    "one/SHA256SUMS",
    "index.html",
    "manifest.json",
    "SHA256SUMS",
}


DERIVED = ("index.html", "manifest.json", "SHA256SUMS")
"""What lies beside the files of a set."""


def run(
    place: Project, environ: dict[str, str] | None = None, hire: Hire = usual, **asked: Any
) -> Outcome:
    request = Request(**asked)
    return build(request, place, trade=TRADE, environ=environ or {}, hire=hire)


def codes(outcome: Outcome) -> list[str]:
    return [item.code for item in outcome.diagnostics]


def sums_hold(dist: Path) -> bool:
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    return subprocess.run(command, cwd=dist, check=False).returncode == 0


def test_what_has_no_place_of_its_own_names_the_manuscript(tmp_path: Path) -> None:
    place = project(tmp_path, one="words", two="FAIL docx", three="WRONG docx")
    found = {(item.code, str(item.place)) for item in run(place).diagnostics}

    assert ("said", "source/one/manuscript.md") in found
    assert ("impossible", "source/two/manuscript.md") in found
    assert ("word-lost", "source/three/manuscript.md") in found


def test_a_build_makes_the_whole_set_and_tells_of_it(tmp_path: Path) -> None:
    place = project(tmp_path, one="some words here")
    listener = fakes.Listener()
    outcome = build(Request(), place, trade=TRADE, listen=listener, environ={})
    assert outcome.ok
    assert outcome.changed == ("one",)
    assert set(contents(place.dist)) == ALL
    assert sums_hold(place.dist)
    assert sums_hold(place.dist / "one")
    assert [(file.path, file.pages, file.words) for file in outcome.files] == [
        ("dist/one/one.en.a4.pdf", 3, 3),
        ("dist/one/one.en.a5.pdf", 3, 3),
        ("dist/one/one.en.docx", None, 3),
        ("dist/one/one.en.epub", None, 3),
    ]
    assert all(file.seconds is not None for file in outcome.files)
    assert (place.dist / "one/one.en.epub").read_bytes().endswith(b"cover of one")
    assert codes(outcome) == ["doubtful", "said"]
    assert listener.heard[:2] == ["begun", "read one"]
    assert sorted(listener.heard[2:]) == [
        "made one docx",
        "made one epub",
        "made one pdf a4",
        "made one pdf a5",
        "published one",
    ]


def test_nothing_is_made_or_touched_when_nothing_changed(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    run(place)
    before = {path: path.stat().st_mtime_ns for path in place.dist.rglob("*")}
    listener = fakes.Listener()
    outcome = build(Request(), place, trade=TRADE, listen=listener, environ={})
    assert outcome.ok
    assert outcome.changed == ()
    assert all(file.seconds is None for file in outcome.files)
    assert codes(outcome) == ["doubtful", "said"]
    assert listener.heard == ["published one"]
    assert {path: path.stat().st_mtime_ns for path in place.dist.rglob("*")} == before


@pytest.mark.parametrize("name", sorted(ALL))
def test_what_someone_damaged_or_deleted_in_dist_is_restored(tmp_path: Path, name: str) -> None:
    place = project(tmp_path, one="words", two="more")
    run(place)
    whole = contents(place.dist)
    for harm in (Path.unlink, lambda path: path.write_bytes(b"damaged")):
        harm(place.dist / name)
        assert run(place).ok
        assert contents(place.dist) == whole


def test_a_damaged_cache_is_noticed_and_made_again(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    run(place)
    whole = contents(place.dist)
    entries = [path for path in place.cache.rglob("*") if path.is_file()]
    assert len(entries) == 6  # four files, the cover, and what reading told
    for path in entries:
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    (place.dist / "one/one.en.docx").unlink()
    outcome = run(place)
    assert outcome.ok
    assert all(file.seconds is not None for file in outcome.files)
    assert contents(place.dist) == whole
    (told,) = (item for item in outcome.diagnostics if item.code == "cache-not-ours")
    assert "6 of the files" in told.message
    assert not [item for item in run(place).diagnostics if item.code == "cache-not-ours"]


def test_only_what_depends_on_a_change_is_made_again(tmp_path: Path) -> None:
    place = project(tmp_path, one="words", two="more")
    run(place)
    rewrite(place, "two", "other words")
    listener = fakes.Listener()
    outcome = build(Request(), place, trade=TRADE, listen=listener, environ={})
    assert outcome.changed == ("two",)
    assert not [heard for heard in listener.heard if "made one" in heard]
    assert (place.dist / "two/two.en.docx").read_bytes() == b"docx \nother words\n"


def test_a_theme_file_outside_styles_counts(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    theme = tmp_path / "mine.toml"
    theme.write_text("a = 1")
    run(place, theme=str(theme))
    theme.write_text("a = 2")
    assert all(file.seconds is not None for file in run(place, theme=str(theme)).files)
    (tmp_path / "printer.icc").write_bytes(b"a profile that the theme may name")
    assert all(file.seconds is not None for file in run(place, theme=str(theme)).files)


def test_a_manuscript_that_is_refused_leaves_its_old_set_and_the_others(tmp_path: Path) -> None:
    place = project(tmp_path, one="words", two="more")
    run(place)
    old = contents(place.dist / "one")
    rewrite(place, "one", "REFUSED")
    rewrite(place, "two", "changed")
    outcome = run(place)
    assert not outcome.ok
    assert outcome.failed == ("one",)
    assert outcome.changed == ("two",)
    assert str(outcome.diagnostics[0].place) == "source/one/manuscript.md:1:1"
    assert contents(place.dist / "one") == old
    assert sums_hold(place.dist)


@pytest.mark.parametrize("kind", ["pdf", "docx", "epub"])
def test_a_format_that_fails_keeps_the_set_back(tmp_path: Path, kind: str) -> None:
    place = project(tmp_path, one="words")
    run(place)
    old = contents(place.dist)
    rewrite(place, "one", f"FAIL {kind}")
    outcome = run(place)
    assert not outcome.ok
    assert "impossible" in codes(outcome)
    assert outcome.files == ()
    assert contents(place.dist) == old


@pytest.mark.parametrize("kind", ["pdf", "docx", "epub"])
def test_a_file_that_is_proven_wrong_keeps_the_set_back(tmp_path: Path, kind: str) -> None:
    place = project(tmp_path, one=f"WRONG {kind}", two="words")
    for _ in range(2):  # nor does a second build take it from the cache
        outcome = run(place)
        assert outcome.failed == ("one",)
        assert "word-lost" in codes(outcome)
        assert not (place.dist / "one").exists()


def test_a_fault_of_ours_is_told_with_its_traceback(tmp_path: Path) -> None:
    place = project(tmp_path, one="BUG docx", two="words")
    outcome = run(place)
    assert not outcome.ok
    assert outcome.changed == ("two",)
    assert "bug" in codes(outcome)
    assert "ZeroDivisionError: by nothing" in outcome.bugs[0]
    assert "fakes.py" in outcome.bugs[0]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_worker_that_is_killed_is_told_and_the_next_build_is_right(
    tmp_path: Path, kind: str
) -> None:
    place = project(tmp_path, one="words", two=f"DIE {kind}")
    outcome = run(place, jobs=2)
    assert outcome.failed == ("two",)
    assert "worker-lost" in codes(outcome)
    assert outcome.changed == ("one",)
    rewrite(place, "two", "alive")
    assert run(place, jobs=2).ok
    assert sums_hold(place.dist)


@pytest.mark.parametrize(("order", "code"), [("TURN", "job-time"), ("SWELL", "job-memory")])
def test_a_job_over_its_budget_is_ended_told_once_and_the_others_are_published(
    tmp_path: Path, order: str, code: str
) -> None:
    place = project(tmp_path, one="words", two=f"{order} docx", three="words")
    brief = partial(Workers, seconds=2)
    outcome = build(Request(jobs=2), place, trade=TRADE, hire=brief, environ={})
    assert outcome.failed == ("two",)
    assert sorted(outcome.changed) == ["one", "three"]
    assert sums_hold(place.dist)
    (told,) = (item for item in outcome.diagnostics if item.severity is Severity.ERROR)
    assert (told.code, str(told.place)) == (code, "source/two/manuscript.md")
    assert told.message.startswith("Docx was stopped")
    assert told.remedy


def test_a_set_is_published_as_soon_as_it_is_whole_and_little_is_read_ahead(
    tmp_path: Path,
) -> None:
    place = project(tmp_path, **{f"n{number}": "words" for number in range(8)})
    listener = fakes.Listener()
    assert build(Request(jobs=1), place, trade=TRADE, listen=listener, environ={}).ok
    steps = [line.split()[0] for line in listener.heard]
    ahead = [
        steps[:here].count("read") - steps[:here].count("published") for here in range(len(steps))
    ]
    assert steps.count("published") == 8
    assert max(ahead) <= 2


def test_formats_made_alone_join_the_set_of_the_same_source(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    run(place, formats=("docx",))
    outcome = run(place, formats=("pdf",), pages=("a5",))
    assert codes(outcome) == ["doubtful", "said"]
    names = set(contents(place.dist / "one"))
    assert names == {"one.en.docx", "one.en.a5.pdf", *DERIVED}
    assert sums_hold(place.dist)


def test_press_files_are_made_when_asked_for_and_stay_while_they_are_true(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    usual = run(place)
    asked = run(place, also=("press",))
    press = {"one.en.a4.press.pdf", "one.en.a5.press.pdf"}
    assert {file.path for file in asked.files} - {file.path for file in usual.files} == {
        f"dist/one/{name}" for name in press
    }
    assert [file.seconds is None for file in asked.files] == [True] * 4 + [False] * 2

    plain = run(place)
    assert len(plain.files) == 4
    assert not plain.changed
    assert press < set(contents(place.dist / "one"))
    assert not run(place, also=("press",)).changed

    rewrite(place, "one", "newer")
    removed = [item for item in run(place).diagnostics if item.code == "stale-removed"]
    assert {item.message.split()[0] for item in removed} == press
    assert all("--formats press" in item.remedy for item in removed)
    assert sums_hold(place.dist)


def test_formats_of_an_older_source_are_removed_and_told(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    run(place)
    rewrite(place, "one", "newer")
    outcome = run(place, formats=("docx",))
    removed = [item.message for item in outcome.diagnostics if item.code == "stale-removed"]
    assert [message.split()[0] for message in removed] == [
        "one.en.a4.pdf",
        "one.en.a5.pdf",
        "one.en.epub",
    ]
    assert set(contents(place.dist / "one")) == {"one.en.docx", *DERIVED}
    assert sums_hold(place.dist)


def test_a_set_without_a_manuscript_is_named_and_left(tmp_path: Path) -> None:
    place = project(tmp_path, one="words", two="more")
    run(place)
    (place.source / "two/manuscript.md").unlink()
    outcome = run(place)
    assert outcome.ok
    assert [item.message for item in outcome.diagnostics if item.code == "left-over"] == [
        "dist/two comes from a manuscript that is not there any more."
    ]
    assert (place.dist / "two/two.en.docx").exists()
    assert sums_hold(place.dist)
    assert "left-over" not in codes(run(place, manuscripts=("one",)))


def test_a_folder_without_a_manuscript_is_passed_over_and_named(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    (place.source / "two").mkdir()
    (place.source / "two/story.md").write_text("words")
    (place.source / "empty").mkdir()
    (place.source / ".git").mkdir()
    (place.source / "notes.txt").write_text("words")
    found = [item for item in run(place).diagnostics if item.code == "folder-passed-over"]
    assert [str(item.place) for item in found] == ["source/two"]
    assert "folder-passed-over" not in codes(run(place, manuscripts=("one",)))


def test_force_makes_all_anew_and_sees_what_differs(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    run(place)
    outcome = run(place, force=True)
    assert outcome.ok
    assert outcome.changed == ()
    assert all(file.seconds is not None for file in outcome.files)
    assert "not-reproducible" not in codes(outcome)


def test_a_date_from_outside_is_used_only_where_the_manuscript_has_none(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    run(place, environ={"SOURCE_DATE_EPOCH": "86400"})
    assert (place.dist / "one/one.en.docx").read_bytes() == b"docx \nwords\n1970-01-02"
    run(place)
    assert (place.dist / "one/one.en.docx").read_bytes() == b"docx \nwords\n"


def test_a_date_from_outside_that_is_no_number_is_refused(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    with pytest.raises(FaircopyError, match="source-date-epoch"):
        run(place, environ={"SOURCE_DATE_EPOCH": "yesterday"})


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"manuscripts": ("oen",)}, "Did you mean “one”?"),
        ({"manuscripts": ("../one",)}, "unknown-manuscript"),
        ({"formats": ("PDF",)}, "Did you mean “pdf”?"),
        ({"formats": ("zzz",)}, "Known are: pdf, docx, epub."),
        ({"pages": ("a6",)}, "Known are: a4, a5."),
    ],
)
def test_a_slip_of_the_pen_gets_a_suggestion(
    tmp_path: Path, asked: dict[str, Any], expected: str
) -> None:
    place = project(tmp_path, one="words")
    with pytest.raises(FaircopyError, match=expected.replace("?", "\\?")):
        run(place, **asked)
    assert not place.dist.exists()


def test_no_manuscript_at_all_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(FaircopyError, match=r"\./inv new SLUG"):
        run(project(tmp_path))


def test_one_job_at_a_time_and_many_give_the_same_bytes(tmp_path: Path) -> None:
    texts = {f"m{number}": f"text {number}" for number in range(5)}
    results = []
    for jobs in (1, 4):
        root = tmp_path / str(jobs)
        root.mkdir()
        place = project(root, **texts)
        assert run(place, jobs=jobs).ok
        results.append(contents(place.dist))
    assert results[0] == results[1]


def test_a_cache_that_cannot_be_written_costs_a_warning_only(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    place.cache.parent.mkdir()
    place.cache.write_text("a file where the folder should be")
    outcome = run(place)
    assert outcome.ok
    assert codes(outcome).count("cache-not-written") == 1
    assert set(contents(place.dist)) == ALL


def test_the_longest_work_is_begun_first(tmp_path: Path) -> None:
    """Pages, then the cover that others wait for; nothing short keeps them waiting."""
    begun: list[str] = []

    class Noting(Here):
        def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
            (task, *_) = args or (None,)
            begun.append(task.format.name if isinstance(task, Task) else job.__name__)
            return super().submit(job, *args, **kwargs)

    assert run(project(tmp_path, one="words"), hire=Noting).ok
    pages = begun.index("draw_cover")
    assert set(begun[:pages]) == {"pdf"}
    assert {"docx", "epub"} <= set(begun[pages:])


def test_a_missing_face_costs_what_shows_it_alone(tmp_path: Path) -> None:
    place = project(tmp_path, one="FACELESS pdf")
    outcome = run(place)

    assert (outcome.ok, outcome.failed, outcome.changed) == (False, (), ("one",))
    assert outcome.lacking == ("one: pdf a4", "one: pdf a5")
    assert codes(outcome).count("glyph-missing") == 1
    assert {file.format for file in outcome.files} == {"docx", "epub"}
    assert not any(name.endswith(".pdf") for name in contents(place.dist))
    assert run(place).lacking == outcome.lacking

    rewrite(place, "one", "words")
    assert run(place).ok
    assert set(contents(place.dist)) == ALL


def test_a_cover_without_a_face_is_left_out_of_its_book(tmp_path: Path) -> None:
    place = project(tmp_path, one="FACELESS cover")
    for _ in range(2):  # and no cache keeps the book
        outcome = run(place)
        assert (outcome.ok, outcome.failed, outcome.lacking) == (False, (), ())
        assert "glyph-missing" in codes(outcome)
        made = {file.format: file.seconds for file in outcome.files}
        assert made["epub"] is not None


def test_fonts_that_were_fetched_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book made before had none of them for ever."""
    place = project(tmp_path, one="words")
    run(place)
    monkeypatch.setattr(sources, "fetched", lambda store: ("more-fonts",))
    assert all(file.seconds is not None for file in run(place).files)


def test_nothing_is_published_where_every_file_lacks_a_face(tmp_path: Path) -> None:
    place = project(tmp_path, one="FACELESS pdf")
    outcome = run(place, formats=("pdf",))

    assert (outcome.ok, outcome.failed) == (False, ("one",))
    assert not contents(place.dist)


@pytest.mark.parametrize(
    "slug", ["-rf", "a b", "a\nb", "A", "a.b", "ä", "a" * 81, "a--b", "translation", "$(id)", "a:b"]
)
def test_a_folder_whose_name_no_file_may_begin_with(tmp_path: Path, slug: str) -> None:
    place = project(tmp_path, **{slug: "text"})
    with pytest.raises(ManuscriptError, match="slug"):
        run(place)
    assert not place.dist.exists()


def test_a_pipe_in_a_folder_keeps_nobody_waiting(tmp_path: Path) -> None:
    place = project(tmp_path, one="text")
    os.mkfifo(place.source / "one" / "pipe.txt")
    with (place.source / "one" / "a.png").open("wb") as file:
        file.truncate(5_000_000_000)
    began = time.monotonic()
    assert run(place).ok
    os.mkfifo(place.source / "one" / "ur.xlf")
    assert digest.of_file(place.source / "one" / "ur.xlf")
    assert time.monotonic() - began < 10


def test_a_page_that_opens_with_the_cover_is_made_after_it(tmp_path: Path) -> None:
    place = project(tmp_path, one="words")
    look = cast(Theme, fakes.Look(covered=("a5",)))
    trade = msgspec.structs.replace(TRADE, theme=lambda name: look)
    assert build(Request(formats=("pdf",)), place, trade=trade, environ={}).ok
    assert (place.dist / "one/one.en.a5.pdf").read_bytes().endswith(b"cover of one")
    assert b"cover" not in (place.dist / "one/one.en.a4.pdf").read_bytes()

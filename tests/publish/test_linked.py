"""Links that a stranger laid where we write: nothing is written, moved or removed behind them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core import files
from faircopy.core.diagnostics import FaircopyError
from faircopy.proof import contact
from faircopy.publish import (
    above,
    begin,
    cache,
    console,
    disk,
    linting,
    mining,
    publish,
    releasing,
)
from faircopy.publish.engine import build
from faircopy.publish.manuscripts import revising
from faircopy.publish.plan import Request
from faircopy.publish.project import Project
from faircopy.publish.releasing import Said
from faircopy.publish.translations import bundling
from faircopy.translation import store

from tests.publish.fakes import Here
from tests.publish.test_faults import PATIENT
from tests.publish.test_releasing import NOON, TEXT, building

MINE = "mine"


def released(project: Path, home: Path) -> None:
    folder = project / "source/one"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text(TEXT)
    (folder / ".editions.toml~").symlink_to(home / "mine.txt")
    place = Project(project)
    assert releasing.release(place, "one", Said(), NOON, building(place))
    assert (folder / "editions.toml").is_file()


def stored(project: Path, home: Path) -> None:
    (project / "translations").mkdir()
    for name in (".ur.xlf.new", ".ur.xlf~"):
        (project / "translations" / name).symlink_to(home / "mine.txt")
    store._replace({project / "translations/ur.xlf": b"theirs"}, project)
    assert (project / "translations/ur.xlf").read_bytes() == b"theirs"


def revised(project: Path, home: Path) -> None:
    for name in (".manuscript.md.revise", ".manuscript.md~"):
        (project / name).symlink_to(home / "mine.txt")
    revising._write(project, "one", b"theirs", ())
    assert (project / "manuscript.md").read_bytes() == b"theirs"


def stored_in_a_folder_that_leads_out(project: Path, home: Path) -> None:
    (project / "translations").symlink_to(home)
    store._replace({project / "translations/mine.txt": b"theirs"}, project)


def moved_on(project: Path, home: Path) -> None:
    begin.create(project)
    (project / "requirements.txt").unlink()
    (project / "requirements.txt").symlink_to(home / "mine.txt")
    begin.move_on(project)
    assert not (project / "requirements.txt").is_symlink()


def moved_on_in_another_project(project: Path, home: Path) -> None:
    (home / "mine.txt").write_text('engine = "0.0.1"')
    (project / "faircopy.toml").symlink_to(home / "mine.txt")
    try:
        begin.move_on(project)
    finally:
        assert (home / "mine.txt").read_text() == 'engine = "0.0.1"'
        (home / "mine.txt").write_text(MINE)


def begun(project: Path, home: Path) -> None:
    (project / ".gitignore").symlink_to(home / "new.txt")
    begin.create(project)


def begun_in_a_folder_that_leads_out(project: Path, home: Path) -> None:
    (project / ".github").symlink_to(home)
    begin.create(project)


def left_aside(project: Path, home: Path) -> None:
    (project / "dist/.staging").mkdir(parents=True)
    (project / "dist/.staging/aside").symlink_to(home)
    above.mend(project / "dist")
    assert [*(project / "dist").glob("mine*")] == []


def left_aside_elsewhere(project: Path, home: Path) -> None:
    (home / "aside").mkdir()
    (home / "aside/also.txt").write_text(MINE)
    (project / "dist").mkdir()
    (project / "dist/.staging").symlink_to(home)
    with disk.held(project / "dist"), disk.staging(project / "dist"):
        pass
    assert (home / "aside/also.txt").read_text() == MINE


def bundled(project: Path, home: Path) -> None:
    (project / "dist").mkdir()
    (project / "dist" / bundling.BUNDLES).symlink_to(home)
    bundling.write(project / "dist", "mine.txt", b"theirs")


def put_above(project: Path, home: Path) -> None:
    name = f"{home.name}/mine.txt"
    (project / "dist").mkdir()
    (project / "dist" / home.name).symlink_to(home)
    (project / "staging").mkdir()
    above.stage(project / "staging", {name: b"theirs"})
    above.put(project / "staging", project / "dist", [name])


def tidied(project: Path, home: Path) -> None:
    place = Path(mining.FILE)
    (home / place.name).write_text(MINE)
    (project / "dist").mkdir()
    (project / "dist" / place.parent).symlink_to(home)
    above.tidy(project / "dist", ())
    assert (home / place.name).read_text() == MINE


def reported(project: Path, home: Path) -> None:
    (project / "dist").mkdir()
    (project / "dist/one").symlink_to(home)
    publish.report(project / "dist/one", {"mine.txt": b"theirs"})


def cached(project: Path, home: Path) -> None:
    (project / "ab").symlink_to(home)
    cache.Cache(project, str).store("abmine.txt", "theirs")
    assert cache.Cache(project, str).load("abmine.txt") == "theirs"


def laid_out(project: Path, home: Path) -> None:
    (project / "dist/one").mkdir(parents=True)
    (project / "proof").mkdir()
    (project / "proof/index.html").symlink_to(home / "mine.txt")
    (project / "proof/one").symlink_to(home)
    contact.lay_out(project / "dist", project / "proof", ("one",))
    assert (project / "proof/index.html").stat().st_size > 100


LAID: list[Callable[[Path, Path], None]] = [
    released,
    revised,
    stored,
    stored_in_a_folder_that_leads_out,
    moved_on,
    moved_on_in_another_project,
    begun,
    begun_in_a_folder_that_leads_out,
    left_aside,
    left_aside_elsewhere,
    bundled,
    put_above,
    tidied,
    reported,
    cached,
    laid_out,
]


@pytest.mark.parametrize("work", LAID, ids=lambda work: work.__name__)
def test_nothing_of_somebodys_changes_behind_a_link(
    work: Callable[[Path, Path], None], tmp_path: Path
) -> None:
    project, home = tmp_path / "project", tmp_path / "home"
    project.mkdir()
    home.mkdir()
    (home / "mine.txt").write_text(MINE)
    with contextlib.suppress(FaircopyError):  # it may be refused, in words
        work(project, home)

    assert (home / "mine.txt").read_text() == MINE
    assert not (home / "new.txt").exists()
    assert not {path.name for path in home.iterdir()} - {
        *("mine.txt", "aside", Path(mining.FILE).name)
    }


RING = "---\ntitle: T\nlang: en\n---\n\n![A picture](ring.png) ![Another](ring/a.png)\n"


@pytest.mark.parametrize(
    "name",
    [
        "source/one/ring.png",
        *("source/one/ring", "source/one/queries.toml", "source/one/translations"),
        *("source/one/lint.toml", "source/one/works.bib", "source/ring", "styles"),
    ],
)
def test_a_link_that_leads_to_itself_is_no_file(name: str, tmp_path: Path) -> None:
    place = Project(tmp_path / "project")
    for slug, text in (("one", RING), ("two", TEXT)):
        (place.source / slug).mkdir(parents=True)
        (place.source / slug / "manuscript.md").write_text(text)
    ring = place.root / name
    ring.symlink_to(ring.name)
    found = linting.lint(place)
    done = build(Request(jobs=1), place, trade=PATIENT, environ={}, hire=Here)

    assert "image-missing" in {one.code for one in found}
    assert done.bugs == ()
    assert [path.name for path in place.dist.glob("*/*.epub")] == ["two.en.epub"]


def test_a_ring_of_links_is_no_set(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "dist").symlink_to("dist")
    with pytest.raises(FaircopyError):
        console.verify(tmp_path / "dist", project=Project(tmp_path))


def test_a_ring_of_links_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "ring").symlink_to("ring")
    with pytest.raises(FaircopyError):
        Project.here(environ={"FAIRCOPY_PROJECT": str(tmp_path / "ring")})


def test_a_file_is_written_whole_in_the_place_of_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "a.toml"
    place.write_text("old")
    (tmp_path / ".a.toml~").write_text("what a kill left")
    files.write(place, b"new", within=tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]
    assert place.read_bytes() == b"new"

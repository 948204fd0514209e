"""What two machines compare, and jobs on their way between them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.core import own
from faircopy.publish import alike
from faircopy.publish.project import CODE, Project
from faircopy.publish.trade import theme_of


def test_what_an_edition_depends_on_is_compared() -> None:
    place = Project(Path(__file__).parents[2])
    faces = theme_of(place).faces
    found = alike.conditions(place, faces)
    assert {"faircopy", "python", "pandoc", "pango", "deflate", "machine", "styles/"} <= set(found)
    assert {"weasyprint", "fontpkg-amiri", "tinycss2"} <= set(found)
    assert {f"font {face.name}" for face in faces} <= set(found)
    assert "none" not in {value for name, value in found.items() if "Faircopy" in name}
    assert alike.differences(found, alike.conditions(place, faces)) == ()


def test_a_font_that_is_not_there_is_a_difference(tmp_path: Path) -> None:
    place = Project(Path(__file__).parents[2])
    face = theme_of(place).faces[0]
    gone = msgspec.structs.replace(face, package="fontpkg-nobodys", npm="")
    here, there = alike.conditions(place, [face]), alike.conditions(place, [gone])
    (said,) = alike.differences(here, there)
    assert said.startswith(f"font {face.name} is none there, ")


def test_styles_of_another_project_are_a_difference(tmp_path: Path) -> None:
    places = [Project(tmp_path / name) for name in ("one", "two")]
    for place in places:
        place.styles.mkdir(parents=True)
    (places[1].styles / "ours.toml").write_text('extends = "theme"\n')
    one, two = (alike.conditions(place, ()) for place in places)
    assert [said.partition(" ")[0] for said in alike.differences(one, two)] == ["styles/"]


def test_paths_in_the_project_and_the_program_are_those_of_each_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = Project(tmp_path / "here"), Project(tmp_path / "there")
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    monkeypatch.setattr(own, "folder", lambda: mine)
    sent = (here.root / "styles/a.toml", CODE / "styles", Path("/etc/hosts"), here.root, mine / "a")
    parcel = alike.pack(here, *sent)
    monkeypatch.setattr(own, "folder", lambda: theirs)
    assert alike.unpack(there, parcel) == (
        there.root / "styles/a.toml",
        CODE / "styles",
        Path("/etc/hosts"),
        there.root,
        theirs / "a",
    )

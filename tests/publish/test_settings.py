"""What a house settles once: read, refused with a line, and outdone by a manuscript."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import EditionError
from faircopy.manuscript import read
from faircopy.publish import settings
from faircopy.publish.engine import build
from faircopy.publish.plan import PAGES, Request
from faircopy.publish.project import Project
from faircopy.publish.settings import Settings, hold_to_engine

WRONG = [
    ("publisher = Oak\n", "settings-syntax", "faircopy.toml:1"),
    ('\npublischer = "Oak"\n', "settings-unknown", "faircopy.toml:2:1"),
    ('rights = "x"\npages = "a4"\n', "settings-wrong", "faircopy.toml:2:1"),
    ("[theme]\nname = 1\n", "settings-wrong", "faircopy.toml:1:1"),
    ("\npages = " + "[" * 5_000, "settings-syntax", "faircopy.toml:2:1"),
    ("rights = " + "1" * 5_000, "settings-syntax", "faircopy.toml:1:1"),
    ('site = "https://a.example/\\u0000"', "settings-wrong", "faircopy.toml:1:1"),
    ('site = "https://a.example/\\u202e"', "settings-wrong", "faircopy.toml:1:1"),
    ('site = "https://[a.example/"', "settings-wrong", "faircopy.toml:1:1"),
]


@pytest.mark.parametrize(("text", "code", "place"), WRONG)
def test_what_is_wrong_is_told_with_its_line(text: str, code: str, place: str) -> None:
    with pytest.raises(EditionError) as caught:
        settings.parsed(text)
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert str(found.place).startswith(place)


@pytest.mark.parametrize(
    "kind", ["a pipe", "a device", "a folder", "a link to elsewhere", "too large"]
)
def test_settings_that_are_no_file_are_told(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    path = root / settings.FILE
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    elif kind == "too large":
        path.write_text("# secret\n" * 100_000)
    else:
        (tmp_path / "secret").write_text("secret")
        path.symlink_to("/dev/zero" if kind == "a device" else tmp_path / "secret")
    with pytest.raises(EditionError, match="cannot be read") as caught:
        settings.read(root)
    assert "secret" not in str(caught.value)


def test_a_project_without_settings_has_empty_ones(tmp_path: Path) -> None:
    assert settings.read(tmp_path) == Settings()


def test_options_win_over_the_house_and_the_house_over_the_usual() -> None:
    house = Settings(formats=("epub",), theme="house")
    request = Request(formats=("pdf",)).filled_in_by(house)
    assert (request.formats, request.theme, request.pages) == (("pdf",), "house", PAGES)
    assert Request().filled_in_by(house).formats == ("epub",)


def test_a_language_of_the_house_that_nobody_has_translated_into_is_no_error(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "source" / "one"
    folder.mkdir(parents=True)
    text = "---\ntitle: T\nlang: en\n---\n\nWords.\n"
    (folder / "manuscript.md").write_text(text, encoding="utf-8")
    place = Project(tmp_path, Settings(languages=("en", "fr")))
    only_one = Request(formats=("docx",), jobs=1)
    outcome = build(only_one, place, environ={})
    assert outcome.ok, outcome.diagnostics
    asked = msgspec.structs.replace(only_one, langs=("fr",))
    assert [item.code for item in build(asked, place, environ={}).diagnostics] == [
        "unknown-language"
    ]


def test_front_matter_wins_over_the_house(tmp_path: Path) -> None:
    text = "---\ntitle: T\nlang: en\nrights: Ours\n---\n\nWords.\n"
    (tmp_path / "manuscript.md").write_text(text, encoding="utf-8")
    house = Settings(publisher="Oak *Press*", rights="Theirs").front_matter
    metadata = read(tmp_path, house=house).metadata
    assert (metadata.publisher, metadata.rights) == ("Oak *Press*", "Ours")


def test_another_engine_is_refused_with_the_command() -> None:
    hold_to_engine(Settings(engine="1.2.3"), "1.2.3")
    with pytest.raises(EditionError, match=r"pip install faircopy-editions==1\.2\.3"):
        hold_to_engine(Settings(engine="1.2.3"), "1.2.4")


def test_a_project_is_found_from_a_folder_within_it(tmp_path: Path) -> None:
    (tmp_path / "faircopy.toml").write_text('outlet = "The Oak"\n', encoding="utf-8")
    deep = tmp_path / "source" / "one"
    deep.mkdir(parents=True)
    found = Project.here(deep, {})
    assert (found.root, found.settings.outlet) == (tmp_path.resolve(), "The Oak")
    assert Project.here(Path("/"), {"FAIRCOPY_PROJECT": str(tmp_path)}).root == tmp_path.resolve()


def test_words_of_the_house_stand_apart_as_in_front_matter(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text("---\ntitle: T\nlang: en-GB\n---\n\nWords.\n")
    written = read(tmp_path, house={"outlet": "The  Weir Review"}).metadata.outlet
    (tmp_path / "manuscript.md").write_text(
        "---\ntitle: T\nlang: en-GB\noutlet: The Weir Review\n---\n\nWords.\n"
    )
    assert written == read(tmp_path).metadata.outlet

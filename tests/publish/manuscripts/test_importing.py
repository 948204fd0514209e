"""Word files on the command line: a folder that builds, written whole, the same each time."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from faircopy.core.diagnostics import FaircopyError, ManuscriptError
from faircopy.publish.manuscripts import taking
from faircopy.publish.manuscripts.importing import bring, wished
from faircopy.publish.project import Project
from faircopy.translation.forms import ImportRefused

from tests.intake.word import docx, p, r

WISHES = wished("", "", "", headings=True)


@pytest.fixture
def place(tmp_path: Path) -> Project:
    (tmp_path / "source").mkdir()
    return Project(tmp_path)


def file(place: Project, name: str, body: str) -> Path:
    path = place.root / name
    path.write_bytes(docx(body))
    return path


def test_a_file_becomes_a_folder_and_again_the_same(place: Project) -> None:
    path = file(place, "Der Fluß 2.docx", p("Le title", style="Title") + p("Text."))
    (one,) = bring(place, [path], WISHES)
    folder = place.source / one.slug
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert one.slug == "der-flu-2"
    assert one.written
    assert one.right
    assert set(before) == {"manuscript.md", "original.docx", "import.toml"}
    assert before["original.docx"] == path.read_bytes()
    assert one.sha256 in before["import.toml"].decode()
    assert bring(place, [path], WISHES)[0].unchanged
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_was_edited_is_not_written_over(place: Project) -> None:
    path = file(place, "a.docx", p("Title", style="Title") + p("Text."))
    bring(place, [path], WISHES)
    manuscript = place.source / "a" / "manuscript.md"
    manuscript.write_text("edited", "utf-8")

    with pytest.raises(ManuscriptError, match="there already"):
        bring(place, [path], WISHES)
    assert manuscript.read_text("utf-8") == "edited"
    assert [path.name for path in place.source.iterdir()] == ["a"]


def test_a_dry_run_writes_nothing(place: Project) -> None:
    path = file(place, "a.docx", p("Text."))
    (one,) = bring(place, [path], WISHES, dry=True)

    assert not one.written
    assert not [*place.source.iterdir()]
    assert "a.docx: article in en" in "\n".join(taking.lines(one))


def pictured(place: Project, after: str = "") -> Path:
    """Write a file with a picture that has no words, and return its path."""
    from tests.intake.test_intake import PICTURE, png
    from tests.intake.word import relation

    path = place.root / "a.docx"
    path.write_bytes(
        docx(
            p("Text.") + p(PICTURE.format("")) + after,
            relations=relation("rIdP", "image", "media/image1.png"),
            files={"word/media/image1.png": png()},
        )
    )
    return path


def test_a_picture_without_words_is_left_to_decide(place: Project) -> None:
    from tests.intake.test_intake import png

    (one,) = bring(place, [pictured(place)], WISHES)

    assert [item.code for item in one.findings] == ["image-alt"]
    assert any("picture-1.png has no words" in item for item in one.decide)
    assert not one.right
    assert (place.source / "a" / "picture-1.png").read_bytes() == png()


@pytest.mark.parametrize(
    ("after", "about"), [("", "Text."), (p("What follows goes on for more words than eight."),
    "What follows goes on for more words than")],
)  # fmt: skip
def test_what_a_picture_shows_is_asked(place: Project, after: str, about: str) -> None:
    bring(place, [pictured(place, after)], WISHES)
    (asked,) = tomllib.loads((place.source / "a" / "queries.toml").read_text())["query"]

    assert asked["text"] == about
    assert "picture-1.png" in asked["question"]


def test_pictures_get_words_from_the_command_line(place: Project) -> None:
    wishes = wished("", "", "", headings=True, alt=["A [red] map"])
    (one,) = bring(place, [pictured(place)], wishes)

    assert one.right
    assert not (place.source / "a" / "queries.toml").exists()
    text = (place.source / "a" / "manuscript.md").read_text()
    assert '![](picture-1.png){alt="A [red] map"}' in text


def test_more_words_than_pictures_are_refused(place: Project) -> None:
    wishes = wished("", "", "", headings=True, alt=["A map", "A lock"])
    with pytest.raises(FaircopyError, match="given 2 times, but the file has 1 picture"):
        bring(place, [pictured(place)], wishes)
    assert not [*place.source.iterdir()]


def test_a_file_without_words_is_taken_and_told(place: Project) -> None:
    (one,) = bring(place, [file(place, "a.docx", "")], WISHES)

    assert [item.code for item in one.findings] == ["manuscript-empty"]
    assert any("has no words" in item for item in one.decide)
    assert (place.source / "a" / "original.docx").is_file()


def test_hidden_words_are_told(place: Project) -> None:
    path = file(place, "a.docx", p("Text", r(" secret plan", "<w:vanish/>"), "."))
    (one,) = bring(place, [path], WISHES)

    assert any("hidden text (2 words): “secret plan”" in line for line in taking.lines(one))


@pytest.mark.parametrize(("kind", "changes"), [("novel", ""), ("", "maybe")])
def test_a_wish_that_there_is_not(kind: str, changes: str) -> None:
    with pytest.raises(FaircopyError):
        wished(kind, "", changes, headings=True)


@pytest.mark.parametrize("slug", ["A b", "../x"])
def test_a_bad_slug(place: Project, slug: str) -> None:
    with pytest.raises(ManuscriptError) as caught:
        bring(place, [file(place, "a.docx", p("Text."))], WISHES, slug=slug)
    assert caught.value.diagnostics[0].code == "slug"


def test_a_file_that_is_not_there(place: Project) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        bring(place, [place.root / "none.docx"], WISHES)

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from faircopy.core.diagnostics import FaircopyError, ManuscriptError
from faircopy.manuscript import read
from faircopy.manuscript.front_matter import FIELDS
from faircopy.publish.new import KINDS, create, without_font
from faircopy.publish.project import is_slug
from faircopy.theme import load
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

DAY = date(2026, 2, 5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_manuscript_explains_itself(
    tmp_path: Path, kind: str, snapshot: SnapshotAssertion
) -> None:
    path = create(tmp_path, "my-text", kind=kind, today=DAY, identifier="urn:example:1")
    assert path == tmp_path / "my-text/manuscript.md"
    assert path.read_text(encoding="utf-8") == snapshot


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en-GB", "ur", "zh", "ru", "sw"])
def test_a_new_manuscript_can_be_read_at_once(tmp_path: Path, kind: str, lang: str) -> None:
    publication = read(create(tmp_path, "my-text", kind=kind, lang=lang).parent)
    assert publication.metadata.kind == kind
    assert publication.metadata.lang == lang
    assert publication.metadata.identifier.startswith("urn:uuid:")


def test_every_key_that_there_is_stands_in_it(tmp_path: Path) -> None:
    text = create(tmp_path, "my-text").read_text(encoding="utf-8")
    assert all(f"{field.name}:" in text for field in FIELDS)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "My-Text",
        "my text",
        "../escape",
        "/root",
        "a/b",
        "a--b",
        "-a",
        "a-",
        "ä",
        "a.b",
        "a\n",
        "con\0",
        "x" * 81,
        ".hidden",
        "~",
    ],
)
def test_a_bad_slug_is_refused_and_a_good_one_suggested(tmp_path: Path, slug: str) -> None:
    source = tmp_path / "source"
    with pytest.raises(ManuscriptError) as caught:
        create(source, slug)
    assert not source.exists()
    suggested = caught.value.diagnostics[0].remedy.rpartition(" ")[2]
    assert is_slug(suggested)


@given(st.text(max_size=100))
def test_a_suggestion_is_always_good(slug: str) -> None:
    if is_slug(slug):
        return
    with pytest.raises(ManuscriptError) as caught:
        create(Path("never/made"), slug)
    suggested = caught.value.diagnostics[0].remedy.rpartition(" ")[2]
    assert is_slug(suggested)
    assert len(suggested) <= 80


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = create(tmp_path, "my-text")
    path.write_text("my work")
    with pytest.raises(ManuscriptError, match="manuscript-exists"):
        create(tmp_path, "my-text")
    assert path.read_text() == "my work"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"kind": "intervew"}, "Did you mean “interview”"), ({"lang": "english"}, "language tag")],
)
def test_a_wrong_kind_or_language_is_told(
    tmp_path: Path, asked: dict[str, str], expected: str
) -> None:
    with pytest.raises(FaircopyError, match=expected):
        create(tmp_path, "my-text", **asked)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("lang", "script"), [("am", "Ethiopic"), ("ta", "Tamil"), ("km", "Khmer")])
def test_a_language_whose_script_no_font_has_is_told_at_once(lang: str, script: str) -> None:
    (found,) = without_font(lang, load())

    assert f"has the {script} script" in found.message
    assert "CONTRIBUTING.md" in found.remedy


@pytest.mark.parametrize("lang", ["en-GB", "kk", "ur", "he", "vi"])
def test_a_language_that_the_theme_has_fonts_for(lang: str) -> None:
    assert without_font(lang, load()) == ()


def test_a_font_that_is_only_not_fetched_is_told_with_the_command(tmp_path: Path) -> None:
    (found,) = without_font("ur", load(store=tmp_path))
    assert "Noto Nastaliq Urdu" in found.message
    assert found.remedy == "Run: ./inv doctor --install=fonts"
    assert without_font("en", load(store=tmp_path)) == ()

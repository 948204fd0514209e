"""How a theme opens texts: its sign is a picture by the rules of all pictures."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.core.ast import Str
from faircopy.core.diagnostics import ThemeError
from faircopy.core.model import Metadata, Publication
from faircopy.passes.opener import opener
from faircopy.proof.fidelity import verify
from faircopy.publish.dressing import dress
from faircopy.theme import Theme, load
from faircopy.writers import Options

from tests.editions import read

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect height="9"/>{}</svg>'
BARE = Publication(
    slug="s",
    metadata=Metadata(title=(Str("T"),), lang="en-GB", dir="ltr", publisher="Weir Press"),
    blocks=(),
    places={},
    assets={},
    source=b"",
    source_path="m.md",
)


def themed(folder: Path, logo: str, name: str = "logo.svg") -> Theme:
    (folder / "logo.svg").write_text(logo)
    (folder / "mine.toml").write_text(
        f'extends = "theme"\nname = "Mine"\n[opener]\nlogo = "{name}"\nlogo_height = 12\n'
    )
    return load("mine", folder, folder / "store")


def test_a_text_opens_with_the_sign_which_has_the_publishers_name(tmp_path: Path) -> None:
    made = dress(themed(tmp_path, SVG.format(""))).on(BARE)
    (image,) = ast.find(opener(made), ast.Image)
    assert ast.text(image.inlines) == "Weir Press"
    assert image.attr.get("height") == "12mm"
    assert made.assets[image.url].media_type == "image/svg+xml"


def test_another_sign_makes_another_theme(tmp_path: Path) -> None:
    before = themed(tmp_path, SVG.format(""))
    assert themed(tmp_path, SVG.format("<circle r='3'/>")).sha256 != before.sha256


@pytest.mark.parametrize(
    ("logo", "name"),
    [
        ("no picture", "logo.svg"),
        (SVG.format("<script>alert(1)</script>"), "logo.svg"),
        (SVG.format(""), "missing.svg"),
        (SVG.format(""), "../logo.svg"),
    ],
)
def test_what_is_no_picture_is_told_at_the_token(tmp_path: Path, logo: str, name: str) -> None:
    with pytest.raises(ThemeError) as raised:
        dress(themed(tmp_path, logo, name))
    (told,) = raised.value.diagnostics
    assert told.code in ("theme-logo", "theme-token-wrong")
    assert told.place is not None
    assert told.place.line == 4


def test_a_sign_outside_the_themes_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "within").mkdir()
    (tmp_path / "outside.svg").write_text(SVG.format(""))
    theme = themed(tmp_path / "within", "")
    (tmp_path / "within/logo.svg").unlink()
    (tmp_path / "within/logo.svg").symlink_to(tmp_path / "outside.svg")
    with pytest.raises(ThemeError):
        dress(theme)


def test_a_part_that_is_named_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'extends = "theme"\nname = "Mine"\n[opener]\norder = ["title", "kicker", "title"]\n'
    )
    with pytest.raises(ThemeError) as raised:
        load("mine", tmp_path, tmp_path / "store")
    (told,) = raised.value.diagnostics
    assert (told.code, told.place and told.place.line) == ("theme-opener-order", 4)


@pytest.mark.parametrize("kind", ["pdf.a5", "docx", "epub", "web", "bundle"])
def test_every_format_holds_the_words_of_a_text_that_opens_as_its_theme_says(
    tmp_path: Path, kind: str
) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(""))
    (tmp_path / "mine.toml").write_text(
        'extends = "theme"\nname = "Mine"\n[opener]\nlogo = "logo.svg"\n'
        'order = ["picture", "title", "standfirst", "kicker", "logo"]\n'
    )
    theme = load("mine", tmp_path, tmp_path / "store")
    publication = dress(theme).on(read("every-construct"))
    format, _, page = kind.partition(".")
    write = importlib.import_module(f"faircopy.writers.{format}").write
    assert verify(publication, write(publication, theme, Options(page=page))) == ()

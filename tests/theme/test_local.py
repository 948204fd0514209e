"""Font files beside a theme: used as any other, and looked at before anything opens them."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from faircopy.core.diagnostics import ThemeError, ToolError
from faircopy.theme import fonts, load, local
from faircopy.theme.naming import tables_of
from faircopy.theme.tokens import Face, Theme
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

THEME = """\
extends = "theme"
name = "Mine"

[font]
text = "Own"

[[face]]
family = "Own"
weight = 400
file = "fonts/Own.ttf"
"""


@pytest.fixture(scope="module")
def font() -> bytes:
    """Any whole font."""
    return fonts.data(next(face for face in load().faces if face.family == "Faircopy Serif"))


@pytest.fixture
def folder(tmp_path: Path, font: bytes) -> Path:
    """A folder of styles with a theme and the font that it names."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/Own.ttf").write_bytes(font)
    (tmp_path / "mine.toml").write_text(THEME)
    return tmp_path


def mine(folder: Path) -> Theme:
    return load("mine", folder, folder / "store")


def own(theme: Theme) -> Face:
    return next(face for face in theme.faces if face.family == "Own")


def test_a_font_beside_a_theme_is_a_face_as_any_other(folder: Path, font: bytes) -> None:
    theme = mine(folder)
    face = own(theme)
    assert fonts.installed(face)
    made = fonts.file(face)
    assert made.is_relative_to(folder / "store")  # so that no program opens the file as it came
    assert "Own".encode("utf-16-be") in tables_of(made.read_bytes())["name"]
    assert fonts.coverage(face) >= {ord("a")}
    assert len(fonts.subset(face, "abc")) < len(font)
    theirs = next(face for face in theme.faces if face.family == "Faircopy Serif")
    assert not theirs.local


def test_another_font_makes_another_theme(folder: Path, font: bytes) -> None:
    before = mine(folder)
    (folder / "fonts/Own.ttf").write_bytes(font + b"\0")
    assert mine(folder).sha256 != before.sha256


@pytest.mark.parametrize("name", ["{folder}/outside.ttf", "../outside.ttf", "a/../../outside.ttf"])
def test_nothing_outside_the_folder_is_read_to_tell_themes_apart(
    folder: Path, font: bytes, name: str
) -> None:
    (folder.parent / "outside.ttf").write_bytes(font)
    text = THEME.replace("fonts/Own.ttf", name.format(folder=folder.parent))
    assert local.digests(((folder / "mine.toml", text),)) == ()


def test_its_licence_goes_along(folder: Path) -> None:
    assert fonts.licence(own(mine(folder))) == ""
    (folder / "fonts/OFL.txt").write_text("Free.")
    assert fonts.licence(own(mine(folder))) == "Free."


def missing(path: Path) -> None:
    path.unlink()


def linked(path: Path) -> None:
    away = path.parent.parent.parent / "elsewhere.ttf"
    path.replace(away)
    path.symlink_to(away)


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4000])


def bare(path: Path) -> None:
    """A directory of one table that no text can be set with."""
    path.write_bytes(b"\0\1\0\0" + struct.pack(">4H", 1, 16, 0, 0) + b"cmap" + bytes(12))


def restricted(path: Path) -> None:
    data = path.read_bytes()
    table = tables_of(data)["OS/2"]
    path.write_bytes(data.replace(table, table[:8] + b"\0\2" + table[10:]))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (missing, "is not beside the theme"),
        (linked, "cannot be read"),
        (piped, "cannot be read"),
        (cut_short, "is no font, or not all of one"),
        (bare, "is no font, or not all of one"),
        (restricted, "may not be embedded"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_bad_file_is_refused_where_the_theme_names_it(
    folder: Path, harm: Callable[[Path], None], words: str
) -> None:
    harm(folder / "fonts/Own.ttf")
    with pytest.raises(ThemeError) as raised:
        mine(folder)
    (told,) = raised.value.diagnostics
    assert told.code == "theme-face-file"
    assert words in told.message
    assert told.remedy
    assert told.place


def glyph_of_itself(opened: TTFont) -> None:
    part = GlyphComponent()
    part.glyphName, part.x, part.y, part.flags = "a", 0, 0, 4
    opened["glyf"]["a"].numberOfContours = -1
    opened["glyf"]["a"].components = [part]


def glyphs_without_end(opened: TTFont) -> None:
    names = opened.getGlyphOrder()[:30]
    for name, inner in pairwise(names):
        parts = [GlyphComponent() for _ in range(20)]
        for part in parts:
            part.glyphName, part.x, part.y, part.flags = inner, 0, 0, 4
        glyph = opened["glyf"][name]
        glyph.numberOfContours, glyph.components = -1, parts
        glyph.xMin = glyph.yMin = glyph.xMax = glyph.yMax = 0


def no_widths(opened: TTFont) -> None:
    opened["hmtx"].metrics = dict.fromkeys(opened.getGlyphOrder(), (0, 0))


@pytest.mark.parametrize("harm", [glyph_of_itself, glyphs_without_end, no_widths])
def test_a_font_that_no_program_should_draw_is_damaged(
    folder: Path, harm: Callable[[TTFont], None]
) -> None:
    path = folder / "fonts/Own.ttf"
    font = TTFont(path, recalcBBoxes=False, lazy=False)
    for table in ("gvar", "fvar", "avar", "HVAR", "MVAR", "STAT"):
        if table in font:
            del font[table]
    harm(font)
    font.save(path)
    with pytest.raises(ToolError, match="font-damaged"):
        fonts.data(own(mine(folder)))


@pytest.mark.parametrize("table", ["glyf", "post"])
def test_a_font_that_is_damaged_within_is_told_to_be(folder: Path, table: str) -> None:
    path = folder / "fonts/Own.ttf"
    data = path.read_bytes()
    part = tables_of(data)[table]
    path.write_bytes(data.replace(part, b"\xff" * len(part)))
    with pytest.raises(ToolError, match="font-damaged"):
        fonts.data(own(mine(folder)))


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ('file = "Own.woff2"', "theme-face-file"),
        ('file = "../Own.ttf"', "theme-token-wrong"),
        ('file = "/Own.ttf"', "theme-token-wrong"),
        ('npm = "a"\npackage = "b"\nfile = "c"', "theme-face-source"),
    ],
)
def test_what_a_face_may_not_name(folder: Path, new: str, code: str) -> None:
    (folder / "mine.toml").write_text(THEME.replace('file = "fonts/Own.ttf"', new))
    with pytest.raises(ThemeError) as raised:
        mine(folder)
    assert [one.code for one in raised.value.diagnostics] == [code]

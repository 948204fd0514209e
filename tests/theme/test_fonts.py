"""Cuts, coverage, subsets and widths of the theme's fonts."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msgspec
import pytest
import uharfbuzz as hb
from faircopy.core.diagnostics import ToolError
from faircopy.theme import Face, fonts, load, names, sources
from fontTools.ttLib import TTFont

FACES = {face.name: face for face in load().faces}
SERIF = FACES["Faircopy Serif Regular"]
CUTS = [face for face in FACES.values() if face.cut and fonts.installed(face)]


@pytest.mark.parametrize("face", CUTS, ids=lambda face: face.name)
def test_a_cut_has_its_own_names_and_no_axes(face: Face) -> None:
    font = TTFont(BytesIO(fonts.data(face)))
    said = {number: font["name"].getDebugName(number) for number in (1, 2, 4, 6, 16)}
    assert said[1] == face.family
    assert said[2] == face.style
    assert said[4] == face.name
    assert said[16] is None
    reserved = ("Source", "Adobe")
    assert not any(word in str(name) for name in said.values() for word in reserved)
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == face.weight
    assert bool(font["OS/2"].fsSelection & 1) is face.italic


def test_a_cut_keeps_small_capitals_and_old_style_figures() -> None:
    gsub = TTFont(BytesIO(fonts.data(SERIF)))["GSUB"].table
    tags = {record.FeatureTag for record in gsub.FeatureList.FeatureRecord}
    assert {"smcp", "c2sc", "onum", "tnum", "lnum", "sups", "liga"} <= tags


def test_a_cut_is_the_same_every_time(tmp_path: Path) -> None:
    one, two = (fonts.file(SERIF, tmp_path / name) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert one.name == two.name


def test_weights_are_drawn_differently() -> None:
    bold = FACES["Faircopy Serif Bold"]
    assert fonts.width(bold, "Kazakhstan", 10) > fonts.width(SERIF, "Kazakhstan", 10)


def test_missing_names_what_no_face_draws() -> None:
    text = "Қазақстан Ελλάδα café \u2060\u00ad\u200f\u202f漢 and 字, 漢"
    assert fonts.missing(text, [SERIF]) == ("漢", "字")


def test_missing_asks_every_face() -> None:
    faces = [SERIF, FACES["Amiri Regular"], FACES["Frank Ruhl Libre Regular"]]
    assert fonts.missing("President رئیس נשיא", faces) == ()


def test_a_subset_draws_its_text_and_little_else() -> None:
    small = fonts.subset(SERIF, "Nur-Sultan 1992")
    font = hb.Face(hb.Blob(small))
    assert {ord(char) for char in "Nur-Sultan 1992"} <= set(font.unicodes)
    assert ord("Z") not in set(font.unicodes)
    assert len(small) < len(fonts.data(SERIF)) / 20


def test_a_subset_keeps_its_features() -> None:
    gsub = TTFont(BytesIO(fonts.subset(SERIF, "Kazakhstan 1992")))["GSUB"].table
    tags = {record.FeatureTag for record in gsub.FeatureList.FeatureRecord}
    assert {"smcp", "onum"} <= tags


def test_a_subset_keeps_its_name() -> None:
    data = fonts.subset(SERIF, "Abc")
    assert TTFont(BytesIO(data))["name"].getDebugName(1) == "Faircopy Serif"


def test_widths_are_kerned_and_scale() -> None:
    single = fonts.width(SERIF, "A", 10) + fonts.width(SERIF, "V", 10)
    assert fonts.width(SERIF, "AV", 10) < single
    assert fonts.width(SERIF, "AV", 20) == pytest.approx(2 * fonts.width(SERIF, "AV", 10))


def test_every_installed_face_brings_its_licence() -> None:
    for face in FACES.values():
        if fonts.installed(face):
            assert "SIL OPEN FONT LICENSE" in fonts.licence(face).upper(), face.name


def test_a_missing_package_says_what_to_type() -> None:
    face = Face(family="None", weight=400, package="fontpkg-none", file="None.ttf")
    with pytest.raises(ToolError, match="pip install fontpkg-none"):
        fonts.file(face)


def test_a_package_that_only_a_theme_names_is_not_advised_unwarned() -> None:
    """A package may do anything as it is installed, and the theme may be a stranger's."""
    named = {face.package for name in names() for face in load(name).faces if face.package}
    assert named == sources.KNOWN
    warned = "only if you know whose it is"
    face = Face(family="None", weight=400, package="a-strangers", file="None.ttf")
    assert warned in sources.install(face)
    known = [msgspec.structs.replace(face, package=package) for package in named]
    assert not [one for one in known if warned in sources.install(one)]


def test_a_missing_file_is_not_a_missing_package() -> None:
    face = Face(family="None", weight=400, package="fontpkg-amiri", file="Amiri-Black.ttf")
    with pytest.raises(ToolError, match=r"has no file Amiri-Black\.ttf"):
        fonts.file(face)


@pytest.mark.parametrize("length", [0, 10, 1000, 50_000, -8])
def test_a_cut_that_was_cut_short_is_made_anew(tmp_path: Path, length: int) -> None:
    path = fonts.file(SERIF, tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:length])

    assert fonts.file(SERIF, tmp_path).read_bytes() == whole


SIGNS = "🙏 👨‍👩‍👧 🇺🇸 1\ufe0f\u20e3 👍🏽 ❤\ufe0f‍🔥 👩🏽‍🚀"
"""Emoji: alone, joined, a flag, a keycap, with a tone of skin."""


@pytest.mark.parametrize("sign", SIGNS.split())
def test_a_sequence_of_emoji_is_one_sign(sign: str) -> None:
    emoji = FACES["Noto Emoji Regular"]
    assert fonts.width(emoji, sign, 10) == fonts.width(emoji, "🙏", 10)


def test_signs_have_a_face_in_every_installation() -> None:
    faces = [face for face in FACES.values() if not face.optional]
    assert fonts.missing(SIGNS + "☾ ★ ☎ ✍ ① ℝ ↵ ⟶ 𝑥 ∈ ♭ ☒ ❦", faces) == ()


@pytest.mark.slow
def test_a_packed_font_is_unpacked(tmp_path: Path) -> None:
    packed = tmp_path / "files" / "packed.woff2"
    packed.parent.mkdir()
    with TTFont(fonts.source(FACES["Amiri Regular"])) as font:
        font.flavor = "woff2"
        font.save(packed)
    face = Face(family="Packed", weight=400, npm="p", file="packed.woff2", optional=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "source", lambda face: packed)
        assert 0x627 in fonts.coverage(face)
        plain = fonts.file(face, tmp_path)
        assert plain.suffix == ".ttf"
        assert TTFont(plain)["name"].getDebugName(1) == "Packed"
        packed.write_bytes(packed.read_bytes()[:1000])
        with pytest.raises(ToolError, match="more-fonts"):
            fonts.file(face, tmp_path / "again")


@pytest.mark.parametrize("place", [0, 4, 0.25, 0.5, 0.75, -1])
def test_a_cut_with_a_changed_byte_is_made_anew(tmp_path: Path, place: float) -> None:
    path = fonts.file(SERIF, tmp_path)
    whole = bytearray(path.read_bytes())
    at = int(len(whole) * place) if isinstance(place, float) else place
    changed = whole.copy()
    changed[at] ^= 1
    path.write_bytes(changed)

    assert fonts.file(SERIF, tmp_path).read_bytes() == whole
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_what_a_killed_cut_left_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / ".partial-999999999-x").touch()
    path = fonts.file(SERIF, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["Faircopy Serif Regular", "Amiri Regular"])
@pytest.mark.parametrize("length", [0, 10, 1000, 50_000, -8])
def test_a_font_that_was_cut_short_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, length: int
) -> None:
    origin = fonts.source(FACES[name])
    broken = tmp_path / origin.name
    broken.write_bytes(origin.read_bytes()[:length])
    monkeypatch.setattr(fonts, "source", lambda face: broken)

    with pytest.raises(ToolError, match="font-damaged") as caught:
        fonts.file(FACES[name], tmp_path / "cache")
    assert caught.value.diagnostics[0].remedy


def test_a_text_without_a_letter_has_no_width() -> None:
    assert fonts.measure(SERIF)("") == 0


@pytest.mark.parametrize(("lang", "text"), [("bg", "Показатели"), ("tr", "fikir")])
def test_a_text_is_measured_by_the_letters_of_its_language(lang: str, text: str) -> None:
    face = next(one for one in load().faces if one.family == "Faircopy Serif")
    assert fonts.measure(face, lang=lang)(text) > fonts.measure(face, lang="en")(text) * 1.01

"""A theme's tokens, and what is said of a theme that is wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from faircopy.core.diagnostics import ThemeError
from faircopy.theme import load, names, where
from faircopy.theme.loading import STYLES
from faircopy.theme.sources import installed
from faircopy.theme.tokens import Face

HOUSE = (STYLES / "theme.toml").read_text(encoding="utf-8")


def _line(text: str, wanted: str) -> int:
    return text[: text.index(wanted)].count("\n") + 1


def _change(folder: Path, old: str, new: str) -> tuple[Path, int]:
    assert old in HOUSE
    path = folder / "mine.toml"
    changed = HOUSE.replace(old, new, 1)
    path.write_text(changed, encoding="utf-8")
    return path, _line(changed, new)


@pytest.mark.parametrize("name", names())
def test_the_houses_themes_load(name: str) -> None:
    assert load(name).name


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_the_grid_closes_within_the_page(page: str) -> None:
    found = load().page(page)
    assert found.bottom > found.top
    for style in (found.style.body, found.style.question, found.style.heading):
        assert style.lead == found.lead


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("accent =", "acent =", "theme-token-unknown", 'Did you mean "accent"?'),
        ("question_above =", "qestion_above =", "theme-token-unknown", '"question_above"'),
        ("lead = 2.3", "leed = 2.3", "theme-token-unknown", '"lead"'),
        ("width = 148.0", 'width = "148mm"', "theme-token-wrong", "page.a5.width"),
        ('ink = "#1B1D1F"', 'ink = "black"', "theme-token-wrong", "colour.ink"),
        ("body = [10.2, 14.0]", "body = [10.2]", "theme-token-wrong", "page.a5.style.body"),
        ('muted = "#5A6066"', 'muted = "#9A9A9A"', "theme-contrast", "2.81"),
        ('text = "Amiri"', 'text = "Amira"', "theme-font-unknown", 'Did you mean "Amiri"?'),
        ("[font]", "[font", "theme-syntax", "Expected"),
        ("[font]", "a = " + "[" * 5_000, "theme-syntax", "60 levels"),
        ("body = [10.2, 14.0]", "body = [1e-9, 14.0]", "theme-token-wrong", "page.a5.style.body"),
        ("body = [10.2, 14.0]", "body = [10.2, 1e-9]", "theme-token-wrong", "page.a5.style.body"),
        ("width = 148.0", "width = inf", "theme-token-wrong", "page.a5.width"),
    ],
)
def test_a_wrong_token_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    path, line = _change(tmp_path, old, new)
    with pytest.raises(ThemeError) as caught:
        load(path)
    first = caught.value.diagnostics[0]
    assert first.code == code
    assert words in str(first)
    assert first.place is not None
    assert (first.place.file, first.place.line) == (str(path), line)


def test_a_missing_token_is_named_with_its_table(tmp_path: Path) -> None:
    path, _ = _change(tmp_path, 'tint = "#EEF2F3"', "# tint")
    with pytest.raises(ThemeError, match='"tint" is missing in colour'):
        load(path)


def test_an_unknown_theme_suggests_one() -> None:
    with pytest.raises(ThemeError, match='Did you mean "theme"'):
        load("thme")


def test_a_theme_names_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "theme"\nname = "Mine"\n[page.a5]\njustify = false\n', "utf-8")
    mine, house = load(path), load()
    assert (mine.name, mine.page("a5").justify) == ("Mine", False)
    assert mine.page("a5").style == house.page("a5").style
    assert mine.sha256 != house.sha256


def test_a_theme_that_extends_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('# mine\nextends = "mine"\n', "utf-8")
    with pytest.raises(ThemeError, match=r"mine\.toml:2:1: error: The theme extends itself"):
        load(path)


def test_themes_that_extend_each_other_without_end_are_refused(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"t{number}.toml").write_text(f'extends = "t{number + 1}"\n', "utf-8")
    with pytest.raises(ThemeError, match=r"t19\.toml:1:1: error: The theme is the end of 20"):
        load(tmp_path / "t0.toml")


def test_no_file_has_a_name_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f'extends = "{"a" * 5_000}"\n', "utf-8")
    with pytest.raises(ThemeError, match="which does not exist"):
        load(tmp_path / "mine.toml")
    with pytest.raises(ThemeError, match="There is no theme"):
        load("a" * 5_000, tmp_path)


@pytest.mark.parametrize(
    ("lang", "family", "hyphens"),
    [
        ("en-GB", "", "auto"),
        ("kk-Latn", "", "auto"),
        ("ur-PK", "Noto Nastaliq Urdu", "none"),
        ("AR", "Amiri", "none"),
    ],
)
def test_a_language_takes_the_longest_tag(lang: str, family: str, hyphens: str) -> None:
    script = load().script(lang)
    assert (script.text, script.hyphens) == (family, hyphens)


def test_a_place_in_the_houses_own_theme_is_told_from_the_houses_folder() -> None:
    place = where(load(), "press", "profile")
    line = (STYLES / "theme.toml").read_text("utf-8").splitlines()[place.line - 1]
    assert str(place) == f"styles/theme.toml:{place.line}:1"
    assert line.startswith("profile = ")


def test_a_word_processors_page_is_not_one_to_be_printed() -> None:
    assert set(load().tokens.page) - set(load().printed) == {"docx"}


HOSTILE = {
    "a style in a family": ("face", "family = \"a'; } @import url(http://x.org); b{c:'\""),
    "a style in a family, otherwise": ("face", "family = 'a\"; } @import \"http://x.org'"),
    "a program as a package": ("face", 'package = "../evil"'),
    "a package of elsewhere": ("face", 'npm = "../../evil"\npackage = ""'),
    "a file of the machine": ("face", 'file = "/etc/passwd"'),
    "a file outside of the package": ("face", 'file = "a/../../../../etc/passwd"'),
    "a page that leads out": ("page", '[page."../../evil"]\nwidth = 1'),
    "a theme that leads out": ("extends", 'extends = "../../etc/evil"'),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_theme_names_nothing_that_ends_a_style_or_leads_out(tmp_path: Path, kind: str) -> None:
    where, words = HOSTILE[kind]
    usual = {"family": '"F"', "weight": "400", "file": '"a.ttf"', "package": '"p"'}
    face = {**usual, **dict([line.split(" = ", 1) for line in words.split("\n") if " = " in line])}
    tables = {
        "face": "[[face]]\n" + "\n".join(f"{name} = {value}" for name, value in face.items()),
        "page": words,
        "extends": "",
    }
    (tmp_path / "evil.toml").write_text('extends = "theme"\nname = "Evil"\n')
    path = tmp_path / "mine.toml"
    extends = words if where == "extends" else 'extends = "theme"'
    path.write_text(f"{extends}\n{tables[where]}\n")
    with pytest.raises(ThemeError) as caught:
        load(path)
    assert caught.value.diagnostics[0].code in ("theme-token-wrong", "theme-extends")


def test_a_package_of_fonts_is_not_run_to_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts_that_run").mkdir()
    (tmp_path / "fonts_that_run" / "__init__.py").write_text("raise SystemExit('run')")
    (tmp_path / "fonts_that_run" / "a.ttf").write_bytes(b"")
    monkeypatch.syspath_prepend(tmp_path)
    for package, there in (("fonts-that-run", True), ("antigravity", False), ("no-such", False)):
        face = Face(family="F", weight=400, file="a.ttf", package=package)
        assert installed(face) == there
    assert "antigravity" not in sys.modules


@pytest.mark.parametrize("kind", ["a pipe", "a folder"])
def test_a_theme_that_is_no_file_is_told(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "mine.toml"
    os.mkfifo(path) if kind == "a pipe" else path.mkdir()
    with pytest.raises(ThemeError):
        load(path)

"""A house's own style sheet: what it may say, what is refused where, and what it becomes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import ThemeError
from faircopy.theme import Theme, load, restyled, restyling

SHEET = """\
/* ours */
.question { color: var( --accent ); border-top: 0.5pt solid var(--rule) }
.opener .title { font-family: "Faircopy Sans"; letter-spacing: -0.02em; font-style: italic }
@media screen { .opener { background-color: var(--tint); padding: 1em } }
@media print { .byline { color: var(--muted) } }
"""


def themed(folder: Path, css: str) -> Theme:
    (folder / "mine.toml").write_text('extends = "theme"\nname = "Mine"\ncss = "house.css"\n')
    (folder / "house.css").write_text(css)
    return load("mine", folder, folder / "store")


def test_a_theme_has_the_rules_of_its_sheet_as_css_of_each_medium(tmp_path: Path) -> None:
    theme = themed(tmp_path, SHEET)
    accent, rule, tint = theme.colour.accent, theme.colour.rule, theme.colour.tint
    page = restyled.written(theme, "en-GB", "print")
    assert f".question {{ color: {accent}; border-top: 0.5pt solid {rule} }}" in page
    assert ".byline" in page
    assert ".opener {" not in page
    screen = restyled.written(theme, "en-GB", "screen")
    day, night = screen.split("@media (prefers-color-scheme: dark)")
    assert f"background-color: {tint}; padding: 1em" in day
    assert f".opener {{ background-color: {theme.colour.dark.tint} }}" in night
    assert "padding" not in night
    assert ".byline" not in screen


def test_a_script_keeps_what_it_has_not(tmp_path: Path) -> None:
    theme = themed(tmp_path, SHEET)
    urdu = restyled.written(theme, "ur", "screen")
    assert 'font-family: "Noto Nastaliq Urdu", "Faircopy Sans"' in urdu
    assert "letter-spacing" not in urdu
    assert "font-style" not in urdu


def test_a_change_of_the_sheet_makes_another_theme(tmp_path: Path) -> None:
    before = themed(tmp_path, SHEET)
    assert before.sha256 == themed(tmp_path, SHEET).sha256
    assert before.sha256 != themed(tmp_path, SHEET + "em { color: var(--muted) }").sha256


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ('@import "x.css";', "@import"),
        ("@font-face { font-family: x }", "@font-face"),
        ("@page { margin: 0 }", "@page"),
        ("@media print { @media screen { a { color: inherit } } }", "@media"),
        ("@media (min-width: 1px) { a { color: inherit } }", "@media"),
        ("p { background: url(http://x.test/a.png) }", "nothing of background"),
        ("p { background-color: url(a.png) }", "url"),
        ("p { content: 'more words' }", "nothing of content"),
        ("p { display: none }", "nothing of display"),
        ("p { visibility: hidden }", "nothing of visibility"),
        ("p { position: absolute }", "nothing of position"),
        ("p { color: red }", "red"),
        ("p { color: #fff }", "var(--accent)"),
        ("p { color: var(--paper) }", "var(--paper)"),
        ("p { color: var(--accent, red) }", "var(--accent, red)"),
        ("p { color: transparent }", "transparent"),
        ("p { font-size: 0.1em }", "0.7"),
        ("p { font-size: 1px }", "in no unit"),
        ("p { font-size: calc(1em - 1em) }", "calc"),
        ("p { margin-left: -99em }", "from 0 to 10em"),
        ("p { text-indent: -999em }", "from 0"),
        ("p { font-family: Comic }", "no family"),
        ("p { color: var(--ink) !important }", "!important"),
        ("p:nonsense { color: var(--ink) }", "selector"),
        ("p { color var(--ink) }", "property and its value"),
        ("p { color: var(--ink) } } q { color: var(--ink) }", "selector"),
    ],
)
def test_what_no_sheet_may_say_is_refused_with_its_line(
    tmp_path: Path, css: str, said: str
) -> None:
    with pytest.raises(ThemeError) as raised:
        themed(tmp_path, f"em {{ color: var(--ink) }}\n{css}")
    told = raised.value.diagnostics[0]
    assert told.code == "theme-css"
    assert said in f"{told.message} {told.remedy}"
    assert told.place is not None
    assert (Path(told.place.file).name, told.place.line) == ("house.css", 2)


def test_a_misspelt_property_is_asked_for(tmp_path: Path) -> None:
    _, (wrong,) = restyling.read("p { colour: var(--ink) }", ())
    assert wrong.remedy == "Did you mean color?"


@pytest.mark.parametrize("kind", ["missing", "elsewhere", "latin", "large"])
def test_a_sheet_that_cannot_be_read_is_told_at_the_token(tmp_path: Path, kind: str) -> None:
    themed(tmp_path, "")
    sheet, elsewhere = tmp_path / "house.css", tmp_path.parent / "other.css"
    sheet.unlink()
    elsewhere.write_text("p { color: var(--ink) }")
    match kind:
        case "elsewhere":
            sheet.symlink_to(elsewhere)
        case "latin":
            sheet.write_bytes(b"/* caf\xe9 */")
        case "large":
            sheet.write_bytes(b" " * 300_000)
    with pytest.raises(ThemeError) as raised:
        load("mine", tmp_path, tmp_path / "store")
    (told,) = raised.value.diagnostics
    assert told.code == "theme-css-file"
    assert told.place is not None
    assert told.place.line == 3


def test_rules_that_only_paint_leave_lines_as_they_are(tmp_path: Path) -> None:
    theme = themed(tmp_path, SHEET)
    assert restyled.moves_lines(theme) == (".question", ".opener .title")
    painted = msgspec.structs.replace(theme, rules=theme.rules[-1:])
    assert restyled.moves_lines(painted) == ()

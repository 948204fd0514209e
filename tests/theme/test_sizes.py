"""Sizes of paper: those that come along, and one's own that name only what differs."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.diagnostics import ThemeError
from faircopy.theme import load, names
from faircopy.theme.tokens import Page, Theme

WITHOUT_END = "".join(f'[page.p{n}]\nlike = "p{n + 1}"\n' for n in range(2_000))
BUILT_IN = ("5.5x8.5in", "6x9in", "a4", "a5", "b5", "letter")


def own(folder: Path, tables: str) -> Theme:
    path = folder / "mine.toml"
    path.write_text(f'extends = "theme"\nname = "Mine"\n{tables}\n', "utf-8")
    return load(path)


def test_the_usual_sizes_come_along() -> None:
    assert load().printed == BUILT_IN
    inches = load().page("5.5x8.5in"), load().page("6x9in"), load().page("letter")
    assert [(round(p.width / 25.4, 3), round(p.height / 25.4, 3)) for p in inches] == [
        (5.5, 8.5),
        (6, 9),
        (8.5, 11),
    ]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("page", BUILT_IN)
def test_the_grid_of_every_size_closes(name: str, page: str) -> None:
    found = load(name).page(page)
    assert found.bottom > max(20, found.top)
    assert {getattr(found.style, style).lead for style in ("question", "heading")} == {found.lead}


def test_a_size_of_ones_own_names_only_what_differs(tmp_path: Path) -> None:
    mine = own(tmp_path, '[page.mine]\nlike = "a5"\nwidth = 170.0\nheight = 240.0')
    new, base = mine.page("mine"), mine.page("a5")
    assert (new.top, new.inner, new.style, new.rule) == (
        base.top,
        base.inner,
        base.style,
        base.rule,
    )
    assert new.lines > base.lines
    assert abs(new.bottom - base.bottom) < base.lead / 2
    assert new.title_measure / new.text_width == pytest.approx(
        base.title_measure / base.text_width, rel=0.01
    )


def test_styles_follow_the_body_and_the_page_that_it_is_like(tmp_path: Path) -> None:
    tables = (
        '[page.large]\nlike = "b5"\n[page.large.style]\nbody = [14.3, 19.5]\ncaption = [9.0, 12.0]'
        "\n[page.a5]\nouter = 22.0\n[page.a5.style]\ncode = [7.0, 10.5]"
    )
    mine = own(tmp_path, tables)
    large, b5 = mine.page("large"), mine.page("b5")
    assert large.style.question.size == pytest.approx(b5.style.question.size * 1.3, abs=0.06)
    assert (large.style.question.lead, large.style.caption.size) == (19.5, 9.0)
    assert b5.style.code.size == pytest.approx(7.0 * 11 / 10.2, abs=0.06)  # as its a5 has it
    assert abs(large.bottom - b5.bottom) < large.lead / 2


@pytest.mark.parametrize(
    ("tables", "code", "words"),
    [
        ('[page.mine]\nlike = "leter"', "theme-page-like", 'mean "letter"?'),
        ('[page.mine]\nlike = "mine"', "theme-page-like", "which is like it"),
        ('[page.a5]\nlike = "b5"', "theme-page-like", "which is like it"),
        ("[page.mine]\nlike = 3", "theme-page-like", "which there is not"),
        ("[page.mine]\nlike = [3]", "theme-page-like", "which there is not"),
        (WITHOUT_END, "theme-page-like", "which is like it"),
        ("[page.mine]\nwidth = 100.0", "theme-token-missing", 'say like = "a5"'),
        ('[page.mine]\nlike = "a5"\nwidth = "wide"', "theme-token-wrong", "page.mine.width"),
        ("[page]\nlike = 1", "theme-token-wrong", "page"),
        ("face = 3", "theme-token-wrong", "face"),
        ('[page.mine]\nlike = "a5"\nstyle = 3', "theme-token-wrong", "page.mine.style"),
        ('[page."7.5x9in"]\nlike = "a5"\nwdth = 3.0', "theme-token-unknown", '"width"'),
        ('[page.mine]\nlike = "a5"\nlines = 60', "theme-page-room", "beyond its foot"),
        ('[page.mine]\nlike = "a4"\nwidth = 90.0', "theme-page-room", "19.5 mm wide"),
    ],
)
def test_a_size_that_cannot_be_is_told_with_its_line(
    tmp_path: Path, tables: str, code: str, words: str
) -> None:
    with pytest.raises(ThemeError) as caught:
        own(tmp_path, tables)
    first = caught.value.diagnostics[0]
    assert (first.code, words in str(first)) == (code, True), str(first)
    assert first.place is not None
    assert first.place.line >= 3


def test_a_pages_name_may_have_a_point(tmp_path: Path) -> None:
    mine = own(tmp_path, '[page."7.5x9.25in"]\nlike = "a5"\nwidth = 190.5\nheight = 235.0')
    assert isinstance(mine.page("7.5x9.25in"), Page)

"""The opener of a page: its words in proportion, its pictures in a size that leaves room."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.model import Asset
from faircopy.languages import locale
from faircopy.manuscript import read
from faircopy.theme import MM, fonts, load
from faircopy.theme.css import scaled
from faircopy.writers import html
from faircopy.writers.pdf import compositor, opener, plates
from faircopy.writers.pdf.balance import has_stub
from faircopy.writers.pdf.compose import compose
from faircopy.writers.pdf.headings import setter
from faircopy.writers.pdf.tree import tree
from lxml import etree
from PIL import Image

from tests.manuscript.photographs import png

THEME = load()
PAGES = ("a4", "a5", "b5", "letter")
LAKE, SHE = (600, 400), (300, 400)


def asset(size: tuple[int, int]) -> Asset:
    return Asset("x", "image/png", b"", *size)


def lines(letters: int) -> opener.Lines:
    """Return the lines of a text of so many letters, each half an em wide."""
    return lambda size, measure: -(-int(letters * size / 2) // int(measure))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("letters", [10, 40, 120, 300])
@pytest.mark.parametrize("compact", [False, True])
def test_a_title_stands_above_its_subtitle_and_that_above_the_text(
    page: str, letters: int, compact: bool
) -> None:
    found = THEME.page(page)
    styles = scaled(found, THEME.script("en-GB"))
    made = opener.fitted(
        styles,
        {"title": lines(letters), "subtitle": lines(90), "standfirst": lines(400)},
        found.title_measure * MM,
        found.standfirst_measure * MM,
        compact=compact,
    )
    sizes = [made.styles[name].size for name in ("title", "subtitle", "standfirst")]
    assert sizes[0] >= sizes[1] * 1.2
    assert sizes[0] >= sizes[2] * 1.2
    assert min(sizes) > styles["body"].size
    assert made.measure <= found.title_measure * MM


def test_a_short_title_is_set_as_the_theme_has_it() -> None:
    styles = scaled(THEME.page("a4"), THEME.script("en-GB"))
    made = opener.fitted(styles, {"title": lines(20), "standfirst": lines(80)}, 450.0, 340.0)
    assert {name: styles[name] for name in made.styles} == made.styles


@pytest.mark.parametrize(
    ("least", "share"),
    [(1.0, 1.0), (0.9, 0.85), (0.75, 0.72), (0.5, 1.0)],  # the last only far too small
)
def test_a_title_is_set_smaller_where_a_line_would_be_a_mere_stub(
    least: float, share: float
) -> None:
    styles = scaled(THEME.page("a4"), THEME.script("en-GB"))
    size = styles["title"].size

    def stubs(now: float, measure: float) -> bool:
        return now > size * least

    made = opener.fitted(styles, {"title": lines(20)}, 450.0, 340.0, stubs=stubs)
    assert made.styles["title"].size == pytest.approx(size * share, abs=0.01)


@pytest.mark.parametrize(
    ("words", "stub"),
    [
        ((80, 12, 70), True),  # a short word between two long ones
        ((80, 60, 70), False),
        ((60, 30, 40), False),
        ((80,), False),
        ((), False),
    ],
)
def test_a_line_that_is_next_to_nothing_is_seen(words: tuple[float, ...], stub: bool) -> None:
    assert has_stub(words, 10.0, 85.0) is stub


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "sizes", [[LAKE], [SHE], [LAKE, SHE], [(3000, 400)], [(1, 900)], [SHE] * 2]
)
@pytest.mark.parametrize("words", [0.2, 0.5, 0.75, 0.95])
def test_pictures_leave_room_or_take_the_page(
    page: str, sizes: list[tuple[int, int]], words: float
) -> None:
    found = THEME.page(page)
    plan = plates.plan([asset(size) for size in sizes], found)
    text, lead = found.lines * found.lead, found.lead
    high = plates.height(plan, words * text, 2 * lead, text, lead)
    assert 0 < high <= plan.natural
    assert sum(width for width, _ in plan.sizes(high)) <= found.text_width * MM
    left = text - words * text - 2 * lead - high
    if not plan.beside:
        full = min(plan.natural, text / 2)
        enough = left >= plates.FEW * lead - 0.01
        assert enough or left < lead or high >= full * plates.RANGE - 0.01


def made(folder: Path, page: str, *names: str, front: str = "") -> etree._Element:
    for name, size in (("lake.png", LAKE), ("she.png", SHE)):
        (folder / name).write_bytes(png(Image.new("RGB", size)))
    shown = "".join(f"![Words of {name}]({name})\n\n" for name in names)
    head = f"---\ntitle: The Keeper\nlang: en-GB\nkind: interview\n{front}---\n\n"
    (folder / "manuscript.md").write_text(f"{head}{shown}## Why?\n\nWhy.\n", "utf-8")
    galley = compositor.set_in_type(read(folder, name="m"), THEME, page)
    return etree.fromstring(galley.html)


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_pictures_before_the_text_stand_with_the_title(tmp_path: Path, page: str) -> None:
    root = made(tmp_path, page, "lake.png", "she.png")
    (box,) = html.with_class(root, "opener")
    assert len(list(html.find(box, "figure"))) == 2
    (text,) = html.with_class(root, "text")
    assert html.local(text[0]) == "h2"


def test_an_upright_picture_stands_beside_the_title(tmp_path: Path) -> None:
    root = made(tmp_path, "a4", "she.png")
    (beside,) = html.with_class(root, "beside")
    assert [html.classes(item)[0] for item in beside] == ["words", "plates"]
    assert next(html.with_class(beside, "title"), None) is not None


def test_a_picture_that_bleeds_runs_over_the_edges(tmp_path: Path) -> None:
    front = "lead-image:\n  file: lake.png\n  alt: A lake.\n  spans: bleed\n"
    root = made(tmp_path, "a4", front=front)
    (image,) = html.find(root, "img")
    page = THEME.page("a4")
    assert f"margin-inline: -{page.inner + 3:g}mm -{page.outer + 3:g}mm" in image.get("style", "")


@pytest.mark.parametrize(
    "outlet", ["The Weir", "The Weir Quarterly Review of Transport " * 3, "W" * 90]
)
@pytest.mark.parametrize("page", ["a4", "a5"])
def test_running_heads_stand_apart(tmp_path: Path, page: str, outlet: str) -> None:
    front = f"outlet: {outlet}\nsubtitle: {'A long one ' * 9}\n"
    root = made(tmp_path, page, front=front)
    found, size = THEME.page(page), scaled(THEME.page(page), THEME.script("en-GB"))["running"].size
    (title,) = html.with_class(root, "title")
    bold, plain = setter(THEME, "sans", "en-GB", weight=700), setter(THEME, "sans", "en-GB")
    wide = bold.width(title.get("data-outlet", ""), size, 0.12)
    wide += plain.width(title.get("data-running", ""), size)
    assert wide + 2 * size < found.text_width * MM


def test_no_word_of_a_title_stands_by_itself() -> None:
    from faircopy.core import ast
    from faircopy.core.pandoc import read as parse
    from faircopy.passes import sense

    for text, end in (("One two three four", "three\u00a0four"), ("One two", "One two")):
        (block,) = parse(text).blocks
        assert isinstance(block, ast.Para)
        assert ast.text(sense.bound(block.inlines, locale("en-GB"))).endswith(end)


def test_letters_that_lines_may_part_are_counted_by_their_width(tmp_path: Path) -> None:
    front = "standfirst: " + "四十年来，她每天清晨记录水位" * 3 + "\n"
    (tmp_path / "manuscript.md").write_text(
        f"---\ntitle: 河\nlang: zh\n{front}---\n\n河流。\n", "utf-8"
    )
    publication = read(tmp_path, name="m")
    head, text = compose(publication, locale("zh"), THEME.script("zh"), drop_cap_from=0)
    root = tree(head, text, publication.metadata, {})
    (standfirst,) = html.with_class(root, "standfirst")
    count = setter(THEME, "subhead", "zh").counting(standfirst)
    assert [count(10, 200), count(10, 400)] == [3, 2]


@pytest.mark.parametrize(("text", "set_"), [("Kazakh ", True), ("Çok ", False), ("Қазақ ", False)])
def test_an_initial_whose_tail_has_no_room_is_not_set(
    tmp_path: Path, text: str, set_: bool
) -> None:
    head = "---\ntitle: T\nlang: en-GB\n---\n\n"
    (tmp_path / "manuscript.md").write_text(head + text * 99, "utf-8")
    galley = compositor.set_in_type(read(tmp_path, name="m"), THEME, "a5")
    root = etree.fromstring(galley.html)
    assert bool(list(html.with_class(root, "drop-cap"))) is set_
    (lead,) = html.with_class(root, "lead-in")
    assert html.words(lead) == " ".join(text.split() * 3)


def test_beside_letters_without_width_no_initial_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manuscript.md").write_text(
        "---\ntitle: T\nlang: en\n---\n\nSome words.\n", "utf-8"
    )
    publication, theme = read(tmp_path), load()
    assert compositor._drop_cap_from(publication, theme, theme.page("a5")) > 0
    monkeypatch.setattr(fonts, "width", lambda *_: 0.0)
    assert compositor._drop_cap_from(publication, theme, theme.page("a5")) == 0

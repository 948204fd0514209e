"""Figures: images that are some by themselves, and those that open a text."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.passes import figures

LAKE = '![](x.jpg){alt="A lake"}'


def settled(text: str) -> ast.Blocks:
    return figures.settled(pandoc.read(text).blocks)


def images(blocks: ast.Blocks) -> list[str]:
    return [ast.text(image.inlines) for image in ast.find(blocks, ast.Image)]


def test_an_image_with_words_of_its_own_is_a_figure_without_a_caption() -> None:
    (figure,) = settled(LAKE)
    assert isinstance(figure, ast.Figure)
    assert figure.c[1].blocks == ()
    assert images((figure,)) == ["A lake"]
    assert not figure.attr.get("alt")


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        (f"In a line {LAKE} it has them too.", ast.Para, ["A lake"]),
        ("![A lake](x.jpg)", ast.Figure, ["A lake"]),
        ("![](x.jpg)", ast.Para, [""]),
        ("![Caption](x.jpg){alt='A lake'}", ast.Figure, ["A lake"]),
        ("![](x.jpg){alt=' '}", ast.Para, [""]),
    ],
)
def test_other_images_are_what_they_were(text: str, kind: type, said: list[str]) -> None:
    (block,) = settled(text)
    assert isinstance(block, kind)
    assert images((block,)) == said


def test_a_figure_spans_the_columns_whose_picture_is_marked_so() -> None:
    (figure,) = settled("![A lake](x.jpg){.wide width=50%}")
    assert isinstance(figure, ast.Figure)
    assert figures.WIDE in figure.attr.classes
    assert [image.attr.classes for image in ast.find(figure, ast.Image)] == [()]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"{LAKE}\n\nText.", 1),
        (f"{LAKE}\n\n{LAKE}\n\n{LAKE}\n\nText.", 2),
        (f"Text.\n\n{LAKE}", 0),
        ("![A note^[It is one.]](x.jpg)\n\nText.", 0),
    ],
)
def test_pictures_before_all_text_open_it(text: str, count: int) -> None:
    assert figures.opening(settled(text)) == count

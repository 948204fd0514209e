"""Where something stands: found, or said not to be known, never guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core import ast, pandoc
from faircopy.core.diagnostics import ManuscriptError, Place
from faircopy.core.model import Publication
from faircopy.manuscript.finder import Finder, Headings
from faircopy.manuscript.source import Source

SOURCE = Source("m.md", b"---\ntitle: x\n---\n\none two\n> three\none `code`\n")


@pytest.mark.parametrize(
    ("needle", "line"),
    [("one", 5), ("one two three", 5), ("two\nthree", 5), ("none", 0), ("", 0), ("x", 0)],
)
def test_a_place_is_right_or_has_no_line(needle: str, line: int) -> None:
    place = Finder(SOURCE).next(needle)
    assert place.line == line


def test_what_is_blanked_is_sought_as_it_is_written() -> None:
    blanked = SOURCE.text.replace("`code`", "      ")
    assert Finder(SOURCE).among(blanked).next("code").line == 7
    start = Place("m.md", 2, 1)
    assert Finder(SOURCE, start=start).among(blanked).next("none") == start


def test_an_id_of_html_is_told_where_it_is_given_again(
    read: Callable[..., Publication],
) -> None:
    text = '<span id="0">a</span>\n\n<span id="0">b</span>\n'
    with pytest.raises(ManuscriptError) as caught:
        read(text)
    (found,) = caught.value.diagnostics
    assert found.place is not None
    assert (found.code, found.place.line) == ("duplicate-id", 8)


@pytest.mark.parametrize(
    ("heading", "line", "column"),
    [
        ("## ![a](b.svg) *One* more", 4, 1),
        ("> > ## *One*", 4, 5),
        ("- ## One", 4, 3),
        ("- > > ## One", 4, 7),
        ("a. ## One", 4, 4),
        ("(@) ## One", 4, 5),
        ("A\n:   ## One", 5, 5),
        ("*One*\n---", 4, 1),
        ("```\n## Other\n```\n\n## **One**", 8, 1),
        ("## O’Brien & co.", 4, 1),
        ("### One\n\n## *One*", 6, 1),
    ],
)
def test_a_heading_is_found_whatever_it_begins_with(heading: str, line: int, column: int) -> None:
    text = f"---\na: b\n---\n{heading}\n"
    tree = pandoc.read(text)
    (found,) = [node for node in ast.find(tree.blocks, ast.Header) if node.level == 2]
    place = Headings(Source("m.md", text.encode())).place(found)
    assert (place.line, place.column) == (line, column)


def test_marks_without_a_heading_are_passed_over_once() -> None:
    source = Source("m.md", b"- a. > " * 20_000 + b"\n\n# A\n")
    place = Headings(source).place(next(iter(ast.find(pandoc.read("# A\n").blocks, ast.Header))))
    assert place.line == 3


def test_headings_are_found_in_their_order_and_another_is_none() -> None:
    text = "# A\n\n## *A*\n\n```\n## A\n```\n\n## *A* b\n\n## C\n"
    places = Headings(Source("m.md", text.encode()))
    found = [places.place(node).line for node in ast.find(pandoc.read(text).blocks, ast.Header)]
    assert found == [1, 3, 9, 11]
    other = next(iter(ast.find(pandoc.read("## Nowhere\n").blocks, ast.Header)))
    assert Headings(Source("m.md", text.encode())).place(other).line == 0

"""Where something stands: found, or said not to be known, never guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core.diagnostics import ManuscriptError, Place
from faircopy.core.model import Publication
from faircopy.manuscript.finder import Finder
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

"""The front matter passes the checks of the text."""

from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication

Read = Callable[..., Publication]


def _front(line: str, text: str = "# One {#one}\n\ntext\n") -> str:
    title = "" if line.startswith("title:") else "title: T\n"
    return f"---\n{title}lang: en\n{line}\n---\n\n{text}"


@pytest.mark.parametrize("key", ["byline", "title", "standfirst", "author", "rights", "keywords"])
@pytest.mark.parametrize(
    ("written", "words", "code"),
    [
        ("[x](javascript:alert)", "x", "link-scheme"),
        ("[x](file:///etc/passwd)", "x", "link-scheme"),
        ("[x](../y.html)", "x", "link-relative"),
        ("[x](\\\\\\\\host\\\\share)", "x", "link-relative"),
        ("[x](https://[::1)", "x", "link-address"),
        ("a `<b>`{=openxml}x", "a x", "raw-markup"),
        ("a <foo>x</foo>", "a x", "raw-markup"),
        ("a ![x](https://evil.example/a.png)", "a x", "front-matter-image"),
    ],
)
def test_what_no_edition_may_show_is_left_out(
    read: Read, key: str, written: str, words: str, code: str
) -> None:
    found = read(_front(f"{key}: '{written}'"))

    value = getattr(found.metadata, key)
    value = value[0] if key == "keywords" else value
    assert (value if isinstance(value, str) else ast.text(value)) == words
    assert not [*ast.find(value, ast.Link, ast.RawInline, ast.Image)]
    assert {item.code for item in found.diagnostics} == {code}
    place = found.diagnostics[0].place
    assert place
    assert place.line == (3 if key == "title" else 4)


def test_a_link_from_the_front_matter_leads_to_the_text(read: Read) -> None:
    found = read(_front("standfirst: 'See [one](#one)'"))

    assert [link.url for link in ast.find(found.metadata.standfirst, ast.Link)] == ["#one"]
    with pytest.raises(ManuscriptError, match="link-dead"):
        read(_front("standfirst: 'See [one](#two)'"))


def test_tags_are_read_as_in_the_text(read: Read) -> None:
    found = read(_front("title: 'Bold <b>tags</b> & <br>'\ndescription: 'A <i>b</i> *c*'"))

    assert [*ast.find(found.metadata.title, ast.Strong)] == [ast.Strong((ast.Str("tags"),))]
    assert found.metadata.description == "A b c"
    assert ast.text(found.metadata.title) == "Bold tags &"


def test_a_formula_that_cannot_be_read_is_told_in_the_front_matter(read: Read) -> None:
    found = read(_front("title: 'A $\\\\foo{$ b'".replace("\\\\", "\\")))

    assert [item.code for item in found.diagnostics] == ["formula-unreadable"]
    assert not [*ast.find(found.metadata.title, ast.Math)]

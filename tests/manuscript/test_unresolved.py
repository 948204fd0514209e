"""What refers to nothing stops the build, as it stops lint; what only looks like it does not."""

from collections.abc import Callable

import pytest
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication

Read = Callable[..., Publication]

REFERENCES = (
    "---\ntitle: T\nlang: en\nreferences:\n- id: doe\n  type: book\n  title: A book\n---\n\n"
)

REFUSED = [
    ("So it is[^1].\n", "note-undefined", 6, 9),
    ("`[^1]` is code, [^1] is none, and[^2].\n\n[^2]: So.\n", "note-undefined", 6, 17),
    ("So[^a]b^[note] and[^c].\n", "note-undefined", 6, 3),
    ("As said [@doe].\n", "citation-unresolved", 6, 10),
    ("As said [see -@doe, p. 3; @roe].\n", "citation-unresolved", 6, 15),
    (REFERENCES + "As said [@doe; @roe].\n", "citation-unresolved", 10, 16),
    (REFERENCES + "As @roe said.\n", "citation-unresolved", 10, 4),
    ("One two three.\n\n::: pull-quote\nOne three.\n:::\n", "pull-quote-words", 9, 1),
]

READ = [
    "`[^1]`, \\[^1], $a[^1]$ and\n\n    [^1] code\n",
    "> So[^1].\n>\n> [^1]: A note.\n",
    "As @doe said on the network; a@doe.org.\n",
    "(@x) An example\n\nAs (@x) says.\n",
    REFERENCES + "As @doe said [@doe, ch. 2].\n",
    "One “two” *three*.[^1]\n\n::: pull-quote\n“One ‘two’ three.”\n:::\n\n[^1]: So.\n".replace(
        "‘two’", "“two”"
    ),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED)
def test_what_refers_to_nothing_is_refused(
    read: Read, text: str, code: str, line: int, column: int
) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read(text)

    found = caught.value.diagnostics[0]
    assert found.code == code
    assert found.place
    assert (found.place.line, found.place.column) == (line, column)
    assert found.remedy


@pytest.mark.parametrize("text", READ)
def test_what_only_looks_like_it_is_read(read: Read, text: str) -> None:
    assert read(text).diagnostics == ()


@pytest.mark.parametrize(
    ("fence", "found"),
    [
        ("::: pullquote", ["class-unknown"]),
        ("::: {.pull-quotes}", ["class-unknown"]),
        ("::: Pull_Quote", ["class-unknown"]),
        ("::: quote", []),
        ("::: note", []),
    ],
)
def test_a_class_that_is_nearly_known(read: Read, fence: str, found: list[str]) -> None:
    assert [item.code for item in read(f"A b.\n\n{fence}\nA b.\n:::\n").diagnostics] == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("So **not closed.\n", "emphasis-open"),
        ("See [this](http://a.org now.\n", "link-broken"),
        ("See [this link(http://a.org) now.\n", "link-broken"),
        ("So `not closed.\n", "code-open"),
    ],
)
def test_a_mark_without_an_end_is_told_by_the_build_too(read: Read, text: str, code: str) -> None:
    assert [item.code for item in read(text).diagnostics] == [code]

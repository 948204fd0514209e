"""Findings become words that a terminal shows and does not obey."""

import pytest
from faircopy.core.diagnostics import Diagnostic, Place, Severity, legible, legible_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\u001b[31mb"),
        ("a\x9b2Jb", "a\\u009b2Jb"),
        ("a\nerror: b", "a\\u000aerror: b"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("a\udcffb", "a\\udcffb"),
        ("متن – “نص” 和\u200d👩", "متن – “نص” 和\u200d👩"),
    ],
)
def test_a_terminal_obeys_no_stranger(text: str, shown: str) -> None:
    item = Diagnostic("x", Severity.ERROR, f"It is {text}.", text, Place(f"{text}.md", 1))

    assert legible(text) == shown
    assert str(item) == f"{shown}.md:1: error: It is {shown}. [x]\n    {shown}"
    assert legible_lines(f"one\n{text.replace(chr(10), '')}").count("\n") == 1


def test_of_a_message_without_end_both_ends_are_shown() -> None:
    shown = str(Diagnostic("x", Severity.ERROR, f"It begins {'a' * 100_000} and ends."))

    assert len(shown) < 5_000
    assert shown.startswith("error: It begins aaa")
    assert shown.endswith("aaa and ends. [x]")


def test_a_remedy_of_several_lines_has_them_and_a_strangers_line_end_makes_none() -> None:
    remedy = "Write it:\n    alt-text: what it says\n    or \x1b[2J leave\nit"
    shown = str(Diagnostic("a-code", Severity.ERROR, "It is wrong.", remedy)).split("\n")
    assert shown[1:] == [
        "    Write it:",
        "    alt-text: what it says",
        "    or \\u001b[2J leave\\u000ait",
    ]

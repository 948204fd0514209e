"""Characters that no text has are refused however they are spelt."""

from collections.abc import Callable

import pytest
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication

Read = Callable[..., Publication]

FRONT = "---\ntitle: {}\nlang: en\n---\n\ntext\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "name"),
    [
        ("First.\n\nA h&#x4;i.\n", 8, 4, "U+0004"),
        ("A &#12; b.\n", 6, 3, "FORM FEED"),
        ("A &#x202E;b.\n", 6, 3, "U+202E"),
        ("A &#x2028;b.\n", 6, 3, "U+2028"),
        ("A&#13;b.\n", 6, 2, "U+000D"),
        ("A&NewLine;b.\n", 6, 2, "U+000A"),
        ("A &#xFFFE; b.\n", 6, 3, "U+FFFE"),
        ("A &#xE000; b.\n", 6, 3, "U+E000"),
        ("[a](https://x.org 'b&#x1b;c')\n", 6, 21, "ESCAPE"),
        (FRONT.format('"a\\eb"'), 2, 10, "ESCAPE"),
        (FRONT.format('"a\\x07b"'), 2, 10, "BELL"),
        (FRONT.format('"a\\u202eb"'), 2, 10, "U+202E"),
        (FRONT.format('"a&#x7;b"'), 2, 10, "BELL"),
    ],
)
def test_a_character_that_is_spelt_is_refused(
    read: Read, text: str, line: int, column: int, name: str
) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read(text)

    (found,) = caught.value.diagnostics
    assert found.code == "control-character"
    assert name in found.message
    assert found.place
    assert (found.place.line, found.place.column) == (line, column)


@pytest.mark.parametrize(
    "text", ["`&#x4;`", "&amp;#4;", "\\&#4;", "&eacute; &#233; &#x1F600; &lt;"]
)
def test_what_is_code_or_a_letter_is_right(read: Read, text: str) -> None:
    assert read(f"a {text}\n").diagnostics == ()

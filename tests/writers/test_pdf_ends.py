"""What the text layer says at a line's end, by the file alone: nobody has to guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy import proof
from faircopy.manuscript import read
from faircopy.proof.extractors.pdf import lines
from faircopy.theme import load
from faircopy.writers import Options, pdf

FRONT = "---\ntitle: T\nlang: {}\nkind: article\n---\n\n"
FILL = "x" * 3


def shown(folder: Path, text: str, lang: str = "en-US") -> list[str]:
    """Return the blocks of a PDF's text layer; the proof must be content with them."""
    (folder / "manuscript.md").write_text(FRONT.format(lang) + text, "utf-8")
    publication = read(folder)
    artifact = pdf.write(publication, load(), Options(page="a5"))
    assert proof.verify(publication, artifact) == ()
    return [block.replace("\u00a0", " ") for block in lines(artifact.data)]


def everywhere(text: str) -> str:
    """Return a text that is broken in many places: it begins a little later in each paragraph."""
    return "\n\n".join(f"{FILL * number} {text}" for number in range(1, 20))


@pytest.mark.parametrize(
    ("text", "apart", "whole", "broken"),
    [
        (
            "and no width is given, so that the fallback is to look at it; we fall back on that",
            "fall back",
            "fallback",
            "fall\u00adback",
        ),
        ("the word some thing or something or any thing", "some thing", "something", ""),
        (
            "a well-known, forward-looking re-reading of pre- and post-war",
            "pre- and",
            "re-read",
            "",
        ),
        ("a hard hyphen well\u2010known, forward\u2010looking", "hard hyphen", "\u2010known", ""),
        ("under either/or and more words beside", "and more", "either/or", ""),
    ],
)
def test_a_line_end_says_what_it_is(
    tmp_path: Path, text: str, apart: str, whole: str, broken: str
) -> None:
    read = [block for block in shown(tmp_path, everywhere(text)) if text[:5] in block]
    plain = [block.replace("\u00ad", "") for block in read]
    assert len(plain) == 19
    assert all(text in block for block in plain)
    assert all(apart in block and whole in block for block in plain)
    assert any(broken in block for block in read)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en-GB", "> | A line of verse\n> | and another\n\n    code\n      and more\n\nThe end"),
        ("en-GB", "A *word* **and** `code` [with a link](https://example.org) *and*\\\nmore"),
        (
            "en-GB",
            "Term\n: one later.\n\n    ```\n    let a\n    ```\n\n"
            "- one later.\n  ```\n  let a\n  ```",
        ),
        ("ar", 'هذا نص:\n\n    # modified: a.rb\n    #\n    ~\n    ~\n    ".git/x" 3L\n\nنص آخر.'),
        ("fa", "متن:\n\n```\n# a (b)\nif x == 'y': ...\n```\n\nو `a.b(c)` در متن."),
        ("he", "קוד:\n\n    x = [1, 2]  # a\n\nמילה *ועוד* `f(x) - 1` מילה"),
        ("zh", "河流 *记得* 一切，and it said something `code` 2026 年。" * 9),
    ],
)
def test_every_kind_of_line_is_read_as_it_stands(tmp_path: Path, lang: str, text: str) -> None:
    assert shown(tmp_path, text, lang)


def test_a_space_at_a_line_end_is_drawn_and_a_last_line_has_none(tmp_path: Path) -> None:
    text = "Words that are many and go on over the line, as all good words ought to do. " * 3
    (paragraph,) = [block for block in shown(tmp_path, text) if "Words" in block]
    assert paragraph.replace("\u00ad", "") == text.strip()

"""The canonical words: what a reader meets, in order, by each rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core import pandoc
from faircopy.core.ast import Str
from faircopy.core.model import Metadata, Publication
from faircopy.proof.reading import reading
from faircopy.proof.words import Rules, Where, words

PAPER = Metadata(title=(Str("Title"),), lang="en-GB", dir="ltr")


def said(markdown: str, rules: Rules | None = None) -> str:
    made = Publication(
        slug="s",
        metadata=PAPER,
        blocks=pandoc.read(markdown).blocks,
        places={},
        assets={},
        source=b"",
        source_path="s/manuscript.md",
    )
    rules = rules or Rules()
    return " ".join(word.text for word in words(reading(made), rules)).removeprefix("Title ")


@pytest.mark.parametrize(
    ("markdown", "inline", "after"),
    [
        (
            "One[^a] two.\n\n[^a]: Note *a*.\n",
            "One ⟦note⟧ Note a. ⟦end of note⟧ two.",
            "One ⟦note⟧ two. ⟦1⟧ Note a.",
        ),
        (
            "One^[First.] two^[Second.].",
            "One ⟦note⟧ First. ⟦end of note⟧ two ⟦note⟧ Second. ⟦end of note⟧ .",
            "One ⟦note⟧ two ⟦note⟧ . ⟦1⟧ First. ⟦2⟧ Second.",
        ),
    ],
)
def test_footnotes_are_read_where_the_rule_says(markdown: str, inline: str, after: str) -> None:
    assert said(markdown) == inline
    assert said(markdown, Rules(notes=Where.AFTER)) == after


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- a\n- b\n    - c\n", "⟦bullet⟧ a ⟦bullet⟧ b ⟦bullet⟧ c"),
        ("3. a\n4. b\n", "⟦3⟧ a ⟦4⟧ b"),
        ("c) a\nd) b\n", "⟦c⟧ a ⟦d⟧ b"),
        ("iv. a\nv. b\n", "⟦iv⟧ a ⟦v⟧ b"),
        ("- [ ] a\n- [x] b\n", "⟦open⟧ a ⟦done⟧ b"),
        ("(@) a\n\nText.\n\n(@) b\n", "⟦1⟧ a Text. ⟦2⟧ b"),
    ],
)
def test_markers_are_words_only_by_rule(markdown: str, expected: str) -> None:
    assert said(markdown, Rules(markers=True)) == expected
    bare = [item for item in expected.split() if not item.startswith("⟦") or item in _BOXES]
    assert said(markdown) == " ".join(bare)


_BOXES = ("⟦open⟧", "⟦done⟧")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("![Two *gates*](a.png)", "⟦image⟧ Two gates Two gates"),  # alternative text, caption
        ("See ![a tick](a.png) here", "See ⟦image⟧ a tick here"),
        ("Energy $E = mc^2$.", "Energy ⟦formula⟧ ."),
        ("H~2~O and m^3^", "H2O and m3"),
        ("un*break*able", "unbreakable"),
        ("<kbd>Ctrl</kbd> `a  b`", "Ctrl a b"),
        ("Term\n:   One.\n:   Two.\n", "Term One. Two."),
        ("| line one\n|   line two\n", "line one line two"),
        ("    code  block\n", "code block"),
        ("line\\\nbreak", "line break"),
        ("a\n\n* * *\n\nb", "a b"),
        ("| A | B |\n|---|---|\n| c | d |\n\n: Cap\n", "Cap A B c d"),
        ("\"It's 'so'.\"", "' It's ' so ' . '"),
    ],
)
def test_constructs_are_read_in_order(markdown: str, expected: str) -> None:
    assert said(markdown) == expected


def test_quotation_marks_of_the_locale_are_no_words_by_rule_in_a_picture_s_words_too() -> None:
    marked = "See ![a 'tick' in `x`](a.png) here, 'so'"
    assert said(marked) == "See ⟦image⟧ a ' tick ' in x here, ' so '"
    assert said(marked, Rules(quotes=False)) == "See ⟦image⟧ a tick in x here, so"


def test_the_opener_comes_first(publication: Callable[[str], Publication]) -> None:
    found = words(reading(publication("speaker-turns")), Rules())
    assert [word.unit for word in found[:5]] == [
        "opener-outlet",
        "opener-outlet",
        "opener-genre",
        "opener-title",
        "opener-title",
    ]


def test_every_word_of_a_text_knows_its_unit(publication: Callable[[str], Publication]) -> None:
    found = words(reading(publication("every-construct")), Rules())
    assert not [word for word in found if not word.unit]

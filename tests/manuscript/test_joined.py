"""What Markdown joins or prints in silence is told: one finding a cause, with its line."""

from __future__ import annotations

import pytest
from faircopy.core import pandoc
from faircopy.manuscript.joined import joined
from faircopy.manuscript.source import Source

_FRONT = "---\ntitle: T\nlang: en-GB\n---\n"
_VERSE = "The river is low\nAnd the gauge is bare\nNobody reads\nThe marks that are there\n"
FOUND = {
    "a liquid tag": ("\nSee {% include photo.html id=1 %} here.\n", "template-tag", 6),
    "a value": ("\nOne.\n\n[a]({{ '/x/' | url }}) {{page.x}}\n", "template-tag", 8),
    "a shortcode": ("\n{{< youtube abc >}}\n\n{{% note %}}\n", "template-tag", 6),
    "a heading under text": ("\nThe last line.\n## Two\n\nText.\n", "heading-joined", 7),
    "two of them": ("\n# Two\n\nThe last line\nof it.\n# Two\n\nText.\n", "heading-joined", 10),
    "verse": ("\nText.\n\n" + _VERSE, "lines-joined", 8),
    "verse twice": ("\n" + _VERSE + "\n" + _VERSE, "lines-joined", 6),
    "verse in emphasis": ("\n*" + _VERSE.strip() + "*\n\nText.\n", "lines-joined", 6),
    "verse quoted": ("\n> " + _VERSE.replace("\n", "\n> ").rstrip("> ") + "\n", "lines-joined", 6),
}
PASSED = {
    "code": "\n`{{ x }}` and\n\n```\n{% x %}\n# no\n```\n",
    "a formula": "\n$\\frac{{a}}{{b}}$ and $$x^{{2}}$$\n",
    "an escaped heading": "\nOne\n\\# two\n",
    "a number sign": "\nNumber\n# 5\n".replace("# 5", "#5"),
    "headings right under headings": "\n# One\n## Two\n\nText.\n",
    "hard breaks": "\n" + _VERSE.replace("\n", "\\\n").rstrip("\\\n") + "\n",
    "a line block": "\n| " + _VERSE.strip().replace("\n", "\n| ") + "\n",
    "sentences a line": "\nThe river is low.\nThe gauge is bare!\nNobody reads.\nSo be it.\n",
    "clauses a line": "\nThe river is low\nand the gauge\nis bare\nso that nobody\nreads it.\n",
    "prose set by hand": "\n" + "The river was very low in that year and\n" * 5 + "so on.\n",
    "three lines": "\nOne Street\nSome Town\nA Country\n",
}


def _found(text: str) -> list[tuple[str, int]]:
    source = Source("m.md", (_FRONT + text).encode())
    told = joined(source, pandoc.read(source.text).blocks)
    return [(one.code, one.place.line if one.place else 0) for one in told]


@pytest.mark.parametrize("name", FOUND)
def test_it_is_told(name: str) -> None:
    text, code, line = FOUND[name]
    assert _found(text) == [(code, line)]


@pytest.mark.parametrize("name", PASSED)
def test_what_is_meant_is_passed(name: str) -> None:
    assert _found(PASSED[name]) == []

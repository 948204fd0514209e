"""What honest manuscripts hold is refused in no format."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy import proof
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import FORMATS, Options, write

TEXTS = {
    "tasks of every kind": (
        "en-GB",
        "- [x] a\n- [ ] b\n- [x]\n- plain\n\nxx\n\n1. [ ] n\n2. [x]\n3. plain\n\nxx\n\n"
        "- [ ]\n\n- [x] p\n\n  q\n- ☑ typed\n\n(a) [ ] c",
    ),
}


@pytest.mark.parametrize("kind", ["pdf", "docx", "epub", "bundle"])
@pytest.mark.parametrize("name", TEXTS)
def test_an_honest_text_is_not_refused(tmp_path: Path, name: str, kind: str) -> None:
    lang, text = TEXTS[name]
    front = f"---\ntitle: A case\nlang: {lang}\nkind: article\n---\n\n"
    (tmp_path / "manuscript.md").write_text(front + text, "utf-8")
    publication = read(tmp_path)
    row = next(row for row in FORMATS if row.name == kind)
    artifact = write(row, publication, load(), Options(page="a5"))
    assert proof.verify(publication, artifact) == ()

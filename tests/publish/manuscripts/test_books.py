"""An mdBook becomes one manuscript: its chapters in their order, with links from one to another."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import FaircopyError
from faircopy.publish.manuscripts import books
from faircopy.publish.manuscripts.importing import bring, wished
from faircopy.publish.project import Project

WISHES = wished("", "", "", headings=True)
FILES = {
    "book.toml": '[book]\ntitle = "The *Gauge*"\nauthors = ["Ada Lee"]\nlanguage = "en-GB"\n',
    "src/SUMMARY.md": "# Summary\n\n[Before](before.md)\n\n# Part one\n\n- [The lock](lock.md)\n"
    "  - [Its gates](lock/gates.md)\n- [Not yet]()\n- [Gone](gone.md)\n- [Out](../../out.md)\n"
    "- [The lock again](lock.md)\n",
    "src/before.md": "Before all, see [the gates](lock/gates.md#wood) and [more](lock.html).\n",
    "src/lock.md": "# The lock\n\nIt stands.\n\n## How\n\nSo.\n",
    "src/lock/gates.md": "# Its gates\n\nTwo, see [below](#wood).\n\n## Wood\n\n"
    "Of oak, [in](../lock.md) it.\n",
}


@pytest.fixture
def place(tmp_path: Path) -> Project:
    (tmp_path / "project" / "source").mkdir(parents=True)
    for name, text in FILES.items():
        (tmp_path / "gauge" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "gauge" / name).write_text(text)
    (tmp_path / "out.md").write_text("# Secret\n")
    return Project(tmp_path / "project")


@pytest.mark.parametrize("path", ["gauge", "gauge/src", "gauge/src/SUMMARY.md"])
def test_a_book_is_one_manuscript(place: Project, path: str) -> None:
    (one,) = bring(place, [place.root.parent / path], WISHES)

    assert one.right, [str(item) for item in one.findings]
    assert (one.slug, one.kind, one.lang) == ("gauge", "book", "en-GB")
    text = (place.source / "gauge" / "manuscript.md").read_text()
    heads = [line.partition(" {")[0] for line in text.split("\n") if line.startswith("#")]
    assert heads == ["# Before", "# The lock", "## How", "## Its gates", "### Wood"]
    assert "author:\n  - 'Ada Lee'" in text
    assert "Secret" not in text
    told = " ".join(one.decide)
    assert "3 chapters of this mdBook are one manuscript" in told
    assert "the chapter gone.md is not there" in told


def test_a_chapter_that_is_none_is_told_and_the_others_are_taken(place: Project) -> None:
    folder = place.root.parent / "gauge/src"
    (folder / "ring.md").symlink_to("ring.md")
    (folder / "before.md").unlink()
    (folder / "before.md").symlink_to(place.root.parent / "out.md")
    with (folder / "SUMMARY.md").open("a") as contents:
        contents.write("- [Ring](ring.md)\n- [Zero](a%00b.md)\n- [Far](//a.org/b.md)\n")
    (one,) = bring(place, [folder], WISHES)

    told = " ".join(one.decide)
    assert "2 chapters of this mdBook are one manuscript" in told
    assert "the chapter ring.md is not there" in told
    assert "the chapter before.md is not there" in told
    assert "Secret" not in (place.source / "gauge/manuscript.md").read_text()


@pytest.mark.parametrize("limit", ["CHAPTERS", "MANUSCRIPT"])
def test_a_book_without_end_is_refused(
    place: Project, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = msgspec.structs.replace(getattr(books, limit), most=4)
    monkeypatch.setattr(books, limit, few)
    with pytest.raises(FaircopyError) as raised:
        bring(place, [place.root.parent / "gauge"], WISHES)
    assert raised.value.diagnostics[0].code == "book-too-large"
    assert not [*place.source.iterdir()]


def test_links_lead_from_chapter_to_chapter(place: Project) -> None:
    bring(place, [place.root.parent / "gauge"], WISHES)
    text = (place.source / "gauge" / "manuscript.md").read_text()

    assert "[the gates](#wood)" in text
    assert "[below](#wood)" in text
    assert "[in](#the-lock)" in text
    assert "[more](#the-lock)" in text
    assert "### Wood" in text

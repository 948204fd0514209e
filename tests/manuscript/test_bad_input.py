"""Bad manuscripts: each is told its code, its line and column, and a remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import ast, manuscript
from pipeline.diagnostics import ManuscriptError
from pipeline.model import Publication

Read = Callable[..., Publication]

FRONT = "---\ntitle: T\nlang: en\n---\n\n"

CASES = {
    "empty": ("", "manuscript-empty", 1, 1),
    "only front matter": (FRONT, "manuscript-empty", 4, 4),
    "no title": ("---\nlang: en\n---\n\ntext\n", "front-matter-missing", 1, 1),
    "no front matter": ("text\n", "front-matter-missing", 1, 1),
    "unknown key": (
        "---\ntitle: T\nlang: en\nstandfrist: x\n---\n\ntext\n",
        "front-matter-unknown",
        4,
        1,
    ),
    "wrong kind": (
        "---\ntitle: T\nlang: en\nkind: novel\n---\n\ntext\n",
        "front-matter-value",
        4,
        1,
    ),
    "wrong date": (
        "---\ntitle: T\nlang: en\ndate: 2026-02-30\n---\n\ntext\n",
        "front-matter-value",
        4,
        1,
    ),
    "wrong language": ("---\ntitle: T\nlang: English\n---\n\ntext\n", "front-matter-value", 3, 1),
    "bad YAML": ('---\ntitle: "T\nlang: en\n---\n\ntext\n', "front-matter-yaml", 4, 1),
    "open front matter": ("---\ntitle: T\nlang: en\n\ntext\n", "front-matter-open", 1, 1),
    "control character": (FRONT + "a\x07b\n", "control-character", 6, 2),
    "duplicate id": (FRONT + "# A {#x}\n\ntext\n\n# B {#x}\n", "duplicate-id", 10, 6),
    "skipped heading": (FRONT + "# A\n\n### B\n\ntext\n", "heading-skipped", 8, 1),
    "skipped first heading": (FRONT + "### B\n\ntext\n", "heading-skipped", 6, 1),
    "empty heading": (FRONT + "text\n\n##\n", "heading-empty", 8, 1),
    "dead link": (FRONT + "see [here](#nowhere)\n", "link-dead", 6, 12),
    "image missing": (FRONT + "![A map](map.png)\n", "image-missing", 6, 10),
    "image outside": (FRONT + "![A map](../../map.png)\n", "image-outside", 6, 10),
    "image absolute": (FRONT + "![A map](/etc/map.png)\n", "image-outside", 6, 10),
    "image remote": (FRONT + "![A map](https://example.org/a.png)\n", "image-remote", 6, 10),
    "image as data": (FRONT + "![A map](data:image/png;base64,AAAA)\n", "image-remote", 6, 10),
    "image of no type": (FRONT + "![A map](map.bmp)\n", "image-type", 6, 10),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_manuscript_is_told_where_and_what_to_do(read: Read, name: str) -> None:
    text, code, line, column = CASES[name]

    with pytest.raises(ManuscriptError) as caught:
        read(text.encode())

    found = {item.code: item for item in caught.value.diagnostics}
    assert code in found, caught.value
    place = found[code].place
    assert place is not None
    assert (place.file, place.line, place.column) == (
        "source/a-manuscript/manuscript.md",
        line,
        column,
    )
    assert found[code].remedy


def test_bytes_that_are_not_utf_8(read: Read) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read(FRONT.encode() + b"caf\xe9\n")

    assert str(caught.value).startswith("source/a-manuscript/manuscript.md:6:4: error:")


def test_a_near_match_is_suggested(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="did you mean “standfirst”"):
        read(CASES["unknown key"][0])


def test_all_findings_come_at_once(read: Read) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read(FRONT + "![](a.png)\n\n![x](b.png)\n\n[dead](#d)\n")

    codes = sorted(item.code for item in caught.value.diagnostics)
    assert codes == ["image-alt", "image-missing", "image-missing", "link-dead"]


def test_an_image_behind_a_link_out_of_the_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG")
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "a.png").symlink_to(secret)
    (folder / "manuscript.md").write_text(FRONT + "![A](a.png)\n")

    with pytest.raises(ManuscriptError, match="image-outside"):
        manuscript.read(folder)


def test_a_manuscript_behind_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(FRONT + "text\n")
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "manuscript.md").symlink_to(tmp_path / "other.md")

    with pytest.raises(ManuscriptError, match="manuscript-outside"):
        manuscript.read(folder)


@pytest.mark.parametrize(
    "svg",
    [
        "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://example.org/a.png'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_an_svg_that_runs_or_fetches_something(read: Read, svg: str) -> None:
    with pytest.raises(ManuscriptError, match="image-active"):
        read("![A](a.svg)\n", a_svg=svg)


def test_nesting_without_end(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="nesting-too-deep"):
        read(">" * 200 + " text\n")


def test_a_missing_manuscript(tmp_path: Path) -> None:
    with pytest.raises(ManuscriptError, match="manuscript-missing"):
        manuscript.read(tmp_path)


def test_raw_markup_and_unsafe_links_are_left_out_with_a_warning(read: Read) -> None:
    publication = read("a <b>c</b> [d](javascript:e) [f](other.md)\n")

    assert [item.code for item in publication.diagnostics] == [
        "raw-markup",
        "raw-markup",
        "link-scheme",
        "link-relative",
    ]
    assert all(item.place and item.place.line == 6 for item in publication.diagnostics)


def test_a_comment_is_left_out_without_a_word(read: Read) -> None:
    assert read("a <!-- note to self --> b\n").diagnostics == ()


def test_a_note_in_the_words_of_an_image(read: Read) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    publication = read("A map ![the map^[note]](a.svg) in the text.\n", a_svg=svg)

    assert [(item.code, item.place and item.place.column) for item in publication.diagnostics] == [
        ("image-note", 25)
    ]
    assert not [node for node in ast.walk(publication.blocks) if isinstance(node, ast.Note)]


def test_a_note_and_an_id_in_a_caption_stand_there_once(read: Read) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    publication = read("![The [map]{#m} of it^[note]](a.svg)\n", a_svg=svg)

    assert publication.diagnostics == ()
    notes = [node for node in ast.walk(publication.blocks) if isinstance(node, ast.Note)]
    assert len(notes) == 1


def test_an_image_whose_words_are_a_note_has_none(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="image-alt"):
        read("![^[note]](a.svg)\n")

"""Bad manuscripts: each is told its code, its line and column, and a remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication

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
    "bad YAML": ('---\ntitle: "T\nlang: en\n---\n\ntext\n', "front-matter-yaml", 2, 1),
    "open front matter": ("---\ntitle: T\nlang: en\n\ntext\n", "front-matter-open", 1, 1),
    "control character": (FRONT + "a\x07b\n", "control-character", 6, 2),
    "a note with a heading, twice": (
        FRONT + "One[^n] and two[^n].\n\n[^n]: > # A\n",
        "duplicate-id",
        6,
        16,
    ),
    "duplicate id": (FRONT + "# A {#x}\n\ntext\n\n# B {#x}\n", "duplicate-id", 10, 6),
    "empty heading": (FRONT + "text\n\n##\n", "heading-empty", 8, 1),
    "dead link": (FRONT + "see [here](#nowhere)\n", "link-dead", 6, 12),
    "image missing": (FRONT + "![A map](map.png)\n", "image-missing", 6, 10),
    "image outside": (FRONT + "![A map](../../map.png)\n", "image-outside", 6, 10),
    "image absolute": (FRONT + "![A map](/etc/map.png)\n", "image-outside", 6, 10),
    "image by ftp": (FRONT + "![A map](ftp://example.org/a.png)\n", "image-remote", 6, 10),
    "image hidden": (FRONT + "![A map](.a/b.png)\n", "image-hidden", 6, 10),
    "image as data": (FRONT + "![A map](data:image/png;base64,AAAA)\n", "image-remote", 6, 10),
    "image in an image": (FRONT + "![A ![map](a.png)](b.png)\n", "image-in-image", 6, 20),
    "words of a decoration": (
        FRONT + "![A map](map.png){.decorative}\n",
        "image-decorative",
        6,
        10,
    ),
    "tracked change": (
        FRONT + "a [b]{.deletion author=x} [c]{.insertion}\n",
        "tracked-changes",
        6,
        7,
    ),
    "comment of Word's": (FRONT + "a [why?]{.comment-start id=7}b\n", "tracked-changes", 6, 10),
    "note to a title": (
        "---\nlang: en\ntitle: T^[First.]\n---\n\ntext\n",
        "front-matter-note",
        3,
        1,
    ),
    "note to an author": (
        "---\nlang: en\ntitle: T\nauthor:\n- A\n- B^[First.]\n---\n\ntext\n",
        "front-matter-note",
        4,
        1,
    ),
    "note to an interviewee": (
        "---\nlang: en\ntitle: T\ninterviewee: [A, 'B^[First.]']\n---\n\ntext\n",
        "front-matter-value",
        4,
        1,
    ),
    "note to a description": (
        "---\nlang: en\ntitle: T\ndescription: D^[First.]\n---\n\ntext\n",
        "front-matter-value",
        4,
        1,
    ),
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


def test_images_that_all_lie_elsewhere_are_one_finding(read: Read) -> None:
    text = "![A](ftp://a.org/a.png)\n\n![B](file:///b.png)\n\n![C](/c.png) ![D](../d.png)\n"
    with pytest.raises(ManuscriptError) as caught:
        read(FRONT + text)

    said = [(item.code, item.message) for item in caught.value.diagnostics]
    assert [code for code, _ in said] == ["image-remote", "image-outside"]
    assert said[0][1].endswith("; the same goes for 1 more: see lines 8")
    assert said[1][1].endswith("; the same goes for 1 more: see lines 10")


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
    publication = read("a <abbr>c</abbr> [d](javascript:e) [f](other.md)\n")

    assert [item.code for item in publication.diagnostics] == [
        "raw-markup",
        "link-scheme",
        "link-relative",
    ]
    assert all(item.place and item.place.line == 6 for item in publication.diagnostics)


def test_a_link_without_words_is_told(read: Read) -> None:
    (found,) = read("a [](https://example.org) b\n").diagnostics

    assert found.code == "link-empty"
    assert found.place
    assert (found.place.line, found.place.column) == (6, 4)


def test_a_break_at_the_edge_of_a_link_stands_beside_it(read: Read) -> None:
    """A line of a link without words is one that a screen reader has nothing to say for."""
    found = read("a[\\\nword\\\n](https://a.org)b\n")

    assert found.blocks == read("a\\\n[word](https://a.org)\\\nb\n").blocks
    assert [item.code for item in read("a [\\\n](https://a.org) b\n").diagnostics] == ["link-empty"]


def test_a_comment_is_left_out_without_a_word(read: Read) -> None:
    assert read("a <!-- note to self --> b\n").diagnostics == ()


def test_a_note_in_the_words_of_an_image(read: Read) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    publication = read("A map ![the map^[note]](a.svg) in the text.\n", a_svg=svg)

    assert [(item.code, item.place and item.place.column) for item in publication.diagnostics] == [
        ("image-note", 25)
    ]
    assert not [node for node in ast.walk(publication.blocks) if isinstance(node, ast.Note)]


@pytest.mark.parametrize("note", ["note", "| A | b |\n    |---|---|\n    | A | d |"])
def test_a_note_and_an_id_in_a_caption_stand_there_once(read: Read, note: str) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    publication = read(f"![The [map]{{#m}} of it[^n]](a.svg)\n\n[^n]: {note}\n", a_svg=svg)

    assert publication.diagnostics == ()
    notes = [node for node in ast.walk(publication.blocks) if isinstance(node, ast.Note)]
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A text[^n] here.\n\n[^n]: One note ^[and another] in it.\n", 8),
        ("A text^[One note ^[and another] in it.] here.\n", 6),
        ("![A map[^n]](a.svg)\n\n[^n]: One note ^[and another] in it.\n", 8),
    ],
)
def test_a_note_within_a_note_is_refused(read: Read, text: str, line: int) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    with pytest.raises(ManuscriptError, match="note-in-note") as caught:
        read(text, a_svg=svg)
    place = caught.value.diagnostics[0].place
    assert place
    assert place.line == line


def test_an_image_whose_words_are_a_note_has_none(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="image-alt"):
        read("![^[note]](a.svg)\n")


REST = "lang: en\n---\n\ntext\n"
SLIPS = {
    "a colon": (f"---\ntitle: Talks: next\n{REST}", 2, "title: 'Talks: next'"),
    "typographic quotes": (f"---\ntitle: “Talks: next”\n{REST}", 2, "title: 'Talks: next'"),
    "quotes in quotes": (f'---\ntitle: "The "new" step"\n{REST}', 2, """title: 'The "new" step'"""),
    "an apostrophe": (f"---\ntitle: 'It's here'\n{REST}", 2, "title: 'It''s here'"),
    "an open quote": (f"---\ntitle: 'Talks\n{REST}", 2, "title: 'Talks'"),
    "an at sign": (f"---\ntitle: @home\n{REST}", 2, "title: '@home'"),
    "a bracket": (f"---\ntitle: [Draft] text\n{REST}", 2, "title: '[Draft] text'"),
    "a star": (f"---\ntitle: *Now*\n{REST}", 2, "title: '*Now*'"),
    "a number sign": (f"---\ntitle: #1 hit\n{REST}", 2, "# begins a remark"),
    "nothing": (f"---\ntitle:\n{REST}", 2, "after the colon"),
    "yes": (f"---\ntitle: yes\n{REST}", 2, "between single quotes"),
    "no space": (f"---\ntitle:T\n{REST}", 2, "a space after the colon: title: T"),
    "a no-break space": (f"---\ntitle:\u00a0T\n{REST}", 2, "no-break space"),
    "an equals sign": ("---\ntitle = T\n---\n\ntext\n", 2, "for “=”"),
    "an indented key": ("---\ntitle: T\n  lang: en\n---\n\ntext\n", 3, "beginning of the line"),
    "an indented first key": (f"---\n title: T\n{REST}", 2, "beginning of the line"),
    "a list's indents": (f"---\ntitle: T\nauthor:\n  - A\n - B\n{REST}", 5, "first one's hyphen"),
    "a key twice": (f"---\ntitle: T\ntitle: U\n{REST}", 3, "Delete one"),
    "an unknown key": (f"---\nTitle: T\n{REST}", 2, "x-"),
    "an open end": ("---\ntitle: T\nlang: en\n\ntext\n", 1, "Close it"),
    "four hyphens": (f"----\ntitle: T\n{REST}", 1, "three hyphens"),
    "dashes": (f"———\ntitle: T\n{REST}", 1, "three hyphens"),
    "a blank line before": (f"\n---\ntitle: T\n{REST}", 1, "no blank line"),
    "a blank line after": (f"---\n\ntitle: T\n{REST}", 2, "Delete the blank line"),
    "no front matter": ("text\n", 1, "Begin the file"),
    "only words": ("---\nwords\n---\n\ntext\n", 2, "title: …"),
    "a date in words": (f"---\ntitle: T\ndate: 5 May 2026\n{REST}", 3, "2026-02-05"),
    "a language in quotes": ("---\ntitle: T\nlang: “en”\n---\n\ntext\n", 3, "en-GB"),
    "a second front matter": (FRONT + "text\n\n---\ntitle: U\n---\n", 8, "* * *"),
    "a note twice": (FRONT + "a[^1]\n\n[^1]: one\n\n[^1]: two\n", 10, "name of its own"),
    "an open div": (FRONT + "text\n\n::: pull-quote\ntext\n", 8, "Close it"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_its_line_and_its_remedy(read: Read, name: str) -> None:
    text, line, remedy = SLIPS[name]

    with pytest.raises(ManuscriptError) as caught:
        read(text.encode())

    told = [(item.place and item.place.line, str(item)) for item in caught.value.diagnostics]
    assert [said for at, said in told if at == line and remedy in said], caught.value


@pytest.mark.parametrize("text", ["a[^1]\n\n[^1]: one\n\n[^2]: two\n", "a\n\n:::\n\nb\n"])
def test_what_no_edition_would_show_is_told(read: Read, text: str) -> None:
    (found,) = read(text).diagnostics

    assert found.code in ("note-unused", "div-stray")
    assert found.place
    assert found.place.line == (10 if found.code == "note-unused" else 8)


@pytest.mark.parametrize(
    "text",
    [
        "a[^1]\n\n[^1]: one\n\n```\n[^1]: two\n\n::: x\n```\n",
        "a\n\n    ::: x\n    [^1]: n\n",
        "::: {.note}\n:::: pull-quote\na\n::::\n:::\n\na\n",
        "::: note :::\na\n:::\n",
    ],
)
def test_code_and_nested_divs_are_right(read: Read, text: str) -> None:
    assert read(text).diagnostics == ()


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(read: Read, ends: str, mark: str) -> None:
    plain = read(FRONT + "text\n\nmore\n")
    other = read((mark + FRONT + "text\n\nmore\n").replace("\n", ends).encode())

    assert other.blocks == plain.blocks
    assert other.places == plain.places


def test_code_in_the_words_of_an_image_is_read_as_words(read: Read) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>"
    publication = read("A map ![of `x`](a.svg) here.\n", a_svg=svg)

    (image,) = (node for node in ast.walk(publication.blocks) if isinstance(node, ast.Image))
    assert [node.c for node in ast.walk(image.inlines) if isinstance(node, ast.Str)] == ["of", "x"]


def test_an_embargo_is_told_whenever_it_ends(read: Read) -> None:
    text = "---\ntitle: T\nlang: en\nembargoed: until 6 pm\n---\n\ntext\n"
    (note,) = (item for item in read(text).diagnostics if item.code == "embargoed")
    assert "until 6 pm" in note.message
    assert note.place is not None
    assert note.place.line == 4

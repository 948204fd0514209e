"""Nothing that a stranger wrote becomes active: what is not permitted stays out, and is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.core.ast import Attr
from faircopy.core.diagnostics import Severity
from faircopy.core.model import Publication

Read = Callable[..., Publication]

CARRIERS = (
    '[words]{ATTRIBUTE}',
    '<span ATTRIBUTE>words</span>',
    '[words](https://x.org){ATTRIBUTE}',
    '`words`{ATTRIBUTE}',
    '# words {ATTRIBUTE}',
    '::: {ATTRIBUTE}\nwords\n:::',
    '<div ATTRIBUTE>words</div>',
    '``` {ATTRIBUTE}\nwords\n```',
    '| words |\n|---|\n| b |\n\n: caption {ATTRIBUTE}',
    '[words [*in*]{ATTRIBUTE}]{lang=fr}',
    'a^[words [x]{ATTRIBUTE}]',
    '- words [x]{ATTRIBUTE}',
    '| [words]{ATTRIBUTE} |\n|---|\n| b |',
    '| words |\n|---|\n| [b]{ATTRIBUTE} |',
    'words\n:   [x]{ATTRIBUTE}',
    '> [words]{ATTRIBUTE}',
)  # fmt: skip
ACTIVE = (
    'onclick="alert(1)"',
    'ONERROR="alert(1)"',
    'style="background:url(https://evil.example/x)"',
    'srcset="https://evil.example/x 2x"',
    'ping="https://evil.example/x"',
    'aria-hidden="true"',
    'role="none"',
    'hidden="hidden"',
    'tabindex="3"',
    'xmlns:x="http://evil.example/"',
    'xlink:href="javascript:alert(1)"',
    'xml:base="https://evil.example/"',
    'custom-style="Title"',
    'wrapper="1"',
    'srcdoc="x"',
    'lang="en&quot; onclick"',
    'dir="sideways"',
)


def _attrs(value: object) -> list[tuple[type, Attr]]:
    found: list[tuple[type, Attr]] = []

    def note(carrier: type, attr: Attr) -> Attr:
        found.append((carrier, attr))
        return attr

    ast.attributed(value, note)
    return found


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_is_active_is_left_out_wherever_it_stands(read: Read, carrier: str) -> None:
    for attribute in ACTIVE:
        found = read(f"First.\n\n{carrier.replace('ATTRIBUTE', attribute)}\n")

        name = attribute.partition("=")[0]
        told = [item for item in found.diagnostics if item.code == "attribute-left-out"]
        assert "words" in ast.text(found.blocks)
        assert "evil" not in repr(found.blocks), name
        assert {key for _, attr in _attrs(found.blocks) for key, _ in attr.attributes} <= {"lang"}
        assert [item.severity for item in told] == [Severity.WARNING], name
        assert told[0].place, name
        assert told[0].place.line >= 8, name


@pytest.mark.parametrize("name", ["unit", "speaker", "opener", "answer", "untranslated", "address"])
def test_a_class_of_ours_cannot_be_claimed(read: Read, name: str) -> None:
    text = "\n\n".join(carrier.replace("ATTRIBUTE", f".{name}") for carrier in CARRIERS[:-1])
    clean = "\n\n".join(carrier.replace("ATTRIBUTE", ".x") for carrier in CARRIERS[:-1])
    text, clean = (part.replace("<span .", "<span class=").replace("<div .", "<div class=")
                   for part in (text, clean))  # fmt: skip

    claimed, unclaimed = read(f"{text}\n").blocks, read(f"{clean}\n").blocks

    assert repr(claimed).replace(f"language-{name}", "language-x") == repr(unclaimed)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[mot]{lang=fr}", Attr("", (), (("lang", "fr"),))),
        ("[mot]{lang=ar dir=rtl}", Attr("", (), (("lang", "ar"), ("dir", "rtl")))),
        ("[HTML]{title='a language'}", Attr("", (), (("title", "a language"),))),
        ("# H {#h .unnumbered .x}", Attr("h", ("unit", "heading", "unnumbered"))),
        ("# H {#h epub:type=dedication}", Attr("h", ("unit", "heading"),
                                               (("epub-type", "dedication"),))),
        ("`x`{.python}", Attr("", ("language-python",))),
        ("`x`{.language-c}", Attr("", ("language-c",))),
        ("[x]{.mark .unit}", Attr("", ("mark",))),
        ("<https://x.org>", Attr("", ("uri",))),
    ],
)  # fmt: skip
def test_what_is_permitted_stays(read: Read, text: str, kept: Attr) -> None:
    found = read(f"{text}\n")

    assert kept in [attr for _, attr in _attrs(found.blocks)]
    assert found.diagnostics == ()


@pytest.mark.parametrize("size", ["80%", "6cm", "120", "3.5in", "12px"])
def test_a_size_is_a_number_with_a_unit(read: Read, size: str, tmp_path: Path) -> None:
    from PIL import Image

    folder = tmp_path / "a-manuscript"
    folder.mkdir()
    Image.new("RGB", (4, 4)).save(folder / "a.png")
    right = read(f"![A map](a.png){{width={size}}} x\n")
    wrong = read(f"![A map](a.png){{width='{size};background:url(//evil.example)'}} x\n")

    assert (("width", size),) in [attr.attributes for _, attr in _attrs(right.blocks)]
    assert "evil" not in repr(wrong.blocks)
    (told,) = wrong.diagnostics
    assert (told.code, told.place and told.place.line) == ("attribute-left-out", 6)


@pytest.mark.parametrize("key", ["alt", "title"])
def test_words_of_an_image_are_given_once(read: Read, key: str, tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "a-manuscript").mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "a-manuscript" / "a.png")
    found = read(f"![A map](a.png 'title'){{{key}='other'}} x\n")

    assert "other" not in repr(found.blocks)
    assert [(item.code, item.place.line) for item in found.diagnostics if item.place] == [
        ("attribute-left-out", 6)
    ]


def test_one_finding_a_kind_and_line(read: Read) -> None:
    found = read("[a]{style='x'} [b]{style='y' onclick=z}\nand\n[c]{style=z}\n").diagnostics

    assert [(item.message.split("”")[0][-5:], item.place.line) for item in found if item.place] == [
        ("style", 6),
        ("click", 6),
        ("style", 8),
    ]


def test_many_lines_do_not_drown_the_rest(read: Read) -> None:
    found = read("[a]{style=x}\n\n" * 200).diagnostics

    assert len(found) == 30
    assert "170 more lines" in found[-1].message


def test_what_does_nothing_is_one_note(read: Read) -> None:
    found = read("[a]{rel=nofollow}\n\n::: {.box data-x=1 key=value}\nb\n:::\n").diagnostics

    assert [(item.code, item.severity) for item in found] == [
        ("attribute-unknown", Severity.NOTE),
    ]
    assert "“rel”, “data-x”, “key”" in found[0].message


def test_front_matter_is_held_against_the_list(read: Read) -> None:
    found = read(
        "---\ntitle: 'A [b]{#opener .unit style=\"x\" lang=fr}'\nlang: en\n"
        "byline: '<span onclick=\"x\">c</span>'\n---\n\ntext\n"
    )

    assert ast.text((found.metadata.title, found.metadata.byline)) == "A bc"
    assert [attr for _, attr in _attrs(found.metadata.title)] == [Attr("", (), (("lang", "fr"),))]
    assert [(item.code, item.place.line) for item in found.diagnostics if item.place] == [
        ("attribute-left-out", 2),
        ("attribute-left-out", 4),
    ]


def test_works_are_held_against_the_list(read: Read) -> None:
    found = read(
        "---\ntitle: T\nlang: en\nreferences:\n- id: a\n  type: book\n"
        "  title: 'Of [x]{onclick=\"y\" .nocase} things'\n  issued: 1999\n---\n\nSee [@a].\n"
    )

    assert "onclick" not in repr(found.blocks)
    assert [(item.code, item.place.line) for item in found.diagnostics if item.place] == [
        ("attribute-left-out", 7)
    ]


@pytest.mark.parametrize("tag", ["b", "i", "sup", "del"])
def test_attributes_of_tags_that_are_read_as_markdown_are_told(read: Read, tag: str) -> None:
    text = f'a <{tag} onclick="f()" class="x" lang="fr">words</{tag}> <br ONERROR=f> b'
    told = [item.message for item in read(text).diagnostics if item.code == "attribute-left-out"]
    assert [next(key for key in ("onclick", "onerror") if key in said) for said in told] == [
        "onclick",
        "onerror",
    ]

"""HTML in a manuscript: tags with a like in Markdown are read as that, the others are told."""

from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication

Read = Callable[..., Publication]

ALIKE = [
    ("html<br>and", "html\\\nand"),
    ("html <br/> \nand", "html\\\nand"),
    ("So *it<br />is* so", "So *it\\\nis* so"),
    ("Term <BR>\nnext<br>", "Term\\\nnext"),
    ("One.\n\n<br>\n\nTwo.", "One.\n\nTwo."),
    ("- a<br>b", "- a\\\nb"),
    ("very<wbr>long", "verylong"),
    ("H<sub>2</sub>O and 2<sup>*nd*</sup>", "H~2~O and 2^*nd*^"),
    ("<b>b</b> <strong>s</strong> <i>i</i> <em>e</em>", "**b** **s** *i* *e*"),
    ("<u>u</u> <ins>i</ins>", "[u]{.underline} [i]{.underline}"),
    ("<s>s</s> <del>d</del> <strike>k</strike>", "~~s~~ ~~d~~ ~~k~~"),
    ("<b>one <i>two</i></b> <b></b>three", "**one *two*** three"),
    ("a <i lang='fr'>mot</i>", "a [*mot*]{lang=fr}"),
]


@pytest.mark.parametrize(("html", "markdown"), ALIKE)
def test_a_tag_is_read_as_what_it_is(read: Read, html: str, markdown: str) -> None:
    found = read(f"{html}\n")

    assert found.blocks == read(f"{markdown}\n").blocks
    assert found.diagnostics == ()


def test_a_line_break_in_a_cell(read: Read) -> None:
    found = read("| a | b |\n|---|---|\n| c<br>d | e |\n")

    assert "c\nd" in ast.text(found.blocks)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one<p>two<hr>three", "one\ntwo\nthree"),
        ("- one<p>two\n- three", "one\ntwo\nthree"),
        ("one<foo>two</foo>", "onetwo"),
    ],
)
def test_words_that_a_browser_parts_are_not_joined(read: Read, text: str, words: str) -> None:
    found = read(f"{text}\n")

    assert ast.text(found.blocks) == words
    assert {item.code for item in found.diagnostics} == {"raw-markup"}


@pytest.mark.parametrize("text", ["[one<p>two](http://a.org)", "| a |\n|---|\n| one<p>two |"])
def test_words_that_pandoc_drops_at_a_tag_are_told(read: Read, text: str) -> None:
    lost = [item for item in read(f"{text}\n").diagnostics if item.code == "words-lost"]

    assert [item.message.split("“")[1][:3] for item in lost] == ["two"]


@pytest.mark.parametrize(
    ("text", "line", "column", "remedy"),
    [
        ("x and x.\n\nThen `x`{=html} here.", 8, 7, "Write it in Markdown"),
        ("`<a>` is\n\na <a href='x'>tag", 8, 3, "[words](address)"),
        ("```\n<b>\n```\n\na <b>tag", 10, 3, "in the same paragraph: <b>words</b>"),
        ("a x\n\n```{=html}\nx\n```", 8, 4, "Write it in Markdown"),
        ("a <h2>b</h2>", 6, 3, "Write ## and the heading"),
    ],
)
def test_what_is_left_out_is_told_where_it_stands(
    read: Read, text: str, line: int, column: int, remedy: str
) -> None:
    found = read(f"{text}\n").diagnostics[0]

    assert found.code == "raw-markup"
    assert found.place
    assert (found.place.line, found.place.column) == (line, column)
    assert remedy in found.remedy


def test_a_table_in_html_is_one_finding(read: Read) -> None:
    row = "<tr><td>one</td><td>two</td></tr>\n"
    found = read(f"<table>\n{row * 3}</table>\n\n<center>three</center> <td>four</td>\n")

    told = [(item.message.split("“")[1].split("”")[0]) for item in found.diagnostics]
    assert told == ["<table>", "<center>", "<td>"]
    assert ast.text(found.blocks).split() == ["one", "two"] * 3 + ["three", "four"]


def test_tags_do_not_nest_without_end(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="nesting-too-deep"):
        read("<b>x" * 200 + "</b>" * 200 + "\n")

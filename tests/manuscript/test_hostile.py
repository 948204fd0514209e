"""Manuscripts that mean harm, or came to harm: a clear error in bounded time and memory.

Each is read in a process of its own, whose time and memory are measured.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core import ast, limits, pandoc
from faircopy.core.diagnostics import Diagnostic, ManuscriptError
from faircopy.core.diagnostics import errors as errors_of

from tests.bounded import ended, said

__all__ = ["ended"]  # a fixture

FRONT = "---\ntitle: T\nlang: en\n---\n\n"
LEVELS = 1000
SECONDS = 25
"""Processor time in which a manuscript of this file's sizes is read or refused."""

MEGABYTES = 1600
"""Memory of the larger of the two, Python and pandoc."""

READ = """
import json, sys
from pathlib import Path
import msgspec
from faircopy import manuscript
from faircopy.core import pandoc
from faircopy.core.diagnostics import FaircopyError
pandoc.HASTE = int(sys.argv[2])
pandoc.PANDOC_TIME = msgspec.structs.replace(pandoc.PANDOC_TIME, most=2 * pandoc.HASTE)
try:
    found = manuscript.read(Path(sys.argv[1]), name="m").diagnostics
except FaircopyError as error:
    found = error.diagnostics
print(json.dumps([(d.code, d.severity, d.place and d.place.line, d.place and d.place.column,
                   bool(d.message and d.remedy)) for d in found]))
"""

Found = list[tuple[str, str, int, int, bool]]


def harmless(folder: Path, text: str | bytes | None = None, haste: int = pandoc.HASTE) -> Found:
    """Read a folder's manuscript in a process of its own; return what is found, within bounds.

    ``haste`` is how many seconds pandoc is given for a text that looks like harm.
    """
    if text is not None:
        data = text.encode("utf-8") if isinstance(text, str) else text
        (folder / "manuscript.md").write_bytes(data)
    heard = said(READ, str(folder), str(haste), seconds=SECONDS, megabytes=MEGABYTES)
    return [tuple(item) for item in json.loads(heard)]


def errors(found: Found) -> list[tuple[str, int]]:
    assert all(complete for *_, complete in found)
    return [(code, line) for code, severity, line, _, _ in found if severity == "error"]


def bomb(opening: str) -> str:
    """YAML of ten lines whose value has a billion parts."""
    lines = [f"x-a: {opening}&a [x, x, x, x, x, x, x, x]{']' if opening else ''}\n"] + [
        f"x-{name}: {opening}&{name} [{', '.join(['*' + last] * 8)}]{']' if opening else ''}\n"
        for last, name in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    return f"---\ntitle: T\nlang: en\n{''.join(lines)}---\n\ntext\n"


DIVS = "".join(":::: d\n\n" for _ in range(LEVELS)) + "x\n\n" + "::::\n\n" * LEVELS
REFUSED = {
    "a line of 10 MB": (FRONT + "word " * 900_000, "line-too-long", 6),
    "a word of 2 MB": (FRONT + "x" * 2_000_000, "line-too-long", 6),
    "a manuscript over the limit": (FRONT + "word\n" * 1_100_000, "manuscript-too-large", 0),
    "a front matter over the limit": (
        "---\ntitle: T\nlang: en\n" + "x-a: word\n" * 110_000 + "---\n\nx\n",
        "front-matter-too-large",
        1,
    ),
    "100,000 footnotes": (
        FRONT + "".join(f"x[^{n}]\n\n[^{n}]: n\n\n" for n in range(100_000)),
        "too-many-notes",
        6 + 4 * limits.NOTES.most,
    ),
    "100,000 footnotes in the text": (
        FRONT + "x^[n]\n" * 100_000,
        "too-many-notes",
        6 + limits.NOTES.most,
    ),
    "aliases of aliases": (bomb(""), "front-matter-anchors", 6),
    "aliases of aliases in lists": (bomb("["), "front-matter-anchors", 6),
    "aliases of aliases in the text": (
        FRONT + "text\n\n" + bomb(""),
        "front-matter-second",
        8,
    ),
    "YAML lists in lists": (
        f"---\ntitle: T\nlang: en\nx-a: {'[' * LEVELS}{']' * LEVELS}\n---\n\nx\n",
        "nesting-too-deep",
        4,
    ),
    "YAML maps in maps": (
        f"---\ntitle: T\nlang: en\nx-a: {'{a: ' * LEVELS}{'}' * LEVELS}\n---\n\nx\n",
        "nesting-too-deep",
        4,
    ),
    "quotations in quotations": (FRONT + "one\n\n" + "> " * LEVELS + "x\n", "nesting-too-deep", 8),
    "lists in lists": (FRONT + "one\n\n" + "- " * LEVELS + "x\n", "nesting-too-deep", 8),
    "lists in lists, by indent": (
        FRONT + "".join("  " * n + "- x\n" for n in range(300)),
        "nesting-too-deep",
        305,
    ),
    "lists in lists without end": (
        FRONT + "".join("  " * n + "- x\n" for n in range(LEVELS)),
        "pandoc-time",
        5 + LEVELS,
    ),
    "emphasis in emphasis": (
        FRONT + "one\n\n" + "*a **b " * 500 + "x" + "** *" * 500 + "\n",
        "nesting-too-deep",
        8,
    ),
    "divs in divs": (FRONT + DIVS, "nesting-too-deep", 6 + 2 * (LEVELS - 1)),
    "elements in elements": (
        FRONT + "one\n\n" + "<div>" * LEVELS + "x" + "</div>" * LEVELS + "\n",
        "nesting-too-deep",
        8,
    ),
    "brackets in brackets": (
        FRONT + "one\n\n" + "[" * LEVELS + "x" + "]" * LEVELS + "\n",
        "pandoc-time",
        8,
    ),
    "links in links": (
        FRONT + "one\n\n" + "[" * LEVELS + "x" + "](http://a.org)" * LEVELS + "\n",
        "pandoc-time",
        8,
    ),
    "brackets that never close": (FRONT + "one\n\n" + "[" * 20_000 + "\n", "pandoc-time", 8),
    "images that never close": (FRONT + "one\n\n" + "![" * LEVELS + "\n", "pandoc-time", 8),
    "notes in notes": (
        FRONT + "one\n\n" + "^[" * LEVELS + "x" + "]" * LEVELS + "\n",
        "pandoc",
        8,
    ),
    "backticks that never close": (
        FRONT + "one\n\n" + " ".join("`" * n for n in range(1, 500)) + "\n",
        "pandoc-time",
        8,
    ),
}


HASTE = dict.fromkeys(("brackets in brackets", "lists in lists, by indent"), pandoc.HASTE)
"""These are given as long as ever; the others show as well in a second that they are stopped."""


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_harm_is_refused(name: str, tmp_path: Path) -> None:
    text, code, line = REFUSED[name]

    found = errors(harmless(tmp_path, text, HASTE.get(name, 1)))

    assert [item for item in found if item[0].startswith(code)], found
    assert line in [at for which, at in found if which.startswith(code)], found


PASSED = {
    "a line just within the limit": FRONT + f"```\n{'word ' * 190_000}\n```\n",
    "emphasis that never closes": FRONT + "_a " * LEVELS + "\n",
    "stars": FRONT + "*" * LEVELS + "x" + "*" * LEVELS + "\n",
    "angles": FRONT + "<" * 2000 + "\n",
    "quotes": FRONT + '"a ' * 8000 + "\n",
    "brackets in code": FRONT + "```\n" + "[" * LEVELS + "\n```\n\n`" + "[" * LEVELS + "`\n",
    "a formula in a formula": FRONT + "$" + "\\frac{1}{" * LEVELS + "x" + "}" * LEVELS + "$\n",
    "2,000 footnotes": FRONT + "".join(f"x[^{n}]\n\n[^{n}]: n\n\n" for n in range(2000)),
    "one note a thousand times": FRONT + "x[^1] " * LEVELS + "\n\n[^1]: n\n",
    "every key many times": FRONT + "::: {a=b a=c a=d}\nx\n:::\n",
    "YAML in code": FRONT + "text\n\n```\n\n---\ntitle: other\n---\n\n```\n",
    "Unicode's odd ones": FRONT
    + "a\u2028b\u202bd\u202cd\u200be\u2060e\u00adf\U0001f468\u200d\U0001f469g\u0301h\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PASSED)
def test_what_is_only_strange_is_read(name: str, tmp_path: Path) -> None:
    assert errors(harmless(tmp_path, PASSED[name])) == []


@pytest.mark.parametrize(
    "number", [n for n in (*range(32), *range(127, 160)) if n not in (9, 10, 11, 13)]
)
def test_every_control_character(number: int, tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + f"a{chr(number)}b\n", newline="")

    with pytest.raises(ManuscriptError, match=f":6:2: .*U\\+{number:04X}"):
        manuscript.read(tmp_path)


@pytest.mark.parametrize("data", [b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xc0\xaf", b"\xff", b"\xf8"])
def test_lone_surrogates_and_other_bytes_that_are_no_text(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_bytes(FRONT.encode() + b"a" + data + b"b\n")

    with pytest.raises(ManuscriptError, match=r":6:2: .*not-utf-8"):
        manuscript.read(tmp_path)


SECRET = "SECRET-WORD"
BESIDE = (
    "manuscript.md",
    "queries.toml",
    "corrections.toml",
    "original.txt",
    "lint.toml",
    "words.txt",
    "glossary.tsv",
    "do-not-translate.txt",
    "translations/ru.xlf",
    "translations/memory.tmx",
    "translations/ru.waivers.toml",
    "translations",
)


def folder_with(tmp_path: Path, name: str) -> tuple[Path, Path]:
    """Return a manuscript's folder without the file ``name``, and that file's path."""
    folder = tmp_path / "m"
    (folder / name).parent.mkdir(parents=True)
    if name != "manuscript.md":
        (folder / "manuscript.md").write_text(FRONT + "text\n")
    return folder, folder / name


@pytest.mark.parametrize("name", BESIDE)
def test_no_link_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    if "." in name:
        secret = secret / "file"
        secret.write_text(SECRET)
    folder, path = folder_with(tmp_path, name)
    path.symlink_to(secret)

    with pytest.raises(ManuscriptError, match=r"(manuscript|link)-outside") as caught:
        manuscript.read(folder)

    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("name", [name for name in BESIDE if "." in name])
def test_no_pipe_is_waited_for(name: str, tmp_path: Path) -> None:
    folder, path = folder_with(tmp_path, name)
    os.mkfifo(path)

    with pytest.raises(ManuscriptError, match="no-file"):
        manuscript.read(folder)


def test_no_pipe_is_waited_for_in_an_images_place(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    (tmp_path / "manuscript.md").write_text(FRONT + "![A](a.png)\n")

    with pytest.raises(ManuscriptError, match="image-missing"):
        manuscript.read(tmp_path)


@pytest.mark.parametrize("name", [name for name in BESIDE if "." in name])
def test_what_is_too_large_is_not_read(name: str, tmp_path: Path) -> None:
    folder, path = folder_with(tmp_path, name)
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # takes no room on the disk

    with pytest.raises(ManuscriptError, match="too-large"):
        manuscript.read(folder)


def test_a_folder_that_no_build_could_look_through_is_not_read(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path, "notes.txt")
    for number in range(30):
        with (folder / f"{number}.bin").open("wb") as file:
            file.truncate(190_000_000)
    with pytest.raises(ManuscriptError, match="folder-too-large"):
        manuscript.read(folder)


@pytest.mark.parametrize("name", ["queries.toml"])
@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a." * 5000 + "b = 1", "\0", "[[query]]\n"])
def test_toml_that_means_harm(name: str, text: str, tmp_path: Path) -> None:
    folder, path = folder_with(tmp_path, name)
    path.write_text(text)

    with pytest.raises(ManuscriptError, match="beside-file"):
        manuscript.read(folder)


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(SECRET)
    folder = tmp_path / "m"
    folder.mkdir()
    uri = secret.as_uri()
    text = (
        f"{{{{< include {secret} >}}}}\n\n!include {secret}\n\n![[secret]]\n\n"
        f"\\input{{{secret}}}\n\n\\include{{{secret}}}\n\n$\\input{{{secret}}}$\n\n"
        f"```{{include={secret}}}\n```\n\n```{{.python file={secret}}}\n```\n\n"
        f"<!--#include file='{secret}' -->\n\n<object data='{uri}'></object>\n\n"
        f"<iframe src='{uri}'></iframe>\n\n<link rel='stylesheet' href='{uri}'>\n\n"
        f"<style>@import '{uri}'; a {{ background: url({uri}) }}</style>\n\n"
        f"<embed src='{uri}'>\n\n[a]({uri})\n\n"
        f"[b]{{style='background: url({uri})'}}\n\n::: {{src='{uri}' data-src='{uri}'}}\nc\n:::\n"
    )
    (folder / "manuscript.md").write_text(FRONT + text)

    publication = manuscript.read(folder)

    assert SECRET not in repr(publication)
    assert {item.code for item in publication.diagnostics} == {
        "raw-markup",
        "link-scheme",
        "formula-unreadable",
        "attribute-left-out",
        "attribute-unknown",
        "template-tag",
    }


@pytest.mark.parametrize(
    "key",
    [
        "bibliography", "csl", "css", "reference-doc", "include-before", "header-includes",
        "template", "mainfont", "filters", "citation-abbreviations", "epub-fonts", "resource-path",
    ],
)  # fmt: skip
def test_no_key_draws_a_file_in(key: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    front = f"---\ntitle: T\nlang: en\nreferences: []\n{key}: {tmp_path}/secret\n---\n\nx [@a]\n"
    (tmp_path / "manuscript.md").write_text(front)

    with pytest.raises(ManuscriptError, match=f"front-matter-unknown|{key}-file"):
        manuscript.read(tmp_path)


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [id]", "!include x", "!!binary x"]
)
def test_a_yaml_tag_runs_nothing(tag: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(f"---\ntitle: T\nlang: en\nx-a: {tag}\n---\n\nx\n")

    assert manuscript.read(tmp_path).diagnostics == ()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScript:alert(1)", "java&#115;cript:alert(1)",
        "data:text/html;base64,AAAA", "file:///etc/passwd", "vbscript:x", "blob:x", "about:blank",
        "%6Aavascript:alert(1)", "\\\\host\\share", "//host/share", "../../etc/passwd",
        "java\tscript:alert(1)", "jar:http://a.org/b!/", "ms-word:ofe|u|http://a.org",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["[a]({})", "<a href='{}'>a</a>", "[a]\n\n[a]: {}", "![a]({})"])
def test_a_link_leads_nowhere_unsafe(form: str, url: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + form.format(url) + "\n")
    if form.startswith("!"):
        with pytest.raises(ManuscriptError, match="image-"):
            manuscript.read(tmp_path)
        return

    publication = manuscript.read(tmp_path)

    assert [node for node in ast.walk(publication.blocks) if isinstance(node, ast.Link)] == []
    assert publication.diagnostics


@pytest.mark.parametrize(
    "id", ["../../etc/passwd", "a/b", "a%2e%2e", 'a"b', "a<b", "a&b", "a'b", "a" * 201, "a\\b"]
)
@pytest.mark.parametrize("form", ["# A {{#{}}}\n\ntext\n", "[a]{{#{}}}\n", "::: {{#{}}}\na\n:::\n"])
def test_an_id_is_no_path_and_no_markup(form: str, id: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + form.format(id))
    found: tuple[Diagnostic, ...] = ()
    try:
        publication = manuscript.read(tmp_path)
    except ManuscriptError as error:
        found = error.diagnostics
    else:  # pandoc took it for no id at all
        named = {n.attr.id for n in ast.walk(publication.blocks) if isinstance(n, ast.Span)}
        assert id not in named
        return
    told = [(item.code, item.place and item.place.line) for item in errors_of(found)]
    assert told == [("id-unfit", 6)]


def test_a_long_heading_may_have_the_long_id_that_pandoc_makes(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + f"# {'word ' * 80}\n\ntext\n")

    assert [item.code for item in manuscript.read(tmp_path).diagnostics] == ["id-long"]


def test_a_linked_folder_is_called_by_the_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "manuscript.md").write_text(FRONT + "text\n")
    (tmp_path / "talk").symlink_to("elsewhere")

    assert manuscript.read(tmp_path / "talk").slug == "talk"


def test_a_folder_that_leads_out_of_the_project_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "confidential").mkdir()
    (tmp_path / "confidential" / "manuscript.md").write_text(FRONT + "secret\n")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "talk").symlink_to("../confidential")

    with pytest.raises(ManuscriptError) as caught:
        manuscript.read(tmp_path / "source" / "talk")
    assert [item.code for item in caught.value.diagnostics] == ["folder-outside"]

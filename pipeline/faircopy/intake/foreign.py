"""Web pages and OpenDocument texts as Word files of ours, so that one way leads in.

Pandoc reads them and writes the Word file; a walk of our own over the file as it came says which
words there are, so that none is lost on the way.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import msgspec
from lxml import etree, html

from faircopy.core import ast, pandoc
from faircopy.core.diagnostics import Place
from faircopy.core.limits import WORD_PARTS
from faircopy.intake.account import words
from faircopy.intake.names import Element
from faircopy.intake.walked import Left, Passage, Why
from faircopy.translation import archive
from faircopy.translation.forms import ImportRefused, refuse
from faircopy.translation.xml import local, parse

HTML, ODT = (".html", ".htm", ".xhtml"), ".odt"
AGAIN = "Open it in its program, save it as .docx, and import that."
_BOUNDS = archive.Bounds(WORD_PARTS, AGAIN)
_NO_WORDS = ("script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg")
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
"""Elements of HTML within which a word goes on."""
_DEEP = 200
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_LEFT = {
    "annotation": Why.COMMENT,
    "tracked-changes": Why.DELETED,
    "note-citation": Why.MARK,
    "table-of-content": Why.CONTENTS,
    "hidden-text": Why.HIDDEN,
    "hidden-paragraph": Why.HIDDEN,
}
"""Elements of OpenDocument whose words are no part of the text."""


class Foreign(msgspec.Struct, frozen=True):
    """A file made a Word file: its bytes, the words that it must have, what is left and told."""

    data: bytes
    words: tuple[str, ...]
    left: tuple[Left, ...]
    decide: tuple[str, ...]
    original: str


def read(data: bytes, name: str) -> Foreign:
    """Return a web page or an OpenDocument text as a Word file.

    Raises:
        ImportRefused: it is broken, dangerous or too large.
        ToolError: pandoc refused it, or it takes too much.
    """
    return _odt(data, name) if name.lower().endswith(ODT) else _html(data, name)


def _html(data: bytes, name: str) -> Foreign:
    root = _page(data, name)
    left = tuple(without_hidden(root))
    said = " ".join(_words(root))
    page: bytes = html.tostring(root, encoding="utf-8")
    return _made(page, "html", said, left, "original.html", name)


def _page(data: bytes, name: str) -> Element:
    try:
        found = html.document_fromstring(data, parser=html.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise refuse("html-broken", "this is no web page", AGAIN, Place(name)) from error
    if any(sum(1 for _ in one.iterancestors()) > _DEEP for one in found.iter()):
        raise refuse("word-unreadable", "elements nest too deep in it", AGAIN, Place(name))
    body: Element | None = found.find("body")
    return found if body is None else body


def without_hidden(root: Element) -> Iterator[Left]:
    """Take away what no page shows, and yield the words of it."""
    for one in list(root.iter()):
        named = isinstance(one.tag, str)
        style = "".join((one.get("style") or "").lower().split()) if named else ""
        hidden = named and (one.get("hidden") is not None or "display:none" in style)
        navigates = one.tag == "nav"
        if not named or one.tag in _NO_WORDS or hidden or navigates:
            text = _text(one) if hidden or navigates else ""
            if text:
                yield Left(Why.HIDDEN if hidden else Why.NAVIGATION, text)
            _drop(one)


def _text(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _drop(element: Element) -> None:
    """Take an element out of its tree, but not the text behind it."""
    above = element.getparent()
    if above is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    above.remove(element)


def _words(root: Element) -> Iterator[str]:
    """Yield the text of a page, with a space where a block begins or ends."""
    out: list[str] = []
    for event, one in etree.iterwalk(root, events=("start", "end")):
        gap = "" if one.tag in _INLINE else " "
        out.append(gap + ((one.text or "") if event == "start" else ""))
        if event == "end":
            out.append(one.tail or "")
    yield "".join(out)


def _odt(data: bytes, name: str) -> Foreign:
    parts = archive.read(data, name, None, _BOUNDS)
    if any(one.startswith(("Basic/", "Scripts/")) for one in parts):
        raise refuse("word-macros", "the file has macros: programs that run in it", AGAIN,
                     Place(name))  # fmt: skip
    if "content.xml" not in parts:
        raise refuse("not-word", "this is no OpenDocument text (.odt)", AGAIN, Place(name))
    root = parse(parts["content.xml"], f"{name} (content.xml)", AGAIN)
    body = root.find(f".//{{{_OFFICE}}}text")
    if body is None:
        raise refuse("not-word", "this is an OpenDocument file, but no text", AGAIN, Place(name))
    left: list[Left] = []
    said = "".join(_told(body, left))
    return _made(data, "odt", said, tuple(left), "original.odt", name)


def _told(element: Element, left: list[Left]) -> Iterator[str]:
    """Yield the words of an OpenDocument text; ``left`` gets those that are no part of it."""
    for one in element:
        name = local(one)
        if name in _LEFT:
            text = _text(one)
            if text:
                left.append(Left(_LEFT[name], text))
        elif name in ("s", "tab", "line-break"):
            yield " "
        elif name in ("title", "desc"):  # a picture's words for who cannot see it
            pass
        elif name:
            block = name in ("p", "h", "note", "list-item", "table-cell")
            yield " " if block else ""
            yield one.text or ""
            yield from _told(one, left)
            yield " " if block else ""
        yield one.tail or ""


def _made(
    data: bytes, form: str, said: str, left: tuple[Left, ...], original: str, name: str
) -> Foreign:
    try:
        blocks = pandoc.opened(data, form).blocks
    except pandoc.PandocFailure as failure:
        what = f"pandoc cannot read the file: {failure.said}"
        raise refuse("word-unreadable", what, AGAIN, Place(name)) from failure
    except RecursionError as error:
        raise too_deep(name) from error
    decide: list[str] = []
    made = word_of(blocks, decide)
    return Foreign(made.data, tuple(words(said)), left, tuple(decide), original)


class Made(msgspec.Struct, frozen=True):
    """A Word file, and the blocks that it was made of."""

    data: bytes
    blocks: ast.Blocks


def word_of(blocks: ast.Blocks, decide: list[str]) -> Made:
    """Return blocks as a Word file, without pictures that lie elsewhere; ``decide`` tells of them.

    Raises:
        PandocFailure: pandoc refused the tree.
    """

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        if isinstance(node, ast.Image) and not node.url.startswith("data:"):
            decide.append(f"the picture {node.url[:80]} does not come along: put it in by hand")
            return ()
        return node

    blocks = ast.rewrite(blocks, change, ast.Image)
    return Made(pandoc.write_file(blocks, "docx"), blocks)


def too_deep(name: str) -> ImportRefused:
    """Return the refusal of a file that nests too deep."""
    return refuse("word-unreadable", "tables or lists in it nest too deep", AGAIN, Place(name))


def lost(wanted: Sequence[str], passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the words that a file has and its Word file has not, those that follow as one."""
    there = [word for one in passages for word in words(one.text)]
    wanted = list(wanted)
    if wanted == there:
        return
    matched = difflib.SequenceMatcher(None, wanted, there, autojunk=False)
    for kind, a, b, c, d in matched.get_opcodes():
        if kind in ("delete", "replace") and "".join(wanted[a:b]) != "".join(there[c:d]):
            yield " ".join(wanted[a:b])

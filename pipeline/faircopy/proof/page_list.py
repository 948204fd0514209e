"""Hold an EPUB's list of pages against the PDF whose pages they are: to the word.

Both files are read anew, the PDF by its structure tree. Compared are the letters that stand on
either side of where each page begins; a marker stands before the whole of a word that is broken
over two pages. Pull quotes, notes, pictures and captions are passed over: a page may show them
elsewhere than the text has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import msgspec
from lxml import etree

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place, Severity
from faircopy.proof.extractors import epub
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.extractors.line import Line
from faircopy.proof.extractors.pdf import structure
from faircopy.proof.extractors.xhtml import TYPE
from faircopy.proof.judges import decided
from faircopy.proof.tokens import pictured
from faircopy.proof.verdict import Verdict

NAME = "page list"
VERSION = "1"
FACT = "lists_pages_of"
"""What a build calls the size of the pages that a file lists."""
_NEAR = 24
"""Letters that are compared on either side."""
_LONGEST = 80
"""Letters of the longest word that is broken over two pages."""
_SIGN = re.compile("⟦[^⟧]*⟧")
_PASSED_OVER = frozenset({"footnote", "pullquote", "noteref", "backlink", "cover"})
_MARKER = "\ue005"
_WITHIN_WORDS = frozenset({"a", "b", "code", "em", "i", "span", "strong", "sub", "sup"})
_NO_WORDS = frozenset({"head", "nav", "math", "img", "figcaption", "script", "style"})


def judge(book: bytes, printed: bytes, name: str) -> Verdict:
    """Return whether every page of the PDF has its marker where it begins.

    Args:
        book: the EPUB.
        printed: the PDF.
        name: what findings call the EPUB.
    """
    try:
        return decided(NAME, VERSION, _findings(_Book.of(book), printed, name))
    except FaircopyError as error:
        return decided(NAME, VERSION, error.diagnostics)


class _Book(msgspec.Struct, frozen=True):
    """An EPUB's letters and the spaces between words; where markers stand in it, in order.

    ``captions`` are the letters of each, ``pictures`` their words.
    """

    text: str
    markers: tuple[int, ...]
    captions: frozenset[str]
    pictures: frozenset[str]

    @classmethod
    def of(cls, data: bytes) -> _Book:
        documents = dict(epub.spine(Archive(data))).values()
        out: list[str] = []
        for root in documents:
            _read(root, out)
        parts = _plain("".join(out)).split(_MARKER)
        ends: list[int] = []
        for part in parts[:-1]:
            ends.append(len(part) + (ends[-1] if ends else 0))
        every = [item for root in documents for item in root.iter("{*}figcaption", "{*}img")]
        return cls(
            "".join(parts),
            tuple(ends),
            frozenset(_letters("".join(map(str, item.itertext()))) for item in every) - {""},
            frozenset(pictured(item.get("alt")) for item in every) - {""},
        )


def _read(element: Element, out: list[str]) -> None:
    """Add an element's text, with a sign where a page begins."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    types = set(element.get(TYPE, "").split())
    if "pagebreak" in types:
        out.append(_MARKER)
    if not name or name in _NO_WORDS or types & _PASSED_OVER:
        return
    out.append(element.text or "")
    for child in element:
        _read(child, out)
        out.append(child.tail or "")
    out.append("" if name in _WITHIN_WORDS else " ")


def _plain(text: str) -> str:
    """Return a text's letters and digits, with one space wherever there are any."""
    composed = unicodedata.normalize("NFC", text)
    said = (char for char in composed if char.isalnum() or char.isspace() or char == _MARKER)
    return re.sub(r"\s+", " ", "".join(said))


def _letters(text: str) -> str:
    return _plain(text).replace(" ", "")


def _findings(book: _Book, printed: bytes, name: str) -> Iterator[Diagnostic]:
    starts = _starts(structure.lines(printed), book)
    said = _letters("".join(starts.values()))
    place = Place(name)
    pages = max(starts, default=0)
    if len(book.markers) < pages:
        yield Diagnostic(
            "page-list-short",
            Severity.ERROR,
            f"The book marks {len(book.markers)} pages, and its PDF has words on page {pages}.",
            "Build both again.",
            place,
        )
        return
    before = 0
    for page, text in starts.items():
        at = book.markers[page - 1]
        if page > 1 and not _agree(book.text, at, said, before):
            yield Diagnostic(
                "page-list-elsewhere",
                Severity.ERROR,
                f"Page {page} is marked before “{book.text[at:].strip()[:_NEAR]}”, but begins with "
                f"“{said[before : before + _NEAR]}”.",
                "Build both again; if it stays, please report it with the manuscript.",
                place,
            )
        before += len(_letters(text))


def _starts(lines: list[Line], book: _Book) -> Mapping[int, str]:
    """Return the text of each page that has words of the text, by its number, in order.

    Notes come last, from the first page on: they are passed over, but for those of the last page.
    """
    out: dict[int, str] = {}
    now = 0
    for line in lines:
        for page, part in _parts(line) if _letters(line) not in book.captions else ():
            text = part
            for picture in book.pictures:
                text = text.replace(picture, " ")
            text = _SIGN.sub(" ", text)
            if page >= now and _letters(text):
                now = page
                out[page] = out.get(page, "") + text
    return out


def _parts(line: Line) -> Iterator[tuple[int, str]]:
    """Yield the parts of a block that stand on different pages, each with the page's number."""
    begins = [*(offset for offset, _ in line.places[1:]), len(line)]
    start = 0
    for end, (_, place) in zip(begins, line.places, strict=False):
        yield int(place.removeprefix("page ")), line[start:end]
        start = end


def _agree(text: str, at: int, said: str, before: int) -> bool:
    """Whether a marker in a text stands where a page begins in letters, or before its word."""
    rest, past = text[at:], text[:at].replace(" ", "")
    broken = rest.lstrip().partition(" ")[0][:_LONGEST]
    following = rest.replace(" ", "")
    return any(
        following[count : count + _NEAR] == said[before : before + _NEAR]
        and (past + following[:count])[-_NEAR:] == said[:before][-_NEAR:]
        for count in range(len(broken) + 1)
    )

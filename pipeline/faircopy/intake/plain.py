"""Plain text as a Word file of ours, so that one way leads in: its encoding and paragraphs found.

Text that was drawn out of a PDF or a web page breaks paragraphs in the middle of sentences. Such
breaks are mended, each told and written down as a correction of the original.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import msgspec

from faircopy.core.diagnostics import Place
from faircopy.intake import hyphens
from faircopy.intake.hyphens import Parted
from faircopy.intake.names import RELATIONS, R, W
from faircopy.translation import archive
from faircopy.translation.forms import refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_ENDS = tuple('.!?…:;。！？؟۔»”’")]')
_QUESTIONS = ("?", "？", "؟")
_NAMED = re.compile(r"(?:\S+ ){0,3}\S+:\s")
_ASKED = 100
_HEADING, _UNDER = 8, 12
"""Words that a line like a heading has at most, and a paragraph under it at least."""
_OPENING = 3
_WRAPPED = 40
"""Signs of a line that only ends because a program broke it there."""
_LONG = 8
"""Words of a paragraph that goes on where the next one begins with a number."""
_AROUND = 4


class Break(msgspec.Struct, frozen=True):
    """A break of a paragraph within a sentence: the last words before it, and the first after."""

    before: str
    after: str


class Plain(msgspec.Struct, frozen=True):
    """A text: its paragraphs, the encoding that it is in, whether that is sure, what is mended."""

    paragraphs: tuple[str, ...]
    encoding: str
    sure: bool
    breaks: tuple[Break, ...]
    parted: tuple[Parted, ...] = ()


def read(data: bytes, name: str) -> Plain:
    """Return a text's paragraphs.

    Raises:
        ImportRefused: it is no text.
    """
    text, encoding, sure = _decoded(data)
    _see(text, name)
    paragraphs = [" ".join(one.split()) for one in _paragraphs(_with_line_feeds(text))]
    whole, breaks = _mended([one for one in paragraphs if one])
    known = hyphens.words(whole)
    mended = [hyphens.mended(one, known) for one in whole]
    parted = tuple(word for _, words in mended for word in words)
    return Plain(tuple(text for text, _ in mended), encoding, sure, tuple(breaks), parted)


def decoded(data: bytes, name: str) -> str:
    """Return a text, its lines ended by line feeds.

    Raises:
        ImportRefused: it is no text.
    """
    text, _, _ = _decoded(data)
    _see(text, name)
    return _with_line_feeds(text)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def _see(text: str, name: str) -> None:
    if _CONTROL.search(text):
        raise refuse(
            "not-text",
            "this is no text: it has signs that no text has",
            "Save it in its program as text or as .docx, and import that.",
            Place(name),
        )


def _decoded(data: bytes) -> tuple[str, str, bool]:
    """Return a text, the name of its encoding, and whether there is no doubt of it."""
    for mark, codec, called in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace"), called, True
    try:
        return data.decode(), "UTF-8", True
    except UnicodeDecodeError:
        pass
    high = [byte for byte in data if byte >= 0xC0]
    letters = sum(chr(byte).isalpha() for byte in data if byte < 0x80) + len(high)
    if len(high) * 2 < letters:
        return data.decode("cp1252", "replace"), "Windows-1252", False
    small = sum(byte >= 0xE0 for byte in high)  # small letters: there in cp1251, below in KOI8-R
    codec, called = ("cp1251", "Windows-1251") if small * 2 > len(high) else ("koi8-r", "KOI8-R")
    return data.decode(codec, "replace"), called, False


def _paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs: between empty lines, or where there are none, a line each."""
    blocks = [one for one in re.split(r"\n[ \t\u00a0]*\n", text) if one.strip()]
    for block in blocks:
        lines = block.split("\n")
        broken = len(lines) > 1 and all(len(one.rstrip()) >= _WRAPPED for one in lines[:-1])
        longest = max(map(len, lines))
        if broken and len(blocks) > 1 and longest <= 2 * _WRAPPED + 20:
            yield hyphens.joined(lines)
        else:
            yield from lines


def _mended(paragraphs: Sequence[str]) -> tuple[list[str], list[Break]]:
    """Return paragraphs, those joined that were broken within a sentence, and the breaks."""
    out: list[str] = []
    breaks: list[Break] = []
    for one in paragraphs:
        if out and _goes_on(out[-1], one):
            before = hyphens.spelt(out[-1]).split()[-_AROUND:]
            after = hyphens.spelt(one).split()[:_AROUND]
            if hyphens.parts(out[-1], one):
                out[-1] = hyphens.joined((out[-1], one), "\n\n")
                continue
            breaks.append(Break(" ".join(before), " ".join(after)))
            out[-1] = f"{out[-1]} {one}"
        else:
            out.append(one)
    return out, breaks


def _goes_on(one: str, other: str) -> bool:
    """Whether a sentence goes on from one paragraph to the next."""
    if one.endswith(_ENDS) or len(one.split()) < 2:
        return False
    if other[:1].islower():
        return True
    numbered = re.match(r"\d+[.)]\s", other)
    return other[:1].isdigit() and not numbered and len(one.split()) > _LONG


def word(plain: Plain) -> bytes:
    """Return a text as a Word file; lines that look like headings are bold in it."""
    last = len(plain.paragraphs) - 1
    body = "".join(
        _paragraph(text, bold=_heads(plain.paragraphs, at) if at < last else False)
        for at, text in enumerate(plain.paragraphs)
    )
    return _package(body)


def _heads(paragraphs: Sequence[str], at: int) -> bool:
    """Whether a paragraph looks like a question or a heading over the next one."""
    text, following = paragraphs[at], paragraphs[at + 1]
    count = len(text.split())
    if _NAMED.match(text):  # who speaks
        return False
    if text.endswith(_QUESTIONS):
        return count <= _ASKED and not following.endswith(_QUESTIONS)
    alike = count <= _HEADING and not text.endswith((*_ENDS, ",", "-", "–"))
    return at >= _OPENING and alike and text[:1].isupper() and len(following.split()) > _UNDER


def _paragraph(text: str, *, bold: bool) -> str:
    looks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def _package(body: str) -> bytes:
    return archive.write(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="{_MAIN}"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
                f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
            ).encode(),
            "word/document.xml": (
                f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
            ).encode(),
        }
    )


def corrections(text: Plain) -> str:
    """Return the file ``corrections.toml``: where the manuscript departs from the original."""
    lines = [
        "# Breaks of the original that stood within sentences or words, mended on import. If one",
        "# is right, delete its entry here and write it in manuscript.md again as it was.",
    ]
    for one in text.breaks:
        before, after = f"{one.before}\n\n{one.after}", f"{one.before} {one.after}"
        lines += _entry(before, after, "A paragraph break stands within the sentence.")
    for word in text.parted:
        lines += _entry(word.before, word.after, "A line's end parted the word.")
    return "\n".join(lines) + "\n"


def _entry(before: str, after: str, why: str) -> list[str]:
    head = ["", "[[correction]]", f"where = {_quoted(after)}", f"why = {_quoted(why)}"]
    return [*head, f"before = {_quoted(before)}", f"after = {_quoted(after)}"]


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML 1.0, which JSON's are."""
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")

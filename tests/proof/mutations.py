"""Damage an artifact as a bug would: lose, swap, double or change a word of its text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import String

Damage = Callable[[list[str]], list[str]]


def lose(words: list[str]) -> list[str]:
    return [*words[:2], *words[3:]]


def swap(words: list[str]) -> list[str]:
    return [*words[:2], words[3], words[2], *words[4:]]


def double(words: list[str]) -> list[str]:
    return [*words[:3], words[2], *words[3:]]


def change(words: list[str]) -> list[str]:
    return [*words[:2], words[3], *words[3:]]


DAMAGES: tuple[Damage, ...] = (lose, swap, double, change)
LONG_ENOUGH = 6


def _enough(words: list[str]) -> bool:
    return len(words) >= LONG_ENOUGH and words[2] != words[3]


def _is_head(element: Any) -> bool:
    """Say whether it is the name of a page, which repeats a heading of its text."""
    return str(element.tag) == "{http://www.w3.org/1999/xhtml}title"


def in_zip(data: bytes, member: Callable[[str], bool], tag: str, damage: Damage) -> bytes:
    """Damage the middle one of the texts long enough, in elements of ``tag`` of the members."""
    source = zipfile.ZipFile(io.BytesIO(data))
    trees = {
        name: etree.fromstring(source.read(name)) for name in source.namelist() if member(name)
    }
    texts = [
        element
        for tree in trees.values()
        for element in tree.iter(tag)
        if element.text and _enough(element.text.split()) and not _is_head(element)
    ]
    victim = texts[len(texts) // 2]
    victim.text = " ".join(damage((victim.text or "").split()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            raw = etree.tostring(trees[name]) if name in trees else source.read(name)
            target.writestr(name, raw)
    return out.getvalue()


def in_page(data: bytes, damage: Damage) -> bytes:
    """Damage the middle one of the texts long enough in a web edition's article."""
    page = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    texts = [
        element
        for element in page.iterfind(".//article//*")
        if element.text and _enough(element.text.split())
    ]
    victim = texts[len(texts) // 2]
    victim.text = " ".join(damage((victim.text or "").split()))
    return etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def in_pdf(data: bytes, damage: Damage) -> bytes:
    """Damage a line in the middle of the document's tagged text, glyphs and all."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        lines = [line for page in pdf.pages for line in _lines(page)]
        page, operations, at, codes, space = lines[len(lines) // 2]
        words = damage(_split(codes, space))
        joined = space.join(bytes.fromhex(word) for word in words)
        operations[at] = ([pikepdf.Array([pikepdf.String(joined)])], "TJ")
        page.Contents = pdf.make_stream(
            pikepdf.unparse_content_stream(
                [(operands, pikepdf.Operator(name)) for operands, name in operations]
            )
        )
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def say_otherwise(data: bytes) -> bytes:
    """Leave a word out of each line of a PDF that says its text itself; glyphs stay."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = 0
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ActualText" in item:
                words = str(item.ActualText).split()
                item.ActualText = String(" ".join(words[1:]))
                said += 1
        assert said
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _lines(page: Any) -> Iterator[tuple[Any, list[tuple[Any, str]], int, bytes, bytes]]:
    """Yield each long line of a page: page, its operations, which of them, codes, the space."""
    spaces = {str(name): _space(font) for name, font in page.Resources.Font.items()}
    operations = [
        (list(item.operands), str(item.operator)) for item in pikepdf.parse_content_stream(page)
    ]
    space, hidden = b"", False
    for at, (operands, name) in enumerate(operations):
        if name == "Tf":
            space = spaces[str(operands[0])]
        elif name in ("BDC", "BMC"):
            hidden = str(operands[0]) == "/Artifact"
        elif name == "TJ" and space and not hidden:
            codes = b"".join(bytes(item) for item in operands[0] if isinstance(item, String))
            if _enough(_split(codes, space)):
                yield page, operations, at, codes, space


def _split(codes: bytes, space: bytes) -> list[str]:
    pairs = [codes[at : at + 2] for at in range(0, len(codes), 2)]
    words, word = [], b""
    for pair in [*pairs, space]:
        if pair == space:
            words.append(word.hex())
            word = b""
        else:
            word += pair
    return [item for item in words if item]


def _space(font: Any) -> bytes:
    cmap = font.ToUnicode.read_bytes()
    match = re.search(rb"<([0-9a-fA-F]{4})>\s*<0020>", cmap)
    return bytes.fromhex(match[1].decode()) if match else b""

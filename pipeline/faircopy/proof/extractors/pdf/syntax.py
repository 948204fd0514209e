"""The syntax of a content stream: operators, each with its operands (ISO 32000-1, section 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]*(?:"
    rb"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?=[\x00\t\n\f\r \[\]<>()/%]|$)"
    rb"|(?P<hex><[0-9A-Fa-f\x00\t\n\f\r ]*>)"
    rb"|/(?P<name>[^\x00\t\n\f\r \[\]<>()/%{}]*)"
    rb"|(?P<mark>\[|\]|<<|>>)"
    rb"|(?P<string>\()"
    rb"|(?P<comment>%[^\r\n]*)"
    rb"|(?P<word>[^\x00\t\n\f\r \[\]<>()/%{}]+)"
    rb")"
)
_SHOWN = re.compile(rb"\[((?=[^\]]*<)(?:<(?:[0-9A-Fa-f]{2})*>|[-+.0-9 \r\n])*)\]")
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")
_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)", re.S)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PAREN = re.compile(rb"\\.|[()]", re.S)


def operations(data: bytes, *, one_by_one: bool = False) -> Iterator[tuple[str, list[Any]]]:
    """Yield each operator of a content stream with its operands.

    What a ``TJ`` shows is one string with the sum of its adjustments, but for ``one_by_one``.
    """
    stack: list[list[Any]] = [[]]
    at, end = 0, len(data)
    while at < end:
        match = _TOKEN.match(data, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        kind, raw = match.lastgroup, match[match.lastgroup or 0]
        if kind == "number":
            stack[-1].append(float(raw))
        elif kind == "hex":
            digits = re.sub(rb"\s|\x00", b"", raw[1:-1])
            stack[-1].append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif kind == "name":
            stack[-1].append(Name(raw.decode("latin-1")))
        elif kind == "string":
            text, at = _string(data, at)
            stack[-1].append(text)
        elif kind == "mark":
            shown = _SHOWN.match(data, at - 1) if raw == b"[" and not one_by_one else None
            if shown:
                at = shown.end()
                stack[-1].append(_shown(shown[1]))
            else:
                _bracket(raw, stack)
        elif kind == "word":
            word = raw.decode("latin-1")
            if word == "BI":
                at = _after_inline_image(data, at)
                stack[-1].clear()
            elif word in ("true", "false", "null"):
                stack[-1].append(None)
            else:
                yield word, stack[-1]
                stack = [[]]


def _shown(body: bytes) -> list[Any]:
    """Return what a ``TJ`` array shows, as one string, and the sum of its adjustments.

    Nine tenths of a page are such arrays, with a string for each glyph.
    """
    text = bytes.fromhex(b"".join(_HEX.findall(body)).decode())
    return [text, sum(map(float, _HEX.sub(b" ", body).split()))]


def _bracket(raw: bytes, stack: list[list[Any]]) -> None:
    if raw in (b"[", b"<<"):
        stack.append([])
    elif len(stack) > 1:
        done = stack.pop()
        stack[-1].append(dict(zip(done[::2], done[1::2], strict=False)) if raw == b">>" else done)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """Return a literal string and the position after it (section 7.3.4.2)."""
    depth, start = 1, at
    while depth:
        match = _PAREN.search(data, at)
        if match is None:
            return data[start:], len(data)
        at = match.end()
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
    return _ESCAPE.sub(_unescape, data[start : at - 1]), at


def _unescape(match: re.Match[bytes]) -> bytes:
    raw = match[1]
    if raw[:1].isdigit():
        return bytes([int(raw, 8) & 0xFF])
    return b"" if raw in (b"\n", b"\r", b"\r\n") else _ESCAPED.get(raw, raw)


def _after_inline_image(data: bytes, at: int) -> int:
    match = re.compile(rb"[\s\x00]EI(?=[\s\x00]|$)").search(data, at)
    return match.end() if match else len(data)

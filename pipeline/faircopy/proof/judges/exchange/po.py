"""PO. Source: GNU gettext's manual, “The Format of PO Files”; what ``msgfmt --check`` refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from faircopy.proof.judges.exchange.grammar import Fault

_QUOTED = r'"((?:[^"\\]|\\(?:[abfnrtv\\"]|[0-7]{1,3}|x[0-9A-Fa-f]+))*)"'
_FIELD = re.compile(rf"(msgctxt|msgid|msgid_plural|msgstr|msgstr\[(\d{{1,3}})\])\s+{_QUOTED}\s*")
_MORE = re.compile(rf"{_QUOTED}\s*")
_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_PLURALS = re.compile(r"nplurals\s*=\s*(\d{1,3})\s*;\s*plural\s*=\s*\S")
_BEFORE = {"msgid": ("", "msgctxt"), "msgid_plural": ("msgid",), "msgctxt": ("",)}


class _Entry(msgspec.Struct):
    """An entry as it is being read: its fields in order, the line of its id, and its flags."""

    line: int
    fields: dict[str, str] = {}
    fuzzy: bool = False
    old: bool = False


def looks_like(data: bytes) -> bool:
    """Whether a file is meant as PO: a line of it begins as an entry does."""
    return re.search(rb"(?m)^(#~ )?msgid\s", data[:1_000_000]) is not None


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what is wrong with a PO file."""
    named = _CHARSET.search(data[:10_000])
    charset = named[1].decode("ascii") if named else "UTF-8"
    if data.startswith(b"\xef\xbb\xbf"):
        yield Fault("encoding", "a PO file has no byte order mark", 1)
        data = data[3:]
    try:
        text = data.decode("UTF-8" if charset == "CHARSET" else charset)
    except (UnicodeDecodeError, LookupError):
        yield Fault("encoding", f"the file is not in {charset}, as its header says")
        return
    entries: list[_Entry] = []
    yield from _read(text, entries)
    yield from _header(entries, charset)
    plurals = _plurals(entries)
    seen: set[tuple[str | None, str]] = set()
    for entry in entries:
        yield from _judged(entry, plurals)
        key = (entry.fields.get("msgctxt"), entry.fields.get("msgid", ""))
        if key in seen:
            yield Fault("id", "the message is there twice", entry.line, key[0] or "")
        seen.add(key)


def _read(text: str, entries: list[_Entry]) -> Iterator[Fault]:
    entry, last, fuzzy = _Entry(0), "", False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        if line.startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in (flag.strip() for flag in line[2:].split(","))
        old = line.startswith("#~") and not line.startswith("#~|")
        line = line[2:].strip() if old else line.strip()
        if not line or line.startswith("#"):
            last = "" if not line else last
            continue
        if found := _FIELD.fullmatch(line):
            name = found[1]
            if name in ("msgctxt", "msgid") and ("msgid" in entry.fields or not entry.fields):
                entry = _Entry(number, {}, fuzzy, old)
                entries.append(entry)
                fuzzy = False
            yield from _follows(name, entry, number)
            entry.fields.setdefault(name, found[3])
            last = name
        elif (found := _MORE.fullmatch(line)) and last:
            entry.fields[last] += found[1]
        else:
            yield Fault("line", "this is no line of a PO file", number)


def _follows(name: str, entry: _Entry, number: int) -> Iterator[Fault]:
    """A field stands behind those that it needs, and once."""
    before = next(reversed(entry.fields), "")
    if name in entry.fields:
        yield Fault("order", f"{name} is there twice in an entry", number)
    elif name.startswith("msgstr"):
        if "msgid" not in entry.fields:
            yield Fault("order", f"{name} stands before its msgid", number)
    elif before not in _BEFORE[name]:
        yield Fault("order", f"{name} stands behind {before}", number)


def _header(entries: list[_Entry], charset: str) -> Iterator[Fault]:
    head = entries[0] if entries else None
    if head is None or head.fields.get("msgid") != "" or "msgctxt" in head.fields:
        yield Fault("header", "the file does not begin with a header", 1)
        return
    if "Content-Type: text/plain; charset=" not in head.fields.get("msgstr", ""):
        yield Fault("header", "the header does not say its Content-Type with a charset", head.line)
    filled = any(entry.fields.get("msgstr") for entry in entries[1:])
    if charset == "CHARSET" and filled:
        yield Fault("header", "the header’s charset is not filled in", head.line)


def _plurals(entries: list[_Entry]) -> int | None:
    found = _PLURALS.search(entries[0].fields.get("msgstr", "")) if entries else None
    return int(found[1]) if found else None


def _judged(entry: _Entry, plurals: int | None) -> Iterator[Fault]:
    """Yield what is wrong within an entry."""
    fields, name = entry.fields, entry.fields.get("msgctxt", "")
    told = {key: text for key, text in fields.items() if key.startswith("msgstr")}
    if "msgid" not in fields or not told:
        yield Fault("order", "an entry has no msgid, or no msgstr", entry.line, name)
        return
    if ("msgid_plural" in fields) is ("msgstr" in told):
        yield Fault("plural", "msgid_plural goes with msgstr[0] and those behind", entry.line, name)
    elif "msgid_plural" in fields:
        if list(told) != [f"msgstr[{number}]" for number in range(len(told))]:
            yield Fault("plural", "the forms are not numbered from 0 on", entry.line, name)
        elif plurals is not None and len(told) != plurals and any(told.values()):
            said = f"the header says {plurals} forms, here are {len(told)}"
            yield Fault("plural", said, entry.line, name)
    if entry.fuzzy or entry.old or not fields["msgid"]:
        return
    for text in (one for one in (fields.get("msgid_plural"), *told.values()) if one):
        for end, where in ((str.startswith, "begin"), (str.endswith, "end")):
            if end(text, r"\n") is not end(fields["msgid"], r"\n"):
                said = f"not all texts of a message {where} with a new line, as one does"
                yield Fault("newline", said, entry.line, name)

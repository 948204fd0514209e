"""Stand-ins for what was seen in files that tools wrote, beyond their plain shape.

Trados Studio's perfect matches and locked content, XLIFF of RWS's XLIFF Manager, memoQ's older
numbering, and Phrase: see ``tests.translation.clients``.
"""

from __future__ import annotations

import copy
import uuid
from typing import Any, cast

from faircopy.translation.xml import Element, local
from lxml import etree

from tests.translation.clients import (
    N12,
    SDL,
    Client,
    Translate,
    as_windows,
    child_of,
    memoq,
    named,
    parsed,
    target_of,
    trados,
    written,
)

EXPORTED_URI = "http://schemas.sdl.com/xliff"
EXPORTED = f"{{{EXPORTED_URI}}}"
PHRASE_URI = "http://www.memsource.com/mxlf/2.0"
PHRASE = f"{{{PHRASE_URI}}}"


def trados_perfect(data: bytes, translate: Translate) -> bytes:
    """Perfect matches: targets with codes of an earlier document, numbered as they were there."""
    root = parsed(trados(data, translate))
    defined = {tag.get("id", ""): tag for tag in root.iter(f"{SDL}tag")}
    home = next(iter(defined.values())).getparent()
    assert home is not None
    count = 0
    for unit in named(root, "trans-unit"):
        new: dict[str, str] = {}
        for code in child_of(unit, "target").iter(f"{N12}g", f"{N12}x"):
            count += 1
            old = code.get("id", "")
            id = new.setdefault(old, f"pm{uuid.UUID(int=count)}")
            code.set("id", id)
        for old, id in new.items():
            tag = copy.deepcopy(defined[old])
            tag.set("id", id)
            number = next(word for word in str(tag[0].text).split('"') if word.isdigit())
            tag[0].text = str(tag[0].text).replace(f'"{number}"', f'"{int(number) + 1}"', 1)
            home.append(tag)
        for seg in unit.iter(f"{SDL}seg"):
            seg.set("origin", "document-match")
            seg.set("origin-system", "Perfect Match")
            seg.set("locked", "true")
    return written(root)


def trados_locked(data: bytes, translate: Translate) -> bytes:
    """Every point is locked: its content is a unit of its own, under another number each time."""
    root = parsed(trados(data, translate))
    count = 0
    for unit in named(root, "trans-unit"):
        group = unit.getparent()
        assert group is not None
        for point in list(unit.iter(f"{N12}x")):
            count += 1
            name = f"lockTU_{uuid.UUID(int=count)}"
            locked = etree.Element(f"{N12}trans-unit", {"id": name, "translate": "no"})
            locked.set(f"{SDL}locktype", "Manual")
            content = etree.SubElement(locked, f"{N12}source")
            etree.SubElement(content, f"{N12}x", {"id": point.get("id", "")})
            group.insert(group.index(unit), locked)
            point.set("id", f"locked{count}")
            point.set("xid", name)
    return written(root)


def manager(data: bytes, translate: Translate) -> bytes:
    """XLIFF Manager's “Trados” dialect: indented, codes as text."""
    return _managed(data, translate, divided=True)


def manager_flat(data: bytes, translate: Translate) -> bytes:
    """XLIFF Manager's “Polyglot” dialect: a unit a segment, what Studio claims on the unit."""
    return _managed(data, translate, divided=False)


def _managed(data: bytes, translate: Translate, *, divided: bool) -> bytes:
    old = parsed(data)
    root = etree.Element("xliff", {"version": "1.2"}, nsmap={"sdl": EXPORTED_URI})
    languages = {key: str(named(old, "file")[0].get(key)) for key in _LANGUAGES}
    file = etree.SubElement(root, "file", {"original": "C:\\a.xlf", **languages})
    etree.SubElement(file, "header")
    body = etree.SubElement(file, "body")
    for number, unit in enumerate(named(old, "trans-unit"), start=1):
        source = child_of(unit, "source")
        new = etree.SubElement(body, "trans-unit", {"id": str(number)})
        sides = [("source", source), ("target", target_of(source, translate))]
        for name, side in sides:
            _spelt(side)
            holder = etree.SubElement(new, name)
            if divided:
                holder = etree.SubElement(holder, "mrk", {"mtype": "seg", "mid": str(number)})
            holder.text = side.text
            holder.extend(list(side))
        claims = {"conf": "Translated", "origin": "mt", "origin-system": "A machine"}
        if divided:
            segments = etree.SubElement(new, f"{EXPORTED}seg-defs")
            etree.SubElement(segments, f"{EXPORTED}seg", {"id": str(number), **claims})
        else:
            for key, value in claims.items():
                new.set(f"{EXPORTED}{key}", value)
    _indented(root, 0)
    return as_windows(written(root))


_LANGUAGES = ("source-language", "target-language")


def _spelt(side: Element) -> None:
    """Put each code as text into a ``bpt`` and an ``ept`` of one number, or into a ``ph``."""
    for child in list(side):
        _spelt(child)
        at, tail, id = side.index(child), child.tail, child.get("id", "")
        head = etree.tostring(child, encoding="unicode", with_tail=False).partition(">")[0]
        head = head.replace(f' xmlns="{N12[1:-1]}"', "").rstrip("/")
        side.remove(child)
        if local(child) == "x":
            new = [etree.Element("ph", {"id": f"4{id}", "equiv-text": "x"})]
            new[0].text = f"{head}/>"
        else:
            start, end = (etree.Element(name, {"id": f"4{id}"}) for name in ("bpt", "ept"))
            start.text, start.tail, end.text = f"{head}>", child.text, "</g>"
            new = [start, *child, end]
        new[-1].tail = (new[-1].tail or "") + (tail or "")
        side[at:at] = new


def _indented(element: Element, depth: int) -> None:
    """Indent as .NET's XML writer does: wherever an element's content begins with an element."""
    if not len(element) or (element.text or "").strip() or local(element) in ("bpt", "ept", "ph"):
        return
    mixed = any((child.tail or "").strip() for child in element)
    element.text = "\n" + "  " * (depth + 1) + (element.text or "").replace(" ", "")
    for child in element:
        _indented(child, depth + 1)
        if not mixed and local(element) != "mrk":
            child.tail = "\n" + "  " * (depth + (child.getnext() is not None))


def memoq_7(data: bytes, translate: Translate) -> bytes:
    """An older memoQ: an end has its beginning's number, and ends side by side may cross."""
    root = parsed(memoq(data, translate))
    for side in [*named(root, "source"), *named(root, "target")]:
        for end in list(side.iter(f"{N12}ept")):
            end.set("id", end.attrib.pop("rid"))
            after = end.getnext()
            if after is not None and local(after) == "ept" and not end.tail:
                end.tail, after.tail = after.tail, None
                side.insert(side.index(end), after)
        for start in side.iter(f"{N12}bpt"):
            start.attrib.pop("rid")
    return written(root)


def phrase(data: bytes, translate: Translate) -> bytes:
    """Phrase's bilingual file: codes as braces in the text, and what they are beside it."""
    root = parsed(data)
    again = etree.Element(root.tag, {"version": "1.2"}, nsmap=cast(Any, {None: N12[1:-1]}))
    again.extend(list(root))
    for number, unit in enumerate(named(again, "trans-unit")):
        source = child_of(unit, "source")
        target = target_of(source, translate)
        unit.attrib.clear()
        unit.set("id", f"task:{number}")
        claims = {"confirmed": "1", "trans-origin": "mt", "score": "0.0", "locked": "false"}
        for key, value in claims.items():
            unit.set(f"{PHRASE}{key}", value)
        for child in list(unit):
            unit.remove(child)
        marks = etree.SubElement(unit, f"{PHRASE}tunit-metadata", nsmap={"m": PHRASE_URI})
        told: dict[str, str] = {}
        for side in (source, target):
            side.attrib.clear()
            marked = "".join(_braced(side, told))
            for child in list(side):
                side.remove(child)
            side.text = marked
            unit.insert(len(unit) - 1, side)
        for content, mark in told.items():
            element = etree.SubElement(marks, f"{PHRASE}mark", {"id": mark})
            etree.SubElement(element, f"{PHRASE}content").text = content.partition("#")[0]
            etree.SubElement(element, f"{PHRASE}type").text = "code"
    return written(again)


def _braced(side: Element, told: dict[str, str]) -> list[str]:
    """Return a text with braces for codes; ``told`` collects what they are: ``element#id``."""
    out = [side.text or ""]
    for child in side:
        id = child.get("id", "")
        if local(child) == "x":
            out += [_brace(f'<x id="{id}"/>', told)]
        else:
            out += [_brace(f'<g id="{id}" ctype="x-any">', told), *_braced(child, told)]
            out += [_brace(f"</g>#{id}", told)]
        out.append(child.tail or "")
    return out


def _brace(code: str, told: dict[str, str]) -> str:
    return f"{{{told.setdefault(code, str(len(told) + 1))}}}"


CLIENTS_SEEN: dict[str, Client] = {
    "trados-perfect": trados_perfect,
    "trados-locked": trados_locked,
    "xliff-manager": manager,
    "xliff-manager-flat": manager_flat,
    "memoq-7": memoq_7,
    "phrase": phrase,
}

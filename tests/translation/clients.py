"""Stand-ins for translation tools: each writes a job back in the shape that its tool gives it.

The shapes were learnt from files that the tools wrote. Every stand-in takes XLIFF of ours and a
function that translates a text, and returns the file that a translator would send.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Iterator
from typing import Any, cast

from faircopy.translation.xml import Element, local
from lxml import etree

Translate = Callable[[str], str]
Client = Callable[[bytes, Translate], bytes]

N12 = "{urn:oasis:names:tc:xliff:document:1.2}"
SDL_URI = "http://sdl.com/FileTypes/SdlXliff/1.0"
SDL = f"{{{SDL_URI}}}"
MQ = "{MQXliff}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parsed(data: bytes) -> Element:
    return etree.fromstring(data)


def named(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if local(element) == name]


def child_of(parent: Element, name: str) -> Element:
    return next(child for child in parent if local(child) == name)


def target_of(element: Element, translate: Translate) -> Element:
    """Return a copy of a source as target, its words translated."""
    target = copy.deepcopy(element)
    target.tag = element.tag.replace("source", "target")
    target.tail = None
    for node in target.iter():
        node.text = translate(node.text) if node.text else node.text
        if node is not target and node.tail:
            node.tail = translate(node.tail)
    return target


def put(unit: Element, target: Element) -> None:
    for old in [child for child in unit if local(child) == "target"]:
        unit.remove(old)
    unit.insert(unit.index(child_of(unit, "source")) + 1, target)


def filled(root: Element, name: str, translate: Translate, **attributes: str) -> Element:
    for unit in named(root, name):
        target = target_of(child_of(unit, "source"), translate)
        for key, value in attributes.items():
            target.set(key, value)
        put(unit, target)
    return root


def written(root: Element, *, pretty: bool = False, encoding: str = "utf-8") -> bytes:
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding=encoding, pretty_print=pretty)  # type: ignore[arg-type]
    )


def as_windows(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")


def recode(element: Element, make: Callable[[Element], list[Element]]) -> None:
    """Put what ``make`` gives for each code in the place of the code, innermost first."""
    for child in list(element):
        recode(child, make)
        new = make(child)
        at, tail = element.index(child), child.tail
        element.remove(child)
        child.tail = None
        for number, one in enumerate(new):
            element.insert(at + number, one)
        new[-1].tail = (new[-1].tail or "") + (tail or "")


# --- XLIFF 1.2 ---------------------------------------------------------------------------------


def memoq(data: bytes, translate: Translate) -> bytes:
    """Bilingual export of memoQ: units counted anew, our codes as text in its own."""
    root = parsed(data)
    for number, unit in enumerate(named(root, "trans-unit"), start=1):
        source = child_of(unit, "source")
        target = target_of(source, translate)
        for side in (source, target):
            numbers = iter(range(1, 1000))
            recode(side, lambda code, n=numbers: _memoq_code(code, n))  # type: ignore[misc]
            side.set(SPACE, "preserve")
        unit.attrib.clear()
        unit.set("id", str(number))
        unit.set(f"{MQ}status", "ManuallyConfirmed")
        unit.set(f"{MQ}segmentguid", str(uuid.UUID(int=number)))
        for child in list(unit):
            unit.remove(child)
        unit.append(source)
        unit.append(target)
        history = etree.SubElement(unit, f"{MQ}minorversions")
        old = etree.SubElement(history, f"{MQ}historical-unit", {f"{MQ}status": "NotStarted"})
        old.append(copy.deepcopy(source))
        etree.SubElement(old, f"{N12}target").text = "Старый перевод"
        match = etree.SubElement(unit, f"{MQ}insertedmatch", {"matchtype": "1", "source": "MT"})
        match.append(copy.deepcopy(source))
        etree.SubElement(match, f"{N12}target").text = "Машинный перевод"
    for note in [*named(root, "note"), *named(root, "header")]:
        cast(Element, note.getparent()).remove(note)
    return as_windows(written(root))


def _memoq_code(code: Element, numbers: Iterator[int]) -> list[Element]:
    written = etree.tostring(code, encoding="unicode", with_tail=False)
    head = written.partition(">")[0].replace(' xmlns="urn:oasis:names:tc:xliff:document:1.2"', "")
    if local(code) == "x":
        point = etree.Element(f"{N12}ph", {"id": str(next(numbers))})
        point.text = head.rstrip("/") + " />"
        return [point]
    first = str(next(numbers))
    start = etree.Element(f"{N12}bpt", {"id": first, "rid": first})
    start.text, start.tail = head + ">", code.text
    end = etree.Element(f"{N12}ept", {"id": str(next(numbers)), "rid": first})
    end.text = "</g>"
    return [start, *code, end]


def trados(data: bytes, translate: Translate) -> bytes:
    """SDLXLIFF of Trados Studio: units and codes of its own, segments, comments, revisions."""
    root = parsed(data)
    defined: dict[tuple[str, str], str] = {}
    header = named(root, "header")[0]
    header.clear()
    for number, unit in enumerate(named(root, "trans-unit"), start=1):
        source = child_of(unit, "source")
        target = target_of(source, translate)
        unit.attrib.clear()
        unit.set("id", str(uuid.UUID(int=number)))
        for child in list(unit):
            unit.remove(child)
        for side in (source, target):
            side.attrib.clear()
            for code in side.iter(f"{N12}g", f"{N12}x"):
                native = (local(code), code.get("id", ""))
                id = defined.setdefault(
                    native, f"{'pt' if code.tag == N12 + 'x' else ''}{len(defined) + 9}"
                )
                code.attrib.clear()
                code.set("id", id)
        seg = copy.deepcopy(source)
        seg.tag = f"{N12}seg-source"
        for side in (seg, target):
            _segmented(side, str(number))
        _revised(target)
        unit.extend([source, seg, target])
        definitions = etree.SubElement(unit, f"{SDL}seg-defs", nsmap={"sdl": SDL_URI})
        attributes = {"id": str(number), "conf": "Translated", "origin": "interactive"}
        etree.SubElement(definitions, f"{SDL}seg", attributes)
    tags = etree.SubElement(header, f"{SDL}tag-defs", nsmap=cast(Any, {None: SDL_URI}))
    for (name, ours), id in defined.items():
        tag = etree.SubElement(tags, f"{SDL}tag", {"id": id})
        kind = "ph" if name == "x" else "bpt"
        etree.SubElement(tag, f"{SDL}{kind}", {"name": name}).text = (
            f'<x id="{ours}" equiv-text="a &gt; b"/>'
            if name == "x"
            else f'<g id="{ours}" ctype="bold">'
        )
        if name == "g":
            etree.SubElement(tag, f"{SDL}ept", {"name": "g"}).text = "</g>"
    return b"\xef\xbb\xbf" + written(root)


def _segmented(side: Element, mid: str) -> None:
    mark = etree.Element(f"{N12}mrk", {"mtype": "seg", "mid": mid})
    mark.text, side.text = side.text, None
    mark.extend(list(side))
    side.append(mark)


def _revised(target: Element) -> None:
    """Put a comment around all and a tracked deletion before it."""
    mark = target[0]
    comment = etree.Element(f"{N12}mrk", {"mtype": "x-sdl-comment", f"{SDL}cid": "c1"})
    deleted = etree.Element(f"{N12}mrk", {"mtype": "x-sdl-deleted", f"{SDL}revid": "r1"})
    deleted.text = "Раньше было 99 иначе."
    comment.text, mark.text = mark.text, None
    comment.extend(list(mark))
    mark.append(deleted)
    mark.append(comment)


def trados_target(data: bytes, translate: Translate) -> bytes:
    """What Trados saves as target file: ours again, with Windows' line ends and a mark."""
    return as_windows(written(filled(parsed(data), "trans-unit", translate, state="translated")))


def poedit(data: bytes, translate: Translate) -> bytes:
    """Poedit keeps the file and its white space, and says that it is translated."""
    return written(filled(parsed(data), "trans-unit", translate, state="translated"))


def weblate(data: bytes, translate: Translate) -> bytes:
    """Weblate works with translate-toolkit: the real thing."""
    from translate.storage import xliff

    return by_toolkit(cast(Any, xliff).Xliff1File, data, translate)


def by_toolkit(reader: Any, data: bytes, translate: Translate) -> bytes:
    store = reader.parsestring(data)
    for unit in store.units:
        if unit.source:
            unit.rich_target = [_placed(element.copy(), translate) for element in unit.rich_source]
    return bytes(store)


def _placed(element: Any, translate: Translate) -> Any:
    element.sub = [
        translate(part) if isinstance(part, str) else _placed(part, translate)
        for part in element.sub
    ]
    return element


def swordfish(data: bytes, translate: Translate) -> bytes:
    """Swordfish approves, indents and leaves the matches that it used in the file."""
    root = filled(parsed(data), "trans-unit", translate)
    for unit in named(root, "trans-unit"):
        unit.set("approved", "yes")
        match = etree.SubElement(unit, f"{N12}alt-trans", {"match-quality": "71"})
        match.append(copy.deepcopy(child_of(unit, "source")))
        etree.SubElement(match, f"{N12}target").text = "Похожий перевод"
    return written(root, pretty=True)


def crowdin(data: bytes, translate: Translate) -> bytes:
    """Crowdin numbers units, keeps our ids as names, and puts them in another order."""
    root = filled(parsed(data), "trans-unit", translate, state="final")
    units = named(root, "trans-unit")
    body = named(root, "body")[0]
    for number, unit in enumerate(units, start=1):
        unit.set("resname", unit.get("id", ""))
        unit.set("id", str(4000 + number))
        cast(Element, unit.getparent()).remove(unit)
    for child in list(body):
        body.remove(child)
    body.extend(reversed(units))
    return written(root, pretty=True)


def prefixed(data: bytes, translate: Translate) -> bytes:
    """A tool that writes every name with a prefix, in UTF-16."""
    root = filled(parsed(data), "trans-unit", translate)
    again = etree.Element(root.tag, {"version": "1.2"}, nsmap={"xlf": N12[1:-1]})
    again.extend(list(root))
    etree.cleanup_namespaces(again, top_nsmap={"xlf": N12[1:-1]})
    return written(again, encoding="utf-16")


CLIENTS_12: dict[str, Client] = {
    "memoq": memoq,
    "trados": trados,
    "trados-target": trados_target,
    "poedit": poedit,
    "swordfish": swordfish,
    "crowdin": crowdin,
    "prefixed": prefixed,
    "weblate": weblate,
}

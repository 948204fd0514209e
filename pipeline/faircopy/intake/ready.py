"""A Word file made ready for pandoc, in which every word that is taken stands in a plain run.

Each paragraph of the text begins with a mark that holds its number, each picture is one, so that
the tree that pandoc reads can be laid on the file's paragraphs.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from typing import cast
from urllib.parse import unquote

import msgspec
from lxml import etree

from faircopy.intake import drawings, fields, tables
from faircopy.intake.changes import Choice
from faircopy.intake.drawings import Drawn
from faircopy.intake.marks import PARAGRAPH, mark
from faircopy.intake.names import RELATIONS, Element, M, R, W, child, number, value, w
from faircopy.intake.package import Package
from faircopy.intake.settling import remove, settle
from faircopy.intake.styles import Styles
from faircopy.intake.walked import Text
from faircopy.translation import archive
from faircopy.translation.xml import SPACE

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LARGEST = 10_000
"""Half points of type that no text has."""
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ROLES = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "byline": "author",
    "date": "date",
    "abstract": "abstract",
    "caption": "caption",
    "image caption": "caption",
    "table caption": "caption",
}
"""Styles that say what a paragraph is for, and that pandoc would take for more than a look."""


class Looks(msgspec.Struct, frozen=True):
    """How a paragraph looks: what its style is for, size in half points, bold, in the middle."""

    role: str = ""
    level: int = 0
    size: int = 0
    bold: bool = False
    centred: bool = False


class Ready(msgspec.Struct, frozen=True):
    """A file for pandoc, and what is known of its paragraphs and pictures by their numbers.

    A picture comes with the part that its relation is one of.
    """

    data: bytes
    looks: Mapping[int, Looks]
    drawn: tuple[tuple[str, Drawn], ...]
    counts: Mapping[str, int]


def ready(package: Package, text: Text, choice: Choice) -> Ready:
    """Return a file with the same words for pandoc to read; ``text`` stays as it is."""
    body = copy.deepcopy(text.body)
    _with_one_body(body)
    numbers = {p: n for n, p in enumerate(body.iter(w("p")), start=1)}
    looks = {n: _looks(p, text.styles) for p, n in numbers.items()}
    counts: Counter[str] = Counter()
    drawn: list[tuple[str, Drawn]] = []
    parts: dict[str, tuple[Element, dict[str, str]]] = {}
    for kind, root in {"document": body, **copy.deepcopy(dict(text.notes))}.items():
        named = (package.main,) if kind == "document" else package.related(kind)
        settle(root, text.styles, choice)
        links = _links(package, named[0])
        fields.plain(root, links)
        drawn += [(named[0], one) for one in drawings.lift(root, len(drawn))]
        tables.regular(root, counts, package.name)
        _without_roles(root, text.styles)
        parts[kind] = root, links
    _without_idle_bookmarks([root for root, _ in parts.values()])
    _with_bookmarks_within([root for root, _ in parts.values()])
    for paragraph, at in numbers.items():
        _mark(paragraph, at)
    data = _packed(package, parts)
    return Ready(data, looks, tuple(drawn), counts)


def _with_one_body(root: Element) -> None:
    """Put what stands in further bodies into the first: pandoc reads no other (17.2.2 has one)."""
    first, *others = list(root.iter(w("body"))) or [root]
    for other in others:
        first.extend(list(other))
        remove(other)


def _links(package: Package, part: str) -> dict[str, str]:
    found = package.relations(part).items()
    return {id: one.target for id, one in found if one.kind == "hyperlink" and one.external}


def _looks(paragraph: Element, styles: Styles) -> Looks:
    names = styles.names(paragraph)
    runs = [run for run in paragraph.iter(w("r")) if _said(run)]
    sizes = [styles.text(run, paragraph, "sz") for run in runs]
    return Looks(
        role=next((_ROLES[name] for name in names if name in _ROLES), ""),
        level=styles.level(paragraph),
        size=max((number(size, _LARGEST) for size in sizes), default=0),
        bold=bool(runs) and all(styles.has(run, paragraph, "b") for run in runs),
        centred=value(child(paragraph, "pPr", "jc")) == "center",
    )


def _said(run: Element) -> bool:
    return any((one.text or "").strip() for one in run.iter(w("t")))


def _without_roles(root: Element, styles: Styles) -> None:
    """Take the styles away that pandoc would move a paragraph for."""
    for paragraph in root.iter(w("p")):
        if any(name in _ROLES for name in styles.names(paragraph)):
            named = child(paragraph, "pPr", "pStyle")
            if named is not None:
                remove(named)


def _without_idle_bookmarks(roots: list[Element]) -> None:
    """Take the bookmarks away that no link leads to; pandoc is slow with thousands of them."""
    links = [link for root in roots for link in root.iter(w("hyperlink"))]
    wanted = {unquote(value(link, "anchor")) for link in links} - {""}
    for root in roots:
        for one in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            if unquote(value(one, "name")) not in wanted:
                remove(one)


def _with_bookmarks_within(roots: list[Element]) -> None:
    """Put bookmarks that stand between paragraphs into the next one, where pandoc sees them."""
    for root in roots:
        for one in list(root.iter(w("bookmarkStart"))):
            if next(one.iterancestors(w("p")), None) is not None:
                continue
            following = next((p for at in one.itersiblings() for p in at.iter(w("p"))), None)
            if following is not None:
                following.insert(1 if child(following, "pPr") is not None else 0, one)


def _mark(paragraph: Element, number: int) -> None:
    """Put the paragraph's mark at its beginning, if there is anything in it."""
    if next(paragraph.iter(w("t"), f"{{{M}}}t"), None) is None:
        return
    run = paragraph.makeelement(w("r"), {}, None)
    written = run.makeelement(w("t"), {SPACE: "preserve"}, None)
    written.text = mark(number, PARAGRAPH)
    run.append(written)
    paragraph.insert(1 if child(paragraph, "pPr") is not None else 0, run)


def _packed(package: Package, parts: Mapping[str, tuple[Element, Mapping[str, str]]]) -> bytes:
    """Return the smallest package that pandoc reads these parts and their styles from."""
    trees = {kind: root for kind, (root, _) in parts.items()}
    for kind in ("styles", "numbering"):
        if related := package.related(kind):
            trees[kind] = package.tree(related[0])
    within = {f"to-{kind}": (kind, f"{kind}.xml", False) for kind in trees if kind != "document"}
    packed = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml", False)}),
    }
    for kind, tree in trees.items():
        _, links = parts.get(kind, (tree, {}))
        out = {id: ("hyperlink", address, True) for id, address in links.items()}
        packed[f"word/{kind}.xml"] = _usual(tree)
        packed[f"word/_rels/{kind}.xml.rels"] = _relations(
            out | (within if kind == "document" else {})
        )
    return archive.write(packed)


def _usual(tree: Element) -> bytes:
    """Return a part with the prefixes that everybody writes, which pandoc takes for the names."""
    if tree.nsmap.get("w") == W:
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    root = etree.Element(tree.tag, nsmap={"w": W, "r": R, "m": M})
    root.extend(list(tree))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _content_types() -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap=cast("dict[str, str]", {None: _TYPES}))
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", _MAIN),
    ):
        attributes = {"Extension": extension, "ContentType": kind}
        etree.SubElement(root, f"{{{_TYPES}}}Default", attributes)
    return etree.tostring(root)


def _relations(found: Mapping[str, tuple[str, str, bool]]) -> bytes:
    namespaces = cast("dict[str, str]", {None: RELATIONS})
    root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap=namespaces)
    for id, (kind, target, external) in found.items():
        attributes = {"Id": id, "Type": f"{R}/{kind}", "Target": target}
        if external:
            attributes["TargetMode"] = "External"
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", attributes)
    return etree.tostring(root)

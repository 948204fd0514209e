"""From pandoc's HTML to the tree that WeasyPrint lays out.

Every step mends one thing that WeasyPrint 70 would show, tag or break wrongly; what it is and
where it was measured stands with the step.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping

from lxml import etree
from lxml.builder import ElementMaker

from pipeline import ast, pandoc
from pipeline.ast import Blocks, Div
from pipeline.model import Asset, Metadata
from pipeline.writers import html
from pipeline.writers.html import Element, local
from pipeline.writers.pdf import formulas

_E = ElementMaker()
OPTIONS = ("--mathml", "--wrap=none", "--syntax-highlighting=none", "--email-obfuscation=none")
LONGEST_HEAD = 72
"""How many characters of the title a running head shows."""


def tree(
    opener: Div,
    text: Blocks,
    metadata: Metadata,
    assets: Mapping[str, Asset],
) -> Element:
    """Return the whole document as an ``html`` element without namespaces."""
    body = html.parse(
        pandoc.write((opener, Div((ast.Attr("", ("text",)), text))), "html5", options=OPTIONS)
    )
    html.hoist_units(body)
    _footnotes(body)
    _sections(body)
    _lists(body)
    _tables(body)
    _images(body, assets)
    formulas.draw(body, metadata.lang)
    html.safe_links(body)
    _pull_quotes(body)
    _listings(body)
    _running_heads(body)
    root = _E.html(_head(metadata), body)
    root.set("lang", metadata.lang)
    root.set("dir", metadata.dir)
    return root


def _head(metadata: Metadata) -> Element:
    """Return what becomes the PDF's metadata; dates come from the manuscript alone."""

    def meta(name: str, content: str) -> list[Element]:
        return [_E.meta(name=name, content=content)] if content else []

    return _E.head(
        _E.title(ast.text(metadata.title)),
        *(item for author in metadata.author for item in meta("author", ast.text(author))),
        *meta("description", metadata.description),
        *meta("keywords", ", ".join(metadata.keywords)),
        *meta("generator", "Faircopy"),
        *meta("dcterms.created", metadata.date),
        *meta("dcterms.modified", metadata.date),
    )


# --- notes ---------------------------------------------------------------------------------------


def _footnotes(body: Element) -> None:
    """Move each note to its reference, where ``float: footnote`` finds it."""
    notes = {item.get("id", ""): item for item in html.find(body, "li") if _is_note(item)}
    for reference in list(html.with_class(body, "footnote-ref")):
        note = notes.get(reference.get("href", "").lstrip("#"))
        if note is None:
            continue
        for back in list(html.with_class(note, "footnote-back")):
            html.drop(back)
        span = _E.span(*note)
        span.set("class", "footnote")
        span.set("id", note.get("id", ""))
        span.tail = reference.tail
        parent = reference.getparent()
        if parent is not None:
            parent.replace(reference, span)
    for section in list(html.with_class(body, "footnotes")):
        html.drop(section)


def _is_note(item: Element) -> bool:
    return (
        item.get("id", "").startswith("fn")
        and item.getparent() is not None
        and any(html.has_class(above, "footnotes") for above in item.iterancestors())
    )


# --- blocks --------------------------------------------------------------------------------------


def _sections(body: Element) -> None:
    """Turn pandoc's ``section`` and ``main`` (free for decoration here) into ``div``."""
    for item in list(html.find(body, "section", "main", "article")):
        item.tag = "div"


def _pull_quotes(body: Element) -> None:
    """Mark pull quotes as decoration: their words stand in the text already.

    WeasyPrint tags ``main`` as Part, which nothing else here is; the finisher takes each Part
    out of the structure tree and makes its content an artifact.
    """
    for quote in list(html.with_class(body, "pull-quote")):
        if local(quote) == "div":
            quote.tag = "main"


def _lists(body: Element) -> None:
    """Wrap an item's blocks in ``dd``, which WeasyPrint tags as LBody (UA-1, 7.2-20)."""
    for item in list(html.find(body, "li")):
        if any(local(child) in ("p", "ul", "ol", "div", "pre", "table") for child in item):
            content = _E.dd(*item)
            content.text, item.text = item.text, None
            item.append(content)
    for item in list(html.find(body, "ul")):
        boxes = [(child.xpath("string()") or " ").lstrip()[0] for child in item]
        if boxes and all(box in "☐☑" for box in boxes):
            html.add_class(item, "task-list")


def _tables(body: Element) -> None:
    """Move column widths from ``colgroup``, which would be tagged within the table, to cells."""
    for table in list(html.find(body, "table")):
        for group in list(html.find(table, "colgroup")):
            widths = [column.get("style", "") for column in html.find(group, "col")]
            row = next(html.find(table, "tr"), None)
            html.drop(group)
            cells = list(row) if row is not None else []
            if len(cells) == len(widths):
                for cell, width in zip(cells, widths, strict=True):
                    _add_style(cell, width)
        table.attrib.pop("style", None)


def _listings(body: Element) -> None:
    """Leave a listing's lines as they are, without pandoc's wrapping ``div``."""
    for item in list(html.find(body, "pre")):
        item.attrib.pop("title", None)


def _images(body: Element, assets: Mapping[str, Asset]) -> None:
    """Put each image in as a data URI, in the size that its author gave."""
    for image in list(html.find(body, "img")):
        asset = assets.get(image.get("src", ""))
        if asset is not None:
            image.set("src", data_uri(asset.media_type, asset.data))
        for name in ("width", "height"):
            length = image.attrib.pop(name, "")
            if length:
                unit = "px" if length.isdigit() else ""
                _add_style(image, f"{name}: {length}{unit}")


def data_uri(media_type: str, data: bytes) -> str:
    """Return ``data`` as a URI."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def _add_style(element: Element, style: str) -> None:
    parts = [part.strip().rstrip(";") for part in (element.get("style", ""), style)]
    element.set("style", "; ".join(part for part in parts if part))


def set_styles(elements: Iterable[tuple[Element, str]]) -> None:
    """Give elements more inline style."""
    for element, style in elements:
        _add_style(element, style)


def _running_heads(body: Element) -> None:
    """Give the title what running heads show: its own short form, and the outlet.

    WeasyPrint takes no ``string-set`` from the outlet itself, which is a flex item.
    """
    outlet = next(html.with_class(body, "outlet"), None)
    for title in html.find(body, "h1"):
        if html.has_class(title, "title"):
            title.set("data-running", _shortened(title))
            title.set("data-outlet", _shortened(outlet) if outlet is not None else "")


def _shortened(element: Element) -> str:
    words = " ".join(str(element.xpath("string()")).split())
    if len(words) <= LONGEST_HEAD:
        return words
    return words[:LONGEST_HEAD].rpartition(" ")[0].rstrip(" ,;:–—") + " …"


def serialised(root: Element) -> bytes:
    """Return the tree as XML."""
    return etree.tostring(root, encoding="utf-8")

"""From pandoc's HTML to the tree that WeasyPrint lays out.

Every step mends one thing that WeasyPrint 70 would show, tag or break wrongly; what it is and
where it was measured stands with the step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from lxml import etree

from faircopy.core import ast, pandoc
from faircopy.core.ast import Blocks, Div
from faircopy.core.model import Asset, Kind, Metadata, Role
from faircopy.passes import voices
from faircopy.passes.tasks import BOXES
from faircopy.writers import html
from faircopy.writers.html import Element, local
from faircopy.writers.pdf import addresses, formulas, keeping, narrow
from faircopy.writers.pdf.compose import DELIMITERS
from faircopy.writers.pdf.keeping import FOOT

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
    _first_heading(body)
    html.hoist_units(body)
    _footnotes(body)
    _sections(body)
    if metadata.kind is Kind.BOOK:
        _chapters(body)
    _delimiters(body)
    narrow.mark(body)
    _lists(body)
    _tables(body)
    _figures(body)
    _images(body, assets)
    formulas.draw(body, metadata.lang)
    html.safe_links(body)
    _pull_quotes(body)
    addresses.break_up(body)
    keeping.mark(body)
    _running_heads(body)
    _keys(body)
    _spaces(body)
    root = etree.Element("html", {"lang": metadata.lang, "dir": metadata.dir})
    root.append(_head(metadata))
    root.append(body)
    return root


def _head(metadata: Metadata) -> Element:
    """Return what becomes the PDF's metadata; dates come from the manuscript alone."""
    head = etree.Element("head")
    etree.SubElement(head, "title").text = ast.text(metadata.title)
    said = [
        *(("author", ast.text(author)) for author in metadata.author),
        ("description", metadata.description),
        ("keywords", ", ".join(metadata.keywords)),
        ("generator", "Faircopy"),
        ("dcterms.created", metadata.date),
        ("dcterms.modified", metadata.modified or metadata.date),
    ]
    for name, content in said:
        if content:
            etree.SubElement(head, "meta", {"name": name, "content": content})
    return head


# --- notes ---------------------------------------------------------------------------------------


def _footnotes(body: Element) -> None:
    """Move each note to its reference, where ``float: footnote`` finds it."""
    notes = {item.get("id", ""): item for item in html.find(body, "li") if _is_note(item)}
    for reference in html.with_class(body, "footnote-ref"):
        note = notes.get(reference.get("href", "").lstrip("#"))
        if note is None:
            continue
        for back in html.with_class(note, "footnote-back"):
            html.drop(back)
        span = etree.Element("span", {"class": FOOT, "id": note.get("id", "")})
        span.extend(list(note))
        _without_gaps(span)
        span.tail = reference.tail
        parent = reference.getparent()
        if parent is not None:
            parent.replace(reference, span)
    for section in html.with_class(body, "footnotes"):
        html.drop(section)


def _without_gaps(note: Element) -> None:
    """Drop the white space between blocks: WeasyPrint gives it lines of its own in a footnote."""
    for item in note.iter("span", "ul", "ol", "li", "div", "blockquote"):
        if all(local(child) in _BLOCKS for child in item) and len(item):
            item.text = (item.text or "").strip() or None
            for child in item:
                child.tail = (child.tail or "").strip() or None


_BLOCKS = frozenset({"p", "ul", "ol", "li", "dl", "div", "pre", "blockquote", "table", "figure"})


def _is_note(item: Element) -> bool:
    return (
        item.get("id", "").startswith("fn")
        and item.getparent() is not None
        and any(html.has_class(above, "footnotes") for above in item.iterancestors())
    )


# --- blocks --------------------------------------------------------------------------------------


def _first_heading(body: Element) -> None:
    """Give a text's first heading back what it has: pandoc takes a text that is one section for it.

    It then writes the heading's id and classes on the division, which would be set as a question.
    """
    for text in html.with_class(body, "text"):
        name = text.attrib.pop("id", "")
        heading = next(iter(text), None)
        if name and heading is not None:
            heading.set("id", name)
        text.set("class", "text")


def _sections(body: Element) -> None:
    """Turn pandoc's ``section`` and ``main`` (free for decoration here) into ``div``."""
    for item in html.find(body, "section", "main", "article"):
        item.tag = "div"


def _chapters(body: Element) -> None:
    """Part a book's text before each chapter but the first, which follows the title.

    Within columns, WeasyPrint 70 takes a break of pages for one of columns.
    """
    for text in list(html.with_class(body, "text")):
        for heading in reversed([child for child in list(text)[1:] if local(child) == "h1"]):
            chapter = etree.Element("div", {"class": "text chapter"})
            chapter.extend([heading, *heading.itersiblings()])
            text.addnext(chapter)


def _pull_quotes(body: Element) -> None:
    """Mark pull quotes as decoration: their words stand in the text already.

    WeasyPrint tags ``main`` as Part, which nothing else here is; the finisher takes each Part
    out of the structure tree and makes its content an artifact.
    """
    for quote in html.with_class(body, "pull-quote"):
        if local(quote) == "div":
            quote.tag = "main"


def _delimiters(body: Element) -> None:
    """Mark lists to be numbered "1)" or "(1)" where ``compose`` has wrapped them so."""
    for name in DELIMITERS.values():
        for wrapper in html.with_class(body, name):
            for item in wrapper:
                html.add_class(item, name)
            html.unwrap(wrapper)


_IN_ITEMS = ("p", "ul", "ol", "div", "pre", "table", "blockquote", "figure")


def _is_display(element: Element) -> bool:
    """Whether an element is a formula on a line of its own, which may stand among text."""
    return local(element) == "math" and element.get("display") == "block"


def _lists(body: Element) -> None:
    """Wrap an item's blocks in ``dd``, which WeasyPrint tags as LBody (UA-1, 7.2-20)."""
    for item in html.find(body, "li"):
        if any(local(child) in _IN_ITEMS for child in item) or any(map(_is_display, item.iter())):
            content = etree.Element("dd")
            content.text, item.text = item.text, None
            content.extend(list(item))
            item.append(content)
    for item in html.find(body, "ol"):
        if start := item.attrib.pop("start", ""):  # WeasyPrint 70 does not heed it
            _add_style(item, f"counter-reset: list-item {int(start) - 1}")
    for item in html.find(body, "ul"):
        tasks = [child for child in item if html.words(child).startswith(BOXES)]
        for task in tasks:
            html.add_class(task, "task")
        if len(tasks) == len(item) > 0:
            html.add_class(item, "task-list")


def _tables(body: Element) -> None:
    """Move column widths from ``colgroup``, which would be tagged within the table, to cells."""
    for table in html.find(body, "table"):
        for group in html.find(table, "colgroup"):
            widths = [column.get("style", "") for column in html.find(group, "col")]
            row = next(html.find(table, "tr"), None)
            html.drop(group)
            cells = list(row) if row is not None else []
            if len(cells) == len(widths):
                for cell, width in zip(cells, widths, strict=True):
                    _add_style(cell, width)
        table.attrib.pop("style", "")


def _figures(body: Element) -> None:
    """Let a figure's picture be the unit: within one, it has an empty line above and below it."""
    for figure in html.find(body, "figure"):
        for unit in [child for child in figure if html.has_class(child, html.UNIT)]:
            if [local(child) for child in unit] == ["img"] and "id" not in unit[0].attrib:
                unit[0].set("id", unit.get("id", ""))
                html.unwrap(unit)


def _images(body: Element, assets: Mapping[str, Asset]) -> None:
    """Put each image in as a data URI, in the size that its author gave."""
    for image in html.find(body, "img"):
        asset = assets.get(image.get("src", ""))
        if asset is not None:
            image.set("src", html.data_uri(asset.media_type, asset.data))
        for name in ("width", "height"):
            length = str(image.attrib.pop(name, ""))
            if length:
                unit = "px" if length.isdigit() else ""
                _add_style(image, f"{name}: {length}{unit}")


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


def _keys(body: Element) -> None:
    """Name every block of the text, so that the layout check can speak of it."""
    blocks = ("p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "figure", "main")
    number = count(1)
    for text in html.with_class(body, "text"):
        names = [*html.find(text, *blocks), *(child for child in text if local(child) == "div")]
        for block in names:
            block.set("data-key", str(next(number)))


def _spaces(body: Element) -> None:
    """Say of each block what follows it: in columns the space between is the upper one's.

    WeasyPrint keeps a margin at the top of a column, but drops it at the foot.
    """
    for text in html.with_class(body, "text"):
        for block in text:
            following = block.getnext()
            if following is not None:
                kind = _kind(following)
                html.add_class(block, *([f"before-{kind}"] if kind else []))


def _kind(block: Element) -> str:
    """Return the kind of space that stands above a block: a name in ``styles/pdf.css``."""
    name = local(block)
    if html.has_class(block, voices.SECTION):
        return "section"
    if name in ("h2", "h3", "h4", "h5", "h6") or html.has_class(block, Role.QUESTION.value):
        return "question"
    kinds = {"h1": "part", "main": "quote", "ul": "list", "ol": "list", "dl": "list"}
    plain = name == "p" or (name == "div" and not set(html.classes(block)) & _SPACED)
    return "" if plain else kinds.get(name, "block")


_SPACED = frozenset({"kept", "line-block", "references"})
"""Classes of a ``div`` that has space above it."""


def _shortened(element: Element) -> str:
    words = html.words(element)
    if len(words) <= LONGEST_HEAD:
        return words
    return words[:LONGEST_HEAD].rpartition(" ")[0].rstrip(" ,;:–—") + " …"


def serialised(root: Element) -> bytes:
    """Return the tree as XML."""
    return etree.tostring(root, encoding="utf-8")

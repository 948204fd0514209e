"""SVG (SVG 1.1 and 2): a drawing without anything that runs, moves, fetches or has no end.

What static drawings are made of is written out again; what programs note for themselves (their own
namespaces, metadata, comments, file names) stays behind; whatever could do more is refused, by its
line. What is written out is thus known to the last attribute, whoever reads it.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, TypeAlias

from lxml import etree

from faircopy.core.diagnostics import Severity
from faircopy.core.limits import SVG_BYTES, SVG_DEPTH, SVG_PATH
from faircopy.manuscript.pictures import svg_numbers, svg_style, svg_work
from faircopy.manuscript.pictures.picture import Picture, Remark, Unfit
from faircopy.manuscript.pictures.svg_names import (
    ACTIVE,
    ANIMATION,
    ATTRIBUTES,
    DROPPED,
    ELEMENTS,
    HREF,
    LANG,
    PRESENTATION,
    SPACE,
    SVG,
    UNPAINTED,
)

Element: TypeAlias = Any
_SPACES: Any = {None: SVG[1:-1], "xlink": HREF[1][1:-5]}
_PLAIN = "Save it as a plain SVG, or as PNG."


def prepare(data: bytes) -> Picture:
    """Return a drawing with the elements and attributes of static SVG alone.

    Raises:
        Unfit: it runs, fetches or animates something, it has no end, or it is damaged.
    """
    root = _parsed(data)
    remarks: dict[str, Remark] = {}
    clean = _Cleaner(remarks).copy(root)
    svg_numbers.tidied(clean)
    svg_numbers.bounded(clean)
    svg_work.weigh(clean)
    width, height = svg_numbers.measured(clean)
    whole = etree.tostring(clean, encoding="utf-8", xml_declaration=True)
    return Picture("image/svg+xml", whole, width, height, tuple(remarks.values()))


def _parsed(data: bytes) -> Element:
    huge = len(data) > SVG_BYTES.most
    if huge and b"data:" not in data:
        raise Unfit("image-too-large", f"has more than {SVG_BYTES}", "Simplify it, or save a PNG.")
    if huge and b"ENTITY" in data.replace(b"\0", b""):  # the parser is told not to count them
        raise Unfit("image-active", "has entities in its DOCTYPE", _PLAIN)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge
    )
    root: Element
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unfit("image-damaged", f"is no well-formed SVG: {error}", "Save it again.") from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and (next(dtd.iterentities(), None) or next(dtd.iterelements(), None)):
        raise Unfit("image-active", "has entities in its DOCTYPE", _PLAIN)
    node = root.getprevious()
    while node is not None:
        if node.tag is etree.ProcessingInstruction and node.target == "xml-stylesheet":
            raise _active(node, "a style sheet of its own, xml-stylesheet")
        node = node.getprevious()
    if root.tag != f"{SVG}svg":
        raise Unfit(
            "image-damaged",
            "is no SVG: its first element is not svg in SVG's namespace",
            'Write <svg xmlns="http://www.w3.org/2000/svg" …>, or save it again.',
        )
    return root


def _active(node: Element, what: str, remedy: str = _PLAIN) -> Unfit:
    return Unfit("image-active", f"has, in line {node.sourceline}, {what}", remedy)


class _Cleaner:
    """Copies a tree and leaves behind what is none of a drawing's business."""

    def __init__(self, remarks: dict[str, Remark]) -> None:
        self._remarks = remarks

    def copy(self, element: Element, into: Element = None, depth: int = 1) -> Element:
        """Return an element with its attributes and children, checked, within ``into`` if given."""
        name = element.tag[len(SVG) :]
        if depth > SVG_DEPTH.most:
            raise Unfit(
                "image-too-large",
                f"nests more than {SVG_DEPTH.most} elements deep, in line {element.sourceline}",
                "Simplify it: ungroup what need not be grouped.",
            )
        if into is None:
            made = etree.Element(element.tag, nsmap=_SPACES)
        else:
            made = etree.SubElement(into, element.tag)
        made.sourceline = element.sourceline
        self._attributes(element, name, made)
        self._tell(element, name)
        if name == "style":
            made.text = svg_style.sheet(_text(element), element)
            return made
        made.text = element.text
        for child in element:
            if self._is_kept(child):
                self.copy(child, made, depth + 1).tail = child.tail
            else:
                _append(made, child.tail)
        return made

    def _is_kept(self, child: Element) -> bool:
        """Say whether a child belongs to the drawing; refuse one that would do something."""
        if child.tag is etree.ProcessingInstruction or child.tag is etree.Comment:
            return False
        if not isinstance(child.tag, str):
            raise _active(child, "an entity")
        name = etree.QName(child)
        if name.namespace != SVG[1:-1]:
            if name.localname in ACTIVE:  # XHTML's script, in the middle of a drawing
                raise _active(child, f"the element {name.localname}")
            return False
        if name.localname in ACTIVE:
            raise _active(child, f"the element {name.localname}, which is no drawing")
        if name.localname in ANIMATION:
            raise _active(child, f"the element {name.localname}, which makes it move")
        if name.localname in DROPPED:
            return False
        if name.localname not in ELEMENTS:
            raise _active(child, f"the element {name.localname}, which SVG does not have")
        return True

    def _attributes(self, element: Element, name: str, made: Element) -> None:
        for key, value in element.attrib.items():
            if key[:2].lower() == "on":
                raise _active(element, f"the attribute {key}, which runs something")
            if key in HREF:
                made.set(key, self._reference(element, name, value))
            elif key == "style":
                made.set(key, svg_style.declarations(value, element))
            elif key in (LANG, SPACE) or key in ATTRIBUTES:
                if len(value) > SVG_PATH.most:
                    raise Unfit(
                        "image-too-large",
                        f"has, in line {element.sourceline}, an attribute {key} of more than "
                        f"{SVG_PATH}",
                        "Simplify its paths, or save it as PNG.",
                    )
                styled = key in PRESENTATION and ("(" in value or "\\" in value)
                made.set(key, svg_style.value(value, element, key) if styled else value)

    def _reference(self, element: Element, name: str, value: str) -> str:
        """Return where an element leads, if that is within the file or a fit picture."""
        value = value.strip()
        if value.startswith("#"):
            return value
        if name in ("image", "feImage") and value.lower().startswith("data:"):
            return self._picture(element, value)
        shown = value if len(value) < 60 else f"{value[:60]}…"
        remedy = "Embed that picture in the drawing, or save the drawing as PNG."
        linked = f"a link to something outside, “{shown}”"
        raise _active(element, linked, remedy if name == "image" else "Take the link out.")

    def _picture(self, element: Element, value: str) -> str:
        """Return a picture within the drawing, prepared as if it stood alone."""
        from faircopy.manuscript.pictures import prepare as prepared

        head, _, body = value.partition(",")
        try:
            if not head.lower().rstrip().endswith(";base64"):
                raise ValueError
            data = base64.b64decode("".join(body.split()), validate=True)
        except (ValueError, binascii.Error) as error:
            raise _active(element, "a picture that is not written in Base64") from error
        try:
            picture = prepared(data)
        except Unfit as unfit:
            line = f"has, in line {element.sourceline}, a picture that"
            raise Unfit(unfit.code, f"{line} {unfit.message}", unfit.remedy) from unfit
        if picture.media_type == "image/svg+xml":
            raise _active(element, "another drawing within it")
        for remark in picture.remarks:
            self._remarks.setdefault(remark.code, remark)
        return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"

    def _tell(self, element: Element, name: str) -> None:
        """Say what editions show each in its own way."""
        if name in UNPAINTED:  # WeasyPrint 70 leaves it out
            self._remark(
                "image-unpainted",
                f"has, in line {element.sourceline}, the element {name}, which the PDF does not "
                "draw as browsers do",
                "Have your program turn it into paths or into a picture, or save it as PNG.",
            )
        if name == "text" and "".join(element.itertext(f"{SVG}*")).strip():
            self._remark(
                "image-letters",
                f"has letters, from line {element.sourceline} on, which each edition sets in a "
                "font that it has",
                "If their look matters, have your program turn them into paths.",
                Severity.NOTE,
            )

    def _remark(
        self, code: str, message: str, remedy: str, severity: Severity = Severity.WARNING
    ) -> None:
        self._remarks.setdefault(code, Remark(code, message, remedy, severity))


def _text(element: Element) -> str:
    """Return the text of a style element, which may have comments, and nothing else in it."""
    if any(isinstance(child.tag, str) or child.tag is etree.Entity for child in element):
        raise _active(element, "a style element with other elements in it")
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _append(made: Element, tail: str | None) -> None:
    """Keep the text that stood after an element that is left out."""
    if tail and len(made):
        made[-1].tail = (made[-1].tail or "") + tail
    elif tail:
        made.text = (made.text or "") + tail

"""The last look at an edition: nothing in it runs, fetches or restyles, whoever wrote its text.

`faircopy.manuscript.attributes` takes out what a text may not say as it is read. This holds the
finished documents against a list once more, so that a fault before it is an error and no
publication. EPUB 3.3, section 5.5.2, and section 3.6 name what would need the network or a script.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from lxml import etree

from faircopy.core.diagnostics import EditionError
from faircopy.passes.addresses import SCHEMES, scheme
from faircopy.passes.permitted import SIZE
from faircopy.writers.html import local
from faircopy.writers.reflowable.xhtml import EPUB_TYPE, MATHML, MEDIA_TYPE, XHTML, XML_LANG

_NAMES = """
html head title link body main article header section aside nav details summary
div p blockquote pre hr br figure figcaption
h1 h2 h3 h4 h5 h6 ol ul li dl dt dd table caption colgroup col thead tbody tfoot tr th td
a span em strong b i u s del ins sub sup small mark kbd dfn abbr cite code q var samp img bdi bdo
"""
_FORMULA_NAMES = """
math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder
mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr mpadded mphantom menclose
mstyle merror mfenced mglyph maligngroup malignmark
"""
_ELEMENTS = frozenset(
    (
        *(f"{{{XHTML}}}{name}" for name in _NAMES.split()),
        *(f"{{{MATHML}}}{name}" for name in _FORMULA_NAMES.split()),
    )
)
_EVERY = "id class lang dir title style role aria-labelledby aria-label aria-hidden data-cites"
_EVERYWHERE = frozenset((*_EVERY.split(), XML_LANG, EPUB_TYPE))
_ATTRIBUTES = {
    "a": {"href"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "link": {"rel", "type", "href"},
    "nav": {"hidden"},
    "ol": {"start", "type"},
    "pre": {"tabindex"},
    "span": {"tabindex"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
}
_FORMULA_ATTRIBUTES = """
display alttext encoding stretchy form width height depth voffset lspace rspace fence separator
accent accentunder mathvariant mathsize mathcolor mathbackground linethickness displaystyle
scriptlevel columnalign rowalign columnspacing rowspacing columnlines rowlines frame framespacing
columnspan rowspan notation minsize maxsize symmetric largeop movablelimits open close separators
bevelled align side columnwidth equalrows equalcolumns
"""
_OF_FORMULAS = frozenset(_FORMULA_ATTRIBUTES.split())
_STYLE = re.compile(
    r"\s*(?:(?:text-align|width|height|padding-left|padding-right|vertical-align|direction)"
    r"\s*:\s*[\w.%+ -]+(?:;\s*|$))*"
)
_INSIDE = re.compile(r"(?:\.\./)?(?:[\w-]+/)*[\w-]+\.(?:xhtml|css|jpg|png|gif|svg)(?:#\S+)?")
_HELD = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=]*")
_DRAWN = """
script handler foreignObject iframe audio video canvas object embed animate animateColor
animateMotion animateTransform set discard mpath
"""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_MOVES = frozenset(_DRAWN.split())
_FONT = re.compile(
    r"(?:\.\./)?(?:[\w-]+/)*[\w-]+\.(?:otf|ttf|woff2)|data:font/woff2;base64,[A-Za-z0-9+/=]*"
)
_COMPUTE = frozenset({"calc", "clamp", "env", "max", "min", "not", "var"})
_RULES = frozenset({"font-face", "media"})
_FETCHES = re.compile(r"url\(\s*+['\"]?(?!['\"]?#)|@import", re.IGNORECASE)


def ensure(path: str, media_type: str, data: bytes) -> None:
    """Let a document or a drawing of an edition pass, if nothing in it is active.

    Files of other types have nothing that could be.

    Raises:
        EditionError: something in it would run, fetch or restyle.
    """
    if media_type == MEDIA_TYPE:
        found = next(_in_document(etree.fromstring(data, _PARSER)), "")
    elif media_type == "text/css":
        found = _first_in_sheet(data)
    elif media_type == "image/svg+xml":
        found = next(_in_drawing(etree.fromstring(data)), "")
    else:
        return
    if found:
        raise EditionError.because(
            "edition-active",
            f"{path} would hold {found}, which no edition may have; nothing is published.",
            "This is a fault of Faircopy's own: please report it with the manuscript.",
        )


def _in_document(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if not local(element):
            yield "a comment or an instruction"
        elif element.tag not in _ELEMENTS:
            yield f"the element {local(element)}"
        else:
            for name, value in element.attrib.items():
                key, said = str(name), str(value)
                if not _may(element, key) or not _is_right(local(element), key, said):
                    yield f"{etree.QName(key).localname}=“{said[:60]}” at {local(element)}"


def _may(element: etree._Element, key: str) -> bool:
    if key in _EVERYWHERE:
        return True
    if str(element.tag).startswith(f"{{{MATHML}}}"):
        return key in _OF_FORMULAS
    return key in _ATTRIBUTES.get(local(element), ())


def _is_right(element: str, key: str, value: str) -> bool:
    match key:
        case "href":
            if _INSIDE.fullmatch(value):
                return True
            return element == "a" and (value.startswith("#") or scheme(value) in SCHEMES)
        case "src":
            return bool(_INSIDE.fullmatch(value) or _HELD.fullmatch(value))
        case "style":
            return bool(_STYLE.fullmatch(value))
        case "width" | "height":
            return bool(re.fullmatch(rf"[+-]?{SIZE.pattern}|[+-]?[\d.]+(?:ex|em|mu)?", value))
        case "tabindex":
            return value == "0"
    return True


@functools.lru_cache(maxsize=16)
def _first_in_sheet(sheet: bytes) -> str:
    """Return what a style sheet may not have; "" where there is nothing. Many texts share one."""
    return next(_in_sheet(_tokens(sheet)), "")


def _tokens(sheet: bytes) -> list[Any]:
    import tinycss2  # which takes its time to load

    return list(tinycss2.parse_component_value_list(sheet.decode()))


def _in_sheet(tokens: Iterable[Any]) -> Iterator[str]:
    """A sheet fetches its fonts, and they lie in the edition (CSS Syntax 3, read as tokens)."""
    for token in tokens:
        kind = token.type
        name = getattr(token, "lower_name", getattr(token, "lower_value", ""))
        if kind == "url" or (kind == "function" and name == "url"):
            parts = [token] if kind == "url" else token.arguments
            said = "".join(part.value for part in parts if part.type in ("url", "string"))
            if not _FONT.fullmatch(said):
                yield f"the address “{said[:60]}” in a style"
        elif kind == "function" and name not in _COMPUTE:
            yield f"{name[:60]}() in a style"
        elif kind == "at-keyword" and name not in _RULES:
            yield f"@{name[:60]} in a style"
        elif kind == "error":
            yield "a style that is none"
        else:
            within = getattr(token, "content", None) or getattr(token, "arguments", None)
            yield from _in_sheet(within or ())


def _in_drawing(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if local(element) in _MOVES:
            yield f"the element {local(element)}"
        for name, value in element.attrib.items():
            key, said = etree.QName(cast(str, name)).localname.lower(), str(value)
            fetches = key in ("href", "src") and not said.startswith(("#", "data:image/"))
            styles = not key.startswith("aria-") and _FETCHES.search(said)
            if key.startswith("on") or fetches or styles:
                yield f"{key}=“{said[:60]}” at {local(element)}"
        if local(element) == "style" and _FETCHES.search(element.text or ""):
            yield "a style that fetches"

"""XHTML, SVG and MathML in which nothing acts: what is not on the lists is a fault.

The names are those of HTML (WHATWG), SVG 1.1 and MathML 3; a name may be on a list
though no edition of ours has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from faircopy.manuscript.pictures import svg_names
from faircopy.manuscript.pictures.svg_names import names
from faircopy.passes.addresses import SCHEMES
from faircopy.proof.extractors.archive import Element
from faircopy.proof.static import css, xml
from faircopy.proof.static.css import Beside
from faircopy.proof.static.fault import Fault, line_of, shown

_HTML = "http://www.w3.org/1999/xhtml"
_SVG = "http://www.w3.org/2000/svg"
_MATHML = "http://www.w3.org/1998/Math/MathML"
_XLINK = "http://www.w3.org/1999/xlink"
_OTHERS = frozenset(
    {"http://www.w3.org/XML/1998/namespace", "http://www.idpf.org/2007/ops"}
    | {"http://www.w3.org/2001/10/synthesis"}
)
"""Namespaces of attributes that only say what something is."""

_ELEMENTS = {
    _HTML: names(
        """
        a abbr address article aside b bdi bdo blockquote body br caption cite code col colgroup
        data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header
        hgroup hr html i img input ins kbd li link main mark meta nav ol p pre q rb rp rt rtc ruby s
        samp section small span strong style sub summary sup table tbody td tfoot th thead time
        title tr u ul var wbr
        """
    ),
    _SVG: svg_names.ELEMENTS | names("metadata view"),
    _MATHML: names(
        """
        annotation math menclose merror mfenced mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover
        mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd
        mtext mtr munder munderover none semantics
        """
    ),
}
_ATTRIBUTES = {
    _HTML: names(
        """
        abbr align alt charset checked cite class colspan content data-cites datetime dir disabled
        headers height hidden href hreflang id lang media name open property rel rev reversed role
        rowspan scope span src start style tabindex title translate type value width
        """
    ),
    _SVG: svg_names.ATTRIBUTES | names("href style tabindex"),
    _MATHML: names(
        """
        accent accentunder align alttext bevelled class close columnalign columnlines columnspacing
        columnspan crossout denomalign depth dir display displaystyle encoding equalcolumns
        equalrows fence fontfamily fontsize fontstyle fontweight form frame framespacing groupalign
        height href id indentalign indentshift largeop linebreak linethickness lquote lspace
        mathbackground mathcolor mathsize mathvariant maxsize minlabelspacing minsize movablelimits
        notation numalign open rowalign rowlines rowspacing rowspan rquote rspace scriptlevel
        scriptminsize scriptsizemultiplier selection separator separators stretchy style
        subscriptshift superscriptshift symmetric voffset width
        """
    ),
}
_MEANINGS = ("aria-", "data-")
"""How attributes begin that only say what something is."""
_PICTURES = ("data:image/png", "data:image/jpeg", "data:image/gif")
_LINKS = {(_HTML, "a"), (_SVG, "a")}


def faults(root: Element, beside: Beside) -> Iterator[Fault]:
    """Yield what in a document acts or fetches.

    Args:
        root: the document's root.
        beside: says whether an address leads to something in the same book.
    """
    yield from xml.faults(root)
    for element in root.iter(etree.Element):
        for what in _element(element, beside):
            yield what if what.line else Fault("", what.what, line_of(element))


def _element(element: Element, beside: Beside) -> Iterator[Fault]:
    kind = etree.QName(element)
    space, name = kind.namespace or "", kind.localname
    if name not in _ELEMENTS.get(space, ()):
        yield Fault("", f"it has the element “{shown(name)}”")
        return
    for key, value in element.attrib.items():
        yield from _attribute(element, (space, name), etree.QName(key), str(value), beside)
    if name == "style":
        above = max(0, line_of(element) - 1)
        for fault in css.faults(element.text or "", beside):
            yield Fault("", fault.what, fault.line + above)
    if name == "input" and element.get("type") != "checkbox":
        yield Fault("", "it has a field to fill in")
    if name == "link" and (element.get("rel") or "").split() != ["stylesheet"]:
        yield Fault("", f"it has a link of the kind “{shown(element.get('rel') or '')}”")


def _attribute(
    element: Element, kind: tuple[str, str], key: etree.QName, value: str, beside: Beside
) -> Iterator[Fault]:
    name = key.localname
    if key.namespace in _OTHERS:
        return
    if key.namespace == _XLINK and kind[0] == _SVG:
        if name not in ("href", "title", "type", "show", "role", "arcrole", "actuate"):
            yield Fault("", f"it has the attribute “{shown(name)}”")
            return
    elif key.namespace or not (name in _ATTRIBUTES[kind[0]] or name.startswith(_MEANINGS)):
        yield Fault("", f"“{element.tag.rpartition('}')[2]}” has the attribute “{shown(name)}”")
        return
    if name == "href" and (kind in _LINKS or kind[0] == _MATHML):
        if not _leads_somewhere(value):
            yield Fault("", f"it links to “{shown(value)}”")
    elif name in ("href", "src"):
        if not (beside(value) or value.startswith(_PICTURES)):
            yield Fault("", f"it shows what is not in the file: “{shown(value)}”")
    elif kind[0] == _HTML and name == "tabindex":
        if value != "0":
            yield Fault("", f"it has a place of its own for the keyboard: “{shown(value)}”")
    elif name == "style":
        for fault in css.faults(value, beside):
            yield Fault("", fault.what)
    elif kind[0] == _SVG and name in svg_names.PAINTED:
        yield from (Fault("", fault.what) for fault in css.faults(value, beside))


def _leads_somewhere(address: str) -> bool:
    """Say whether a link is one of the kinds that only lead a reader somewhere."""
    try:
        scheme = urlsplit("".join(address.split())).scheme
    except ValueError:
        return False
    return not scheme or scheme in SCHEMES

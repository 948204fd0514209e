"""The drop cap: drawn, while its letter stays where it is read.

A letter that floats parts its word for whoever copies, searches or hears the page ("K",
"azakhstan"). So the large letter is a drawing, which is an artifact in the PDF, and the
letter itself begins its word, before the line and without colour.
"""

from __future__ import annotations

from lxml import etree

from faircopy.theme import Theme, fonts
from faircopy.theme.css import faces_of
from faircopy.theme.outlines import metrics, outline
from faircopy.theme.tokens import Style
from faircopy.writers import html
from faircopy.writers.html import Element, data_uri
from faircopy.writers.pdf.compose import DROP_CAP

TAIL = 0.5
"""Share of the leading that a letter may reach below its last line: the tails of Қ, Ç and Ğ would
stand in the next, and such a text begins with small capitals alone."""
GAP = 0.055
"""Between the drop cap and its lines, in em of the drop cap."""


def draw(root: Element, theme: Theme, body: Style, lang: str) -> None:
    """Draw the drop cap of the text, from the top of its first line's capitals to a base line."""
    for span in html.with_class(root, DROP_CAP):
        following = span.getnext()
        if following is None:
            raise ValueError("a drop cap stands before its lead-in")
        letters, span.text = span.text or "", None
        if _tail(letters, theme, body, lang) > TAIL * body.lead:
            following.text = letters + (following.text or "")
            html.drop(span)
            continue
        small = etree.Element("span", {"class": "initial"})
        face = faces_of(theme, "text", lang)[0]
        small.set("style", f"margin-left: -{fonts.width(face, letters, body.size):.3f}pt")
        small.text, small.tail = letters, following.text
        following.text = None
        following.insert(0, small)
        _fill(span, letters, theme, body, lang)


def _tail(letters: str, theme: Theme, body: Style, lang: str) -> float:
    """Return how far a drop cap reaches below the base line of its last line, in points."""
    display = faces_of(theme, "display", lang)[0]
    return outline(display, letters).depth * _size(theme, body, lang)


def _size(theme: Theme, body: Style, lang: str) -> float:
    """Return the size of a drop cap, from the first line's capitals to the last base line."""
    display, text = faces_of(theme, "display", lang)[0], faces_of(theme, "text", lang)[0]
    rise = (theme.text.drop_cap_lines - 1) * body.lead + metrics(text).capital * body.size
    return rise / metrics(display).capital


def _fill(span: Element, letters: str, theme: Theme, body: Style, lang: str) -> None:
    count = theme.text.drop_cap_lines
    display, text = faces_of(theme, "display", lang)[0], faces_of(theme, "text", lang)[0]
    drawn, large, small = outline(display, letters), metrics(display), metrics(text)
    size = _size(theme, body, lang)
    leading = body.lead - (small.ascent + small.descent) * body.size
    base = (count - 1) * body.lead + leading / 2 + small.ascent * body.size
    width, depth = drawn.advance * size, large.descent * size
    path = etree.Element("path", {"d": drawn.path, "fill": theme.colour.accent})
    path.set("transform", f"translate(0 {base:.3f}) scale({size:.3f})")
    svg = etree.Element(
        "svg",
        {"viewBox": f"0 0 {width:.3f} {base + depth:.3f}", "width": f"{width:.3f}pt"},
    )
    svg.set("height", f"{base + depth:.3f}pt")
    svg.append(path)
    picture = data_uri("image/svg+xml", _namespaced(svg))
    glyph = etree.SubElement(span, "span", {"class": "drop-cap-glyph"})
    glyph.set(
        "style",
        f"width: {width:.3f}pt; height: {base + depth:.3f}pt; background-image: url({picture})",
    )
    span.set("style", f"width: {width + GAP * size:.3f}pt")


def _namespaced(svg: Element) -> bytes:
    """Serialise a drawing with every element in SVG's namespace."""
    for item in svg.iter():
        item.tag = f"{{http://www.w3.org/2000/svg}}{html.local(item)}"
    return etree.tostring(svg)

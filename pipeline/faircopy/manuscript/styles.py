"""CSL styles: how works are cited and listed, as a file beside the manuscript says."""

from __future__ import annotations

from lxml import etree

from faircopy.core.diagnostics import ManuscriptError, Place

_STYLE = "{http://purl.org/net/xbiblio/csl}style"
_PARENT = "independent-parent"


def style_of(data: bytes, place: Place) -> bytes:
    """Return a style that refers to nothing outside itself.

    Pandoc fetches the parent of a dependent style from the web, its sandbox notwithstanding; and
    links of a style say nothing that an edition shows.

    Args:
        data: the file.
        place: what findings call it.

    Raises:
        ManuscriptError: it is no style (CSL 1.0.2), or one that only names another.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.lineno, error.offset
        said = f"the style is no XML: {error.msg}"
        raise _wrong(said, Place(place.file, line or 1, column or 1)) from error
    if root.tag != _STYLE or root.getroottree().docinfo.internalDTD is not None:
        raise _wrong("this is no style of CSL", Place(place.file, 1, 1))
    links = list(root.iter("{*}link"))
    for link in links:
        if link.get("rel") == _PARENT:
            parent = link.get("href", "").rpartition("/")[2]
            raise ManuscriptError.because(
                "style-dependent",
                f"the style only says that it is like another one, “{parent[:80]}”",
                "Take that one: https://www.zotero.org/styles; nothing is fetched from the web.",
                Place(place.file, int(link.sourceline or 1), 1),
            )
    for link in links:
        parent_of_link = link.getparent()
        if parent_of_link is not None:
            parent_of_link.remove(link)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _wrong(message: str, place: Place) -> ManuscriptError:
    remedy = "Take the style anew from https://www.zotero.org/styles."
    return ManuscriptError.because("style-unreadable", message, remedy, place)

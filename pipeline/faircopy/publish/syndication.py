"""What programs read of the shelf where the house has a site: feed, catalogue and site map.

Atom (RFC 4287), OPDS 2.0 (drafts.opds.io) and Sitemaps 0.9 with the alternates that search engines
read there. All are derived from the sets, with addresses below the site's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import msgspec

from faircopy.core.model import About, Kind
from faircopy.publish.manifest import FileEntry, SetManifest

FEED, CATALOG, MAP = "feed.xml", "catalog.json", "sitemap.xml"
NEWEST = 50
"""How many publications a feed has: who reads it has seen the others."""

_ATOM = "http://www.w3.org/2005/Atom"
_OPDS = "application/opds+json"
_OPEN = "http://opds-spec.org/acquisition/open-access"
_READ = ("web", "epub", "pdf")
"""What readers are offered, the first first."""
_TYPES = {
    Kind.BOOK: "http://schema.org/Book",
    Kind.ARTICLE: "http://schema.org/Article",
    Kind.INTERVIEW: "http://schema.org/Article",
}
_UNDATED = "1980-01-01"


def derived(sets: Sequence[SetManifest], main: Mapping[str, About]) -> dict[str, bytes]:
    """Return the files by name; none where no set has a site.

    ``main`` is what each publication, by its slug, is called in its own language.
    """
    site = next((item.site for item in sets if item.site), "")
    if not site:
        return {}
    newest = sorted(sets, key=lambda item: item.slug)
    newest.sort(key=_changed, reverse=True)
    return {
        FEED: _feed(newest[:NEWEST], main, site),
        CATALOG: _catalog(newest, main, site),
        MAP: _map(newest, site),
    }


def _changed(item: SetManifest) -> str:
    """Return the moment of a publication's last change (RFC 3339), as far as it is said."""
    dates = (date for about in item.editions for date in _dates(about))
    return max(dates, default=_moment(_UNDATED))


def _dates(about: About) -> Iterator[str]:
    found = (about.modified, about.date, *(one.date for one in about.releases))
    yield from (_moment(date) for date in found if date)


def _moment(date: str) -> str:
    """Return the beginning of a year, a month or a day; a moment as it is."""
    if "T" in date:
        return date
    return f"{'-'.join([*date.split('-'), '01', '01'][:3])}T00:00:00Z"


def _address(site: str, item: SetManifest, entry: FileEntry) -> str:
    return f"{site}{item.slug}/{entry.file}"


def _offered(item: SetManifest, lang: str = "") -> list[FileEntry]:
    """Return the files for readers, in the order in which they are offered."""
    found = [one for one in item.files if one.format in _READ and lang in ("", one.lang)]
    return sorted(found, key=lambda one: (_READ.index(one.format), one.file))


def withdrawn(item: SetManifest) -> str:
    """Return why a publication is withdrawn; nothing where it is not."""
    return next((about.withdrawn for about in item.editions if about.withdrawn), "")


# --- Atom ----------------------------------------------------------------------------------------


def _feed(sets: Sequence[SetManifest], main: Mapping[str, About], site: str) -> bytes:
    root = Element("feed", xmlns=_ATOM)
    _put(root, "id", site)
    _put(root, "title", _house(main.values()))
    _put(root, "updated", max(map(_changed, sets), default=_moment(_UNDATED)))
    _put(root, "link", rel="self", href=f"{site}{FEED}", type="application/atom+xml")
    _put(root, "link", rel="alternate", href=site, type="text/html")
    _put(_put(root, "author"), "name", _house(main.values()))
    for item in sets:
        root.append(_entry(item, main[item.slug], site))
    return _xml(root)


def _entry(item: SetManifest, about: About, site: str) -> Element:
    entry = Element("entry", {"xml:lang": about.lang} if about.lang else {})
    _put(entry, "id", f"{site}{item.slug}/")
    _put(entry, "title", about.title)
    _put(entry, "updated", _changed(item))
    if about.date:
        _put(entry, "published", _moment(about.date))
    for person in about.people:
        _put(_put(entry, "author"), "name", person)
    if about.licence:
        _put(entry, "link", rel="license", href=about.licence)
    why = withdrawn(item)
    for one in [] if why else _offered(item):
        rel = "alternate" if one.format == "web" else "enclosure"
        known = {"href": _address(site, item, one), "type": one.media_type, "hreflang": one.lang}
        _put(entry, "link", rel=rel, length=str(one.bytes), **known)
    if why or not any(one.format == "web" for one in item.files):
        _put(entry, "link", rel="alternate", href=f"{site}#{item.slug}", type="text/html")
    _put(entry, "summary", f"Withdrawn: {why}" if why else _news(about))
    return entry


def _news(about: About) -> str:
    """Return what there is to be said of a publication: its newest release, else what it is."""
    newest = max(about.releases, key=lambda one: one.date, default=None)
    return (newest.note if newest else "") or about.description or about.title


def _house(found: Iterable[About]) -> str:
    return next((about.outlet for about in found if about.outlet), "Publications")


# --- OPDS ----------------------------------------------------------------------------------------


def _catalog(sets: Sequence[SetManifest], main: Mapping[str, About], site: str) -> bytes:
    """Return the catalogue: a publication a language, each with what may be read of it."""
    made = [
        publication
        for item in sets
        if not withdrawn(item)
        for about in item.editions
        if (publication := _publication(item, about, site))
    ]
    content = {
        "metadata": {"title": _house(main.values())},
        "links": [{"rel": "self", "href": f"{site}{CATALOG}", "type": _OPDS}],
        "publications": made,
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _publication(item: SetManifest, about: About, site: str) -> dict[str, Any]:
    """Return an edition's entry; nothing where it has no cover, which a catalogue must show."""
    links = [
        {
            "rel": _OPEN,
            "href": _address(site, item, one),
            "type": one.media_type,
            "properties": {"size": one.bytes},
        }
        for one in _offered(item, about.lang)
    ]
    images = [
        {"href": _address(site, item, one), "type": one.media_type, **_size(one)}
        for one in item.files
        if one.format == "cover" and one.lang == about.lang
    ]
    if not links or not images:
        return {}
    said = {
        "@type": _TYPES[about.kind],
        "identifier": f"{site}{item.slug}/#{about.lang}",
        "title": about.title,
        "subtitle": about.subtitle,
        "author": list(about.people),
        "publisher": about.outlet,
        "language": about.lang,
        "modified": _changed(item),
        "published": about.date if len(about.date) >= len(_UNDATED) else "",  # a day or nothing
        "description": about.description,
    }
    if about.licence:
        links.append({"rel": "license", "href": about.licence})
    metadata = {name: value for name, value in said.items() if value}
    return {"metadata": metadata, "links": links, "images": images}


def _size(one: FileEntry) -> dict[str, int]:
    found = {name: one.facts.get(name) for name in ("width", "height")}
    return {name: value for name, value in found.items() if isinstance(value, int)}


# --- site map ------------------------------------------------------------------------------------


def _map(sets: Sequence[SetManifest], site: str) -> bytes:
    """Return the addresses of the pages, each with its sisters in other languages."""
    root = Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    root.set("xmlns:xhtml", "http://www.w3.org/1999/xhtml")
    _put(_put(root, "url"), "loc", site)
    for item in sets:
        pages = [] if withdrawn(item) else [one for one in item.files if one.format == "web"]
        for page in pages:
            url = _put(root, "url")
            _put(url, "loc", _address(site, item, page))
            _put(url, "lastmod", _changed(item))
            for sister in pages if len(pages) > 1 else ():
                known = {"hreflang": sister.lang, "href": _address(site, item, sister)}
                _put(url, "xhtml:link", rel="alternate", **known)
    return _xml(root)


# --- XML -----------------------------------------------------------------------------------------

_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) has no way to say."""


def _put(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    made = ElementTree.SubElement(parent, name, attributes)
    made.text = _UNFIT.sub("", text) or None
    return made


def _xml(root: Element) -> bytes:
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"

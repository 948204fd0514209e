"""What the standards of feeds and catalogues ask for, as rules: no schema of theirs is packaged.

Atom: RFC 4287. OPDS 2.0: the living standard of specs.opds.io, sections 1.1, 2.2, 2.3 and 5, and
the Readium Web Publication Manifest, on which it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""RFC 3339, as RFC 4287 has it (section 3.3)."""
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
ONCE = ("id", "title", "updated")
ACQUISITION = re.compile(
    r"acquisition|borrow|buy|download|subscribe"
    r"|http://opds-spec\.org/acquisition(/(buy|open-access|borrow|sample|subscribe))?"
)
BITMAPS = frozenset({"image/jpeg", "image/png", "image/gif", "image/avif"})


def atom(feed: Element) -> Iterator[str]:
    """Yield what in a feed RFC 4287 does not allow, with the section."""
    entries = feed.findall(f"{ATOM}entry")
    if feed.tag != f"{ATOM}feed":
        yield "4.1.1: the root is no feed"
    for part in (feed, *entries):
        yield from _dates_and_names(part)
        yield from _links(part)
    if not any(link.get("rel") == "self" for link in feed.findall(f"{ATOM}link")):
        yield "4.1.1: a feed should have a link to itself"
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    yield from (f"4.1.1: {name} is there {n} times" for name, n in ids.items() if n > 1)
    for entry in entries:
        if not [*feed.findall(f"{ATOM}author"), *entry.findall(f"{ATOM}author")]:
            yield "4.1.2: an entry has no author, nor has its feed"
        kinds = {link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")}
        if entry.find(f"{ATOM}content") is None and "alternate" not in kinds:
            yield "4.1.2: an entry has neither content nor an alternate"
        if len(entry.findall(f"{ATOM}summary")) > 1:
            yield "4.1.2: an entry has two summaries"


def _dates_and_names(part: Element) -> Iterator[str]:
    for name in ONCE:
        if len(part.findall(f"{ATOM}{name}")) != 1:
            yield f"4.1: {name} is not there once"
    if not urlsplit(part.findtext(f"{ATOM}id") or "").scheme:
        yield "4.2.6: an id is no IRI"
    for name in ("updated", "published"):
        for date in part.findall(f"{ATOM}{name}"):
            if not MOMENT.fullmatch(date.text or ""):
                yield f"3.3: {date.text} is no moment"
    for person in part.findall(f"{ATOM}author"):
        if len(person.findall(f"{ATOM}name")) != 1 or not person.findtext(f"{ATOM}name"):
            yield "3.2.1: a person has no name"


def _links(part: Element) -> Iterator[str]:
    links = part.findall(f"{ATOM}link")
    for link in links:
        if not link.get("href"):
            yield "4.2.7.1: a link has no href"
        if "type" in link.attrib and not TYPE.fullmatch(link.get("type", "")):
            yield "4.2.7.3: a link's type is none"
        if "hreflang" in link.attrib and not TAG.fullmatch(link.get("hreflang", "")):
            yield "4.2.7.4: a link's hreflang is no tag"
    same = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in links
        if link.get("rel", "alternate") == "alternate"
    )
    yield from (f"4.1: two alternates have {key}" for key, n in same.items() if n > 1)


def opds(feed: dict[str, Any]) -> Iterator[str]:
    """Yield what in a catalogue OPDS 2.0 does not allow, with the section."""
    if not feed.get("metadata", {}).get("title"):
        yield "1.1: the catalogue has no title"
    if not any(link.get("rel") == "self" for link in feed.get("links", ())):
        yield "1.1: the catalogue has no link to itself"
    if not {"navigation", "publications", "groups"} & feed.keys():
        yield "1.1: the catalogue has no collection"
    for one in feed.get("publications", ()):
        yield from _publication(one)
    ids = Counter(one["metadata"].get("identifier") for one in feed.get("publications", ()))
    yield from (f"5.2: {name} is there {n} times" for name, n in ids.items() if n > 1)


def _publication(one: dict[str, Any]) -> Iterator[str]:
    said = one["metadata"]
    if not said.get("title"):
        yield "5.2: a publication has no title"
    if blank := [name for name, value in said.items() if value in ("", [], None, {})]:
        yield f"5.2: {blank} are blank"
    for name in ("identifier", "@type"):
        if name in said and not urlsplit(said[name]).scheme:
            yield f"metadata: {name} is no URI"
    if "modified" in said and not MOMENT.fullmatch(said["modified"]):
        yield "metadata: modified is no moment"
    published = said.get("published", "2020-01-01")
    if not (MOMENT.fullmatch(published) or re.fullmatch(r"\d{4}-\d\d-\d\d", published)):
        yield "metadata: published is no day"
    if not TAG.fullmatch(said.get("language", "en")):
        yield "metadata: language is no tag"
    if not any(ACQUISITION.fullmatch(str(link.get("rel"))) for link in one["links"]):
        yield "5.1: a publication has no acquisition link"
    if not any(image.get("type") in BITMAPS for image in one.get("images", ())):
        yield "2.3: a publication has no image that every client shows"
    for link in (*one["links"], *one.get("images", ())):
        if not link.get("href"):
            yield "links: a link has no href"
        for name in ("width", "height"):
            if name in link and not (isinstance(link[name], int) and link[name] > 0):
                yield f"links: {name} is no size"

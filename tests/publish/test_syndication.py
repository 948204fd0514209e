"""What programs read of a shelf with a site: feed, catalogue, site map; nothing without one."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from faircopy.core.model import Release
from faircopy.publish import shelf, syndication
from faircopy.publish.manifest import SetManifest
from faircopy.publish.syndication import CATALOG, FEED, MAP

from tests.publish.test_shelf import OWN, SET, URDU, entry

SITE = "https://oak.example/editions/"
ATOM = "{http://www.w3.org/2005/Atom}"
SMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def a_set(slug: str = "a", **said: Any) -> SetManifest:
    cover = entry("en.cover.jpg", "cover", facts={"width": 400, "height": 640})
    editions = tuple(msgspec.structs.replace(one, **said) for one in (OWN, URDU))
    return msgspec.structs.replace(
        SET, slug=slug, site=SITE, files=(*SET.files, cover), editions=editions
    )


def made(*sets: SetManifest) -> dict[str, Any]:
    found = syndication.derived(sets, {item.slug: shelf.main(item) for item in sets})
    return {
        name: json.loads(data) if name == CATALOG else ElementTree.fromstring(data)
        for name, data in found.items()
    }


def test_there_is_nothing_without_a_site() -> None:
    assert made(msgspec.structs.replace(a_set(), site="")) == {}


def test_a_feed_has_what_rfc_4287_asks_for() -> None:
    old = a_set("b", date="2020")
    note = Release(version="2", date="2026-05-01T10:00:00Z", note="Corrected.")
    feed = made(old, a_set(releases=(note,), licence="https://x.example/l"))[FEED]
    assert [feed.find(f"{ATOM}{name}").text for name in ("id", "updated")] == [
        SITE,
        "2026-05-01T10:00:00Z",
    ]
    first, second = feed.iter(f"{ATOM}entry")
    assert first.find(f"{ATOM}id").text == f"{SITE}a/"
    assert first.find(f"{ATOM}summary").text == "Corrected."
    assert second.find(f"{ATOM}updated").text == "2020-01-01T00:00:00Z"
    links = {(one.get("rel"), one.get("hreflang")): one for one in first.iter(f"{ATOM}link")}
    assert links["alternate", "ur"].get("href") == f"{SITE}a/a.ur.html"
    assert ("enclosure", "en") in links
    assert ("license", None) in links


def test_a_catalogue_has_an_entry_a_language_with_a_cover() -> None:
    catalog = made(a_set())[CATALOG]
    (one,) = catalog["publications"]  # the Urdu edition has no cover of its own
    assert one["metadata"]["title"] == "The weir"
    assert one["images"] == [
        {"href": f"{SITE}a/a.en.cover.jpg", "type": "a/b", "width": 400, "height": 640}
    ]
    assert all(link["href"].startswith(SITE) for link in one["links"])
    assert catalog["links"][0]["href"] == f"{SITE}catalog.json"


def test_a_site_map_has_each_page_with_its_sisters() -> None:
    found = made(a_set())[MAP]
    pages = [url for url in found.iter(f"{SMAP}url") if len(url) > 2]
    assert [url.find(f"{SMAP}loc").text for url in pages] == [
        f"{SITE}a/a.en.html",
        f"{SITE}a/a.ur.html",
    ]
    for url in pages:
        assert [one.get("hreflang") for one in url if one.get("rel") == "alternate"] == ["en", "ur"]


def test_a_withdrawn_publication_says_so_and_is_not_offered() -> None:
    found = made(a_set(withdrawn="It was not his text."))
    (one,) = found[FEED].iter(f"{ATOM}entry")
    assert one.find(f"{ATOM}summary").text == "Withdrawn: It was not his text."
    assert [link.get("rel") for link in one.iter(f"{ATOM}link")] == ["alternate"]
    assert found[CATALOG]["publications"] == []
    assert len(list(found[MAP])) == 1
    assert b"Withdrawn: It was not his text." in shelf.page(
        [a_set(withdrawn="It was not his text.")]
    )


@pytest.mark.parametrize("title", ['a < b & "c"', "\x0b bell", "\ufffe"])
def test_whatever_a_title_holds_the_feed_is_xml(title: str) -> None:
    assert len(list(made(a_set(title=title))[FEED].iter(f"{ATOM}entry"))) == 1


def test_the_same_bytes_whatever_the_order() -> None:
    one, other = a_set(), a_set("b")
    main = {item.slug: shelf.main(item) for item in (one, other)}
    assert syndication.derived([one, other], main) == syndication.derived([other, one], main)

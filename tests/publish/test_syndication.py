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

from tests.publish import standards
from tests.publish.test_shelf import OWN, SET, URDU, entry

SITE = "https://oak.example/editions/"
ATOM = "{http://www.w3.org/2005/Atom}"
SMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def a_set(slug: str = "a", **said: Any) -> SetManifest:
    cover = entry("en.cover.jpg", "cover", facts={"width": 400, "height": 640})
    cover = msgspec.structs.replace(cover, media_type="image/jpeg")
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
        {"href": f"{SITE}a/a.en.cover.jpg", "type": "image/jpeg", "width": 400, "height": 640}
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


SAID: dict[str, dict[str, Any]] = {
    "what is usual": {},
    "no date": {"date": ""},
    "a year": {"date": "1865"},
    "a month": {"date": "1865-11"},
    "nobody": {"people": ()},
    "no house": {"outlet": ""},
    "a licence": {"licence": "https://creativecommons.org/licenses/by/4.0/"},
    "releases": {
        "releases": (
            Release(version="1", date="2026-03-01T10:00:00Z"),
            Release(version="2", date="2026-05-01T10:00:00Z", note="Corrected."),
        )
    },
    "withdrawn": {"withdrawn": "It was not his text."},
}


@pytest.mark.parametrize("kind", SAID)
def test_feed_and_catalogue_hold_to_their_standards(kind: str) -> None:
    found = made(a_set(**SAID[kind]), a_set("b"), a_set("c", date="2024"))
    assert list(standards.atom(found[FEED])) == []
    assert list(standards.opds(found[CATALOG])) == []


def test_two_pages_of_one_language_are_two_alternates_of_it() -> None:
    """What the rules are for: nothing of a set may break one of them."""
    files = tuple(
        msgspec.structs.replace(one, file=f"a.{n}.html", lang="zh")
        for one in SET.files
        if one.format == "web"
        for n in (1, 2)
    )
    doubled = msgspec.structs.replace(a_set(), files=files)
    assert any("alternates" in said for said in standards.atom(made(doubled)[FEED]))


def _without(tag: str) -> Any:
    def change(feed: ElementTree.Element) -> None:
        for part in [feed, *feed.iter(f"{ATOM}entry")]:
            for item in part.findall(f"{ATOM}{tag}"):
                part.remove(item)

    return change


@pytest.mark.parametrize("tag", ["id", "title", "updated", "author", "link"])
def test_a_feed_that_lacks_what_it_must_have_is_told(tag: str) -> None:
    feed = made(a_set(people=()))[FEED]
    _without(tag)(feed)
    assert list(standards.atom(feed))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("metadata", "title"), ""),
        (("metadata", "modified"), "2020"),
        (("metadata", "published"), "2020"),
        (("metadata", "identifier"), "a"),
        (("metadata", "language"), "in English"),
        (("links", 0, "rel"), "self"),
        (("images", 0, "type"), "image/svg+xml"),
        (("images", 0, "width"), 0),
    ],
)
def test_a_catalogue_that_lacks_what_it_must_have_is_told(
    place: tuple[str | int, ...], value: object
) -> None:
    catalog = made(a_set())[CATALOG]
    (one,) = catalog["publications"]
    one["links"] = one["links"][:1]
    at: Any = one
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    assert list(standards.opds(catalog))

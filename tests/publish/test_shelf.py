"""The shelf: what readers and publishers take the editions from, derived from the sets."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import tinyhtml5
from faircopy.core.model import About, Kind, Release
from faircopy.publish import shelf
from faircopy.publish.manifest import FileEntry, Hashed, Provenance, SetManifest
from faircopy.writers import FORMATS
from syrupy.assertion import SnapshotAssertion

MADE = Provenance(
    source=Hashed("source/a/manuscript.md", "0" * 64), theme=Hashed("theme", "0" * 64),
    code="0" * 64, lock="0" * 64,
)  # fmt: skip
OWN = About(
    lang="en", dir="ltr", kind=Kind.ARTICLE, title="The weir", subtitle="A river's gauge",
    people=("Ada Winter",), outlet="The Weir", date="2026-03-01", description="What it says.",
)  # fmt: skip
URDU = msgspec.structs.replace(OWN, lang="ur", dir="rtl", title="بند")


def entry(name: str, format: str, lang: str = "en", **more: Any) -> FileEntry:
    return FileEntry(
        file=f"a.{name}", format=format, lang=lang, media_type="a/b", sha256="ab" * 32,
        bytes=123_456, **more,
    )  # fmt: skip


SET = SetManifest(
    slug="a",
    made_from=MADE,
    tools={},
    files=(
        entry("en.a4.pdf", "pdf", facts={"pages": 1, "claims": ("PDF/UA-1", "PDF/A-3a")}),
        entry("en.a5.pdf", "pdf", facts={"pages": 12}),
        entry("en.docx", "docx"),
        entry("en.epub", "epub", facts={"claims": ("schema:accessMode textual",)}),
        entry("en.html", "web"),
        entry("en.translation.zip", "bundle"),
        entry("ur.html", "web", "ur", draft=True),
        entry("zh.epub", "epub", "zh", draft=True, untranslated=3),
    ),
    editions=(OWN, URDU),
)


def parsed(*sets: SetManifest) -> Any:
    return tinyhtml5.parse(shelf.page(sets).decode(), namespace_html_elements=False)


def lines(element: Any, depth: int = 0) -> Any:
    """Yield what a reader is shown, a line for each element that has words of its own."""
    for child in element:
        own = " ".join((child.text or "").split())
        said = [f"<{child.get('href')}>"] if child.get("href") else []
        said += [f"[{child.get('lang')}, {child.get('dir')}]"] if child.get("lang") else []
        if child.tag not in ("head", "script", "style"):
            if own:
                yield "  " * depth + " ".join((child.tag, own, *said))
            yield from lines(child, depth + 1)


def page_of(item: SetManifest) -> Any:
    made = shelf.publication(item).decode()
    return tinyhtml5.parse(made, namespace_html_elements=False)


def test_what_a_publisher_sees(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(lines(parsed(SET))) == snapshot


def test_what_a_publisher_sees_of_one(snapshot: SnapshotAssertion) -> None:
    released = (
        Release(version="1", date="2026-03-01T09:00:00Z", note="First published."),
        Release(version="2", date="2026-03-02T09:00:00Z", note="A name corrected."),
    )
    own = msgspec.structs.replace(
        OWN,
        releases=released,
        licence="https://creativecommons.org/licenses/by/4.0/",
        tdm="reserved",
        withdrawn="It was not his text.",
    )
    urdu = msgspec.structs.replace(URDU, disclosure="Translated by machine. Not reviewed.")
    item = msgspec.structs.replace(SET, editions=(own, urdu))
    assert "\n".join(lines(page_of(item))) == snapshot


def test_a_cover_is_shown_by_its_file_and_counts_as_none() -> None:
    cover = entry("en.cover.jpg", "cover", facts={"width": 400, "height": 640})
    item = msgspec.structs.replace(SET, files=(*SET.files, cover))
    for page, source in ((parsed(item), "a/a.en.cover.jpg"), (page_of(item), "a.en.cover.jpg")):
        (image,) = page.iter("img")
        assert (image.get("src"), image.get("alt"), image.get("width")) == (source, "", "400")
        assert not [link for link in page.iter("a") if (link.get("href") or "").endswith(".jpg")]


def test_every_link_of_a_page_of_one_leads_to_a_file_or_the_shelf() -> None:
    found = {link.get("href") for link in page_of(SET).iter("a")}
    files = {one.file for one in SET.files}
    assert found - files == {"../index.html", "SHA256SUMS", "manifest.json"}
    assert files <= found


def test_the_shelf_stays_small_with_many() -> None:
    many = [msgspec.structs.replace(SET, slug=f"a{number}") for number in range(100)]
    more = len(shelf.page(many)) - len(shelf.page(many[:50]))
    assert more / 50 < 1500


def test_the_newest_comes_first_then_by_title() -> None:
    def dated(slug: str, title: str, date: str) -> SetManifest:
        about = msgspec.structs.replace(OWN, title=title, date=date)
        return msgspec.structs.replace(SET, slug=slug, editions=(about,))

    old, new, other = (
        dated("x", "B", "2025-01-01"),
        dated("y", "b", "2026"),
        dated("z", "A", "2026"),
    )
    page = parsed(old, new, other)
    assert [item.get("id") for item in page.iter("article")] == ["z", "y", "x"]
    assert shelf.page((old, new, other)) == shelf.page((other, old, new))


def test_a_set_without_a_title_is_called_by_its_name() -> None:
    page = parsed(msgspec.structs.replace(SET, editions=()))
    assert page.find(".//h2/a").text == "a"


def test_nothing_that_a_stranger_wrote_becomes_active() -> None:
    evil = "</script><img src=x onerror=a()><script>a()</script>\" onclick='a()"
    about = msgspec.structs.replace(
        OWN, title=evil, subtitle=evil, people=(evil,), outlet=evil, description=evil
    )
    page = parsed(msgspec.structs.replace(SET, editions=(about,)))
    assert page.find(".//h2/a").text == evil
    assert len(list(page.iter("script"))) == 1
    assert not list(page.iter("img"))
    assert not [item for item in page.iter() if any(name.startswith("on") for name in item.attrib)]


def test_all_is_shown_without_the_script_and_the_filters_are_not() -> None:
    page = parsed(SET)
    assert page.find(".//form").get("hidden") is not None
    assert not [item for item in page.iter("li") if item.get("hidden") is not None]


def test_the_policy_names_the_one_script_and_the_one_style() -> None:
    import base64
    import hashlib

    page = parsed(SET)
    policy = next(item.get("content") for item in page.iter("meta") if item.get("http-equiv"))
    for tag in ("style", "script"):
        digest = hashlib.sha256(next(page.iter(tag)).text.encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy


def test_languages_are_called_by_their_names_where_they_have_any() -> None:
    urdu = msgspec.structs.replace(URDU, language="Urdu")
    page = parsed(msgspec.structs.replace(SET, editions=(OWN, urdu)))
    (chosen,) = [item for item in page.iter("select") if item.get("id") == "_lang"]
    named = [(option.get("value"), option.text) for option in chosen]
    assert named == [("", "all"), ("en", "en"), ("ur", "Urdu"), ("zh", "zh")]


def test_who_wants_a_language_gets_it_from_every_country() -> None:
    files = (entry("en.html", "web", "en-GB"), entry("pt.html", "web", "pt-BR"))
    (article,) = parsed(msgspec.structs.replace(SET, files=files)).iter("article")
    assert article.get("data-lang").split() == ["en", "en-GB", "pt", "pt-BR"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Die Straße", "STRASSE"),
        ("Ο λόγος", "λογος"),
        ("It’s over", "it's"),
        ("Élan vital", "elan"),
        ("İzmir", "izmir"),
        ("Ёлка", "ёлка"),
    ],
)
def test_what_is_searched_is_found_however_it_is_typed(title: str, typed: str) -> None:
    assert shelf.searched(typed) in shelf.searched(title)


def test_an_id_of_the_page_is_no_slug() -> None:
    ids = [item.get("id") for item in parsed(SET).iter() if item.get("id")]
    assert [id for id in ids if id != "a" and not id.startswith("_")] == []


def test_every_format_says_what_it_is_and_what_it_is_for() -> None:
    assert all(row.label and row.use for row in FORMATS)


@pytest.mark.parametrize(
    ("bytes", "shown"),
    [
        (999, "999\N{NO-BREAK SPACE}B"),
        (23_200, "23.2\N{NO-BREAK SPACE}kB"),
        (999_600, "1\N{NO-BREAK SPACE}MB"),
    ],
)
def test_a_size_is_three_digits_and_its_unit_which_hold_together(bytes: int, shown: str) -> None:
    large = msgspec.structs.replace(SET.files[4], bytes=bytes)
    page = page_of(msgspec.structs.replace(SET, files=(large,)))
    (facts,) = [item.text for item in page.iter("span") if item.get("class") == "facts"]
    assert facts.rpartition("; ")[2] == shown

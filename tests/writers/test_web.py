"""The web edition, opened again by a parser that follows the WHATWG's algorithm, as browsers do."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
import tinyhtml5
from faircopy import manuscript
from faircopy.core.diagnostics import EditionError
from faircopy.passes.units import units
from faircopy.proof import fidelity, static
from faircopy.theme import load
from faircopy.writers import Options, web
from faircopy.writers.reflowable.xhtml import h
from faircopy.writers.web import fragment, head, html5, schema
from syrupy.assertion import SnapshotAssertion

from tests.editions import edition, read

SAMPLES = ("ar", "every-construct", "he", "kk", "ru", "speaker-turns", "ur", "zh")
FRONT = "---\ntitle: T\nlang: en\n{front}---\n\n{text}\n"
LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


def parsed(data: bytes) -> Any:
    return tinyhtml5.parse(data.decode("utf-8"), namespace_html_elements=False)


def page_of(name: str) -> Any:
    return parsed(edition(name, "web").data)


def written(folder: Path, text: str, front: str = "") -> Any:
    """Return the page of a text that stands in a folder of its own."""
    (folder / "manuscript.md").write_text(FRONT.format(front=front, text=text), encoding="utf-8")
    publication = manuscript.read(folder, name="a-text")
    return parsed(web.write(publication, load(), Options()).data)


def described(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.find("head/script").text)
    return found


def headings(page: Any) -> list[str]:
    return [item.tag for item in page.iter() if item.tag in LEVELS]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_unit_has_its_id_and_every_link_leads_somewhere(name: str) -> None:
    page = page_of(name)
    found = Counter(item.get("id") for item in page.iter() if item.get("id"))
    assert {unit.id for unit in units(read(name).blocks)} <= found.keys()
    assert max(found.values()) == 1
    links = [item.get("href") for item in page.iter("a")]
    assert all(unquote(link[1:]) in found for link in links if link.startswith("#"))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_holds_all_it_shows(name: str) -> None:
    data = edition(name, "web").data.decode("utf-8")
    page = parsed(data.encode())
    assert page.get("lang") == read(name).metadata.lang
    assert page.get("dir") == read(name).metadata.dir
    assert all(item.get("src").startswith("data:image/") for item in page.iter("img"))
    style = page.find("head/style").text
    assert all(url.startswith("data:font/woff2;") for url in re.findall(r'url\("?([^")]+)', style))
    assert not re.search("http|@import", style)
    assert [item.tag for item in page.find("body")] == ["main"]
    assert headings(page).count("h1") == 1


def test_what_a_page_is_made_of(snapshot: SnapshotAssertion) -> None:
    page = page_of("every-construct")
    assert "\n".join(head_lines(page)) == snapshot(name="head")
    assert "\n".join(outline(page.find("body"))) == snapshot(name="body")


def head_lines(page: Any) -> Iterator[str]:
    for item in page.find("head"):
        said = {key: value for key, value in item.attrib.items() if "-src" not in value}
        text = item.text if item.tag in ("title", "script") else ""
        yield " ".join(filter(None, (item.tag, *(f"{k}={v}" for k, v in said.items()), text)))


def outline(element: Any, depth: int = 0) -> Iterator[str]:
    """Yield the elements that make a page's structure, with what says what they are."""
    for child in element:
        if child.tag in ("main", "article", "header", "nav", "details", "section", *LEVELS):
            said = [child.get(name) for name in ("id", "role", "aria-label", "aria-labelledby")]
            yield "  " * depth + " ".join(filter(None, (child.tag, *said)))
            yield from outline(child, depth + 1)
        elif child.get("role"):
            yield "  " * depth + f"{child.tag} {child.get('id') or ''} {child.get('role')}"


def test_a_page_without_contents_lists_none(tmp_path: Path) -> None:
    page = written(tmp_path, "## One\n\nText.\n\n## Two\n\nText.")
    assert page.find(".//nav") is None


def test_contents_open_without_a_script(tmp_path: Path) -> None:
    page = written(tmp_path, "Before.\n\n## A\n\nx\n\n### A1\n\nx\n\n## B\n\nx\n\n## C\n\nx")
    shown = page.find(".//nav/details")
    assert [item.text for item in shown.iter("a")] == ["A", "A1", "B", "C"]
    assert shown.find("summary").text == "Contents"
    assert shown.get("open") is None


def test_chapters_go_down_below_the_title(tmp_path: Path) -> None:
    page = written(tmp_path, "# A\n\n## B\n\n###### F\n\nx\n\n# C\n\nx", "kind: book\n")
    assert headings(page) == ["h1", "h2", "h3", "h6", "h2"]


def test_text_without_a_heading_is_no_section(tmp_path: Path) -> None:
    page = written(tmp_path, "Text alone.")
    assert page.find(".//section") is None
    assert page.find(".//article/div/p") is not None


def test_search_engines_are_told_what_the_front_matter_says_and_no_more(tmp_path: Path) -> None:
    front = (
        "subtitle: S\nauthor:\n- Ann\n- The Weir\noutlet: The Weir\ndate: 2026-03-01\n"
        "kind: article\nkeywords: [a, b]\nrights: © Ann\n"
    )
    said = described(written(tmp_path, "One two three.", front))
    assert said.pop("@id").startswith("urn:uuid:")
    assert said == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "T",
        "alternativeHeadline": "S",
        "inLanguage": "en",
        "datePublished": "2026-03-01",
        "author": [
            {"@type": "Person", "name": "Ann"},
            {"@type": "Organization", "name": "The Weir"},
        ],
        "publisher": {"@type": "Organization", "name": "The Weir"},
        "keywords": ["a", "b"],
        "copyrightNotice": "© Ann",
        "wordCount": said["wordCount"],
    }
    assert set(described(written(tmp_path, "x"))) == {
        *("@context", "@type", "@id", "headline", "inLanguage", "wordCount")
    }
    assert described(written(tmp_path, "# A\n\nx", "kind: book\n"))["@type"] == "Book"


def test_data_cannot_end_the_element_that_holds_them() -> None:
    publication = read("speaker-turns")
    metadata = msgspec.structs.replace(
        publication.metadata, description="</script><script>a()</script><!-- \u2028 &amp;"
    )
    text = schema.described(msgspec.structs.replace(publication, metadata=metadata), 1)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["description"] == metadata.description


def test_a_style_cannot_end_the_element_that_holds_it() -> None:
    with pytest.raises(EditionError, match="web-style"):
        head.head(read("speaker-turns"), load(), "p::before{content:'</style>'}", head.Known(1))


def test_the_first_line_feed_of_code_is_kept() -> None:
    data = html5.serialise(h("html", h("body", h("pre", "\n  a\n"), h("pre", h("code", "\nb")))))
    first, second = parsed(data).iter("pre")
    assert first.text == "\n  a\n"
    assert second.find("code").text == "\nb"


def test_fonts_are_packed_and_keep_their_licence() -> None:
    from base64 import b64decode
    from io import BytesIO

    from fontTools.ttLib import TTFont

    style = page_of("speaker-turns").find("head/style").text
    fonts = re.findall(r"data:font/woff2;base64,([^\"]+)", style)
    assert fonts
    for font in fonts:
        opened = TTFont(BytesIO(b64decode(font)))
        assert opened.flavor == "woff2"
        assert "SIL Open Font License" in opened["name"].getDebugName(13)


def test_the_same_text_gives_the_same_bytes() -> None:
    publication = read("every-construct")
    made = web.write(publication, load(), Options())
    assert made.data == edition("every-construct", "web").data


def test_a_page_knows_its_address_only_where_the_house_has_a_site() -> None:
    address, card = "https://oak.example/a/a.en.html", "https://oak.example/a/a.en.card.jpg"
    sisters = (("en-GB", address), ("ur", "https://oak.example/a/a.ur.html"))
    made = head.head(read("speaker-turns"), load(), "", head.Known(1, address, card, sisters))
    others = [item for item in made if item.get("rel") == "alternate"]
    assert tuple((item.get("hreflang"), item.get("href")) for item in others) == sisters
    (canonical,) = (item for item in made if item.get("rel") == "canonical")
    assert canonical.get("href") == address
    shared = {item.get("property"): item.get("content") for item in made if item.get("property")}
    assert (shared["og:url"], shared["og:image"]) == (address, card)
    (data,) = (item.text or "" for item in made if item.get("type") == "application/ld+json")
    assert json.loads(data)["mainEntityOfPage"] == address

    plain = head.head(read("speaker-turns"), load(), "", head.Known(1))
    assert not [item for item in plain if item.get("property") or item.get("rel")]


@pytest.mark.parametrize("name", ["every-construct", "ur"])
def test_a_fragment_is_the_article_of_the_page_and_nothing_else(name: str) -> None:
    made = fragment.write(read(name), load(), Options())
    assert fidelity.verify(read(name), made) == ()
    assert static.judge(f"x.{made.name}", made.data).findings == ()
    page = parsed(made.data)
    (article,) = page.find("body")
    assert (article.tag, list(page.find("head"))) == ("article", [])
    assert (article.get("lang"), article.get("dir")) == (
        read(name).metadata.lang,
        read(name).metadata.dir,
    )
    assert not {"style", "nav", "link", "script"} & {item.tag for item in page.iter()}
    whole = page_of(name).find("body/main/article")
    assert [item.get("id") for item in article.iter() if item.get("id")] == [
        item.get("id") for item in whole.iter() if item.get("id")
    ]


@pytest.mark.parametrize("more", [b"<style>p{}</style>", b"<script>1</script>", b"<p>more</p>"])
def test_a_fragment_that_is_more_than_an_article_is_not_static(more: bytes) -> None:
    article = b"<article><p>text</p></article>"
    assert static.judge("x.en.fragment.html", article).findings == ()
    for data in (article + more, more + article, article.replace(b"text", b"<img src=//x.y>")):
        assert static.judge("x.en.fragment.html", data).findings

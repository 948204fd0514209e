"""What a page says of itself: to browsers, to search engines, to who shares it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Kind, Publication
from faircopy.passes import rights
from faircopy.theme import Theme
from faircopy.writers import cover
from faircopy.writers.cover import small
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.words import plain
from faircopy.writers.reflowable.xhtml import h
from faircopy.writers.web import schema

_POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
)
"""Nothing runs, nothing is fetched (Content Security Policy, level 3).

The hash is that of the data for search engines, which the Nu HTML Checker takes for a script.
"""


class Known(msgspec.Struct, frozen=True):
    """What is known of a page: its words, and the addresses of it and of its picture, if any.

    ``sisters`` are the languages and addresses of the publication's pages, where it has several.
    """

    words: int
    address: str = ""
    card: str = ""
    sisters: tuple[tuple[str, str], ...] = ()


def head(publication: Publication, theme: Theme, css: str, known: Known) -> Element:
    """Return ``head``, with the style sheet and what is known of the text in schema.org's terms.

    Raises:
        EditionError: the style sheet would end itself and go on as HTML.
    """
    metadata = publication.metadata
    lang = metadata.lang
    title = plain(metadata.title, lang)
    outlet = plain(metadata.outlet, lang)
    data = schema.described(publication, known.words, known.address, known.card)
    digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
    made = h(
        "head",
        h("meta", charset="utf-8"),
        h("meta", http_equiv="Content-Security-Policy", content=_POLICY.format(digest)),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("title", f"{title} – {outlet}" if outlet and outlet not in title else title),
    )
    reserved = rights.reservation(metadata)
    authors = ", ".join(plain(author, lang) for author in metadata.author)
    for name, value in (
        ("description", metadata.description or plain(metadata.standfirst, lang)),
        ("author", authors),
        ("keywords", ", ".join(metadata.keywords)),
        ("tdm-reservation", reserved),
        ("tdm-policy", metadata.tdm_policy if reserved else ""),
        ("ai-disclosure", rights.by_machine(publication)),
        ("color-scheme", "light dark"),
    ):
        if value:
            made.append(h("meta", name=name, content=value))
    for scheme, colour in (("light", theme.colour.paper), ("dark", theme.colour.dark.paper)):
        media = f"(prefers-color-scheme: {scheme})"
        made.append(h("meta", name="theme-color", content=colour, media=media))
    if known.address:
        made.append(h("link", rel="canonical", href=known.address))
        for tag, address in known.sisters:
            made.append(h("link", rel="alternate", hreflang=tag, href=address))
        made.extend(_shared(publication, title, known))
    if metadata.licence:
        made.append(h("link", rel="license", href=metadata.licence))
    made.append(h("style", _sheet(css)))
    made.append(h("script", data, type="application/ld+json"))
    return made


def _shared(publication: Publication, title: str, known: Known) -> Iterator[Element]:
    """Yield what networks show of a page that somebody shares (Open Graph protocol, ogp.me)."""
    metadata = publication.metadata
    lang = metadata.lang
    for name, value in (
        ("og:type", "book" if metadata.kind is Kind.BOOK else "article"),
        ("og:title", title),
        ("og:description", metadata.description or plain(metadata.standfirst, lang)),
        ("og:site_name", plain(metadata.outlet, lang) or metadata.publisher),
        ("og:url", known.address),
        ("og:image", known.card),
        ("og:image:width", str(small.WIDE[0]) if known.card else ""),
        ("og:image:height", str(small.WIDE[1]) if known.card else ""),
        ("og:image:alt", cover.alt(publication) if known.card else ""),
    ):
        if value:
            yield h("meta", property=name, content=value)
    if known.card:
        yield h("meta", name="twitter:card", content="summary_large_image")


def _sheet(css: str) -> str:
    if "</" in css or "<!--" in css:
        raise EditionError.because(
            "web-style",
            "The style sheet holds “</” or “<!--”, which would end it and be read as HTML.",
            "Take it out of the theme's file.",
        )
    return css

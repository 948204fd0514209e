"""What search engines read: the text in schema.org's terms, as JSON-LD 1.1 in the page's head."""

from __future__ import annotations

from typing import Any

import msgspec

from faircopy.core.ast import Inlines
from faircopy.core.model import Kind, Metadata, Publication
from faircopy.passes import editions, rights
from faircopy.passes.identifiers import isbn, of_form
from faircopy.writers.reflowable.words import plain

CONTEXT = "https://schema.org"
_ESCAPED = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
"""What could end a ``script`` element, or begin another, is said in JSON's own way."""


def described(publication: Publication, words: int, address: str = "", card: str = "") -> str:
    """Return the JSON-LD of an edition: what its front matter says, and nothing that it does not.

    ``words`` is how many words a reader of the page reads, ``address`` is where the page will be,
    ``card`` where its picture.
    """
    text = msgspec.json.encode(_things(publication, words) | _known(address, card)).decode()
    return "".join(_ESCAPED.get(char, char) for char in text)


def _known(address: str, card: str) -> dict[str, Any]:
    found = {"url": address, "mainEntityOfPage": address, "image": card}
    return {name: value for name, value in found.items() if value}


def _things(publication: Publication, words: int) -> dict[str, Any]:
    metadata, lang = publication.metadata, publication.metadata.lang
    is_book = metadata.kind is Kind.BOOK
    house = metadata.publisher or plain(metadata.outlet, lang)
    said = {
        "@context": CONTEXT,
        "@type": "Book" if is_book else "NewsArticle",
        "@id": of_form(publication, "web"),
        "isbn": isbn(publication, "web"),
        "name" if is_book else "headline": plain(metadata.title, lang),
        "alternativeHeadline": plain(metadata.subtitle, lang),
        "description": metadata.description or plain(metadata.standfirst, lang),
        "inLanguage": lang,
        "datePublished": "" if metadata.stamped else metadata.date,
        "dateModified": editions.changed(publication),
        "author": [_author(name, metadata) for name in metadata.author],
        "publisher": {"@type": "Organization", "name": house} if house else "",
        "about": [{"@type": "Person", "name": name} for name in metadata.interviewee],
        "keywords": list(metadata.keywords),
        "copyrightNotice": metadata.rights,
        "license": metadata.licence,
        "creditText": rights.disclosure(publication),
        "translationOfWork": {"@id": metadata.original} if metadata.original else "",
        "wordCount": words,
    }
    return {name: value for name, value in said.items() if value}


def _author(name: Inlines, metadata: Metadata) -> dict[str, str]:
    """Return an author, who is the newspaper itself where it signs as such."""
    kind = "Organization" if name == metadata.outlet else "Person"
    return {"@type": kind, "name": plain(name, metadata.lang)}

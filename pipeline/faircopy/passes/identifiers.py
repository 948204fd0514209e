"""What a publication is called by catalogues and reading systems: one identifier a language.

Two books with one identifier are one book to them (EPUB 3.3, section 5.4.3.1): the second takes
the place of the first.
"""

from __future__ import annotations

from faircopy.core.model import Publication
from faircopy.languages.tags import primary

NAMESPACE = "6a1a44a2-0a0f-5d0a-9c35-6f8f2b0f4c11"
"""Namespace of the identifiers that we derive (UUID version 5, RFC 9562, section 5.5)."""


def identifier(publication: Publication) -> str:
    """Return the manuscript's identifier, or one derived from slug and language."""
    metadata = publication.metadata
    return metadata.identifier or derived(f"{publication.slug}/{metadata.lang}")


def isbn(publication: Publication, form: str) -> str:
    """Return the ISBN of an edition in a form (``epub``, ``pdf`` …), or nothing.

    A translation is a book of its own: its numbers bear its language.
    """
    metadata = publication.metadata
    tags = (f"{metadata.lang}.", f"{primary(metadata.lang)}.") if metadata.original else ("",)
    return next((n for tag in tags if (n := metadata.isbn.get(f"{tag}{form}", ""))), "")


def of_form(publication: Publication, form: str) -> str:
    """Return what an edition in a form is known by: its ISBN, else the publication's identifier."""
    number = isbn(publication, form)
    return f"urn:isbn:{number}" if number else identifier(publication)


def translated(publication: Publication, lang: str) -> str:
    """Return the identifier of a translation into ``lang``: always another than the original's."""
    return derived(f"{publication.metadata.identifier or publication.slug}/{lang}")


def derived(name: str) -> str:
    """Return a URN that is always the same for ``name``."""
    import uuid

    return uuid.uuid5(uuid.UUID(NAMESPACE), name).urn

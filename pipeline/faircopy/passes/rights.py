"""What an edition says of the rights in it and of who made it: on the publisher's word alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Metadata, Publication, Translated

_CC = re.compile(r"https://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([\d.]+)/")
_NAMES = {"zero": "CC0", "mark": "Public Domain Mark"}


def reservation(metadata: Metadata) -> str:
    """Return TDMRep's ``1`` where mining is reserved, ``0`` where it is permitted, else nothing.

    W3C's TDM Reservation Protocol, 2024-05-10, for article 4(3) of Directive (EU) 2019/790.
    """
    return {"reserved": "1", "permitted": "0"}.get(metadata.tdm, "")


def licence_name(address: str) -> str:
    """Return what a licence of Creative Commons is called; of another, its address."""
    found = _CC.match(address)
    return f"{_NAMES.get(found[1], f'CC {found[1].upper()}')} {found[2]}" if found else address


def stated(metadata: Metadata) -> str:
    """Return the line of rights: the copyright line, and the licence where there is one."""
    name = licence_name(metadata.licence)
    return " · ".join(filter(None, (metadata.rights, name if name not in metadata.rights else "")))


def translated(metadata: Metadata) -> Translated | None:
    """Return what is said of who made this translation; None of an original."""
    return metadata.translations.get(metadata.lang) if metadata.original else None


def disclosure(publication: Publication) -> str:
    """Return who translated, by machine or not, who reviewed it and which house answers.

    That is what article 50(4) of Regulation (EU) 2024/1689 turns on: whether a person has reviewed
    what a machine made, and who answers for it. It is empty where the publisher has said nothing.
    """
    metadata = publication.metadata
    said = translated(metadata) or (Translated() if publication.reviews else None)
    if said is None:
        return ""
    how = {"yes": " by machine", "assisted": " by machine, edited by a person"}.get(
        said.machine, ""
    )
    by = f" ({said.by})" if how and said.by else f" by {said.by}" if said.by else ""
    house = metadata.publisher or ast.text(metadata.outlet)
    answers = f"{house} answers for it." if house else ""
    return " ".join(filter(None, (f"Translated{how}{by}.", _reviewed(publication, said), answers)))


def _reviewed(publication: Publication, said: Translated) -> str:
    """Return who reviewed a translation and when, and how many sentences they changed."""
    if publication.draft:
        return "Not reviewed."
    parts = []
    for one in publication.reviews:
        who = f"the translator, {one.by}," if one.own else one.by
        count = "1 sentence" if one.changed == 1 else f"{one.changed} sentences"
        parts.append(f"{who} on {one.date}" + (f", who changed {count}" if one.changed else ""))
    if not parts and said.reviewed_by:
        parts.append(said.reviewed_by + (f" on {said.reviewed}" if said.reviewed else ""))
    elif not parts and said.reviewed:
        return f"Reviewed on {said.reviewed}."
    return f"Reviewed by {'; '.join(parts)}." if parts else "Reviewed."


def by_machine(publication: Publication) -> str:
    """Return W3C's draft word for what a machine wrote: ``ai-autonomous`` until it is reviewed."""
    said = translated(publication.metadata)
    if said is None or said.machine not in ("yes", "assisted"):
        return ""
    return "ai-autonomous" if said.machine == "yes" and publication.draft else "ai-assisted"


def contradicted(publication: Publication) -> Iterator[Diagnostic]:
    """Yield where the word of the publisher is not that of the translation's own file."""
    said = translated(publication.metadata)
    if said is None or not (said.reviewed_by or said.reviewed):
        return
    lang = publication.metadata.lang
    names = {one.by.casefold() for one in publication.reviews}
    if publication.draft:
        wrong = "was reviewed; it has sentences that nobody has reviewed as they stand"
    elif names and said.reviewed_by and said.reviewed_by.casefold() not in names:
        people = ", ".join(sorted({one.by for one in publication.reviews}))
        wrong = f"was reviewed by {said.reviewed_by}; on record is {people}"
    else:
        return
    yield Diagnostic(
        "review-contradicted",
        Severity.ERROR,
        f"the front matter says that the translation into {lang} {wrong}",
        f'Record the review (./inv translate.review --lang {lang} --by "Name"), or take'
        " reviewed-by: and reviewed: out.",
        Place(publication.source_path),
    )

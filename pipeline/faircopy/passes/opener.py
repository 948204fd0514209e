"""The title block as a tree, so that every format opens with the same words."""

from __future__ import annotations

from faircopy.core.ast import Attr, Block, Div, Inline, Inlines, Para, Space, Span, Str
from faircopy.core.model import Metadata, Publication, Role
from faircopy.languages import locale
from faircopy.passes.dates import in_words
from faircopy.passes.units import unit

OPENER = "opener"


def opener(publication: Publication) -> Div:
    """Return ``Div#opener``: kicker, title, subtitle, standfirst, byline, dateline, imprint.

    Each is a paragraph with one unit of id ``opener-<role>``, and is there only when the
    front matter has it. The kicker is one paragraph with two units, outlet and genre.
    """
    metadata = publication.metadata
    genre: Inlines = (Str(locale(metadata.lang).genre(metadata.kind)),)
    blocks: list[Block] = []
    if metadata.outlet:
        outlet, label = _unit(Role.OUTLET, metadata.outlet), _unit(Role.GENRE, genre)
        blocks.append(Div((Attr("", ("kicker",)), (Para((outlet, Space(), label)),))))
    for role, inlines in (
        (Role.TITLE, metadata.title),
        (Role.SUBTITLE, metadata.subtitle),
        (Role.STANDFIRST, metadata.standfirst),
        (Role.BYLINE, _byline(publication)),
        (Role.DATELINE, _dateline(metadata)),
        (Role.IMPRINT, _imprint(publication)),
    ):
        if inlines:
            blocks.append(Para((_unit(role, inlines),)))
    return Div((Attr(OPENER, (OPENER,)), tuple(blocks)))


def _unit(role: Role, inlines: Inlines) -> Span:
    return unit(f"{OPENER}-{role.value}", role, inlines)


def _imprint(publication: Publication) -> Inlines:
    """What a reader must know of a translation: that it is a draft, or who reviewed it and when."""
    lang = publication.metadata.lang
    labels = locale(lang).labels
    if publication.draft:
        return _words(labels.draft)
    if not publication.reviews:
        return ()
    names = dict.fromkeys(one.by for one in publication.reviews)
    last = max(one.date for one in publication.reviews)
    when = in_words(last, lang) if last else ""
    return _words(f"{labels.reviewed} {', '.join(filter(None, (*names, when)))}")


def _words(text: str) -> Inlines:
    out: list[Inline] = []
    for word in text.split(" "):
        out += [*([Space()] if out else []), Str(word)]
    return tuple(out)


def _dateline(metadata: Metadata) -> Inlines:
    """The dateline as written, else the manuscript's date in words."""
    if metadata.dateline or not metadata.date or metadata.stamped:
        return metadata.dateline
    words = in_words(metadata.date, metadata.lang).split(" ")
    return tuple(node for word in words for node in (Space(), Str(word)))[1:]


def _byline(publication: Publication) -> Inlines:
    """The byline as written, else "By" and the authors, unless the outlet is the author."""
    metadata = publication.metadata
    authors = [name for name in metadata.author if name != metadata.outlet]
    if metadata.byline or not authors:
        return metadata.byline
    out: list[Inline] = [Str(locale(metadata.lang).labels.by)]
    for index, name in enumerate(authors):
        out += [*([Str(",")] if index else []), Space(), *name]
    return tuple(out)

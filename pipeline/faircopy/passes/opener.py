"""The title block as a tree, so that every format opens with the same words."""

from __future__ import annotations

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Div, Inline, Inlines, Para, Space, Span, Str
from faircopy.core.model import Metadata, Opening, Publication, Role
from faircopy.languages import locale
from faircopy.passes import figures
from faircopy.passes.dates import in_words
from faircopy.passes.units import unit

OPENER = "opener"
LOGO, KICKER, PICTURE = "logo", "kicker", "picture"
PLATES = "plates"
"""Class of what holds the pictures of an opener."""
ORDER = (
    *(LOGO, KICKER),
    *(Role.TITLE, Role.SUBTITLE, Role.STANDFIRST, Role.BYLINE, Role.DATELINE, Role.IMPRINT),
    PICTURE,
)
"""The parts of an opener, as the house has them; a theme may have them in another order."""


def opener(publication: Publication) -> Div:
    """Return ``Div#opener``: logo, kicker, title, subtitle, standfirst, byline, dateline, imprint.

    The parts are in the order of the publication's opening. Each that has words is a paragraph
    with one unit of id ``opener-<role>``, and is there only when the front matter has it. The
    kicker is one paragraph with two units, outlet and genre. Pictures of the front matter are
    among the parts where something comes behind them; else they open the text.
    """
    parts = _parts(publication)
    shown = tuple(parts[name] for name in _order(publication) if name in parts)
    return Div((Attr(OPENER, (OPENER,)), shown))


def behind(publication: Publication) -> Blocks:
    """Return the blocks that stand behind the opener: all but the pictures among its parts."""
    return publication.blocks[_pictures(publication) :]


def unthemed(publication: Publication) -> Publication:
    """Return the publication as it opens without a theme: no sign, the house's order of parts."""
    return msgspec.structs.replace(publication, opening=Opening())


def _order(publication: Publication) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*publication.opening.order, *ORDER)))


def _pictures(publication: Publication) -> int:
    """Return how many figures at the head of the text are parts of the opener."""
    last = _order(publication)[-1] == PICTURE
    return 0 if last else figures.front(publication.blocks)


def _parts(publication: Publication) -> dict[str, Block]:
    """Return the parts that there are, by name."""
    metadata = publication.metadata
    genre: Inlines = (Str(locale(metadata.lang).genre(metadata.kind)),)
    parts: dict[str, Block] = {}
    if publication.opening.logo:
        parts[LOGO] = _logo(publication)
    if number := _pictures(publication):
        parts[PICTURE] = Div((Attr("", (PLATES,)), publication.blocks[:number]))
    if metadata.outlet:
        outlet, label = _unit(Role.OUTLET, metadata.outlet), _unit(Role.GENRE, genre)
        parts[KICKER] = Div((Attr("", (KICKER,)), (Para((outlet, Space(), label)),)))
    for role, inlines in (
        (Role.TITLE, metadata.title),
        (Role.SUBTITLE, metadata.subtitle),
        (Role.STANDFIRST, metadata.standfirst),
        (Role.BYLINE, _byline(publication)),
        (Role.DATELINE, _dateline(metadata)),
        (Role.IMPRINT, _imprint(publication)),
    ):
        if inlines:
            parts[role] = Para((_unit(role, inlines),))
    return parts


def _logo(publication: Publication) -> Block:
    """Return the house's sign; its words are the publisher's name, or the outlet's."""
    metadata, opening = publication.metadata, publication.opening
    name = metadata.publisher or ast.text(metadata.outlet, ast.Omit.NOTES)
    classes = () if name else (figures.DECORATIVE,)
    attr = Attr("", classes, (("height", f"{opening.logo_height:g}mm"),))
    image = ast.Image((attr, _words(name) if name else (), (opening.logo, "")))
    return Div((Attr("", (LOGO,)), (Para((image,)),)))


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

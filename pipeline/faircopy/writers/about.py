"""What a catalogue says of an edition: its front matter as plain text."""

from __future__ import annotations

import msgspec

from faircopy.core.model import About, Publication
from faircopy.passes import editions, rights
from faircopy.writers.reflowable.words import plain


def about(publication: Publication) -> About:
    """Return what is said of the editions of a publication in its language."""
    metadata = publication.metadata
    lang = metadata.lang
    authors = (plain(name, lang) for name in metadata.author)
    return About(
        lang=lang,
        dir=metadata.dir,
        kind=metadata.kind,
        title=plain(metadata.title, lang),
        subtitle=plain(metadata.subtitle, lang),
        people=tuple(dict.fromkeys((*authors, *metadata.interviewee))),
        outlet=plain(metadata.outlet, lang),
        date="" if metadata.stamped else metadata.date,
        description=metadata.description or plain(metadata.standfirst, lang),
        modified=editions.changed(publication),
        version=current.version if (current := editions.current(publication)) else "",
        licence=metadata.licence,
        tdm=metadata.tdm,
        tdm_policy=metadata.tdm_policy,
        disclosure=rights.disclosure(publication),
        language=called(lang),
        releases=tuple(msgspec.structs.replace(one, words={}) for one in publication.releases),
        withdrawn=publication.withdrawn,
    )


def called(tag: str) -> str:
    """Return the English name of a language (Unicode CLDR), or its tag where it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag

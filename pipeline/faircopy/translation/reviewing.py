"""What ``translate.review`` does, and what an import says of reviews: a person signs sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import Diagnostic, EditionError, Place, Severity
from faircopy.core.model import Publication, Reviewed
from faircopy.languages.tags import primary
from faircopy.translation import sheet
from faircopy.translation.forms import Change
from faircopy.translation.home import Homecoming
from faircopy.translation.job import REVIEWED, Manner, Signature
from faircopy.translation.segments import SourceText, extract
from faircopy.translation.store import Accepted, Store, Translation

CLAIMED = "claimed"
"""What stands for the sentences of which a file claims that they are reviewed."""


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands behind what a file claims, the day of today, and who translated, by language.

    ``manner`` is how it is taken.
    """

    by: Signature | None = None
    day: str = ""
    translators: Mapping[str, str] = {}
    manner: Manner = Manner()


NOBODY = Hand()


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """What a review did: how many sentences were signed, how it all stands, what is to be said."""

    lang: str
    signed: int
    total: int
    draft: bool
    unreviewed: int
    missing: int
    reviews: tuple[Reviewed, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def translators(publication: Publication) -> dict[str, str]:
    """Return who made each translation, by language, as the front matter has it."""
    return {lang: one.by for lang, one in publication.metadata.translations.items() if one.by}


def review(
    publication: Publication,
    folder: Path,
    lang: str,
    signature: Signature,
    wanted: Sequence[str] = (),
) -> Signed:
    """Record that a person has reviewed a translation, or the ``wanted`` sentences of it.

    Each of ``wanted`` is a sentence's or a unit's id, ``*`` for any letters in it, or ``CLAIMED``.

    Raises:
        EditionError: there is no such translation, or no such sentence.
        PublishError: it could not be stored.
    """
    text, store = extract(publication), Store(folder)
    translation = store.translation(text, lang)
    if not translation.targets:
        raise EditionError.because(
            "nothing-to-review",
            f"There is no translation of {publication.slug} into {lang} to be reviewed.",
            f"Take one in: ./inv translate.import FILE --lang {lang}",
            Place(publication.source_path),
        )
    ids = chosen(translation, wanted, publication)
    translator = translators(publication).get(lang, "")
    own = bool(translator) and signature.by.casefold() == translator.casefold()
    done = store.sign(text, lang, ids, signature, own)
    now = store.translation(text, lang)
    return Signed(
        lang=lang,
        signed=len(ids),
        total=now.total,
        draft=now.draft,
        missing=now.total - len(now.targets),
        unreviewed=len(done.targets) - len(done.reviews),
        reviews=now.reviewed,
        diagnostics=tuple(_second_pair(signature, translator, lang, publication)),
    )


def chosen(
    translation: Translation, wanted: Sequence[str], publication: Publication
) -> tuple[str, ...]:
    """Return the ids of the translated sentences that are wanted, all of them for none.

    Raises:
        EditionError: one of ``wanted`` is none.
    """
    ids = tuple(translation.targets)
    found: dict[str, None] = {} if wanted else dict.fromkeys(ids)
    for one in wanted:
        named = translation.claims if one == CLAIMED else [id for id in ids if _is(id, one)]
        if not named:
            raise EditionError.because(
                "segment-unknown",
                f"No translated sentence in {translation.lang} is called {one}."
                if one != CLAIMED
                else f"No file claims that a sentence in {translation.lang} is reviewed.",
                "Name sentences as p7.s1, paragraphs as p7, or with a star: greenland-*.",
                Place(publication.source_path),
            )
        found |= dict.fromkeys(named)
    return tuple(found)


def _is(id: str, wanted: str) -> bool:
    return id == wanted or id.rpartition(".s")[0] == wanted or fnmatchcase(id, wanted)


def _second_pair(
    signature: Signature, translator: str, lang: str, publication: Publication
) -> Iterator[Diagnostic]:
    """Yield what is to be said where nobody but the translator may have read the translation."""
    if not translator:
        yield Diagnostic(
            "translator-unnamed",
            Severity.NOTE,
            f"Nothing names the translator into {lang}, so nothing says that {signature.by} is"
            " another person.",
            f"Write into the front matter: translations: {lang}: by: and the name.",
            Place(publication.source_path),
        )
    elif signature.by.casefold() == translator.casefold():
        yield Diagnostic(
            "review-own",
            Severity.WARNING,
            f"{signature.by} reviewed a translation of their own. It is recorded, and editions say"
            " so.",
            "ISO 17100 asks for a second person: let somebody else review it.",
            Place(publication.source_path),
        )


def told(home: Homecoming, done: Accepted) -> Iterator[Diagnostic]:
    """Yield what an import says of reviews: new ones, claims of nobody, and what was revoked."""
    people = Counter(
        (one.by, one.date) for id, one in home.signed.items() if _stands(id, one, done)
    )
    for (by, date), count in people.items():
        yield Diagnostic(
            "review-taken",
            Severity.NOTE,
            f"{by} has reviewed {_sentences(count)} in {home.lang} on {date}",
            "See who reviewed what: ./inv translate.status",
        )
    claims = [
        id
        for id, target in home.targets.items()
        if target.state in REVIEWED and id not in done.reviews
    ]
    if claims:
        yield Diagnostic(
            "review-claimed",
            Severity.NOTE,
            f"the file says of {_sentences(len(claims))} in {home.lang} that they are reviewed, and"
            " names nobody",
            "It is a review when a person stands behind it:"
            f' ./inv translate.review --lang {home.lang} --segments {CLAIMED} --by "Name"',
        )
    if done.revoked:
        yield Diagnostic(
            "review-revoked",
            Severity.NOTE,
            f"{_sentences(len(done.revoked))} in {home.lang} changed, and are reviewed no more:"
            f" {_some(done.revoked)}",
            f'Have them reviewed again: ./inv translate.review --lang {home.lang} --by "Name"',
        )


def _stands(id: str, signature: Signature, done: Accepted) -> bool:
    one = done.reviews.get(id)
    return one is not None and (one.by, one.date) == (signature.by, signature.date)


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count} sentences"


def _some(ids: Iterable[str]) -> str:
    first = list(ids)
    return ", ".join(first[:5]) + (f" and {len(first) - 5} more" if len(first) > 5 else "")


def report(publication: Publication, folder: Path, lang: str) -> tuple[str, bytes, int]:
    """Return the name and bytes of the report of what reviewers changed, and how much that is."""
    text, store = extract(publication), Store(folder)
    changes = store.reviews(lang).change
    name = f"{text.slug}.{primary(text.lang)}-{lang}.changes.tsv"
    return name, sheet.write(text, lang, _in_order(text, changes)), len(changes)


def _in_order(text: SourceText, changes: Sequence[Change]) -> list[Change]:
    order = {segment.id: at for at, (_, segment) in enumerate(text.segments())}
    return sorted(changes, key=lambda one: order.get(one.segment, len(order)))

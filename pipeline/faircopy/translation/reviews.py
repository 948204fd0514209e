"""Who reviewed a translation, when, and what was changed: ``translations/<lang>.reviews.toml``.

A review is of a sentence and its translation as they stood: each has the hash of both, so that a
change revokes it for that sentence alone. What a file claims of itself (``reviewed``, ``final``,
``approved``) is no review before a named person stands behind it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from faircopy.core import toml
from faircopy.core.diagnostics import Place
from faircopy.core.model import Reviewed
from faircopy.translation import codes
from faircopy.translation.codes import Content
from faircopy.translation.forms import Change, refuse
from faircopy.translation.segments import likeness, ordinals, renumbered
from faircopy.translation.xml import nmtoken

_HEAD = """\
# Who reviewed this translation, when, and what was changed; ./inv translate.review and .import
# write it. Under words stands what each review is of: a sentence that changed has none.
"""
_LENGTH = 16
"""Hexadecimal digits of a hash: 64 bits tell the states of one sentence apart."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One person's review on one day; ``words`` are hashes by sentence id.

    ``own`` says that the reviewer is the translator.
    """

    by: str
    date: str
    own: bool = False
    words: Mapping[str, str] = {}


class Reviews(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    review: tuple[Review, ...] = ()
    change: tuple[Change, ...] = ()

    def known(self) -> dict[tuple[str, str], Review]:
        """Return the newest review of each sentence as it stood, by its id in XML and its hash."""
        return {(nmtoken(id), words): one for one in self.review for id, words in one.words.items()}


NO_REVIEWS = Reviews()


def name(lang: str) -> str:
    """Return the name of the file that keeps the reviews of a language."""
    return f"{lang}.reviews.toml"


def words(source: Content, target: Content) -> str:
    """Return the hash of a sentence with its translation, whatever its codes are numbered."""
    numbers = ordinals(source)
    translated = unicodedata.normalize("NFC", codes.notation(renumbered(target, numbers)))
    said = f"{likeness(source)}\n{translated.strip()}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:_LENGTH]


def regrouped(reviews: Mapping[str, Review], hashes: Mapping[str, str]) -> tuple[Review, ...]:
    """Return the reviews of sentences by person and day, with the ids and hashes of today."""
    found: dict[tuple[str, str, bool], dict[str, str]] = {}
    for id, one in reviews.items():
        found.setdefault((one.by, one.date, one.own), {})[id] = hashes[id]
    return tuple(
        Review(by=by, date=date, own=own, words=ids)
        for (by, date, own), ids in sorted(found.items(), key=lambda item: (item[0][1], item[0][0]))
    )


def grown(before: Iterable[Change], more: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes with more; what is said later of the same one is added to it."""
    found: dict[tuple[str, str, str], Change] = {}
    for one in (*before, *more):
        old = found.get(one.key)
        said = {name: value for name in one.__struct_fields__ if (value := getattr(one, name))}
        found[one.key] = msgspec.structs.replace(old, **said) if old else one
    return tuple(found.values())


def summary(reviews: Mapping[str, Review], changes: Iterable[Change]) -> tuple[Reviewed, ...]:
    """Return who reviewed how many sentences, when, and how many of them they changed."""
    whole = Counter((one.by, one.date, one.own) for one in reviews.values())
    changed = Counter(by for by, _ in {(c.by, c.segment) for c in changes if c.before != c.after})
    last = {by: date for by, date, _ in sorted(whole, key=lambda key: key[1])}
    return tuple(
        Reviewed(
            by=by,
            date=date,
            own=own,
            sentences=count,
            changed=changed[by] if last[by] == date else 0,
        )
        for (by, date, own), count in sorted(whole.items(), key=lambda item: item[0][1])
    )


def write(reviews: Reviews) -> bytes:
    """Return reviews as TOML; its basic strings are written as JSON's (TOML 1.0, strings)."""
    lines = [_HEAD.rstrip()]
    for one in reviews.review:
        lines += ["", "[[review]]", f"by = {_quoted(one.by)}", f"date = {_quoted(one.date)}"]
        lines += ["own = true"] if one.own else []
        lines += ["", "[review.words]"]
        lines += [f"{_quoted(id)} = {_quoted(value)}" for id, value in one.words.items()]
    for change in reviews.change:
        lines += ["", "[[change]]"]
        lines += [
            f"{name} = {_quoted(value)}"
            for name in change.__struct_fields__
            if (value := getattr(change, name))
        ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(data: bytes, name: str) -> Reviews:
    """Read what ``write`` wrote, and a person may have changed.

    Raises:
        ImportRefused: bad TOML, an unknown table, or a review without a person.
    """
    remedy = "Each [[review]] has by and date, as text, and [review.words] with ids and hashes."
    try:
        found = msgspec.convert(toml.loads(data.decode("utf-8")), Reviews)
    except (UnicodeDecodeError, toml.Wrong, msgspec.ValidationError) as error:
        raise refuse(
            "reviews", f"the reviews cannot be read: {error}", remedy, Place(name)
        ) from None
    if any(not one.by.strip() for one in found.review):
        raise refuse("reviews", "a review names nobody", remedy, Place(name))
    return found


def lines(reviewed: Iterable[Reviewed]) -> Iterator[str]:
    """Yield who reviewed what, when, and how much was changed, a line each."""
    for one in reviewed:
        who = f"{one.by}, who translated it," if one.own else one.by
        count = "1 sentence" if one.sentences == 1 else f"{one.sentences} sentences"
        changed = f", changed {one.changed}" if one.changed else ""
        yield f"{who} reviewed {count} on {one.date}{changed}"

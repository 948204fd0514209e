"""Hold the words that an artifact has against those that it ought to have."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication
from faircopy.manuscript.places import Alignment, align
from faircopy.manuscript.source import Source
from faircopy.passes.units import units
from faircopy.proof.words import Word

_SHOWN = 12
"""Most words of a difference that a message shows."""

_CONTEXT = 4
_AT_MOST = 20
"""Most differences that are reported for one artifact."""

_WINDOW = 4000
"""Longest stretch, in words, that is compared word by word at once."""


class Difference(msgspec.Struct, frozen=True):
    """One difference: what is wanted, from which word on, and what is there instead, from where on.

    ``at`` counts what is wanted, ``there`` what is found.
    """

    code: str
    at: int
    there: int
    wanted: tuple[str, ...]
    found: tuple[str, ...]


def differences(wanted: Sequence[str], found: Sequence[str]) -> tuple[Difference, ...]:
    """Return where two lists of tokens differ; empty if, and only if, they are equal.

    A difference is ``word-missing``, ``word-doubled``, ``word-added``, ``word-moved`` or
    ``word-changed``.
    """
    if list(wanted) == list(found):
        return ()
    head = _common(wanted, found)
    tail = _common(wanted[head:][::-1], found[head:][::-1])
    old = tuple(wanted[head : len(wanted) - tail])
    new = tuple(found[head : len(found) - tail])
    if max(len(old), len(new)) > _WINDOW:
        return (Difference("word-changed", head, head, old[:_WINDOW], new[:_WINDOW]),)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    raw = [
        Difference(
            _code(wanted, head + i, old[i:j], new[k:m]), head + i, head + k, old[i:j], new[k:m]
        )
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    ]
    return tuple(_moves(raw))


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    size = min(len(a), len(b))
    return next((at for at in range(size) if a[at] != b[at]), size)


def _code(wanted: Sequence[str], at: int, old: tuple[str, ...], new: tuple[str, ...]) -> str:
    if old and new:
        return "word-changed"
    if old:
        return "word-missing"
    size = len(new)
    before, after = tuple(wanted[max(0, at - size) : at]), tuple(wanted[at : at + size])
    return "word-doubled" if new in (before, after) else "word-added"


def _moves(raw: list[Difference]) -> list[Difference]:
    """Turn a loss here and a gain of the same words there into one move."""
    gains = {item.found: item for item in raw if not item.wanted}
    moved = {item.wanted for item in raw if not item.found and item.wanted in gains}
    out = []
    for item in raw:
        if not item.found and item.wanted in moved:
            out.append(Difference("word-moved", item.at, item.there, item.wanted, item.wanted))
        elif item.wanted or item.found not in moved:
            out.append(item)
    return out


class Locator:
    """Finds the line and column of words in the manuscript; does nothing until asked."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._source: Source | None = None
        self._alignment: Alignment | None = None

    def place(self, word: Word | None) -> Place:
        """Return the place of ``word``; the file alone where it is not in the text."""
        publication = self._publication
        if word is None or not word.unit:
            return Place(publication.source_path)
        if self._alignment is None or self._source is None:
            self._source = Source(publication.source_path, publication.source)
            self._alignment = align(self._source, units(publication.blocks))
        offset = self._alignment.offset(word.unit, word.ordinal)
        if offset >= 0:
            return self._source.place(offset)
        known = publication.places.get(word.unit)
        key = word.unit.removeprefix("opener-")
        return known or self._source.keys.get(key) or Place(publication.source_path)


def report(
    artifact: str,
    publication: Publication,
    wanted: Sequence[Word],
    found: Sequence[str],
    where: Callable[[int], str] = lambda number: "",
) -> tuple[Diagnostic, ...]:
    """Return an error for each word that is missing, doubled, added, moved or changed.

    ``where`` tells where in the artifact a word that was found stands, in an editor's words.
    """
    locator = Locator(publication)
    plain = [word.text for word in wanted]
    differs = differences(plain, found)
    out = [
        msgspec.structs.replace(
            _diagnose(artifact, item, wanted, locator),
            remedy=_remedy(_around(plain, item.at, item.wanted), found, item, where),
        )
        for item in differs[:_AT_MOST]
    ]
    if len(differs) > _AT_MOST:
        more = Diagnostic(
            "words-differ",
            Severity.ERROR,
            f"{artifact}: {len(differs) - _AT_MOST} more differences of this kind",
            place=Place(publication.source_path),
        )
        return (*out, more)
    return tuple(out)


def _remedy(ours: str, found: Sequence[str], item: Difference, where: Callable[[int], str]) -> str:
    """Return both readings, and what can be done."""
    size = len(item.wanted) if item.code == "word-moved" else len(item.found)
    theirs = _around(found, item.there, found[item.there : item.there + size])
    place = where(min(item.there, len(found) - 1)) if found else ""
    there = f"the file has, on {place}," if place.startswith("page") else "the file has"
    there = f"the file has, in {place}," if place and not place.startswith("page") else there
    return (
        f"The manuscript has “{ours}”; {there} “{theirs}”. Nothing was published. "
        "Write the place in another way to go on, and report the two readings."
    )


def _around(words: Sequence[str], at: int, differing: Sequence[str]) -> str:
    """Return words with those before and behind them."""
    start, end = max(0, at - _CONTEXT), at + len(differing) + _CONTEXT
    before = " ".join(words[start:at])
    after = " ".join(words[at + len(differing) : end])
    inner = _shown(tuple(differing))
    parts = ("…" if start else "", before, inner, after, "…" if end < len(words) else "")
    return " ".join(filter(None, parts))


_SAYS = {
    "word-missing": "“{wanted}” is missing",
    "word-doubled": "“{found}” stands twice",
    "word-added": "“{found}” stands there and not in the manuscript",
    "word-moved": "“{wanted}” stands in another place",
    "word-changed": "“{wanted}” became “{found}”",
}


def _diagnose(
    artifact: str, item: Difference, wanted: Sequence[Word], locator: Locator
) -> Diagnostic:
    says = _SAYS[item.code].format(wanted=_shown(item.wanted), found=_shown(item.found))
    before = _shown(tuple(word.text for word in wanted[max(0, item.at - _CONTEXT) : item.at]))
    after = f", after “{before}”" if before else ""
    anchor = wanted[min(item.at, len(wanted) - 1)] if wanted else None
    return Diagnostic(
        item.code,
        Severity.ERROR,
        f"{artifact}: {says}{after}",
        place=locator.place(anchor),
    )


def _shown(words: tuple[str, ...]) -> str:
    text = " ".join(words[:_SHOWN])
    return f"{text} …" if len(words) > _SHOWN else text

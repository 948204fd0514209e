"""What a file of XLIFF 1.2 claims of a translation, in the words of each tool.

OASIS's own are ``state`` and ``state-qualifier`` (XLIFF 1.2, section 2.3), memoQ's ``mq:status``,
those of Trados Studio ``conf`` and ``origin`` in ``sdl:seg-defs`` (RWS's XLIFF Manager writes them
on the unit, in a namespace of its own), Phrase's ``m:confirmed`` and ``m:trans-origin``. A claim
of review is taken over as a claim, with the person whom the file names (OASIS's ``phase``,
``mq:lastchanginguser``, Studio's ``last_modified_by``), ``approved="yes"`` too; one of nothing done
is not believed (OmegaT leaves ``needs-translation`` on everything). What a tool put in by itself
and nobody confirmed is a guess.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.translation.codes import plain
from faircopy.translation.job import REVIEWED, Signature, State
from faircopy.translation.xliff_inline import Inlines
from faircopy.translation.xliff_phrase import PHRASE
from faircopy.translation.xliff_trados import EXPORTED, SDL
from faircopy.translation.xml import Element, local

_MQ = "{MQXliff}"
MACHINES = "a machine's"
"""Whose a guess is that a machine translated."""
_STATES = {
    "new": State.INITIAL,
    "needs-translation": State.INITIAL,
    "signed-off": State.REVIEWED,
    "final": State.FINAL,
}
_GUESSES = {
    "fuzzy-match": "a near match",
    "mt-suggestion": MACHINES,
    "leveraged-mt": MACHINES,
    "rejected-grammar": "a rejected one",
    "rejected-inaccurate": "a rejected one",
    "rejected-spelling": "a rejected one",
}
_DONE = ("translated", "signed-off", "final")
_MQ_GUESSES = {
    "assembledfromfragments": "one put together of fragments",
    "machinetranslated": MACHINES,
    "rejected": "a rejected one",
}
"""In lower case: memoQ's own list has “PreTranslated”, its files have “Pretranslated”."""
_MQ_REVIEWED = ("reviewer1confirmed", "proofread")
_SDL_REVIEWED = ("ApprovedTranslation", "ApprovedSignOff")
_OPEN = (None, "", "Unspecified", "Draft")
"""What Studio says of a sentence that nobody has confirmed."""
_MACHINES = ("mt", "nmt", "amt")
_WHOLE = 100


class Claim(msgspec.Struct, frozen=True):
    """What is said of a translation; ``guess`` names what a tool made of it, if it did.

    ``by`` is the person who is named as its reviewer.
    """

    state: State = State.TRANSLATED
    guess: str = ""
    by: str = ""

    @property
    def signed(self) -> Signature | None:
        """Who says that it is reviewed, if anybody does."""
        return Signature(self.by) if self.state in REVIEWED else None


def claim(unit: Element) -> Claim:
    """Return what a ``trans-unit`` claims of its translation, by whichever tool's words."""
    said = [*_memoq(unit), *_trados(unit), *_phrase(unit)]
    if not said:
        return _oasis(unit, next((child for child in unit if local(child) == "target"), unit))
    guess = next((one.guess for one in said if one.guess), "")
    least = min(said, key=lambda one: list(State).index(one.state))
    return Claim(least.state, guess, least.by)


def _oasis(unit: Element, target: Element) -> Claim:
    said = target.get("state", "")
    state = _STATES.get(said, State.TRANSLATED)
    if unit.get("approved") == "yes" and state not in REVIEWED:
        return Claim(State.REVIEWED, "", _phase(unit, target))
    guess = _GUESSES.get(target.get("state-qualifier", ""), "")
    return Claim(state, "" if said in _DONE else guess, _phase(unit, target))


def _phase(unit: Element, target: Element) -> str:
    """Return the person of the phase that a target is of (XLIFF 1.2, section 2.3)."""
    name = target.get("phase-name", "")
    file = next(unit.iterancestors("{*}file", "file"), None) if name else None
    phases = () if file is None else file.iter("{*}phase")
    found = (one.get("contact-name", "") for one in phases if one.get("phase-name") == name)
    return next(found, "")


def _memoq(unit: Element) -> Iterator[Claim]:
    status = unit.get(f"{_MQ}status", "").lower()
    if not status:
        return
    guess = _MQ_GUESSES.get(status, "")
    if status == "pretranslated" and _percent(unit.get(f"{_MQ}percent")) < _WHOLE:
        guess = "a near match"
    state = State.REVIEWED if status in _MQ_REVIEWED else State.TRANSLATED
    yield Claim(state, guess, unit.get(f"{_MQ}lastchanginguser", ""))


def _trados(unit: Element) -> Iterator[Claim]:
    for segment in unit.iter(f"{SDL}seg", f"{EXPORTED}seg"):
        found = _studio(
            segment.get("conf"), segment.get("origin", ""), _percent(segment.get("percent"))
        )
        values = segment.iter(f"{SDL}value", f"{EXPORTED}value")
        by = next((one.text or "" for one in values if one.get("key") == "last_modified_by"), "")
        yield msgspec.structs.replace(found, by=by)
    if unit.get(f"{EXPORTED}conf") is not None:
        percent = _percent(unit.get(f"{EXPORTED}percent"))
        yield _studio(unit.get(f"{EXPORTED}conf"), unit.get(f"{EXPORTED}origin", ""), percent)


def _studio(conf: str | None, origin: str, percent: int) -> Claim:
    guess = ""
    if (conf or "").startswith("Rejected"):
        guess = "a rejected one"
    elif conf in _OPEN and origin in _MACHINES:
        guess = MACHINES
    elif conf in _OPEN and origin == "tm" and percent < _WHOLE:
        guess = "a near match"
    return Claim(State.REVIEWED if conf in _SDL_REVIEWED else State.TRANSLATED, guess)


def _phrase(unit: Element) -> Iterator[Claim]:
    confirmed = unit.get(f"{PHRASE}confirmed")
    if confirmed is None:
        return
    origin, score = unit.get(f"{PHRASE}trans-origin", ""), unit.get(f"{PHRASE}score", "")
    guess = ""
    if confirmed == "0" and origin.lower() in _MACHINES:
        guess = MACHINES
    elif confirmed == "0" and origin.lower() == "tm" and score.startswith("0"):
        guess = "a near match"
    yield Claim(State.TRANSLATED, guess)


def left_open(unit: Element) -> bool:
    """Whether a tool divided a sentence, and a part of it that has words has no translation."""
    before, after = _divided(unit, "seg-source"), _divided(unit, "target")
    return any(after.values()) and any(before[mid] and not after.get(mid) for mid in before)


def _divided(unit: Element, name: str) -> dict[str, str]:
    """Return the words of each part of a sentence, by the part's name."""
    whole = next((child for child in unit if local(child) == name), None)
    marks = () if whole is None else whole.iter("{*}mrk")
    return {
        mark.get("mid", ""): plain(Inlines().content(mark)).strip()
        for mark in marks
        if mark.get("mtype") == "seg"
    }


def _percent(value: str | None) -> int:
    """Return a percentage that a tool wrote; nothing or nonsense is 0."""
    return int(value) if value and value.isascii() and value.isdigit() else 0

"""A job: the texts, the language they go to, and the translations that there are already."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from faircopy.translation.boxes import NO_BOXES, Boxes
from faircopy.translation.codes import Content
from faircopy.translation.segments import SourceText


class State(StrEnum):
    """How far a translation is (XLIFF 2.1, section 4.3.1.29)."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


REVIEWED = frozenset({State.REVIEWED, State.FINAL})


class Target(msgspec.Struct, frozen=True):
    """The translation of one sentence."""

    content: Content
    state: State = State.TRANSLATED


class Offer(msgspec.Struct, frozen=True):
    """The translation of a sentence that was nearly the same, for a person to look at.

    ``likeness`` is in percent; ``source`` is what was translated then. An offer is never
    built into an edition.
    """

    likeness: int
    source: Content
    target: Content


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What an exchange form is written from.

    ``lang`` is the target language's tag, empty for a bundle of no language in particular;
    ``targets`` are known translations by the sentence's id, ``offers`` near ones; ``pages`` are
    those of the context PDF on which units begin, by the unit's id; ``boxes`` bound those that
    must fit; ``answers`` are what was answered to translators' questions, by the sentence's id.
    """

    text: SourceText
    lang: str = ""
    targets: Mapping[str, Target] = {}
    offers: Mapping[str, Offer] = {}
    pages: Mapping[str, int] = {}
    boxes: Boxes = NO_BOXES
    answers: Mapping[str, tuple[str, ...]] = {}

    @property
    def draft(self) -> bool:
        """Whether there are translations that nobody has reviewed."""
        return any(target.state not in REVIEWED for target in self.targets.values())

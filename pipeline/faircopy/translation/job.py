"""A job: the texts, the language they go to, and the translations that there are already."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from faircopy.core.model import Reviewed
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
"""States that claim a review; it is one when a named person stands behind it."""


class Signature(msgspec.Struct, frozen=True):
    """Who says that a sentence is reviewed, and on which day; without a name it is a claim."""

    by: str = ""
    date: str = ""


class Target(msgspec.Struct, frozen=True):
    """The translation of one sentence; ``machine`` says that one made it, and nobody touched it."""

    content: Content
    state: State = State.TRANSLATED
    machine: bool = False


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
    must fit; ``answers`` are what was answered to translators' questions, ``reviews`` who reviewed
    a translation, both by the sentence's id, and ``reviewed`` the same in sum; ``recalled`` are the
    sentences whose target only the memory has; where ``only`` is set no others are written.
    """

    text: SourceText
    lang: str = ""
    targets: Mapping[str, Target] = {}
    offers: Mapping[str, Offer] = {}
    pages: Mapping[str, int] = {}
    boxes: Boxes = NO_BOXES
    answers: Mapping[str, tuple[str, ...]] = {}
    reviews: Mapping[str, Signature] = {}
    reviewed: tuple[Reviewed, ...] = ()
    recalled: frozenset[str] = frozenset()
    only: frozenset[str] | None = None

    @property
    def draft(self) -> bool:
        """Whether there are translations that no named person has reviewed."""
        return any(id not in self.reviews for id in self.targets)

    def signature(self, id: str) -> Signature | None:
        """Return who reviewed a sentence; of a claim nobody, and None where there is none."""
        target = self.targets.get(id)
        claimed = target is not None and target.state in REVIEWED
        return self.reviews.get(id) or (Signature() if claimed else None)


class Manner(msgspec.Struct, frozen=True):
    """How a return is taken: the good sentences of one that has errors, terms as errors.

    ``machine`` says that it is what a machine translated, but for what a person has signed.
    """

    partial: bool = False
    strict: bool = False
    machine: bool = False

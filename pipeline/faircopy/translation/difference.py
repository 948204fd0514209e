"""What changed in a sentence, word by word, also where only its codes did: emphasis, a link."""

from __future__ import annotations

import difflib

from faircopy.translation import codes
from faircopy.translation.codes import Content
from faircopy.translation.segments import renumbered


def difference(old: Content, new: Content) -> str:
    """Return a sentence with the words that went in [-…-] and those that came in {+…+}.

    Codes stand at their words as ``<1>``, numbered in each from 1.
    """
    before, after = (codes.notation(renumbered(one)).split() for one in (old, new))
    out: list[str] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            out += after[c:d]
            continue
        out += [f"[-{' '.join(before[a:b])}-]"] if b > a else []
        out += [f"{{+{' '.join(after[c:d])}+}}"] if d > c else []
    return " ".join(out)

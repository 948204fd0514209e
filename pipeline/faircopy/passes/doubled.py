"""The same word twice running: a slip in one language, good style in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.languages import any_language, locale

_DOUBLED = re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.IGNORECASE)


def doubled(text: str, lang: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text that stand twice by a slip, both together; group 1 is the word.

    ``lang`` is the text's BCP 47 tag.
    """
    told = locale(lang).doubled
    if told.freely:
        return
    rightly = any_language().doubled.rightly | told.rightly
    for match in _DOUBLED.finditer(text):
        word = match[1].casefold()
        if word in told.wrongly or (not told.wrongly and word not in rightly):
            yield match

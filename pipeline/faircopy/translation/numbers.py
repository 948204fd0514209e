"""Numbers and addresses in two languages, compared whatever digits and separators they use."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[,.٬'’\u00a0\u202f ]\d{3})+(?!\d)")
_RUN = re.compile(r"\d+")
_ADDRESS = re.compile(r"https?://[^\s<>\"”»]+[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def runs(text: str) -> list[str]:
    """Return the runs of digits in a text in European digits; ``15,000`` is one, ``6,5`` two."""
    if not _RUN.search(text):
        return []
    digits = "".join(_european(char) for char in text)
    joined = _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), digits)
    return _RUN.findall(joined)


def _european(char: str) -> str:
    return str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the numbers of ``before`` that ``after`` has not, and the reverse.

    Where the digits together are the same, separators fell otherwise, and there is none.
    """
    old, new = runs(before), runs(after)
    if "".join(old) == "".join(new):
        return [], []
    missing, added = Counter(old) - Counter(new), Counter(new) - Counter(old)
    return sorted(missing.elements()), sorted(added.elements())


def addresses(text: str) -> list[str]:
    """Return the web and mail addresses in a text."""
    return _ADDRESS.findall(text) if "@" in text or "://" in text else []


def without_addresses(text: str) -> str:
    """Return a text with a space for each address in it."""
    return _ADDRESS.sub(" ", text) if "@" in text or "://" in text else text

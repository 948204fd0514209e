"""Words typed as if they were Markdown, and punctuation that is another script’s.

What a translator types is printed as it stands: no asterisk makes it bold, and nothing turns a
straight quotation mark or two hyphens where the source has none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.languages import locale
from faircopy.translation import characters

_MARKDOWN = re.compile(
    r"(?<![\w*])\*{1,3}(?=\S)[^*\n]{1,200}?(?<=\S)\*{1,3}(?![\w*])"
    r"|(?<![\w_])_{1,3}(?=\S)[^_\n]{1,200}?(?<=\S)_{1,3}(?![\w_])"
    r"|\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)|(?<!`)`[^`\n]{1,200}`(?!`)|\A#{1,6} "
)
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")
_STRAIGHT = re.compile(r"[\"']")
_ASCII_FOR = {
    "Arab": {",": "،", ";": "؛", "?": "؟"},
    "Hans": {",": "，", ";": "；", "?": "？", "!": "！", ".": "。"},
    "Hant": {",": "，", ";": "；", "?": "？", "!": "！", ".": "。"},
    "Jpan": {",": "、", "?": "？", "!": "！", ".": "。"},
}
"""What a script writes in place of the marks of Latin: CLDR’s exemplars of punctuation."""
_LATIN = ("Latn", "Cyrl", "Grek")
_FOREIGN = frozenset("،؛؟۔，；？！。、：")
"""What scripts of their own marks have, and those of Latin, Cyrillic and Greek have not."""


def markdown(before: str, after: str) -> Iterator[str]:
    """Yield what looks like Markdown in a translation, and not in its source."""
    for found in _MARKDOWN.finditer(after):
        if found[0] not in before and not _MARKDOWN.search(before):
            yield found[0]


def dashes(before: str, after: str) -> bool:
    """Whether a translation has hyphens in a row where its source has none."""
    return bool(_DASHES.search(after)) and not _DASHES.search(before)


def straight(before: str, after: str, lang: str) -> tuple[str, str] | None:
    """Return a straight mark in a translation that its source has not, and the language’s own.

    One of a measure or of code (6', 5") stands behind a digit, and is let pass.
    """
    for found in _STRAIGHT.finditer(after):
        behind_digit = after[: found.start()][-1:].isdigit()
        if not behind_digit and found[0] not in before:
            known = locale(lang)
            opened, closed = known.double if found[0] == '"' else known.single
            return found[0], closed if found[0] == "'" else f"{opened} {closed}"
    return None


def marks(before: str, after: str, lang: str) -> Iterator[tuple[str, str]]:
    """Yield each mark of another script behind a letter of its own, and what the script has."""
    script = characters.script(lang)
    own = _ASCII_FOR.get("Arab" if script == "Aran" else script, {})
    seen: set[str] = set()
    for letter, char, following in zip(after, after[1:], f"{after[2:]} ", strict=False):
        if char in seen or not letter.isalpha():
            continue
        if own and char in own and not letter.isascii() and not following.isalnum():
            seen.add(char)
            yield char, own[char]
        elif script in _LATIN and char in _FOREIGN and char not in before:
            seen.add(char)
            yield char, ""

"""Texts that stay as they are in another language of the same script: names, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from faircopy.languages import locale
from faircopy.translation.codes import Content

NAMED = frozenset({"author", "interviewee", "interviewer", "byline", "outlet"})
"""Roles of texts that are names."""

RIGHTS = "rights"

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|(?:[\w-]+\.)+[a-z]{2,6}(?:/\S*)?")
_EDGES = "()[]{}<>“”„‘’‚«»\"',;:!?."
_PARTICLE = (
    "al|and|av|bin|bint|da|das|de|del|dem|den|der|di|do|dos|du|el|et|ibn|la|le|of|the|und|van|von"
    "|y|zu|zum|zur"
)
_SMALL = re.compile(_PARTICLE)
_UNIT = re.compile("bn|[ckm]?m[²³]?|dB|ft|k?g|h|ha|kWh?|l|mg|min|ml|mph|s|t")
_DATE = re.compile(
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I"
)
"""Words that English writes with a capital and other languages in another way."""

_LOWER = "".join(filter(str.islower, map(chr, (*range(0x250), *range(0x370, 0x530)))))
_CAPITAL = rf"[^\W\d_{_LOWER}][^\W\d_]*(?:['’.-][^\W\d_]+)*"
_NAME = re.compile(rf"(?<=[\w,;] ){_CAPITAL}(?: (?:(?:{_PARTICLE}) )*{_CAPITAL})*")


class Names:
    """The proper names of a text: those that are settled, and what has a capital in mid-sentence.

    ``sentences`` are the text's, ``settled`` the names that are known, ``lang`` is the text's
    language. Nothing is looked at before somebody asks.
    """

    def __init__(
        self, sentences: Iterable[Content] = (), settled: Iterable[str] = (), lang: str = "en"
    ) -> None:
        self._sentences = sentences
        self._settled = settled
        self._lang = lang

    def stay(self, text: str, role: str) -> bool:
        """Whether a text of this role is nothing but names, numbers, units and addresses."""
        if role in NAMED:
            return True
        words = [word for token in text.split() for word in _words(token)]
        if role == RIGHTS:
            return all(word[0].isupper() or _SMALL.fullmatch(word) is not None for word in words)
        return all(_UNIT.fullmatch(word) or word.isupper() for word in words) or (
            " ".join(words) in self._found
        )

    @cached_property
    def _found(self) -> frozenset[str]:
        """The names, as words with a space between them."""
        settled = {_joined(name) for name in self._settled}
        if locale(self._lang).capital_nouns:  # a capital tells nothing there
            return frozenset(settled)
        lines = ["|".join(part for part in one if isinstance(part, str)) for one in self._sentences]
        small = {word for line in lines for word in _WORD.findall(line) if word[0].islower()}
        found = {_joined(name) for line in lines for name in _NAME.findall(line)}
        common = {name for name in found if name.lower() in small or _DATE.fullmatch(name)}
        return frozenset(settled | (found - common))


def _words(token: str) -> list[str]:
    """Return the words of what stands between two spaces; an address has none."""
    return [] if _ADDRESS.fullmatch(token.strip(_EDGES)) else _WORD.findall(token)


def _joined(name: str) -> str:
    return " ".join(_WORD.findall(name))

"""Words of the other direction in a piece of text: what holds together, what parts.

The classes of characters follow the bidirectional algorithm (UAX #9): a word of letters from
left to right takes the European numbers behind it along (W7) and what joins it to the next
(N1). What ends a phrase is left to the text around, unless it ends an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from faircopy.languages.tags import Direction

_RIGHT = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_LETTER = (
    "\u0591-\u05c7\u05d0-\u05f4\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u08ff"
    "\ufb1d-\ufd3d\ufd50-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_MARK = "\u0300-\u036f"
_LEFT_LETTER = rf"[^\W\d_{_RIGHT}¹²³¼½¾]"
_LEFT_SIGN = rf"[^\W{_RIGHT}]"
"""A letter, digit or low line."""

_SIGN = r"(?<![\w)\]])[+−-]"
"""A sign before a number; behind a letter it joins the two, as in a Hebrew date."""


class Kind(Enum):
    """What a stretch of text is to a run of foreign words."""

    WORD = auto()
    """Foreign letters: a run begins and ends with them."""
    NUMBER = auto()
    """Goes on with a run, but begins none."""
    SIGNED = auto()
    """A number whose sign would stand behind it: goes on with a run, or is one by itself."""
    GLUE = auto()
    """Joins two words, and belongs to neither side of a run."""
    SIGN = auto()
    """Punctuation: ends a run, but for within quotation marks."""
    NATIVE = auto()
    """Letters or marks of the text's own direction."""


_LEFT_PART = re.compile(
    rf"""(?P<word>
            (?:{_LEFT_LETTER}\.-?){{2,}}(?!{_LEFT_SIGN})           # U.S.
          | (?:(?:{_SIGN})?[$€£¥@\#]?[0-9](?:[0-9.,]*[0-9])?[-–/_.°]?   # 20th, 3-beta, −5°C
              |[$€£¥@\#])?                                         # @name
            {_LEFT_LETTER}
            (?:(?:{_LEFT_SIGN}|[{_MARK}.&/’'+@:=?\#%~–‑-]|,(?=[0-9]))*(?:{_LEFT_SIGN}|[{_MARK}]))?
            (?:\+{{1,2}}|\#)?                                      # C++, A+
        )
      | (?P<signed>
            (?<![\w)])\+[0-9](?:[\s().–/-]{{0,2}}[0-9]){{6,}}         # +972 2-540 0000
          | (?:{_SIGN})[$€£¥₪]?[0-9۰-۹](?:[0-9۰-۹.,:/–-]*[0-9۰-۹])?[%٪]?
        )
      | (?P<number>[0-9۰-۹](?:[0-9۰-۹.,:/–-]*[0-9۰-۹])?%?)
      | (?P<glue>\s+|[&+])
      | (?P<native>[{_RIGHT}]+)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_RIGHT_PART = re.compile(
    rf"""(?P<word>[{_RIGHT_LETTER}]+(?:["'’./&\u200c\u200d-]+[{_RIGHT_LETTER}]+)*[؟۔]?)
      | (?P<number>[٠-٩۰-۹](?:[٠-٩۰-۹.,٫٬:/–-]*[٠-٩۰-۹])?[%٪]?)
      | (?P<glue>\s+|[&+،؛]|[0-9](?:[0-9.,:/–-]*[0-9])?%?)
      | (?P<native>{_LEFT_LETTER}+)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_RIGHT_LETTERS = re.compile(rb"[\xd6-\xdf]|\xe0[\xa0-\xa3]|\xef[\xac-\xb7\xb9-\xbb]|\xf0[\x90\x9e]")
"""How letters written from the right begin in UTF-8; a few others begin so as well."""
_ABBREVIATED = re.compile(
    rf"(?:.*\W)?(?:{_LEFT_LETTER}|Mr|Mrs|Ms|Dr|Drs|St|Ste|Mt|Ft|Prof|Sr|Jr|No|Nos|Inc|Ltd|Co|Corp"
    r"|Bros|Gen|Col|Lt|Capt|Sgt|Gov|Sen|Rep|Rev|Hon|vs|vol|pp|ed|eds|al|ca|cf)"
)
"""Words whose full stop ends no sentence."""


def parts(text: str, native: Direction) -> Iterator[tuple[Kind, str]]:
    """Yield the stretches of a text of direction ``native``; together they are the text."""
    pattern = _LEFT_PART if native == "rtl" else _RIGHT_PART
    last = ""
    for found in pattern.finditer(text):
        kind = Kind[(found.lastgroup or "sign").upper()]
        if found[0] == "." and last and _ABBREVIATED.fullmatch(last):
            kind = Kind.GLUE
        last = found[0] if kind is Kind.WORD else ""
        yield kind, found[0]


def may_be_right(encoded: bytes) -> bool:
    """Say whether a text in UTF-8 may have letters that are written from the right."""
    return bool(_RIGHT_LETTERS.search(encoded))

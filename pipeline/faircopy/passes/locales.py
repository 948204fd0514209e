"""What differs from language to language: script, direction, quotation marks, dashes.

One row a locale. A language without a row of its own is set with the marks and labels of
``en-GB`` in the direction of its script.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from faircopy.core.model import Kind
from faircopy.passes import tags
from faircopy.passes.labels import LABELS, Labels


class Locale(msgspec.Struct, frozen=True, kw_only=True):
    """The conventions of one language.

    ``double`` and ``single`` are the opening and closing marks of the outer and the inner
    quotation; ``dash`` is the dash of a spaced parenthesis; ``numerals`` is the CSS counter
    style of folios.
    """

    tag: str
    script: tags.Script
    dir: tags.Direction = "ltr"
    double: tuple[str, str]
    single: tuple[str, str]
    dash: str = "–"
    decimal: str = "."
    numerals: Literal["decimal", "persian", "arabic-indic"] = "decimal"
    labels: Labels

    @property
    def language(self) -> str:
        """The primary language subtag, such as ``en``."""
        return tags.primary(self.tag)

    def genre(self, kind: Kind) -> str:
        """Return what this kind of manuscript is called."""
        labels = {
            Kind.INTERVIEW: self.labels.interview,
            Kind.ARTICLE: self.labels.article,
            Kind.BOOK: self.labels.book,
        }
        return labels[kind]


LOCALES: tuple[Locale, ...] = (
    Locale(
        tag="en-GB",
        script="Latn",
        double=("“", "”"),
        single=("‘", "’"),
        labels=LABELS["en"],
    ),
    Locale(
        tag="en-US",
        script="Latn",
        double=("“", "”"),
        single=("‘", "’"),
        dash="—",
        labels=LABELS["en"],
    ),
    Locale(
        tag="ru",
        script="Cyrl",
        double=("«", "»"),
        single=("„", "“"),
        dash="—",
        decimal=",",
        labels=LABELS["ru"],
    ),
    Locale(
        tag="kk",
        script="Cyrl",
        double=("«", "»"),
        single=("„", "“"),
        dash="–",
        decimal=",",
        labels=LABELS["kk"],
    ),
    Locale(
        tag="ur",
        script="Aran",
        dir="rtl",
        double=("“", "”"),
        single=("‘", "’"),
        numerals="persian",
        labels=LABELS["ur"],
    ),
    Locale(
        tag="ar",
        script="Arab",
        dir="rtl",
        double=("«", "»"),
        single=("“", "”"),
        decimal="٫",
        numerals="arabic-indic",
        labels=LABELS["ar"],
    ),
    Locale(
        tag="he",
        script="Hebr",
        dir="rtl",
        double=("״", "״"),
        single=("׳", "׳"),
        labels=LABELS["he"],
    ),
    Locale(
        tag="zh-Hans",
        script="Hans",
        double=("“", "”"),
        single=("‘", "’"),
        dash="——",
        labels=LABELS["zh"],
    ),
    Locale(
        tag="zh-Hant",
        script="Hant",
        double=("「", "」"),
        single=("『", "』"),
        dash="——",
        labels=LABELS["zh-Hant"],
    ),
    Locale(
        tag="fr",
        script="Latn",
        double=("«\u202f", "\u202f»"),
        single=("“", "”"),
        decimal=",",
        labels=LABELS["fr"],
    ),
    Locale(
        tag="de",
        script="Latn",
        double=("„", "“"),
        single=("‚", "‘"),
        decimal=",",
        labels=LABELS["de"],
    ),
    Locale(
        tag="tr",
        script="Latn",
        double=("“", "”"),
        single=("‘", "’"),
        decimal=",",
        labels=LABELS["tr"],
    ),
)

_FALLBACK = LOCALES[0]


def known(tag: str) -> bool:
    """Say whether a row of its own, or of its language, serves ``tag``."""
    return any(row.language == tags.primary(tag) for row in LOCALES)


def locale(tag: str) -> Locale:
    """Return the conventions of a BCP 47 tag: its row, that of its language and script or en-GB's.

    The row keeps the asked-for ``tag``. A script subtag (``kk-Latn``) overrides the row's
    script and direction.
    """
    row = next((row for row in LOCALES if row.tag.lower() == tag.lower()), None)
    kin = [row for row in LOCALES if row.language == tags.primary(tag)]
    row = row or next((row for row in kin if row.script == tags.script(tag, row.script)), None)
    row = row or next(iter(kin), None)
    if row is None:
        row = msgspec.structs.replace(_FALLBACK, script=tags.script(tag))
    script = tags.script(tag, row.script)
    return msgspec.structs.replace(row, tag=tag, script=script, dir=tags.direction(tag))

"""Dates in words, as each language writes them (Unicode CLDR, through Babel)."""

from __future__ import annotations

from datetime import date


def in_words(written: str, lang: str) -> str:
    """Return a date of ISO 8601 (a year, a month or a day) as ``lang`` (BCP 47) writes it.

    A language that CLDR does not know has the date as it is written.
    """
    from babel import Locale, UnknownLocaleError, dates  # 0.05 s, for who shows a date

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return written
    year, month, day = ([int(part) for part in written[:10].split("-")] + [1, 1])[:3]
    when = date(year, month, day)
    if len(written) < len("2026-02-05"):
        skeleton = "yMMMM" if len(written) > len("2026") else "y"
        words = dates.format_skeleton(skeleton, when, locale=locale)
    else:
        words = dates.format_date(when, "long", locale=locale)
    return str(words).replace("\u202f", "\u00a0")  # fonts have the narrow one more rarely

"""The style brief: how the target language sets quotations, numbers and the like."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from types import MappingProxyType

from faircopy.languages import Locale, locale
from faircopy.languages.tags import primary
from faircopy.translation.job import Job

NAME = "style.txt"

_DIGITS = MappingProxyType({"decimal": "", "persian": "۰۱۲۳۴۵۶۷۸۹", "arabic-indic": "٠١٢٣٤٥٦٧٨٩"})
_SCRIPTS = MappingProxyType({"kk": "Cyrillic", "sr": "Cyrillic", "uz": "Latin", "az": "Latin"})
"""Scripts of languages that are written in two, where the tag does not name one."""


def write(job: Job) -> bytes:
    """Return the conventions that the edition in the job's language follows."""
    lines = [
        f"How the edition in {job.lang} is set",
        "",
        *(_item(text) for text in _conventions(job.lang, locale(job.lang))),
    ]
    return ("\n".join(lines) + "\n").encode()


def _item(text: str) -> str:
    return textwrap.fill(text, 88, initial_indent="* ", subsequent_indent="  ")


def _conventions(lang: str, there: Locale) -> Iterator[str]:
    quotes, inner = there.double, there.single
    yield (
        f"Quotation marks: {quotes[0]}…{quotes[1]}, and within these {inner[0]}…{inner[1]}."
        " Where a code stands for quotation marks, the edition draws them; type none there."
    )
    yield f"Dash between words: {there.dash}   Decimal mark: {there.decimal}"
    digits = _DIGITS[there.numerals]
    yield (
        "Digits: as you write them; 0123456789 are safe everywhere."
        + (f" The edition counts its pages in {digits}." if digits else "")
        + " No number may change, only how it is written."
    )
    yield "Dates: in the order and with the names of months that are usual in the language."
    yield (
        "Names: the form that the language's own press uses; what the glossary has goes before"
        " it, and do-not-translate.txt before both. The same name is spelt the same everywhere;"
        " a name without a usual form is transliterated from its own language, not by way of"
        " another."
    )
    yield (
        "Register: that of the source. Titles and honorifics as a serious newspaper gives them;"
        " a quotation keeps its speaker's voice."
    )
    yield (
        f"“{there.labels.interview}”, “{there.labels.contents}” and other labels come by"
        " themselves."
    )
    script = _SCRIPTS.get(lang if "-" in lang else primary(lang))
    if script:
        yield f"Script: {script}. No letter of another alphabet may stand within a word."
    if there.dir == "rtl":
        yield (
            "The text runs from right to left. Type words and numbers in reading order; put no"
            " invisible marks of direction: the edition isolates foreign words by itself."
        )
    if there.script == "Aran":
        yield "The edition is set in Nastaliq; full stop ۔ comma ، question mark ؟."

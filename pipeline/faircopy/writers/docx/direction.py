"""Direction and script of runs: which are right to left, and in what language.

Word does not look at the letters: a run is set from right to left, in the complex-script font
and size, when it says ``w:rtl`` (ECMA-376, 17.3.2.30). So runs are divided where the script
changes. Their text stays the same, letter for letter.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from faircopy.languages.tags import direction, primary
from faircopy.writers.docx.ooxml import XML, Element, make, properties, put, q, value
from faircopy.writers.docx.setting import EAST_ASIAN, region

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LETTER = "A-Za-z\u00c0-\u02af\u0370-\u058f\u1e00-\u1fff"
_HAS_RTL = re.compile(f"[{_RTL}]")
_LTR_RUN = re.compile(rf"[{_LETTER}](?:[^{_RTL}]*[{_LETTER}\d])?")
_RTL_RUN = re.compile(rf"[{_RTL}](?:[^{_LETTER}]*[{_RTL}])?")


def mark(root: Element, *, rtl: bool) -> None:
    """Mark the direction of every run of a part.

    In a text that runs to the left everything is right to left but Latin, Greek and Cyrillic
    words; in a text that runs to the right only what is written in Arabic or Hebrew.
    """
    for run in list(root.iter(q("r"))):
        texts = run.findall(q("t"))
        words = "".join(text.text or "" for text in texts)
        if rtl or _HAS_RTL.search(words) or run.find(f"{q('rPr')}/{q('rtl')}") is not None:
            _mark_run(run, texts, rtl=rtl)
    for lang in root.iter(q("lang")):
        _right_attribute(lang)


def _mark_run(run: Element, texts: list[Element], *, rtl: bool) -> None:
    formats = properties(run, "rPr")
    given = formats.find(q("rtl"))
    base = rtl if given is None else value(given) not in ("0", "false", "off")
    only_text = len(texts) == 1 and len(run) == 2
    parts = list(segments(texts[0].text or "", rtl=base)) if only_text else [("", base)]
    for words, leftwards in reversed(parts[1:]):
        clone = copy.deepcopy(run)
        _set(clone, words, leftwards=leftwards)
        run.addnext(clone)
    _set(run, parts[0][0], leftwards=parts[0][1])


def _set(run: Element, words: str, *, leftwards: bool) -> None:
    formats = properties(run, "rPr")
    for old in formats.findall(q("rtl")):
        formats.remove(old)
    if leftwards:
        put(formats, make("rtl"))
    elif not len(formats):
        run.remove(formats)
    text = run.find(q("t"))
    if words and text is not None:
        text.text = words
        text.set(f"{{{XML}}}space", "preserve")


def segments(words: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Divide text into stretches of one direction; together they are the text again."""
    foreign = _LTR_RUN if rtl else _RTL_RUN
    at = 0
    for found in foreign.finditer(words):
        if found.start() > at:
            yield words[at : found.start()], rtl
        yield found.group(), not rtl
        at = found.end()
    if at < len(words) or not words:
        yield words[at:], rtl


def _right_attribute(lang: Element) -> None:
    """Pandoc writes every language as that of Latin text; Word has an attribute a script."""
    tag = value(lang)
    if not tag or lang.get(q("bidi")) or lang.get(q("eastAsia")):
        return
    if direction(tag) == "rtl":
        name = "bidi"
    elif primary(tag) in EAST_ASIAN:
        name = "eastAsia"
    else:
        return
    del lang.attrib[q("val")]
    lang.set(q(name), region(tag))

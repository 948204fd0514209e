"""Cut a unit of text into sentences, without losing or moving anything.

The rules are those of sentencex (Wikimedia), with the exceptions that a language's file lists. A
cut falls between the inlines of a unit, never inside emphasis, a link, a quotation, a formula or
code: sentences that share one stay together. The only inline that is ever cut is ``Str``, in
scripts that set no space after a full stop (Chinese, Japanese).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec
import sentencex

from faircopy.core.ast import (
    Attr,
    Blocks,
    Code,
    Header,
    Inline,
    Inlines,
    LineBreak,
    Math,
    Node,
    Note,
    Omit,
    RawInline,
    SoftBreak,
    Space,
    Span,
    Str,
    joined,
    rewrite,
    text,
)
from faircopy.languages import locale
from faircopy.languages.ends import WIDE
from faircopy.languages.language import Sentences
from faircopy.passes import enumerations

_GAPS = (Space, SoftBreak, LineBreak)
_WIDE = re.compile(f"[{WIDE}]")
_WIDE_STOP = re.compile(rf"[{WIDE}][」』）〉》】”’\"'\s]*\Z")
_CLOSING = tuple("」』）〉》”’")
_TITLES = ("》", "〉")
_QUOTED = tuple("」』”’»“\"'")
_AFTER_SAID = r"(?:[，。；！？,.;!?।—–]|\Z)"
_OPENERS = "([{«‹“„‚‘\"'¿¡—–- \u00a0"
_LAST_WORD = re.compile(r"[^\s’']+\Z")  # of French “l’art.” that is “art.”
_NAMES = re.compile(r"(?:[^\W\d_]{1,2}\.-)+[^\W\d_]{1,2}\.|(?:[^\W\d_]\.){2,}|(?:\w{1,5}۔){2,}")
"""Several initials in a word: “J.-L.”, “А.С.”, “ایم۔اے۔”."""

_ROMAN = r"(?=[VX]\b|[IVXLC]{2})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b"
"""Roman numerals from 2 to 99; not I, which is a word in English."""

_NUMBER = re.compile(rf"\d|{_ROMAN}")
_COUNTED = re.compile(rf"(?:\d{{1,3}}|{_ROMAN})\.")
_ORDINAL = re.compile(r"(\S+)\s+\d{1,2}\.\Z")
_INITIAL = re.compile(r"(?:\A|(\S+)\s+)[^\W\d_]\.\Z")
_WORD_AND_NEXT = re.compile(r"(?<!\S)(\S*[^\W\d_]\.)\s+(?=(\S+))")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a unit and the white space behind it.

    ``id`` is the unit's id followed by ``.s1``, ``.s2`` …; ``gap`` is empty after the last
    sentence, and in scripts without spaces.
    """

    id: str
    inlines: Inlines
    gap: Inlines


def sentences(unit_id: str, inlines: Inlines, lang: str) -> tuple[Sentence, ...]:
    """Cut the inlines of one unit into sentences.

    ``lang`` is a BCP 47 tag; a language unknown to sentencex is cut by its fallbacks. Footnotes
    stay with the sentence they stand in. Joining the inlines and gaps of the result gives
    ``joined(inlines)``.
    """
    items = joined(inlines)
    ends = _ends("".join(map(_shown, items)), lang.partition("-")[0].lower())
    if not ends:
        return (Sentence(f"{unit_id}.s1", items, ()),) if items else ()
    parts = _group(_split_wide(items, ends), ends)
    return tuple(
        Sentence(f"{unit_id}.s{number}", body, gap)
        for number, (body, gap) in enumerate(parts, start=1)
    )


def count(words: str, lang: str) -> int:
    """Return how many sentences a plain text has; there is one in a text without an end."""
    return len(_ends(words, lang.partition("-")[0].lower())) + 1


def mark(blocks: Blocks, lang: str) -> Blocks:
    """Wrap each sentence of every unit that has more than one in ``Span.sentence`` with its id.

    Units are ``Span.unit`` and headings with an id; those inside footnotes count as well.
    """

    def change(node: Node) -> Node:
        match node:
            case Span((attr, inlines)) if "unit" in attr.classes:
                return Span((attr, _marked(attr.id, inlines, lang)))
            case Header((level, attr, inlines)) if attr.id:
                return Header((level, attr, _marked(attr.id, inlines, lang)))
        return node

    return rewrite(blocks, change)


def _marked(unit_id: str, inlines: Inlines, lang: str) -> Inlines:
    match inlines:
        case (Span((attr, inner)),) if attr.get("dir") and not attr.id:
            return (Span((attr, _marked(unit_id, inner, lang))),)  # wholly in another direction
    found = sentences(unit_id, inlines, lang)
    if len(found) < 2:
        return inlines
    out: list[Inline] = []
    for sentence in found:
        out.append(Span((Attr(sentence.id, ("sentence",)), sentence.inlines)))
        out.extend(sentence.gap)
    return tuple(out)


def _shown(item: Inline) -> str:
    """Return what the segmenter shall see of an inline: words, or a stand-in for code."""
    match item:
        case Str(c):
            return c
        case Space() | SoftBreak() | LineBreak():
            return " "
        case Note() | RawInline():
            return ""
        case Code() | Math():
            return "code"
        case Span((attr, _)) if "speaker" in attr.classes:
            return ""
    return text(item, Omit.NOTES).replace("\n", " ")


@functools.lru_cache(maxsize=4096)
def _ends(shown: str, lang: str) -> frozenset[int]:
    """Return the offsets at which a sentence ends and another follows.

    Each edition of a text asks this of the same units, and a preview after every save.
    """
    if not shown.strip():
        return frozenset()
    known = locale(lang).sentences
    listed = enumerations.starts(shown) if known.lists else ()
    out: list[int] = []
    start = 0
    for end, following in _candidates(shown, lang):
        wide = _is_wide(shown[:end])
        if not _runs_on(shown[max(start, end - 60) : end].strip(), following, lang):
            start = end + len(following) - len(following.lstrip()) if wide else end
            out.append(start)
    return enumerations.cut(shown, out, listed)


def _candidates(shown: str, lang: str) -> Iterator[tuple[int, str]]:
    """Yield where a sentence may end, and what follows there."""
    known = locale(lang).sentences
    offset = 0
    for part, following in pairwise([*sentencex.segment(lang, shown), ""]):
        for inside in _unseen(part, known):
            yield offset + inside, part[inside:]
        words = part.rstrip()
        end = offset + len(words)
        offset += len(part)
        closing = len(following) - len(following.lstrip("".join(_CLOSING)))
        if words == part and closing:  # the marks that close belong to what they close
            yield end + closing, following[closing:]
        elif words and following and (_ends_words(part, following) or _is_wide(words)):
            yield end, following


def _ends_words(part: str, following: str) -> bool:
    """Whether a word ends where a part does: not within “J.-L.”."""
    return part != part.rstrip() or following[0].isspace()


def _unseen(part: str, known: Sentences) -> Iterator[int]:
    """Yield ends within what sentencex takes for one sentence: an abbreviation, it thinks."""
    for found in _WORD_AND_NEXT.finditer(part):
        word, next = found[1].lower().lstrip(_OPENERS), found[2]
        counted = word.rstrip(".") in known.complete and next[0].isdigit()
        ended = word in known.may_end and next[0].isupper()
        if counted or (ended and next.rstrip(",;:?!").lower() in known.starts):
            yield found.end(1)


def _runs_on(before: str, following: str, lang: str) -> bool:
    """Whether the sentence ``before`` goes on behind this supposed end."""
    start = following.strip().lstrip(_OPENERS).strip()
    if not start or start[0].islower() or _COUNTED.fullmatch(before):
        return True
    known = locale(lang).sentences
    following_word = start.split(maxsplit=1)[0]
    begins = following_word.rstrip(",;:?!").lower() in known.starts
    word = _LAST_WORD.search(before)
    last = word.group().lstrip(_OPENERS) if word else ""
    if begins and last.lower() in known.may_end:
        return False
    if _NAMES.fullmatch(last) or _is_initial(last):
        return True
    if _is_quoted(before, start, known) or _goes_on_by_dots(before, known):
        return True
    neighbours = {*before.split()[-2:-1], following_word}
    return (
        last.lower() in known.always
        or (last.lower() in known.before_number and bool(_NUMBER.match(start)))
        or (not begins and _is_ordinal(before, following_word.rstrip(",;:.").lower(), known))
        or (not begins and _is_first_name(before, known))
        or (last in known.letters and not known.letters.isdisjoint(neighbours))
    )


def _is_quoted(before: str, following: str, known: Sentences) -> bool:
    """Whether a sentence ends within a quotation or a title alone: 「…？」と, “……？”他问."""
    if before.endswith(_TITLES):
        return True
    if before.endswith((*_CLOSING, *known.names)) and following.startswith(known.goes_on):
        return True
    if not known.said or not before.endswith(_QUOTED):
        return False
    verbs = "|".join(map(re.escape, known.said))
    ahead = r"[^，。：；！？“”]{0,8}?" if _is_wide(before) else r"(?:[^\s,.:;!?]+\.?\s+){0,3}?"
    return re.match(rf"{ahead}(?:{verbs}){_AFTER_SAID}", following) is not None


def _is_wide(text: str) -> bool:
    return _WIDE_STOP.search(text[-8:]) is not None


def _goes_on_by_dots(before: str, known: Sentences) -> bool:
    """Whether dots are no end: where another mark is the full stop, they are a pause."""
    return not known.stop.startswith(".") and before.endswith(("...", "…"))


def _is_first_name(before: str, known: Sentences) -> bool:
    """Whether a text ends with the initial of a name: at its start, or by the word before it."""
    found = _INITIAL.search(before)
    if found is None or not known.before_initial:
        return False
    return found[1] is None or found[1].endswith(".") or found[1].lower() in known.before_initial


def _is_ordinal(before: str, following: str, known: Sentences) -> bool:
    """Whether a text ends with a number that its stop makes an ordinal, by the words around it."""
    found = _ORDINAL.search(before)
    return found is not None and (
        found[1].lower() in known.before_ordinal or following in known.after_ordinal
    )


def _is_initial(word: str) -> bool:
    """Whether a word is one letter and a stop: an initial, in Arabic a title as well.

    Those in Latin letters are left to sentencex, which tells “J. Smith” from “Plan B.”.
    """
    if len(word) != 2 or word[1] not in ".۔" or not word[0].isalpha() or word[0].islower():
        return False
    return not unicodedata.name(word[0], "").startswith("LATIN")


def _split_wide(items: Inlines, ends: frozenset[int]) -> Iterator[tuple[Inline, int]]:
    """Yield the items with their offsets, with each ``Str`` cut at the full-width stops in it."""
    offset = 0
    for item in items:
        width = len(_shown(item))
        if isinstance(item, Str) and _WIDE.search(item.c):
            inside = [end for end in ends if offset < end < offset + width]
            wide = sorted(n - offset for n in inside if _WIDE_STOP.search(item.c[: n - offset]))
            for start, end in zip([0, *wide], [*wide, width], strict=True):
                yield Str(item.c[start:end]), offset + start
        else:
            yield item, offset
        offset += width


def _group(
    items: Iterable[tuple[Inline, int]], ends: frozenset[int]
) -> list[tuple[Inlines, Inlines]]:
    """Collect the items of each sentence and the white space behind it."""
    out: list[tuple[Inlines, Inlines]] = []
    body: list[Inline] = []
    gap: list[Inline] = []
    seen = ""
    for item, offset in items:
        if isinstance(item, _GAPS) and (gap or (body and offset in ends)):
            gap.append(item)
            continue
        if gap or (body and offset in ends and _shown(item) and _WIDE_STOP.search(seen)):
            out.append((tuple(body), tuple(gap)))
            body, gap = [], []
        body.append(item)
        seen = (seen + _shown(item))[-8:]
    out.append((tuple(body), ()))
    if gap:  # white space at the very end belongs to the last sentence
        out[-1] = (out[-1][0] + tuple(gap), ())
    return out

"""Checks of a returned sentence: codes are errors, what looks odd is a warning.

Codes are compared as a multiset: another language may need another order (sphinx#3985).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import TypeGuard

import msgspec

from faircopy.core import ast
from faircopy.core.diagnostics import Severity
from faircopy.languages import locale
from faircopy.languages.tags import primary
from faircopy.passes.doubled import doubled
from faircopy.translation import characters, codes, marks, numbers, typed
from faircopy.translation.codes import Codes, Content, Kind, Tag
from faircopy.translation.moved import NO_MOVES, Moves
from faircopy.translation.names import Names
from faircopy.translation.segments import HEADINGS, likeness

NO_NAMES = Names()


class Pair(msgspec.Struct, frozen=True, dict=True):
    """A source sentence and its translation, as the checks see them.

    ``boxed`` says that its unit's length is measured, and needs no rule of thumb; ``names`` are
    those of the whole text; ``moves`` are the codes that stand in other sentences of its unit.
    """

    source: Content
    target: Content
    codes: Codes
    role: str
    source_lang: str
    lang: str
    boxed: bool = False
    names: Names = NO_NAMES
    moves: Moves = NO_MOVES

    @cached_property
    def before(self) -> str:
        """The source's words."""
        return codes.plain(self.source)

    @cached_property
    def after(self) -> str:
        """The translation's words."""
        return codes.plain(self.target)


class Problem(msgspec.Struct, frozen=True):
    """What a check says of a pair."""

    check: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.WARNING


def check(pair: Pair) -> Iterator[Problem]:
    """Yield what is wrong or odd with a translation. Words are not judged in bad codes.

    What is left of a code that nobody could read looks like a number, or hides the words' end.
    """
    wrong = list(check_codes(pair))
    yield from wrong
    for rule in () if wrong else RULES:
        yield from rule(pair)


def check_codes(pair: Pair) -> Iterator[Problem]:
    """Yield the codes that are missing, invented, doubled or badly nested."""
    have = Counter(codes.tags(pair.target))
    own = Counter(codes.tags(pair.source))
    want = own - Counter(pair.moves.gone) + Counter(pair.moves.come)
    for tag in _whole(want - have):
        yield Problem(
            "codes",
            f"{_shown(tag)} is missing: {_meaning(tag, pair)}",
            _remedy(tag, pair),
            Severity.ERROR,
        )
    for tag in _whole(have - want):
        known = tag.id in pair.codes and tag in want
        yield Problem(
            "codes",
            f"{_shown(tag)} is there too often" if known else f"{_shown(tag)} is not in the source",
            _spare(tag, pair),
            Severity.ERROR,
        )
    if have == want:
        try:
            codes.decode(pair.target, pair.codes)
        except codes.Unbalanced as error:
            yield Problem(
                "codes",
                f"{_shown(error.tag)} does not close where it was opened",
                "A pair of codes begins and ends within the same other pair, or outside of it.",
                Severity.ERROR,
            )
            return
    emptied = (_empty(pair.target) - _empty(pair.source)) & set(own)
    for tag in sorted(emptied, key=lambda tag: tag.id.zfill(6)):
        yield Problem(
            "codes",
            f"{_shown(tag)} stands around nothing: {_meaning(tag, pair)}",
            "Put it around the words that it belongs to.",
            Severity.ERROR,
        )


def _spare(tag: Tag, pair: Pair) -> str:
    """Return what to do about a code too many, without asking for one of the source's to go."""
    shown = _shown(tag)
    if tag.id in pair.codes:
        name = codes.describe(pair.codes[tag.id])
        return (
            f"It stands for: {name}. The paragraph keeps it once, in the sentence where your"
            " language has it; it may move to another sentence of the paragraph."
        )
    return f"Write the number that the source has in place of {shown}; each of its codes stays."


def _empty(content: Content) -> set[Tag]:
    """Return the tags that open a pair without a word or a point in it."""
    found: set[Tag] = set()
    opened: list[Tag] = []
    for part in content:
        if isinstance(part, Tag) and part.kind is Kind.OPEN:
            opened.append(part)
            found.add(part)
        elif isinstance(part, Tag) and part.kind is Kind.CLOSE:
            opened = [tag for tag in opened if tag.id != part.id]
        elif isinstance(part, Tag) or part.strip():
            found -= set(opened)
    return found


def _whole(found: Counter[Tag]) -> list[Tag]:
    """Return tags by number; of a pair of which both ends are there, the opening alone."""
    ends = {tag for tag in found if tag.kind is Kind.CLOSE and Tag(tag.id, Kind.OPEN) in found}
    return sorted(set(found) - ends, key=lambda tag: (tag.id.zfill(6), tag.kind))


def _shown(tag: Tag) -> str:
    slash = {Kind.OPEN: "<{}>", Kind.CLOSE: "</{}>", Kind.POINT: "<{}/>"}
    return slash[tag.kind].format(tag.id)


def _remedy(tag: Tag, pair: Pair) -> str:
    """Return what to do about a code that is missing, with what was written in its place."""
    whole = f"<{tag.id}>…</{tag.id}>" if tag.kind is not Kind.POINT else f"<{tag.id}/>"
    found = {mark.written for mark in marks.doubtful(pair.target) if mark.id == tag.id}
    if found:
        written = " and ".join(f"“{mark}”" for mark in sorted(found))
        return f"Write {whole}, exactly so: the edition would print {written}."
    if isinstance(pair.codes[tag.id], ast.Quoted) and characters.quoted(pair.after):
        return f"Write {whole} for the quotation marks: the edition draws those of your language."
    return "Put it where it belongs in your language."


def _meaning(tag: Tag, pair: Pair) -> str:
    name = codes.describe(pair.codes[tag.id])
    if tag.kind is Kind.POINT:
        return name
    start = pair.source.index(Tag(tag.id, Kind.OPEN))
    end = pair.source.index(Tag(tag.id, Kind.CLOSE))
    return f"{name} around “{codes.plain(pair.source[start:end])}”"


# --- words -------------------------------------------------------------------------------------


def _identical(pair: Pair) -> Iterator[Problem]:
    translatable = any(char.islower() for char in pair.before)
    same = likeness(pair.source) == likeness(pair.target)
    if not (same and translatable) or primary(pair.lang) == primary(pair.source_lang):
        return
    one_script = characters.script(pair.lang) == characters.script(pair.source_lang) != ""
    if not (one_script and pair.names.stay(pair.before, pair.role)):
        yield Problem("identical", "the translation is the source itself")


def _numbers(pair: Pair) -> Iterator[Problem]:
    """Yield the numbers that are others; those in addresses are told with the address."""
    before, after = (numbers.without_addresses(words) for words in (pair.before, pair.after))
    yield from _others("numbers", "", *numbers.difference(before, after))


def _addresses(pair: Pair) -> Iterator[Problem]:
    before, after = numbers.addresses(pair.before), numbers.addresses(pair.after)
    missing = [address for address in before if address not in pair.after]
    added = [address for address in after if address not in pair.before]
    yield from _others("addresses", "the address ", missing, added)


def _others(check: str, what: str, missing: list[str], added: list[str]) -> Iterator[Problem]:
    """Yield in one sentence what is missing of the source and what stands there instead."""
    here, there = ", ".join(added), ", ".join(missing)
    if missing and added:
        yield Problem(check, f"{what}{here} stands where the source has {there}")
    elif missing:
        yield Problem(check, f"{what}{there} of the source is not in the translation")
    elif added:
        yield Problem(check, f"{what}{here} is not in the source")


def _ending(pair: Pair) -> Iterator[Problem]:
    before, after = (
        characters.ending(words, lang)
        for words, lang in ((pair.before, pair.source_lang), (pair.after, pair.lang))
    )
    unmarked = after == characters.NO_MARK and not locale(pair.lang).sentences.stop
    introduces = (before, after) == (characters.NO_MARK, "a colon")  # the list that follows
    if before != after and pair.after.strip() and not (unmarked or introduces):
        yield Problem("ending", f"the source ends with {before}, the translation with {after}")


def _brackets(pair: Pair) -> Iterator[Problem]:
    before, after = characters.brackets(pair.before), characters.brackets(pair.after)
    for kind in before:
        opened, closed = after[kind]
        if opened != closed and before[kind][0] == before[kind][1]:
            yield Problem("brackets", f"{opened} “{kind[0]}” but {closed} “{kind[1]}”")


def _scripts(pair: Pair) -> Iterator[Problem]:
    for word in characters.mixed_words(pair.after):
        if word not in pair.before.split():
            spelt = ", ".join(characters.odd_letters(word))
            yield Problem("mixed-script", f"“{word}” mixes alphabets: {spelt}")
    if characters.foreign(pair.after, pair.lang) and len(pair.before.split()) > 3:
        yield Problem("script", f"no letter of the translation is of the script of {pair.lang}")


def _characters(pair: Pair) -> Iterator[Problem]:
    for char, severity in characters.forbidden(pair.after):
        if char not in pair.before:
            name = characters.name(char)
            yield Problem("characters", f"{name} is in the translation", "Take it out.", severity)
    if message := characters.bidi(pair.after):
        yield Problem("bidi", message)


def _quotes(pair: Pair) -> Iterator[Problem]:
    for at, part in enumerate(pair.target):
        if not isinstance(part, Tag) or not isinstance(pair.codes.get(part.id), ast.Quoted):
            continue
        outer = pair.target[at - 1 : at] if part.kind is Kind.OPEN else pair.target[at + 1 : at + 2]
        inner = pair.target[at + 1 : at + 2] if part.kind is Kind.OPEN else pair.target[at - 1 : at]
        start = part.kind is Kind.OPEN
        if characters.quoted_edge(outer, not start) or characters.quoted_edge(inner, start):
            yield Problem(
                "quotes",
                f"a quotation mark stands beside {_shown(part)}, which draws one",
                "Take out the quotation mark that was typed.",
            )


def _typed(pair: Pair) -> Iterator[Problem]:
    """Yield what is typed as Markdown or on a typewriter, and is printed as it stands."""
    for written in typed.markdown(pair.before, pair.after):
        yield Problem(
            "markdown",
            f"“{written}” looks like Markdown, and is printed as it stands",
            "Take its marks out; what is bold or a link in the source has a code for it.",
        )
    if typed.dashes(pair.before, pair.after):
        yield Problem("typed", "two hyphens stand for a dash", "Type the dash: – or —.")
    if found := typed.straight(pair.before, pair.after, pair.lang):
        yield Problem("typed", f"a straight {found[0]} is in the translation", f"Type {found[1]}.")
    for mark, own in typed.marks(pair.before, pair.after, pair.lang):
        remedy = f"Type {own}." if own else "Type that of your language."
        yield Problem("marks", f"“{mark}” is a mark of another script", remedy)


def _length(pair: Pair) -> Iterator[Problem]:
    lowest, highest = characters.length_range(pair.lang, pair.source_lang)
    before, after = len(pair.before.strip()), len(pair.after.strip())
    if before >= 40 and not lowest <= after / before <= highest:
        yield Problem("length", f"{after} characters stand for {before} of the source")
    elif pair.role in HEADINGS and not pair.boxed and after > characters.longest_heading(before):
        yield Problem("length", f"a heading of {after} characters stands for one of {before}")


def _sentences(pair: Pair) -> Iterator[Problem]:
    """Yield a difference of more than one: two sentences may stand for one, and one for two."""
    after = characters.sentence_count(pair.after, pair.lang)
    before = characters.sentence_count(pair.before, pair.source_lang)
    if abs(after - before) > 1:
        yield Problem("sentences", f"{after} sentences stand for {before} of the source")


def _words(pair: Pair) -> Iterator[Problem]:
    for found in doubled(pair.after, pair.lang):
        yield Problem("doubled", f"“{found[0]}” stands there twice")
    if "  " in pair.after.strip() and "  " not in pair.before.strip():
        yield Problem("spaces", "there are two spaces in a row")
    for tag in sorted(_inner_spaces(pair.target) - _inner_spaces(pair.source), key=_shown):
        yield Problem("spaces", f"a space stands inside of {_shown(tag)}", "Put it outside.")


def _left(pair: Pair) -> Iterator[Problem]:
    """Yield words of the source, several in a row, that stand in the translation as they are."""
    if primary(pair.lang) == primary(pair.source_lang) or pair.before == pair.after:
        return
    before, after = _of_language(pair).split(), pair.after.split()
    if len(before) > _LONG or len(after) > _LONG:
        return
    bare, other = ([word.strip(_EDGES) for word in words] for words in (before, after))
    matcher = SequenceMatcher(None, bare, other, autojunk=False)
    at, _, length = matcher.find_longest_match()
    run = before[at : at + length]
    small = [word for word in bare[at : at + length] if word.isalpha() and word.islower()]
    if len(small) >= _LEFT or (len(small) >= 3 and length == len(before)):
        yield Problem(
            "source-left",
            f"“{' '.join(run)}” of the source stands in the translation",
            "Translate it or take it out.",
        )


def _of_language(pair: Pair) -> str:
    """Return the source's words without those in another language, titles and code."""
    out: list[str] = []
    apart: list[str] = []
    for part in pair.source:
        if isinstance(part, str):
            out.append(" | " if apart else part)
        elif part.kind is Kind.OPEN:
            node = pair.codes.get(part.id)
            if apart or (isinstance(node, ast.Span) and node.attr.get("lang")):
                apart.append(part.id)
        elif part.kind is Kind.CLOSE and apart:
            apart.pop()
    return "".join(out)


_EDGES = ".,;:!?…()[]“”‘’„«»\"'"
_LEFT = 4
"""Words in lower case, one after another, that no two languages share."""
_LONG = 2_000
"""Words of a sentence up to which it is compared word by word."""


def _inner_spaces(content: Content) -> set[Tag]:
    """Return the tags of pairs with a space between them and the words inside."""
    around = list(pairwise(("", *content, "")))
    opened = {a for a, b in around if _is(a, Kind.OPEN) and isinstance(b, str) and b[:1] == " "}
    closed = {b for a, b in around if _is(b, Kind.CLOSE) and isinstance(a, str) and a[-1:] == " "}
    return opened | closed


def _is(part: str | Tag, kind: Kind) -> TypeGuard[Tag]:
    return isinstance(part, Tag) and part.kind is kind


RULES: tuple[Callable[[Pair], Iterator[Problem]], ...] = (
    _identical,
    _numbers,
    _addresses,
    _ending,
    _brackets,
    _scripts,
    _characters,
    _quotes,
    _typed,
    _length,
    _sentences,
    _words,
    _left,
)
"""Every rule about words."""

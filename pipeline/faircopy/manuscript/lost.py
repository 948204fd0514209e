"""Words of the manuscript's text that are nowhere in the tree: pandoc passed over them in silence.

A row with more cells than its table's head, an address that no link refers to, a word that the
edge of a column cuts: the text's words are counted against the tree's, which costs little; only
where one is missing is its place looked for. Marks that pandoc understands (names of notes, tags,
attributes, a list's numbers) are no words.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript.finder import short
from faircopy.manuscript.source import Source

_WORD = re.compile(r"[^\W_]+|[^\w\s\x00-\x7f“”„‟‘’‚‛«»]")
"""A run of letters and digits, or a sign that is not of ASCII; quotation marks become nodes."""

_NUMBERS = r"(?:[ \t>:~*+-]*\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|@[\w-]*)[.)](?=\s|$))+"
"""Numbers of lists, one in another."""

_BEGINNINGS = re.compile(
    r"(?m)^[ \t>]*\[(?://|comment)\]:[^\n]*"  # an address in whose place some put remarks
    r"|^[ \t>]*\[[^\]\n]+\]:"  # an address's name
    r"|^[ \t>]*[Tt]able:"  # before a caption
    rf"|^{_NUMBERS}"
)
_MARKS = re.compile(
    r"(?s)\[\^[^\[\]\s]+\]"  # a note's name
    r"|(?:`{3,}|~{3,})[^\S\n]*[\w+#.-]+"  # a language of code, whose capitals pandoc makes small
    r"|\]\[[^\]\n]*(?:\n[^\]\n]+)?\]"  # the name of a link's address
    r"|\]\((?:<[^<>\n]*>|[^]()\"'\n]*(?:\n[^]()\"'\n]+(?=\)))?)"  # an address
    r"|\[[xX]\](?=\s)"  # a task's box
    r"|<!--(?:(?!<!--).)*?-->|</?[A-Za-z][^<>]*>"  # HTML
    r"|\{\s*(?:[#.]|-\s*\}|=\w|[\w:-]+=)[^{}]*\}"  # attributes
    r"|@[\w-]+"  # a work's or an example's name
    r"|\\[^\W_]+"  # TeX, whose macros pandoc carries out
    rf"|\|{_NUMBERS}"
)
_ENTITY = re.compile(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});")
_MOST = 50
"""Findings that are told; who has more has one cause for them."""

_DELIMITER = re.compile(r"[ \t>]*[|:+-][ \t|:+-]*-[ \t|:+-]*$")
_CELL = re.compile(r"(?:\\.|`[^`]*`|[^|])+")
_ADDRESS = re.compile(r"[ \t>]*(\[(?!\^)[^\]\n]+\]):")
_ADDRESSES = re.compile(rf"\n{_ADDRESS.pattern}")
_ADDRESS_LINE = re.compile(rf"(?m)^{_ADDRESS.pattern}[^\n]*")
_NOTE = re.compile(r"[ ]{0,3}\[\^[^\]\s]+\]:")


def texts(blocks: Blocks) -> str:
    """Return every text of a tree, one a line: words, code, raw markup, addresses, attributes.

    Not the ids of headings, which pandoc makes of their words, nor the names of its kinds.
    """
    return "\n".join(_texts(blocks))


def words(source: Source, there: str) -> Iterator[Diagnostic]:
    """Find the words of a text that are not in ``there``, the texts of pandoc's tree of it."""
    text = source.text[: source.body] + _without_marks(source.text[source.body :])
    read = _WORD.findall(there)
    missing = Counter(_WORD.findall(text, source.body))
    missing.subtract(Counter(read))
    missing = +missing
    if missing:
        found = [*_WORD.finditer(text, source.body)]
        rows = source.text.split("\n")
        lost = sorted(_lost(found, _in_addresses(found, source.text), read, missing))
        runs = [*itertools.islice(_runs(lost, found, source.text), _MOST)]
        yield from _told(source, rows, runs)


def _without_marks(text: str) -> str:
    """Return a text with the marks that pandoc understands blanked out, letter for letter."""
    text = _MARKS.sub(_blank, _BEGINNINGS.sub(_blank, text))
    return _without_entities(text) if "&" in text else text


def _without_entities(text: str) -> str:
    """Blank out entities, each with the letters beside it, which are one word with it."""
    parts, done = [], 0
    for found in _ENTITY.finditer(text):
        start, end = max(found.start(), done), found.end()
        while start > done and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        parts += [text[done:start], " " * (end - start)]
        done = end
    return "".join((*parts, text[done:]))


def _texts(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind is str:
            yield item  # type: ignore[misc]
        elif kind is tuple:
            stack += reversed(item)  # type: ignore[call-overload]
        elif kind is ast.Space:
            continue
        elif kind is ast.Str:
            yield item.c  # type: ignore[attr-defined]
        elif isinstance(item, ast.Header | ast.Cite):
            stack.append(item.inlines)
        elif isinstance(item, Attr):
            stack += [item.attributes, item.classes]
        elif isinstance(item, msgspec.Struct) and item.__struct_fields__ != ("t",):
            stack += [getattr(item, name) for name in reversed(item.__struct_fields__)]


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _in_addresses(found: Sequence[re.Match[str]], text: str) -> list[bool]:
    """Return of each word whether it is one of the lines that say a link's address."""
    lines = iter([*(match.span() for match in _ADDRESS_LINE.finditer(text)), (len(text), 0)])
    start, end = next(lines)
    said = []
    for word in found:
        while word.start() >= end and end:
            start, end = next(lines)
        said.append(start <= word.start() < end)
    return said


def _lost(
    found: Sequence[re.Match[str]],
    addresses: Sequence[bool],
    order: Sequence[str],
    missing: Counter[str],
) -> Iterator[int]:
    """Yield which of the text's words are missing: of equal ones, those with other neighbours.

    One that stands in the tree between both of its neighbours is not missing: what counts
    otherwise is a mark that pandoc understood. An address is no neighbour of the text that it
    stands in, nor this one of it.
    """
    pairs = {*itertools.pairwise(order)}
    threes = {*zip(order, order[1:], order[2:], strict=False)}
    kept: dict[str, list[tuple[int, int]]] = {word: [] for word in missing}
    for one in (False, True):
        stream = [at for at, address in enumerate(addresses) if address is one]
        text = ["", *(found[at][0] for at in stream), ""]
        for at, before, word, after in zip(stream, text, text[1:], text[2:], strict=False):
            if word in kept and (before, word, after) not in threes:
                kept[word].append((((before, word) in pairs) + ((word, after) in pairs), at))
    for word, count in missing.items():
        yield from (at for _, at in sorted(kept[word])[:count])


def _runs(
    lost: Sequence[int], found: Sequence[re.Match[str]], text: str
) -> Iterator[tuple[int, int]]:
    """Join lost words that stand beside one another; yield their offsets.

    Addresses that stand beside one another are told one by one.
    """
    start: int | None = None
    for at, following in itertools.zip_longest(lost, lost[1:]):
        start = at if start is None else start
        end = found[at].end()
        if following == at + 1 and not _ADDRESSES.search(text, end, found[following].start()):
            continue
        yield found[start].start(), end
        start = None


def _told(source: Source, rows: list[str], runs: list[tuple[int, int]]) -> Iterator[Diagnostic]:
    """Yield a finding for each run of lost words; a table's rows that are too long have one."""
    long: dict[int, list[tuple[int, int]]] = {}
    for start, end in runs:
        number = source.place(start).line - 1
        if _in_unused_note(rows[: number + 1]):
            continue
        if _cells(rows[number]) > _columns(rows, number) > 0:
            long.setdefault(_head(rows, number), []).append((start, end))
        else:
            yield _finding(source, rows[number], start, end)
    for (start, end), *more in long.values():
        also = ", ".join(dict.fromkeys(str(source.place(at).line) for at, _ in more))
        yield Diagnostic(
            "table-row-long",
            Severity.ERROR,
            "the row has more cells than its table has columns, so no edition shows "
            f"“{short(source.text[start:end])}”{f'; see lines {also} as well' if also else ''}",
            "Give the table another column, or write \\| if no cell is meant.",
            source.place(start),
        )


def _head(rows: list[str], number: int) -> int:
    """Return the first row of the table that a row belongs to."""
    while number and "|" in rows[number - 1]:
        number -= 1
    return number


def _finding(source: Source, row: str, start: int, end: int) -> Diagnostic:
    if address := _ADDRESS.match(row):
        return Diagnostic(
            "address-unused",
            Severity.WARNING,
            f"“{short(row)}” is taken for the address of a link that nothing refers to, "
            "so no edition shows it",
            f"Write {address[1]} where the link is to be, or \\{address[1]}: if it is text.",
            source.place(start),
        )
    return Diagnostic(
        "words-lost",
        Severity.WARNING,
        f"“{short(source.text[start:end])}” is not understood as it stands, and is missing from "
        "every edition",
        "Look at the marks about it: a column's edge, a note's name, a bracket, a TeX macro.",
        source.place(start),
    )


def _in_unused_note(rows: list[str]) -> bool:
    """Whether the last row belongs to a note; what is missing of it, reading has told already."""
    for number in range(len(rows) - 1, 0, -1):
        row, above = rows[number], rows[number - 1]
        if _NOTE.match(row):
            return True
        if row.strip() and not above.strip() and not row.startswith(("    ", "\t")):
            return False
    return False


def _cells(row: str) -> int:
    return len(_CELL.findall(row.strip(" \t>").removeprefix("|"))) if "|" in row else 0


def _columns(rows: list[str], number: int) -> int:
    """Return how many columns the pipe table has that a row belongs to; 0 for no table."""
    if number + 1 < len(rows) and _DELIMITER.match(rows[number + 1]):
        return _cells(rows[number + 1])
    above = itertools.takewhile(lambda row: "|" in row, reversed(rows[:number]))
    return next((_cells(row) for row in above if _DELIMITER.match(row)), 0)

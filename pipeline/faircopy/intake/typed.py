"""Lists and breaks that were typed with marks, made what they are meant to be; notes, told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, MutableMapping, Sequence

from faircopy.core import ast
from faircopy.core.ast import Inlines
from faircopy.intake.reading import Laid

_BULLETS = frozenset("•‣▪◦●○·∙■□➢➤")
"""Signs that nothing but a list begins with; a dash may begin what somebody says."""
_NUMBER = re.compile(r"(\d{1,3})[.)]")
_NOTE = re.compile(r"\[(\d{1,3})\]")
"""A mark of a note as people type it, in the text and before the note's own words."""
_BREAK = re.compile(r"[*#~=_–—-]{3,}|⁂|❦")
_BREAKS = "typed lines of signs made breaks"
_LISTS = "typed lists made lists"


def notes(laid: Sequence[Laid]) -> Iterator[str]:
    """Yield what is told of marks such as [1] that stand in the text and begin a paragraph too."""
    referred: set[str] = set()
    begun: set[str] = set()
    for one in laid:
        text = ast.text(one.block)
        first = _NOTE.match(text)
        begun |= {first[1]} if first else set()
        referred |= {found[1] for found in _NOTE.finditer(text) if found.start()}
    if both := sorted(begun & referred, key=int):
        yield (
            f"marks such as [{both[0]}] look like notes that were typed ({len(both)} in all): "
            "write them as [^1], with the note’s words in a paragraph that begins with [^1]:"
        )


def lists(
    laid: Sequence[Laid], marks: MutableMapping[int, tuple[str, str]], mended: Counter[str]
) -> Iterator[Laid]:
    """Yield blocks, paragraphs with typed bullets or counted numbers one after another as a list.

    ``marks`` gets the signs that are taken away, by the paragraphs' numbers.
    """
    at = 0
    while at < len(laid):
        run = _run(laid, at)
        if len(run) < 2:
            yield laid[at]
            at += 1
            continue
        items = []
        for one in run:
            assert isinstance(one.block, ast.Para)
            marks[one.number] = (_first(one), "")
            items.append((ast.Plain(_behind(one.block.inlines)),))
        found = _NUMBER.fullmatch(_first(run[0]))
        mended[_LISTS] += 1
        yield Laid(_list(found, tuple(items)), run[0].number)
        at += len(run)


def _list(
    found: re.Match[str] | None, items: tuple[tuple[ast.Block, ...], ...]
) -> ast.BulletList | ast.OrderedList:
    if found is None:
        return ast.BulletList(items)
    style = ast.ListNumberStyle("Decimal")
    delimiter = ast.ListNumberDelim("OneParen" if found[0].endswith(")") else "Period")
    return ast.OrderedList(((int(found[1]), style, delimiter), items))


def _run(laid: Sequence[Laid], at: int) -> list[Laid]:
    """Return the paragraphs from ``at`` on that go on counting, or that have the same bullet."""
    run = [laid[at]]
    first = _first(laid[at])
    if not first:
        return run
    for one in laid[at + 1 :]:
        sign = _first(one)
        if first in _BULLETS and sign != first:
            break
        if first not in _BULLETS and not _goes_on(_first(run[-1]), sign):
            break
        run.append(one)
    return run


def _goes_on(before: str, after: str) -> bool:
    one, other = _NUMBER.fullmatch(before), _NUMBER.fullmatch(after)
    return bool(one and other) and after == f"{int(before[:-1]) + 1}{before[-1]}"


def _first(one: Laid) -> str:
    """Return the mark that a paragraph begins with, if it is one of a list."""
    if not isinstance(one.block, ast.Para) or not one.number or len(one.block.inlines) < 3:
        return ""
    first, gap = one.block.inlines[:2]
    if not isinstance(first, ast.Str) or not isinstance(gap, ast.Space):
        return ""
    return first.c if first.c in _BULLETS or _NUMBER.fullmatch(first.c) else ""


def _behind(inlines: Inlines) -> Inlines:
    return inlines[2:]


def breaks(
    laid: Iterator[Laid], marks: MutableMapping[int, tuple[str, str]], mended: Counter[str]
) -> Iterator[Laid]:
    """Yield blocks, lines of nothing but asterisks and the like as breaks."""
    for one in laid:
        if isinstance(one.block, ast.Para) and one.number:
            text = ast.text(one.block.inlines)
            if _BREAK.fullmatch("".join(text.split())):
                marks[one.number] = (text, "")
                mended[_BREAKS] += 1
                yield Laid(ast.HorizontalRule(), one.number)
                continue
        yield one

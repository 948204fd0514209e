"""What Markdown reads as one paragraph though it was meant otherwise, and prints in silence.

A heading under a line of text, without an empty line between; lines of verse or of an address;
and the tags of site generators, which only their programs carry out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Blocks, Inlines, Omit
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.languages import ends
from faircopy.manuscript.finder import Finder, short
from faircopy.manuscript.raw import without_any_code
from faircopy.manuscript.source import Source

_TAG = re.compile(r"\{\{[<%]?[^{}\n]*[\w\"/][^{}\n]*\}\}|\{%-?\s*\w[^{}\n]*%\}")
_FORMULA = re.compile(r"\$\$.*?\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*\$", re.S)
_HEADING = re.compile(r"#{1,6}")
_FEWEST_LINES = 4
_LONGEST_LINE = 60
"""Characters of a line of verse; what is set by hand as prose is longer."""

_STOPS = tuple(ends.ALL + ":;”»)")
_MOST_PLACES = 8


def joined(source: Source, blocks: Blocks) -> Iterator[Diagnostic]:
    """Find template tags, headings glued to a line of text, and verse typed as prose."""
    bare = without_any_code(source.text)
    yield from _templates(source, bare)
    verses: list[list[str]] = []
    done = source.body
    for block in ast.find(blocks, ast.Para, ast.Plain):
        assert isinstance(block, ast.Para | ast.Plain)
        for told in _headings(block.inlines, source, bare, done):
            done = source.offset(told.place) if told.place else done
            yield told
        if isinstance(block, ast.Para) and _is_verse(lines := _lines(block.inlines)):
            verses.append(lines)
    if verses:
        more = f", and {len(verses) - 1} other paragraphs like them" if len(verses) > 1 else ""
        yield Diagnostic(
            "lines-joined",
            Severity.WARNING,
            f"the lines “{short(verses[0][0], 30)} / {short(verses[0][1], 30)} …” are set as one "
            f"paragraph of prose{more}",
            "Begin each line with | and a space, if it is verse or an address.",
            Finder(source, bare).next(_start(bare, source.body, verses[0][0])),
        )


def _templates(source: Source, bare: str) -> Iterator[Diagnostic]:
    text = _FORMULA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), bare)
    found = [*_TAG.finditer(text, source.body)]
    if not found:
        return
    lines = [*dict.fromkeys(source.place(one.start()).line for one in found)][1:]
    others = ", ".join(map(str, lines[:_MOST_PLACES])) + (" …" if lines[_MOST_PLACES:] else "")
    yield Diagnostic(
        "template-tag",
        Severity.WARNING,
        f"the template tag “{short(found[0][0], 40)}” of a site generator is printed as it is"
        + (f"; others stand in the lines {others}" if others else ""),
        "Write what it stands for; put it between backticks if the tag itself is meant.",
        source.place(found[0].start()),
    )


def _headings(inlines: Inlines, source: Source, bare: str, done: int) -> Iterator[Diagnostic]:
    """Find headings within a paragraph; the places of those before ``done`` are told."""
    for at, item in enumerate(inlines[:-2]):
        mark, gap = inlines[at + 1], inlines[at + 2]
        if not (isinstance(item, ast.SoftBreak) and isinstance(mark, ast.Str)):
            continue
        if not (_HEADING.fullmatch(mark.c) and isinstance(gap, ast.Space)):
            continue
        words = _lines(inlines[at + 3 :])[0]
        first = re.escape(words.split(" ")[0][:20])
        under_text = rf"(?m)^(?!#)[ >]*\S.*\n(?P<mark>[ ]{{0,3}}{mark.c}[ \t]+(?=\W*{first}))"
        found = re.compile(under_text).search(bare, done)
        if not found:
            continue  # escaped, or in a quotation
        done = found.start("mark")
        yield Diagnostic(
            "heading-joined",
            Severity.WARNING,
            f"the heading “{mark.c} {short(words, 40)}” is set as text: it stands right under a "
            "line of it",
            "Put an empty line before it.",
            source.place(done),
        )


def _lines(inlines: Inlines) -> list[str]:
    """Return the lines of a paragraph as they are typed; one with hard breaks has none of these."""
    lines: list[list[ast.Inline]] = [[]]
    whole = inlines[0] if len(inlines) == 1 else None
    if isinstance(whole, ast.HOLDERS):
        return _lines(whole.inlines)
    for item in inlines:
        if isinstance(item, ast.SoftBreak):
            lines.append([])
        else:
            lines[-1].append(item)
    return [ast.text(tuple(line), Omit.NOTES) for line in lines]


def _is_verse(lines: list[str]) -> bool:
    """Whether lines were broken by meaning: short, begun with capitals, with room for a word more.

    Who breaks prose by sentences or clauses ends most lines with a stop or begins them small.
    """
    if len(lines) < _FEWEST_LINES or not all(lines) or any("\n" in line for line in lines):
        return False
    longest = max(map(len, lines))
    if longest > _LONGEST_LINE:
        return False
    inner = lines[:-1]
    roomy = sum(
        len(line) + 1 + len(following.split()[0]) <= longest
        for line, following in itertools.pairwise(lines)
    )
    stopped = sum(line.endswith(_STOPS) for line in inner)
    begun = [next((sign for sign in line if sign.isalpha()), "") for line in lines]
    small = sum(sign.islower() for sign in begun)
    return roomy * 2 >= len(inner) and stopped * 2 <= len(inner) and small * 5 <= len(lines)


def _start(text: str, body: int, line: str) -> str:
    """Return as much of a line's beginning as stands in the text as it is."""
    for end in range(len(line), 0, -1):
        if text.find(line[:end], body) >= 0:
            return line[:end]
    return ""

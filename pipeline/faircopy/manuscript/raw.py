"""What can be told from a manuscript's text before pandoc reads it.

Bounds; and what pandoc passes over in silence though words are lost by it: keys and notes given
twice, notes that nothing refers to, divs without an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import ALIASES, FRONT_MATTER, NOTES
from faircopy.manuscript import advice, characters
from faircopy.manuscript.source import KEY, Source

_ANCHOR = re.compile(r"&([^\s,\[\]{}&]+)")
_ALIAS = re.compile(r"\*([^\s,\[\]{}*]+)")
_NOTE = re.compile(r"\^\[|\[\^[^\[\]\s]+\](?!:)")
_BLOCK = re.compile(r"(?m)^[ \t]*\n(---)[ \t]*\n(?=\S)")
_BLOCK_END = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$")
_ANY_KEY = re.compile(r"(?m)^[^\s#:][^\n:]*:(?=\s|$)")
_CODE_FENCE = re.compile(r"(?m)^[ \t]*(?:```|~~~)")
_MAY_BE_CODE = re.compile(r"```|~~~|\n    |\n\t")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?s)(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)")
_BACKTICKS = 5_000
_DEFINITION = re.compile(r"(?m)^[ ]{0,3}\[\^([^\]\s]+)\]:")
_REFERENCE = re.compile(r"\[\^([^\[\]\s]+)\]")
_DIV = re.compile(r"(?m)^[ ]{0,3}:{3,}[ \t]*([^\n:]*)")


def examine(source: Source) -> Iterator[Diagnostic]:
    """Find what a text must not have for pandoc to be asked about it, and what it would not say."""
    yield from _front_matter(source)
    yield from _aliases(source)
    yield from _second_block(source)
    yield from _notes(source)
    yield from _characters(source)
    yield from _fences(source)
    text = without_code(source.text)
    yield from _definitions(source, text)
    yield from _divs(source, text)


def _error(code: str, message: str, remedy: str, place: Place) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, remedy, place)


def _characters(source: Source) -> Iterator[Diagnostic]:
    """Line breaks of other programs, which are read as spaces; directions that stay turned."""
    for at in source.breaks[:1]:
        count = len(source.breaks)
        yield Diagnostic(
            "line-separator",
            Severity.WARNING,
            "a line break of another program (U+2028 or U+000B) is read as a space"
            + (f", in {count} places" if count > 1 else ""),
            "Put a space in its place, or a backslash at the line's end if the break is meant.",
            source.place(at),
        )
    for at in characters.unpaired(source.text):
        yield Diagnostic(
            "direction-open",
            Severity.WARNING,
            f"the mark {characters.name(source.text[at])} has no other end in its paragraph",
            "Delete it; a passage of another direction is marked as in [words]{lang=he}.",
            source.place(at),
        )


def _fences(source: Source) -> Iterator[Diagnostic]:
    """Lines before code that have more than pandoc takes: read as they are meant, but told."""
    for fence in source.fences[:1]:
        lines = [str(source.place(other.offset).line) for other in source.fences[1:]]
        more = f"; so are those of lines {', '.join(lines[:12])}" if lines else ""
        read = f"“{fence.word}”" if fence.word else "a fence alone"
        yield Diagnostic(
            "code-fence",
            Severity.WARNING,
            f"“{fence.info.strip()[:60]}” before code is read as {read}: what is behind the "
            f"language no edition shows{more}{', …' if len(lines) > 12 else ''}",
            f"Write the language alone, as in ```{fence.word or 'js'}",
            source.place(fence.offset),
        )


def _front_matter(source: Source) -> Iterator[Diagnostic]:
    if missing := advice.none(source):
        yield missing
    elif not source.body:
        yield _error(
            "front-matter-open",
            "the front matter has no end",
            "Close it with a line --- of its own.",
            source.place(0),
        )
    if source.body > FRONT_MATTER.most:
        yield _error(
            "front-matter-too-large",
            f"the front matter has more than {FRONT_MATTER.most:,} characters",
            "Take out what the manuscript does not need.",
            source.place(0),
        )

    seen: set[str] = set()
    for found in KEY.finditer(source.text, 0, source.body):
        if found[1] in seen:
            yield _error(
                "front-matter-doubled",
                f"the key “{found[1]}” stands twice in the front matter",
                "Delete one of the two.",
                source.place(found.start()),
            )
        seen.add(found[1])


def _aliases(source: Source) -> Iterator[Diagnostic]:
    """Aliases of YAML's anchors (YAML 1.2.2, section 7.1): each may stand for others."""
    anchors = {found[1] for found in _ANCHOR.finditer(source.text, 0, source.body)}
    found = [m for m in _ALIAS.finditer(source.text, 0, source.body) if m[1] in anchors]
    if len(found) > ALIASES.most:
        yield _error(
            "front-matter-anchors",
            f"the front matter has {len(found)} YAML aliases, by which it could grow without end",
            "Write the values out.",
            source.place(found[ALIASES.most].start()),
        )


def _second_block(source: Source) -> Iterator[Diagnostic]:
    """Pandoc reads YAML wherever it stands; what is down in the text would overrule the front."""
    for found in _BLOCK.finditer(source.text, source.body):
        end = _BLOCK_END.search(source.text, found.end())
        if not end or not _ANY_KEY.search(source.text, found.end(), end.start()):
            continue
        in_code = sum(1 for _ in _CODE_FENCE.finditer(source.text, source.body, found.start())) % 2
        if not in_code:
            yield _error(
                "front-matter-second",
                "a second front matter stands in the text",
                "Put its keys into the first one, or, if a break is meant, write * * * for ---.",
                source.place(found.start(1)),
            )
            return


def _notes(source: Source) -> Iterator[Diagnostic]:
    over = next(islice(_NOTE.finditer(source.text, source.body), NOTES.most, None), None)
    if over:
        yield _error(
            "too-many-notes",
            f"the manuscript has more than {NOTES.most:,} footnotes",
            "Divide it into several manuscripts.",
            source.place(over.start()),
        )


def without_code(text: str) -> str:
    """Return a text with its blocks of code blanked out, character for character."""
    if not _MAY_BE_CODE.search(text):
        return text
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            closes = mark and mark[1].startswith(fence) and not line.strip(f" \t{fence[0]}")
            fence = "" if closes else fence
        elif mark:
            fence = mark[1]
        elif not line.startswith(("    ", "\t")):
            lines.append(line)
            continue
        lines.append(" " * len(line))
    return "\n".join(lines)


def without_any_code(text: str) -> str:
    """Return a text with its code blanked out, blocks and what stands in a line.

    In a text with more backticks than anybody writes, blocks alone: their pairs take too long.
    """
    if text.count("`") > _BACKTICKS:
        return without_code(text)
    return _INLINE_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), without_code(text))


def _definitions(source: Source, text: str) -> Iterator[Diagnostic]:
    defined: dict[str, int] = {}
    definitions = [*_DEFINITION.finditer(text, source.body)]
    starts = {found.start(0) + found[0].index("[") for found in definitions}
    used = {
        found[1]
        for found in _REFERENCE.finditer(source.text, source.body)
        if found.start() not in starts
    }
    for found in definitions:
        name, place = found[1], source.place(found.start() + found[0].index("["))
        if name in defined:
            yield _error(
                "note-doubled",
                f"the footnote [^{name}] is written twice, here and in line {defined[name]}",
                "Give one of the two a name of its own; pandoc would drop the first.",
                place,
            )
        elif name not in used:
            yield Diagnostic(
                "note-unused",
                Severity.WARNING,
                f"nothing refers to the footnote [^{name}], so no edition shows it",
                f"Write [^{name}] where it belongs, or delete it.",
                place,
            )
        defined.setdefault(name, place.line)


def _divs(source: Source, text: str) -> Iterator[Diagnostic]:
    """Divs that are not closed: pandoc closes them at the end of the text, without a word."""
    opened: list[re.Match[str]] = []
    for found in _DIV.finditer(text, source.body):
        if found[1].strip():
            opened.append(found)
        elif opened:
            opened.pop()
        else:
            yield Diagnostic(
                "div-stray",
                Severity.WARNING,
                "this ::: closes nothing",
                "Delete it, or write the line that opens, such as ::: pull-quote, with a blank "
                "line before it.",
                source.place(found.start()),
            )
    for found in opened:
        yield _error(
            "div-open",
            f"“{found[0].strip()}” is never closed",
            "Close it with a line ::: of its own.",
            source.place(found.start()),
        )

"""The index of codes at the terminal."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator, Mapping

from faircopy.core.diagnostics import EditionError
from faircopy.core.door import as_typed
from faircopy.explain.index import Entry, index, look_up

_WIDTH = 96
_RULE = re.compile(r"layout-([a-z]\d)")


def explain(code: str) -> bool:
    """Show one code, or all with the first of their sentences when none is asked for.

    Raises:
        EditionError: there is no such code; the remedy names those that are like it.
    """
    if not code:
        sys.stdout.write("".join(f"{line}\n" for line in listed(index())))
        return True
    entry, near = look_up(code)
    if entry is None:
        hint = f"Did you mean: {', '.join(near)}?" if near else "See all: ./inv explain"
        raise EditionError.because("unknown-code", f"There is no code “{code}”.", hint)
    sys.stdout.write(as_typed("".join(f"{line}\n" for line in described(entry))))
    return True


def listed(entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield a line for each code: its weights and the first of its sentences."""
    width = max(map(len, entries))
    for code, entry in entries.items():
        said = entry.sayings[0].message if entry.sayings else entry.about
        yield f"{code:<{width}}  {_weights(entry):<16} {textwrap.shorten(said, _WIDTH)}".rstrip()


def described(entry: Entry) -> Iterator[str]:
    """Yield the lines that explain a code: its weight, what it is about, what is said and done."""
    yield f"{entry.code}: {_weights(entry)}"
    yield from _indented("", entry.about)
    if rule := _RULE.match(entry.code):
        yield f"  House rule {rule[1].upper()} of styles/RULES.md, which says why."
    if any("…" in one.message + one.remedy for one in entry.sayings) or "…" in entry.code:
        yield "  (… stands for what is of the text, the file or the other program.)"
    for saying in entry.sayings:
        yield ""
        yield from _indented("Said: ", saying.message)
        yield from _indented("Do:   ", saying.remedy)
    yield ""
    yield f"  It comes from {entry.module}."


def _weights(entry: Entry) -> str:
    return " or ".join(one.value for one in entry.severities)


def _indented(label: str, text: str) -> Iterator[str]:
    first, rest = f"  {label}", f"  {' ' * len(label)}"
    for number, paragraph in enumerate(filter(None, map(str.strip, text.split("\n")))):
        begin = rest if number else first
        yield textwrap.fill(
            paragraph, _WIDTH, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False
        )

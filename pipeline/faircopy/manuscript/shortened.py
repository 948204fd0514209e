"""Speakers by their initials, from their second turn on, where a house asks for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines
from faircopy.manuscript.people import parts

INITIALS = "initials"
"""Value of the front matter's ``speakers`` by which names are shortened."""


def initials(name: str) -> str:
    """Return a name's initials, such as JLG for Jean-Luc Godard; "" for a name that has none.

    Titles, nicknames and what stands in brackets have no part in them. A name of one word stays
    whole, and so does one in a script without capital letters.
    """
    words = [word for part in parts(name) for word in part.split("-") if word]
    letters = "".join(word[0] for word in words)
    whole = len(parts(name)) > 1 and letters.isalpha()
    return letters if whole and all(char.lower() != char.upper() for char in letters) else ""


def shortened(names: Iterable[str]) -> Mapping[str, str]:
    """Return initials by the name in small letters, where no other speaker could be meant."""
    found = {name.casefold(): initials(name) for name in names}
    people = {(short.upper(), *parts(name)) for name, short in found.items() if short}
    taken = Counter(short for short, *_ in people) + Counter(map(str.upper, found))
    return {name: short for name, short in found.items() if short and taken[short.upper()] == 1}


def with_initials(label: Inlines, short: str, is_time: Callable[[Inline], bool]) -> Inlines:
    """Return a turn's label with initials in the place of its name; times and colon stay."""
    out: list[Inline] = []
    name = ast.text(tuple(item for item in label if not is_time(item))).rstrip()
    colon = name[-1:] if name.endswith((":", "：")) else ""
    for item in label:
        if is_time(item):
            out.append(item)
        elif name and ast.text((item,)).strip():
            out.append(ast.Str(short + colon))
            name = ""
    gaps = (ast.Space(),) * len(out)
    return tuple(one for pair in zip(gaps, out, strict=True) for one in pair)[1:]

"""How a value of the front matter is read: from what YAML gave to what the house keeps."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from faircopy.core import ast
from faircopy.core.ast import Inlines, MetaValue
from faircopy.core.model import Kind
from faircopy.passes.permitted import LANG


class Wrong(ValueError):
    """A value breaks its field's rule; says how, and what would be right."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


def inlines(value: MetaValue) -> Inlines:
    """Read one run of text; paragraphs become lines."""
    match value:
        case ast.MetaInlines(c):
            return c
        case ast.MetaString(c):
            words: list[ast.Inline] = []
            for word in c.split():
                words += [ast.Space(), ast.Str(word)]
            return tuple(words[1:])
        case ast.MetaBlocks(c):
            lines = [b.inlines for b in c if isinstance(b, ast.Para | ast.Plain)]
            if len(lines) == len(c):
                joined: list[ast.Inline] = []
                for line in lines:
                    joined += [*([ast.LineBreak()] if joined else []), *line]
                return tuple(joined)
        case ast.MetaBool():
            raise Wrong("is read as yes or no by YAML: put it between single quotes, as in 'no'")
    raise Wrong("must be one line of text")


def string(value: MetaValue) -> str:
    """Read plain text: its words without their markup."""
    found = inlines(value)
    if next(ast.find(found, ast.Note), None) is not None:
        raise Wrong("has a footnote, which nothing shows there", "Write the note in the text.")
    return ast.text(found)


def _each(value: MetaValue) -> tuple[MetaValue, ...]:
    return value.c if isinstance(value, ast.MetaList) else (value,)


def inlines_list(value: MetaValue) -> tuple[Inlines, ...]:
    """Read one text or a list of them."""
    return tuple(inlines(item) for item in _each(value))


def strings(value: MetaValue) -> tuple[str, ...]:
    """Read one string or a list of them."""
    return tuple(string(item) for item in _each(value))


def keyword_list(value: MetaValue) -> tuple[str, ...]:
    """Read a list of keywords, or one line with commas between them."""
    found = strings(value)
    if not isinstance(value, ast.MetaList):
        found = tuple(part.strip() for part in re.split(r"[,،，]", found[0]))
    return tuple(word for word in found if word)


def iso_date(value: MetaValue) -> str:
    """Read a date of ISO 8601: a year, a month or a day."""
    written = string(value)
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", written)
    if not match:
        raise Wrong(f"is “{written}”, which is no date", "Write a day, month or year: 2026-02-05.")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise _no_such_day(written, year, month) from None
    return written


def _no_such_day(written: str, year: int, month: int) -> Wrong:
    import calendar  # seldom needed

    try:
        last = calendar.monthrange(year, month)[1]
    except ValueError:
        return Wrong(f"is “{written}”, but there is no such month", "Correct the month or year.")
    said = f"{calendar.month_name[month]} {year} has {last} days"
    return Wrong(f"is “{written}”, but {said}", "Correct the day.")


def moment(value: MetaValue) -> str:
    """Read a date, or a moment of a day with its zone (ISO 8601), which is returned in UTC."""
    written = string(value)
    if "T" not in written:
        return iso_date(value)
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise Wrong(f"is “{written}”, which is no moment", "Write a day, or 2026-02-05T10:30:00Z.")
    return read.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def language(value: MetaValue) -> str:
    """Read a well-formed language tag (BCP 47, RFC 5646 section 2.1, without extensions)."""
    tag = string(value)
    if not LANG.fullmatch(tag):
        raise Wrong(f"is “{tag}”, which is no language tag", "Write a tag such as en-GB, kk or ur.")
    return tag


def one_of(*allowed: str) -> Callable[[MetaValue], str]:
    """Return a reader that takes one of the ``allowed`` words."""

    def read(value: MetaValue) -> str:
        word = string(value)
        if word not in allowed:
            raise Wrong(f"must be one of {', '.join(allowed)}, not “{word}”{near(word, allowed)}")
        return word

    return read


def kind(value: MetaValue) -> Kind:
    """Read what the manuscript is."""
    return Kind(one_of(*(item.value for item in Kind))(value))


def near(word: str, words: Sequence[str]) -> str:
    """Return the question whether another word was meant, or nothing."""
    found = difflib.get_close_matches(word, words, 1)
    return f"; did you mean “{found[0]}”?" if found else ""

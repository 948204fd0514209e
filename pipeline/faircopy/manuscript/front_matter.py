"""The schema of the front matter: names, shapes and rules, in one place.

Pandoc's own names come first, then those of news and interviews. A key that begins with
``x-`` is the house's own and is passed over.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Inlines, MetaValue
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.model import Kind, Metadata
from faircopy.languages.tags import direction
from faircopy.manuscript import foreign_keys
from faircopy.manuscript.source import Source
from faircopy.manuscript.works import KEYS, PASSED_ON
from faircopy.passes import isbn
from faircopy.passes.permitted import LANG


class Wrong(ValueError):
    """A value breaks its field's rule; says how, and what would be right."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class Field(msgspec.Struct, frozen=True):
    """One key: how its value is read, what it is for, whether it must be there.

    What is not ``published`` stays among editors: no edition holds it.
    """

    name: str
    read: Callable[[MetaValue], object]
    purpose: str
    required: bool = False
    published: bool = True

    @property
    def attribute(self) -> str:
        """The name in ``Metadata``."""
        return self.name.replace("-", "_")


def inlines(value: MetaValue) -> Inlines:
    """Read one run of text; paragraphs become lines."""
    match value:
        case ast.MetaInlines(c):
            return c
        case ast.MetaString(c):
            return (ast.Str(c),) if c else ()
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


def isbns(value: MetaValue) -> dict[str, str]:
    """Read an ISBN for each form of a book, as ``epub: 978-…``; a translation's as ``ur.epub``."""
    forms = ", ".join(isbn.FORMS)
    if not isinstance(value, ast.MetaMap):
        raise Wrong(
            "does not say which form of the book it is of: each has a number of its own",
            f"Write a line under isbn: for each that has one, such as “  epub: 978-…” ({forms}; "
            "a translation's as ur.epub).",
        )
    found = {}
    for key, item in value.c.items():
        if key.rpartition(".")[2] not in isbn.FORMS:
            raise Wrong(f"has “{key}”, which is none of {forms}{_near(key, isbn.FORMS)}")
        try:
            found[key] = isbn.normal(string(item))
        except ValueError as error:
            raise Wrong(f"of {key}: {error}", "Copy it from where it was registered.") from None
    if twice := next((n for n in found.values() if [*found.values()].count(n) > 1), ""):
        raise Wrong(f"has {twice} twice", "Each form of a book has a number of its own.")
    return found


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
            raise Wrong(f"must be one of {', '.join(allowed)}, not “{word}”{_near(word, allowed)}")
        return word

    return read


def kind(value: MetaValue) -> Kind:
    """Read what the manuscript is."""
    return Kind(one_of(*(item.value for item in Kind))(value))


FIELDS: tuple[Field, ...] = (
    Field("title", inlines, "the headline", required=True),
    Field("lang", language, "language of the manuscript, such as en-GB", required=True),
    Field("dir", one_of("ltr", "rtl"), "direction; follows from lang when left out"),
    Field("subtitle", inlines, "second line of the headline"),
    Field("author", inlines_list, "who wrote it, one name or a list"),
    Field("date", iso_date, "date of publication, such as 2026-02-05"),
    Field("description", string, "one or two sentences for catalogues"),
    Field("keywords", keyword_list, "subjects, as a list"),
    Field("rights", string, "copyright line"),
    Field("identifier", string, "a lasting identifier, such as an ISBN or a URN"),
    Field("isbn", isbns, "ISBN by form: `epub`, `pdf`, `web`, `docx`, `print`; `ur.epub` in Urdu"),
    Field("modified", moment, "day of the last change, else that of the last release, else date"),
    Field("publisher", string, "who publishes"),
    Field("kind", kind, "interview, article or book"),
    Field("outlet", inlines, "the newspaper or magazine"),
    Field("standfirst", inlines, "the paragraph under the headline"),
    Field("byline", inlines, "the credit as printed; else it is made from author"),
    Field("dateline", inlines, "place and date as printed (default: the date, in words)"),
    Field("interviewee", strings, "who answers, one name or a list"),
    Field("interviewer", strings, "who asks, one name or a list"),
    Field("timestamps", one_of("keep", "leave-out"), "times beside speakers: keep or leave-out"),
    Field("cover-image", string, "an image in the manuscript's folder, instead of a drawn cover"),
    Field("cover-alt", string, "alternative text of the cover image"),
    Field("embargoed", string, "not to be published before; never published", published=False),
    Field("usageterms", string, "terms of use; never published", published=False),
    Field("ednote", string, "note among editors; never published", published=False),
)
"""Every key that a manuscript may have, except pandoc's for citations (`works.KEYS`)."""

KEPT = tuple(field.name for field in FIELDS if not field.published)
"""Keys that stay among editors."""


def read(meta: Mapping[str, MetaValue], source: Source) -> Metadata:
    """Check the front matter and return it typed.

    Raises:
        ManuscriptError: with one finding for each key that is missing, unknown or wrong.
    """
    found: list[Diagnostic] = []
    values: dict[str, object] = {}
    names = {field.name: field for field in FIELDS}
    start = Place(source.name, 1, 1)
    for key, value in meta.items():
        place = source.keys.get(key, start)
        if key in PASSED_ON or key.startswith("x-"):
            continue
        if key not in names:
            found.append(_unknown(key, place, names))
            continue
        try:
            values[names[key].attribute] = names[key].read(value)
        except Wrong as wrong:
            found.append(
                Diagnostic(
                    "front-matter-value",
                    Severity.ERROR,
                    f"“{key}” {wrong}",
                    wrong.remedy or f"“{key}” is {names[key].purpose}.",
                    place,
                )
            )
    found += [
        _missing(field, source.keys.get(field.name, start))
        for field in FIELDS
        if field.required and not _there(values, field, found)
    ]
    if found:
        raise ManuscriptError(*found)
    values.setdefault("dir", direction(cast(str, values["lang"])))
    return Metadata(**cast("dict[str, Any]", values))


def _there(values: Mapping[str, object], field: Field, found: list[Diagnostic]) -> bool:
    """Whether a field is there; a wrong value has its own finding already."""
    wrong = any(item.message.startswith(f"“{field.name}”") for item in found)
    return bool(values.get(field.attribute)) or wrong


def _missing(field: Field, place: Place) -> Diagnostic:
    if place.line > 1:
        return Diagnostic(
            "front-matter-missing",
            Severity.ERROR,
            f"“{field.name}” has no text in the front matter",
            f"Write it after the colon: {field.purpose}. After a space, # begins a remark; a text "
            "that begins with it stands between single quotes.",
            place,
        )
    return Diagnostic(
        "front-matter-missing",
        Severity.ERROR,
        f"the front matter has no “{field.name}”",
        f"Add a line “{field.name}: …” between the --- lines: {field.purpose}.",
        place,
    )


def _unknown(key: str, place: Place, names: Mapping[str, Field]) -> Diagnostic:
    if remedy := foreign_keys.remedy(key):
        message = f"the front matter's key “{key}” is one of another program"
        return Diagnostic("front-matter-unknown", Severity.ERROR, message, remedy, place)
    return Diagnostic(
        "front-matter-unknown",
        Severity.ERROR,
        f"the front matter has an unknown key “{key}”{_near(key, (*names, *KEYS, *PASSED_ON))}",
        "Correct it, or begin a key of your own with “x-”.",
        place,
    )


def _near(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, 1)
    return f"; did you mean “{near[0]}”?" if near else ""

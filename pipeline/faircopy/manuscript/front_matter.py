"""The schema of the front matter: names, shapes and rules, in one place.

Pandoc's own names come first, then those of news and interviews. A key that begins with
``x-`` is the house's own and is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from faircopy.core.ast import MetaValue
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.model import Metadata
from faircopy.languages.tags import direction
from faircopy.manuscript import foreign_keys
from faircopy.manuscript.legal import address, isbns, licence, signed, translations
from faircopy.manuscript.opening import picture
from faircopy.manuscript.source import Source
from faircopy.manuscript.values import (
    Wrong,
    inlines,
    inlines_list,
    iso_date,
    keyword_list,
    kind,
    language,
    moment,
    near,
    one_of,
    string,
    strings,
)
from faircopy.manuscript.works import KEYS, PASSED_ON


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
    Field("licence", licence, "its address, or a name of Creative Commons: CC BY-SA 4.0"),
    Field("tdm", one_of("reserved", "permitted"), "text and data mining: reserved or permitted"),
    Field("tdm-policy", address, "address where the terms of mining stand"),
    Field(
        "accessibility",
        signed,
        "what the publisher signs: `conforms-to`, `certified-by`, `date`, `report`, `checked`; or "
        "`exemption`",
    ),
    Field(
        "translations",
        translations,
        "by language tag: `by`, `machine` (yes, assisted, no), `reviewed-by`, `reviewed`; "
        "`publisher`, `licence`, `date` where they differ",
    ),
    Field("identifier", string, "a lasting identifier, such as an ISBN or a URN"),
    Field("isbn", isbns, "ISBN by form: `epub`, `pdf`, `web`, `docx`, `print`; `ur.epub` in Urdu"),
    Field("print", string, "the page that you print, such as a5: the EPUB lists its pages"),
    Field("modified", moment, "day of the last change, else that of the last release, else date"),
    Field("publisher", string, "who publishes"),
    Field("kind", kind, "interview, article or book"),
    Field("outlet", inlines, "the newspaper or magazine"),
    Field("standfirst", inlines, "the paragraph under the headline"),
    Field("byline", inlines, "the credit as printed; else it is made from author"),
    Field("dateline", inlines, "place and date as printed (default: the date, in words)"),
    Field("interviewee", strings, "who answers, one name or a list"),
    Field("interviewer", strings, "who asks, one name or a list"),
    Field(
        "speakers",
        one_of("names", "initials"),
        "speakers from their second turn on: names or initials",
    ),
    Field("timestamps", one_of("keep", "leave-out"), "times beside speakers: keep or leave-out"),
    Field(
        "lead-image",
        picture,
        "the picture under the title: `file`, `alt`, `caption`, `credit`, `spans` (wide, bleed)",
    ),
    Field("portrait", picture, "the picture of who is interviewed, with the same keys"),
    Field("cover-image", string, "an image in the manuscript's folder, instead of a drawn cover"),
    Field("cover-alt", string, "alternative text of the cover image"),
    Field("embargoed", string, "not to be published before; never published", published=False),
    Field("usageterms", string, "terms of use; never published", published=False),
    Field("ednote", string, "note among editors; never published", published=False),
)
"""Every key that a manuscript may have, except pandoc's for citations (`works.KEYS`)."""

_OF_THE_HOUSE = frozenset({
    "publisher", "outlet", "rights", "licence",
    "tdm", "tdm-policy", "accessibility", "translations", "print",
    "speakers",
})  # fmt: skip
"""What ``faircopy.toml`` may say for all manuscripts: where one does not, it is wrong there."""
_HOUSE = Place("faircopy.toml")

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
        place = source.keys.get(key, _HOUSE if key in _OF_THE_HOUSE else start)
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
        f"the front matter has an unknown key “{key}”{near(key, (*names, *KEYS, *PASSED_ON))}",
        "Correct it, or begin a key of your own with “x-”.",
        place,
    )

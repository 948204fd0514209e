"""The press file: an edition's pages as PDF/X-4, for the printer.

It is made of the finished PDF of the same page, so that both have the same lines: colours become
inks, each page gets its sheet with bleed and marks, and what a press has no use for goes out.
Sources: ISO 15930-7:2010 (PDF/X-4), ISO 32000-1 (PDF 1.7, of which PDF 1.6 is a part).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Artifact, Publication
from faircopy.theme import Theme
from faircopy.writers import Options, pdf
from faircopy.writers.pdf.claims import WITHHELD
from faircopy.writers.pdf.press import identity, inks, profile, tags
from faircopy.writers.pdf.press.content import Separator
from faircopy.writers.pdf.press.profile import Condition
from faircopy.writers.pdf.press.sheet import Sheet

PDF_VERSION = "1.6"
"""PDF/X-4 is based on it (ISO 15930-7, 6.1)."""

_IDLE = ("/Names", "/Dests", "/AF", "/Outlines", "/OpenAction", "/AA", "/AcroForm", "/Version")
"""What a press has no use for: attachments, destinations, bookmarks."""


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the press file of the edition on the theme's page ``options.page``.

    Raises:
        EditionError: what the PDF's writer raises; or the theme's profile is unfit, or two of
            its colours can't be told apart.
        ToolError: a font's package is missing, or what the profile is made with.
    """
    condition = profile.condition(theme)
    edition = pdf.write(publication, theme, options)
    data = pressed(edition.data, theme, condition, _published(publication))
    return msgspec.structs.replace(
        edition,
        diagnostics=(
            *(item for item in edition.diagnostics if item.code != WITHHELD),
            *_undated(publication),
        ),
        name=edition.name.removesuffix("pdf") + "press.pdf",
        data=data,
        facts={
            **{name: fact for name, fact in edition.facts.items() if name != "claims"},
            "conformance": identity.VERSION,
            "condition": condition.name,
        },
    )


def pressed(edition: bytes, theme: Theme, condition: Condition, made: datetime) -> bytes:
    """Return a finished PDF as PDF/X-4.

    Args:
        edition: the PDF, whose pages have the trim's size and whose colours are sRGB.
        theme: the look, with its inks.
        condition: what it will be printed on.
        made: the date of publication.
    """
    separate = inks.Press(inks.named(theme), condition.profile)
    sheet = Sheet.of(theme)
    with pikepdf.open(io.BytesIO(edition)) as document:
        separator = Separator(document, separate, _srgb(document))
        tags.unlink(document)
        for page in document.pages:
            clear = separator.page(page)
            sheet.mount(document, page)
            _blend(page, clear=clear)
        _strip(document)
        identity.intend(document, condition)
        identity.identify(document, made, edition + condition.profile + theme.sha256.encode())
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            force_version=PDF_VERSION,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _undated(publication: Publication) -> Iterator[Diagnostic]:
    """Say that a press file without a date has the one that stands for none."""
    if not publication.metadata.date:
        yield Diagnostic(
            "press-undated",
            Severity.NOTE,
            f"The manuscript has no date, so its press file says {pdf.NO_DATE:%Y-%m-%d}.",
            "PDF/X-4 must have one: give the manuscript a date, or set SOURCE_DATE_EPOCH.",
        )


def _published(publication: Publication) -> datetime:
    """Return the date of publication as a time; PDF/X-4 must have one."""
    date = publication.metadata.date
    if not date:
        return pdf.NO_DATE
    year, month, day = ([int(part) for part in date[:10].split("-")] + [1, 1])[:3]
    return datetime(year, month, day, tzinfo=UTC)


def _srgb(document: Pdf) -> Stream:
    """Return the sRGB profile that a PDF/A file has as its output intent (ISO 19005-3, 6.2.3)."""
    found: Any = document.Root.OutputIntents[0].DestOutputProfile
    stream: Stream = found
    stream[Name.N] = 3
    return stream


def _blend(page: pikepdf.Page, *, clear: bool) -> None:
    """Have transparency on a page computed in inks (ISO 15930-7, 6.20; ISO 32000-1, 11.4.7)."""
    if clear:
        page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    elif Name.Group in page:
        del page[Name.Group]


def _strip(document: Pdf) -> None:
    root = document.Root
    for name in _IDLE:
        if name in root:
            del root[name]
    turned = root.get(Name.ViewerPreferences, Dictionary()).get(Name.Direction)
    root.ViewerPreferences = Dictionary(Direction=turned or Name.L2R)

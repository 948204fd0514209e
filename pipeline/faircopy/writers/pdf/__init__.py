"""PDF: a page for print and screen, tagged (PDF/UA-1) and lasting (PDF/A-3a)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faircopy.core import pango
from faircopy.core.model import Artifact, Metadata, Publication
from faircopy.languages.tags import primary
from faircopy.passes.units import units
from faircopy.theme import MM, Page, Theme
from faircopy.theme.css import scaled
from faircopy.writers import Options, pictures

if TYPE_CHECKING:
    from faircopy.writers.pdf.claims import Claims
    from faircopy.writers.pdf.composition import Setting
    from faircopy.writers.pdf.repair import Repairs
    from faircopy.writers.pdf.wide import Room

MEDIA_TYPE = "application/pdf"
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""Date of the attached manuscript when it states none: a file must have one."""


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the edition on the theme's page ``options.page``.

    Raises:
        EditionError: a character has no glyph in any font, or there is no such page.
        ToolError: a font's package, or Pango, is missing.
    """
    pango.require()
    from faircopy.writers.pdf import (
        bounds,
        destinations,
        engine,
        filling,
        hyphenation,
        layout,
        notes,
        openings,
        repair,
        scaling,
    )
    from faircopy.writers.pdf.check import check
    from faircopy.writers.pdf.composition import Composition
    from faircopy.writers.pdf.compositor import set_in_type
    from faircopy.writers.pdf.setting.again import Again

    galley = set_in_type(publication, theme, options.page, options.cover)
    page, metadata = theme.page(options.page), publication.metadata
    script = theme.script(metadata.lang)
    with engine.deep(), engine.listening() as complaints:
        press = engine.Press(galley.css, map(Path, galley.fonts))
        lead = scaled(page, script)["body"].lead * layout.PX

        def choose(key: str, repairs: Repairs) -> Setting | None:
            if composition.is_set(key):
                return composition.setting(key)
            composition.veto(repairs.vetoed)
            ways = partial(composition.ways, key, closed=repairs.closed.get(key, frozenset()))
            return repair.chosen(ways, repair.LETTERS if script.tracking else ())

        reader = layout.Reader(page.columns)

        def read(composition: Composition) -> layout.Laid:
            return reader.read(composition.pages)

        again = Again(galley.unset, theme, page, metadata.lang)
        composition = press.compose(galley.html, room(page), again)
        means = repair.Means(
            read=read,
            check=partial(
                check,
                lead=lead,
                grid=page.columns > 1,
                longest=hyphenation.longest_name(metadata.lang),
            ),
            choose=choose,
            fill=partial(filling.fill, read=read, lead=lead),
        )
        scaling.scale(composition, read, lead)
        left = repair.repair(composition, means)
        breaches = tuple(bounds.breaches(composition.pages))
        document = composition.finished()
        _link_once(document)
        notes.link(document)
        destinations.add(document, units(publication.blocks), metadata.lang)
        page_starts = openings.starts(document, publication, script.numerals)
        data, claims = _written(document, publication)
    return Artifact(
        name=f"{primary(metadata.lang)}.{options.page}.pdf",
        media_type=MEDIA_TYPE,
        data=data,
        facts={
            "pages": len(document.pages),
            "fonts": _fonts(document),
            "claims": claims.names,
            "paragraphs_set": galley.set,
            "paragraphs_left": tuple(f"{count} × {name}" for name, count in galley.left.items()),
        },
        page_starts=page_starts,
        diagnostics=(
            *galley.diagnostics,
            *pictures.told(complaints, publication),
            *repair.report(left, options.page),
            *bounds.report(breaches, options.page, publication.places),
            *claims.report(publication),
        ),
    )


def room(page: Page) -> Room:
    """Return the widths that a page of a theme has."""
    from faircopy.writers.pdf.layout import PX
    from faircopy.writers.pdf.wide import Room

    return Room(page.column_width * MM * PX, page.text_width * MM * PX)


# --- writing -------------------------------------------------------------------------------------


def _link_once(document: Any) -> None:
    """Keep one annotation a link: that of ``a`` itself, over all it holds.

    WeasyPrint makes another for each element within (issue 185), which no Link owns
    (UA-1, 7.18.5).
    """
    for page in document.pages:
        own: dict[Any, tuple[Any, ...]] = {}
        for kind, target, area, box in page.links:
            if box.element is not None and box.element.tag == "a":
                own[id(box.element), len(own)] = (kind, target, area, box)
            elif own:
                last = next(reversed(own))
                before = own[last]
                own[last] = (*before[:2], _around(before[2], area), before[3])
        page.links[:] = own.values()


def _around(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """Return the rectangle around two; each is (left, top, right, bottom)."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _written(document: Any, publication: Publication) -> tuple[bytes, Claims]:
    """Return the file, and what it claims to be."""
    import weasyprint

    from faircopy.writers.given import Nothing
    from faircopy.writers.pdf import structure, textlayer
    from faircopy.writers.pdf.finish import finish

    metadata = publication.metadata
    date = _date(metadata)
    attachment = weasyprint.Attachment(
        file_obj=BytesIO(publication.disclosed),
        name="manuscript.md",
        description="The text that this edition was made from, in Markdown",
        created=date,
        modified=date,
        relationship="Source",
        url_fetcher=Nothing(),
    )

    found: list[Claims] = []

    def finisher(document: Any, pdf: Any) -> None:
        textlayer.rewrite(pdf, document.fonts)
        texts = _link_texts(document)
        found.append(finish(pdf, made, publication, texts))

    with structure.recorded() as made:
        data = document.write_pdf(
            pdf_variant="pdf/a-3a", attachments=[attachment], finisher=finisher
        )
    return bytes(data), found[0]


def _link_texts(document: Any) -> Mapping[int, str]:
    """Return the words of each link, by the number of its annotation's object."""
    from faircopy.writers.pdf import notes
    from faircopy.writers.pdf.setting.text import PART

    texts: dict[int, str] = {}
    for page in document.pages:
        for _, _, _, box in page.links:
            if box.link_annotation:
                element = box.element
                alt = " ".join(image.get("alt", "") for image in element.iter("img"))
                words = (
                    element.get(PART) or element.get("title") or "".join(element.itertext()) or alt
                )
                said = notes.words(box) or " ".join(words.split())
                texts[box.link_annotation.number] = said
    return texts


def _date(metadata: Metadata) -> datetime:
    if not metadata.date:
        return NO_DATE
    year, month, day = ([int(part) for part in metadata.date[:10].split("-")] + [1, 1])[:3]
    return datetime(year, month, day, tzinfo=UTC)


def _fonts(document: Any) -> tuple[str, ...]:
    """Return the names of the faces that the pages show."""
    names = {
        font.family.decode() if isinstance(font.family, bytes) else str(font.family)
        for font in document.fonts.values()
    }
    return tuple(sorted(names))

"""PDF: a page for print and screen, tagged (PDF/UA-1) and lasting (PDF/A-3a)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pipeline import ast
from pipeline.diagnostics import Diagnostic, EditionError, Severity
from pipeline.model import Artifact, Metadata, Publication
from pipeline.passes.locales import locale, primary
from pipeline.passes.units import units
from pipeline.theme import MM, Page, Theme, fonts
from pipeline.theme.css import scaled
from pipeline.writers import Options, html
from pipeline.writers.pdf import faces, headings, initial
from pipeline.writers.pdf.compose import compose, left_out
from pipeline.writers.pdf.sheet import sheet
from pipeline.writers.pdf.tree import serialised, tree

if TYPE_CHECKING:
    from pipeline.writers.pdf.composition import Setting

MEDIA_TYPE = "application/pdf"
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""Date of the attached manuscript when it states none: a file must have one."""


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the edition on the theme's page ``options.page``.

    Raises:
        EditionError: a character has no glyph in any font, or there is no such page.
        ToolError: a font's package is missing.
    """
    from pipeline.writers.pdf import destinations, engine, layout, notes, repair, trial
    from pipeline.writers.pdf.check import Finding, check
    from pipeline.writers.pdf.composition import Composition

    page = _page(theme, options.page)
    metadata = publication.metadata
    conventions, script = locale(metadata.lang), theme.script(metadata.lang)
    opener, text = compose(
        publication,
        conventions,
        script,
        drop_cap_from=_drop_cap_from(theme, page),
        end_mark=bool(theme.text.end_mark),
    )
    _covered(publication, theme, (opener, text))
    root = tree(opener, text, metadata, publication.assets)
    if page.columns > 1:
        html.add_class(root, "in-columns")
    if script.indent_first:
        html.add_class(root, "indent-first")
    initial.draw(root, theme, scaled(page, script)["body"], metadata.lang)
    headings.balance(root, theme, page, metadata.lang)
    css = sheet(theme, page, metadata, conventions)
    code = next(html.find(root, "code", "pre", "kbd", "samp"), None) is not None
    shown = ast.text((opener, text)) + css
    files = [fonts.file(face) for face in faces.needed(theme, metadata.lang, shown, code=code)]
    with engine.listening() as complaints:
        press = engine.Press(css, files)
        lead = scaled(page, script)["body"].lead * layout.PX
        justified = page.justify and script.justify

        def found(composition: Composition) -> tuple[Finding, ...]:
            laid = layout.read(composition.pages, page.columns)
            return check(laid, lead, grid=page.columns > 1)

        def choose(keys: tuple[str, ...], vetoed: frozenset[str]) -> Mapping[str, Setting]:
            composition.veto(vetoed)
            return {key: trial.best(partial(composition.alone, key)) for key in keys}

        composition = press.compose(serialised(root))
        left = repair.repair(composition, found, choose if justified else _as_it_is)
        document = composition.finished()
        _link_once(document)
        notes.link(document)
        destinations.add(document, units(publication.blocks), metadata.lang)
        data = _written(document, publication)
    return Artifact(
        name=f"{primary(metadata.lang)}.{options.page}.pdf",
        media_type=MEDIA_TYPE,
        data=data,
        facts={"pages": len(document.pages), "fonts": _fonts(document)},
        diagnostics=(*left_out(publication), *complaints, *repair.report(left, options.page)),
    )


def _as_it_is(keys: tuple[str, ...], vetoed: frozenset[str]) -> Mapping[str, Setting]:
    """Choose nothing: ragged lines have no word spaces to mend."""
    return {}


def _page(theme: Theme, name: str) -> Page:
    try:
        return theme.page(name)
    except KeyError:
        raise EditionError.because(
            "page-unknown",
            f'The theme {theme.name} has no page "{name}".',
            f"Its pages are: {', '.join(theme.tokens.page)}.",
        ) from None


def _drop_cap_from(theme: Theme, page: Page) -> int:
    """Return how long a paragraph must be to stand beside a drop cap: a line more than it."""
    wide = page.column_width * MM / (page.style.body.size * 0.45)
    return int(wide * (theme.text.drop_cap_lines + 1)) if theme.text.drop_cap_lines else 0


# --- glyphs --------------------------------------------------------------------------------------


def _covered(publication: Publication, theme: Theme, shown: object) -> None:
    """Find the characters that no installed font draws, and where they stand."""
    missing = fonts.missing(ast.text(shown), filter(fonts.installed, theme.faces))
    if missing:
        raise EditionError(*_uncovered(publication, theme, missing))


def _uncovered(
    publication: Publication, theme: Theme, missing: tuple[str, ...]
) -> Iterator[Diagnostic]:
    absent = sorted({f.package for f in theme.faces if f.optional and not fonts.installed(f)})
    install = f" Optional fonts may have it: pip install {' '.join(absent)}" if absent else ""
    found = list(units(publication.blocks))
    for char in missing[:20]:
        where = next((unit for unit in found if char in ast.text(unit.inlines)), None)
        yield Diagnostic(
            "glyph-missing",
            Severity.ERROR,
            f"No font has a glyph for “{char}” (U+{ord(char):04X}).",
            f"Write it otherwise, or add a font to the theme.{install}",
            publication.places.get(where.id) if where else None,
        )


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


def _written(document: Any, publication: Publication) -> bytes:
    import weasyprint

    from pipeline.writers.pdf import structure, textlayer
    from pipeline.writers.pdf.engine import Nothing
    from pipeline.writers.pdf.finish import finish

    metadata = publication.metadata
    date = _date(metadata)
    attachment = weasyprint.Attachment(
        file_obj=BytesIO(publication.source),
        name="manuscript.md",
        description="The manuscript that this edition was made from, in Markdown",
        created=date,
        modified=date,
        relationship="Source",
        url_fetcher=Nothing(),
    )

    def finisher(document: Any, pdf: Any) -> None:
        textlayer.rewrite(pdf, document.fonts)
        finish(pdf, made, rtl=metadata.dir == "rtl", link_texts=_link_texts(document))

    with structure.recorded() as made:
        return bytes(
            document.write_pdf(pdf_variant="pdf/a-3a", attachments=[attachment], finisher=finisher)
        )


def _link_texts(document: Any) -> Mapping[int, str]:
    """Return the words of each link, by the number of its annotation's object."""
    from pipeline.writers.pdf import notes

    texts: dict[int, str] = {}
    for page in document.pages:
        for _, _, _, box in page.links:
            if box.link_annotation:
                element = box.element
                alt = " ".join(image.get("alt", "") for image in element.iter("img"))
                words = element.get("title") or "".join(element.itertext()) or alt
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

"""The compositor: a publication set in type, for one page of a theme.

None of it needs WeasyPrint, so that it can be done while WeasyPrint is being loaded.
"""

from __future__ import annotations

import msgspec
from lxml import etree

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, EditionError, GlyphError, Place, Severity
from faircopy.core.model import Publication
from faircopy.languages import locale
from faircopy.passes import editions
from faircopy.theme import MM, Page, Theme, fonts, forms, sources
from faircopy.theme.css import faces_of, scaled
from faircopy.writers import html
from faircopy.writers.pdf import (
    faces,
    headings,
    initial,
    lettered,
    mounting,
    plated,
    setting,
    touched,
)
from faircopy.writers.pdf.compose import compose, left_out
from faircopy.writers.pdf.galley import Galley
from faircopy.writers.pdf.sheet import opening, sheet
from faircopy.writers.pdf.tree import serialised, tree

_SAMPLED = 8
"""Blocks of a text by which the width of its letters is judged."""


def set_in_type(
    publication: Publication, theme: Theme, page_name: str, cover: bytes | None = None
) -> Galley:
    """Return the galley of an edition on one of the theme's pages; ``cover``, a JPEG, opens it.

    The cover says nothing that the next page does not say again, in text: it is a background.

    Raises:
        GlyphError: a character has no glyph in any font that is installed.
        EditionError: there is no such page.
        ToolError: a font's package is missing.
    """
    metadata = publication.metadata
    page = _page(theme, page_name)
    conventions, script = locale(metadata.lang), theme.script(metadata.lang)
    opener, text = compose(
        publication,
        conventions,
        script,
        drop_cap_from=_drop_cap_from(publication, theme, page),
        end_mark=bool(theme.text.end_mark),
    )
    _covered(publication, theme, (opener, text))
    stated = msgspec.structs.replace(metadata, modified=editions.changed(publication))
    plan = plated.planned(opener, publication.assets, page)
    root = tree(opener, text, stated, publication.assets)
    if page.columns > 1:
        html.add_class(root, "in-columns")
    if script.indent_first:
        html.add_class(root, "indent-first")
    initial.draw(root, theme, scaled(page, script)["body"], metadata.lang)
    words = headings.balance(root, theme, page, metadata.lang, plan)
    mounting.mount(root, theme, page, metadata.lang, plan, words, verso=bool(cover))
    touched.mark(root, theme)
    unset = serialised(root)
    counts = setting.set_lines(root, theme, page, metadata.lang)
    css = sheet(theme, page, metadata, conventions)
    code = next(html.find(root, "code", "pre", "kbd", "samp"), None) is not None
    shown = ast.text((opener, text)) + lettered.letters(publication) + css
    files = [fonts.file(face) for face in faces.needed(theme, metadata.lang, shown, code=code)]
    if cover:
        root[-1].insert(0, etree.Element("div", {"class": "cover"}))
        css += opening(cover)
    told = (
        *left_out(publication),
        *lettered.undrawn(publication, theme),
        *_other_forms(publication, theme),
    )
    return Galley(
        html=serialised(root),
        css=css,
        fonts=tuple(map(str, files)),
        diagnostics=told,
        set=counts.done,
        left=counts.left,
        unset=unset if counts.done else b"",
    )


def _other_forms(publication: Publication, theme: Theme) -> tuple[Diagnostic, ...]:
    """Return the warning that a text is set in the forms of another language."""
    lang = publication.metadata.lang
    if forms.proper(theme, lang) is theme:
        return ()
    face = forms.absent(theme, lang)[0]
    return (
        Diagnostic(
            "font-missing",
            Severity.WARNING,
            f"The font {face.family}, in which {lang} is set, is not installed: its characters "
            "have the forms of another language, and bold may not be seen.",
            f"Run: {sources.install(face)}",
            Place(publication.source_path),
        ),
    )


def _page(theme: Theme, name: str) -> Page:
    try:
        return theme.page(name)
    except KeyError:
        raise EditionError.because(
            "page-unknown",
            f'The theme {theme.name} has no page "{name}".',
            f"Its pages are: {', '.join(theme.printed)}.",
        ) from None


def _drop_cap_from(publication: Publication, theme: Theme, page: Page) -> int:
    """Return how many characters stand beside a drop cap: the paragraph must be a line longer."""
    lang = publication.metadata.lang
    sample = ast.text(publication.blocks[:_SAMPLED]).replace("\n", " ")
    if not (theme.text.drop_cap_lines and sample):
        return 0
    size = scaled(page, theme.script(lang))["body"].size
    wide = fonts.width(faces_of(theme, "text", lang)[0], sample, size)
    if wide <= 0:  # marks alone, or a font whose letters have no width
        return 0
    return int(page.column_width * MM / wide * len(sample) * (theme.text.drop_cap_lines + 1))


def _covered(publication: Publication, theme: Theme, shown: object) -> None:
    """Find the characters that no installed font draws, and where they stand."""
    missing = fonts.missing(ast.text(shown), filter(fonts.installed, theme.faces))
    if missing:
        from faircopy.writers.pdf.undrawn import undrawn

        raise GlyphError(*undrawn(publication, theme, "".join(missing)))

"""From the publication to one tree of XHTML: the passes, then the one call of pandoc."""

from __future__ import annotations

from lxml import etree

from faircopy.core import ast, pandoc
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Kind, Publication
from faircopy.languages import locale
from faircopy.passes import alignment, lead_in, sentences, shown_addresses, verse, voices
from faircopy.passes.bidi import isolate
from faircopy.passes.opener import behind, opener
from faircopy.passes.typography import typeset
from faircopy.writers import formulas
from faircopy.writers.markup import Element
from faircopy.writers.reflowable import drawings, options
from faircopy.writers.reflowable.xhtml import MATHML, parse

_OPTIONS = ("--mathml", "--wrap=none", "--syntax-highlighting=none")


def tree(publication: Publication) -> Element:
    """Return the opener and the text as children of one ``div``.

    Acronyms stay capitals: the reader chooses the font, and few have small ones.

    The footnotes come last, as pandoc lists them. Formulas have words.

    Raises:
        EditionError: pandoc's HTML is not well-formed, as when a character is none of XML's.
    """
    lang = publication.metadata.lang
    blocks: ast.Blocks = (opener(publication), *behind(publication))
    conventions = locale(lang)
    blocks = voices.mark(blocks, publication.metadata.kind)
    blocks = verse.mark(alignment.settle(blocks, conventions.dir))
    blocks = isolate(shown_addresses.mark(typeset(blocks, conventions)), conventions)
    blocks = sentences.mark(blocks, lang)
    if publication.metadata.kind is not Kind.BOOK:
        blocks = (blocks[0], *lead_in.mark(blocks[1:]))
    html = pandoc.write(blocks, "html5", options=_OPTIONS)
    try:
        root = parse(html)
    except etree.XMLSyntaxError as error:
        raise EditionError.because(
            "epub-not-well-formed",
            f"The text can't be written as XHTML: {error.msg}.",
            "Look for control characters in the manuscript and take them out.",
        ) from error
    for formula in root.iter(f"{{{MATHML}}}math"):
        formula.set("alttext", formulas.words(formula, lang))
    options.keep(root)
    drawings.keep(root)
    return root

"""The DOCX edition: pandoc's document on our styles, finished for an editor's hands.

Everything that a reader sees is a named style, made from the theme: change a style in Word or
LibreOffice and everything of its kind follows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from faircopy.core import pandoc
from faircopy.core.ast import Blocks
from faircopy.core.model import Artifact, Metadata, Publication
from faircopy.languages import Locale, locale
from faircopy.languages.tags import primary
from faircopy.manuscript import carried
from faircopy.passes import alignment, editions, rights, voices
from faircopy.passes.bidi import isolate
from faircopy.passes.identifiers import isbn
from faircopy.passes.opener import behind, opener
from faircopy.passes.sentences import mark
from faircopy.passes.typography import typeset
from faircopy.theme import Theme
from faircopy.writers import Options, container
from faircopy.writers.docx import inert, isolates
from faircopy.writers.docx.counting import count
from faircopy.writers.docx.dropcap import drop
from faircopy.writers.docx.finish import DOCUMENT, finish
from faircopy.writers.docx.fonttable import add_fonts, families
from faircopy.writers.docx.furniture import furnish
from faircopy.writers.docx.losses import titles, unset_formulas
from faircopy.writers.docx.ooxml import parse
from faircopy.writers.docx.package import APP, CUSTOM, about, carrying, pack, said
from faircopy.writers.docx.pictures import embed
from faircopy.writers.docx.reference import reference
from faircopy.writers.docx.roles import dress
from faircopy.writers.docx.sense import by_sense
from faircopy.writers.docx.setting import Setting
from faircopy.writers.docx.templates import template
from faircopy.writers.pictures import all_drawn

HOUSE = "house"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _mark(name: str) -> str:
    """Return what tells a template's document from the house's in its file name."""
    return "" if name == HOUSE else f".{name}"


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Make the document for word processors.

    Raises:
        EditionError: there is no template of the name that ``options.docx`` has, or a picture
            cannot be drawn.
        PandocFailure: pandoc refused the tree.
    """
    metadata = publication.metadata
    conventions, script = locale(metadata.lang), theme.script(metadata.lang)
    form = template(options.docx, theme, script)
    setting = Setting(form.theme, form.page, script, conventions)
    blocks = _compose(publication, conventions, form.page.text_width)
    words = count(blocks)
    if form.theme.docx.drop_cap and form.theme.text.drop_cap_lines and script.drop_cap:
        blocks = drop(blocks)
    data = _convert(blocks, reference(form.sheet, setting))
    furniture = form.furniture(metadata, words)
    parts = container.unpack(furnish(data, _stated(publication), setting, furniture))
    with all_drawn(publication):
        parts = finish(parts, setting, titles(blocks))
    parts = add_fonts(parts, form.sheet, setting, embed=theme.docx.embed_fonts)
    if words_on := _said(publication):
        parts = {**parts, CUSTOM: said(words_on)}
    parts = carrying(parts, carried.written(publication), DOCUMENT)
    inert.ensure(parts)
    return Artifact(
        name=f"{primary(metadata.lang)}{_mark(options.docx)}.docx",
        media_type=MEDIA_TYPE,
        data=pack(parts | {APP: about(words)}),
        facts={
            "words": words,
            "fonts": families(parts),
        },
        diagnostics=unset_formulas(parse(parts[DOCUMENT]), publication),
    )


def _stated(publication: Publication) -> Metadata:
    """Return the metadata with what this form of the edition is known by, and its last change."""
    metadata, number = publication.metadata, isbn(publication, "docx")
    return msgspec.structs.replace(
        metadata,
        identifier=f"urn:isbn:{number}" if number else metadata.identifier,
        modified=editions.changed(publication) or metadata.date,
    )


def _said(publication: Publication) -> dict[str, str]:
    """Return what the publisher says of rights and of who translated, by the property's name."""
    metadata = publication.metadata
    reserved = rights.reservation(metadata)
    found = {
        "Rights": rights.stated(metadata),
        "License": metadata.licence,
        "tdm-reservation": reserved,
        "tdm-policy": metadata.tdm_policy if reserved else "",
        "Disclosure": rights.disclosure(publication),
    }
    return {name: text for name, text in found.items() if text}


def _compose(publication: Publication, conventions: Locale, width: float) -> Blocks:
    """Return title block and text with everything that pandoc needs to know of them."""
    blocks: Blocks = (by_sense(opener(publication)), *behind(publication))
    blocks = voices.mark(blocks, publication.metadata.kind)
    blocks = alignment.settle(blocks, conventions.dir)
    blocks = isolate(typeset(blocks, conventions), conventions)
    metadata = publication.metadata
    blocks = isolates.marked(mark(blocks, metadata.lang), metadata.dir)
    return dress(embed(blocks, publication.assets, width))


def _convert(blocks: Blocks, reference_document: bytes) -> bytes:
    """Call pandoc, which takes a reference document as a file only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.docx"
        path.write_bytes(reference_document)
        return pandoc.write_file(
            blocks,
            "docx",
            options=(f"--reference-doc={path}", "--syntax-highlighting=none"),
        )

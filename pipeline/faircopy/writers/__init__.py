"""The table of formats: one row a format, one module a row.

A writer's module has ``write(publication, theme, options) -> Artifact``, a pure function. It
is imported by the worker that needs it, since some cost half a second to import.
"""

from __future__ import annotations

import importlib
from typing import Protocol, cast

import msgspec

from faircopy.core.model import Artifact, PageStart, Publication
from faircopy.theme import Theme


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What one edition is asked to be.

    ``page`` names a page of the theme (``a4``, ``a5``); ``cover`` is the cover as JPEG, drawn
    beforehand for the formats that show one; ``docx`` names a template of Word documents.
    ``address`` is where the house will publish a page of the web, ``card`` the address of the
    picture for who shares it, and ``sisters`` are the languages and addresses of all pages of the
    publication, where there are several; all are empty where no site is known. ``page_starts`` are
    where the pages begin of the PDF that the house prints, for formats that list them.
    """

    page: str = ""
    cover: bytes | None = None
    docx: str = "house"
    address: str = ""
    card: str = ""
    sisters: tuple[tuple[str, str], ...] = ()
    page_starts: tuple[PageStart, ...] = ()


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One row: what a format is called, who writes it, and what it needs.

    ``label`` and ``use`` tell readers what it is and what it is for.

    ``paged`` formats make one edition a page size; ``templates`` are the forms that a format can
    take, of which the first is made when none is asked for; ``typeset`` ones need WeasyPrint, whose
    import is slow; ``covered`` ones are given a cover, ``opened`` ones where the theme's page says
    that it opens with the cover; ``source_only`` ones are made of the
    manuscript and not of its translations; ``on_request`` ones are made when they are named, not
    when all formats are meant; ``linked`` ones name their sisters in other languages; ``listing``
    ones list the pages of the PDF that is printed.
    """

    name: str
    module: str
    suffix: str
    label: str = ""
    use: str = ""
    paged: bool = False
    templates: tuple[str, ...] = ()
    typeset: bool = False
    covered: bool = False
    opened: bool = False
    source_only: bool = False
    linked: bool = False
    on_request: bool = False
    listing: bool = False


FORMATS: tuple[Format, ...] = (
    Format(
        name="pdf",
        module="faircopy.writers.pdf",
        suffix="pdf",
        label="PDF",
        use="to print, and to read on a screen",
        paged=True,
        typeset=True,
        opened=True,
    ),
    Format(
        name="docx",
        module="faircopy.writers.docx",
        suffix="docx",
        label="Word document",
        use="to edit in Word or LibreOffice",
        templates=("house", "manuscript"),
    ),
    Format(
        name="epub",
        module="faircopy.writers.epub",
        suffix="epub",
        label="EPUB",
        use="for e-book readers",
        covered=True,
        listing=True,
    ),
    Format(
        name="web",
        module="faircopy.writers.web",
        suffix="html",
        label="Web page",
        use="to read in a browser",
        linked=True,
    ),
    Format(
        name="bundle",
        module="faircopy.writers.bundle",
        suffix="translation.zip",
        label="Translation bundle",
        use="to translate with any tool",
        source_only=True,
    ),
    Format(
        name="press",
        module="faircopy.writers.pdf.press",
        suffix="press.pdf",
        label="Press PDF",
        use="for the printing press",
        paged=True,
        typeset=True,
        opened=True,
        on_request=True,
    ),
    Format(
        name="fragment",
        module="faircopy.writers.web.fragment",
        suffix="fragment.html",
        label="Article alone",
        use="to paste into a content management system",
        on_request=True,
    ),
)


class Writer(Protocol):
    """What a writer's module offers."""

    def write(self, publication: Publication, theme: Theme, options: Options) -> Artifact:
        """Return the finished file.

        Raises:
            EditionError: a sound manuscript could not be shown in this format.
        """


def write(format: Format, publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Write one edition with the format's own module; see ``Writer.write``."""
    writer = cast(Writer, importlib.import_module(format.module))
    return writer.write(publication, theme, options)

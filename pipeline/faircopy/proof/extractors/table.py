"""The extractors, one row each; a module is imported when it is used."""

from __future__ import annotations

import msgspec


class Extractor(msgspec.Struct, frozen=True, kw_only=True):
    """One way to read an artifact's words.

    Attributes:
        name: what reports call it.
        module: has ``lines(data) -> list[str]`` and ``RULES``, and ``version()`` if it is a tool.
        suffix: the end of the names of the artifacts that it reads.
        as_drawn: words of a line that runs both ways come in the order drawn: see
            ``faircopy.proof.order``.
        fast: every build uses it.
        programs: the programs that it runs, for `faircopy.proof.kept`.
    """

    name: str
    module: str
    suffix: str
    as_drawn: bool = False
    fast: bool = False
    programs: tuple[str, ...] = ()


_HERE = "faircopy.proof.extractors"

PICTURES = (".cover.jpg", ".card.jpg")
"""Ends of the names of pictures of a cover: the words that are drawn stand in the book."""

EXTRACTORS: tuple[Extractor, ...] = (
    Extractor(
        name="structure tree",
        module=f"{_HERE}.pdf",
        suffix=".pdf",
        fast=True,
    ),
    Extractor(
        name="poppler",
        module=f"{_HERE}.poppler",
        suffix=".pdf",
        as_drawn=True,
        programs=("pdfinfo",),
    ),
    Extractor(name="WordprocessingML", module=f"{_HERE}.docx", suffix=".docx", fast=True),
    Extractor(name="mammoth", module=f"{_HERE}.mammoth", suffix=".docx"),
    Extractor(
        name="LibreOffice",
        module=f"{_HERE}.libreoffice",
        suffix=".docx",
        programs=("soffice",),
    ),
    Extractor(name="XLIFF", module=f"{_HERE}.xliff", suffix=".translation.zip", fast=True),
    Extractor(name="translate-toolkit", module=f"{_HERE}.toolkit", suffix=".translation.zip"),
    Extractor(name="segments.tsv", module=f"{_HERE}.tsv", suffix=".translation.zip"),
    Extractor(name="article", module=f"{_HERE}.web", suffix=".html", fast=True),
    Extractor(name="Chromium", module=f"{_HERE}.chromium", suffix=".html", programs=("chromium",)),
    Extractor(name="spine", module=f"{_HERE}.epub", suffix=".epub", fast=True),
    Extractor(name="Chromium", module=f"{_HERE}.chromium", suffix=".epub", programs=("chromium",)),
)

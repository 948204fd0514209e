"""Our own rules for an accessible Word document; no trusted checker exists outside Word.

They follow what Word's Accessibility Checker asks for and EN 301 549, chapter 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.diagnostics import Diagnostic, FaircopyError, Place, Severity
from pipeline.passes.locales import direction
from pipeline.proof.extractors.archive import Archive, Element
from pipeline.proof.judges import decided
from pipeline.proof.verdict import Verdict

NAME = "DOCX accessibility"
VERSION = "1"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_CORE = "docProps/core.xml"


def judge(path: Path) -> Verdict:
    """Check title, language, headings, alternative texts, table headings and direction."""
    try:
        archive = Archive(path.read_bytes())
        document, styles = archive.xml(_DOCUMENT), archive.xml(_STYLES)
        core = archive.xml(_CORE)
    except FaircopyError as error:
        return decided(NAME, VERSION, error.diagnostics)
    findings = [
        *_metadata(core),
        *_language(styles),
        *_headings(document, styles),
        *_pictures(document),
        *_tables(document),
        *_directions(document, styles),
    ]
    return decided(NAME, VERSION, findings)


def _metadata(core: Element) -> Iterator[Diagnostic]:
    """The title is shown and read aloud in place of the file's name (WCAG 2.4.2)."""
    title = core.find(f"{_DC}title")
    if title is None or not (title.text or "").strip():
        yield _error("title", "the document has no title in its properties", _CORE)


def _language(styles: Element) -> Iterator[Diagnostic]:
    """The language of the text is set, so that it is read with the right voice (WCAG 3.1.1)."""
    if not _default_language(styles):
        yield _error("language", "the document's default language is not set", _STYLES)


def _default_language(styles: Element) -> str:
    lang = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if lang is None:
        return ""
    return lang.get(f"{_W}bidi", "") if _is_rtl(styles) else lang.get(f"{_W}val", "")


def _is_rtl(styles: Element) -> bool:
    lang = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    main = lang.get(f"{_W}bidi", "") if lang is not None else ""
    default = styles.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr/{_W}bidi")
    return default is not None and direction(main) == "rtl"


def _headings(document: Element, styles: Element) -> Iterator[Diagnostic]:
    """Headings are styles with a level, and no level is skipped (WCAG 1.3.1, technique G141)."""
    levels = {style.get(f"{_W}styleId"): _level(style) for style in styles.iter(f"{_W}style")}
    last = 0
    for paragraph in document.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        level = levels.get(style.get(f"{_W}val"), 0) if style is not None else 0
        if not level:
            continue
        if last and level > last + 1:
            text = "".join(item.text or "" for item in paragraph.iter(f"{_W}t"))
            yield _error("heading", f"heading level {level} after {last}: “{text}”", _DOCUMENT)
        last = level


def _level(style: Element) -> int:
    level = style.find(f"{_W}pPr/{_W}outlineLvl")
    return int(level.get(f"{_W}val", "9")) + 1 if level is not None else 0


def _pictures(document: Element) -> Iterator[Diagnostic]:
    """A picture has an alternative text (WCAG 1.1.1)."""
    for name in document.iter(f"{_WP}docPr"):
        if not name.get("descr", "").strip():
            yield _error(
                "alt", f"the picture {name.get('name')} has no alternative text", _DOCUMENT
            )


def _tables(document: Element) -> Iterator[Diagnostic]:
    """A table has a heading row that is marked as one (WCAG 1.3.1).

    One without is the author's choice, and a warning.
    """
    for number, table in enumerate(document.iter(f"{_W}tbl"), start=1):
        head = table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader")
        if head is None:
            yield Diagnostic(
                "docx-table-head",
                Severity.WARNING,
                f"table {number} has no heading row",
                "Give the table a heading row if it has one.",
                Place(_DOCUMENT),
            )


def _directions(document: Element, styles: Element) -> Iterator[Diagnostic]:
    """In a right-to-left document sections and tables run from right to left as well."""
    if not _is_rtl(styles):
        return
    for section in document.iter(f"{_W}sectPr"):
        if section.find(f"{_W}bidi") is None:
            yield _error("direction", "a section is not set from right to left", _DOCUMENT)
    for table in document.iter(f"{_W}tbl"):
        if table.find(f"{_W}tblPr/{_W}bidiVisual") is None:
            yield _error("direction", "a table is not set from right to left", _DOCUMENT)


def _error(rule: str, message: str, part: str) -> Diagnostic:
    return Diagnostic(
        f"docx-{rule}",
        Severity.ERROR,
        f"Not accessible: {message}.",
        "The document must not be published; report this with the manuscript.",
        Place(part),
    )

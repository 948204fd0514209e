"""Our own rules for an accessible Word document; no trusted checker exists outside Word.

They follow what Word's Accessibility Checker asks for and EN 301 549, chapter 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import bidirectional

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place, Severity
from faircopy.languages.tags import direction, primary
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

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
    language = (core.findtext(f"{_DC}language") or "").strip()
    findings = [
        *_metadata(core),
        *_language(styles, language),
        *_headings(document, styles),
        *_pictures(document),
        *_tables(document),
        *_runs(document),
        *(_from_right(document, styles) if direction(language) == "rtl" else ()),
    ]
    return decided(NAME, VERSION, findings)


def _metadata(core: Element) -> Iterator[Diagnostic]:
    """The title is shown and read aloud in place of the file's name (WCAG 2.4.2)."""
    title = core.find(f"{_DC}title")
    if title is None or not (title.text or "").strip():
        yield _error("title", "the document has no title in its properties", f"{_CORE}#/dc:title")


def _language(styles: Element, language: str) -> Iterator[Diagnostic]:
    """The text's own language is its default, so that it is read by the right voice (WCAG 3.1.1).

    Word keeps three defaults: for right-to-left, East Asian and other text.
    """
    if not language:
        yield _error(
            "language", "the document's properties name no language", f"{_CORE}#/dc:language"
        )
        return
    lang = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    kind = "eastAsia" if primary(language) in ("zh", "ja", "ko") else "val"
    kind = "bidi" if direction(language) == "rtl" else kind
    default = lang.get(f"{_W}{kind}", "") if lang is not None else ""
    if primary(default) != primary(language):
        said = f"the default language is “{default}”, the document's is “{language}”"
        yield _error("language", said, _STYLES)


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
            said = f"heading level {level} after {last}: “{text}”"
            yield _error("heading", said, _DOCUMENT, paragraph)
        last = level


def _level(style: Element) -> int:
    level = style.find(f"{_W}pPr/{_W}outlineLvl")
    return int(level.get(f"{_W}val", "9")) + 1 if level is not None else 0


def _pictures(document: Element) -> Iterator[Diagnostic]:
    """A picture has an alternative text, or is marked as decoration (WCAG 1.1.1)."""
    for name in document.iter(f"{_WP}docPr"):
        if not name.get("descr", "").strip() and not _is_ornament(name):
            said = f"the picture {name.get('name')} has no alternative text"
            yield _error("alt", said, _DOCUMENT, name)


def _is_ornament(name: Element) -> bool:
    """Say whether a picture is marked as decoration ([MS-ODRAWXML], 2.10.1)."""
    return any(mark.get("val", "1") in ("1", "true") for mark in name.iter("{*}decorative"))


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
                _place(_DOCUMENT, table),
            )


def _from_right(document: Element, styles: Element) -> Iterator[Diagnostic]:
    """In a right-to-left document sections, tables and paragraphs run from right to left as well.

    In others an editor may begin a paragraph, or fill a cell, with a word from right to left.
    """
    for section in document.iter(f"{_W}sectPr"):
        if section.find(f"{_W}bidi") is None:
            yield _error("direction", "a section is not set from right to left", _DOCUMENT, section)
    for table in document.iter(f"{_W}tbl"):
        if table.find(f"{_W}tblPr/{_W}bidiVisual") is None:
            yield _error("direction", "a table is not set from right to left", _DOCUMENT, table)
    yield from _paragraphs(document, styles)


def _runs(document: Element) -> Iterator[Diagnostic]:
    """Words from right to left stand in runs that are set so (ECMA-376, part 1, 17.3.2.30)."""
    for run in document.iter(f"{_W}r"):
        text = "".join(item.text or "" for item in run.iter(f"{_W}t"))
        strong = next((kind for kind in map(bidirectional, text) if kind in _STRONG), "L")
        if strong != "L" and run.find(f"{_W}rPr/{_W}rtl") is None:
            said = f"words are not set from right to left: “{text[:40]}”"
            yield _error("direction", said, _DOCUMENT, run)


def _paragraphs(document: Element, styles: Element) -> Iterator[Diagnostic]:
    """A paragraph that begins with right-to-left text is set so, itself or by its style."""
    known = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    for paragraph in document.iter(f"{_W}p"):
        text = "".join(item.text or "" for item in paragraph.iter(f"{_W}t"))
        strong = next((kind for kind in map(bidirectional, text) if kind in _STRONG), "L")
        if strong != "L" and not _turned(paragraph, known):
            said = f"a paragraph is not set from right to left: “{text[:40]}”"
            yield _error("direction", said, _DOCUMENT, paragraph)


def _turned(paragraph: Element, styles: Mapping[str, Element]) -> bool:
    """Follow a paragraph's own properties, then its style and what that is based on.

    A style that runs from the left though what it is based on does not, as that of code, is meant.
    """
    at: Element | None = paragraph
    reference = f"{_W}pPr/{_W}pStyle"
    for _ in range(_DEEPEST):
        if at is None:
            return False
        mark = at.find(f"{_W}pPr/{_W}bidi")
        if mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off"):
            return True
        if mark is not None and at is paragraph:
            return False
        link = at.find(reference)
        at = styles.get(link.get(f"{_W}val", "")) if link is not None else None
        reference = f"{_W}basedOn"
    return False


_STRONG = frozenset({"L", "R", "AL"})
_DEEPEST = 20


def _error(rule: str, message: str, part: str, element: Element | None = None) -> Diagnostic:
    return Diagnostic(
        f"docx-{rule}",
        Severity.ERROR,
        f"Not accessible: {message}.",
        _REMEDIES.get(rule, ""),
        _place(part, element),
    )


_REMEDIES = {
    "title": "Give the manuscript a title in its front matter.",
    "language": "Name the language in the front matter.",
    "heading": "Give the heading the level below the one before it.",
    "alt": "Say what the image shows in its brackets, or mark it {.decorative}.",
}


def _place(part: str, element: Element | None) -> Place:
    path = element.getroottree().getpath(element) if element is not None else ""
    return Place(f"{part}#{path}" if path else part)

"""The words of an EPUB or a web edition as Chromium renders them.

It is the engine inside many reading systems. Each document of the spine, or the page, is shown and
its ``innerText`` is taken: what is hidden or not drawn is not there. Rules: footnotes are shown
behind the text that refers to them, so that they are read from the page by their ``doc-footnote``
role, behind the text and in order; a reference is read by its role; images and formulas have no
text here.
"""

from __future__ import annotations

from functools import cache

import msgspec

from faircopy.core import process
from faircopy.core.diagnostics import EditionError
from faircopy.proof import browser
from faircopy.proof.extractors.archive import Archive
from faircopy.proof.extractors.epub import spine
from faircopy.proof.extractors.labels import label, reference
from faircopy.proof.words import Rules, Where

RULES = Rules(notes=Where.AFTER, pictures=Where.NOWHERE, formulas=False)

_ZIP = b"PK"
_PAGE = "page.html"
_SECONDS = 120.0
_WIDTH, _HEIGHT = 800, 1000
_READ = """() => {
  const notes = [];
  for (const note of document.querySelectorAll('[role~="doc-footnote"]')) {
    const back = note.querySelector('[role~="doc-backlink"]');
    const number = back ? back.innerText : "";
    if (back) back.remove();
    notes.push([number, note.innerText]);
    note.remove();
  }
  const references = [];
  for (const link of document.querySelectorAll('[role~="doc-noteref"]')) {
    references.push(link.innerText);
    link.textContent = "\\u27e6" + (references.length - 1) + "\\u27e7";
  }
  for (const part of document.querySelectorAll("math, img, nav")) part.remove();
  for (const box of document.querySelectorAll('input[type="checkbox"]'))
    box.replaceWith(box.checked ? "\\u2612" : "\\u2610");
  return {text: document.body.innerText, references, notes};
}"""


class _Shown(msgspec.Struct, frozen=True):
    """What one document shows."""

    text: str
    references: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


@cache
def version() -> str:
    """Return Chromium's version.

    Raises:
        ToolError: Chromium is missing.
    """
    done = process.run([browser.program(), "--version"], timeout=_SECONDS)
    return done.stdout.decode("utf-8", "replace").strip().removeprefix("Chromium ")


def lines(data: bytes) -> list[str]:
    """Return the text as it is shown, notes last.

    Raises:
        ToolError: Chromium is missing or fails.
        EditionError: the file is no readable EPUB, or shows nothing.
    """
    book: browser.Book
    if data.startswith(_ZIP):
        book = archive = Archive(data)
        names = [name for name, _ in spine(archive)]
    else:
        book, names = browser.Alone(_PAGE, data), [_PAGE]
    documents = []
    with browser.reading(book) as page:
        for name in names:
            page.show(name, book.read(name), width=_WIDTH, height=_HEIGHT)
            documents.append(_shown(page.compute(_READ)))
    return _joined(documents)


def _shown(said: object) -> _Shown:
    try:
        return msgspec.convert(said, _Shown)
    except msgspec.ValidationError as error:
        raise EditionError.because(
            "artifact-unreadable", "Chromium could not show the book.", "Build it again."
        ) from error


def _joined(documents: list[_Shown]) -> list[str]:
    """Return the texts, then the notes; the references get their signs."""
    text: list[str] = []
    notes: list[str] = []
    count = 0
    for document in documents:
        said = document.text
        for index, number in enumerate(document.references):
            count += 1
            said = said.replace(f"⟦{index}⟧", reference(number, count), 1)
        text += said.split("\n")
        for number, note in document.notes:
            notes += [label(number), *note.split("\n")]
    return [*text, *notes]

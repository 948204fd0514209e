"""Word editions of ours, edited as somebody does in a word processor."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

from faircopy.intake.names import W, w
from faircopy.writers import container
from lxml import etree

from tests.editions import edition

Element = etree._Element
DOCUMENT, FOOTNOTES = "word/document.xml", "word/footnotes.xml"


def edited(
    name: str, change: Callable[[Element], object], notes: Callable[[Element], object] | None = None
) -> bytes:
    """Return a sample's Word edition, its text and its notes changed."""
    parts = container.unpack(edition(name, "docx").data)
    for part, change_it in ((DOCUMENT, change), (FOOTNOTES, notes)):
        if change_it is not None:
            root = etree.fromstring(parts[part])
            change_it(root)
            parts[part] = etree.tostring(root)
    return container.pack(parts)


def both(*changes: Callable[[Element], object]) -> Callable[[Element], None]:
    """Return what makes several changes."""

    def change(root: Element) -> None:
        for one in changes:
            one(root)

    return change


def paragraph(root: Element, words: str) -> Element:
    """Return a paragraph that begins with some words, else the first that has them."""
    texts = [(one, said(one).replace("\u00a0", " ")) for one in root.iter(w("p"))]
    begins = (one for one, text in texts if text.startswith(words))
    found = next(begins, None)
    return next(one for one, text in texts if words in text) if found is None else found


def said(element: Element) -> str:
    """Return all words of an element."""
    return "".join(one.text or "" for one in element.iter(w("t")))


def run_at(root: Element, words: str) -> Element:
    """Return the run of some words alone: what stands around them in it is parted from it."""
    for run in root.iter(w("r")):
        text = run.find(w("t"))
        whole = (text.text or "") if text is not None else ""
        at = whole.replace("\u00a0", " ").find(words)
        if at < 0:
            continue
        before, after = whole[:at], whole[at + len(words) :]
        for piece, place in ((before, run.addprevious), (after, run.addnext)):
            if piece:
                other = copy.deepcopy(run)
                put(other, piece)
                place(other)
        put(run, words)
        return run
    raise AssertionError(words)


def put(run: Element, words: str) -> None:
    """Give a run other words."""
    text = run.find(w("t"))
    assert text is not None
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def replace(old: str, new: str) -> Callable[[Element], None]:
    """Return what puts words in place of others that stand in one run."""
    return lambda root: put(run_at(root, old), new)


def tracked(old: str, new: str, author: str) -> Callable[[Element], None]:
    """Return a change of words that Word has tracked."""
    about = f'w:author="{author}" w:date="2026-11-28T10:00:00Z"'

    def change(root: Element) -> None:
        run = run_at(root, old)
        gone = xml(f'<w:del w:id="91" {about}><w:r><w:delText>{old}</w:delText></w:r></w:del>')
        come = xml(f'<w:ins w:id="92" {about}><w:r><w:t>{new}</w:t></w:r></w:ins>')
        run.addnext(come)
        come.addprevious(gone)
        above = run.getparent()
        assert above is not None
        above.remove(run)

    return change


def look(words: str, *names: str) -> Callable[[Element], None]:
    """Return what gives words a look, such as ``i``."""

    def change(root: Element) -> None:
        run = run_at(root, words)
        about = run.find(w("rPr"))
        if about is None:
            about = etree.SubElement(run, w("rPr"))
            run.insert(0, about)
        for name in names:
            etree.SubElement(about, w(name))

    return change


def xml(text: str) -> Element:
    """Return an element of WordprocessingML."""
    return etree.fromstring(f'<x xmlns:w="{W}">{text}</x>')[0]


def par(words: str, style: str = "Answer") -> Element:
    """Return a paragraph."""
    return xml(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
    )


def split(words: str) -> Callable[[Element], None]:
    """Return what begins a new paragraph at some words, as who presses the return key."""

    def change(root: Element) -> None:
        run = run_at(root, words)
        first = next(run.iterancestors(w("p")))
        second = copy.deepcopy(first)
        for one in [one for one in second if one.tag != w("pPr")]:
            second.remove(one)
        at = first.index(run)
        second.extend(list(first)[at:])
        first.addnext(second)

    return change


def join(words: str) -> Callable[[Element], None]:
    """Return what lets the next paragraph go on in that of some words."""

    def change(root: Element) -> None:
        first = paragraph(root, words)
        second = first.getnext()
        assert second is not None
        first.append(xml('<w:r><w:t xml:space="preserve"> </w:t></w:r>'))
        first.extend([one for one in second if one.tag != w("pPr")])
        second.getparent().remove(second)  # type: ignore[union-attr]

    return change


def folder(name: str, to: Path) -> Path:
    """Return a copy of a sample's folder."""
    import shutil

    from tests.editions import INTERVIEW, ROOT, SAMPLES

    here = ROOT / "source" / name if name == INTERVIEW else SAMPLES / name
    return Path(shutil.copytree(here, to / name))


def gone(words: str) -> Callable[[Element], None]:
    """Return what takes a paragraph away."""
    return lambda root: drop(paragraph(root, words))


def row_gone(words: str) -> Callable[[Element], None]:
    """Return what takes the row away that some words stand in."""
    return lambda root: drop(next(paragraph(root, words).iterancestors(w("tr"))))


def drop(element: Element) -> None:
    """Take an element out of its tree."""
    above = element.getparent()
    assert above is not None
    above.remove(element)


def only(paragraph: Element, words: str) -> None:
    """Give a paragraph a run of plain words and nothing else."""
    for one in [one for one in paragraph if one.tag != w("pPr")]:
        paragraph.remove(one)
    paragraph.append(xml(f"<w:r><w:t>{words}</w:t></w:r>"))


def row_added(words: str, *cells: str) -> Callable[[Element], None]:
    """Return what puts a row behind the one that some words stand in."""

    def change(root: Element) -> None:
        row = next(paragraph(root, words).iterancestors(w("tr")))
        new = copy.deepcopy(row)
        row.addnext(new)
        for one, text in zip(new.iter(w("p")), cells, strict=True):
            only(one, text)

    return change


def like(words: str, new: str) -> Callable[[Element], None]:
    """Return what puts a paragraph of the same kind behind another, such as a list's item."""

    def change(root: Element) -> None:
        found = paragraph(root, words)
        other = copy.deepcopy(found)
        found.addnext(other)
        only(other, new)

    return change


def styled(words: str, style: str) -> Callable[[Element], None]:
    """Return what gives a paragraph another style."""

    def change(root: Element) -> None:
        found = paragraph(root, words).find(f"{w('pPr')}/{w('pStyle')}")
        assert found is not None
        found.set(w("val"), style)

    return change


def plain(words: str) -> Callable[[Element], None]:
    """Return what takes the look away from words."""

    def change(root: Element) -> None:
        run = run_at(root, words)
        about = run.find(w("rPr"))
        assert about is not None
        run.remove(about)

    return change


def moved(words: str, behind: str) -> Callable[[Element], None]:
    """Return what puts a paragraph behind another."""
    return lambda root: paragraph(root, behind).addnext(paragraph(root, words))


def note_gone(which: int) -> Callable[[Element], None]:
    """Return what takes a note's mark away."""

    def change(root: Element) -> None:
        run = list(root.iter(w("footnoteReference")))[which].getparent()
        assert run is not None
        drop(run)

    return change


def noted(behind: str, words: str) -> tuple[Callable[[Element], None], Callable[[Element], None]]:
    """Return what puts a new note behind words: its mark, and the note itself."""
    mark = '<w:r><w:footnoteReference w:id="999"/></w:r>'
    note = f'<w:footnote w:id="999"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    return (
        lambda root: run_at(root, behind).addnext(xml(mark)),
        lambda root: root.append(xml(note)),
    )

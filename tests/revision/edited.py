"""Word editions of ours, edited as somebody does in a word processor."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path

from faircopy.intake.names import W, w
from faircopy.writers import container
from lxml import etree

from tests.editions import edition

Element = etree._Element
DOCUMENT, FOOTNOTES = "word/document.xml", "word/footnotes.xml"


def edited(
    name: str, change: Callable[[Element], object], *, part: str = DOCUMENT,
    more: Mapping[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """Return a sample's Word edition, one of its parts changed."""
    parts = container.unpack(edition(name, "docx").data)
    root = etree.fromstring(parts[part])
    change(root)
    return container.pack({**parts, part: etree.tostring(root), **(more or {})})


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

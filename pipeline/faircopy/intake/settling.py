"""Tracked changes made final in a tree, and what only wraps words taken away from around them."""

from __future__ import annotations

from faircopy.intake import changes, signs
from faircopy.intake.changes import Choice
from faircopy.intake.names import MC, Element, child, chosen, value, w
from faircopy.intake.styles import Styles
from faircopy.intake.walk import is_contents
from faircopy.translation.xml import SPACE, local

_WRAPS = frozenset(
    w(name)
    for name in (
        "ins", "del", "moveTo", "moveFrom", "sdtContent", "sdt", "customXml", "smartTag", "dir",
        "bdo", "fldSimple", "subDoc",
    )
)  # fmt: skip
"""What holds words that pandoc's reader passes over, or might: their content takes their place."""
_HOLDERS = frozenset(
    (
        "body", "tbl", "tr", "tc", "p", "r", "hyperlink", "footnotes", "footnote", "endnotes",
        "endnote", "oMath", "oMathPara",
    )
)  # fmt: skip
_DRAWN = (w("drawing"), w("pict"), w("object"))
_MARKS = frozenset(
    w(name)
    for name in (
        "commentRangeStart", "commentRangeEnd", "commentReference", "sdtPr", "sdtEndPr",
        "customXmlPr", "smartTagPr", "proofErr", "lastRenderedPageBreak", "annotationRef",
    )
)  # fmt: skip


def settle(root: Element, styles: Styles, choice: Choice) -> None:
    """Change a tree so that pandoc finds every word in runs that stand in paragraphs."""
    _without(root, changes.gone(choice))
    if choice is Choice.REJECT:
        changes.with_old_looks(root)
    for row in [row for row in root.iter(w("tr")) if changes.leaves(row, choice)]:
        remove(row)
    for alternate in list(root.iter(f"{{{MC}}}AlternateContent")):
        _choose(alternate)
    for control in list(root.iter(w("sdt"))):
        if _is_left(control):
            remove(control)
    for paragraph in [one for one in root.iter(w("p")) if is_contents(styles, one)]:
        _empty(paragraph)
    for ruby in list(root.iter(w("ruby"))):
        _spell(ruby)
    for one in [one for one in root.iter() if one.tag in _WRAPS and not _is_a_mark(one)]:
        dissolve(one)
    for one in [one for one in root.iter() if _is_strange(one)]:
        dissolve(one)
    _gather(root)
    for link in list(root.iter(w("hyperlink"))):
        if next(link.iterancestors(w("hyperlink")), None) is not None:
            dissolve(link)  # a link holds no link
    _without(root, _MARKS)
    for run in list(root.iter(w("r"))):
        _run(run, styles)
    _join(root, choice)


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def dissolve(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, one in enumerate(list(element)):
        parent.insert(at + offset, one)
    parent.remove(element)


def _without(root: Element, tags: frozenset[str]) -> None:
    for one in [one for one in root.iter() if one.tag in tags and not _is_a_mark(one)]:
        remove(one)


def _is_a_mark(element: Element) -> bool:
    """Whether it says something of a paragraph's mark, a row or a cell, and holds no words."""
    parent = element.getparent()
    return parent is not None and local(parent) in ("rPr", "trPr", "tcPr", "numPr")


def _is_strange(element: Element) -> bool:
    """Whether an element that is none of Word's text holds some all the same."""
    name = local(element)
    if not name or name.endswith("Pr") or name in _HOLDERS or element.getparent() is None:
        return False
    if next(element.iter(w("p"), w("r")), None) is None:
        return False
    return not any(one.tag in _DRAWN for one in (element, *element.iterancestors()))


def _gather(root: Element) -> None:
    """Put runs that stand in no paragraph into one."""
    at: Element | None = None
    for run in [run for run in root.iter(w("r")) if next(run.iterancestors(w("p")), None) is None]:
        parent = run.getparent()
        if parent is None:
            continue
        if at is None or run.getprevious() is not at:
            at = run.makeelement(w("p"), {}, None)
            parent.insert(parent.index(run), at)
        at.append(run)


def _choose(alternate: Element) -> None:
    branch = chosen(alternate)
    parent = alternate.getparent()
    if parent is None:
        return
    for one in list(alternate):
        if one is not branch:
            alternate.remove(one)
    if branch is not None:
        dissolve(branch)
    dissolve(alternate)


def _is_left(control: Element) -> bool:
    about = child(control, "sdtPr")
    if about is None:
        return False
    gallery = value(child(about, "docPartObj", "docPartGallery"))
    return child(about, "showingPlcHdr") is not None or gallery == "Table of Contents"


def _empty(paragraph: Element) -> None:
    for one in list(paragraph):
        if local(one) != "pPr":
            paragraph.remove(one)


def _spell(ruby: Element) -> None:
    """Put a word and its reading in place of the two one above the other (17.3.3.25)."""
    run = ruby.getparent()
    if run is None:
        return
    parts = [child(ruby, "rubyBase"), child(ruby, "rt")]
    holder = run.makeelement(w("smartTag"), {}, None)
    for part, before, after in zip(parts, ("", "("), ("", ")"), strict=True):
        for text in (before, part, after):
            if isinstance(text, str):
                holder.extend([_said(run, text)] if text else [])
            elif text is not None:
                holder.extend(list(text))
    _split(run, ruby, holder)


def _said(like: Element, text: str) -> Element:
    """Return a run that says something."""
    run = like.makeelement(w("r"), {}, None)
    written = run.makeelement(w("t"), {SPACE: "preserve"}, None)
    written.text = text
    run.append(written)
    return run


def _split(run: Element, at: Element, between: Element) -> None:
    """Divide a run before and after one of its elements, and put something in that one's place."""
    parent = run.getparent()
    if parent is None:
        return
    behind = run.makeelement(w("r"), {}, None)
    looks = child(run, "rPr")
    if looks is not None:
        behind.append(_copy(looks))
    place = run.index(at)
    behind.extend(list(run)[place + 1 :])
    run.remove(at)
    index = parent.index(run)
    parent.insert(index + 1, between)
    parent.insert(index + 2, behind)


def _copy(element: Element) -> Element:
    import copy

    return copy.deepcopy(element)


_SPACES = ("page", "column")


def _run(run: Element, styles: Styles) -> None:
    paragraph = next(run.iterancestors(w("p")), None)
    if styles.has(run, paragraph, "vanish"):
        remove(run)
        return
    capitals, font = styles.says(run, "caps"), styles.text(run, paragraph, "rFonts", "ascii")
    marked = any(value(one, "customMarkFollows") in ("1", "true", "on") for one in run)
    looks = child(run, "rPr", "rFonts")
    if looks is not None:
        remove(looks)  # pandoc takes letters in some fonts for signs
    for one in list(run):
        name = local(one)
        if name == "delText":
            one.tag = w("t")
        if one.tag == w("t"):
            text = "" if marked else signs.legible(one.text or "", font)
            one.text = text.upper() if capitals else text
            one.set(SPACE, "preserve")
        elif name == "sym":
            _become(one, "t", signs.sign(value(one, "char"), value(one, "font")))
        elif name == "ptab":
            _become(one, "tab", "")
        elif name == "cr":
            _become(one, "br", "")
        elif name == "br" and value(one, "type") in _SPACES:
            _become(one, "t", " ")


def _become(element: Element, name: str, text: str) -> None:
    element.tag = w(name)
    element.attrib.clear()
    if name == "t":
        element.text = text
        element.set(SPACE, "preserve")


def _join(root: Element, choice: Choice) -> None:
    """Let a paragraph whose end is left out go on in the next one."""
    for paragraph in [one for one in root.iter(w("p")) if changes.joins(one, choice)]:
        following = paragraph.getnext()
        if following is None or following.tag != w("p"):
            continue
        at = 1 if child(following, "pPr") is not None else 0
        for offset, one in enumerate([one for one in paragraph if local(one) != "pPr"]):
            following.insert(at + offset, one)
        remove(paragraph)

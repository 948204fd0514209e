"""Have translate-toolkit read the exchange files of a bundle, as translators' tools will.

It shares no code with what wrote them or with our own rules. It must find every sentence, with
the source and the target that stand in the file, without their codes; and in the glossary every
term of every language, as the tables beside it have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from lxml import etree

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place, Severity
from faircopy.proof import tools
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.judges import decided, toolkit_tbx
from faircopy.proof.verdict import Verdict

T = TypeVar("T")

NAME = "translate-toolkit"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Pair: TypeAlias = tuple[str, str]
"""A sentence's source and target, white space folded; "" is no target."""


def judge(path: Path) -> Verdict:
    """Read each XLIFF and TMX of a bundle, and its glossary.

    Raises:
        ToolError: translate-toolkit is missing.
    """
    version = tools.package_version("translate-toolkit")
    try:
        archive = Archive(path.read_bytes())
        found = [
            item
            for name in archive.names
            if name.endswith((".xlf", ".xliff", ".tmx"))
            for item in _findings(archive, name)
        ]
        if "glossary.tbx" in archive.names or "glossary.tsv" in archive.names:
            found += _glossary(archive)
    except FaircopyError as error:
        return decided(NAME, version, error.diagnostics)
    return decided(NAME, version, found)


def _findings(archive: Archive, name: str) -> Iterator[Diagnostic]:
    """Yield the sentences that it reads otherwise than they stand in the file."""
    root = archive.xml(name)
    if root.tag == "tmx" and root.get("version") != "1.4":
        return  # OmegaT's own kind, which names languages in a way that is older than the toolkit
    data = archive.read(name)
    yield from _held(
        name, "sentence", "text", [*_written(root)], lambda: _read(data, root), " / ".join
    )


def _glossary(archive: Archive) -> Iterator[Diagnostic]:
    """Yield the concepts of which it finds other terms than the tables have."""
    name = "glossary.tbx"
    lang = archive.xml(name).get(_LANG, "")
    data = archive.read(name)
    wanted = [*toolkit_tbx.written(archive, lang)]
    yield from _held(name, "concept", "term", wanted, lambda: toolkit_tbx.read(data), _said)


def _held(
    name: str,
    kind: str,
    rule: str,
    wanted: Sequence[T],
    read: Callable[[], Iterator[T]],
    said: Callable[[T], str],
) -> Iterator[Diagnostic]:
    """Yield where what the toolkit reads of a file is not what is ``wanted``, in that order."""
    try:
        found = [*read()]
    except Exception as error:  # noqa: BLE001 - whatever it raises, the file is not sound
        yield _error("unreadable", name, f"it can’t be read: {error or type(error).__name__}")
        return
    if len(found) != len(wanted):
        yield _error("count", name, f"it finds {len(found)} {kind}s of {len(wanted)}")
        return
    for number, (one, other) in enumerate(zip(wanted, found, strict=True), start=1):
        if one != other:
            told = f"it reads {kind} {number} as “{said(other)}”, not “{said(one)}”"
            yield _error(rule, name, told)


def _said(forms: tuple[toolkit_tbx.Form, ...]) -> str:
    return " / ".join(f"{one.lang}: {'!' * one.forbidden}{one.text}" for one in forms)


def _written(root: Element) -> Iterator[Pair]:
    """Yield the sentences as they stand in the file."""
    for unit in root.iter("{*}segment", "{*}trans-unit"):
        yield _text(unit.find("{*}source")), _text(unit.find("{*}target"))
    for unit in root.iter("tu"):
        if any(variant.find("seg") is None for variant in unit.iter("tuv")):
            continue  # which the counts will tell
        texts = [_text(variant.find("seg")) for variant in unit.iter("tuv")]
        yield texts[0], (texts[1] if len(texts) > 1 else "")


def _text(element: Element | None) -> str:
    """Return an element's text, white space folded."""
    return "" if element is None else _folded("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    """Yield an element's text; what stands in a code is notation, and not text."""
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        if etree.QName(child).localname in ("pc", "mrk", "g", "hi"):
            yield from _pieces(child)
        yield child.tail or ""


def _read(data: bytes, root: Element) -> Iterator[Pair]:
    """Yield the sentences as the toolkit finds them."""
    from translate.storage import tmx, xliff, xliff2

    readers: dict[str, Any] = {
        "urn:oasis:names:tc:xliff:document:2.0": xliff2.Xliff2File,
        "urn:oasis:names:tc:xliff:document:1.2": xliff.Xliff1File,
        "": tmx.tmxfile,
    }
    reader = readers[etree.QName(root).namespace or ""]
    for unit in reader.parsestring(data).units:
        if not unit.isheader():
            yield _folded(unit.source), _folded(unit.target)


def _folded(text: Any) -> str:
    return " ".join(str(text or "").split())


def _error(rule: str, name: str, said: str) -> Diagnostic:
    return Diagnostic(
        f"toolkit-{rule}",
        Severity.ERROR,
        f"{name}, read by translate-toolkit: {said}.",
        "Translators’ tools may read it so too: report this with the manuscript.",
        Place(name),
    )

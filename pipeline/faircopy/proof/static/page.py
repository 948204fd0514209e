"""Web editions in which nothing acts: one page, read as browsers read it, that has all it shows.

HTML has no well-formedness to lean on, so that what a parser makes of a page is looked at:
tinyhtml5 follows the WHATWG's algorithm (HTML, section 13.2), as browsers do. A policy against
scripts (Content Security Policy, level 3) stands in the page, and one block of data.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from faircopy.core.diagnostics import EditionError
from faircopy.proof.extractors.archive import Element
from faircopy.proof.static import web
from faircopy.proof.static.fault import Fault, shown

_HTML = "{http://www.w3.org/1999/xhtml}"
_HELD = ("data:image/png", "data:image/jpeg", "data:image/gif", "data:image/svg+xml", "data:font/")
_POLICY = "content-security-policy"
_NEEDED = frozenset({"default-src 'none'", "base-uri 'none'", "form-action 'none'"})
_MAY = frozenset({"img-src data:", "font-src data:", "style-src 'unsafe-inline'"})
_LINKED = frozenset({"canonical", "alternate", "author", "license"})
"""Kinds of link that lead a reader or a search engine somewhere, and load nothing."""
_LEVELS = 500
"""How deep elements may stand in one another: what walks the tree calls itself."""


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in a web edition.

    Raises:
        EditionError: it cannot be read.
    """
    root = _read(data)
    head = root.find(f"{_HTML}head")
    policies: list[str] = []
    digests: list[str] = []
    for element in list(head) if head is not None else ():
        if element.tag == f"{_HTML}script":
            yield from _data(element)
            digests.append(_digest(element.text or ""))
            element.getparent().remove(element)  # type: ignore[union-attr]
        elif element.tag == f"{_HTML}meta" and element.get("http-equiv") is not None:
            if element.attrib.pop("http-equiv").lower() == _POLICY:
                policies.append(element.get("content") or "")
            else:
                yield Fault("", "it tells a browser what only its server may tell it")
        elif element.tag == f"{_HTML}link":
            yield from _link(element)
            element.getparent().remove(element)  # type: ignore[union-attr]
    if not any(_is_strict(policy, digests) for policy in policies):
        yield Fault("", "it has no policy against scripts and what is elsewhere")
    yield from web.faults(root, lambda address: address.startswith(("#", *_HELD)))


def faults_of_article(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in an article that is to stand in another's page.

    Raises:
        EditionError: it cannot be read.
    """
    root = _read(data)
    head, body = root.find(f"{_HTML}head"), root.find(f"{_HTML}body")
    parts = [*(head if head is not None else ()), *(body if body is not None else ())]
    if [part.tag for part in parts] != [f"{_HTML}article"]:
        yield Fault("", "it is no article alone")
    yield from web.faults(root, lambda address: address.startswith(("#", *_HELD)))


def _is_strict(policy: str, digests: Iterable[str]) -> bool:
    """Whether a policy lets nothing run or be fetched; the data in the page may be named."""
    said = {" ".join(part.split()) for part in policy.split(";")} - {""}
    data = {f"script-src 'sha256-{digest}'" for digest in digests}
    return _NEEDED <= said <= _NEEDED | _MAY | data


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(script: Element) -> Iterator[Fault]:
    """A block of data is no script where its type is none of JavaScript's (HTML, 4.12.1)."""
    if set(script.attrib) != {"type"} or script.get("type") != "application/ld+json":
        yield Fault("", "it has a script")
        return
    try:
        json.loads(script.text or "")
    except ValueError:
        yield Fault("", "its data for search engines are none")


def _link(link: Element) -> Iterator[Fault]:
    kind, address = link.get("rel") or "", link.get("href") or ""
    known = set(link.attrib) <= {"rel", "href", "hreflang", "type", "title"}
    if not (known and kind in _LINKED and address.startswith(("https://", "http://"))):
        yield Fault("", f"it has a link of the kind “{shown(kind)}” to “{shown(address)}”")


def _read(data: bytes) -> Element:
    """Return the tree that a browser makes of a page.

    Raises:
        EditionError: it is no UTF-8, or elements stand too deep in one another.
    """
    import tinyhtml5

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _unreadable("it is not UTF-8") from None
    parsed: Any = tinyhtml5.parse(text)
    root = etree.Element(parsed.tag)
    waiting: list[tuple[Any, Element, int]] = [(parsed, root, 0)]
    while waiting:
        source, made, depth = waiting.pop()
        if depth > _LEVELS:
            raise _unreadable("its elements stand too deep in one another")
        try:
            for name, value in source.attrib.items():
                made.set(name, value)
            made.text = source.text
            for child in source:
                if isinstance(child.tag, str):  # else a comment
                    waiting.append((child, etree.SubElement(made, child.tag), depth + 1))
        except ValueError:
            raise _unreadable("it has names or signs that no page of the web has") from None
    return root


def _unreadable(why: str) -> EditionError:
    return EditionError.because(
        "artifact-unreadable", f"The page can't be read: {why}.", "Build it again."
    )

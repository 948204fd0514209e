"""Hold what an EPUB says of its own accessibility against its content: our own rules.

EPUBCheck looks at the form of ``schema:`` metadata and not at its truth; Ace compares some of it.
Here every claim is counted again, from the files alone, by none of the writer's code. A claim
that nobody has a rule for is an error as well: it cannot be established.
Source: EPUB Accessibility 1.1, sections 2 and 4.2; Schema.org Accessibility Properties for
Discoverability Vocabulary.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import msgspec
from lxml import etree

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place, Severity
from faircopy.proof.epubclaims import Package, open_package
from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "EPUB claims"
VERSION = "2"
_TYPE = "{http://www.idpf.org/2007/ops}type"


def judge(path: Path) -> Verdict:
    """Check each claim of the package document."""
    try:
        book = _Book.of(open_package(path.read_bytes()))
    except FaircopyError as error:
        return decided(NAME, VERSION, error.diagnostics)
    return decided(NAME, VERSION, _findings(book))


class _Book(msgspec.Struct, frozen=True):
    """A package, with its documents read: what the rules look at."""

    package: Package
    documents: Mapping[str, Element]

    @classmethod
    def of(cls, package: Package) -> _Book:
        return cls(package, package.documents())

    def every(self, *names: str) -> list[tuple[str, Element]]:
        wanted = tuple(f"{{*}}{name}" for name in names)
        return [
            (document, item)
            for document, root in self.documents.items()
            for item in root.iter(*wanted)
        ]

    def pictures(self) -> list[tuple[str, Element]]:
        """The images that say something: not ornaments, not the cover."""
        return [
            (name, image)
            for name, image in self.every("img")
            if not {"presentation", "none", "doc-cover"} & set(image.get("role", "").split())
            and "decorative" not in image.get("class", "").split()
        ]


def _findings(book: _Book) -> Iterator[Diagnostic]:
    for claim in book.package.claims:
        name, _, value = claim.partition(" ")
        rule = _RULES.get(claim) or _RULES.get(name)
        if rule is None:
            why, where = "nobody has established it", book.package.path
        else:
            why, where = rule(book)
        if why:
            yield Diagnostic(
                f"epub-claim-{value or name.partition(':')[2]}".lower(),
                Severity.ERROR,
                f"The book claims “{claim}”, but {why}.",
                "Mend the content, or publish without the claim.",
                Place(where),
            )


Ruling = tuple[str, str]
"""Why a claim is not true, and in which file; ("", "") when it is."""

_TRUE: Ruling = ("", "")


def _described(book: _Book) -> Ruling:
    for name, image in book.pictures():
        if not image.get("alt", "").strip():
            return f"the image {image.get('src', '')} has no alternative text", name
    return _TRUE


def _has(*names: str, what: str) -> Callable[[_Book], Ruling]:
    def rule(book: _Book) -> Ruling:
        return _TRUE if book.every(*names) else (f"it holds no {what}", book.package.path)

    return rule


def _alternatives(book: _Book) -> Ruling:
    if not book.pictures():
        return "it holds no image", book.package.path
    return _described(book)


def _spoken(book: _Book) -> Ruling:
    for name, formula in book.every("math"):
        if not formula.get("alttext", "").strip():
            return "a formula has no text", name
    return _has("math", what="formula")(book)


_FIXED = re.compile(r"(font-size|line-height)\s*:\s*[\d.]+(px|pt|pc|mm|cm|in)\b")
_PINNED = re.compile(r"position\s*:\s*(absolute|fixed)")


def _flows(book: _Book) -> Ruling:
    for item in book.package.root.iter("{*}meta"):
        fixed = (item.text or "").strip() == "pre-paginated"
        if item.get("property") == "rendition:layout" and fixed:
            return "its layout is fixed", book.package.path
    for name, css in book.package.sheets():
        if _FIXED.search(css) or _PINNED.search(css):
            return "its style sheet fixes sizes or places", name
    return _TRUE


def _ordered(book: _Book) -> Ruling:
    """Everything that can be read is in the spine, and the contents follow its order."""
    spine = book.package.spine
    for name in book.documents:
        if name not in spine and name != book.package.navigation:
            return f"{name} is not in the reading order", name
    places = [spine.index(name) for name in _contents(book) if name in spine]
    if places != sorted(places):
        return "its contents stand in another order", book.package.navigation
    return _TRUE


def _contents(book: _Book) -> list[str]:
    name = book.package.navigation
    root = book.documents.get(name)
    found: list[str] = []
    for nav in root.iter("{*}nav") if root is not None else ():
        if nav.get(_TYPE) != "toc":
            continue
        for link in nav.iter("{*}a"):
            found.append(_target(name, link).partition("#")[0])
    return found


def _listed(book: _Book) -> Ruling:
    where = book.package.navigation or book.package.path
    return _TRUE if _contents(book) else ("it has no table of contents", where)


def _paged(book: _Book) -> Ruling:
    """Each page's marker has a number, and is in the list of pages, in the order of reading."""
    package = book.package
    root = book.documents.get(package.navigation)
    listed = [
        (_target(package.navigation, link), "".join(map(str, link.itertext())))
        for nav in (root.iter("{*}nav") if root is not None else ())
        if nav.get(_TYPE) == "page-list"
        for link in nav.iter("{*}a")
    ]
    marked = [
        (f"{name}#{item.get('id', '')}", item.get("aria-label", ""))
        for name in package.spine
        for item in book.documents[name].iter("{*}span")
        if "pagebreak" in item.get(_TYPE, "").split()
    ]
    if not marked or not all(label for _, label in marked):
        return "pages are not marked, or have no number", package.path
    if listed != marked:
        return "its list of pages does not name their markers in order", package.navigation
    return _TRUE


def _target(document: str, link: Element) -> str:
    """Return which document a link leads to, and where in it."""
    path, _, fragment = unquote(link.get("href", "")).partition("#")
    return f"{posixpath.normpath(posixpath.join(posixpath.dirname(document), path))}#{fragment}"


def _still(book: _Book) -> Ruling:
    """Nothing moves, flashes or sounds by itself."""
    for name, item in book.every("audio", "video", "script", "animate", "set", "embed", "object"):
        return f"it holds {etree.QName(item).localname}", name
    for name, data in book.package.images():
        if _moves(data):
            return f"{name} may move", name
    return _TRUE


def _moves(data: bytes) -> bool:
    if b"<svg" in data[:2000]:
        return any(mark in data for mark in (b"<animate", b"<set", b"@keyframes", b"<script"))
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            return bool(getattr(image, "is_animated", False))
    except UnidentifiedImageError:
        return True  # what cannot be looked into cannot be vouched for


def _certified(book: _Book) -> Ruling:
    """Conformance is claimed by whoever has evaluated it, by name (EPUB Accessibility, 4.3)."""
    for item in book.package.root.iter("{*}meta"):
        if item.get("property") == "a11y:certifiedBy" and (item.text or "").strip():
            return _TRUE
    return "nobody is named who has evaluated it", book.package.path


_FEATURE = "schema:accessibilityFeature"
_RULES: Mapping[str, Callable[[_Book], Ruling]] = {
    "schema:accessMode textual": _has("p", "h1", "h2", "li", what="text"),
    "schema:accessMode visual": _has("img", "svg", what="image"),
    "schema:accessModeSufficient textual": _described,
    "schema:accessModeSufficient textual,visual": _has("p", "h1", "h2", "li", what="text"),
    f"{_FEATURE} alternativeText": _alternatives,
    f"{_FEATURE} MathML": _has("math", what="formula"),
    f"{_FEATURE} describedMath": _spoken,
    f"{_FEATURE} displayTransformability": _flows,
    f"{_FEATURE} pageBreakMarkers": _paged,
    f"{_FEATURE} pageNavigation": _paged,
    f"{_FEATURE} readingOrder": _ordered,
    f"{_FEATURE} structuralNavigation": _has("h1", "h2", "h3", "h4", "h5", "h6", what="heading"),
    f"{_FEATURE} tableOfContents": _listed,
    "schema:accessibilityHazard none": _still,
    "schema:accessibilityHazard unknown": lambda book: _TRUE,
    "dcterms:conformsTo": _certified,
}
"""What makes a claim true; one without a value holds for every value."""

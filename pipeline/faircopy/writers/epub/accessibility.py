"""What is true of this book for readers who do not see it, hear it or hold it as others do.

The properties are those of schema.org that EPUB Accessibility 1.1, section 2, asks for. Each is
derived from the book's own tree; conformance to a standard is not claimed, as that needs a
person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Signed
from faircopy.languages import known, locale
from faircopy.writers import html
from faircopy.writers.reflowable.contents import Entry
from faircopy.writers.reflowable.images import ORNAMENT, Picture
from faircopy.writers.reflowable.sections import Section, headings
from faircopy.writers.reflowable.xhtml import MATHML, named

UNSIGNED = Signed()
_STILL = frozenset({"image/jpeg"})
"""Types of image that cannot move; the others may hold an animation."""
_FIXED = re.compile(
    r"(?:font-size|line-height)\s*:\s*[\d.]+(?:px|pt|pc|mm|cm|in)\b|position\s*:\s*(?:absolute|fixed)"
)
"""What a reader's own size and margins could not change."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted in the book. ``images`` leaves the cover and ornaments out.

    ``nested`` says that no heading is more than a level deeper than the one before, ``reflows``
    that its style sheet fixes neither size nor place of the text. ``pages`` are those of the
    printed edition that are marked and listed.
    """

    images: int
    described: int
    may_move: bool
    formulas: int
    spoken: int
    headings: int
    nested: bool
    contents: int
    reflows: bool
    pages: int = 0


def observe(
    sections: Iterable[Section],
    pictures: Iterable[Picture],
    contents: Sequence[Entry],
    css: str,
    *,
    pages: int = 0,
) -> Facts:
    """Count what the properties depend on."""
    roots = [(section, section.root) for section in sections]
    images = [
        image
        for _, root in roots
        for image in named(root, "img")
        if image.get("alt", "").strip() or not html.has_class(image, ORNAMENT)
    ]
    levels = [level for section, _ in roots for level, _ in headings(section)]
    formulas = [item for _, root in roots for item in root.iter(f"{{{MATHML}}}math")]
    return Facts(
        images=len(images),
        described=sum(bool(image.get("alt", "").strip()) for image in images),
        may_move=any(_may_move(picture) for picture in pictures),
        formulas=len(formulas),
        spoken=sum(bool(item.get("alttext", "").strip()) for item in formulas),
        headings=len(levels),
        nested=all(after <= before + 1 for before, after in pairwise((1, *levels))),
        contents=len(contents),
        reflows=not _FIXED.search(css),
        pages=pages,
    )


def contradictions(facts: Facts) -> Iterator[str]:
    """Yield what this book lacks for what WCAG asks at level A, as far as a machine sees it."""
    if facts.described < facts.images:
        yield f"{facts.images - facts.described} pictures have no words (WCAG 1.1.1)"
    if facts.spoken < facts.formulas:
        yield f"{facts.formulas - facts.spoken} formulas have no words (1.1.1)"
    if facts.may_move:
        yield "a picture may move (2.2.2)"
    if not facts.reflows:
        yield "the theme's style fixes sizes, which readers cannot change then (1.4.4)"


def refused(facts: Facts, signed: Signed, source: str) -> Iterator[Diagnostic]:
    """Yield an error where a publisher signs a conformance that the book does not have."""
    lacking = [*contradictions(facts)] if signed.conforms_to else []
    if lacking:
        yield Diagnostic(
            "conformance-contradicted",
            Severity.ERROR,
            f"conformance to {signed.conforms_to} is signed, but {'; '.join(lacking)}",
            "Mend what is named, or take conforms-to: out.",
            Place(source),
        )


def properties(facts: Facts, lang: str, signed: Signed = UNSIGNED) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the package's ``schema:`` metadata, in a fixed order."""
    all_described = facts.described == facts.images
    yield "schema:accessMode", "textual"
    if facts.images:
        yield "schema:accessMode", "visual"
    yield "schema:accessModeSufficient", "textual" if all_described else "textual,visual"
    if facts.images and all_described:
        yield "schema:accessModeSufficient", "textual,visual"
        yield "schema:accessibilityFeature", "alternativeText"
    if facts.reflows:
        yield "schema:accessibilityFeature", "displayTransformability"
    if facts.formulas:
        yield "schema:accessibilityFeature", "MathML"
        if facts.spoken == facts.formulas:
            yield "schema:accessibilityFeature", "describedMath"
    if facts.pages:
        yield "schema:accessibilityFeature", "pageBreakMarkers"
        yield "schema:accessibilityFeature", "pageNavigation"
    yield "schema:accessibilityFeature", "readingOrder"
    if facts.headings and facts.nested:
        yield "schema:accessibilityFeature", "structuralNavigation"
    if facts.contents:
        yield "schema:accessibilityFeature", "tableOfContents"
    yield "schema:accessibilityHazard", "unknown" if facts.may_move else "none"
    yield "schema:accessibilitySummary", summary(facts, lang, signed)


def claims(facts: Facts, lang: str, signed: Signed = UNSIGNED) -> tuple[str, ...]:
    """Return the properties as words, each name with its value; the summary is not among them.

    A conformance that is signed stands first: a book that contradicts it is not made.
    """
    sworn = (f"dcterms:conformsTo {signed.conforms_to}",) if signed.conforms_to else ()
    return sworn + tuple(
        f"{name} {value}" for name, value in properties(facts, lang) if not name.endswith("Summary")
    )


def summary(facts: Facts, lang: str, signed: Signed = UNSIGNED) -> str:
    """Say the same in sentences, in the book's language where we know it, else in English."""
    spoken = locale(summary_lang(lang))
    said = spoken.summary
    sentences = [said.reflows] if facts.reflows and facts.headings and facts.contents else []
    if facts.images == 0:
        sentences.append(said.no_images)
    elif facts.described == facts.images:
        sentences.append(said.images)
    else:
        missing = facts.images - facts.described
        sentences.append(said.images_missing.format(missing=missing, all=facts.images))
    if facts.formulas and facts.spoken == facts.formulas:
        sentences.append(said.formulas)
    sentences += [] if signed.conforms_to else [said.no_claim]
    return (" " if spoken.spaces else "").join(sentences)


def summary_lang(lang: str) -> str:
    """Return the language that ``summary`` speaks."""
    return lang if known(lang) else "en"


def _may_move(picture: Picture) -> bool:
    """Say whether an image could be animated; a type that can be is looked into."""
    asset = picture.asset
    if asset.media_type in _STILL:
        return False
    if asset.media_type == "image/svg+xml":
        return any(mark in asset.data for mark in (b"<animate", b"<set", b"@keyframes", b"<script"))
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(asset.data)) as image:
        return bool(getattr(image, "is_animated", False))

"""Images: the manuscript's files, taken along under names that every system can open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Asset
from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.reflowable.sections import Section
from faircopy.writers.reflowable.xhtml import named

FOLDER = "images"
ORNAMENT = "decorative"
"""The class of an image that says nothing: ``faircopy.manuscript.images.DECORATIVE``."""
EXTENSIONS = {
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
}
"""The image types that every reading system shows (EPUB 3.3, section 3.2)."""


class Picture(msgspec.Struct, frozen=True):
    """An image of an edition: its path in a package and the manuscript's file."""

    path: str
    asset: Asset


def collect(
    sections: Iterable[Section], assets: Mapping[str, Asset], address: Callable[[Picture], str]
) -> tuple[Picture, ...]:
    """Point every ``img`` at the edition's copy of its file; return the copies, in order of use.

    ``address`` gives what ``src`` says of a copy.

    Raises:
        EditionError: an image is not among the assets, or is of a type that readers do not show.
    """
    pictures: dict[str, Picture] = {}
    for section in sections:
        for image in named(section.root, "img"):
            url = image.get("src", "")
            asset = assets.get(url) or assets.get(unquote(url))
            if asset is None:
                raise EditionError.because(
                    "edition-image-missing",
                    f"The image {url} is not among the manuscript's files.",
                    "Put the file into the manuscript's folder and use its relative path.",
                )
            if asset.path not in pictures:
                pictures[asset.path] = _picture(asset, len(pictures) + 1)
            image.set("src", address(pictures[asset.path]))
            if html.has_class(image, ORNAMENT) and not image.get("alt", "").strip():
                _hush(image)
    return tuple(pictures.values())


def _hush(image: Element) -> None:
    """Say of an ornament that it is to be passed over.

    Pandoc leaves out an ``alt`` that is empty (WCAG 2.2, technique H67).
    """
    image.set("alt", "")
    image.set("role", "presentation")


def _picture(asset: Asset, number: int) -> Picture:
    extension = EXTENSIONS.get(asset.media_type)
    if extension is None:
        raise EditionError.because(
            "edition-image-type",
            f"The image {asset.path} is of type {asset.media_type}, which not every reader shows.",
            f"Save it as one of: {', '.join(sorted(EXTENSIONS.values()))}.",
        )
    return Picture(f"{FOLDER}/image-{number:03}.{extension}", asset)

"""The images of a manuscript: found inside its folder only, within limits, and prepared."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from faircopy.core import files
from faircopy.core.diagnostics import Diagnostic, Place, Severity, together
from faircopy.core.limits import IMAGE, IMAGES
from faircopy.core.model import Asset
from faircopy.manuscript import nearby, pictures
from faircopy.manuscript.named import Elsewhere, Fault, inside
from faircopy.manuscript.pictures import Picture, Unfit

_NAMES = (".gif", ".jpeg", ".jpg", ".png", ".svg")
"""How the names of images end. What an image is, its content says."""

_ELSEWHERE = ("image-remote", "image-outside")
"""What is wrong with all of a text's images alike: one that came from a site."""


def load(
    folder: Path, urls: Iterable[tuple[str, Place]]
) -> tuple[dict[str, Asset], tuple[Diagnostic, ...]]:
    """Read the images at ``urls``, each given with the place that asks for it.

    Returns:
        the images by their URL, prepared for every edition, with an error for each that cannot be
        used and what else is to be said of them.
    """
    assets: dict[str, Asset] = {}
    found: list[Diagnostic] = []
    total = 0
    for url, place in urls:
        if url in assets:
            continue
        what = f"the image “{unquote(url)[:200]}”"
        try:
            picture = _prepared(folder, url)
            total += len(picture.data)
            if total > IMAGES.most:
                raise Unfit(
                    "images-too-large",
                    f"is one too many: the manuscript's images have more than {IMAGES}",
                    "Make the images smaller.",
                )
        except Unfit as unfit:
            message = f"{what} {unfit.message}"
            found.append(Diagnostic(unfit.code, Severity.ERROR, message, unfit.remedy, place))
            continue
        assets[url] = Asset(url, picture.media_type, picture.data, picture.width, picture.height)
        found += [
            Diagnostic(it.code, it.severity, f"{what} {it.message}", it.remedy, place)
            for it in picture.remarks
        ]
    return assets, tuple(_together(found))


def _together(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield findings, of those that have one cause the first, which names the others' lines."""
    first: dict[str, list[Diagnostic]] = {}
    for item in found:
        if item.code in _ELSEWHERE:
            first.setdefault(item.code, []).append(item)
        else:
            yield item
    yield from map(together, first.values())


def _prepared(folder: Path, url: str) -> Picture:
    return pictures.prepare(_bytes(_inside(folder, url), folder, url))


def _inside(folder: Path, url: str) -> Path:
    try:
        path = inside(folder, url)
    except Elsewhere as elsewhere:
        raise _elsewhere(elsewhere.fault, folder, url) from elsewhere
    if PurePosixPath(unquote(url)).suffix.lower() not in _NAMES:
        raise Unfit(
            "image-type",
            "is of no type that every edition can show",
            f"Use one of {', '.join(_NAMES)}.",
        )
    return path


def _elsewhere(fault: Fault, folder: Path, url: str) -> Unfit:
    if fault is Fault.REMOTE:
        return Unfit(
            "image-remote",
            "is not a file in the manuscript's folder",
            "Save the image beside the manuscript and name it by its relative path.",
        )
    if fault is Fault.OUTSIDE:
        return Unfit(
            "image-outside",
            "lies outside the manuscript's folder",
            "Copy it into the folder and name it by its relative path.",
        )
    if fault is Fault.HIDDEN:
        return Unfit(
            "image-hidden",
            "is a hidden file, or in a hidden folder: a change in it would not be seen",
            "Give it a name that does not begin with a full stop.",
        )
    return _missing(folder, url)


def _bytes(path: Path, folder: Path, url: str) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # reading a pipe would wait for ever
            raise _missing(folder, url)
        size = about.st_size
        if size > IMAGE.most:
            raise Unfit(
                "image-too-large",
                f"has {size:,} bytes, the limit is {IMAGE.most:,}",
                "Make the image smaller.",
            )
        return files.read(path, within=folder)
    except OSError as error:
        raise _missing(folder, url) from error


def _missing(folder: Path, url: str) -> Unfit:
    """Return the error that there is no such file, with the name of the one that is meant."""
    name = unquote(url)
    meant = nearby.meant(folder, name, _NAMES)
    if meant:
        remedy = f"There is “{meant}”: write that name, capital letters included."
    elif "\\" in name:
        remedy = "Write / between a folder and a file in it."
    else:
        remedy = "Check its name, capital letters included, and that it is in the folder."
    return Unfit("image-missing", "cannot be read", remedy)

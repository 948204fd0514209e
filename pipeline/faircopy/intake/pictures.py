"""The pictures of a Word file: their own bytes under plain names, or why one is left out."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr
from faircopy.intake.drawings import Drawn
from faircopy.intake.package import Package
from faircopy.manuscript.images import DECORATIVE

_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}
_OTHERS = {
    b"\x01\x00\x00\x00": "an EMF drawing",
    b"\xd7\xcd\xc6\x9a": "a WMF drawing",
    b"BM": "a BMP picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"RIFF": "a WebP picture",
}


class Pictures(msgspec.Struct, frozen=True):
    """Pictures' files by name, what stands in the text by number, and what is to be decided."""

    files: Mapping[str, bytes]
    shown: Mapping[int, ast.Image | None]
    decide: tuple[str, ...]


def gather(package: Package, drawn: tuple[tuple[str, Drawn], ...]) -> Pictures:
    """Return the pictures that the text shows, each file once."""
    files: dict[str, bytes] = {}
    names: dict[bytes, str] = {}
    shown: dict[int, ast.Image | None] = {}
    decide: list[str] = []
    for number, (part, one) in enumerate(drawn, start=1):
        data, wrong = _bytes(package, part, one)
        kind = _kind(data)
        if not kind:
            decide.append(f"picture {number} is left out: {wrong or _other(data)}{_about(one)}")
            shown[number] = None
            continue
        if data not in names:
            names[data] = f"picture-{len(names) + 1}.{kind}"
            files[names[data]] = data
        name = names[data]
        shown[number] = _image(name, one)
    return Pictures(files, shown, tuple(decide))


def _bytes(package: Package, part: str, one: Drawn) -> tuple[bytes, str]:
    relation = package.relations(part).get(one.relation)
    if relation is None:
        return b"", "the file has no such picture"
    if relation.external:
        return b"", f"it is not in the file, but at {relation.target[:100]}; nothing is fetched"
    return package.parts.get(relation.target, b""), ""


def _kind(data: bytes) -> str:
    for begins, kind in _KINDS.items():
        if data.startswith(begins):
            return kind
    return "svg" if b"<svg" in data[:1000] else ""


def _other(data: bytes) -> str:
    found = next((name for begins, name in _OTHERS.items() if data.startswith(begins)), "")
    said = f"it is {found}" if found else "it is of a kind that no edition can show"
    return f"{said}; save it as PNG or JPEG and put it beside the manuscript"


def _about(one: Drawn) -> str:
    of = " (it stands for an object of another program)" if one.object else ""
    return f"{of}, “{one.alt[:80]}”" if one.alt else of


def _image(name: str, one: Drawn) -> ast.Image:
    if one.decorative:
        return ast.Image((Attr("", (DECORATIVE,)), (), (name, "")))
    words = one.alt.split()
    said: list[ast.Inline] = []
    for word in words:
        said += [*([ast.Space()] if said else []), ast.Str(word)]
    return ast.Image((Attr(), tuple(said), (name, "")))

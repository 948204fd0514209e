"""PDFs in which nothing acts (ISO 32000-2): no script, no action but a link, nothing beside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from faircopy.core.diagnostics import EditionError
from faircopy.passes.addresses import SCHEMES
from faircopy.proof.static import xml
from faircopy.proof.static.fault import Fault, shown

_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
"""Actions (12.6.4) that only turn pages or lead a reader somewhere."""
_NAMED = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
_KEYS = {
    "/JS": "a script",
    "/JavaScript": "a script",
    "/AA": "actions that start by themselves",
    "/AcroForm": "a form",
    "/XFA": "a form",
    "/RichMedia": "other media",
    "/RichMediaContent": "other media",
    "/Rendition": "other media",
    "/Encrypt": "a lock",
    "/Collection": "a portfolio",
    "/Requirements": "demands on its reader",
}
"""Keys of dictionaries that no static file has (12.6.3, 12.7, 13), and what they bring."""
_ANNOTATIONS = frozenset({"/Link"})
_EMBEDDED = ("text/markdown", "text/plain", "application/mathml+xml", "application/x-tex")


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in a PDF.

    Raises:
        EditionError: it can't be read.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                yield Fault("", "it is locked")
            for item in (pdf.trailer, *pdf.objects):
                yield from _object(item, _number(item), 0)
    except (pikepdf.PdfError, UnicodeError, ValueError, RuntimeError) as error:
        raise EditionError.because(
            "artifact-unreadable", f"The artifact can't be read: {error}.", "Build it again."
        ) from error


_DEEPEST = 60


def _number(item: Any) -> str:
    number = getattr(item, "objgen", (0, 0))[0]
    return f"object {number}" if number else "trailer"


def _object(item: Any, part: str, depth: int) -> Iterator[Fault]:
    """Look at an object and what stands in it directly; others that it names have their turn."""
    import pikepdf

    if depth > _DEEPEST:
        yield Fault(part, "it goes deeper than any edition does")
    elif isinstance(item, pikepdf.Array):
        for child in item:
            yield from _inside(child, part, depth)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield from (Fault(part, what) for what in _dictionary(item))
        for _, child in item.items():
            yield from _inside(child, part, depth)


def _inside(child: Any, part: str, depth: int) -> Iterator[Fault]:
    import pikepdf

    if isinstance(child, pikepdf.Object) and not child.is_indirect:
        yield from _object(child, part, depth + 1)


def _dictionary(item: Any) -> Iterator[str]:
    import pikepdf

    stream = isinstance(item, pikepdf.Stream)
    kind, form = str(item.get("/Type", "")), str(item.get("/Subtype", ""))
    for key in item.keys() & _KEYS.keys():
        yield f"it has {_KEYS[key]} ({key})"
    if kind == "/Action" or _is_action(item):
        yield from _action(item)
    if "/OpenAction" in item and isinstance(item.OpenAction, pikepdf.Dictionary):
        yield from _action(item.OpenAction)
    if (kind == "/Annot" or "/Rect" in item) and form not in _ANNOTATIONS:
        yield f"it has an annotation of the kind {shown(form)}"
    if stream and "/F" in item:
        yield "it has a part that is not in the file"
    if form == "/Form" and "/Ref" in item:
        yield "it shows a page of another file"
    if isinstance(item.get("/EF"), pikepdf.Dictionary):
        yield from _embedded(item.EF)
    elif kind in ("/Filespec", "/F"):
        yield "it leads to another file"
    if stream and kind == "/Metadata":
        yield from _metadata(item)


def _embedded(files: Any) -> Iterator[str]:
    for _, file in files.items():
        form = str(file.get("/Subtype", "")).lstrip("/")
        if form not in _EMBEDDED:
            yield f"it has a file of the kind “{shown(form)}” in it"


def _is_action(item: Any) -> bool:
    """An action need not say that it is one; what its kind says, only an action has."""
    return str(item.get("/S", "")) in _ACTS


_ACTS = frozenset(
    {"/GoTo3DView", "/GoToDp", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch"}
    | {"/Movie", "/Named", "/Rendition", "/ResetForm", "/RichMediaExecute", "/SetOCGState"}
    | {"/Sound", "/SubmitForm", "/Thread", "/Trans", "/URI", "/GoTo"}
)


def _action(item: Any) -> Iterator[str]:
    kind = str(item.get("/S", ""))
    if kind not in _ACTIONS or (kind == "/Named" and str(item.get("/N", "")) not in _NAMED):
        yield f"it has an action of the kind {shown(kind)}"
    if kind == "/URI":
        address = str(item.get("/URI", ""))
        try:
            scheme = urlsplit("".join(address.split())).scheme
        except ValueError:
            scheme = "?"
        if scheme not in SCHEMES:
            yield f"it links to “{shown(address)}”"


def _metadata(item: Any) -> Iterator[str]:
    """XMP is XML in a wrapper of instructions of its own (ISO 16684-1, 7.3.2)."""
    try:
        root = xml.read(item.read_bytes().strip(), "its metadata")
    except EditionError:
        yield "it has metadata that can't be read"
        return
    for fault in xml.faults(root):
        if "xpacket" not in fault.what:
            yield f"its metadata are not plain: {fault.what}"

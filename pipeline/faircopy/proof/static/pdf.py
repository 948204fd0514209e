"""PDFs in which nothing acts (ISO 32000-2): no script, no action but a link, nothing beside."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from faircopy.core.diagnostics import EditionError
from faircopy.manuscript.pictures.svg_names import names
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
    "/OPI": "a picture of elsewhere",
}
"""Keys of dictionaries that no static file has (12.6.3, 12.7, 13), and what they bring."""
_ROOT = names(
    """
    AF Dests Lang MarkInfo Metadata Names OpenAction Outlines OutputIntents PageLabels PageLayout
    PageMode Pages StructTreeRoot Type Version ViewerPreferences
    """
)
_NAMES = names("Dests EmbeddedFiles")
"""What the catalog (7.7.2) and its table of names (7.7.4) may have; the rest acts or fetches."""
_FILTERS = frozenset({"/FlateDecode", "/DCTDecode"})
_UNPACKED = 1_000_000_000
"""Most bytes that all streams together may unpack to."""
_ANNOTATIONS = frozenset({"/Link"})
_EMBEDDED = ("text/markdown", "text/plain", "application/mathml+xml", "application/x-tex")


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in a PDF.

    Raises:
        EditionError: it can't be read.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                yield Fault("", "it is locked")
            yield from _catalog(pdf.Root)
            left = _UNPACKED
            for item in (pdf.trailer, *pdf.objects):
                if isinstance(item, pikepdf.Stream):
                    left -= _size(item, left)
                    yield from _packed(item, _number(item), left)
                yield from _object(item, _number(item), 0)
            if pdf.get_warnings():
                yield Fault("", "it is damaged, which every program mends in a way of its own")
    except (pikepdf.PdfError, UnicodeError, ValueError, RuntimeError) as error:
        said = str(error).rpartition("object at ")[2].partition(": ")[2] or str(error)
        raise EditionError.because(
            "artifact-unreadable", f"The artifact can't be read: {said}.", "Build it again."
        ) from error


_DEEPEST = 60


def _catalog(root: Any) -> Iterator[Fault]:
    named = root.get("/Names", {})
    for known, there in ((_ROOT, root.keys()), (_NAMES, named.keys())):
        for key in sorted(there):
            if key.removeprefix("/") not in known:
                yield Fault("", f"its catalog has {shown(key)}")


def _packed(stream: Any, part: str, left: int) -> Iterator[Fault]:
    """Yield what is wrong with how a stream is packed; ``left`` bytes may come after it."""
    if left < 0:
        yield Fault(part, "it unpacks to more than any edition has")
    filters = _filters(stream)
    if len(filters) > 1 or not _FILTERS.issuperset(filters):
        yield Fault(part, f"it has a part that is packed with {shown(' '.join(filters))}")


def _filters(stream: Any) -> list[str]:
    import pikepdf

    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _size(stream: Any, left: int) -> int:
    """Return how many bytes a stream unpacks to; unpacking ends when they are more than left."""
    block, size = stream.read_raw_bytes(), 0
    if "/FlateDecode" not in _filters(stream):
        return len(block)
    unpacking = zlib.decompressobj()
    while block and size <= left:
        try:
            size += len(unpacking.decompress(block, 1 << 20))
        except zlib.error:  # whoever reads it will say so
            return size
        block = unpacking.unconsumed_tail
    return size


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
    if "/PS" in (form, str(item.get("/Subtype2", ""))):
        yield "it has a program of PostScript"
    if stream and "/F" in item:
        yield "it has a part that is not in the file"
    if form == "/Form" and "/Ref" in item:
        yield "it shows a page of another file"
    if isinstance(item.get("/EF"), pikepdf.Dictionary):
        yield from _embedded(item.EF)
    elif kind in ("/Filespec", "/F") or _is_path(item):
        yield "it leads to another file"
    if stream and kind == "/Metadata":
        yield from _metadata(item)


def _is_path(item: Any) -> bool:
    """A file specification (7.11.3) need not say that it is one; an annotation's F is a number."""
    import pikepdf

    if isinstance(item, pikepdf.Stream) or _is_action(item):
        return False
    return any(
        isinstance(item.get(key), pikepdf.String | pikepdf.Dictionary) for key in ("/F", "/UF")
    )


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

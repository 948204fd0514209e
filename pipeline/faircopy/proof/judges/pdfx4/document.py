"""Rules about a press file as a whole: version, encryption, output intent, what can act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from faircopy.core.diagnostics import Diagnostic
from faircopy.proof.judges.pdfx4.breach import breach

NEWEST = (1, 6)
_ICC_NEWEST = (4, 2)
_REGISTRY = "http://www.color.org"
_HEADER = 128


def check(pdf: Pdf) -> Iterator[Diagnostic]:
    """Yield what is wrong with the document."""
    yield from _version(pdf)
    yield from _trailer(pdf)
    yield from _output_intent(pdf)
    yield from _objects(pdf)
    yield from _actions(pdf)
    yield from _form(pdf)


def _version(pdf: Pdf) -> Iterator[Diagnostic]:
    """PDF/X-4 is based on PDF 1.6 (6.1)."""
    stated = [pdf.pdf_version, str(pdf.Root.get("/Version", "")).lstrip("/")]
    for version in filter(None, stated):
        if tuple(int(part) for part in version.split(".")) > NEWEST:
            yield breach("version", "6.1", f"the file is PDF {version}, newer than 1.6")


def _trailer(pdf: Pdf) -> Iterator[Diagnostic]:
    if pdf.is_encrypted:
        yield breach("encryption", "6.15", "the file is encrypted")
    name = pdf.trailer.get("/ID")
    if not isinstance(name, Array) or len(name) != 2:
        yield breach("id", "6.10", "the trailer has no file identifier")


# --- output intent -------------------------------------------------------------------------------


def intents(pdf: Pdf) -> list[Any]:
    """Return the output intents for PDF/X."""
    found: Any = pdf.Root.get("/OutputIntents", Array())
    return [item for item in found if item.get("/S") == Name.GTS_PDFX]


def _output_intent(pdf: Pdf) -> Iterator[Diagnostic]:
    """One characterised printing condition, by name and with its profile (6.2, 6.4.2)."""
    found = intents(pdf)
    if len(found) != 1:
        yield breach("output-intent", "6.2", f"there are {len(found)} output intents, not one")
        return
    intent = found[0]
    if not _text(intent, "/OutputConditionIdentifier"):
        yield breach("condition", "6.2", "the output intent names no printing condition")
    if _text(intent, "/RegistryName") != _REGISTRY and not _text(intent, "/Info"):
        yield breach("condition", "6.2", "the printing condition is neither registered nor said")
    profile = intent.get("/DestOutputProfile")
    if not isinstance(profile, Stream):
        yield breach("profile", "6.4.2", "the output intent has no embedded profile")
        return
    fault = _profile_fault(profile)
    if fault:
        yield breach("profile", "6.4.2", f"the output profile {fault}")


def _text(holder: Any, key: str) -> str:
    value = holder.get(key)
    return str(value).strip() if isinstance(value, String) else ""


def _profile_fault(stream: Stream) -> str:
    """Read a profile's header and table of tags (ICC.1:2004-10, 7.2 and 7.3)."""
    data = stream.read_bytes()
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp":
        return "is no ICC profile"
    if int.from_bytes(data[:4]) != len(data):
        return "is cut off"
    if data[12:16] != b"prtr":
        return "is not of an output device"
    if data[16:20] != b"CMYK" or stream.get("/N") != 4:
        return "is not for cyan, magenta, yellow and black"
    if (data[8], data[9] >> 4) > _ICC_NEWEST:
        return "is newer than ICC version 4.2"
    count = int.from_bytes(data[_HEADER : _HEADER + 4])
    tags = {data[_HEADER + 4 + 12 * n :][:4] for n in range(count)}
    missing = {b"A2B0", b"B2A0", b"desc", b"cprt", b"wtpt"} - tags
    return f"lacks {b', '.join(sorted(missing)).decode('latin-1')}" if missing else ""


# --- objects -------------------------------------------------------------------------------------

_INTENTS = {
    "/AbsoluteColorimetric",
    "/RelativeColorimetric",
    "/Saturation",
    "/Perceptual",
}


def _objects(pdf: Pdf) -> Iterator[Diagnostic]:
    """Look at every object once: what no press file may hold, wherever it is."""
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            yield from _object(item)


def _object(item: Any) -> Iterator[Diagnostic]:
    filters = item.get("/Filter", Array())
    names = list(filters) if isinstance(filters, Array) else [filters]
    if Name.LZWDecode in names:
        yield breach("lzw", "6", "a stream is compressed with LZW")
    if item.get("/Type") == Name.EmbeddedFile or "/EF" in item:
        yield breach("attachment", "6", "a file is attached")
    if item.get("/Subtype") == Name.PS or item.get("/Subtype2") == Name.PS:
        yield breach("postscript", "6.14", "there is PostScript")
    if "/Alternates" in item:
        yield breach("alternate", "6.16", "a picture has an alternate")
    if "/OPI" in item or (item.get("/Subtype") == Name.Form and "/Ref" in item):
        yield breach("external", "6", "a picture lies outside the file")
    yield from _state(item)


def _state(item: Any) -> Iterator[Diagnostic]:
    """Graphics states may not bend the tones (6.13); rendering intents are the four (6.23)."""
    if "/TR" in item or item.get("/TR2", Name.Default) != Name.Default:
        yield breach("transfer", "6.13", "a graphics state has a transfer function")
    named = item.get("/RI", item.get("/Intent"))
    if isinstance(named, Name) and item.get("/Type") != Name.OCG and str(named) not in _INTENTS:
        yield breach("intent", "6.23", f"there is no rendering intent {named}")


# --- what can act --------------------------------------------------------------------------------


_KINDS = (
    "GoTo GoToE GoToR GoTo3DView Hide ImportData JavaScript Launch Movie Named Rendition ResetForm"
    " SetOCGState Sound SubmitForm Thread Trans URI"
)
_ACTIONS = frozenset(f"/{name}" for name in _KINDS.split())
"""The kinds of actions (ISO 32000-1, table 198)."""


def _actions(pdf: Pdf) -> Iterator[Diagnostic]:
    """Neither actions nor JavaScript, of the document, its pages or its bookmarks (6.18)."""
    names: Any = pdf.Root.get("/Names", Dictionary())
    if "/JavaScript" in names:
        yield breach("action", "6.18", "there is JavaScript")
    for item in pdf.objects:
        if isinstance(item, Dictionary) and _acts(item):
            yield breach("action", "6.18", "there are actions")
            return


def _acts(item: Any) -> bool:
    """Say whether a dictionary is an action or has one."""
    held = (item, item.get("/A"), item.get("/OpenAction"))
    return "/AA" in item or any(
        isinstance(action, Dictionary) and str(action.get("/S", "")) in _ACTIONS for action in held
    )


def _form(pdf: Pdf) -> Iterator[Diagnostic]:
    form: Any = pdf.Root.get("/AcroForm", Dictionary())
    if len(form.get("/Fields", Array())) or "/XFA" in form:
        yield breach("form", "6.17", "there is a form to fill in")

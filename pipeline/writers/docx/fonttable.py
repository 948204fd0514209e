"""The document's fonts: what stands in for one that is not installed, and embedded faces.

Embedding is ECMA-376 Part 4 (transitional), clause 17.8.1: each face is a TrueType file whose
first 32 bytes are exchanged by a key, so that it is no loose font. Word takes no outlines of
PostScript's kind, so such faces are not embedded.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from pipeline.theme import Face, Theme, fonts
from pipeline.writers.docx.looks import Look, Sheet, Voice
from pipeline.writers.docx.ooxml import RELATIONSHIPS, WORD, Element, make, parse, put, q, serialise
from pipeline.writers.docx.package import CONTENT_TYPES, LINKS, links_of
from pipeline.writers.docx.setting import Setting

TABLE = "word/fontTable.xml"
_SETTINGS = "word/settings.xml"
_FONT_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_KEYED = 32
_SPACE = uuid.UUID("6b1f8a1e-3c55-5d0b-9a55-0f6a5c1d7e42")
"""Namespace of the keys: a face's key is the same in every document."""

_STYLES = {
    (400, False): "embedRegular",
    (700, False): "embedBold",
    (400, True): "embedItalic",
    (700, True): "embedBoldItalic",
}
_BLOCK = 256
_ALWAYS = (0x00, 0x01, 0x20)
"""Blocks of 256 characters that an editor needs in any language: Latin and punctuation."""


def add_fonts(
    parts: Mapping[str, bytes], sheet: Sheet, setting: Setting, *, embed: bool
) -> dict[str, bytes]:
    """Return the parts with a table of the document's fonts.

    Args:
        parts: the package.
        sheet: the looks, which name the voices in use.
        setting: the theme and the language.
        embed: put the faces themselves in, cut down to the scripts that the text uses.

    Raises:
        ToolError: a face that is not optional has no file.
    """
    out = dict(parts)
    table = etree.Element(q("fonts"), nsmap={"w": WORD, "r": RELATIONSHIPS})
    links = etree.Element(f"{{{LINKS}}}Relationships")
    characters = _characters(parts)
    for family, voice in families(sheet, setting):
        font = _font(family, voice, setting.theme)
        table.append(font)
        if not embed:
            continue
        for face in _faces(setting.theme, family):
            data = fonts.subset(face, _wanted(face, characters), woff2=False)
            if data[:4] == b"OTTO":
                continue
            name = f"fonts/{face.name.replace(' ', '')}.odttf"
            key = uuid.uuid5(_SPACE, face.name)
            out[f"word/{name}"] = _obfuscated(data, key)
            id = f"rId{len(links) + 1}"
            etree.SubElement(
                links, f"{{{LINKS}}}Relationship", {"Id": id, "Type": _FONT_LINK, "Target": name}
            )
            tag = _STYLES[face.weight, face.italic]
            put(font, make(tag, r_id=id, fontKey=f"{{{str(key).upper()}}}"))
    out[TABLE] = serialise(table)
    if len(links):
        out[links_of(TABLE)] = serialise(links)
        out |= _declare(out)
    return out


def families(sheet: Sheet, setting: Setting) -> Iterator[tuple[str, Voice]]:
    """Yield each family in use once, with the voice that it speaks in."""
    given: set[str] = set()
    for look in sheet.looks:
        for family, voice in _families(look, setting):
            if family not in given:
                given.add(family)
                yield family, voice


def _families(look: Look, setting: Setting) -> Iterator[tuple[str, Voice]]:
    if look.voice is None:
        return
    yield setting.family(look.voice), look.voice
    own = setting.script.sans if look.voice == "sans" else setting.script.text
    if own:
        yield own, look.voice


def _font(family: str, voice: Voice, theme: Theme) -> Element:
    """Say what may stand in for a family: the font that it was cut from, or one of its kind."""
    font = make("font", name=family)
    face = next(_faces(theme, family), None)
    original = "" if face is None else _original(face)
    if original and original != family:
        font.append(make("altName", val=original))
    font.append(make("charset", val="00"))
    font.append(make("family", val={"sans": "swiss", "mono": "modern"}.get(voice, "roman")))
    font.append(make("pitch", val="fixed" if voice == "mono" else "variable"))
    return font


def _original(face: Face) -> str:
    """Return the name of the font that a face is cut from."""
    import uharfbuzz

    font = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts.source(face))))
    return font.get_name(16, "en") or font.get_name(1, "en") or ""


def _faces(theme: Theme, family: str) -> Iterator[Face]:
    for face in theme.faces:
        if face.family == family and (fonts.installed(face) or not face.optional):
            yield face


def _characters(parts: Mapping[str, bytes]) -> frozenset[str]:
    names = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    texts: Iterable[str] = (
        element.text or "" for name in names for element in parse(parts[name]).iter(q("t"))
    )
    return frozenset(char for text in texts for char in text)


def _wanted(face: Face, characters: frozenset[str]) -> str:
    """Return what an editor may type: every character of the blocks that the text draws on."""
    blocks = {ord(char) // _BLOCK for char in characters} | set(_ALWAYS)
    return "".join(chr(point) for point in fonts.coverage(face) if point // _BLOCK in blocks)


def _obfuscated(data: bytes, key: uuid.UUID) -> bytes:
    mask = key.bytes[::-1] * 2
    head = bytes(byte ^ other for byte, other in zip(data[:_KEYED], mask, strict=True))
    return head + data[_KEYED:]


def _declare(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Name the type of the embedded files, and have Word use and keep them."""
    types = parse(parts[CONTENT_TYPES])
    if not any(child.get("Extension") == "odttf" for child in types):
        space = etree.QName(types).namespace
        default = etree.Element(f"{{{space}}}Default")
        default.set("Extension", "odttf")
        default.set("ContentType", _OBFUSCATED)
        types.insert(0, default)
    settings = parse(parts[_SETTINGS])
    put(settings, make("embedTrueTypeFonts"))
    put(settings, make("saveSubsetFonts"))
    return {CONTENT_TYPES: serialise(types), _SETTINGS: serialise(settings)}

"""The document's fonts: what stands in for one that is not installed, and embedded faces.

Embedding is ECMA-376 Part 4 (transitional), clause 17.8.1: each face is a TrueType file whose
first 32 bytes are exchanged by a key, so that it is no loose font. Word takes no outlines of
PostScript's kind, so such faces are not embedded.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import bidirectional

from lxml import etree

from faircopy.core.diagnostics import legible
from faircopy.theme import Face, Theme, fonts
from faircopy.writers.docx.looks import Look, Sheet, Voice
from faircopy.writers.docx.ooxml import RELATIONSHIPS, WORD, Element, make, parse, put, q, serialise
from faircopy.writers.docx.package import CONTENT_TYPES, LINKS, links_of, no_links
from faircopy.writers.docx.setting import Setting

TABLE = "word/fontTable.xml"
_SETTINGS = "word/settings.xml"
_FONT_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_NAME = 100
"""Letters of a font's name at most; Word shows 31."""
_KEYED = 32
_SPACE = uuid.UUID("6b1f8a1e-3c55-5d0b-9a55-0f6a5c1d7e42")
"""Namespace of the keys: a face's key is the same in every document."""

_STYLES = {
    (400, False): "embedRegular",
    (700, False): "embedBold",
    (400, True): "embedItalic",
    (700, True): "embedBoldItalic",
}
_FEATURES = ("lnum", "onum", "pnum", "tnum")
"""Features that Word can ask for (``w14:numForm``) beside those that it always applies."""

_ANYWHERE = (
    *range(0x20, 0x7F),  # Basic Latin
    *range(0xA0, 0x180),  # the letters of Europe's Latin alphabets
    *range(0x218, 0x21C),  # Romanian
    *range(0x2010, 0x2045),  # dashes, quotation marks, ellipsis
    *map(ord, "€№™−■"),
)
"""What an editor types in any language."""

_ALPHABETS = (
    range(0x370, 0x400),  # Greek
    (  # Cyrillic of Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Kazakh and Kyrgyz
        *range(0x400, 0x460),
        *map(ord, "ҐґҒғҚқҢңҮүҰұҺһӘәӨө"),
    ),
    range(0x591, 0x5F5),  # Hebrew
    (*range(0x600, 0x700), *range(0x200C, 0x2010)),  # Arabic, Persian, Urdu; joiners and marks
)
"""What an editor types where the text already speaks a language of the alphabet."""

_SPOKEN = 4
"""From how many different letters on: fewer are a symbol, or a look-alike in a name."""


def add_fonts(
    parts: Mapping[str, bytes], sheet: Sheet, setting: Setting, *, embed: bool
) -> dict[str, bytes]:
    """Return the parts with a table of the document's fonts.

    Args:
        parts: the package.
        sheet: the looks, which name the voices in use.
        setting: the theme and the language.
        embed: put the faces themselves in, cut down to what an editor of the text may type.

    Raises:
        ToolError: a face that is not optional has no file.
    """
    out = dict(parts)
    table = etree.Element(q("fonts"), nsmap={"w": WORD, "r": RELATIONSHIPS})
    links = no_links()
    characters = _characters(parts)
    quoted = _quoted(setting, characters)
    for family, voice in (*_families_of(sheet, setting), *quoted):
        font = _font(family, voice, setting.theme)
        table.append(font)
        if not embed:
            continue
        for face in _embeddable(setting, family):
            wanted = _wanted(face, characters, typed=(family, voice) not in quoted)
            data = fonts.subset(face, wanted, features=_FEATURES)
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


def families(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the families in the table, sorted."""
    return tuple(sorted(font.get(q("name"), "") for font in parse(parts[TABLE])))


def _families_of(sheet: Sheet, setting: Setting) -> Iterator[tuple[str, Voice]]:
    """Yield each family in use once, with the voice that it speaks in."""
    given: set[str] = set()
    for look in sheet.looks:
        for family, voice in _families(look, setting):
            if family not in given:
                given.add(family)
                yield family, voice


def _quoted(setting: Setting, characters: frozenset[str]) -> tuple[tuple[str, Voice], ...]:
    """Return the family of Arabic that a text in another script quotes."""
    family = setting.theme.script("ar").text
    speaks = any(bidirectional(char) == "AL" for char in characters)
    return ((family, "text"),) if family and speaks and not setting.rtl else ()


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
    if face is not None:
        original, panose = _original(face)
        if original != family:
            font.append(make("altName", val=original))
        font.append(make("panose1", val=panose))
    font.append(make("charset", val="00"))
    font.append(make("family", val={"sans": "swiss", "mono": "modern"}.get(voice, "roman")))
    font.append(make("pitch", val="fixed" if voice == "mono" else "variable"))
    return font


def _original(face: Face) -> tuple[str, str]:
    """Return the name of the font that a face is cut from, and its PANOSE-1 as hexadecimals.

    PANOSE-1 tells what a font looks like in ten numbers (OpenType 1.9.1, table OS/2).
    """
    import uharfbuzz

    font = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts.source(face))))
    name = font.get_name(16, "en") or font.get_name(1, "en") or ""
    if not name or legible(name) != name or len(name) > _NAME:  # whoever made the font wrote it
        name = face.family
    return name, bytes(font.reference_table("OS/2").data[32:42]).hex().upper()


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


def _embeddable(setting: Setting, family: str) -> Iterator[Face]:
    """Yield the faces that the document can show and Word can read."""
    for face in _faces(setting.theme, family):
        slanted = face.italic and not setting.script.italic
        if not slanted and fonts.source(face).suffix == ".ttf":
            yield face


def _wanted(face: Face, characters: frozenset[str], *, typed: bool) -> str:
    """Return the text's own characters that ``face`` has, and what else may be ``typed``."""
    used = {ord(char) for char in characters}
    if not typed:
        return "".join(map(chr, sorted(used & fonts.coverage(face))))
    spoken = (points for points in _ALPHABETS if len(used.intersection(points)) >= _SPOKEN)
    return "".join(map(chr, sorted(used.union(_ANYWHERE, *spoken) & fonts.coverage(face))))


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

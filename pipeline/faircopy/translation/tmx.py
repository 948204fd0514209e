"""TMX 1.4b (LISA OSCAR, 2005): the memory of accepted translations, which only grows.

Codes are ``bpt``, ``ept`` and ``ph`` without content, numbered from 1 in each sentence, so
that a sentence is the same wherever its unit stands.

OmegaT keeps a project's translations in TMX of its own kind (``omegat/project_save.tmx``, TMX
1.1): codes are text there, ``<g0>`` and ``<x1/>``, and what is for one place alone says so by
``prop`` of type ``id``, or ``prev`` and ``next``. That is work for this text, not leverage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, cast

import msgspec
from lxml import etree

from faircopy.core.diagnostics import Place
from faircopy.languages.tags import primary
from faircopy.translation import codes
from faircopy.translation import omegat_notation as omegat
from faircopy.translation.codes import Content, Kind, Tag
from faircopy.translation.forms import Context, Record, Remark, Returned, refuse
from faircopy.translation.job import State
from faircopy.translation.segments import likeness, ordinals, renumbered
from faircopy.translation.xml import LANG, Element, append_text, local, parse, serialise

FORM = "TMX"
PROJECT = "OmegaT project"
"""The form of a memory in which OmegaT keeps the translations of one project."""

_MIXED = frozenset({"seg", "note", "prop"})
Parts: TypeAlias = Callable[[Element], Iterator[str | Tag]]


class Remembered(msgspec.Struct, frozen=True):
    """A sentence and its translation, tags numbered from 1 in order of the source."""

    source_lang: str
    lang: str
    source: Content
    target: Content

    @classmethod
    def of(cls, source_lang: str, lang: str, source: Content, target: Content) -> Remembered:
        """Return a pair with its tags renumbered."""
        numbers = ordinals(source)
        return cls(source_lang, lang, renumbered(source, numbers), renumbered(target, numbers))

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two pairs the same."""
        return (self.source_lang, self.lang, likeness(self.source), codes.notation(self.target))


def grown(memory: Iterable[Remembered], more: Iterable[Remembered]) -> tuple[Remembered, ...]:
    """Return a memory with what is new in ``more`` at its end; what is newest wins a lookup."""
    found = {one.key: one for one in memory}
    for one in more:
        found.setdefault(one.key, one)
    return tuple(found.values())


def write(memory: Iterable[Remembered], source_lang: str) -> bytes:
    """Return a memory as TMX."""
    root = etree.Element("tmx", {"version": "1.4"})
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "faircopy",
            "creationtoolversion": "1",
            "segtype": "sentence",
            "o-tmf": "faircopy",
            "adminlang": "en",
            "srclang": source_lang,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for one in memory:
        unit = etree.SubElement(body, "tu", {"srclang": one.source_lang})
        for lang, content in ((one.source_lang, one.source), (one.lang, one.target)):
            variant = etree.SubElement(unit, "tuv", {LANG: lang})
            _write_content(etree.SubElement(variant, "seg"), content)
    return serialise(root, _MIXED)


def _write_content(element: Element, content: Content) -> None:
    for part in content:
        if isinstance(part, str):
            append_text(element, part)
        elif part.kind is Kind.POINT:
            etree.SubElement(element, "ph", {"x": part.id})
        elif part.kind is Kind.OPEN:
            etree.SubElement(element, "bpt", {"i": part.id, "x": part.id})
        else:
            etree.SubElement(element, "ept", {"i": part.id})


def read(data: bytes, name: str) -> tuple[Remembered, ...]:
    """Read a memory that ``write`` wrote.

    Raises:
        UnreadableXml: broken or unsafe XML.
        ImportRefused: not TMX.
    """
    root = parse(data, name)
    if local(root) != "tmx":
        raise refuse("not-tmx", "the file is not TMX", "Send a .tmx file.", Place(name, 1))
    return tuple(one for unit in root.iter("tu") for one in _pairs(unit, _parts))


def returned(data: bytes, name: str, lang: str = "") -> Returned:
    """Read any memory as translations that may fit a text.

    Of one that has several target languages that of ``lang`` is read.

    Raises:
        UnreadableXml: broken or unsafe XML.
        ImportRefused: not TMX, or translations into several languages.
    """
    root = parse(data, name)
    header = root.find("header")
    usual = "" if header is None else header.get("srclang", "")
    project = _is_project(root, header)
    records: list[Record] = []
    langs: dict[str, None] = {}
    others: dict[str, None] = {}
    source_lang = ""
    for number, unit in enumerate(root.iter("tu"), start=1):
        source_lang = unit.get("srclang") or usual
        place = Place(name, cast("int | None", unit.sourceline) or 0)
        for pair in _directed(unit, source_lang, omegat.parts if project else _parts):
            if lang and primary(pair.lang) != primary(lang):
                others[pair.lang] = None
                continue
            langs[pair.lang] = None
            source_lang = pair.source_lang
            records.append(
                Record(
                    f"tu{number}",
                    pair.source,
                    pair.target,
                    place,
                    State.TRANSLATED,
                    context=_context(unit) if project else None,
                    remarks=_notes(unit) if project else (),
                )
            )
    if others and not langs:
        langs = others  # which is told, as of any other file
    if len({primary(lang) for lang in langs}) > 1:
        raise refuse(
            "translation-language",
            f"the memory has translations into several languages: {', '.join(langs)}",
            f"Say which one is to be taken: --lang {next(iter(langs))}.",
            Place(name, 1),
        )
    return Returned(
        form=PROJECT if project else FORM,
        source_lang=source_lang,
        lang=next(iter(langs), ""),
        records=tuple(records),
    )


def _is_project(root: Element, header: Element | None) -> bool:
    made = "" if header is None else header.get("o-tmf", "")
    return made == "OmegaT TMX" and root.get("version") == "1.1"


def _notes(unit: Element) -> tuple[Remark, ...]:
    """Return what a translator noted in OmegaT."""
    variant = next(unit.iter("tuv"), unit)
    who = variant.get("changeid") or variant.get("creationid") or unit.get("changeid") or ""
    return tuple(Remark("".join(map(str, note.itertext())), who) for note in unit.iter("note"))


def _context(unit: Element) -> Context | None:
    """Return the place that OmegaT says a translation is for; None for one that is for all."""
    said = {prop.get("type", ""): prop.text or "" for prop in unit.iter("prop")}
    if not said.keys() & {"id", "prev", "next"}:
        return None
    around = (omegat.parse(said.get(name, "")) for name in ("prev", "next"))
    return Context(said.get("id", ""), *around)


def _directed(unit: Element, source_lang: str, parts: Parts) -> Iterator[Remembered]:
    """Yield the pairs of a unit from the source's language, wherever in it that stands.

    Where the file does not say which that is (``*all*``), it is the first.
    """
    variants = _variants(unit, parts)
    of_source = [one for one in variants if primary(one[0]) == primary(source_lang)]
    said = next(iter(of_source or variants), None)
    for lang, target in variants:
        if said and (lang, target) != said:
            yield Remembered.of(said[0], lang, said[1], target)


def _pairs(unit: Element, parts: Parts) -> Iterator[Remembered]:
    contents = _variants(unit, parts)
    if len(contents) == 2:
        (source_lang, source), (lang, target) = contents
        yield Remembered(source_lang, lang, source, target)


def _variants(unit: Element, parts: Parts) -> list[tuple[str, Content]]:
    """Return the languages of a unit with what each says."""
    variants = [
        (variant.get(LANG, "") or variant.get("lang", ""), variant.find("seg"))
        for variant in unit.iter("tuv")
    ]
    return [(lang, codes.join(parts(seg))) for lang, seg in variants if seg is not None]


def _parts(element: Element) -> Iterator[str | Tag]:
    yield element.text or ""
    for child in element:
        match local(child):
            case "ph":
                yield Tag(child.get("x", ""), Kind.POINT)
            case "bpt":
                yield Tag(child.get("i", ""), Kind.OPEN)
            case "ept":
                yield Tag(child.get("i", ""), Kind.CLOSE)
            case "hi":
                yield from _parts(child)
        yield child.tail or ""

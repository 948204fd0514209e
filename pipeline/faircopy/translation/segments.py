"""What a translator is given to translate: the texts of a publication, sentence by sentence.

Units are those of the tree (footnotes included), the texts of the front matter, and the texts
that hide in codes: an image's alternative text, a link's title. Every id is the one that the
editions carry.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines, Omit
from faircopy.core.model import Metadata, Publication, Query, Role
from faircopy.passes.sentences import sentences
from faircopy.passes.units import units as tree_units
from faircopy.translation import codes
from faircopy.translation.codes import Codes, Content, Tag


class Segment(msgspec.Struct, frozen=True):
    """One sentence. ``gap`` is the white space up to the next one of its unit."""

    id: str
    content: Content
    gap: Content = ()


class TextUnit(msgspec.Struct, frozen=True):
    """One unit of text: its sentences and what their codes stand for.

    ``role`` is a ``faircopy.core.model.Role``, or the front matter's key; ``inner`` names, for a
    code, the units that hide in it (a footnote's text, an image's alternative text).
    """

    id: str
    role: str
    segments: tuple[Segment, ...]
    codes: Codes
    speaker: str = ""
    inner: Mapping[str, tuple[str, ...]] = {}
    queries: tuple[Query, ...] = ()

    @property
    def heading(self) -> bool:
        """Whether the unit heads others, so that its sentences must stay as they are."""
        return self.role in HEADINGS


class Group(msgspec.Struct, frozen=True):
    """Units that belong together: a question and its answer, a section, the opener."""

    id: str
    title: str
    units: tuple[TextUnit, ...]


class SourceText(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one publication that is to be translated."""

    slug: str
    lang: str
    path: str
    title: str
    groups: tuple[Group, ...]

    def units(self) -> Iterator[TextUnit]:
        """Yield the units in reading order."""
        for group in self.groups:
            yield from group.units

    def segments(self) -> Iterator[tuple[TextUnit, Segment]]:
        """Yield the sentences in reading order, each with its unit."""
        for unit in self.units():
            for segment in unit.segments:
                yield unit, segment

    def digest(self) -> str:
        """Return a hash of ids and texts: equal for equal texts, whatever else changed."""
        state = hashlib.sha256()
        for _, segment in self.segments():
            state.update(f"{segment.id}\t{codes.notation(segment.content)}\n".encode())
        return state.hexdigest()


HEADINGS = frozenset({"heading", "question", "title", "subtitle"})
_OPENER = ("outlet", "title", "subtitle", "standfirst", "byline", "dateline")
LISTS = ("author", "interviewee", "interviewer", "keywords")
"""Fields of the front matter that hold several texts."""

_STRINGS = ("description", "rights", "cover_alt")


def extract(publication: Publication) -> SourceText:
    """Return the texts of a publication."""
    metadata = publication.metadata
    queries: dict[str, list[Query]] = {}
    for query in publication.queries:
        queries.setdefault(query.unit, []).append(query)
    found = [
        (section, msgspec.structs.replace(unit, queries=tuple(queries.get(unit.id, ()))))
        for section, unit in _all_units(publication)
    ]
    return SourceText(
        slug=publication.slug,
        lang=metadata.lang,
        path=PurePath(publication.source_path).name,
        title=ast.text(metadata.title, Omit.NOTES),
        groups=tuple(_groups(found)),
    )


def _all_units(publication: Publication) -> Iterator[tuple[str, TextUnit]]:
    metadata = publication.metadata
    for found in metadata_texts(metadata):
        for unit in coded(found.id, found.role, found.inlines, metadata.lang):
            yield "opener", unit
    for place in tree_units(publication.blocks):
        for unit in coded(place.id, place.role.value, place.inlines, metadata.lang):
            yield place.section, msgspec.structs.replace(unit, speaker=place.speaker)


class MetaText(msgspec.Struct, frozen=True):
    """A text of the front matter that a reader sees: ``field`` is its name in ``Metadata``."""

    id: str
    field: str
    value: Inlines | str

    @property
    def role(self) -> str:
        """The text's role in a translator's files."""
        return self.field.removesuffix("s" if self.field == "keywords" else "").replace("_", "-")

    @property
    def inlines(self) -> Inlines:
        """The text as inlines."""
        return from_string(self.value) if isinstance(self.value, str) else self.value


def metadata_texts(metadata: Metadata) -> Iterator[MetaText]:
    """Yield the texts of the front matter that a reader sees.

    The opener's ids are those that ``faircopy.passes.opener`` gives to the same texts.
    """
    for name in _OPENER:
        if value := getattr(metadata, name):
            yield MetaText(f"opener-{name}", name, value)
    for name in (*LISTS, *_STRINGS):
        value = getattr(metadata, name)
        many = name in LISTS
        for number, one in enumerate(value if many else (value,) if value else (), start=1):
            suffix = f"-{number}" if many else ""
            yield MetaText(f"meta-{name.replace('_', '-')}{suffix}", name, one)


def coded(id: str, role: str, inlines: Inlines, lang: str) -> Iterator[TextUnit]:
    """Yield a unit's text, if it has any, and then the texts that hide in its codes."""
    segments, table = cut(id, inlines, lang)
    hidden = [
        TextUnit(inner, kind, (Segment(f"{inner}.s1", encoded[0]),), encoded[1])
        for number, node in table.items()
        for inner, kind, text in hidden_texts(f"{id}.c{number}", node)
        for encoded in (codes.encode(text),)
    ]
    if any(codes.plain(segment.content).strip() for segment in segments):
        yield TextUnit(id, role, segments, table, inner=_inner(id, table))
    yield from hidden


def cut(id: str, inlines: Inlines, lang: str) -> tuple[tuple[Segment, ...], dict[str, Inline]]:
    """Return the sentences of a unit as content, and the codes of the whole unit."""
    table: dict[str, Inline] = {}
    segments = []
    for sentence in sentences(id, inlines, lang):
        content, found = codes.encode(sentence.inlines, len(table) + 1)
        table |= found
        gap, found = codes.encode(sentence.gap, len(table) + 1)
        table |= found
        segments.append(Segment(sentence.id, content, gap))
    return tuple(segments), table


def hidden_texts(prefix: str, node: Inline) -> Iterator[tuple[str, str, Inlines]]:
    """Yield id, role and inlines of the texts that hide in the code ``prefix``."""
    if isinstance(node, ast.Image) and _has_words(node.inlines):
        yield f"{prefix}.alt", Role.ALT.value, node.inlines
    if isinstance(node, ast.Image | ast.Link) and node.title.strip():
        yield f"{prefix}.title", "tooltip", from_string(node.title)


def _has_words(inlines: Inlines) -> bool:
    return bool(codes.plain(codes.encode(inlines)[0]).strip())


def _inner(id: str, table: Codes) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for number, node in table.items():
        names = [inner for inner, _, _ in hidden_texts(f"{id}.c{number}", node)]
        if isinstance(node, ast.Note):
            names = [unit.id for unit in tree_units(node) if _has_words(unit.inlines)]
        if names:
            found[number] = tuple(names)
    return found


def _groups(found: Iterable[tuple[str, TextUnit]]) -> Iterator[Group]:
    current: list[TextUnit] = []
    section = ""
    for place, unit in found:
        asked = unit.role == Role.QUESTION.value and current and current[-1].role != unit.role
        if current and (place != section or asked):
            yield _group(current)
            current = []
        section = place
        current.append(unit)
    if current:
        yield _group(current)


def _group(units: list[TextUnit]) -> Group:
    first = units[0]
    title = " ".join(codes.plain(s.content) for s in first.segments) if first.heading else ""
    return Group(f"group-{first.id}", title, tuple(units))


# --- strings of the front matter ---------------------------------------------------------------


def from_string(text: str) -> Inlines:
    """Return a plain string as inlines."""
    out: list[Inline] = []
    for number, line in enumerate(text.split("\n")):
        out += [ast.LineBreak()] if number else []
        for count, word in enumerate(line.split(" ")):
            out += [ast.Space()] if count else []
            out += [ast.Str(word)] if word else []
    return tuple(out)


def to_string(inlines: Inlines) -> str:
    """Return inlines as the plain string that ``from_string`` made them of."""
    return ast.text(inlines)


# --- likeness ----------------------------------------------------------------------------------


def renumbered(content: Content, numbers: Mapping[str, str] | None = None) -> Content:
    """Return content with its tags numbered by ``numbers``, or from 1 in order of appearance."""
    numbers = ordinals(content) if numbers is None else numbers
    return tuple(
        part if isinstance(part, str) else Tag(numbers.get(part.id, part.id), part.kind)
        for part in content
    )


def ordinals(content: Content) -> dict[str, str]:
    """Return the tags' ids, each with its place in the order of appearance."""
    found: dict[str, str] = {}
    for tag in codes.tags(content):
        found.setdefault(tag.id, str(len(found) + 1))
    return found


def likeness(content: Content) -> str:
    """Return content as a string that is equal for what a translator would call the same."""
    text = codes.notation(renumbered(content))
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u202f", " "))

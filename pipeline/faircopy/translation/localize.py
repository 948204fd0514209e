"""A publication in another language: the same tree with other words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Header, Image, Inline, Inlines, Link, Node, Span
from faircopy.core.model import Metadata, Publication, Translated
from faircopy.languages import locale
from faircopy.languages.tags import direction
from faircopy.passes import identifiers
from faircopy.passes.units import UNTRANSLATED, is_unit
from faircopy.translation import above, codes, segments
from faircopy.translation.codes import Content
from faircopy.translation.segments import Segment


class Words(msgspec.Struct, frozen=True):
    """A target language and its sentences by id."""

    lang: str
    targets: Mapping[str, Content]
    mark_missing: bool = False


def localize(publication: Publication, words: Words) -> Publication:
    """Return ``publication`` in the language of ``words``.

    A sentence without translation keeps the source's words; with ``mark_missing`` it stands
    in ``Span.untranslated`` that names its language. Ids, codes and structure do not change.
    Pictures that the language has of its own stand in the place of others.

    Raises:
        codes.Unknown, codes.Unbalanced: a translation's tags are not those of its source.
    """
    source = publication.metadata.lang
    metadata = _metadata(publication.metadata, words)
    if words.lang != source:
        metadata = msgspec.structs.replace(
            metadata,
            identifier=identifiers.translated(publication, words.lang),
            original=identifiers.identifier(publication),
        )
    return msgspec.structs.replace(
        publication,
        metadata=metadata,
        assets={**publication.assets, **publication.pictures.get(words.lang, {})},
        pictures={},
        blocks=_blocks(publication.blocks, words, source),
    )


def _blocks(blocks: Blocks, words: Words, source: str) -> Blocks:
    def change(node: Node) -> Node:
        match node:
            case Span((attr, inlines)) if is_unit(node):
                return Span((attr, _unit(attr.id, inlines, words, source)))
            case Header((level, attr, inlines)) if is_unit(node):
                return Header((level, attr, _unit(attr.id, inlines, words, source)))
        return node

    return ast.rewrite(blocks, change)


def _unit(id: str, inlines: Inlines, words: Words, source: str) -> Inlines:
    """Return a unit's inlines in the target language.

    The unit's footnotes have been seen to already: they are units of their own.
    """
    cut, table = segments.cut(id, inlines, source)
    texts = {
        number: _with_hidden_texts(f"{id}.c{number}", node, words) for number, node in table.items()
    }
    same = all(_same(words.targets.get(one.id), one.content) for one in cut)
    if same and texts == table and not words.mark_missing:
        return inlines
    out: list[Inline] = []
    gap: Content = ()
    for said in above.together(cut, words.targets):
        if said[0] is not cut[0]:
            out += _gap(codes.decode(gap, texts), words.lang, source)
        out += _sentence(said[0], texts, words, source)
        gap = said[-1].gap
    return ast.joined(out)


def _sentence(segment: Segment, table: Mapping[str, Inline], words: Words, source: str) -> Inlines:
    target = words.targets.get(segment.id)
    if target:
        return codes.decode(_with_edges(target, segment.content), table)
    inlines = codes.decode(segment.content, table)
    if words.mark_missing and codes.plain(segment.content).strip():
        attributes = (("lang", source), ("dir", direction(source)))
        return (Span((Attr("", (UNTRANSLATED,), attributes), inlines)),)
    return inlines


def _same(target: Content | None, source: Content) -> bool:
    """Whether there is no translation, or only the source's own words, whatever their edges."""
    return not target or target == source or _with_edges(target, source) == source


def _with_edges(target: Content, source: Content) -> Content:
    """Return ``target`` with the spaces at its ends that ``source`` has there."""
    words = "".join(part if isinstance(part, str) else "\0" for part in source)
    before = words[: len(words) - len(words.lstrip(" "))]
    after = words[len(words.rstrip(" ")) :] if words.strip(" ") else ""
    parts = list(target)
    if isinstance(first := parts[0], str):
        parts[0] = first.lstrip(" ")
    if isinstance(last := parts[-1], str):
        parts[-1] = last.rstrip(" ")
    return codes.join([before, *parts, after])


def _gap(gap: Inlines, lang: str, source: str) -> Inlines:
    """Return the white space between two sentences as the target language sets it."""
    spaced = locale(lang).spaces
    if spaced and not gap and not locale(source).spaces:
        return (ast.Space(),)
    if not spaced and all(isinstance(item, ast.Space) for item in gap):
        return ()
    return gap


def _with_hidden_texts(prefix: str, node: Inline, words: Words) -> Inline:
    """Return a code with the texts that hide in it translated."""
    found = {
        id: text
        for id, _, inlines in segments.hidden_texts(prefix, node)
        if (text := _text(id, inlines, words)) != inlines
    }
    alt, title = found.get(f"{prefix}.alt"), found.get(f"{prefix}.title")
    if isinstance(node, Image) and alt is not None:
        node = Image((node.attr, alt, (node.url, node.title)))
    if isinstance(node, Image | Link) and title is not None:
        attr, inlines, (url, _) = node.c
        node = type(node)((attr, inlines, (url, segments.to_string(title))))
    return node


def _text(id: str, inlines: Inlines, words: Words) -> Inlines:
    """Return the one sentence of a hidden text in the target language."""
    content, table = codes.encode(inlines)
    target = words.targets.get(f"{id}.s1")
    if target is None or _same(target, content):
        return inlines
    return codes.decode(_with_edges(target, content), table)


def _metadata(metadata: Metadata, words: Words) -> Metadata:
    changes: dict[str, list[object]] = {}
    for text in segments.metadata_texts(metadata):
        new = _unit(text.id, text.inlines, words, metadata.lang)
        value: object = segments.to_string(new) if isinstance(text.value, str) else new
        changes.setdefault(text.field, []).append(text.value if new == text.inlines else value)
    fields: dict[str, Any] = {
        name: tuple(values) if name in segments.LISTS else values[0]
        for name, values in changes.items()
    }
    return msgspec.structs.replace(
        metadata, lang=words.lang, dir=direction(words.lang), **fields, **_own(metadata, words.lang)
    )


def _own(metadata: Metadata, lang: str) -> dict[str, Any]:
    """Return what the front matter says of the edition in a language alone."""
    said = metadata.translations.get(lang, Translated())
    own = {"publisher": said.publisher, "licence": said.licence, "date": said.date}
    found: dict[str, Any] = {name: value for name, value in own.items() if value}
    return found | ({"stamped": False} if said.date else {})

"""A whole document with its metadata, to and from pandoc's JSON."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from faircopy.core.ast.block import Block, Blocks
from faircopy.core.ast.inline import Inline
from faircopy.core.ast.node import Node


class MetaMap(Node, frozen=True, tag="MetaMap"):
    """A mapping."""

    c: dict[str, MetaValue]


class MetaList(Node, frozen=True, tag="MetaList"):
    """A list."""

    c: tuple[MetaValue, ...]


class MetaBool(Node, frozen=True, tag="MetaBool"):
    """True or false."""

    c: bool


class MetaString(Node, frozen=True, tag="MetaString"):
    """A bare string."""

    c: str


class MetaInlines(Node, frozen=True, tag="MetaInlines"):
    """One line of text."""

    c: tuple[Inline, ...]


class MetaBlocks(Node, frozen=True, tag="MetaBlocks"):
    """Paragraphs of text."""

    c: tuple[Block, ...]


MetaValue: TypeAlias = MetaMap | MetaList | MetaBool | MetaString | MetaInlines | MetaBlocks


class Document(msgspec.Struct, frozen=True):
    """A whole document as pandoc reads and writes it."""

    pandoc_api: tuple[int, ...] = msgspec.field(name="pandoc-api-version", default=(1, 23, 1))
    meta: dict[str, MetaValue] = {}
    blocks: Blocks = ()


_decoder = msgspec.json.Decoder(Document)
_encoder = msgspec.json.Encoder()


def decode(text: str | bytes) -> Document:
    """Read a document from pandoc's JSON.

    Raises:
        msgspec.ValidationError: the JSON is no document of pandoc-types 1.23.
        RecursionError: the document nests deeper than Python's stack.
    """
    return _decoder.decode(text)


def encode(document: Document) -> str:
    """Write a document as pandoc's JSON."""
    return _encoder.encode(document).decode()

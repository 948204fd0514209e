"""Pandoc's inlines: what stands in a line of text."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from faircopy.core.ast import block  # a note holds blocks, and they hold inlines
from faircopy.core.ast.node import Attr, Node


class Str(Node, frozen=True, tag="Str"):
    """Text without white space."""

    c: str


class Space(Node, frozen=True, tag="Space"):
    """Inter-word space."""


class SoftBreak(Node, frozen=True, tag="SoftBreak"):
    """A line end in the manuscript that means a space."""


class LineBreak(Node, frozen=True, tag="LineBreak"):
    """A hard line break."""


class Wrapping(Node, frozen=True):
    """Inlines and nothing else."""

    c: tuple[Inline, ...]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The inlines inside."""
        return self.c


class Emph(Wrapping, frozen=True, tag="Emph"):
    """Emphasis."""


class Underline(Wrapping, frozen=True, tag="Underline"):
    """Underlined text."""


class Strong(Wrapping, frozen=True, tag="Strong"):
    """Strong emphasis."""


class Strikeout(Wrapping, frozen=True, tag="Strikeout"):
    """Struck-out text."""


class Superscript(Wrapping, frozen=True, tag="Superscript"):
    """Superscript."""


class Subscript(Wrapping, frozen=True, tag="Subscript"):
    """Subscript."""


class SmallCaps(Wrapping, frozen=True, tag="SmallCaps"):
    """Small capitals."""


class QuoteType(msgspec.Struct, frozen=True):
    """Which quotation marks."""

    t: Literal["SingleQuote", "DoubleQuote"]


class Quoted(Node, frozen=True, tag="Quoted"):
    """Text in quotation marks, which the locale or the writer draws."""

    c: tuple[QuoteType, tuple[Inline, ...]]

    @property
    def double(self) -> bool:
        """Whether the marks are double."""
        return self.c[0].t == "DoubleQuote"

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The quoted inlines."""
        return self.c[1]


class CitationMode(msgspec.Struct, frozen=True):
    """How a work is cited: ``@doe``, ``[-@doe]`` or ``[@doe]``."""

    t: Literal["AuthorInText", "SuppressAuthor", "NormalCitation"]


class Citation(msgspec.Struct, frozen=True, rename="camel"):
    """One work cited."""

    citation_id: str
    citation_prefix: tuple[Inline, ...]
    citation_suffix: tuple[Inline, ...]
    citation_mode: CitationMode
    citation_note_num: int
    citation_hash: int


class Cite(Node, frozen=True, tag="Cite"):
    """A citation, with the inlines that show it."""

    c: tuple[tuple[Citation, ...], tuple[Inline, ...]]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The works cited."""
        return self.c[0]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """What a reader sees."""
        return self.c[1]


class Verbatim(Node, frozen=True):
    """Text as it was written, with attributes."""

    c: tuple[Attr, str]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def text(self) -> str:
        """The code, verbatim."""
        return self.c[1]


class Code(Verbatim, frozen=True, tag="Code"):
    """Inline code."""


class MathType(msgspec.Struct, frozen=True):
    """Whether a formula stands within a line or on its own."""

    t: Literal["InlineMath", "DisplayMath"]


class Math(Node, frozen=True, tag="Math"):
    """A formula in TeX notation."""

    c: tuple[MathType, str]

    @property
    def display(self) -> bool:
        """Whether the formula stands on its own line."""
        return self.c[0].t == "DisplayMath"

    @property
    def text(self) -> str:
        """The TeX source."""
        return self.c[1]


class Raw(Node, frozen=True):
    """Markup of one output format."""

    c: tuple[str, str]

    @property
    def format(self) -> str:
        """The format it belongs to."""
        return self.c[0]

    @property
    def text(self) -> str:
        """The markup."""
        return self.c[1]


class RawInline(Raw, frozen=True, tag="RawInline"):
    """Markup of one output format, verbatim."""


class Leading(Node, frozen=True):
    """Inlines that belong to something with an address."""

    c: tuple[Attr, tuple[Inline, ...], tuple[str, str]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """A link's text, an image's alternative text."""
        return self.c[1]

    @property
    def url(self) -> str:
        """A link's target; an image's path, relative to the manuscript."""
        return self.c[2][0]

    @property
    def title(self) -> str:
        """The title, or an empty string."""
        return self.c[2][1]


class Link(Leading, frozen=True, tag="Link"):
    """A hyperlink."""


class Image(Leading, frozen=True, tag="Image"):
    """An image; its inlines are the alternative text."""


class Note(Node, frozen=True, tag="Note"):
    """A footnote at the place that refers to it."""

    c: block.Blocks

    @property
    def blocks(self) -> block.Blocks:
        """The footnote's blocks."""
        return self.c


class Span(Node, frozen=True, tag="Span"):
    """Inlines with attributes."""

    c: tuple[Attr, tuple[Inline, ...]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The inlines inside."""
        return self.c[1]


Inline: TypeAlias = (
    Str
    | Space
    | SoftBreak
    | LineBreak
    | Emph
    | Underline
    | Strong
    | Strikeout
    | Superscript
    | Subscript
    | SmallCaps
    | Quoted
    | Cite
    | Code
    | Math
    | RawInline
    | Link
    | Image
    | Note
    | Span
)
Inlines: TypeAlias = tuple[Inline, ...]

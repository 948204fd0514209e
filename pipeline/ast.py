"""Pandoc's abstract syntax tree as small, frozen, typed nodes.

The shapes are those of pandoc-types 1.23 in its JSON form: every node is an object with its
constructor's name in ``t`` and its fields, if any, in ``c``. Nodes keep that layout, so that
decoding and encoding need no code of our own, and name their fields through properties.

Only this module knows the positions inside ``c``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar, cast

import msgspec


class Attr(msgspec.Struct, frozen=True, array_like=True):
    """Identifier, classes and key-value pairs of a node."""

    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the first value of ``key``, or ``default``."""
        return next((value for name, value in self.attributes if name == key), default)


NO_ATTR = Attr()


class Node(msgspec.Struct, frozen=True, tag_field="t", tag=True):
    """Anything that has a constructor in pandoc's tree."""


# --- inlines -----------------------------------------------------------------------------------


class Str(Node, frozen=True, tag="Str"):
    """Text without white space."""

    c: str


class Space(Node, frozen=True, tag="Space"):
    """Inter-word space."""


class SoftBreak(Node, frozen=True, tag="SoftBreak"):
    """A line end in the manuscript that means a space."""


class LineBreak(Node, frozen=True, tag="LineBreak"):
    """A hard line break."""


class _Wrapping(Node, frozen=True):
    c: tuple[Inline, ...]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The inlines inside."""
        return self.c


class Emph(_Wrapping, frozen=True, tag="Emph"):
    """Emphasis."""


class Underline(_Wrapping, frozen=True, tag="Underline"):
    """Underlined text."""


class Strong(_Wrapping, frozen=True, tag="Strong"):
    """Strong emphasis."""


class Strikeout(_Wrapping, frozen=True, tag="Strikeout"):
    """Struck-out text."""


class Superscript(_Wrapping, frozen=True, tag="Superscript"):
    """Superscript."""


class Subscript(_Wrapping, frozen=True, tag="Subscript"):
    """Subscript."""


class SmallCaps(_Wrapping, frozen=True, tag="SmallCaps"):
    """Small capitals."""


class Enum(Node, frozen=True):
    """A constructor without fields, such as ``DoubleQuote``; see ``Quoted.double``."""


class SingleQuote(Enum, frozen=True, tag="SingleQuote"):
    """Single quotation marks."""


class DoubleQuote(Enum, frozen=True, tag="DoubleQuote"):
    """Double quotation marks."""


class Quoted(Node, frozen=True, tag="Quoted"):
    """Text in quotation marks, which the locale or the writer draws."""

    c: tuple[SingleQuote | DoubleQuote, tuple[Inline, ...]]

    @property
    def double(self) -> bool:
        """Whether the marks are double."""
        return isinstance(self.c[0], DoubleQuote)

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The quoted inlines."""
        return self.c[1]


class CitationMode(Node, frozen=True):
    """How a citation is cited."""


class AuthorInText(CitationMode, frozen=True, tag="AuthorInText"):
    """``@doe``: the author stands in the sentence."""


class SuppressAuthor(CitationMode, frozen=True, tag="SuppressAuthor"):
    """``[-@doe]``: the year alone."""


class NormalCitation(CitationMode, frozen=True, tag="NormalCitation"):
    """``[@doe]``."""


class Citation(msgspec.Struct, frozen=True):
    """One work cited."""

    citationId: str  # noqa: N815 - pandoc's own field names
    citationPrefix: tuple[Inline, ...]  # noqa: N815
    citationSuffix: tuple[Inline, ...]  # noqa: N815
    citationMode: AuthorInText | SuppressAuthor | NormalCitation  # noqa: N815
    citationNoteNum: int  # noqa: N815
    citationHash: int  # noqa: N815


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


class Code(Node, frozen=True, tag="Code"):
    """Inline code."""

    c: tuple[Attr, str]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def text(self) -> str:
        """The code, verbatim."""
        return self.c[1]


class InlineMath(Enum, frozen=True, tag="InlineMath"):
    """Math within a line."""


class DisplayMath(Enum, frozen=True, tag="DisplayMath"):
    """Math on its own line."""


class Math(Node, frozen=True, tag="Math"):
    """A formula in TeX notation."""

    c: tuple[InlineMath | DisplayMath, str]

    @property
    def display(self) -> bool:
        """Whether the formula stands on its own line."""
        return isinstance(self.c[0], DisplayMath)

    @property
    def text(self) -> str:
        """The TeX source."""
        return self.c[1]


class RawInline(Node, frozen=True, tag="RawInline"):
    """Markup of one output format, verbatim."""

    c: tuple[str, str]

    @property
    def format(self) -> str:
        """The format it belongs to."""
        return self.c[0]

    @property
    def text(self) -> str:
        """The markup."""
        return self.c[1]


class Link(Node, frozen=True, tag="Link"):
    """A hyperlink."""

    c: tuple[Attr, tuple[Inline, ...], tuple[str, str]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The link's text."""
        return self.c[1]

    @property
    def url(self) -> str:
        """The target."""
        return self.c[2][0]

    @property
    def title(self) -> str:
        """The title, or an empty string."""
        return self.c[2][1]


class Image(Node, frozen=True, tag="Image"):
    """An image; its inlines are the alternative text."""

    c: tuple[Attr, tuple[Inline, ...], tuple[str, str]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The alternative text."""
        return self.c[1]

    @property
    def url(self) -> str:
        """Path of the image, relative to the manuscript."""
        return self.c[2][0]

    @property
    def title(self) -> str:
        """The title, or an empty string."""
        return self.c[2][1]


class Note(Node, frozen=True, tag="Note"):
    """A footnote at the place that refers to it."""

    c: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
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


# --- blocks ------------------------------------------------------------------------------------


class Plain(Node, frozen=True, tag="Plain"):
    """Text that is not a paragraph: a tight list's item, a table's cell."""

    c: tuple[Inline, ...]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The text."""
        return self.c


class Para(Node, frozen=True, tag="Para"):
    """A paragraph."""

    c: tuple[Inline, ...]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The text."""
        return self.c


class LineBlock(Node, frozen=True, tag="LineBlock"):
    """Lines that stay lines: verse, addresses."""

    c: tuple[tuple[Inline, ...], ...]

    @property
    def lines(self) -> tuple[tuple[Inline, ...], ...]:
        """The lines."""
        return self.c


class CodeBlock(Node, frozen=True, tag="CodeBlock"):
    """A listing."""

    c: tuple[Attr, str]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def text(self) -> str:
        """The code, verbatim."""
        return self.c[1]


class RawBlock(Node, frozen=True, tag="RawBlock"):
    """Markup of one output format, verbatim."""

    c: tuple[str, str]

    @property
    def format(self) -> str:
        """The format it belongs to."""
        return self.c[0]

    @property
    def text(self) -> str:
        """The markup."""
        return self.c[1]


class BlockQuote(Node, frozen=True, tag="BlockQuote"):
    """A block quotation."""

    c: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks inside."""
        return self.c


class OrderedList(Node, frozen=True, tag="OrderedList"):
    """A numbered list; the first field is (start, style, delimiter)."""

    c: tuple[tuple[int, Any, Any], tuple[tuple[Block, ...], ...]]

    @property
    def items(self) -> tuple[tuple[Block, ...], ...]:
        """The items, each a run of blocks."""
        return self.c[1]


class BulletList(Node, frozen=True, tag="BulletList"):
    """A bulleted list."""

    c: tuple[tuple[Block, ...], ...]

    @property
    def items(self) -> tuple[tuple[Block, ...], ...]:
        """The items, each a run of blocks."""
        return self.c


class DefinitionList(Node, frozen=True, tag="DefinitionList"):
    """Terms, each with its definitions."""

    c: tuple[tuple[tuple[Inline, ...], tuple[tuple[Block, ...], ...]], ...]

    @property
    def items(self) -> tuple[tuple[tuple[Inline, ...], tuple[tuple[Block, ...], ...]], ...]:
        """Pairs of a term and its definitions."""
        return self.c


class Header(Node, frozen=True, tag="Header"):
    """A heading."""

    c: tuple[int, Attr, tuple[Inline, ...]]

    @property
    def level(self) -> int:
        """1 for the highest."""
        return self.c[0]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[1]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The heading's text."""
        return self.c[2]


class HorizontalRule(Node, frozen=True, tag="HorizontalRule"):
    """A thematic break."""


class Caption(msgspec.Struct, frozen=True, array_like=True):
    """Caption of a table or figure: an optional short form and the blocks."""

    short: tuple[Inline, ...] | None
    blocks: tuple[Block, ...]


class Cell(msgspec.Struct, frozen=True, array_like=True):
    """A table's cell."""

    attr: Attr
    align: Any
    row_span: int
    col_span: int
    blocks: tuple[Block, ...]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A table's row."""

    attr: Attr
    cells: tuple[Cell, ...]


class TableHead(msgspec.Struct, frozen=True, array_like=True):
    """The header rows."""

    attr: Attr
    rows: tuple[Row, ...]


class TableBody(msgspec.Struct, frozen=True, array_like=True):
    """Rows under a head; ``head_columns`` counts the columns that head their row."""

    attr: Attr
    head_columns: int
    head: tuple[Row, ...]
    rows: tuple[Row, ...]


class TableFoot(msgspec.Struct, frozen=True, array_like=True):
    """The footer rows."""

    attr: Attr
    rows: tuple[Row, ...]


class Table(Node, frozen=True, tag="Table"):
    """A table."""

    c: tuple[Attr, Caption, tuple[Any, ...], TableHead, tuple[TableBody, ...], TableFoot]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def caption(self) -> Caption:
        """The caption."""
        return self.c[1]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.c[2])

    @property
    def head(self) -> TableHead:
        """The header rows."""
        return self.c[3]

    @property
    def bodies(self) -> tuple[TableBody, ...]:
        """The bodies."""
        return self.c[4]

    @property
    def foot(self) -> TableFoot:
        """The footer rows."""
        return self.c[5]


class Figure(Node, frozen=True, tag="Figure"):
    """A figure with its caption."""

    c: tuple[Attr, Caption, tuple[Block, ...]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def caption(self) -> Caption:
        """The caption."""
        return self.c[1]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the figure shows."""
        return self.c[2]


class Div(Node, frozen=True, tag="Div"):
    """Blocks with attributes."""

    c: tuple[Attr, tuple[Block, ...]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks inside."""
        return self.c[1]


# --- metadata and document ---------------------------------------------------------------------


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
Block: TypeAlias = (
    Plain
    | Para
    | LineBlock
    | CodeBlock
    | RawBlock
    | BlockQuote
    | OrderedList
    | BulletList
    | DefinitionList
    | Header
    | HorizontalRule
    | Table
    | Figure
    | Div
)
MetaValue: TypeAlias = MetaMap | MetaList | MetaBool | MetaString | MetaInlines | MetaBlocks

Inlines: TypeAlias = tuple[Inline, ...]
Blocks: TypeAlias = tuple[Block, ...]


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


# --- walking -----------------------------------------------------------------------------------

T = TypeVar("T")
N = TypeVar("N", bound=Node)
Change: TypeAlias = Callable[[Node], "Node | Sequence[Node]"]


def walk(value: object) -> Iterator[Node]:
    """Yield every node in ``value``, parents before children, in reading order.

    A note's blocks come at the place that refers to it, a caption before what it describes
    (the order of pandoc's fields).
    """
    stack = [value]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind in _LEAVES:
            yield cast(Node, item)
        elif kind is tuple or kind is list:
            stack.extend(reversed(cast("tuple[object, ...]", item)))
        elif isinstance(item, msgspec.Struct):
            if isinstance(item, Node):
                yield item
            stack.extend(getattr(item, name) for name in reversed(item.__struct_fields__))
        elif kind is dict:
            stack.extend(reversed(cast("dict[str, object]", item).values()))


def find(value: object, *kinds: type[N]) -> Iterator[N]:
    """Yield the nodes in ``value`` of these constructors, in the order of `walk`, and sooner."""
    passed = _LEAVES.difference(kinds) | _BARE
    stack = [value]
    while stack:
        item = stack.pop()
        if type(item) is tuple:
            rest = cast("tuple[object, ...]", item)
            stack += [inner for inner in reversed(rest) if type(inner) not in passed]
        elif isinstance(item, msgspec.Struct):
            if isinstance(item, kinds):
                yield item
            stack += [getattr(item, name) for name in reversed(item.__struct_fields__)]
        elif type(item) is dict:
            stack.extend(reversed(cast("dict[str, object]", item).values()))


_BARE = frozenset({Attr, str, int, float, bool, type(None)})
"""What is no node and holds none."""
_LEAVES: frozenset[type] = frozenset(
    {Str, Space, SoftBreak, LineBreak, Code, Math, RawInline, CodeBlock, RawBlock}
)
"""Nodes that have no nodes inside: most of a text, so that it pays to know them."""


def rewrite(value: T, change: Change, *kinds: type[Node]) -> T:
    """Return ``value`` with ``change`` applied to every node, children first.

    ``kinds`` are the constructors that ``change`` does anything about, if not about all: what
    is known to be left alone is passed over.

    ``change`` returns the node itself, another node, or a sequence of nodes that takes its
    place among its siblings (an empty one removes it). What did not change is shared with
    the old tree. The caller answers for putting inlines among inlines only.
    """
    passed = _LEAVES.difference(kinds) | _BARE if kinds else _BARE
    return cast(T, _rewrite(value, change, passed))


def _rewrite(value: object, change: Change, passed: frozenset[type]) -> object:
    kind = type(value)
    if kind in passed:
        return value
    if kind in _LEAVES:
        return change(cast(Node, value))
    if kind is tuple:
        return _rewrite_items(cast("tuple[object, ...]", value), change, passed)
    if kind is dict:
        entries = cast("dict[str, object]", value).items()
        return {key: _rewrite(item, change, passed) for key, item in entries}
    if not isinstance(value, msgspec.Struct):
        return value
    old = [getattr(value, name) for name in value.__struct_fields__]
    new = [_rewrite(item, change, passed) for item in old]
    if any(a is not b for a, b in zip(old, new, strict=True)):
        value = type(value)(*new)
    return change(value) if isinstance(value, Node) else value


def _rewrite_items(
    items: tuple[object, ...], change: Change, passed: frozenset[type]
) -> tuple[object, ...]:
    out: list[object] = []
    same = True
    for item in items:
        new = item if type(item) in passed else _rewrite(item, change, passed)
        if new is item:
            out.append(item)
        elif isinstance(item, Node) and isinstance(new, Sequence):
            out.extend(new)
            same = False
        else:
            out.append(new)
            same = False
    return items if same else tuple(out)


class Omit(StrEnum):
    """What ``text`` can leave out."""

    NOTES = "notes"
    ALT = "alt"


def text(value: object, *omit: Omit) -> str:
    """Return the words of inlines or blocks as plain text, one line for each block.

    Quotation marks are given as the curly marks of English; math as its TeX source; raw
    markup is left out. Notes are put where they are referred to, unless omitted.
    """
    out: list[str] = []
    _text(value, out, frozenset(omit))
    return "".join(out).strip()


_BLOCKS = (Plain, Para, Header, Div, Figure, BlockQuote, LineBlock)


def _text(value: object, out: list[str], omit: frozenset[Omit]) -> None:
    if type(value) is tuple:
        for item in cast("tuple[object, ...]", value):
            if type(item) is Str:  # most of a text, as are spaces
                out.append(item.c)
            elif type(item) is Space:
                out.append(" ")
            else:
                _text(item, out, omit)
        return
    match value:
        case Str(c):
            out.append(c)
        case Space() | SoftBreak():
            out.append(" ")
        case LineBreak():
            out.append("\n")
        case Code() | Math():
            out.append(value.text)
        case CodeBlock():
            out.append(value.text + "\n")
        case Quoted():
            marks = "“”" if value.double else "‘’"
            out.append(marks[0])
            _text(value.inlines, out, omit)
            out.append(marks[1])
        case Cite():
            _text(value.inlines, out, omit)
        case RawInline() | RawBlock():
            pass
        case Note():
            if Omit.NOTES not in omit:
                _text(value.blocks, out, omit)
        case Image():
            if Omit.ALT not in omit:
                _text(value.inlines, out, omit)
        case Link() | Span() | Header():
            _text(value.inlines, out, omit)
        case LineBlock():
            for line in value.lines:
                _text(line, out, omit)
                out.append("\n")
        case OrderedList():
            _text(value.items, out, omit)
        case DefinitionList():
            for term, definitions in value.items:
                _text(term, out, omit)
                out.append("\n")
                _text(definitions, out, omit)
        case msgspec.Struct():
            for name in value.__struct_fields__:
                _text(getattr(value, name), out, omit)
        case list():
            for item in value:
                _text(item, out, omit)
    if isinstance(value, _BLOCKS) and out and not out[-1].endswith("\n"):
        out.append("\n")

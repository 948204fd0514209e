"""Trees made from trees: a change applied to every node, what did not change shared."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar, cast, get_args

import msgspec

from faircopy.core.ast.inline import (
    Cite,
    Emph,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Quoted,
    SmallCaps,
    SoftBreak,
    Space,
    Span,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Underline,
)
from faircopy.core.ast.node import Attr, Node
from faircopy.core.ast.walking import BARE, LEAVES

T = TypeVar("T")
_WORDS = frozenset({Str, Space, SoftBreak, LineBreak})
Change: TypeAlias = Callable[[Node], "Node | Sequence[Node]"]
Holder: TypeAlias = (
    Emph
    | Underline
    | Strong
    | Strikeout
    | Superscript
    | Subscript
    | SmallCaps
    | Quoted
    | Cite
    | Link
    | Span
)
"""An inline that holds a reader's text; an image holds words for those who cannot see it."""
HOLDERS: tuple[type[Holder], ...] = get_args(Holder)


def rewrite(value: T, change: Change, *kinds: type[Node]) -> T:
    """Return ``value`` with ``change`` applied to every node, children first.

    ``kinds`` are the constructors that ``change`` does anything about, if not about all: what
    is known to be left alone is passed over.

    ``change`` returns the node itself, another node, or a sequence of nodes that takes its
    place among its siblings (an empty one removes it). What did not change is shared with
    the old tree. The caller answers for putting inlines among inlines only.
    """
    passed = LEAVES.difference(kinds) | BARE if kinds else BARE
    return cast(T, _rewrite(value, change, passed))


def _rewrite(value: object, change: Change, passed: frozenset[type]) -> object:
    kind = type(value)
    if kind in passed:
        return value
    if kind in LEAVES:
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


def attributed(value: T, change: Callable[[type, Attr], Attr]) -> T:
    """Return ``value`` with ``change`` applied to the attributes of every part that has some.

    ``change`` is also given the constructor of what carries them: a node, or a part of a table.
    """
    return cast(T, _attributed(value, change, object))


def _attributed(value: object, change: Callable[[type, Attr], Attr], carrier: type) -> object:
    kind = type(value)
    if kind is Attr:
        return change(carrier, cast(Attr, value))
    if kind is tuple:
        items = cast("tuple[object, ...]", value)
        new = [
            item if type(item) in _WORDS else _attributed(item, change, carrier) for item in items
        ]
        return value if all(map(operator.is_, new, items)) else tuple(new)
    if kind is dict:
        entries = cast("dict[str, object]", value).items()
        return {key: _attributed(item, change, carrier) for key, item in entries}
    if kind in _WORDS or not isinstance(value, msgspec.Struct):
        return value
    old = [getattr(value, name) for name in value.__struct_fields__]
    fields = [_attributed(item, change, kind) for item in old]
    return value if all(map(operator.is_, fields, old)) else kind(*fields)


def _rewrite_items(
    items: tuple[object, ...], change: Change, passed: frozenset[type]
) -> tuple[object, ...]:
    changed = {
        at: new
        for at, item in enumerate(items)
        if type(item) not in passed and (new := _rewrite(item, change, passed)) is not item
    }
    if not changed:
        return items
    out: list[object] = []
    for at, item in enumerate(items):
        new = changed.get(at, item)
        if at in changed and isinstance(item, Node) and isinstance(new, Sequence):
            out.extend(new)
        else:
            out.append(new)
    return tuple(out)


def holding(holder: Holder, inlines: Inlines) -> Holder:
    """Return the same markup around other inlines."""
    match holder:
        case Link((attr, _, target)):
            return Link((attr, inlines, target))
        case Span((attr, _)):
            return Span((attr, inlines))
        case Quoted((marks, _)):
            return Quoted((marks, inlines))
        case Cite((citations, _)):
            return Cite((citations, inlines))
    return type(holder)(inlines)


def joined(inlines: Iterable[Inline]) -> Inlines:
    """Return the inlines with neighbouring ``Str`` as one: the pieces of a word."""
    out: list[Inline] = []
    last: Str | None = None
    for inline in inlines:
        word = inline if type(inline) is Str else None
        if word is not None and last is not None:
            word = out[-1] = Str(last.c + word.c)
        else:
            out.append(inline)
        last = word
    return tuple(out)

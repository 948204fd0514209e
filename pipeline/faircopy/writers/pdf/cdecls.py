"""C's names of types, read without a parser of C.

WeasyPrint names types to cffi as text, such as ``PangoRectangle *``. For each new name cffi
parses a program in C that declares every type it knows: five milliseconds for two words, and
an array's length makes a new name.
"""

from __future__ import annotations

import re
from typing import Any

from cffi import model

_SIMPLE = re.compile(r"((?:unsigned )?\w+) ?(\*)?(?:\[(\d*)\])?")


def install(ffi: Any) -> None:
    """Let ``ffi`` read simple names of types by itself, and others as before."""
    parser = ffi._parser
    parse = parser.parse_type

    def read(declaration: str) -> Any:
        kind = _read(declaration, parser._declarations)
        return parse(declaration) if kind is None else kind

    parser.parse_type = read


def _read(declaration: str, known: dict[str, tuple[Any, int]]) -> Any | None:
    """Return cffi's model of a type, of a pointer to it or of an array; None if not simple."""
    match = _SIMPLE.fullmatch(declaration)
    if match is None:
        return None
    name, pointer, length = match.groups()
    if name in model.PrimitiveType.ALL_PRIMITIVE_TYPES:
        kind = model.PrimitiveType(name)
    elif f"typedef {name}" in known:
        kind, qualifiers = known[f"typedef {name}"]
        if qualifiers or isinstance(kind, model.RawFunctionType):
            return None
    else:
        return None
    if pointer:
        kind = model.PointerType(kind)
    if length is not None:
        kind = model.ArrayType(kind, int(length) if length else None)
    return kind

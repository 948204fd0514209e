"""JSON that is printed or kept, whatever names of files are told in it."""

from __future__ import annotations

import json

import msgspec

from faircopy.core.diagnostics import legible_lines


def as_json(value: object) -> str:
    """Return a value of msgspec's kinds as an indented document, with a line's end.

    A name of a file on Linux may be no text (PEP 383): msgspec would end there. Such bytes, and
    what a terminal obeys, are spelt with a backslash, ``u`` and four digits.
    """
    plain = msgspec.to_builtins(value)
    return legible_lines(json.dumps(plain, indent=2, ensure_ascii=False)) + "\n"

"""Cells of a table that a spreadsheet opens: none is a formula, and each comes back as it was.

Excel and LibreOffice take a cell for a formula that begins with ``=``, ``+``, ``-`` or ``@``, also
in their wide forms (OWASP, "CSV injection"). An apostrophe before it makes it text. A cell that
begins with apostrophes and then one of these signs gets one more, so that what was read is what was
written, whatever it began with.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")


def guarded(text: str) -> str:
    """Return a cell's text as it is written into a table."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote; any other as it is."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

"""Items of lists that are tasks: a box, open or crossed, stands in place of the bullet.

Pandoc reads ``- [ ]`` and ``- [x]`` as an item whose text begins with one. In a numbered list the
number stays, and the box follows it.
"""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Blocks

BOXES = ("☐", "☒", "☑")


def is_task(item: Blocks) -> bool:
    """Say whether a list's item begins with a task's box."""
    first = item[0] if item else None
    return isinstance(first, ast.Plain | ast.Para) and ast.text(first).startswith(BOXES)

"""How many words a document has, for the editor who asks how long it is."""

from __future__ import annotations

import re

from faircopy.core import ast
from faircopy.core.ast import Blocks

_HAN = "\u3400-\u9fff"
_WORD = re.compile(rf"[{_HAN}]|[^\s{_HAN}]*[^\W_{_HAN}][^\s{_HAN}]*")
"""What has a letter or a digit and no space in it; in Chinese, each character."""


def count(blocks: Blocks) -> int:
    """Return the number of words in title block, text and notes; pictures have none."""
    return len(_WORD.findall(ast.text(blocks, ast.Omit.ALT)))

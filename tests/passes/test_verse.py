"""Lines of verse say how far in they begin, so that what turns over hangs deeper."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.core.model import Role
from faircopy.passes.units import unit
from faircopy.passes.verse import DEEPEST, mark


@pytest.mark.parametrize(
    ("spaces", "classes"),
    [(0, ()), (1, ("in-1",)), (4, ("in-1",)), (5, ("in-2",)), (90, (f"in-{DEEPEST}",))],
)
def test_an_indented_line_has_its_level(spaces: int, classes: tuple[str, ...]) -> None:
    (block,) = pandoc.read(f"| {' ' * spaces}*one*\n").blocks
    assert isinstance(block, ast.LineBlock)
    verse = ast.LineBlock(tuple((unit("u", Role.VERSE, line),) for line in block.lines))
    (span,) = ast.find(mark((verse,)), ast.Span)
    assert span.attr.classes == ("unit", "verse", *classes)
    assert mark(block) == block

"""The outline that poppler gives of a tagged PDF, read as text."""

from __future__ import annotations

from faircopy.proof.extractors.poppler import _Outline
from faircopy.proof.order import PIECE

LINKED = """\
Document
  P (block)
    Span (inline)
      "Half of them said ("
    Link (inline)
      Object 8 0
      "auto"
    Link (inline)
      Object 9 0
      "mating it"
    Span (inline)
      ") saves time"
  P (block)
    "Next"
"""


FORMULA = """\
Document
  P (block)
    Span (inline)
      "a range {"
    Formula:
       /BBox [265.469 569.902 280.143 577.709]
      ""
    Span (inline)
      "b} of them"
"""


def test_a_formula_within_a_line_parts_no_word() -> None:
    (line,) = _Outline().read(FORMULA)
    assert line.replace(PIECE, "") == "a range {b} of them"


def test_a_link_s_annotation_parts_no_word() -> None:
    first, last = _Outline().read(LINKED)
    assert first.replace(PIECE, "") == "Half of them said (automating it) saves time"
    assert last == "Next"

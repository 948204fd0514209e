"""The words of a tagged PDF, in the order of its structure tree.

Rules of the format (ISO 32000-1, section 14.8; ISO 14289-1): only what the structure tree holds
is text; artifacts (running heads, folios, rules) are not. Where a line ends decides nothing: the
white space between words and the soft hyphens are text. ``ActualText`` wins over glyphs, a figure
and a formula are read by ``Alt``. A list's bullets and numbers stand in ``Lbl`` and are text, as
is a footnote's number in ``Note``.
"""

from __future__ import annotations

from faircopy.proof.extractors.pdf.structure import lines
from faircopy.proof.words import Rules, Where

RULES = Rules(notes=Where.AFTER, markers=True, pull_quotes=False)

__all__ = ["RULES", "lines"]

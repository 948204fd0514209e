"""The numbers of the house rules for lines (``styles/RULES.md``)."""

from __future__ import annotations

HYPHEN = "‐\u00ad"
"""What a line ends in where a word is broken, as ``styles/pdf.css`` says: the hyphen that is drawn,
and a sign without a glyph by which it is told from a hyphen of the text."""
LADDER = 2
"""B2: most lines in a row that may end in a hyphen."""
RUNT = 5
"""B4: fewest characters of a paragraph's last line."""
STRETCH = 0.6
"""B6: most that a word space may grow, in em."""
SHRINK = 0.06
"""Most that a word space may shrink, in em: about a quarter of it."""

"""A font cut down to the shapes that a text takes: for scripts whose letters have them by the ten.

HarfBuzz keeps each glyph that any text of the same letters could need. In Nastaliq, where a letter
leans on those around it, that is twice what one text needs, in each weight. Here the text is set,
and the glyphs that it becomes are kept with those that are steps on the way. Whether every word is
set from the smaller font as from the whole one is then looked at; else nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from faircopy.theme import fonts
from faircopy.theme.tokens import Face

MANY = 4
"""Glyphs a character from which on it is worth while."""
_UNASKED = frozenset(
    {"abvs", "akhn", "blwf", "blws", "calt", "ccmp", "cjct", "clig", "fin2", "fin3", "fina", "half"}
    | {"haln", "init", "isol", "liga", "locl", "med2", "medi", "mset", "nukt", "pref", "pres"}
    | {"pstf", "psts", "rclt", "rkrf", "rlig", "rphf", "rvrn", "stch", "vatu"}
    | {"aalt", "ordn"}
)
"""Features that the house's style sheets never ask for: most are on by themselves. A font that has
others, such as small capitals, is cut by its letters, since they are not tried here."""
_ONE, _SEVERAL = 1, 2
"""Kinds of substitution (OpenType 1.9, GSUB): of a glyph by one, and by several."""


_USUAL = 0xFFFF
"""HarfBuzz's number of the language that a script has by default."""


def fitted(face: Face, words: Iterable[str]) -> bytes:
    """Return a font with the glyphs that these words take, and no more where that is sure.

    A word is what is set at one go: a browser sets the same glyphs.

    Raises:
        ToolError: the font's package is missing or damaged.
    """
    told = sorted(set(words))
    letters = {ord(char) for word in told for char in word}
    whole = hb.Face(hb.Blob(fonts.data(face)))
    plan = hb.SubsetPlan(whole, fonts.wish(letters))
    possible = frozenset(plan.old_to_new_glyph_mapping.keys())
    if len(possible) > MANY * len(letters) and _features(whole) <= _UNASKED:
        wish = fonts.wish(letters)
        wish.glyph_set.update(_needed(whole, told, possible, fonts.file(face)))
        wish.flags |= hb.SubsetFlags.NO_LAYOUT_CLOSURE
        small = hb.SubsetPlan(whole, wish)
        cut = small.execute()
        if _set(cut, told) == _set(whole, told, dict(small.old_to_new_glyph_mapping.items())):
            return bytes(cut.blob.data)
    return bytes(plan.execute().blob.data)


def _features(face: hb.Face) -> set[str]:
    """Return the features by which a font replaces glyphs, in all scripts."""
    scripts = face.get_table_script_tags("GSUB")
    found: set[str] = set()
    for script, _ in enumerate(scripts):
        languages = range(len(face.get_script_language_tags("GSUB", script)))
        for language in (_USUAL, *languages):
            found.update(face.get_language_feature_tags("GSUB", script, language))
    return found


def _needed(whole: hb.Face, words: Iterable[str], possible: frozenset[int], path: Path) -> set[int]:
    """Return the glyphs that words become, and what may stand between two stages of that."""
    seen: set[int] = set()
    buffer = hb.Buffer()

    def listen(message: str) -> bool:
        if message.startswith(("start table GSUB", "end lookup")):
            seen.update(glyph.codepoint for glyph in buffer.glyph_infos)
        return True

    font = hb.Font(whole)
    for word in words:
        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        buffer.set_message_func(listen)
        hb.shape(font, buffer, {})
        seen.update(glyph.codepoint for glyph in buffer.glyph_infos)
    edges = _substitutions(path)
    after = {glyph for one in seen for glyph in edges.get(one, ())}
    before = {one for one, glyphs in edges.items() if not glyphs.isdisjoint(seen)}
    return seen | (after & before & possible)


@lru_cache(maxsize=4)
def _substitutions(path: Path) -> Mapping[int, frozenset[int]]:
    """Return by which glyphs a font replaces each, in whatever surroundings."""
    from fontTools.ttLib import TTFont

    found: dict[int, set[int]] = {}
    with TTFont(BytesIO(path.read_bytes()), lazy=True) as font:
        number = font.getReverseGlyphMap()
        for lookup in font["GSUB"].table.LookupList.Lookup:
            for table in lookup.SubTable:
                plain: Any = getattr(table, "ExtSubTable", table)
                if plain.LookupType in (_ONE, _SEVERAL):
                    for name, put in plain.mapping.items():
                        names = [put] if isinstance(put, str) else put
                        found.setdefault(number[name], set()).update(number[one] for one in names)
    return {glyph: frozenset(others) for glyph, others in found.items()}


def _set(
    face: hb.Face, words: Iterable[str], renumbered: Mapping[int, int] | None = None
) -> list[list[tuple[int, int, int, int]]]:
    """Return the glyphs of words, with the numbers that they have elsewhere, and their places."""
    font = hb.Font(face)
    out: list[list[tuple[int, int, int, int]]] = []
    for word in words:
        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, {})
        ids = [glyph.codepoint for glyph in buffer.glyph_infos]
        if renumbered is not None:
            ids = [renumbered.get(id, -1) for id in ids]
        places = buffer.glyph_positions
        out.append(
            [
                (id, place.x_advance, place.x_offset, place.y_offset)
                for id, place in zip(ids, places, strict=True)
            ]
        )
    return out

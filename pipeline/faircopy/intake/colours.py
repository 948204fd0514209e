"""Highlights and colours of a Word file, which no edition shows: counted, and white words told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from faircopy.intake.names import OFF, Element, child, value, w
from faircopy.intake.walked import Text

_PLAIN = frozenset({"", "auto", "000000"})
_WHITE = "FFFFFF"
_SHOWN = 80


def counted(text: Text) -> Counter[str]:
    """Return how many passages are highlighted or coloured, by what was done with them."""
    kinds: Counter[str] = Counter()
    for run in _runs(text):
        highlight = value(child(run, "rPr", "highlight"))
        kinds["highlights taken away"] += highlight.lower() not in OFF | {""}
        colour = value(child(run, "rPr", "color")).upper()
        link = "link" in value(child(run, "rPr", "rStyle")).lower()
        kinds["colours taken away"] += colour.lower() not in _PLAIN and not link
    return kinds


def white(text: Text) -> tuple[str, ...]:
    """Return what is to be decided about white words, which nobody sees on white paper."""
    found = [
        "".join(one.text or "" for one in run.iter(w("t"))).strip()
        for run in _runs(text)
        if value(child(run, "rPr", "color")).upper() == _WHITE and not _is_shaded(run)
    ]
    said = " ".join(words for words in found if words)
    if not said:
        return ()
    short = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    return (f"words are written in white, and are in the manuscript: “{short}”",)


def _runs(text: Text) -> Iterator[Element]:
    """Yield the runs of a text that say words."""
    for root in text.roots:
        for run in root.iter(w("r")):
            if any((one.text or "").strip() for one in run.iter(w("t"))):
                yield run


def _is_shaded(run: Element) -> bool:
    """Whether something dark may lie under a run: its own shading, its paragraph's or cell's."""
    places = [run, *run.iterancestors()]
    return any(
        child(one, properties, "shd") is not None or child(one, properties, "highlight") is not None
        for one in places
        for properties in ("rPr", "pPr", "tcPr", "tblPr")
    )

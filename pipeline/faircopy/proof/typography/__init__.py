"""How well a finished PDF is set: what its lines and pages break of the house rules, counted.

The glyphs are read as they are drawn and judged by themselves: nothing here knows who set them, so
that a setter's error is not repeated by who counts. A figure is no finding: what is short of a rule
may have its reason, which only an eye can see. What stands off the page is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.languages.tags import direction, script
from faircopy.proof.typography.columns import Column, Fullness, columns, unspaced
from faircopy.proof.typography.ink import Inked
from faircopy.proof.typography.lines import Line, Pages, read
from faircopy.proof.typography.rules import Breach, breaches, paragraphs
from faircopy.proof.verdict import Status, Verdict, broke_down

NAME = "lines and pages"
"""What reports call it."""
COUNTED = {
    "B1": "widows and orphans",
    "B2": "ladders of hyphens",
    "B3": "hyphens at the end of a column",
    "B4": "runts",
    "B5": "broken names",
    "B6": "gaping lines",
    "B7": "lines out of their column",
    "P6 short": "short columns",
    "P6 stub": "stub pages",
}
"""What is counted, by the codes of ``styles/RULES.md``."""
_NO_SPACES = "no space parts the words of this script"
_NO_CAPITALS = "this script has no capitals that tell names"


class Tally(msgspec.Struct, frozen=True):
    """How often a rule is broken, and where; or why it is not counted."""

    rule: str
    name: str
    found: tuple[Breach, ...] = ()
    uncounted: str = ""


class Figures(msgspec.Struct, frozen=True):
    """What was counted in a PDF.

    ``mean`` and ``worst`` are widths of word spaces in em, of lines that are not a paragraph's
    last; None where there are none.
    """

    lines: int
    tallies: tuple[Tally, ...]
    mean: float | None = None
    worst: float | None = None


def judged(name: str, data: bytes) -> tuple[Figures | None, Verdict]:
    """Count in a PDF, and say whether all of its text stands on its pages.

    Args:
        name: the file's.
        data: its bytes, of a tagged PDF.
    """
    try:
        pages = read(data)
        with Inked(data) as ink:
            figures = counted(pages, ink)
    except Exception as error:  # noqa: BLE001 - see `broke_down`
        return None, Verdict(NAME, "", Status.FAILED, (broke_down(NAME, name, error),))
    lost = tuple(_lost(name, pages))
    return figures, Verdict(NAME, "", Status.FAILED if lost else Status.PASSED, lost)


def counted(pages: Pages, ink: Inked) -> Figures:
    """Count what the pages break of the rules."""
    found = columns(pages)
    full = Fullness(pages, found, ink.lowest)
    broken = [
        *breaches(found),
        *(Breach("P6 short", line.page, f"{early:.1f} lines") for line, early in full.short()),
        *(Breach("P6 stub", line.page, f"{high:.0f} lines") for line, high in full.stubs()),
    ]
    uncounted = _uncounted(pages)
    tallies = tuple(_tally(rule, broken, uncounted.get(rule, "")) for rule in COUNTED)
    widths = [] if "B6" in uncounted else list(_widths(found))
    mean = round(sum(widths) / len(widths), 3) if widths else None
    worst = round(max(widths), 3) if widths else None
    return Figures(len(pages.lines), tallies, mean, worst)


def _tally(rule: str, broken: Sequence[Breach], uncounted: str) -> Tally:
    found = () if uncounted else tuple(item for item in broken if item.rule == rule)
    return Tally(rule, COUNTED[rule], found, uncounted)


def _uncounted(pages: Pages) -> dict[str, str]:
    """Return the rules that say nothing of the document's script, and why."""
    langs = [line.lang for line in pages.lines]
    lang = max(langs, key=langs.count, default="")
    if unspaced(lang):
        return dict.fromkeys(("B4", "B6"), _NO_SPACES) | {"B5": _NO_CAPITALS}
    if direction(lang) == "rtl" or script(lang) == "Deva":
        return {"B5": _NO_CAPITALS}
    return {}


def _widths(found: Sequence[Column]) -> Iterator[float]:
    """Yield the word spaces of lines that are not a paragraph's last."""
    for block in paragraphs(found):
        lines = [line for part in block for line in part.lines]
        yield from (space.width for line in lines[:-1] for space in line.spaces)


def _lost(name: str, pages: Pages) -> Iterator[Diagnostic]:
    """Yield an error for each page that text stands off."""
    off: dict[int, Line] = {}
    for line in pages.lines:
        width, height = pages.sizes[line.page - 1]
        across = line.right < 0 or line.left > width
        if across or not 0 <= line.y <= height:
            off.setdefault(line.page, line)
    for page, line in off.items():
        yield Diagnostic(
            "text-off-page",
            Severity.ERROR,
            f"{name}, page {page}: “{line.text}” stands off the page.",
            "Make it narrower, or shorter, in the manuscript. If it is plain text, report this.",
        )


def told(figures: Figures) -> Iterable[str]:
    """Yield what was counted, in words: a line of counts, and one for each rule that is broken."""
    counts = [
        f"{item.rule} {'not counted' if item.uncounted else len(item.found)}"
        for item in figures.tallies
    ]
    yield f"{NAME}: {', '.join(counts)}; {spaces(figures)}"
    for item in figures.tallies:
        if item.found:
            yield f"  {item.rule} {item.name}: {where(item)}"


def spaces(figures: Figures) -> str:
    """Return what the word spaces are, in words."""
    if figures.mean is None or figures.worst is None:
        return "word space not counted"
    return f"word space {figures.mean:.2f} em, at most {figures.worst:.2f} em"


def where(item: Tally) -> str:
    """Return the pages on which a rule is broken, and how often where it is more than once."""
    pages = [breach.page for breach in item.found]
    once = [
        f"{page} ({pages.count(page)} times)" if pages.count(page) > 1 else str(page)
        for page in dict.fromkeys(pages)
    ]
    return f"page{'s' if len(once) > 1 else ''} {', '.join(once)}" if once else ""

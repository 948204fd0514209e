"""Changed pages of two PDFs side by side on one page of HTML, beside the list of what changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import pypdfium2

from faircopy.publish.manuscripts.leaf import h, leaf, picture
from faircopy.revision.compared import Changed, Said
from faircopy.revision.lines import split
from faircopy.writers.markup import Element

_SCALE = 96 / 72
"""Pixels a point: as large as on a screen."""
_MOST = 200
"""Pages that are shown; a hundred of them have some 8 MB."""
_STEP = 2
"""Hundredths of a page's height between the places of marks."""

_CSS = """
li { margin-bottom: .8rem; }
li p { margin: 0; }
.spread { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; max-width: 100rem;
  border-top: 1px solid var(--rule); padding-top: 1rem; }
.spread h3 { margin: 0 0 .5rem; font-size: 1rem; }
.mark { position: absolute; right: 100%; margin-right: -1.2rem; min-width: 1rem;
  padding: 0 .2rem; background: var(--link); color: var(--paper); font-size: .75rem;
  text-align: center; text-decoration: none; }
@media (max-width: 40rem) { .spread { grid-template-columns: 1fr; } }
"""


class Spot(msgspec.Struct, frozen=True):
    """Where something stands in a PDF: its page from 1, and how far down, from 0 to 1."""

    page: int
    down: float = 0.0


class Printed(msgspec.Struct, frozen=True):
    """A state as a PDF, and where each of its sentences and units stands, by their ids."""

    name: str
    pdf: bytes = b""
    spots: Mapping[str, Spot] = {}

    def spot(self, said: Sequence[Said]) -> Spot | None:
        """Return where sentences begin, if that is known."""
        ids = (id for one in said for id in (one.id, one.unit))
        return next((self.spots[id] for id in ids if id in self.spots), None)


class _Spread(msgspec.Struct):
    """Pages that are shown beside one another, of the older state and of the newer."""

    sides: tuple[list[int], list[int]]


def page(title: str, changes: Sequence[Changed], old: Printed, new: Printed, size: str) -> bytes:
    """Return the page: the errata with the pages of both PDFs, then the pages that changed."""
    spreads = _spreads(changes, old, new)
    numbers = [number for one in spreads for side in one.sides for number in side]
    hidden = max(0, len(numbers) - _MOST)
    return leaf(
        title,
        _CSS + "".join(f".t{at} {{ top: {at}%; }}\n" for at in range(0, 101, _STEP)),
        h("h2", "What changed"),
        h("ol", *(_erratum(*one, old, new, size) for one in enumerate(changes, start=1))),
        h("h2", f"Pages that changed ({size})"),
        *(
            [h("p", f"{hidden} more pages changed that are not shown.", class_="open")]
            if hidden
            else []
        ),
        *_shown(spreads, changes, old, new),
    )


def _erratum(number: int, change: Changed, old: Printed, new: Printed, size: str) -> Element:
    where = [
        f"p. {spot.page}" if spot else "–" for spot in (old.spot(change.old), new.spot(change.new))
    ]
    said = "set otherwise: " if change.set_otherwise else ""
    return h(
        "li",
        h("p", f"{size}: {where[0]} → {where[1]}"),
        h("p", said, *_words(_text(change.old), _text(change.new))),
        id=f"change-{number}",
    )


def _text(said: Sequence[Said]) -> str:
    return " ".join(one.text for one in said)


def _words(old: str, new: str) -> Iterator[Element | str]:
    """Yield what was said and what is said, with what came and went marked as such."""
    one, other = split(old), split(new)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "".join(other[c:d])
            continue
        if a != b:
            yield h("del", "".join(one[a:b]))
        if c != d:
            yield h("ins", "".join(other[c:d]))


def _spreads(changes: Sequence[Changed], old: Printed, new: Printed) -> list[_Spread]:
    """Return which pages stand beside which: each is shown once."""
    out: list[_Spread] = []
    for change in changes:
        spots = old.spot(change.old), new.spot(change.new)
        pages = [spot.page if spot else 0 for spot in spots]
        last = out[-1] if out else None
        if last is None or not any(
            page in side for page, side in zip(pages, last.sides, strict=True)
        ):
            out.append(_Spread(([], [])))
        for page, side in zip(pages, out[-1].sides, strict=True):
            if page and page not in side:
                side.append(page)
    return out


def _shown(
    spreads: Sequence[_Spread], changes: Sequence[Changed], old: Printed, new: Printed
) -> Iterator[Element]:
    marks = _marks(changes, old, new)
    left = _MOST
    with pypdfium2.PdfDocument(old.pdf) as one, pypdfium2.PdfDocument(new.pdf) as other:
        for spread in spreads:
            sides = []
            for at, (state, pdf) in enumerate(((old, one), (new, other))):
                shown = spread.sides[at][:left]
                left -= len(shown)
                sides.append(h("div", *(_page(state, pdf, number, marks[at]) for number in shown)))
            yield h("div", *sides, class_="spread")


def _page(
    state: Printed, pdf: pypdfium2.PdfDocument, number: int, marks: Mapping[int, list[Element]]
) -> Element:
    name = f"{state.name}, page {number}"
    image = pdf[number - 1].render(scale=_SCALE).to_pil().convert("RGB")
    figure = h("figure", picture(image, name), *marks.get(number, ()), class_="page")
    return h("section", h("h3", name), figure)


def _marks(
    changes: Sequence[Changed], old: Printed, new: Printed
) -> tuple[dict[int, list[Element]], dict[int, list[Element]]]:
    """Return the numbers of changes that stand beside the pages of either PDF, by page."""
    out: tuple[dict[int, list[Element]], dict[int, list[Element]]] = ({}, {})
    for number, change in enumerate(changes, start=1):
        for at, spot in enumerate((old.spot(change.old), new.spot(change.new))):
            if spot:
                down = round(min(max(spot.down, 0.0), 1.0) * 100 / _STEP) * _STEP
                mark = h("a", str(number), href=f"#change-{number}", class_=f"mark t{down}")
                out[at].setdefault(spot.page, []).append(mark)
    return out

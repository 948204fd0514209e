"""Changed pages side by side: each once, numbered as in the list; nothing is fetched."""

from __future__ import annotations

import io

import pikepdf
from faircopy.publish.manuscripts import spreads
from faircopy.publish.manuscripts.spreads import Printed, Spot
from faircopy.revision.compared import Changed, Said
from lxml import html


def printed(name: str, pages: int, **spots: Spot) -> Printed:
    out = io.BytesIO()
    with pikepdf.new() as file:
        for _ in range(pages):
            file.add_blank_page(page_size=(100, 200))
        file.save(out)
    return Printed(name, out.getvalue(), spots)


def said(id: str, text: str) -> tuple[Said, ...]:
    return (Said(text, id, f"{id}-unit"),)


CHANGES = [
    Changed(said("a", "It was read."), said("b", "It was not read.")),
    Changed(said("c", "The end."), said("d", "The very end.")),
    Changed((), said("e", "<b>New & bold</b>")),
    Changed(said("f", "Far."), said("f", "Far.")),
]
OLD = printed("one", 3, a=Spot(1, 0.5), c=Spot(2), f=Spot(3))
NEW = printed("two", 4, b=Spot(1, 0.511), **{"d-unit": Spot(1), "e": Spot(1, 7.0), "f": Spot(4)})


def test_pages_that_changed() -> None:
    data = spreads.page("x: one → two", CHANGES, OLD, NEW, "a5")
    root = html.fromstring(data)
    shown = [image.get("alt") for image in root.iter("img")]
    assert shown == ["one, page 1", "one, page 2", "two, page 1", "one, page 3", "two, page 4"]
    marks = [(one.text, one.get("href"), one.get("class")) for one in root.iter("a")]
    assert ("1", "#change-1", "mark t50") in marks
    assert ("3", "#change-3", "mark t100") in marks
    assert len({one.get("id") for one in root.iter("li")}) == len(CHANGES)
    errata = [" ".join("".join(map(str, one.itertext())).split()) for one in root.iter("li")]
    assert errata[2] == "a5: – → p. 1<b>New & bold</b>"
    assert errata[3] == "a5: p. 3 → p. 4set otherwise: Far."
    assert next(one.text for one in root.iter("ins")) == "not "


def test_nothing_runs_and_nothing_is_fetched() -> None:
    data = spreads.page("x", CHANGES, OLD, NEW, "a5")
    root = html.fromstring(data)
    assert b"default-src 'none'" in data
    assert not list(root.iter("script", "link", "iframe", "object"))
    assert not [one for one in root.iter() if one.get("style")]
    assert all(one.get("src", "").startswith("data:image/png;") for one in root.iter("img"))
    assert data == spreads.page("x", CHANGES, OLD, NEW, "a5")


def test_no_more_pages_than_anybody_looks_at() -> None:
    many = [Changed(said(f"s{n}", "a"), said(f"s{n}", "b")) for n in range(150)]
    state = printed("one", 150, **{f"s{n}": Spot(n + 1) for n in range(150)})
    root = html.fromstring(spreads.page("x", many, state, state, "a5"))
    assert len(list(root.iter("img"))) == 200
    assert "100 more pages changed that are not shown." in "".join(map(str, root.itertext()))

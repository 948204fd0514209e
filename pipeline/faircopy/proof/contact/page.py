"""The contact sheet as one HTML page: no network, no script, readable without the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from lxml import etree

from faircopy.proof.contact.model import Edition, Row, Shown
from faircopy.writers.markup import Element, Maker

_h = Maker()

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d1f; --paper: #e9ebec; --rule: #767c82;
  --open: #7a4a00; --link: #0b5566; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e3dc; --paper: #2a2d30;
  --rule: #8b9196; --open: #f0c070; --link: #7fc4d4; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  margin: 2rem 1.5rem; }
a { color: var(--link); }
h1, h2, h3, h4 { line-height: 1.2; }
h2 { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: 1rem; }
h4 { margin: 1rem 0 .3rem; font-weight: 600; }
.row { align-items: start; display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; }
figure img { display: block; height: auto; width: 20rem; max-width: 90vw;
  border: 1px solid var(--rule); }
.phone img, .cover img { width: 13rem; }
.cover figure:last-child img { width: 160px; }
figcaption { font-size: .85rem; }
.unseen { color: var(--open); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
"""


def page(editions: Sequence[Edition], warning: str = "") -> bytes:
    """Return the page. Addresses of pictures are relative to the folder that it lies in.

    ``warning`` holds for all of it and stands first.
    """
    body = _h(
        "body",
        _h(
            "main",
            _h("h1", "Contact sheet"),
            *([_h("p", warning, class_="unseen")] if warning else []),
            *_unseen([line for edition in editions for line in _missing(edition)]),
            _h("nav", _contents(editions), aria_label="Files"),
            *(_edition(edition) for edition in editions),
        ),
    )
    root = _h(
        "html",
        _h(
            "head",
            _h("meta", charset="utf-8"),
            _h("meta", name_="viewport", content="width=device-width, initial-scale=1"),
            _h("title", "Contact sheet"),
            _h("style", _STYLE),
        ),
        body,
        lang="en",
    )
    return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>") + b"\n"


def _contents(editions: Iterable[Edition]) -> Element:
    return _h(
        "ul",
        *(
            _h("li", _h("a", file.name, href=f"#{quote(file.name)}"), f" ({_count(file)})")
            for edition in editions
            for file in edition.files
        ),
    )


def _count(file: Shown) -> str:
    count = sum(len(row.pictures) for row in file.rows)
    return f"{count} picture{'' if count == 1 else 's'}"


def _missing(edition: Edition) -> Iterator[str]:
    yield from (f"{edition.slug}: {reason}" for reason in edition.unseen)
    for file in edition.files:
        yield from (f"{file.name}: {reason}" for reason in file.unseen)


def _unseen(lines: Sequence[str]) -> Iterator[Element]:
    """Say what is not on the page, before what is."""
    if lines:
        items = [_h("li", "not looked at: ", line) for line in lines]
        yield _h("ul", *items, class_="unseen")
    else:
        yield _h("p", "Everything was looked at.")


def _edition(edition: Edition) -> Element:
    return _h("section", _h("h2", edition.slug), *map(_file, edition.files))


def _file(file: Shown) -> Element:
    return _h(
        "section",
        _h("h3", file.name),
        *(_h("p", f"not looked at: {reason}", class_="unseen") for reason in file.unseen),
        *(part for row in file.rows for part in _row(row, file.name)),
        id=file.name,
    )


def _row(row: Row, name: str) -> Iterator[Element]:
    if row.title:
        yield _h("h4", row.title)
    kind = row.title.partition(",")[0] or "page"
    where = f", {row.title}" if row.title else ""
    yield _h(
        "div",
        *(
            _h(
                "figure",
                _h(
                    "a",
                    _h(
                        "img",
                        src=quote(source),
                        alt=f"{name}, {title}{where}",
                        width=str(width),
                        height=str(height),
                        loading="lazy",
                    ),
                    href=quote(source),
                ),
                _h("figcaption", title),
            )
            for title, source, width, height in row.pictures
        ),
        class_=f"row {kind}",
    )

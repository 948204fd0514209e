"""A page that stands alone: HTML with its style and its pictures in it, and no script.

A policy lets nothing else in (Content Security Policy, level 3).
"""

from __future__ import annotations

import base64
import hashlib
import io

from lxml import etree
from PIL import Image

from faircopy.writers.html import data_uri
from faircopy.writers.markup import Element, Maker

h = Maker()

_COLOURS = 64
"""Of a picture of a page: black, white and what stands between them, and an accent or two."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d1f; --paper: #f4f5f5; --rule: #767c82;
  --open: #7a4a00; --link: #0b5566; --in: #0a5c2b; --out: #9c1c1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e3dc; --paper: #202326;
  --rule: #8b9196; --open: #f0c070; --link: #7fc4d4; --in: #86d6a4; --out: #f0a0a0; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  margin: 2rem 1.5rem; }
a { color: var(--link); }
h1, h2, h3 { line-height: 1.2; overflow-wrap: anywhere; }
ins { color: var(--in); }
del { color: var(--out); }
.open { color: var(--open); }
.page { position: relative; margin: 0 0 1rem; }
.page img { display: block; width: 100%; height: auto; border: 1px solid var(--rule); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
"""


def leaf(title: str, css: str, *body: Element) -> bytes:
    """Return a page with the style that all such pages have, and ``css`` of its own."""
    style = _STYLE + css
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = h(
        "head",
        h("meta", charset="utf-8"),
        h("meta", http_equiv="Content-Security-Policy", content=policy),
        h("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        h("title", title),
        h("style", style),
    )
    root = h("html", head, h("body", h("main", h("h1", title), *body)), lang="en")
    return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>") + b"\n"


def picture(image: Image.Image, words: str) -> Element:
    """Return an element that holds a picture of a page, with words for who does not see it."""
    out = io.BytesIO()
    image.quantize(_COLOURS).save(out, "PNG", optimize=True)
    width, height = map(str, image.size)
    data = data_uri("image/png", out.getvalue())
    return h("img", src=data, alt=words, width=width, height=height)

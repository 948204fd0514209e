"""The manuscript as it travels in an edition that editors change: as they may have it, and checked.

It is a part of a Word file for data of others (ECMA-376, part 1, 15.2.5): word processors keep it
and show it to nobody. Whoever sends the file back may have changed it: what is read is bounded, and
counts only where it has the hash that it says. It names no file and no folder to be opened.
"""

from __future__ import annotations

import hashlib
import re
from typing import cast

import msgspec
from lxml import etree

from faircopy.core.limits import MANUSCRIPT
from faircopy.core.model import Publication

NAMESPACE = "urn:faircopy:manuscript"
_ROOT = f"{{{NAMESPACE}}}manuscript"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HASH = re.compile(r"[0-9a-f]{64}")


class Carried(msgspec.Struct, frozen=True):
    """A manuscript's text as it travelled, and what it was made from.

    ``text`` is what anybody may have of it, ``source`` the hash (SHA-256) of the whole file,
    ``slug`` the folder that it lay in, ``lang`` the edition's language.
    """

    text: bytes
    source: str
    slug: str
    lang: str


def written(publication: Publication) -> bytes:
    """Return the part that carries a publication's manuscript, as text that anybody can read."""
    text = publication.disclosed
    root = etree.Element(_ROOT, nsmap=cast("dict[str, str]", {None: NAMESPACE}))
    root.set("slug", publication.slug)
    root.set("lang", publication.metadata.lang)
    root.set("source", hashlib.sha256(publication.source).hexdigest())
    root.set("sha256", hashlib.sha256(text).hexdigest())
    root.set(_SPACE, "preserve")
    root.text = text.decode()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def read(root: etree._Element) -> Carried | None:
    """Return what a part carries; None where it is no such part, or not what its hash says."""
    if root.tag != _ROOT or len(root):
        return None
    source, digest = root.get("source", ""), root.get("sha256", "")
    text = (root.text or "").encode()
    if not _HASH.fullmatch(source) or hashlib.sha256(text).hexdigest() != digest:
        return None
    if len(text) > MANUSCRIPT.most:
        return None
    return Carried(text, source, root.get("slug", ""), root.get("lang", ""))

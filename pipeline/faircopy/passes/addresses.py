"""Where a link may lead: one list for what a manuscript may hold and every edition shows."""

from __future__ import annotations

import re

SCHEMES = ("http", "https", "mailto", "tel", "doi", "urn", "geo")
"""``javascript:`` and the like are not among them: they run something or open a file."""

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")


def scheme(address: str) -> str:
    """Return an address's scheme in lower case, or "" (RFC 3986, section 3.1)."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else ""

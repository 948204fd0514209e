"""Where a link may lead: one list for what a manuscript may hold and every edition shows."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

SCHEMES = ("http", "https", "mailto", "tel", "doi", "urn", "geo")
"""``javascript:`` and the like are not among them: they run something or open a file."""

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")


def scheme(address: str) -> str:
    """Return an address's scheme in lower case, or "" (RFC 3986, section 3.1)."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else ""


_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|\\\\^`\x7f-\xa0]|%(?![0-9A-Fa-f]{2})")
_BRACKETS = re.compile(r"[\[\]]")


def encoded(address: str) -> str:
    """Return an address with what cannot stand in one percent-encoded (RFC 3986, section 2.1).

    Brackets are of the host alone, where they hold a number (section 3.2.2), and a number sign
    begins the fragment, which has no other (section 3.5). Letters of any script stay: addresses
    may have them (RFC 3987).
    """
    out = _NOT_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), address.strip())
    whole, sign, fragment = out.partition("#")
    out = f"{whole}{sign}{fragment.replace('#', '%23')}"
    head = re.match(r"[^:/?#]+://[^/?#]*", out)
    start = head.end() if head else 0
    return out[:start] + _BRACKETS.sub(lambda found: quote(found[0], safe=""), out[start:])


def is_sound(address: str) -> bool:
    """Whether an address has the parts that its scheme asks for: Word refuses a file otherwise."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return False
    if parts.scheme.lower() in ("http", "https"):
        host = parts.hostname or ""
        return bool(host) and not _NOT_IN_HOST.search(host) and port != 0
    return bool(parts.path or parts.netloc)


_NOT_IN_HOST = re.compile(r"[\s<>\"{}|\\\\^`%@!$&'()*+,;=]")

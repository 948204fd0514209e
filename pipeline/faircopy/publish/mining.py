"""``.well-known/tdmrep.json``: what of the shelf may be mined, for who asks the server.

W3C's TDM Reservation Protocol of 2024-05-10, section 5; it is asked for at the root of a server.
What an edition says itself wins over it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from faircopy.publish.manifest import SetManifest

FILE = ".well-known/tdmrep.json"
_SAID = {"reserved": 1, "permitted": 0}


def rules(sets: Iterable[SetManifest]) -> bytes:
    """Return the file; nothing where no publication says anything.

    Where all say the same, that holds for the whole shelf.
    """
    found = [(item, said) for item in sets if (said := _said(item)) or item.files]
    words = dict.fromkeys(said for _, said in found)
    if not any(words):
        return b""
    if len(words) == 1:
        entries = [_rule(_path(found[0][0]), next(iter(words)))]
    else:
        entries = [_rule(f"{_path(item)}{item.slug}/", said) for item, said in found if said]
    return msgspec.json.format(msgspec.json.encode(entries), indent=2) + b"\n"


def _said(item: SetManifest) -> tuple[str, str] | None:
    """Return what a publication says, with the address of its terms."""
    said = ((one.tdm, one.tdm_policy) for one in item.editions if one.tdm)
    return next(said, None)


def _path(item: SetManifest) -> str:
    """Return the shelf's path on its server: what stands behind the host, however that is written.

    `urllib` ends at a host that is none.
    """
    host_and_path = item.site.partition("://")[2]
    return f"/{host_and_path.partition('/')[2]}"


def _rule(location: str, said: tuple[str, str] | None) -> dict[str, str | int]:
    reserved, policy = said or ("", "")
    rule: dict[str, str | int] = {"location": location, "tdm-reservation": _SAID[reserved]}
    return rule | ({"tdm-policy": policy} if policy else {})

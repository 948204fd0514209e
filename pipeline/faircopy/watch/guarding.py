"""Who may see the preview: a browser on this machine that was given the address, and no other site.

The address holds a secret. A request is answered only if it knows that, if its ``Host`` is ours
(else a name of another site's could lead here: DNS rebinding), if its ``Origin``, where there is
one, is ours (RFC 6454), and if the browser says that no other site asks (Fetch Metadata Request
Headers, W3C). What a manuscript became is a stranger's: it is shown in frames without script and
of no origin, which fetch nothing but parts of the same book.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, TypeAlias

import msgspec

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

ALWAYS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""What goes with every answer: nothing is kept, and the address is told to nobody."""

OURS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}
"""What our own page may: run its script, and fetch from here."""

_SECRET = r"/(?P<token>[^/]*)"
_BOOK = re.compile(r"/[^/]+/epub/\d+/book/.+")
"""Paths of what a frame of no origin fetches: the documents of a book, its fonts and pictures."""
_KNOWN_SITES = ("", "none", "same-origin")


def strangers(host: str) -> dict[str, str]:
    """Return the headers of what a manuscript became; ``host`` is where its parts lie.

    The frame is of no origin, so that "'self'" would not be plain, and fonts are asked for by
    "null".
    """
    here = f"http://{host}"
    return {
        "content-security-policy": (
            f"sandbox; default-src 'none'; style-src {here} 'unsafe-inline';"
            f" img-src {here} data:; font-src {here} data:; base-uri 'none'; form-action 'none';"
            f" frame-ancestors {here}"
        ),
        "cross-origin-resource-policy": "cross-origin",
        "access-control-allow-origin": "null",
    }


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request, as far as it says who asks; a header that is not there is empty."""

    path: str
    method: str = "GET"
    host: str = ""
    origin: str = ""
    site: str = ""


def new_token() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(24)


def refused(asked: Asked, host: str, token: str) -> str:
    """Return why a request is not answered, "" where it is."""
    if asked.host != host:
        return "This address is not the preview's."
    found = re.match(_SECRET, asked.path)
    if not found or not secrets.compare_digest(found["token"].encode(), token.encode()):
        return "Open the address that the terminal shows: it holds a secret."
    if asked.method not in ("GET", "HEAD", "POST"):
        return "The preview knows no such request."
    of_book = asked.method == "GET" and bool(_BOOK.fullmatch(asked.path))
    if of_book:
        known = asked.origin in ("", "null")
    else:
        here = f"http://{host}"
        origins = (here,) if asked.method == "POST" else ("", here)
        known = asked.origin in origins and asked.site in _KNOWN_SITES
    return "" if known else "Another site asks."


class Guard:
    """The door before an application of ASGI; see `refused`."""

    def __init__(self, app: App, host: str, token: str) -> None:
        self._app, self._host, self._token = app, host, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or answer it with 403; there are no web sockets here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        elif why := refused(_asked(scope), self._host, self._token):
            await _refuse(why, send)
        else:
            await self._app(scope, receive, _with_headers(send))


def _asked(scope: Scope) -> Asked:
    """Return a request's own words; of a header that comes twice, none that could be ours."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        headers[key] = (
            f"{headers[key]}, {value.decode('latin-1')}"
            if key in headers
            else (value.decode("latin-1"))
        )
    return Asked(
        path=scope["path"],
        method=scope["method"],
        host=headers.get("host", ""),
        origin=headers.get("origin", ""),
        site=headers.get("sec-fetch-site", ""),
    )


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.decode("latin-1").lower() for name, _ in message["headers"]}
            more = {name: value for name, value in ALWAYS.items() if name not in there}
            message = {**message, "headers": [*message["headers"], *_raw(more)]}
        await send(message)

    return answer


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


async def _refuse(why: str, send: Send) -> None:
    headers = {**ALWAYS, "content-type": "text/plain; charset=utf-8"}
    await send({"type": "http.response.start", "status": 403, "headers": _raw(headers)})
    await send({"type": "http.response.body", "body": f"{why}\n".encode()})

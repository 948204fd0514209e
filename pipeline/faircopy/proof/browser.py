"""Chromium without a screen, to which a book is shown from memory.

It is spoken with by pipes (Chrome DevTools Protocol, ``--remote-debugging-pipe``): there is no
port. Every request of a page is answered here, from the book or not at all; the book's own scripts
do not run, by the browser's switch and by a policy that goes with each answer (Content Security
Policy, level 3). It runs in a cage (`faircopy.core.cage`) besides, and is told by its own switches
to find no host.
"""

from __future__ import annotations

import base64
import contextlib
import posixpath
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlsplit

import msgspec

from faircopy.core import cage, process
from faircopy.core.diagnostics import ToolError
from faircopy.core.process import Talk
from faircopy.core.tools import tool

CAGED = (
    f"--proxy-server=http://{cage.DEAD}",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)
"""Chromium's own switches that take the network away."""

_HOST = "http://book.invalid/"
"""Where the book seems to be: a name that no network has (RFC 6761, section 6.4)."""

_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
    " font-src 'self' data:; media-src 'self'; form-action 'none'; base-uri 'none'"
)
_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
_PIPES = 'exec "$@" 3<&0 4>&1 0</dev/null 1>&2'
"""Chromium speaks by the descriptors 3 and 4."""

_SECONDS = 180.0


def program() -> str:
    """Return Chromium's path.

    Raises:
        ToolError: it is missing.
    """
    known = tool("chromium")
    path = known.path() if known else None
    if path is None:
        raise process.missing("chromium")
    return path


class Book(Protocol):
    """What is shown: documents and what they need, by their names."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all."""

    def read(self, name: str) -> bytes:
        """Return the bytes of one."""


class Alone(msgspec.Struct, frozen=True):
    """A page that needs nothing beside it."""

    name: str
    data: bytes

    @property
    def names(self) -> tuple[str, ...]:
        """Its name alone."""
        return (self.name,)

    def read(self, name: str) -> bytes:
        """Return its bytes."""
        return self.data


@contextlib.contextmanager
def reading(book: Book) -> Iterator[Page]:
    """Start Chromium with one page, and end it.

    Raises:
        ToolError: Chromium is missing, fails or takes longer than three minutes.
    """
    command = [
        *("sh", "-c", _PIPES, "sh", program()),
        "--headless",
        *(["--no-sandbox"] if cage.is_root() else []),  # it refuses to run as root
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--remote-debugging-pipe",
        "--user-data-dir={home}/profile",
        *CAGED,
        "about:blank",
    ]
    with cage.talking(command, timeout=_SECONDS) as talk:
        yield Page(talk, book)


class Page:
    """One page of the browser, in which documents of a book are shown one after another."""

    def __init__(self, talk: Talk, book: Book) -> None:
        self._talk, self._book = talk, book
        self._names = {posixpath.normpath(name): name for name in book.names}
        self._shown: dict[str, bytes] = {}
        self._session = ""
        self._number = 0
        self._loaded = False
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._ask("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._ask("Emulation.setScriptExecutionDisabled", value=True)
        self._ask("Page.enable")

    def show(self, name: str, data: bytes, *, width: int, height: int) -> None:
        """Show a document of the book, as ``data`` has it, and wait for its pictures and fonts.

        ``width`` and ``height`` are those of the screen, in CSS pixels.
        """
        self._shown = {posixpath.normpath(name): data}
        self.resize(width, height)
        self._loaded = False
        gone = self._ask("Page.navigate", url=_HOST + quote(name)).get("errorText")
        if gone:
            raise ToolError.because("tool-failed", f"Chromium could not show {name}: {gone}.")
        while not self._loaded:
            self._hear()

    def by_night(self, night: bool) -> None:
        """Let documents be shown in a dark or a light scheme."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if night else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])

    def resize(self, width: int, height: int) -> None:
        """Give the screen another size."""
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def compute(self, function: str, library: str = "") -> Any:
        """Return what a function of ours (JavaScript) returns in the document shown.

        It is run in a world of its own, whose objects the document cannot touch; ``library`` is
        run there before it, after the document was loaded without its scripts.

        Raises:
            ToolError: it failed.
        """
        frame = self._ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = self._ask("Page.createIsolatedWorld", frameId=frame)["executionContextId"]
        if library:  # it may wait for timers, which stand still where nothing runs
            self._ask("Emulation.setScriptExecutionDisabled", value=False)
            self._ask("Runtime.evaluate", expression=library, contextId=world)
        found = self._ask(
            "Runtime.evaluate",
            expression=f"document.fonts.ready.then({function})",
            contextId=world,
            awaitPromise=True,
            returnByValue=True,
        )
        if library:
            self._ask("Emulation.setScriptExecutionDisabled", value=True)
        if "exceptionDetails" in found:
            raise ToolError.because("tool-failed", "Chromium could not read the book.")
        return found["result"].get("value")

    def picture(self) -> bytes:
        """Return what the screen shows as a PNG."""
        return base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"])

    # --- the protocol ----------------------------------------------------------------------------

    def _ask(self, method: str, **params: Any) -> Any:
        number = self._say(method, params)
        while True:
            message = self._hear()
            if message.get("id") == number:
                if "error" in message:
                    said = message["error"].get("message", "")
                    raise ToolError.because("tool-failed", f"Chromium said to {method}: {said}")
                return message["result"]

    def _say(self, method: str, params: dict[str, Any]) -> int:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._talk.send(msgspec.json.encode(message))
        return self._number

    def _hear(self) -> Any:
        message: Any = msgspec.json.decode(self._talk.receive())
        match message.get("method"):
            case "Fetch.requestPaused":
                self._answer(message["params"])
            case "Page.loadEventFired":
                self._loaded = True
            case "Inspector.targetCrashed":
                raise ToolError.because("tool-failed", "Chromium's page broke down.")
        return message

    def _answer(self, paused: Any) -> None:
        """Answer a request of the page: from the book, or that it failed."""
        request, address = paused["requestId"], urlsplit(paused["request"]["url"])
        path = posixpath.normpath(unquote(address.path).lstrip("/"))
        data = self._shown.get(path)
        if data is None and path in self._names:
            data = self._book.read(self._names[path])
        if f"{address.scheme}://{address.netloc}/" != _HOST or data is None:
            params = {"requestId": request, "errorReason": "BlockedByClient"}
            self._say("Fetch.failRequest", params)
            return
        media = _TYPES.get(posixpath.splitext(path)[1].lower(), "application/octet-stream")
        headers = {
            "Content-Type": media,
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
        }
        self._say(
            "Fetch.fulfillRequest",
            {
                "requestId": request,
                "responseCode": 200,
                "responseHeaders": [{"name": n, "value": v} for n, v in headers.items()],
                "body": base64.b64encode(data).decode(),
            },
        )

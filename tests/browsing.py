"""Chromium as somebody uses it: with script, and with what this machine serves on loopback.

`faircopy.proof.browser` shows books without either. It is spoken with by pipes, as there.
"""

from __future__ import annotations

import base64
import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import msgspec
from faircopy.core import process
from faircopy.core.process import Talk
from faircopy.proof.browser import program

REBOUND = "rebound.example"
"""A name of another site's that leads to this machine."""

_PIPES = 'exec "$@" 3<&0 4>&1 0</dev/null 1>&2'
_SECONDS = 400.0
_PATIENCE = 120.0


@contextlib.contextmanager
def browsing(width: int = 1400, height: int = 900) -> Iterator[Browser]:
    """Start Chromium with one page, and end it."""
    with tempfile.TemporaryDirectory(prefix="fc-", ignore_cleanup_errors=True) as home:
        command = [
            *("sh", "-c", _PIPES, "sh", program()),
            "--headless",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--disable-gpu",
            "--force-device-scale-factor=1",
            "--remote-debugging-pipe",
            f"--user-data-dir={home}",
            f"--window-size={width},{height}",
            "--no-first-run",
            "--disable-background-networking",
            f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "about:blank",
        ]
        with process.talking(command, timeout=_SECONDS) as talk:
            yield Browser(talk)


class Browser:
    """One page of the browser."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self._number, self._session = talk, 0, ""
        self.said: list[str] = []
        self._loaded = False
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        found = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._ask(f"{domain}.enable")

    def go(self, address: str) -> None:
        """Open an address, and wait until the page is there or was refused."""
        self._loaded = False
        self._ask("Page.navigate", url=address)
        while not self._loaded:
            self._hear()

    def tell(self, expression: str) -> Any:
        """Return what an expression of JavaScript is in the page, once a promise is kept."""
        found = self._ask(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def until(self, expression: str) -> Any:
        """Wait until an expression is true, and return it."""
        late = time.monotonic() + _PATIENCE
        while not (found := self.tell(expression)):
            assert time.monotonic() < late, f"it never came true: {expression}"
            time.sleep(0.05)
        return found

    def picture(self) -> bytes:
        """Return what the page shows as a PNG."""
        return base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"])

    def framed(self) -> list[str]:
        """Return the words of the documents in the page's frames, which run apart from it."""
        page, self._session = self._session, ""
        found = self._ask("Target.getTargets")["targetInfos"]
        words = []
        for id in [one["targetId"] for one in found if one["type"] == "iframe"]:
            self._session = ""
            self._session = self._ask("Target.attachToTarget", targetId=id, flatten=True)[
                "sessionId"
            ]
            text = self._ask("Runtime.evaluate", expression="document.documentElement.textContent")
            words.append(text["result"].get("value", ""))
        self._session = page
        return words

    def _ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._talk.send(msgspec.json.encode(message))
        while (heard := self._hear()).get("id") != self._number:
            pass
        assert "error" not in heard, heard
        return heard["result"]

    def _hear(self) -> Any:
        heard: Any = msgspec.json.decode(self._talk.receive())
        match heard.get("method"):
            case "Log.entryAdded":
                self.said.append(heard["params"]["entry"]["text"])
            case "Page.loadEventFired":
                self._loaded = True
        return heard

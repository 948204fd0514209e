"""Somebody on the loopback who writes down what reaches him."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import msgspec


class Listener(msgspec.Struct, frozen=True):
    """Who listens at a port of 127.0.0.1, and the beginning of all that came."""

    port: int
    heard: list[bytes]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def hear() -> None:
            while True:
                try:
                    other, _ = door.accept()
                except OSError:
                    return
                with other, contextlib.suppress(OSError):
                    other.settimeout(5)
                    heard.append(other.recv(1000))

        threading.Thread(target=hear, daemon=True).start()
        yield Listener(door.getsockname()[1], heard)
        with contextlib.suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)

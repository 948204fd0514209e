"""The command: serve the desk to a browser on this machine until somebody ends it."""

from __future__ import annotations

import asyncio
import socket
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from faircopy.core import pango
from faircopy.core.diagnostics import EditionError, ToolError
from faircopy.core.scratch import Ended
from faircopy.publish import crew
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade
from faircopy.publish.workers import Workers

if TYPE_CHECKING:
    from faircopy.watch.rounds import Rounds, Wish

LOOPBACK = "127.0.0.1"
NEEDED = ("starlette", "uvicorn", "watchfiles")
_LAST = 1
"""Seconds that open requests are given when the preview ends."""


def watch(
    manuscript: str = "",
    *,
    theme: str = "",
    page: str = "",
    port: int = 0,
    project: Project | None = None,
) -> bool:
    """Show manuscripts as they are being written; return when somebody ends it (Ctrl-C).

    ``port`` 0 takes one that is free.

    Raises:
        FaircopyError: there is no such manuscript, the port is taken, or what a preview needs is
            not installed.
    """
    _demand_installed()
    from faircopy.watch.rounds import Wish

    place = project or Project.here()
    pango.require()
    first = manuscripts(place, tuple(filter(None, (manuscript,))))[0].name
    wish = Wish(root=place.root, theme=theme, page=page)
    try:
        with _door(port) as door:
            _serve(place, wish, first, door)
    except Ended:
        raise
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    return True


def _serve(place: Project, wish: Wish, first: str, door: socket.socket) -> None:
    from faircopy.watch.rounds import LOADED, Rounds
    from faircopy.watch.watching import known

    loaded = (*Trade.of(place).loaded, *LOADED)
    with Workers(1, loaded) as quick, Workers(crew.processors(), loaded) as others:
        rounds = Rounds(wish, known(place), quick=quick, others=others)
        asyncio.run(_until_ended(place, rounds, wish, first, door))


async def _until_ended(
    place: Project, rounds: Rounds, wish: Wish, first: str, door: socket.socket
) -> None:
    """Serve and watch; what ends the watching ends the serving, and is raised."""
    import uvicorn

    from faircopy.watch.guarding import new_token
    from faircopy.watch.serving import app
    from faircopy.watch.watching import follow

    host, token = f"{LOOPBACK}:{door.getsockname()[1]}", new_token()
    server = uvicorn.Server(
        uvicorn.Config(
            app(rounds, host, token),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=_LAST,
        )
    )

    def end(_: object) -> None:
        server.should_exit = True

    rounds.begin(first)
    following = asyncio.create_task(follow(place, rounds, wish.theme))
    following.add_done_callback(end)
    sys.stdout.write(f"http://{host}/{token}/\nOpen this address in a browser; Ctrl-C ends it.\n")
    sys.stdout.flush()
    try:
        await server.serve(sockets=[door])
        if following.done():
            following.result()
    finally:
        following.cancel()


def _door(port: int) -> socket.socket:
    """Return a socket that only this machine reaches.

    Raises:
        EditionError: the port is another program's.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        door.close()
        raise EditionError.because(
            "port-taken",
            f"The preview cannot be served at port {port}: another program has it, or it is none.",
            "Name another with --port, or none: a free one is found.",
        ) from error
    return door


def _demand_installed() -> None:
    """See that what a preview needs is there.

    Raises:
        ToolError: it is not.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise ToolError.because(
            "watch-missing",
            "What the preview needs is not installed.",
            "Run: pip install 'faircopy-editions[watch]'",
        )

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from faircopy.watch.guarding import Asked, Guard, new_token, refused, strangers

HOST, TOKEN = "127.0.0.1:4321", "secret"
HERE = f"http://{HOST}"
BOOK = f"/{TOKEN}/epub/3/book/EPUB/fonts/serif.ttf"


def asked(**said: str) -> Asked:
    return Asked(**{"path": f"/{TOKEN}/", "host": HOST, **said})


@pytest.mark.parametrize(
    "request_",
    [
        asked(),
        asked(site="none"),
        asked(site="same-origin", origin=HERE),
        asked(method="POST", origin=HERE, path=f"/{TOKEN}/choose/a"),
        asked(path=BOOK, origin="null", site="cross-site"),
        asked(path=BOOK, site="cross-site"),
    ],
)
def test_our_own_page_is_answered(request_: Asked) -> None:
    assert refused(request_, HOST, TOKEN) == ""


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (asked(host="evil.example:4321"), "not the preview's"),  # DNS rebinding
        (asked(host="localhost:4321"), "not the preview's"),
        (asked(host=""), "not the preview's"),
        (asked(host=f"{HOST}, {HOST}"), "not the preview's"),  # two headers
        (asked(path="/"), "holds a secret"),
        (asked(path="/secre/"), "holds a secret"),
        (asked(path="/secrets/"), "holds a secret"),
        (asked(path=f"//{TOKEN}/"), "holds a secret"),
        (asked(path="/sécret/"), "holds a secret"),
        (asked(origin="https://evil.example"), "Another site"),
        (asked(origin="null"), "Another site"),
        (asked(origin="http://127.0.0.1:4322", site="same-site"), "Another site"),
        (asked(site="cross-site"), "Another site"),
        (asked(method="POST", path=f"/{TOKEN}/choose/a"), "Another site"),
        (asked(method="POST", origin="null", path=BOOK), "Another site"),
        (asked(method="OPTIONS", origin=HERE), "no such request"),
        (asked(path=f"/{TOKEN}/web/3", origin="null", site="cross-site"), "Another site"),
        (asked(path=f"/{TOKEN}/epub/3/parts", origin="null"), "Another site"),
        (asked(path=BOOK, origin="https://evil.example"), "Another site"),
    ],
)
def test_nobody_else_is_answered(request_: Asked, why: str) -> None:
    assert why in refused(request_, HOST, TOKEN)


def test_each_preview_has_a_secret_of_its_own() -> None:
    one, other = new_token(), new_token()
    assert one != other
    assert len(one) >= 32


def test_what_a_manuscript_became_runs_and_fetches_nothing() -> None:
    policy = strangers(HOST)["content-security-policy"]
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert parts["sandbox"] == ""  # neither scripts nor an origin
    assert parts["default-src"] == "'none'"
    assert not {"script-src", "connect-src", "frame-src"} & parts.keys()
    assert parts["frame-ancestors"] == HERE


def test_a_web_socket_and_a_refused_request_do_not_reach_the_application() -> None:
    sent: list[Any] = []

    async def application(*_: object) -> None:
        raise AssertionError("reached")

    async def receive() -> Any:
        raise AssertionError("asked for more")

    async def send(message: Any) -> None:
        sent.append(message)

    guard = Guard(application, HOST, TOKEN)
    headers = [(b"host", b"evil.example")]
    asyncio.run(guard({"type": "websocket", "path": f"/{TOKEN}/", "headers": []}, receive, send))
    asyncio.run(
        guard(
            {"type": "http", "method": "GET", "path": f"/{TOKEN}/", "headers": headers},
            receive,
            send,
        )
    )
    assert [message["type"] for message in sent] == [
        "websocket.close",
        "http.response.start",
        "http.response.body",
    ]
    assert sent[1]["status"] == 403

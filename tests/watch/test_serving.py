from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import msgspec
import pytest
from faircopy.core.model import Artifact
from faircopy.publish.jobs import Made
from faircopy.publish.workers import Workers
from faircopy.watch.desk import Desk, Tab
from faircopy.watch.editions import Edition, Part
from faircopy.watch.guarding import App
from faircopy.watch.rounds import Rounds, Wish
from faircopy.watch.serving import app

HOST, TOKEN = "127.0.0.1:4321", "secret"
HERE = f"http://{HOST}"


class Answer(msgspec.Struct):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: App, path: str, method: str = "GET", **headers: str) -> Answer:
    """Have one request answered, without a server."""
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        sent.append(message)

    given = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": f"/{TOKEN}/{path}",
        "raw_path": f"/{TOKEN}/{path}".encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 9),
        "server": ("127.0.0.1", 4321),
    }

    async def answered() -> None:
        await application(scope, receive, send)

    asyncio.run(answered())
    raw = sent[0]["headers"]
    assert isinstance(raw, list)
    body = b"".join(part for one in sent[1:] if isinstance(part := one.get("body"), bytes))
    status = sent[0]["status"]
    assert isinstance(status, int)
    return Answer(status, {name.decode(): value.decode() for name, value in raw}, body)


def edition(data: bytes, *parts: Part) -> Edition:
    artifact = Artifact(name="en.x", media_type="x/y", data=data, facts={})
    return Edition(made=Made(artifact, 0.1), parts=parts, part=0)


def book() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("EPUB/text/s001.xhtml", "<html/>")
        made.writestr("EPUB/fonts/serif.ttf", "font")
        made.writestr("EPUB/script.js", "alert(1)")
    return out.getvalue()


@pytest.fixture
def rounds() -> Iterator[Rounds]:
    with Workers(1) as quick, Workers(1) as others:
        found = Rounds(Wish(root=Path("nowhere")), ("a", "b"), quick=quick, others=others)
        found.desk = Desk(
            slugs=("a", "b"),
            slug="a",
            round=7,
            tabs=(
                Tab(format="web", round=7, edition=edition(b"<p>Words")),
                Tab(format="pdf", round=6, edition=edition(b"%PDF", Part("page 1", 100, 200))),
                Tab(format="epub", round=7, edition=edition(book(), Part("EPUB/text/s001.xhtml"))),
                Tab(format="docx", busy=True),
            ),
        )
        yield found


@pytest.fixture
def application(rounds: Rounds) -> App:
    return app(rounds, HOST, TOKEN)


@pytest.mark.parametrize("path", ["", "page.css", "page.js"])
def test_our_page_may_run_its_script_and_be_framed_by_nobody(application: App, path: str) -> None:
    answer = ask(application, path)
    policy = answer.headers["content-security-policy"]
    assert answer.status == 200
    assert "default-src 'none'; script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_our_page_has_nothing_inline() -> None:
    page = resources.files("faircopy.watch").joinpath("page.html").read_text("utf-8")

    class Inline(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            names = {name for name, _ in attrs}
            assert tag != "style"
            assert tag != "script" or "src" in names
            assert not any(name == "style" or name.startswith("on") for name in names)

    Inline().feed(page)


@pytest.mark.parametrize("path", ["web/7", "epub/7/book/EPUB/text/s001.xhtml"])
def test_what_a_manuscript_became_comes_in_a_sandbox(application: App, path: str) -> None:
    answer = ask(application, path)
    assert answer.status == 200
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_book_in_a_frame_gets_its_fonts_and_no_script(application: App) -> None:
    of_frame = {"origin": "null", "sec_fetch_site": "cross-site"}
    font = ask(application, "epub/7/book/EPUB/fonts/serif.ttf", **of_frame)
    assert (font.status, font.headers["access-control-allow-origin"]) == (200, "null")
    assert ask(application, "epub/7/book/EPUB/script.js", **of_frame).status == 404


@pytest.mark.parametrize(
    "path",
    [
        *("web/6", "pdf/7/0.png", "pdf/6/1.png", "epub/7/book/EPUB/none.xhtml"),
        *("epub/7/book/../../../etc/passwd.png", "docx/0/parts", "nothing/7/parts", "else"),
    ],
)
def test_what_is_not_there_any_more_or_never_was_is_not_found(application: App, path: str) -> None:
    assert ask(application, path).status == 404


def test_parts_say_where_the_sentence_stands(application: App) -> None:
    told = msgspec.json.decode(ask(application, "pdf/6/parts").body)
    page = {"name": "page 1", "width": 100, "height": 200}
    assert told == {"parts": [page], "part": 0, "down": 0}


@pytest.mark.parametrize(
    ("slug", "headers", "status"),
    [
        ("nobody", {"origin": HERE}, 404),
        ("a", {"origin": HERE}, 204),  # which is there already
        ("b", {}, 403),
        ("b", {"origin": "https://evil.example"}, 403),
    ],
)
def test_a_manuscript_is_chosen_from_our_page_alone(
    application: App, rounds: Rounds, slug: str, headers: dict[str, str], status: int
) -> None:
    assert ask(application, f"choose/{slug}", "POST", **headers).status == status
    assert rounds.desk.slug == "a"


def test_another_site_gets_nothing(application: App) -> None:
    for path in ("", "news", "web/7", "pdf/6/parts"):
        for headers in ({"host": "evil.example"}, {"origin": "https://evil.example"}):
            answer = ask(application, path, **headers)
            assert answer.status == 403
            assert "access-control-allow-origin" not in answer.headers

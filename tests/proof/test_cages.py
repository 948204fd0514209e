"""Past the first line of defence: a hostile file is opened all the same, and nothing comes out.

Each attack is made twice. Where the cages are open it must reach the listener, else it proves
nothing that it does not where they are shut.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from faircopy.core import cage, process
from faircopy.core.diagnostics import ToolError
from faircopy.core.model import Publication
from faircopy.proof import browser, office, static
from faircopy.proof.checking import check
from faircopy.proof.extractors import chromium, libreoffice
from faircopy.proof.extractors.archive import Archive
from faircopy.proof.judges import ace, java
from faircopy.proof.verdict import Status

from tests.listening import Listener, listening
from tests.proof.attacks import book, linked_document, paper_that_runs

Read = Callable[[str], Publication]

_ROOT = Path(__file__).parents[2] / "pipeline"


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


@contextlib.contextmanager
def no_walls() -> Iterator[None]:
    """Take namespace and environment away: what is left are the programs' own switches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cage, "walls", lambda: None)
        patch.setattr(cage, "_environment", lambda home: dict(os.environ))
        yield


@contextlib.contextmanager
def no_switches() -> Iterator[None]:
    """Take the programs' own switches away: what is left is the namespace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser, "CAGED", ())
        patch.setattr(browser, "_POLICY", "default-src * 'unsafe-inline'")
        patch.setattr(browser.Page, "_answer", _let_through(browser.Page._answer))
        patch.setattr(browser.Page, "_ask", _let_scripts_run(browser.Page._ask))
        patch.setattr(office, "CAGED", {})
        patch.setattr(java, "CAGED", ())
        yield


def _let_through(answer: Callable[[browser.Page, Any], None]) -> Callable[..., None]:
    def through(page: browser.Page, paused: Any) -> None:
        if "book.invalid" in paused["request"]["url"]:
            answer(page, paused)
        else:
            page._say("Fetch.continueRequest", {"requestId": paused["requestId"]})

    return through


def _let_scripts_run(ask: Callable[..., Any]) -> Callable[..., Any]:
    def asked(page: browser.Page, method: str, **params: Any) -> Any:
        if method != "Emulation.setScriptExecutionDisabled":
            return ask(page, method, **params)
        return None

    return asked


@contextlib.contextmanager
def open_cages() -> Iterator[None]:
    with no_walls(), no_switches():
        yield


shut = contextlib.nullcontext
CAGES = pytest.mark.parametrize(
    "left", [shut, no_walls, no_switches, open_cages], ids=["all", "switches", "walls", "nothing"]
)


def _held(listener: Listener, left: Callable[[], object]) -> None:
    if left is no_switches and cage.walls() is None:
        pytest.skip("did not run: this system gives no network namespace")
    assert bool(listener.heard) == (left is open_cages), listener.heard


@pytest.mark.needs("chromium")
@pytest.mark.slow
@CAGES
def test_a_book_with_a_script_is_read(
    left: Callable[[], contextlib.AbstractContextManager[None]], listener: Listener
) -> None:
    data = book(
        f"<p>read</p><script>fetch('http://{listener.address}/script');"
        f"new WebSocket('ws://{listener.address}/socket')</script>"
        f'<img alt="" src="http://{listener.address}/picture"/>'
        f'<p style="background:url(http://{listener.address}/style)">and read</p>'
    )
    assert static.judge("x.epub", data).status is Status.FAILED
    with left():
        said = chromium.lines(data)
    assert [line for line in said if line] == ["read", "and read"]
    _held(listener, left)


@pytest.mark.needs("chromium", "node")
@pytest.mark.slow
@pytest.mark.parametrize("left", [shut, open_cages], ids=["all", "nothing"])
def test_a_book_with_a_script_is_judged(
    left: Callable[[], contextlib.AbstractContextManager[None]], listener: Listener, tmp_path: Path
) -> None:
    path = tmp_path / "x.epub"
    path.write_bytes(
        book(f"<p>a</p><script>new WebSocket('ws://{listener.address}/socket')</script>")
    )
    with left():
        ace.judge(path)
    _held(listener, left)


@pytest.mark.needs("soffice")
@pytest.mark.slow
@pytest.mark.parametrize("left", [shut, no_walls, open_cages], ids=["all", "switches", "nothing"])
def test_a_document_with_a_picture_of_elsewhere_is_read(
    left: Callable[[], contextlib.AbstractContextManager[None]], listener: Listener, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    data = linked_document(f"http://{listener.address}/a.png", secret.as_uri())
    assert static.judge("x.docx", data).status is Status.FAILED
    with left():
        said = libreoffice.lines(data)
    assert "read" in said
    assert not any("secret" in line for line in said)
    _held(listener, left)


@pytest.mark.needs("java")
@pytest.mark.slow
@CAGES
def test_java_reaches_nobody(
    left: Callable[[], contextlib.AbstractContextManager[None]], listener: Listener
) -> None:
    with left():
        script = (
            "import sys\nfrom faircopy.proof.judges import java\n"
            f"java.CAGED = {java.CAGED!r}\n"
            "jpype = java.start([])\n"
            f"jpype.JClass('java.net.URL')('http://{listener.address}/a').openStream()"
        )
        environment = {"PYTHONPATH": str(_ROOT)}
        cage.run([sys.executable, "-c", script], timeout=60, env_add=environment, check=False)
    _held(listener, left)


def test_a_page_asks_nobody_but_the_book() -> None:
    said: list[tuple[str, Any]] = []
    page = browser.Page.__new__(browser.Page)
    page._book, page._shown = Archive(book("<p>a</p>")), {}
    page._names = {name: name for name in page._book.names}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "_say", lambda method, params: said.append((method, params)))
        for url in (
            "http://book.invalid/a.xhtml",
            "http://book.invalid/../../etc/passwd",
            "http://book.invalid/none.png",
            "http://book.invalid:8080/a.xhtml",
            "http://x.org/a.xhtml",
            "file:///etc/passwd",
        ):
            page._answer({"requestId": "1", "request": {"url": url}})
    assert [method.partition(".")[2] for method, _ in said] == ["fulfillRequest"] + [
        "failRequest"
    ] * 5


def test_no_program_is_started_for_what_is_not_static(
    publication: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*args: object, **named: object) -> None:
        raise AssertionError(f"A program was started: {args}")

    text = publication("speaker-turns")
    cage.walls()
    monkeypatch.setattr(process, "_start", nobody)
    folder = tmp_path / text.slug
    folder.mkdir()
    for ending, data in {
        "epub": book("<script>a()</script>"),
        "docx": linked_document("http://x.org/a.png", "file:///etc/passwd"),
        "pdf": paper_that_runs(),
    }.items():
        (folder / f"{text.slug}.en.{ending}").write_bytes(data)
    report = check(tmp_path, [text])
    assert not report.sound()
    files = report.editions[0].files
    assert len(files) == 3
    for file in files:
        assert [item.name for item in file.said()] == ["static"]
        assert {item.code for item in file.findings()} == {"not-static"}


def test_the_report_says_that_programs_ran_uncaged(
    publication: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cage, "walls", lambda: None)
    text = publication("speaker-turns")
    (tmp_path / text.slug).mkdir()
    (tmp_path / text.slug / f"{text.slug}.en.epub").write_bytes(book("<script/>"))
    report = check(tmp_path, [text])
    assert "uncaged" in [item.code for item in report.findings()]
    assert "uncaged" in [item.code for item in report.editions[0].findings]


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("depth", [10, 60, 120])
def test_a_browsers_socket_finds_room_however_deep_the_temporary_folder_is(
    depth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chromium ended where the path to its socket was longer than an address may be."""
    deep = tmp_path / ("x" * depth)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    done = cage.run(["sh", "-c", 'echo "$TMPDIR"'], timeout=60)
    place = done.stdout.decode().strip()
    assert len(f"{place}/org.chromium.Chromium.XXXXXX/SingletonSocket") <= 103
    assert not Path(place).exists()


def test_a_browser_that_ends_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "program", lambda: "false")
    with (
        pytest.raises(ToolError, match="exit code 1"),
        browser.reading(Archive(book("<p>a</p>"))),
    ):
        pass

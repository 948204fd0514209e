"""The preview in a real browser: what an editor sees, and what another site does not."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from faircopy.publish.project import CODE, PROJECT

from tests.browsing import REBOUND, Browser, browsing
from tests.watch.translating import translate

TEXT = """---
title: A talk about rivers
lang: en-GB
rights: "{rights}"
---

# First

The first paragraph stands here. It has two sentences.

# Second

The second paragraph is {word}. [Elsewhere](https://elsewhere.example/)

<div onclick="alert(1)">As it was written.</div>
"""
ALL_MADE = "news?.tabs.every(tab => tab.round === news.round && !tab.busy)"
THEFT = """
const address = %r, round = %d;
const tried = ["", "news", "web/" + round, "page.js"].map((path) =>
  fetch(address + path).then((answer) => answer.text(), () => "refused"));
const opaque = fetch(address, { mode: "no-cors" }).then((answer) => answer.type, () => "refused");
const drawn = new Promise((done) => {
  const image = new Image();
  image.onload = () => done("seen");
  image.onerror = () => done("refused");
  image.src = address + "pdf/" + round + "/0.png";
});
const framed = new Promise((done) => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.onload = () => {
    try { done(frame.contentDocument ? "read" : "refused"); } catch { done("refused"); }
  };
  frame.src = address;
});
Promise.all([...tried, opaque, drawn, framed])
"""


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    path = tmp_path / "source/rivers/manuscript.md"
    path.parent.mkdir(parents=True)
    write(path)
    return path


def write(path: Path, word: str = "long", rights: str = "© The house") -> None:
    """Save a manuscript as an editor's program does: whole, in the place of the old one."""
    beside = path.with_suffix(".tmp")
    beside.write_text(TEXT.format(word=word, rights=rights), encoding="utf-8")
    beside.replace(path)


@contextlib.contextmanager
def watched(root: Path) -> Iterator[str]:
    """Start the preview of a project, and yield its address; see that Ctrl-C ends it."""
    program = [sys.executable, "-P", str(CODE / "__main__.py"), "watch", "--page", "a5"]
    child = subprocess.Popen(
        program, stdout=subprocess.PIPE, text=True, env={**os.environ, PROJECT: str(root)}
    )
    try:
        assert child.stdout
        yield child.stdout.readline().strip()
        child.send_signal(signal.SIGINT)
        assert child.wait(60) == 0
    finally:
        child.kill()
        child.wait()


@contextlib.contextmanager
def other_site() -> Iterator[str]:
    """Serve another site's page."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Another</title><body>")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_an_editor_sees_each_save_and_another_site_sees_nothing(manuscript: Path) -> None:
    with watched(manuscript.parents[2]) as address, browsing() as browser:
        browser.go(address)
        browser.until(ALL_MADE)
        browser.until("document.querySelector('#panes iframe')?.className === ''")
        assert any("is long" in words for words in browser.framed())

        _sees_what_changed(browser, manuscript)
        _keeps_the_last_good_page(browser, manuscript)
        _shows_every_format(browser)
        _shows_the_language_that_is_saved(browser, manuscript.parent)
        assert not [line for line in browser.said if "page.js" in line or "Refused" in line]
        _is_nobody_elses(browser, address, browser.tell("news.round"))
    assert not (manuscript.parents[2] / "dist").exists()


def _sees_what_changed(browser: Browser, manuscript: Path) -> None:
    write(manuscript, word="wide")
    browser.until(f"news.round === 2 && {ALL_MADE}")
    browser.until("document.querySelector('#panes iframe')?.src.includes('web/2#')")
    assert browser.tell("news.target").startswith("second-")
    browser.until("document.querySelector('#panes iframe').className === ''")
    assert any("is wide" in words for words in browser.framed())


def _keeps_the_last_good_page(browser: Browser, manuscript: Path) -> None:
    write(manuscript, word="lost", rights='"broken')
    browser.until("!document.querySelector('#refused').hidden")
    said = browser.tell("document.querySelector('#refused').textContent")
    assert "last good state" in said
    assert "line 4" in said
    assert any("is wide" in words for words in browser.framed())
    write(manuscript, word="back")
    browser.until(f"document.querySelector('#refused').hidden && {ALL_MADE}")


def _shows_every_format(browser: Browser) -> None:
    browser.tell("document.querySelectorAll('#tabs [aria-pressed=false]').forEach(b => b.click())")
    browser.until("[...document.querySelectorAll('.page img')].some(one => one.naturalWidth > 300)")
    browser.until("document.querySelector('.words')?.textContent.includes('is back')")
    browser.until("document.querySelectorAll('#panes iframe').length === 2")
    browser.until("[...document.querySelectorAll('iframe')].every(one => one.className === '')")
    assert sum("is back" in words for words in browser.framed()) == 2
    sandboxes = "[...document.querySelectorAll('iframe')].map(one => one.getAttribute('sandbox'))"
    assert browser.tell(sandboxes) == ["", ""]


def _shows_the_language_that_is_saved(browser: Browser, folder: Path) -> None:
    """See a translation come, and the manuscript's own language when it is chosen."""
    assert browser.tell("document.querySelector('#langs').hidden")
    translate(folder, ("Ein Gespräch über Flüsse", "Erstens", "Hier steht der erste Absatz."))
    browser.until(f"news.lang === 'de' && {ALL_MADE}")
    browser.until("document.querySelector('.words')?.textContent.includes('der erste Absatz')")
    assert browser.tell("document.querySelector('#lang').selectedOptions[0].text") == "German"
    own = "const list = document.querySelector('#lang'); list.value = '';"
    browser.tell(f"{{ {own} list.dispatchEvent(new Event('change')); }}")
    browser.until(f"news.lang === '' && {ALL_MADE}")
    browser.until("document.querySelector('.words')?.textContent.includes('is back')")


def _is_nobody_elses(browser: Browser, address: str, round: int) -> None:
    """See that a page of another site gets nothing, though it knows the whole address."""
    with other_site() as elsewhere:
        browser.go(elsewhere)
        assert set(browser.tell(THEFT % (address, round))) == {"refused"}
    browser.go(address.replace("127.0.0.1", REBOUND))
    assert "not the preview's" in browser.tell("document.body.textContent")
    browser.go(f"http://{urlsplit(address).netloc}/")
    assert "holds a secret" in browser.tell("document.body.textContent")

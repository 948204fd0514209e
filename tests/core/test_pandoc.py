"""A pandoc that does not work is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from faircopy.core import pandoc
from faircopy.core.diagnostics import ToolError

ROOT = Path(__file__).parents[2]
FOUND = """
from faircopy.core import pandoc
from faircopy.core.diagnostics import ToolError
for ask in (pandoc.program, pandoc.version, lambda: pandoc.read("a")):
    try:
        ask()
    except ToolError as error:
        print(error.diagnostics[0].code)
"""


@pytest.mark.parametrize(
    "program",
    [
        b"#!/bin/sh\nexit 0\n",
        b"#!/bin/sh\nexit 3\n",
        b"#!/bin/sh\nprintf '\\377\\376'\n",
        b"\x7fELF and nothing",
        b"",
    ],
)
def test_a_pandoc_that_does_not_work_is_no_missing_one(tmp_path: Path, program: bytes) -> None:
    path = tmp_path / "pandoc"
    path.write_bytes(program)
    path.chmod(0o755)
    environment = {**os.environ, "PYPANDOC_PANDOC": str(path)}
    done = subprocess.run(
        [sys.executable, "-c", FOUND], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["pandoc-broken"] * 3, done.stderr
    assert done.stderr == ""


WAITS = """#!/bin/sh
[ $1 = --version ] && [ ! -e {quiet} ] && echo pandoc 3.9 && exit
sleep 600 &
wait
"""


def test_a_pandoc_that_hangs_is_ended_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pandoc"
    path.write_text(WAITS.format(quiet=tmp_path / "quiet"))
    path.chmod(0o755)
    monkeypatch.setenv("PYPANDOC_PANDOC", str(path))
    monkeypatch.setattr(pandoc, "PATIENCE", 0.02)
    with pytest.raises(ToolError, match="it waits, or others work") as caught:
        pandoc.read("text")
    assert caught.value.diagnostics[0].code == "pandoc-idle"
    monkeypatch.setattr(pandoc, "PROMPT", 0.2)
    (tmp_path / "quiet").touch()
    for ask in (pandoc.version, pandoc.program, lambda: pandoc.read("text")):
        with pytest.raises(ToolError, match="its version within") as caught:
            ask()
        assert caught.value.diagnostics[0].code == "pandoc-broken"


def test_the_packages_own_pandoc_is_asked_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "pandoc"
    other.write_text("#!/bin/sh\necho pandoc 99.0\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PYPANDOC_PANDOC", raising=False)
    assert pandoc.version() != "99.0"
    monkeypatch.setattr(pandoc, "_packaged", lambda: tmp_path / "nothing")
    assert pandoc.version() == "99.0"
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ToolError, match="is not installed"):
        pandoc.version()

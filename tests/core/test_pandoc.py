"""A pandoc that does not work is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

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

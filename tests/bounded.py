"""A process of its own for what strangers send: it must end, soon, and in little memory."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[1]

PARENT = r"""
import json, os, sys, traceback
from faircopy import manuscript
from faircopy.translation import commands
for line in sys.stdin:
    program, *args = json.loads(line)
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(out)
            os.dup2(into, 1)
            sys.argv = ["-c", *args]
            exec(compile(program, "<string>", "exec"), {"__name__": "__main__"})
            sys.stdout.flush()
            code = 0
        except BaseException:
            traceback.print_exc()
        os._exit(code)
    os.close(into)
    with open(out, encoding="utf-8") as heard:
        said = heard.read()
    _, status, took = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps([said, code, took.ru_utime + took.ru_stime, took.ru_maxrss]), flush=True)
"""
"""Loads what the programs need, once, and lets each have a fork of its own.

The fork's time counts from its start, its memory with what was loaded.
"""


class Took(msgspec.Struct, frozen=True, array_like=True):
    said: str
    code: int
    seconds: float
    peak: int


@functools.cache
def parent() -> subprocess.Popen[bytes]:
    """Return the process that starts the others; it ends when its input does."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", PARENT], stdin=pipe, stdout=pipe, cwd=ROOT)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    """End the parent with the module's tests: other tests look for children left behind."""
    yield
    if parent.cache_info().currsize:
        parent().communicate()
        parent.cache_clear()


def said(program: str, *args: str, seconds: float, megabytes: float) -> bytes:
    """Run a program of Python and return what it says.

    Args:
        program: its text.
        args: its arguments.
        seconds: the processor time that it may take.
        megabytes: the memory that it may have.
    """
    stdin, stdout = parent().stdin, parent().stdout
    assert stdin
    assert stdout
    stdin.write(json.dumps([program, *args]).encode() + b"\n")
    stdin.flush()
    took = msgspec.json.decode(stdout.readline(), type=Took)
    assert took.code == 0
    assert took.seconds < seconds
    assert took.peak / (1000 if sys.platform == "linux" else 1_000_000) < megabytes
    return took.said.encode()

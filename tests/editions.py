"""The sample manuscripts and their editions, each made once for all tests that look at it.

Tests run in several processes: what one has made, the others take from a folder that lasts as
long as the run. That an edition comes out the same when it is made anew is for tests of its own.
"""

from __future__ import annotations

import fcntl
import functools
import importlib
import os
import pickle
from pathlib import Path

import msgspec
from faircopy import manuscript, theme
from faircopy.core.model import Artifact, Publication
from faircopy.theme import Theme
from faircopy.writers import Options

from tests import press

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "manuscripts"
INTERVIEW = "president-of-kazakhstan-interview"
SHELF = "FAIRCOPY_TEST_EDITIONS"
"""Variable that names the folder that the processes of a run share; ``conftest.py`` sets it."""


@functools.cache
def read(name: str) -> Publication:
    """Return a sample manuscript, or the interview."""
    folder = ROOT / "source" / name if name == INTERVIEW else SAMPLES / name
    return manuscript.read(folder, name=name)


@functools.cache
def house() -> Theme:
    """Return the house's theme."""
    return theme.load("theme")


@functools.cache
def edition(name: str, kind: str) -> Artifact:
    """Return an edition of a sample in the house's theme, without a cover.

    ``kind`` is ``docx``, ``epub``, ``bundle``, ``pdf.a5``, ``press.a4`` …
    """
    if not (shelf := os.environ.get(SHELF)):
        return _make(name, kind)
    Path(shelf).mkdir(exist_ok=True)
    with (Path(shelf) / f"{name}.{kind}").open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # who comes second waits until the first has made it
        file.seek(0)
        if data := file.read():
            found: Artifact = pickle.loads(data)
            return found
        made = _make(name, kind)
        file.write(pickle.dumps(made))
        return made


def _make(name: str, kind: str) -> Artifact:
    format, _, page = kind.partition(".")
    if format == "press":
        pdf = edition(name, f"pdf.{page}")
        data = press.pressed(pdf.data, house())
        return msgspec.structs.replace(pdf, name=f"{pdf.name[:-3]}press.pdf", data=data)
    writer = importlib.import_module(f"faircopy.writers.{format}")
    made: Artifact = writer.write(read(name), house(), Options(page=page))
    return made

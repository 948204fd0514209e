"""Editions of the sample manuscripts, each made once a session and held against its source."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pipeline import manuscript, theme
from pipeline.model import Artifact, Publication
from pipeline.theme import Theme
from pipeline.writers import Options
from tests import press

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "manuscripts"
INTERVIEW = "president-of-kazakhstan-interview"


@functools.cache
def read(name: str) -> Publication:
    folder = ROOT / "source" / name if name == INTERVIEW else SAMPLES / name
    return manuscript.read(folder, name=name)


@functools.cache
def _theme() -> Theme:
    return theme.load("theme")


@functools.cache
def make(name: str, edition: str) -> Artifact:
    kind, _, page = edition.partition(".")
    if kind == "press":
        pdf = make(name, f"pdf.{page}")
        data = press.pressed(pdf.data, _theme())
        return msgspec.structs.replace(pdf, name=f"{pdf.name[:-3]}press.pdf", data=data)
    writer = importlib.import_module(f"pipeline.writers.{kind}")
    made: Artifact = writer.write(read(name), _theme(), Options(page=page))
    return made


@pytest.fixture(scope="session")
def publication() -> Callable[[str], Publication]:
    return read


@pytest.fixture(scope="session")
def edition() -> Callable[[str, str], Artifact]:
    """Return the maker of editions: a manuscript's name and ``docx``, ``pdf.a5`` …"""
    return make

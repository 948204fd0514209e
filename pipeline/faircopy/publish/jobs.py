"""The jobs that workers do: functions of bytes and plain values, which any executor can carry."""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import importlib
import time
from collections.abc import Iterator
from typing import Any, cast

import msgspec

from faircopy.core.diagnostics import Diagnostic
from faircopy.core.later import lazy, postponed
from faircopy.core.model import Artifact, Publication
from faircopy.theme import Theme
from faircopy.writers import Format, Options, write

COVER = "faircopy.writers.cover"
PROOF = "faircopy.proof.fidelity"
JPEG = "image/jpeg"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One file to be made.

    Attributes:
        format: its row in the table of formats.
        publication: as `pack` gives it.
        theme: the look.
        options: what this file is asked to be.
        proof: the module that holds the file against the publication.
    """

    format: Format
    publication: bytes
    theme: Theme
    options: Options
    proof: str = PROOF


class Made(msgspec.Struct, frozen=True):
    """What a job made, and how many seconds it took."""

    artifact: Artifact
    seconds: float


def pack(publication: Publication) -> bytes:
    """Return the publication as bytes (MessagePack: a book of 95,000 words in 5 ms)."""
    return msgspec.msgpack.encode(publication)


@functools.lru_cache(maxsize=2)
def unpack(data: bytes) -> Publication:
    """Return the publication of `pack`."""
    return msgspec.msgpack.decode(data, type=Publication)


def make(task: Task) -> Made:
    """Write one edition and hold it, word for word, against the manuscript.

    What the proof finds is among the artifact's diagnostics.

    Raises:
        FaircopyError: what the format's writer raises.
    """
    from faircopy.passes import rights
    from faircopy.writers.about import about  # a rebuild of nothing does without

    start = time.perf_counter()
    publication = unpack(task.publication)
    artifact = write(task.format, publication, task.theme, task.options)
    proof = cast(Any, importlib.import_module(task.proof))
    found: tuple[Diagnostic, ...] = proof.verify(publication, artifact)
    proven = msgspec.structs.replace(
        artifact,
        diagnostics=(*artifact.diagnostics, *found, *rights.contradicted(publication)),
        about=about(publication),
    )
    return Made(proven, time.perf_counter() - start)


def draw_cover(publication: bytes, theme: Theme, module: str = COVER) -> Made:
    """Draw the cover that formats with a cover are given.

    Raises:
        FaircopyError: what the cover's module raises.
    """
    start = time.perf_counter()
    painter = cast(Any, importlib.import_module(module))
    data: bytes = painter.draw(unpack(publication), theme)
    artifact = Artifact(name="cover.jpg", media_type=JPEG, data=data, facts={})
    return Made(artifact, time.perf_counter() - start)


def load_typesetting() -> None:
    """Import what typesetters and all other jobs need, before the first of them is there.

    WeasyPrint loads fontTools' means of cutting fonts, a sixth of all this, and uses HarfBuzz's.
    """
    cutters = lazy("fontTools.subset"), postponed("fontTools.varLib.instancer")
    with _no_search_for_libraries(), cutters[0], cutters[1]:
        importlib.import_module("faircopy.writers.pdf.engine")
    for module in ("faircopy.writers.pdf", COVER, PROOF):
        importlib.import_module(module)
    msgspec.msgpack.Decoder(Publication)  # learns the types, and how they are read, for `unpack`


@contextlib.contextmanager
def _no_search_for_libraries() -> Iterator[None]:
    """Let libraries be found by their exact names only, while WeasyPrint is imported.

    WeasyPrint tries each library under the names of all systems. For a name that the loader does
    not know, `ctypes.util` runs ldconfig and a compiler; 16 misses take 0.15 s of half a second.
    The exact names of Linux are among those that are tried. Where they don't suffice, the import
    fails here and is done again, in the usual way, by the first job.
    """
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find

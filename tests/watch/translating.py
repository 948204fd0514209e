"""A translation as somebody sends it back, taken in."""

from __future__ import annotations

from pathlib import Path

from faircopy.manuscript import read
from faircopy.translation import commands, xliff2
from faircopy.translation.job import Job, Target
from faircopy.translation.segments import extract


def translate(folder: Path, words: tuple[str, ...]) -> None:
    """Put German words into a manuscript's folder, one after the other for its sentences."""
    publication = read(folder)
    text = extract(publication)
    ids = [segment.id for _, segment in text.segments()]
    targets = {id: Target((word,)) for id, word in zip(ids, words, strict=False)}
    back = folder.parents[1] / "back.xlf"
    back.write_bytes(xliff2.write(Job(text=text, lang="de", targets=targets)))
    commands.take_in(publication, folder, [back])

"""Editions of the samples, and the pictures of their pages, each made once a session."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
from faircopy.languages.tags import primary
from faircopy.proof.contact import browser, office, paper
from faircopy.theme import fonts
from PIL import Image
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests import editions
from tests.editions import INTERVIEW, ROOT, house, read
from tests.visual import raster

__all__ = ["INTERVIEW", "ROOT"]
DPI = 72
Pages = tuple[Image.Image, ...]


@functools.cache
def pages(name: str, edition: str) -> Pages:
    """Return the pages of a manuscript's edition (``pdf.a5``, ``docx``, ``epub``)."""
    look = house()
    language = primary(read(name).metadata.lang)
    own = {look.script(language).text, look.script(language).sans}
    missing = [face for face in look.faces if face.family in own and not fonts.installed(face)]
    if missing:
        pytest.skip(f"did not run, {missing[0].name} is not installed: ./inv doctor names it")
    made = editions.edition(name, edition)
    if edition == "epub":
        return tuple(view.image for view in browser.shown(made.data, browser.SCREENS[:1]))
    data = office.as_pdf(made.data) if edition == "docx" else made.data
    return tuple(paper.rasters(data, DPI / 72))


@pytest.fixture(scope="session")
def pictures() -> Callable[[str, str], Pages]:
    """Return the maker of pictures: a manuscript's name and ``docx``, ``pdf.a5`` …"""
    return pages


class Approved(SingleFileSnapshotExtension):
    """Pages that someone has looked at, one text file an edition, compared with a tolerance."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    def matches(self, *, serialized_data: object, snapshot_data: object) -> bool:
        """Whether no page looks different; see ``raster.changed``."""
        return not raster.changed(
            raster.read(str(snapshot_data)), raster.read(str(serialized_data))
        )


@pytest.fixture
def approved(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Approved)

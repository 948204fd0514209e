"""What a contact sheet holds."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PIL.Image import Image


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One picture as a viewer makes it.

    ``row`` names the pictures that stand in one row with it (``phone, night``), ``title`` says
    what it shows; ``cut`` says what is not on it, if anything.
    """

    title: str
    image: Image
    row: str = ""
    cut: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures beside each other: title, address, width and height in pixels of each."""

    title: str
    pictures: tuple[tuple[str, str, int, int], ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One file: its rows, and why something of it is not there."""

    name: str
    rows: tuple[Row, ...]
    unseen: tuple[str, ...] = ()


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """All files of one manuscript."""

    slug: str
    files: tuple[Shown, ...]
    unseen: tuple[str, ...] = ()


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """A finished sheet."""

    index: Path
    editions: tuple[Edition, ...]

    @property
    def unseen(self) -> tuple[str, ...]:
        """What could not be looked at, a line for each: the file and the reason."""
        return tuple(
            f"{name}: {reason}"
            for edition in self.editions
            for name, reasons in (
                (edition.slug, edition.unseen),
                *((file.name, file.unseen) for file in edition.files),
            )
            for reason in reasons
        )

    @property
    def pictures(self) -> int:
        """How many pictures there are."""
        return sum(
            len(row.pictures)
            for edition in self.editions
            for file in edition.files
            for row in file.rows
        )

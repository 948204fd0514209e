"""What all tables of a theme's file share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

Positive: TypeAlias = Annotated[float, Meta(ge=0.01, le=10_000)]
Points: TypeAlias = Annotated[float, Meta(ge=1, le=10_000)]
NotNegative: TypeAlias = Annotated[float, Meta(ge=0, le=10_000)]
Tracking: TypeAlias = Annotated[float, Meta(ge=-1, le=10)]

# What a theme names ends in style sheets and in paths: nothing in it may end a text in CSS, and
# nothing leads out of a folder.
Name: TypeAlias = Annotated[str, Meta(pattern=r"^[\w(][\w .,&+()-]*\Z")]
THEME = r"[\w][\w .-]*"
File: TypeAlias = Annotated[str, Meta(pattern=r"^(?!.*\.\.)[\w@][\w@ .,/+\[\]-]*\Z")]
Beside: TypeAlias = Annotated[str, Meta(pattern=r"^(?!.*\.\.)([\w@][\w@ .,/+-]*)?\Z")]
Package: TypeAlias = Annotated[str, Meta(pattern=r"^([A-Za-z0-9][\w.-]*)?\Z")]
NpmPackage: TypeAlias = Annotated[
    str, Meta(pattern=r"^((@[a-z0-9][a-z0-9_-]*/)?[a-z0-9][a-z0-9_-]*)?$")
]
PageName: TypeAlias = Annotated[str, Meta(pattern=r"^(?!.{21})[a-z0-9]+(\.[a-z0-9]+)*\Z")]


Files: TypeAlias = tuple[tuple[Path, str], ...]
"""A theme's file and those that it extends, nearest first, as (path, text)."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the theme's file; an unknown key is an error."""

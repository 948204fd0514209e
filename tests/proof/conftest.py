"""Editions of the sample manuscripts, to be held against their sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core.model import Artifact, Publication

from tests.editions import INTERVIEW, read
from tests.editions import edition as make

__all__ = ["INTERVIEW", "make", "read"]


@pytest.fixture(scope="session")
def publication() -> Callable[[str], Publication]:
    return read


@pytest.fixture(scope="session")
def edition() -> Callable[[str, str], Artifact]:
    """Return the maker of editions: a manuscript's name and ``docx``, ``pdf.a5`` …"""
    return make

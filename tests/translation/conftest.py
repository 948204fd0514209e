"""What the tests of this room share: publications, the published schemas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core.model import Publication

from tests.editions import read

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT.parent / "shared" / "schemas"


@pytest.fixture(scope="session")
def every() -> Publication:
    """The manuscript that uses every construct."""
    return read("every-construct")


@pytest.fixture(scope="session")
def manuscript() -> Callable[[str], Publication]:
    """Read one of the sample manuscripts by its name."""
    return read


@pytest.fixture(scope="session")
def schemas() -> Path:
    """The folder of published schemas, which lies beside the repository in CI."""
    if not SCHEMAS.is_dir():
        pytest.skip("did not run, the published schemas are not beside this repository")
    return SCHEMAS

"""The translation bundle as an edition: what is in it, and that it never differs."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any, cast

import pytest
from syrupy.assertion import SnapshotAssertion

from pipeline.manuscript import read
from pipeline.model import Artifact, Publication
from pipeline.translation import manifest
from pipeline.writers import bundle

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def publication() -> Publication:
    return read(ROOT / "tests/manuscripts/speaker-turns", name="speaker-turns")


@pytest.fixture(scope="module")
def artifact(publication: Publication) -> Artifact:
    return write(publication)


def write(publication: Publication) -> Artifact:
    """Write the bundle; it uses neither theme nor options."""
    return bundle.write(publication, cast(Any, None), cast(Any, None))


def unpacked(artifact: Artifact) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_its_files(artifact: Artifact, snapshot: SnapshotAssertion) -> None:
    files = unpacked(artifact)
    for name, data in files.items():
        assert data.decode("utf-8") == snapshot(name=name)


def test_the_manifest_binds_every_other_file(artifact: Artifact) -> None:
    files = unpacked(artifact)
    found = manifest.decode(files.pop(manifest.NAME))
    assert {file.path: file.sha256 for file in found.files} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert found.counts.segments == artifact.facts["segments"]
    assert found.target is None


def test_the_same_bytes_every_time(publication: Publication, artifact: Artifact) -> None:
    assert write(publication) == artifact
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        dates = {entry.date_time for entry in archive.infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_its_name_has_the_language_alone(artifact: Artifact) -> None:
    assert artifact.name == "en.translation.zip"

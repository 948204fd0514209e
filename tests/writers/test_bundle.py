"""The translation bundle as an edition: what is in it, and that it never differs."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import FaircopyError
from faircopy.core.model import Artifact, Publication
from faircopy.manuscript import read as read_manuscript
from faircopy.translation import intake, manifest
from faircopy.writers import bundle
from syrupy.assertion import SnapshotAssertion

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def publication() -> Publication:
    return read_manuscript(ROOT / "tests/manuscripts/speaker-turns", name="speaker-turns")


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
    assert list(files) == snapshot(name="names")
    for name in ("README.txt", "speaker-turns.xlf", "segments.txt", "segments.tsv"):
        assert files[name].decode("utf-8") == snapshot(name=name)
    found = manifest.decode(files[manifest.NAME])
    assert (found.counts, found.source, found.title) == snapshot(name="manifest")


def test_every_form_has_every_sentence(artifact: Artifact) -> None:
    files = unpacked(artifact)
    forms = [intake.recognise(data) for data in files.values()]
    returned = [
        read(data, name) for (name, data), read in zip(files.items(), forms, strict=True) if read
    ]
    assert {one.form for one in returned} == {
        "XLIFF 2.1",
        "PO",
        "segments.txt",
        "segments.tsv",
        "segments.xlsx",
        "segments.ods",
        "DOCX table",
    }
    assert {len(one.records) for one in returned} == {artifact.facts["segments"]}


def test_the_skeleton_is_the_tree(artifact: Artifact, publication: Publication) -> None:
    assert ast.decode(unpacked(artifact)["skeleton.json"]).blocks == publication.blocks


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


def test_it_has_the_glossary_that_lies_beside_the_manuscript(publication: Publication) -> None:
    terms = {
        "glossary.tsv": "term\tdefinition\tru\nGauge\tA board with marks\tРейка\n".encode(),
        "do-not-translate.txt": b"# names\nWeir Press\n",
    }
    files = unpacked(write(msgspec.structs.replace(publication, terms=terms)))
    assert files["glossary.tsv"] == terms["glossary.tsv"]
    assert b"<term>Gauge</term>" in files["glossary.tbx"]
    assert files["do-not-translate.txt"] == b"Weir Press\n"
    readme = files["README.txt"].decode()
    assert "The glossary and do-not-translate.txt" in readme
    assert "This bundle is for any language." in readme
    broken = {"glossary.tsv": b"word\tru\n"}
    with pytest.raises(FaircopyError, match=r"speaker-turns/glossary.tsv:1"):
        write(msgspec.structs.replace(publication, terms=broken))


def test_its_name_has_the_language_alone(artifact: Artifact) -> None:
    assert artifact.name == "en.translation.zip"

"""Decoration says nothing in any edition, and no judge of ours misses its words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from faircopy import manuscript, proof, theme
from faircopy.core.model import Artifact, Publication
from faircopy.proof.judges import docx_access, epub_claims
from faircopy.proof.verdict import Status
from faircopy.writers import Options, bundle, docx, epub, pdf
from lxml import etree
from PIL import Image

TEXT = """---
title: T
lang: en-GB
kind: article
---

## One {#one}

![](a.png){.decorative}

Text ![](a.png){.decorative} and text.
"""


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "a.png")
    (tmp_path / "manuscript.md").write_text(TEXT, "utf-8")
    return manuscript.read(tmp_path, name="t")


def _made(publication: Publication, kind: str) -> Artifact:
    look, options = theme.load("theme"), Options(page="a5" if kind == "pdf" else "")
    writers = {"pdf": pdf.write, "docx": docx.write, "epub": epub.write, "bundle": bundle.write}
    return writers[kind](publication, look, options)


@pytest.mark.parametrize("kind", ["pdf", "docx", "epub", "bundle"])
def test_its_editions_can_be_made(kind: str, publication: Publication) -> None:
    artifact = _made(publication, kind)
    assert proof.verify(publication, artifact) == ()
    assert artifact.diagnostics == ()


def test_screen_readers_pass_it_over(publication: Publication, tmp_path: Path) -> None:
    word, book = tmp_path / "t.docx", tmp_path / "t.epub"
    word.write_bytes(_made(publication, "docx").data)
    book.write_bytes(_made(publication, "epub").data)
    assert docx_access.judge(word).status is Status.PASSED
    assert epub_claims.judge(book).status is Status.PASSED
    archive = zipfile.ZipFile(io.BytesIO(book.read_bytes()))
    images = [
        image
        for name in archive.namelist()
        if name.startswith("EPUB/text/s")
        for image in etree.fromstring(archive.read(name)).iter("{*}img")
    ]
    assert [(item.get("alt"), item.get("role")) for item in images] == [("", "presentation")] * 2

"""XLIFF 2.1: valid by OASIS's schema, and read back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.ast import Inlines
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.translation import xliff2, xliff_read
from faircopy.translation.job import Job, State, Target
from faircopy.translation.segments import Group, SourceText, coded, extract
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.translation.strategies import INLINES


def copied(text: SourceText) -> Job:
    """A job translated by copying every source sentence."""
    targets = {segment.id: Target(segment.content) for _, segment in text.segments()}
    return Job(text=text, lang="ur", targets=targets)


@pytest.mark.parametrize("lang", ["", "ur"])
def test_it_is_valid(every: Publication, schemas: Path, lang: str) -> None:
    text = extract(every)
    job = copied(text) if lang else Job(text=text)
    schema = etree.XMLSchema(etree.parse(schemas / "xliff-2.1/xliff_core_2.0.xsd"))
    schema.assertValid(etree.fromstring(xliff2.write(job)))


def test_every_sentence_comes_back(every: Publication) -> None:
    text = extract(every)
    returned = xliff_read.read(xliff2.write(copied(text)), "x.xlf")
    assert (returned.source_lang, returned.lang) == ("en-GB", "ur")
    assert returned.digest == text.digest()
    expected = {segment.id: segment.content for _, segment in text.segments()}
    assert {record.id: record.source for record in returned.records} == expected
    assert {record.id: record.target for record in returned.records} == expected
    assert all(record.state is State.TRANSLATED for record in returned.records)
    assert all(record.place.line for record in returned.records)


def units_and_flows(publication: Publication) -> tuple[set[str], list[str]]:
    """Return the ids of the units, and those that codes name."""
    root = etree.fromstring(xliff2.write(Job(text=extract(publication))))
    flows = [
        id
        for code in root.iter("{*}pc", "{*}ph")
        for id in (code.get("subFlows") or code.get("subFlowsStart") or "").split()
    ]
    return {unit.get("id", "") for unit in root.iter("{*}unit")}, flows


def test_sub_flows_name_units(every: Publication) -> None:
    ids, flows = units_and_flows(every)
    assert len(flows) > 5
    assert set(flows) <= ids


def test_a_note_without_words_names_no_unit(tmp_path: Path) -> None:
    note = "---\ntitle: T\nlang: en\n---\n\nA[^n] and[^m].\n\n[^n]: $$x$$\n\n[^m]: words\n"
    (tmp_path / "manuscript.md").write_text(note)
    ids, flows = units_and_flows(read(tmp_path, name="m"))
    assert len(flows) == 1
    assert set(flows) <= ids


@settings(max_examples=60)
@given(st.lists(INLINES, min_size=1, max_size=3))
def test_any_text_comes_back(paragraphs: list[Inlines]) -> None:
    units = [
        unit
        for number, inlines in enumerate(paragraphs)
        for unit in coded(f"p{number}", "paragraph", inlines, "en")
    ]
    text = SourceText(
        slug="s", lang="en", path="m.md", title="T", groups=(Group("g", "", tuple(units)),)
    )
    returned = xliff_read.read(xliff2.write(copied(text)), "x.xlf")
    assert {r.id: r.target for r in returned.records} == {
        segment.id: segment.content for _, segment in text.segments()
    }

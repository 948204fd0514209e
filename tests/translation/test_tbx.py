"""The glossary as TBX: valid by the published schema."""

from __future__ import annotations

from pathlib import Path

from faircopy.translation import tbx, terms
from faircopy.translation.terms import Terms
from lxml import etree

from tests.translation.test_checks import GLOSSARY


def test_it_is_valid(schemas: Path) -> None:
    settled = Terms(terms.read_glossary(GLOSSARY.encode(), "g"), ("DNA",))
    root = etree.fromstring(tbx.write(settled, "en-GB", "A title"))
    schema = etree.RelaxNG(etree.parse(schemas / "tbx-3/TBXcoreStructV03.rng"))
    schema.assertValid(root)
    forms = [term.text for term in root.iter("{*}term")]
    assert forms == [
        "Board of Peace",
        "Совет мира",
        "Мирный совет",
        "بورڈ آف پیس",
        "Kurultai",
        "Курултай",
        "DNA",
    ]

"""Who made a translation and who answers for it: what is said, and not a word more."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from faircopy.core.model import Metadata, Publication, Translated
from faircopy.passes import rights

from tests.passes.test_editions import publication


def translation(*, draft: bool = False, publisher: str = "", **said: str) -> Publication:
    found = publication()
    metadata = msgspec.structs.replace(
        found.metadata,
        lang="ur",
        original="urn:x:1",
        publisher=publisher,
        translations={"ur": Translated(**said)} if said else {},
    )
    return msgspec.structs.replace(found, metadata=metadata, draft=draft)


@pytest.mark.parametrize(
    ("item", "said", "word"),
    [
        (translation(), "", ""),
        (publication(), "", ""),
        (translation(by="Ann"), "Translated by Ann. Reviewed.", ""),
        (translation(machine="no", draft=True), "Translated. Not reviewed.", ""),
        (
            translation(machine="yes", by="Tool 1", draft=True, publisher="Oak"),
            "Translated by machine (Tool 1). Not reviewed. Oak answers for it.",
            "ai-autonomous",
        ),
        (
            translation(machine="yes", reviewed_by="Bilal", reviewed="2026-11-28"),
            "Translated by machine. Reviewed by Bilal on 2026-11-28.",
            "ai-assisted",
        ),
        (
            translation(machine="assisted", by="Ann", draft=True),
            "Translated by machine, edited by a person (Ann). Not reviewed.",
            "ai-assisted",
        ),
    ],
)
def test_the_disclosure(item: Publication, said: str, word: str) -> None:
    assert rights.disclosure(item) == said
    assert rights.by_machine(item) == word


def test_a_review_that_the_file_does_not_know_is_refused() -> None:
    (found,) = rights.contradicted(translation(draft=True, reviewed_by="Bilal"))
    assert "into ur" in found.message
    assert not list(rights.contradicted(translation(reviewed_by="Bilal")))
    assert not list(rights.contradicted(translation(draft=True, machine="yes")))


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, ""),
        ({"rights": "© Oak"}, "© Oak"),
        ({"licence": "https://creativecommons.org/licenses/by/4.0/"}, "CC BY 4.0"),
        (
            {"rights": "© Oak", "licence": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "© Oak · CC0 1.0",
        ),
        (
            {
                "rights": "© Oak, CC BY 4.0",
                "licence": "https://creativecommons.org/licenses/by/4.0/",
            },
            "© Oak, CC BY 4.0",
        ),
        ({"licence": "https://oak.example/terms"}, "https://oak.example/terms"),
    ],
)
def test_the_line_of_rights(said: dict[str, Any], line: str) -> None:
    assert rights.stated(Metadata(title=(), lang="en", dir="ltr", **said)) == line


@pytest.mark.parametrize(("tdm", "said"), [("reserved", "1"), ("permitted", "0"), ("", "")])
def test_a_reservation_is_a_number(tdm: str, said: str) -> None:
    assert rights.reservation(Metadata(title=(), lang="en", dir="ltr", tdm=tdm)) == said

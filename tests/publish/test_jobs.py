"""Jobs: what is made of one edition, and what is said of it."""

from __future__ import annotations

import pytest
from faircopy.publish import jobs
from faircopy.theme import load
from faircopy.writers import FORMATS, Options

from tests.passes.test_rights import translation


@pytest.mark.parametrize(("draft", "said"), [(True, ["review-contradicted"]), (False, [])])
def test_a_review_that_the_translation_contradicts_is_said_of_every_edition(
    draft: bool, said: list[str]
) -> None:
    publication = translation(draft=draft, reviewed_by="Bilal")
    made = jobs.make(
        jobs.Task(
            format=next(row for row in FORMATS if row.name == "docx"),
            publication=jobs.pack(publication),
            theme=load("theme"),
            options=Options(),
        )
    )
    errors = [item for item in made.artifact.diagnostics if item.severity.value == "error"]

    assert [item.code for item in errors] == said

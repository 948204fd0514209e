"""What is asked for becomes a list of files."""

import pytest
from faircopy.core.diagnostics import EditionError
from faircopy.publish.plan import PAGES, wanted


def names(*formats: str, templates: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> list[str]:
    return [str(item) for item in wanted(formats, PAGES, templates=templates, also=also)]


def test_everything_once() -> None:
    assert names() == ["pdf a4", "pdf a5", "docx", "epub", "web", "bundle"]


def test_what_is_made_on_request_is_made_when_asked_for() -> None:
    assert names(also=("press",)) == [*names(), "press a4", "press a5"]
    assert names("docx", also=("press", "fragment")) == [
        "docx",
        "press a4",
        "press a5",
        "fragment",
    ]
    assert names("press") == ["press a4", "press a5"]


def test_templates_are_made_when_asked_for() -> None:
    assert names("docx", templates=("manuscript",)) == ["docx manuscript"]
    assert names("docx", templates=("manuscript", "house")) == ["docx", "docx manuscript"]


def test_a_template_that_is_none() -> None:
    with pytest.raises(EditionError, match="Did you mean “manuscript”"):
        names("docx", templates=("manuscrpt",))

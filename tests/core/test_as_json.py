"""JSON of ours: any name that a file can have is told in it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pytest
from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.proof import sarif
from faircopy.publish import report

NO_TEXT = os.fsdecode(b"\xff\x1b[2J\nx")
FOUND = Diagnostic("slug", Severity.ERROR, f"“{NO_TEXT}” is no name", "Rename it.", Place(NO_TEXT))


@pytest.mark.parametrize(
    "said",
    [
        lambda: as_json({"file": NO_TEXT}),
        lambda: report.refusal([FOUND]),
        lambda: report.findings_to_json([FOUND]),
        lambda: sarif.log([FOUND]).decode(),
    ],
)
def test_a_name_that_is_no_text_is_told(said: Callable[[], str]) -> None:
    text = said()
    assert text.replace("\n", "").isprintable()
    assert NO_TEXT in _texts(json.loads(text))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _texts(item)]

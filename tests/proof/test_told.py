from __future__ import annotations

import pytest
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.proof.told import weighed
from faircopy.proof.verdict import Status, Verdict

TOLD = Diagnostic("heading-skipped", Severity.WARNING, "A heading of level 3 follows level 1")
SKIPPING = "The heading “h3” follows the heading “h1”, skipping 1 heading level."


def verdict(code: str, message: str = "It is so.") -> Verdict:
    return Verdict("judge", "1", Status.FAILED, (Diagnostic(code, Severity.ERROR, message),))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("ace-heading-order", "Heading order invalid"),
        ("docx-heading", "heading level 5 after 3"),
        ("outloud-hdg-001", "2 heading jump(s) skip a level"),
        ("outloud-doc-012", "XMP metadata does not declare pdfuaid:part"),
        ("nu-error", SKIPPING),
    ],
)
def test_a_skipped_heading_that_was_told_is_no_error(code: str, message: str) -> None:
    found = weighed(verdict(code, message), [TOLD])
    assert found.status is Status.PASSED
    assert [item.severity for item in found.findings] == [Severity.WARNING]
    assert weighed(verdict(code, message), []).status is Status.FAILED


@pytest.mark.parametrize("code", ["nu-error", "ace-image-alt", "outloud-hdg-002", "docx-headings"])
def test_all_else_is_as_it_was(code: str) -> None:
    assert weighed(verdict(code), [TOLD]) == verdict(code)

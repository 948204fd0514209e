"""What the manuscript's reader has told is no news: a judge that says it again only warns.

A skipped level of heading costs what an edition claims, and not the edition; each judge has its own
words for it, some of which it calls an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from faircopy.core.diagnostics import Diagnostic, Severity, errors
from faircopy.proof.verdict import Status, Verdict

_AGAIN = {
    "heading-skipped": re.compile(
        r"(?:ace-heading-order|docx-heading|outloud-hdg-001) "
        r"|outloud-doc-012 "  # the claim to PDF/UA that it costs
        r"|nu-error .*skipping \d+ heading"
    )
}
"""By what was told, the codes and words of judges that say it again."""


def weighed(verdict: Verdict, told: Iterable[Diagnostic]) -> Verdict:
    """Return a verdict in which what was ``told`` of the manuscript is a warning."""
    codes = {item.code for item in told}
    again = [pattern for code, pattern in _AGAIN.items() if code in codes]
    if verdict.status is not Status.FAILED or not again:
        return verdict
    found = tuple(_weighed(item, again) for item in verdict.findings)
    status = Status.FAILED if errors(found) else Status.PASSED
    return msgspec.structs.replace(verdict, findings=found, status=status)


def _weighed(item: Diagnostic, again: Iterable[re.Pattern[str]]) -> Diagnostic:
    said = f"{item.code} {item.message}"
    if item.severity is Severity.ERROR and any(pattern.match(said) for pattern in again):
        return msgspec.structs.replace(item, severity=Severity.WARNING)
    return item

"""Ask outloud what veraPDF can't see: what a screen reader would say of this PDF."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.proof import tools
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "outloud"
_SEVERITY = {"error": Severity.ERROR, "warning": Severity.WARNING}

_AUTHORS_CHOICE = {
    "TBL-001": "A table without headings is the author's choice; give it a row if it has one.",
    "HDG-011": "A question of several sentences is the interviewer's; shorten it if you may.",
    "FIG-010": "Say in the image's brackets what it shows.",
    "FIG-011": 'Say apart what it shows, if the caption does not: ![caption](file.png){alt="…"}',
    "ORD-001": "Nothing must be done: notes are painted at the foot and read where they belong.",
}
"""Rules that no typesetting can mend: at most warnings, with a remedy."""

_SURE = 4
"""So many words of a heading are enough to know it by."""


def judge(path: Path) -> Verdict:
    """Check the tagged PDF.

    Raises:
        ToolError: outloud is missing.
    """
    version = tools.package_version("outloud")
    import outloud
    import pikepdf

    try:
        result: Any = outloud.check(str(path))
        with pikepdf.open(path) as pdf:
            heads = (str(pdf.docinfo.get("/Title", "")), *_entries(pdf))
    except Exception as error:  # noqa: BLE001 - whatever it raises, the file is not sound
        said = f"outloud can't read the file: {error}"
        return decided(NAME, version, [Diagnostic("outloud", Severity.ERROR, said)])
    findings = list(_findings(result, heads))
    if result.error:
        findings.append(Diagnostic("outloud-failed", Severity.ERROR, f"outloud: {result.error}"))
    return decided(NAME, version, findings)


def _findings(result: Any, heads: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield what is found wrong; ``heads`` are the texts that a running head may repeat."""
    for item in result.findings:
        if item.rule == "TAG-002" and _is_running_head(str(item.evidence or ""), heads):
            continue
        if item.rule == "TXT-004" and _is_cursive(item.message):
            continue
        severity = _SEVERITY.get(item.severity, Severity.NOTE)
        remedy = _AUTHORS_CHOICE.get(item.rule, "")
        if remedy and severity is Severity.ERROR:
            severity = Severity.WARNING
        page = f" (page {item.page})" if item.page else ""
        evidence = f": “{item.evidence}”" if item.evidence else ""
        yield Diagnostic(
            f"outloud-{item.rule.lower()}", severity, f"{item.message}{page}{evidence}", remedy
        )


def _entries(pdf: Any) -> Iterator[str]:
    """Yield the bookmarks' words, which are those of the headings."""
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
    while waiting:
        entry = waiting.pop()
        yield str(entry.title)
        waiting += entry.children


def _is_running_head(evidence: str, heads: Sequence[str]) -> bool:
    """A running head repeats the title or a chapter's: it has to be an artifact, not a loss.

    A long one is shortened in a head, so that its first words decide; a short one ends the line.
    """
    return any(_repeats(evidence, head.split()) for head in heads)


def _repeats(evidence: str, words: Sequence[str]) -> bool:
    first = " ".join(words[:_SURE])
    return first in evidence if len(words) >= _SURE else bool(words) and evidence.endswith(first)


def _is_cursive(message: str) -> bool:
    """A letter of Arabic's has a shape for each place in a word: many codes are one letter."""
    return any(unicodedata.bidirectional(char) == "AL" for char in message)

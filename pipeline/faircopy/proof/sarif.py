"""Findings in SARIF 2.1.0 (OASIS), which code hosts show at the line they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from faircopy import __version__
from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.proof.plain import meaning
from faircopy.proof.report import Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif(report: Report) -> bytes:
    """Return all findings of a report as one SARIF run; artifacts' faults have no line."""
    return log(report.findings())


def log(findings: Sequence[Diagnostic]) -> bytes:
    """Return findings as one SARIF run."""
    codes = sorted({finding.code for finding in findings})
    content = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Faircopy",
                        "version": __version__,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "results": [_result(finding) for finding in findings],
            }
        ],
    }
    return as_json(content).encode()


def _rule(code: str) -> dict[str, Any]:
    """Return a rule, with what it means and what to do where that is known in plain words."""
    known = meaning(code)
    if known is None:
        return {"id": code}
    return {"id": code, "shortDescription": {"text": known.cause}, "help": {"text": known.remedy}}


def _result(finding: Diagnostic) -> dict[str, Any]:
    remedy = f" {finding.remedy}" if finding.remedy else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.said + remedy},
    }
    if finding.place:
        place = finding.place
        region = {
            name: value
            for name, value in (("startLine", place.line), ("startColumn", place.column))
            if value
        }
        physical: dict[str, Any] = {"artifactLocation": {"uri": place.file}}
        if region:
            physical["region"] = region
        result["locations"] = [{"physicalLocation": physical}]
    return result

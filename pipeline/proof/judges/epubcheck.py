"""Ask EPUBCheck, W3C's conformance checker, about an EPUB: no error and no warning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import process
from pipeline.diagnostics import Diagnostic, Place, Severity, ToolError
from pipeline.proof import tools
from pipeline.proof.judges import decided
from pipeline.proof.verdict import Verdict

NAME = "EPUBCheck"
_SECONDS = 300.0
_SEVERITY = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.ERROR,
    "USAGE": Severity.NOTE,
    "INFO": Severity.NOTE,
}


def judge(path: Path) -> Verdict:
    """Check the whole publication. A warning counts as an error: shops refuse both.

    Raises:
        ToolError: EPUBCheck or Java is missing, or EPUBCheck gave no report.
    """
    jar = tools.package_folder("epubcheck", "epubcheck") / "epubcheck.jar"
    command = ["java", "-jar", str(jar), str(path), "--json", "-", "--quiet"]
    done = process.run(command, timeout=_SECONDS, check=False)
    try:
        report: Any = json.loads(done.stdout[done.stdout.index(b"{") :])
    except ValueError as error:
        said = done.stderr.decode("utf-8", "replace")[:500]
        raise ToolError.because("tool-failed", f"EPUBCheck gave no report: {said}") from error
    return decided(NAME, report["checker"]["checkerVersion"], _findings(report))


def _findings(report: Any) -> Iterator[Diagnostic]:
    for message in report["messages"]:
        severity = _SEVERITY.get(message["severity"])
        if severity is None:
            continue
        yield Diagnostic(
            f"epubcheck-{message['ID'].lower()}",
            severity,
            f"{message['ID']}: {message['message']}",
            message.get("suggestion") or "",
            _place(message["locations"]),
        )


def _place(locations: Any) -> Place | None:
    where = next(iter(locations), None)
    if where is None:
        return None
    return Place(where["path"], max(0, where["line"]), max(0, where["column"]))

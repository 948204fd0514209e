"""Ask openxml-audit, a second validator of Word documents that shares no code with the SDK."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.proof import tools
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "openxml-audit"


def judge(path: Path) -> Verdict:
    """Validate schema and semantics.

    Raises:
        ToolError: openxml-audit is missing.
    """
    version = tools.package_version("openxml-audit")
    from openxml_audit import OpenXmlValidator

    try:
        result = OpenXmlValidator().validate(str(path))
    except Exception as error:  # noqa: BLE001 - whatever it raises, the file is not sound
        said = f"openxml-audit can't read the file: {error}"
        return decided(NAME, version, [Diagnostic("openxml-audit", Severity.ERROR, said)])
    return decided(NAME, version, _findings(result))


def _findings(result: Any) -> Iterator[Diagnostic]:
    for item in result.errors:
        yield Diagnostic(
            f"openxml-audit-{str(item.id or item.error_type.value).lower()}",
            Severity.ERROR,
            f"openxml-audit: {item.description} ({item.node})",
            "",
            Place(f"{item.part_uri.lstrip('/')}#{item.path or ''}") if item.part_uri else None,
        )

"""Ask EPUBCheck, W3C's conformance checker, about an EPUB: no error and no warning."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from faircopy.core import cage, process
from faircopy.core.diagnostics import Diagnostic, Place, Severity, ToolError
from faircopy.proof import tools
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "EPUBCheck"
_SECONDS = 300.0
_SECONDS_MORE = 60.0
_ROOT = Path(str(resources.files("faircopy"))).parent
_SEVERITY = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.ERROR,
    "USAGE": Severity.NOTE,
    "INFO": Severity.NOTE,
}


def judge(path: Path) -> Verdict:
    """Check a publication; see ``judge_all``."""
    return judge_all([path])[0]


def judge_all(paths: Sequence[Path]) -> list[Verdict]:
    """Check whole publications in one Java. A warning counts as an error: shops refuse both.

    Raises:
        ToolError: EPUBCheck, JPype or Java is missing, or EPUBCheck gave no report.
    """
    jar = tools.package_folder("epubcheck", "epubcheck") / "epubcheck.jar"
    tools.package_version("jpype1")
    if shutil.which("java") is None:
        raise process.missing("java")
    with tempfile.TemporaryDirectory(prefix="faircopy-epubcheck-") as folder:
        command = [
            sys.executable,
            "-m",
            f"{__name__}_run",
            str(jar),
            folder,
            *(str(path.absolute()) for path in paths),
        ]
        seconds = _SECONDS + _SECONDS_MORE * len(paths)
        done = cage.run(command, timeout=seconds, env_add={"PYTHONPATH": str(_ROOT)}, check=False)
        try:
            reports: list[Any] = [
                json.loads((Path(folder) / f"{number}.json").read_text("utf-8"))
                for number in range(len(paths))
            ]
        except (OSError, ValueError) as error:
            said = (done.stderr or done.stdout).decode("utf-8", "replace")[-500:]
            raise ToolError.because("tool-failed", f"EPUBCheck gave no report: {said}") from error
    return [
        decided(NAME, report["checker"]["checkerVersion"], _findings(report)) for report in reports
    ]


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

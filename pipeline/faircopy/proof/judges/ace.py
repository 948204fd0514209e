"""Ask Ace by DAISY whether an EPUB is accessible: no violation."""

from __future__ import annotations

import json
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faircopy.core import cage
from faircopy.core.diagnostics import Diagnostic, Place, Severity, ToolError
from faircopy.proof import browser, tools
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "Ace by DAISY"
_SECONDS = 300.0
_WITH_SANDBOX = """\
for switch do
  shift
  case $switch in
    --no-sandbox | --disable-setuid-sandbox) ;;
    *) set -- "$@" "$switch" ;;
  esac
done"""
"""Ace takes Chromium's own sandbox away, always."""


def judge(path: Path) -> Verdict:
    """Check the publication in headless Chromium, with the Ace that npm has.

    Raises:
        ToolError: Ace or Chromium is missing, or Ace gave no report.
    """
    program = tools.npm_program("ace-cli")
    with tempfile.TemporaryDirectory(prefix="faircopy-ace-") as folder:
        done = cage.run(
            [str(program), "-f", "-s", "-o", folder, str(path.resolve())],
            timeout=_SECONDS,
            env_add={"PUPPETEER_EXECUTABLE_PATH": str(_caged(Path(folder)))},
            check=False,
        )
        try:
            report: Any = json.loads((Path(folder) / "report.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            said = (done.stderr or done.stdout).decode("utf-8", "replace")[-500:]
            raise ToolError.because("tool-failed", f"Ace gave no report: {said}") from error
    version = report["earl:assertedBy"]["doap:release"]["doap:revision"]
    return decided(NAME, version, _findings(report))


def _caged(folder: Path) -> Path:
    """Write a Chromium that has our switches on top of Ace's, and its own sandbox if it can.

    Raises:
        ToolError: Chromium is missing.
    """
    path = folder / "chromium"
    command = f'exec {shlex.join([browser.program(), *browser.CAGED])} "$@"'
    lines = (command,) if cage.is_root() else (_WITH_SANDBOX, command)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), "utf-8")
    path.chmod(0o700)
    return path


def _findings(report: Any) -> Iterator[Diagnostic]:
    for document in report["assertions"]:
        for item in document["assertions"]:
            result, test = item["earl:result"], item["earl:test"]
            if result.get("earl:outcome", "fail") != "fail":
                continue
            said = " ".join(re.sub(r"\s+", " ", result.get("dct:description", "")).split())
            yield Diagnostic(
                f"ace-{test['dct:title']}",
                Severity.ERROR,
                f"Ace ({test.get('earl:impact', 'unknown')}): {said}",
                str(test.get("help", {}).get("dct:title", "")),
                _place(document["earl:testSubject"]["url"], result),
            )


def _place(document: str, result: Any) -> Place:
    """Return the document with the path in it (an EPUB CFI), if Ace gives one."""
    paths = result.get("earl:pointer", {}).get("cfi") or [""]
    return Place(f"{document}#{paths[0]}" if paths[0] else document)

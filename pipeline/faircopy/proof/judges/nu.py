"""Ask the Nu HTML Checker, W3C's and WHATWG's, about a web edition: no error.

Its warnings are shown: a level that the manuscript's headings leave out, words in another language
than the page says.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from faircopy.core import cage, process
from faircopy.core.diagnostics import Diagnostic, Place, Severity, ToolError
from faircopy.proof import tools
from faircopy.proof.judges import decided, java
from faircopy.proof.verdict import Verdict

NAME = "Nu HTML Checker"
_PACKAGE = "vnu-jar"
_BREAKS = r"violates Content Security Policy \(meta tag\)"
_WRONG = re.compile(
    rf"Resource {_BREAKS}: image “(?:data:|(?!//|[a-z]+:))"
    rf"|Inline (?:style|script) {_BREAKS}: .*\(missing “‘unsafe-inline’” or nonce/hash\)"
)
"""What 26.9.27 says where browsers show and run what it asks about (Content Security Policy, level
3, section 6.7.2): of pictures in a page whose policy is ``img-src data:``; of those beside a page,
whose ``'self'`` a file has none of; of a style and a script whose hash the policy names. The static
check and the tests of the shelf hold the hashes against what stands there."""
_SECONDS = 120.0
_SECONDS_MORE = 30.0


def judge(path: Path) -> Verdict:
    """Check a page; see ``judge_all``."""
    return judge_all([path])[0]


def judge_all(paths: Sequence[Path]) -> list[Verdict]:
    """Check pages in one Java.

    Raises:
        ToolError: the checker or Java is missing, or it gave no report.
    """
    folder = tools.npm_package(_PACKAGE)
    version = tools.npm_version(_PACKAGE)
    if shutil.which("java") is None:
        raise process.missing("java")
    command = [
        *("java", "-Xmx1g", "-Xss8m", *java.CAGED),
        *("-jar", str(folder / "build" / "dist" / "vnu.jar")),
        *("--format", "json", "--stdout", "--exit-zero-always"),
        *(str(path.resolve()) for path in paths),
    ]
    done = cage.run(command, timeout=_SECONDS + _SECONDS_MORE * len(paths), check=False)
    try:
        messages: list[Any] = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError) as error:
        said = (done.stderr or done.stdout).decode("utf-8", "replace")[-500:]
        raise ToolError.because("tool-failed", f"The checker gave no report: {said}") from error
    of: dict[str, list[Any]] = {str(path.resolve()): [] for path in paths}
    for message in messages:
        name = unquote(urlsplit(message.get("url", "")).path)
        if name not in of:
            raise ToolError.because("tool-failed", f"The checker said: {message.get('message')}")
        of[name].append(message)
    return [decided(NAME, version, _findings(path, of[str(path.resolve())])) for path in paths]


def _findings(path: Path, messages: Sequence[Any]) -> Iterator[Diagnostic]:
    for message in messages:
        if _WRONG.match(message["message"]):
            continue
        if message["type"] == "non-document-error":
            raise ToolError.because("tool-failed", f"The checker said: {message['message']}")
        yield Diagnostic(
            f"nu-{message.get('subType') or message['type']}",
            Severity.ERROR if message["type"] == "error" else Severity.WARNING,
            str(message["message"]),
            "",
            Place(path.name, message.get("lastLine", 0), message.get("lastColumn", 0)),
        )

"""Ask axe-core whether a web edition is accessible, by day and by night: no violation.

It is Deque's library, which runs in the page that Chromium shows, in a world of its own; the page
cannot touch it. A rule of WCAG 2.0 to 2.2, level A or AA, that is broken is an error, one of axe's
best practices a warning.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from faircopy.core.diagnostics import Diagnostic, Place, Severity, ToolError
from faircopy.proof import browser, tools
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "axe-core"
_PACKAGE = "axe-core"
_PAGE = "page.html"
_SCREENS = (("on a phone", 390, 844, False), ("by night", 1280, 1024, True))
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """() => axe.run(document, {runOnly: {type: "tag", values: TAGS},
  resultTypes: ["violations"], iframes: false}).then(found => found.violations.map(rule => ({
    id: rule.id, impact: rule.impact, help: rule.help, tags: rule.tags,
    nodes: rule.nodes.map(node => {
      const at = document.querySelector(node.target[0]);
      const near = at && (at.closest("[id]") || at.querySelector("[id]"));
      return near ? near.id : "";
    })})))"""


def judge(path: Path) -> Verdict:
    """Check the page in headless Chromium.

    Raises:
        ToolError: axe-core or Chromium is missing or fails.
    """
    folder = tools.npm_package(_PACKAGE)
    version = tools.npm_version(_PACKAGE)
    library = (folder / "axe.min.js").read_text("utf-8")
    data = path.read_bytes()
    found: list[Diagnostic] = []
    with browser.reading(browser.Alone(_PAGE, data)) as page:
        for where, width, height, night in _SCREENS:
            page.by_night(night)
            page.show(_PAGE, data, width=width, height=height)
            said = page.compute(_RUN.replace("TAGS", json.dumps(_TAGS)), library)
            found += _findings(path, where, said)
    return decided(NAME, version, dict.fromkeys(found))


def _findings(path: Path, where: str, said: object) -> Iterator[Diagnostic]:
    if not isinstance(said, list):
        raise ToolError.because("tool-failed", "axe-core gave no report.")
    for rule in said:
        yield from _of_rule(path, where, rule)


def _of_rule(path: Path, where: str, rule: Mapping[str, Any]) -> Iterator[Diagnostic]:
    advice = "best-practice" in rule["tags"]
    for name in dict.fromkeys(rule["nodes"]):
        yield Diagnostic(
            f"axe-{rule['id']}",
            Severity.WARNING if advice else Severity.ERROR,
            f"axe ({rule['impact']}, {where}): {rule['help']}",
            "",
            Place(f"{path.name}#{name}" if name else path.name),
        )

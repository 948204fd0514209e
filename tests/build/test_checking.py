"""``check`` reads the manuscripts anew and leaves a report beside each set."""

import json
from pathlib import Path

from pipeline.build.checking import check
from pipeline.build.workspace import Workspace


def test_a_set_that_was_never_built(tmp_path: Path) -> None:
    folder = tmp_path / "source" / "a"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text("---\ntitle: T\nlang: en-GB\n---\n\nText.\n")
    (tmp_path / "dist" / "a").mkdir(parents=True)
    said: list[str] = []

    report = check(Workspace(tmp_path), (), listen=said.append)

    assert not report.sound()
    assert [item.code for item in report.findings()] == ["edition-missing"]
    beside = {path.name for path in (tmp_path / "dist" / "a").iterdir()}
    assert beside == {"report.html", "report.json", "report.sarif"}
    sarif = json.loads((tmp_path / "dist" / "a" / "report.sarif").read_text())
    assert sarif["runs"][0]["results"][0]["ruleId"] == "edition-missing"

"""``check`` reads the manuscripts anew and leaves a report beside each set."""

import json
from pathlib import Path

from faircopy.publish.checking import check
from faircopy.publish.project import Project


def _checkout(root: Path) -> Path:
    """Make a checkout with one manuscript, and return the folder of its set."""
    folder = root / "source" / "a"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text("---\ntitle: T\nlang: en-GB\n---\n\nText.\n")
    made = root / "dist" / "a"
    made.mkdir(parents=True)
    return made


def test_a_set_that_was_never_built(tmp_path: Path) -> None:
    _checkout(tmp_path)
    said: list[str] = []

    report = check(Project(tmp_path), (), listen=said.append)

    assert not report.sound()
    assert [item.code for item in report.findings()] == ["edition-missing"]
    beside = {path.name for path in (tmp_path / "dist" / "a").iterdir()}
    assert beside == {"report.html", "report.json", "report.sarif"}
    again = check(Project(tmp_path), (), listen=said.append)
    assert again.findings() == report.findings()
    sarif = json.loads((tmp_path / "dist" / "a" / "report.sarif").read_text())
    assert sarif["runs"][0]["results"][0]["ruleId"] == "edition-missing"


def test_a_file_that_nothing_reads_is_not_proven(tmp_path: Path) -> None:
    made = _checkout(tmp_path)
    (made / "a.en.txt").write_text("Text.")
    entry = {"file": "a.en.txt", "lang": "en-GB", "facts": {}}
    (made / "manifest.json").write_text(json.dumps({"files": [entry]}))

    report = check(Project(tmp_path), (), listen=lambda line: None)

    assert not report.sound()
    assert [item.code for item in report.findings()] == ["format-unread"]


def test_a_picture_of_a_cover_has_no_words_to_be_read_and_nothing_hangs_on_it(
    tmp_path: Path,
) -> None:
    made = _checkout(tmp_path)
    entry = {"file": "a.en.cover.jpg", "lang": "en-GB", "facts": {}}
    (made / "manifest.json").write_text(json.dumps({"files": [entry]}))
    for data, codes in (
        (b"\xff\xd8\xff\xe0 a picture \xff\xd9", []),
        (b"\xff\xd8\xff\xe0 a picture \xff\xd9<script>", ["not-static"]),
        (b"<html>", ["not-static"]),
    ):
        (made / "a.en.cover.jpg").write_bytes(data)
        report = check(Project(tmp_path), (), listen=lambda line: None)
        assert [item.code for item in report.findings()] == codes

"""``check`` reads the manuscripts anew and leaves a report beside each set."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.proof import judges
from faircopy.proof.verdict import Status, Verdict
from faircopy.publish import above
from faircopy.publish.checking import check
from faircopy.publish.manifest import MANIFEST, PAGE, sets, to_json
from faircopy.publish.project import Project
from faircopy.publish.shelf import publication

from tests.publish.test_shelf import SET


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


def _script(page: Path) -> None:
    page.write_bytes(page.read_bytes().replace(b"</body>", b"<script>1</script></body>"))


def _link(page: Path) -> None:
    page.unlink()
    page.symlink_to("/etc/passwd")


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("index.html", None, ""),
        ("index.html", _script, "page-changed"),
        ("a/index.html", _script, "page-changed"),
        ("a/index.html", _link, "not-static"),
        ("a/index.html", Path.unlink, "not-static"),
    ],
)
def test_the_pages_of_the_shelf_are_judged_where_they_are_as_they_ought_to_be(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: Callable[[Path], None] | None,
    code: str,
) -> None:
    """What anybody may have changed is shown to no judge."""
    shown: list[str] = []

    def content(judge: judges.Judge, *paths: Path) -> Verdict:
        shown.extend(path.relative_to(tmp_path / "dist").as_posix() for path in paths)
        return Verdict(judge.name, "1", Status.PASSED)

    monkeypatch.setattr(judges, "ask", content)
    monkeypatch.setattr(judges, "ask_all", lambda j, paths: (content(j, *paths),) * len(paths))
    made = _checkout(tmp_path)
    (made / MANIFEST).write_bytes(to_json(SET))
    (made / PAGE).write_bytes(publication(SET))
    for top, data in above.derived(sets(tmp_path / "dist")).items():
        (tmp_path / "dist" / top).write_bytes(data)
    pages = {"index.html", "a/index.html"}
    if change:
        change(tmp_path / "dist" / name)
        pages -= {name}
    report = check(Project(tmp_path), (), listen=lambda line: None)
    assert [item.code for page in report.pages for item in page.findings()] == [code] * bool(code)
    assert report.sound() is False  # the editions themselves are not there
    assert set(shown) == pages
    assert all(shown.count(page) == 2 for page in pages)

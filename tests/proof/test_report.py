"""A check's report: what counts as sound, and the three forms it is written in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Artifact, Publication
from faircopy.proof.checking import check
from faircopy.proof.fidelity import Proof
from faircopy.proof.report import Checked, Edition, Report, as_json
from faircopy.proof.sarif import log as log_of
from faircopy.proof.sarif import sarif
from faircopy.proof.sheet import sheet
from faircopy.proof.trace import traced
from faircopy.proof.typography import Figures, Tally
from faircopy.proof.typography.rules import Breach
from faircopy.proof.verdict import Status, Verdict
from lxml import html

Read = Callable[[str], Publication]
Make = Callable[[str, str], Artifact]

FAULT = Diagnostic(
    "word-missing", Severity.ERROR, "s.en.docx: “not” is missing", "Stop.", Place("s/m.md", 7, 3)
)


def _edition(text: Publication, *statuses: Status) -> Edition:
    verdicts = tuple(
        Verdict(f"judge {n}", "1", status, (FAULT,) if status is Status.FAILED else ())
        for n, status in enumerate(statuses)
    )
    file = Checked(
        name="s.en.docx",
        size=1000,
        sha256="0" * 64,
        facts={"pages": 3, "fonts": ["Faircopy Serif"]},
        proofs=(Proof("en.docx", Verdict("reader", "2", Status.PASSED), 10, 10, "d"),),
        verdicts=verdicts,
    )
    return Edition.of(text, (file,))


@pytest.mark.parametrize(
    ("statuses", "sound", "strict"),
    [
        ((Status.PASSED,), True, True),
        ((Status.PASSED, Status.NOT_RUN), True, False),
        ((Status.PASSED, Status.FAILED), False, False),
    ],
)
def test_what_did_not_run_is_no_proof(
    statuses: tuple[Status, ...], sound: bool, strict: bool, publication: Read
) -> None:
    report = Report((_edition(publication("speaker-turns"), *statuses),))
    assert (report.sound(), report.sound(strict=True)) == (sound, strict)


def test_nothing_checked_is_not_sound() -> None:
    assert not Report(()).sound()


def test_the_page_says_all_in_words_and_needs_no_network(publication: Read) -> None:
    edition = _edition(publication("he"), Status.PASSED, Status.FAILED, Status.NOT_RUN)
    page = html.document_fromstring(sheet(edition))
    said = " ".join(" ".join(map(str, page.itertext())).split())
    for words in ("✓ passed", "✗ failed", "– not run", "s/m.md:7:3", "Stop.", "10 of 10"):
        assert words in said
    assert not page.xpath("//@src | //link | //script")
    assert all(link.get("href", "").startswith("#") for link in page.iter("a"))
    assert page.get("lang") == "en"
    assert page.xpath("//h1/span[@lang='he' and @dir='rtl']")
    assert not page.xpath("//table[not(caption)] | //th[not(@scope)]")
    assert [str(item.tag) for item in page.iter("h1", "h2")] == ["h1", "h2"]


def test_what_was_said_before_says_when(publication: Read) -> None:
    edition = _edition(publication("speaker-turns"), Status.PASSED, Status.PASSED)
    (file,) = edition.files
    old = msgspec.structs.replace(file.verdicts[0], when="2026-01-01 10:00:00+00:00")
    dated = msgspec.structs.replace(file, verdicts=(old, *file.verdicts[1:]))
    edition = msgspec.structs.replace(edition, files=(dated,))
    said = "3 of 3 content, 1 said so before, since 2026-01-01 10:00:00+00:00"
    assert said in Report((edition,)).summary()
    assert "✓ passed</span> on these bytes, 2026-01-01 10:00:00+00:00" in sheet(edition).decode()


def test_a_bundle_that_was_sent_is_judged_and_not_held_against_todays_text(
    publication: Read, edition: Make, tmp_path: Path
) -> None:
    text = publication("speaker-turns")
    sent, made = tmp_path / "translation", tmp_path / text.slug
    sent.mkdir()
    made.mkdir()
    other = edition("every-construct", "bundle").data
    (sent / f"{text.slug}.en-fr.translation.zip").write_bytes(other)
    bundle = edition("speaker-turns", "bundle")
    (made / f"{text.slug}.{bundle.name}").write_bytes(bundle.data)
    names = {"files": [{"file": f"{text.slug}.{bundle.name}", "lang": "en-GB"}]}
    (made / "manifest.json").write_text(json.dumps(names), "utf-8")
    report = check(tmp_path, [text])
    assert report.sound(), report.summary()
    files = {file.name: file for file in report.editions[0].files}
    judged = [item.name for item in files[f"{text.slug}.en-fr.translation.zip"].said()]
    assert judged == ["static", "translate-toolkit", "exchange rules"]
    assert len(files[f"{text.slug}.{bundle.name}"].proofs) == 3


def test_json_is_the_same_for_the_same_report(publication: Read) -> None:
    edition = _edition(publication("speaker-turns"), Status.FAILED)
    data = as_json(edition)
    assert data == as_json(edition)
    read = json.loads(data)
    assert read["files"][0]["verdicts"][0]["findings"][0]["code"] == "word-missing"
    assert read["words"] == 262


def test_sarif_leads_to_the_line(publication: Read) -> None:
    log = json.loads(sarif(Report((_edition(publication("speaker-turns"), Status.FAILED),))))
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "word-missing"
    fault = Diagnostic("verapdf-ua1-7.3-1", Severity.ERROR, "x")
    (rule,) = json.loads(log_of([fault]))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"].startswith("An image has no words")
    assert "A map of" in rule["help"]["text"]
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "s/m.md"
    assert where["region"] == {"startLine": 7, "startColumn": 3}


def test_a_finding_in_an_epub_is_traced_to_the_manuscript(publication: Read, edition: Make) -> None:
    text, book = publication("speaker-turns"), edition("speaker-turns", "epub")
    finding = Diagnostic("x", Severity.ERROR, "x", place=Place("EPUB/text/s001.xhtml", 9999))
    verdict = traced(Verdict("j", "1", Status.FAILED, (finding,)), text, book.data)
    (found,) = verdict.findings
    assert found.place is not None
    assert found.place.file == text.source_path
    assert "s001.xhtml:9999" in found.message


def test_a_file_that_is_not_there_is_an_error(publication: Read, tmp_path: Path) -> None:
    report = check(tmp_path, [publication("speaker-turns")])
    assert [item.code for item in report.findings()] == ["edition-missing"]
    assert not report.sound()


@pytest.mark.slow
def test_a_whole_dist_is_checked(publication: Read, edition: Make, tmp_path: Path) -> None:
    text = publication("speaker-turns")
    folder = tmp_path / text.slug
    folder.mkdir()
    docx = edition("speaker-turns", "docx")
    (folder / f"{text.slug}.{docx.name}").write_bytes(docx.data)
    manifest = {"files": [{"file": f"{text.slug}.{docx.name}", "facts": {"words": 258}}]}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    heard: list[str] = []
    report = check(tmp_path, [text], listen=heard.append)
    assert report.sound(), report.summary()
    ((file,),) = (edition.files for edition in report.editions)
    assert len(file.proofs) == 3
    assert file.facts == {"words": 258}
    assert heard == [f"{text.slug}.en.docx: 3 readings, 3 judges"]
    damaged = docx.data.replace(b"PK", b"QK", 1)
    (folder / f"{text.slug}.{docx.name}").write_bytes(damaged)
    assert not check(tmp_path, [text]).sound()


def test_verdicts_are_plain_data(publication: Read) -> None:
    edition = _edition(publication("speaker-turns"), Status.FAILED)
    assert msgspec.json.decode(as_json(edition), type=Edition).slug == "speaker-turns"


def test_a_finding_names_its_file_and_who_did_not_run_is_told_once(publication: Read) -> None:
    absent = Diagnostic("tool-missing", Severity.ERROR, "Ace is not installed.", "Install it.")
    vague = Diagnostic("vague", Severity.NOTE, "Something is odd.")
    verdicts = (
        Verdict("absent", "", Status.NOT_RUN, (absent,)),
        Verdict("present", "1", Status.PASSED, (vague, FAULT)),
    )
    edition = _edition(publication("speaker-turns"), Status.PASSED)
    files = tuple(
        msgspec.structs.replace(edition.files[0], name=name, verdicts=verdicts)
        for name in ("s.en.epub", "s.ur.epub")
    )
    found = Report((msgspec.structs.replace(edition, files=files),)).findings()
    assert [(item.code, item.severity, str(item.place)) for item in found] == [
        ("tool-missing", Severity.WARNING, "None"),
        ("vague", Severity.NOTE, "s.en.epub"),
        (FAULT.code, Severity.ERROR, str(FAULT.place)),
        ("vague", Severity.NOTE, "s.ur.epub"),
    ]


def test_what_was_counted_stands_in_every_form(publication: Read) -> None:
    gaping = Tally("B6", "gaping lines", tuple(Breach("B6", page, "a b") for page in (2, 2, 7)))
    names = Tally("B5", "broken names", uncounted="no capitals")
    figures = Figures(90, (gaping, names), mean=0.25, worst=0.9)
    edition = _edition(publication("el"), Status.PASSED)
    file = msgspec.structs.replace(edition.files[0], figures=figures)
    edition = msgspec.structs.replace(edition, files=(file,))
    summary = Report((edition,)).summary()
    assert "B6 3, B5 not counted; word space 0.25 em, at most 0.90 em" in summary
    assert "B6 gaping lines: pages 2 (2 times), 7" in summary
    page = "".join(map(str, html.document_fromstring(sheet(edition)).itertext()))
    assert "B6 gaping lines3pages 2 (2 times), 7" in page
    assert "no capitals" in page
    found = json.loads(as_json(edition))["files"][0]["figures"]
    assert [item["page"] for item in found["tallies"][0]["found"]] == [2, 2, 7]
    assert Report((edition,)).sound()

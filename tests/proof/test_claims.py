"""What a file claims is held against its judges: confirmed, refuted, or said not to be judged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Artifact
from faircopy.proof.claims import Claim, Standing, claims
from faircopy.proof.epubclaims import claimed as claimed_by_epub
from faircopy.proof.judges import epub_claims
from faircopy.proof.pdfclaims import claimed as claimed_by_pdf
from faircopy.proof.report import Checked, Edition, Report
from faircopy.proof.sheet import sheet
from faircopy.proof.verdict import Status, Verdict
from lxml import etree

from tests.proof.conftest import read

Make = Callable[[str, str], Artifact]
OPF = "{http://www.idpf.org/2007/opf}"
FAULT = Diagnostic("verapdf-ua1-7.3-1", Severity.ERROR, "no alt")


def _vera(*findings: Diagnostic, status: Status = Status.PASSED) -> Verdict:
    return Verdict("veraPDF", "1", Status.FAILED if findings else status, findings)


def _one(found: tuple[Claim, ...], name: str) -> Claim:
    return next(claim for claim in found if claim.name == name)


# --- PDF -----------------------------------------------------------------------------------------


def test_what_a_pdf_says_is_read_from_the_file(edition: Make) -> None:
    data = edition("speaker-turns", "pdf.a5").data
    assert claimed_by_pdf(data) == ("PDF/UA-1", "PDF/A-3a")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root["/Metadata"]
        out = io.BytesIO()
        pdf.save(out)
    assert claimed_by_pdf(out.getvalue()) == ()
    assert claimed_by_pdf(b"no PDF") == ()


@pytest.mark.parametrize(
    ("verdicts", "standing", "said"),
    [
        ((_vera(),), Standing.CONFIRMED, "confirmed by veraPDF (1)"),
        ((_vera(FAULT),), Standing.REFUTED, "refuted by veraPDF (1): verapdf-ua1-7.3-1"),
        ((_vera(status=Status.NOT_RUN),), Standing.ESTABLISHED, "not judged: veraPDF did not run"),
        ((), Standing.ESTABLISHED, "not judged: veraPDF did not run"),
    ],
)
def test_a_claim_stands_as_its_judge_says(
    verdicts: tuple[Verdict, ...], standing: Standing, said: str, edition: Make
) -> None:
    data = edition("speaker-turns", "pdf.a5").data
    found = claims(data, "s.pdf", verdicts, ("PDF/UA-1", "PDF/A-3a"))
    claim = _one(found, "PDF/UA-1")
    assert claim.standing is standing
    assert claim.evidence == ("established by the build", said)
    refuted = standing is Standing.REFUTED
    assert [item.code for item in claim.findings] == (["claim-refuted"] if refuted else [])
    assert _one(found, "PDF/A-3a").standing is not Standing.REFUTED


def test_a_claim_that_no_build_established_is_unfounded(edition: Make) -> None:
    data = edition("speaker-turns", "pdf.a5").data
    claim = _one(claims(data, "s.pdf", (_vera(),), ("PDF/A-3a",)), "PDF/UA-1")
    assert claim.standing is Standing.REFUTED
    assert [item.code for item in claim.findings] == ["claim-unfounded"]
    unknown = _one(claims(data, "s.pdf", (_vera(),), None), "PDF/UA-1")
    assert unknown.standing is Standing.CONFIRMED


def test_a_refuted_claim_stops_an_edition_and_is_shown(edition: Make) -> None:
    data = edition("speaker-turns", "pdf.a5").data
    found = claims(data, "s.pdf", (_vera(FAULT),), ("PDF/UA-1", "PDF/A-3a"))
    file = Checked(
        name="s.pdf", size=1, sha256="", facts={}, proofs=(), verdicts=(_vera(),), claims=found
    )
    report = Report((Edition.of(read("speaker-turns"), (file,)),))
    assert not report.sound()
    assert "claim-refuted" in {item.code for item in report.findings()}
    assert "claims PDF/UA-1: established by the build; refuted" in report.summary()
    page = sheet(report.editions[0]).decode()
    assert "refuted by veraPDF (1): verapdf-ua1-7.3-1" in page
    assert "What it claims to be" in page


# --- EPUB ----------------------------------------------------------------------------------------


def _with(data: bytes, change: Callable[[str, etree._Element], None]) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            raw = source.read(item)
            if item.filename.endswith((".opf", ".xhtml")):
                root = etree.fromstring(raw)
                change(item.filename, root)
                raw = etree.tostring(root)
            target.writestr(item, raw)
    return out.getvalue()


def _claiming(name: str, value: str) -> Callable[[str, etree._Element], None]:
    def change(member: str, root: etree._Element) -> None:
        for metadata in root.iter(f"{OPF}metadata"):
            etree.SubElement(metadata, f"{OPF}meta", property=name).text = value

    return change


def _no_alt(member: str, root: etree._Element) -> None:
    for image in root.iter("{*}img"):
        if "doc-cover" not in image.get("role", ""):
            image.set("alt", "")


def _no_formula_text(member: str, root: etree._Element) -> None:
    for formula in root.iter("{*}math"):
        formula.set("alttext", "")


def _no_headings(member: str, root: etree._Element) -> None:
    for heading in list(root.iter(*(f"{{*}}h{level}" for level in range(1, 7)))):
        heading.tag = "{http://www.w3.org/1999/xhtml}p"


def _no_contents(member: str, root: etree._Element) -> None:
    for nav in root.iter("{*}nav"):
        nav.set("{http://www.idpf.org/2007/ops}type", "landmarks")


def _out_of_order(member: str, root: etree._Element) -> None:
    for spine in root.iter(f"{OPF}spine"):
        spine[:] = reversed(spine)


def _scripted(member: str, root: etree._Element) -> None:
    for body in root.iter("{http://www.w3.org/1999/xhtml}body"):
        etree.SubElement(body, "{http://www.w3.org/1999/xhtml}video")


def _fixed(member: str, root: etree._Element) -> None:
    _claiming("rendition:layout", "pre-paginated")(member, root)


FEATURE = "schema:accessibilityFeature"
REFUTED = [
    ("every-construct", _no_alt, "alternativetext"),
    ("every-construct", _no_alt, "textual"),
    ("every-construct", _no_formula_text, "describedmath"),
    ("speaker-turns", _claiming(FEATURE, "alternativeText"), "alternativetext"),
    ("speaker-turns", _claiming(FEATURE, "MathML"), "mathml"),
    ("speaker-turns", _claiming("schema:accessMode", "visual"), "visual"),
    ("speaker-turns", _claiming(FEATURE, "ttsMarkup"), "ttsmarkup"),
    ("speaker-turns", _claiming(FEATURE, "pageNavigation"), "pagenavigation"),
    ("speaker-turns", _claiming(FEATURE, "pageBreakMarkers"), "pagebreakmarkers"),
    ("speaker-turns", _claiming("dcterms:conformsTo", "EPUB-A11Y-11_WCAG-22-AA"), "epub-a11y"),
    ("speaker-turns", _no_headings, "structuralnavigation"),
    ("speaker-turns", _no_contents, "tableofcontents"),
    ("speaker-turns", _out_of_order, "readingorder"),
    ("speaker-turns", _scripted, "none"),
    ("speaker-turns", _fixed, "displaytransformability"),
]


@pytest.mark.parametrize("sample", ["speaker-turns", "every-construct", "ur", "zh"])
def test_what_a_sound_book_claims_is_true(sample: str, edition: Make, tmp_path: Path) -> None:
    artifact = edition(sample, "epub")
    path = tmp_path / "a.epub"
    path.write_bytes(artifact.data)
    verdict = epub_claims.judge(path)
    assert verdict.status is Status.PASSED, verdict.findings
    assert claimed_by_epub(artifact.data) == artifact.facts["claims"]
    found = claims(artifact.data, "a.epub", (verdict,), artifact.facts["claims"])
    assert {claim.standing for claim in found} == {Standing.CONFIRMED}


@pytest.mark.parametrize(("sample", "damage", "code"), REFUTED)
def test_a_claim_that_is_not_true_is_refuted(
    sample: str,
    damage: Callable[[str, etree._Element], None],
    code: str,
    edition: Make,
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(_with(edition(sample, "epub").data, damage))
    verdict = epub_claims.judge(path)
    assert verdict.status is Status.FAILED
    assert any(item.code.startswith(f"epub-claim-{code}") for item in verdict.findings)
    found = claims(path.read_bytes(), "a.epub", (verdict,), None)
    assert any(claim.standing is Standing.REFUTED for claim in found)


def test_conformance_is_believed_of_whoever_evaluated_it(edition: Make, tmp_path: Path) -> None:
    data = _with(
        edition("speaker-turns", "epub").data,
        _claiming("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
    )
    path = tmp_path / "a.epub"
    path.write_bytes(_with(data, _claiming("a11y:certifiedBy", "A. Person")))
    assert epub_claims.judge(path).status is Status.PASSED


def test_a_broken_book_claims_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(b"no zip")
    assert epub_claims.judge(path).status is Status.FAILED
    assert claims(path.read_bytes(), path.name, (), None) == ()


def test_what_a_person_signs_no_machine_confirms() -> None:
    claim = "dcterms:conformsTo EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
    quiet = Verdict("Ace by DAISY", "1", Status.PASSED, ())
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr(
            "META-INF/container.xml", '<container><rootfile full-path="a.opf"/></container>'
        )
        archive.writestr(
            "a.opf",
            f'<package xmlns="{OPF[1:-1]}"><metadata>'
            f'<meta property="{claim.partition(" ")[0]}">{claim.partition(" ")[2]}</meta>'
            "</metadata></package>",
        )

    (found,) = claims(book.getvalue(), "x.epub", [quiet], [claim])

    assert found.standing is Standing.ESTABLISHED
    assert found.evidence[:2] == ("signed by the publisher", "not contradicted by Ace by DAISY (1)")

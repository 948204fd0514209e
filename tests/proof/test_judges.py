"""Each judge passes a sound edition and rejects a damaged one, so that "no finding" means asked.

A judge that is not installed is "not run"; the test is then skipped, and in CI that fails.
"""

from __future__ import annotations

import copy
import functools
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pikepdf
import pytest
from faircopy import manuscript, theme
from faircopy.core import own
from faircopy.core.diagnostics import Severity
from faircopy.core.model import Artifact
from faircopy.proof import judges
from faircopy.proof.judges import outloud
from faircopy.proof.trace import traced
from faircopy.proof.verdict import Status, Verdict
from faircopy.publish import shelf
from faircopy.writers import Options, web
from lxml import etree

from tests.proof.conftest import make, read
from tests.publish.test_syndication import a_set

Make = Callable[[str, str], Artifact]
Damage = Callable[[bytes], bytes]
Case = tuple[str, str, Damage, str]
SAMPLE = "every-construct"
"""What the damaged editions are made of, which pass undamaged."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files lie that the tests show to judges."""
    return tmp_path_factory.mktemp("judged")


def _ask(name: str, path: Path) -> Verdict:
    judge = next(item for item in judges.JUDGES if item.name == name)
    return _ran(judges.ask(judge, path))


def _ran(verdict: Verdict) -> Verdict:
    if verdict.status is Status.NOT_RUN:
        pytest.skip("; ".join(map(str, verdict.findings)))
    return verdict


@functools.cache
def _together(judge: judges.Judge, room: Path) -> dict[Path, Verdict]:
    """Return the verdicts on all files that this module has for one judge, asked at once.

    Of the judges that judge many files in one Java, as ``./inv check`` has them do it.
    """
    paths = [
        *(_damaged(room, case) for case in REJECTED if case[0] == judge.name),
        _sound(room, judge),
        *(_described(room) if judge.name == "veraPDF" else ()),
    ]
    return dict(zip(paths, judges.ask_all(judge, paths), strict=True))


def _verdict(judge: judges.Judge, path: Path, room: Path) -> Verdict:
    if judge.together:
        return _ran(_together(judge, room)[path])
    return _ran(judges.ask(judge, path))


def _damaged(room: Path, case: Case) -> Path:
    name, kind, damage, code = case
    artifact = make(SAMPLE, kind)
    path = room / f"{name}.{code}.{artifact.name}"
    path.write_bytes(damage(artifact.data))
    return path


def _sound(room: Path, judge: judges.Judge) -> Path:
    kinds = {".pdf": "pdf.a5", ".press.pdf": "press.a5", ".epub": "epub", ".docx": "docx"}
    kinds |= {".translation.zip": "bundle", ".html": "web"}
    artifact = make(SAMPLE, kinds[judge.suffix])
    path = room / "sound" / artifact.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(artifact.data)
    return path


def _described(room: Path) -> tuple[Path, Path, Path]:
    """Return a PDF that is sound, one that claims what it is not, and one that does not claim."""

    def undescribed(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                del item["/Alt"]

    def unsaid(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(re.sub(rb"<pdfuaid:part>1</pdfuaid:part>", b"", packet))

    sound, liar, honest = (room / f"{name}.pdf" for name in ("sound", "liar", "honest"))
    for path, changes in ((sound, ()), (liar, (undescribed,)), (honest, (undescribed, unsaid))):
        with pikepdf.open(io.BytesIO(make("every-construct", "pdf.a5").data)) as pdf:
            for change in changes:
                change(pdf)
            pdf.save(path)
    return sound, liar, honest


def _member(name: str, change: Callable[[etree._Element], None]) -> Damage:
    """Return a damage to one XML member of a zip."""

    def damage(data: bytes) -> bytes:
        source = zipfile.ZipFile(io.BytesIO(data))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for item in source.infolist():
                raw = source.read(item)
                if item.filename == name:
                    root = etree.fromstring(raw)
                    change(root)
                    raw = etree.tostring(root)
                target.writestr(item, raw)
        return out.getvalue()

    return damage


def _div_in_p(root: etree._Element) -> None:
    paragraph = next(root.iter("{http://www.w3.org/1999/xhtml}p"))
    etree.SubElement(paragraph, "{http://www.w3.org/1999/xhtml}div").text = "x"


def _no_alt(root: etree._Element) -> None:
    section = next(root.iter("{http://www.w3.org/1999/xhtml}section"))
    etree.SubElement(section, "{http://www.w3.org/1999/xhtml}img", src="../images/none.png")


def _bogus(root: etree._Element) -> None:
    etree.SubElement(next(root.iter(f"{W}pPr")), f"{W}bogus")


def _bogus_in_text(root: etree._Element) -> None:
    paragraphs = [item for item in root.iter(f"{W}p") if len(item.findall(f"{W}r")) > 0]
    properties = paragraphs[len(paragraphs) // 2].find(f"{W}pPr")
    assert properties is not None
    etree.SubElement(properties, f"{W}bogus")


def _untitled(root: etree._Element) -> None:
    for title in list(root.iter("{http://purl.org/dc/elements/1.1/}title")):
        title.text = ""


def _undescribed(root: etree._Element) -> None:
    body = root.find(f"{W}body")
    assert body is not None
    space = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    etree.SubElement(body, f"{{{space}}}docPr", name="picture")


def _skipped_heading(root: etree._Element) -> None:
    for style in root.iter(f"{W}pStyle"):
        if style.get(f"{W}val") == "Heading2":
            style.set(f"{W}val", "Heading4")


def _left_to_right(root: etree._Element) -> None:
    for section in root.iter(f"{W}sectPr"):
        for mark in section.findall(f"{W}bidi"):
            section.remove(mark)


def _unmarked(root: etree._Element) -> None:
    """Set every paragraph from left to right, whatever its style says."""
    for paragraph in root.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        for mark in properties.findall(f"{W}bidi"):
            properties.remove(mark)
        etree.SubElement(properties, f"{W}bidi").set(f"{W}val", "0")


def _unturned(root: etree._Element) -> None:
    """Set all words from left to right."""
    for mark in list(root.iter(f"{W}rtl")):
        cast(etree._Element, mark.getparent()).remove(mark)


def _begun_from_right(root: etree._Element) -> None:
    """Let a word from right to left be a paragraph of its own."""
    turned = next(root.iter(f"{W}rtl"))
    run = next(turned.iterancestors(f"{W}r"))
    paragraph = next(run.iterancestors(f"{W}p"))
    alone = etree.Element(f"{W}p")
    alone.append(copy.deepcopy(run))
    paragraph.addprevious(alone)


def _coded(root: etree._Element) -> None:
    """Let the last paragraph with a style be code, which runs from the left in every text."""
    style = [*root.iter(f"{W}pStyle")][-1]
    style.set(f"{W}val", "SourceCode")


def _untagged(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root["/StructTreeRoot"]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _unclaimed(data: bytes) -> bytes:
    """Take out what says that the file is PDF/A and PDF/UA."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root["/Metadata"]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _in_page(old: bytes, new: bytes) -> Damage:
    """Return a damage to the first place of a page that reads so."""

    def damage(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return damage


def _cut_off(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


REJECTED: tuple[Case, ...] = (
    ("veraPDF", "pdf.a5", _untagged, "verapdf-ua1-7.1-11"),
    ("veraPDF", "pdf.a5", _untagged, "verapdf-3a-6.7.3.3-1"),
    ("veraPDF", "pdf.a5", _unclaimed, "verapdf-3b-6.6.2.1-1"),
    ("veraPDF", "pdf.a5", _cut_off, "verapdf-"),
    ("qpdf", "pdf.a5", _cut_off, "qpdf"),
    ("outloud", "pdf.a5", _untagged, "outloud-"),
    ("EPUBCheck", "epub", _member("EPUB/text/s001.xhtml", _div_in_p), "epubcheck-rsc-005"),
    ("Ace by DAISY", "epub", _member("EPUB/text/s001.xhtml", _no_alt), "ace-image-alt"),
    ("Nu HTML Checker", "web", _in_page(b"<p ", b"<p wants='it' "), "nu-error"),
    ("axe-core", "web", _in_page(b"</header>", b"</header><img src='data:,'>"), "axe-image-alt"),
    ("axe-core", "web", _in_page(b"color: #1B1D1F", b"color: #999"), "axe-color-contrast"),
    ("Open XML SDK", "docx", _member("word/document.xml", _bogus), "ooxml-"),
    ("openxml-audit", "docx", _member("word/document.xml", _bogus), "openxml-audit-"),
    ("openxml-audit", "docx", _cut_off, "openxml-audit"),
    ("Open XML SDK", "docx", _cut_off, "ooxml-"),
    ("DOCX accessibility", "docx", _cut_off, "artifact-unreadable"),
    ("outloud", "pdf.a5", _cut_off, "outloud"),
    ("EPUBCheck", "epub", _cut_off, "epubcheck-"),
    ("DOCX accessibility", "docx", _member("docProps/core.xml", _untitled), "docx-title"),
    ("DOCX accessibility", "docx", _member("word/document.xml", _undescribed), "docx-alt"),
)


@pytest.mark.parametrize("case", REJECTED, ids=[f"{r[0]}-{r[3]}" for r in REJECTED])
def test_a_damaged_edition_is_rejected(case: Case, room: Path) -> None:
    name, _, _, code = case
    judge = next(item for item in judges.JUDGES if item.name == name)
    verdict = _verdict(judge, _damaged(room, case), room)
    assert verdict.status is Status.FAILED
    assert any(item.code.startswith(code) for item in verdict.findings), verdict.findings


@pytest.mark.parametrize(
    ("sample", "damage", "code"),
    [
        ("every-construct", _skipped_heading, "docx-heading"),
        ("he", _left_to_right, "docx-direction"),
        ("he", _unmarked, "docx-direction"),
        ("every-construct", _unturned, "docx-direction"),
    ],
)
def test_an_inaccessible_document_is_rejected(
    sample: str,
    damage: Callable[[etree._Element], None],
    code: str,
    edition: Make,
    tmp_path: Path,
) -> None:
    path = tmp_path / "damaged.docx"
    path.write_bytes(_member("word/document.xml", damage)(edition(sample, "docx").data))
    verdict = _ask("DOCX accessibility", path)
    assert verdict.status is Status.FAILED
    assert {item.code for item in verdict.findings if item.severity is Severity.ERROR} == {code}


@pytest.mark.parametrize(
    ("sample", "change"), [("every-construct", _begun_from_right), ("he", _coded)]
)
def test_what_runs_from_the_left_may_begin_with_a_word_from_right_to_left(
    sample: str, change: Callable[[etree._Element], None], edition: Make, tmp_path: Path
) -> None:
    path = tmp_path / "begun.docx"
    data = edition(sample, "docx").data
    path.write_bytes(_member("word/document.xml", change)(data))
    assert _ask("DOCX accessibility", path).status is Status.PASSED


@pytest.mark.parametrize("judge", judges.JUDGES, ids=lambda judge: judge.name)
def test_a_sound_edition_passes(judge: judges.Judge, room: Path) -> None:
    path = _sound(room, judge)
    assert judge in judges.of(path)
    verdict = _verdict(judge, path, room)
    assert verdict.status is Status.PASSED, verdict.findings
    assert verdict.version


def test_what_a_pdf_does_not_claim_is_a_warning(room: Path) -> None:
    """A file that is no PDF/UA and does not say so is sound; one that says so is not."""
    judge = next(item for item in judges.JUDGES if item.name == "veraPDF")
    paths = _described(room)
    sound, liar, honest = (_verdict(judge, path, room) for path in paths)
    assert (sound.status, sound.findings) == (Status.PASSED, ())
    assert liar.status is Status.FAILED
    assert honest.status is Status.PASSED
    for verdict in (liar, honest):
        assert {item.code for item in verdict.findings} == {"verapdf-ua1-7.3-1"}
    text = read("every-construct")
    found = traced(liar, text, paths[1].read_bytes()).findings
    assert all(item.place and item.place.file == text.source_path for item in found)


def test_each_book_gets_its_own_verdict_from_one_java(room: Path) -> None:
    """In one call: the sound one passes after two damaged ones, which do not."""
    judge = next(item for item in judges.JUDGES if item.name == "EPUBCheck")
    verdicts = [_ran(verdict) for verdict in _together(judge, room).values()]
    statuses = [verdict.status for verdict in verdicts]
    assert statuses == [Status.FAILED, Status.FAILED, Status.PASSED]


def test_a_fault_in_a_word_document_is_traced(edition: Make, tmp_path: Path) -> None:
    path = tmp_path / "damaged.docx"
    damaged = _member("word/document.xml", _bogus_in_text)(edition("every-construct", "docx").data)
    path.write_bytes(damaged)
    text = read("every-construct")
    for name in ("Open XML SDK", "openxml-audit"):
        found = traced(_ask(name, path), text, damaged).findings
        assert any(item.place and item.place.file == text.source_path for item in found), found


def test_a_missing_judge_did_not_run(
    edition: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "folder", lambda: tmp_path)
    path = tmp_path / "a.docx"
    path.write_bytes(edition("speaker-turns", "docx").data)
    judge = next(item for item in judges.JUDGES if item.name == "Open XML SDK")
    verdict = judges.ask(judge, path)
    assert verdict.status is Status.NOT_RUN
    assert "doctor --install" in verdict.findings[0].remedy


def test_outloud_is_not_heeded_where_arabic_is_not_latin() -> None:
    found = SimpleNamespace(
        findings=[
            SimpleNamespace(rule="TXT-004", message=said, severity="warning", page=1, evidence="")
            for said in ("18 different codes all map to 'ل'", "18 different codes all map to 'l'")
        ]
    )
    (kept,) = outloud._findings(found, ("A title",))
    assert "'l'" in kept.message


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        ("The Shelf Review Laws, Theories, Principles and …", True),
        ("The Review of all that was said this year On us", True),
        ("He came On us as a thief who was not seen before", False),
        ("Laws and theories were made and were never kept", False),
    ],
)
def test_a_running_head_is_no_lost_prose(line: str, is_head: bool) -> None:
    item = SimpleNamespace(
        rule="TAG-002", message="lost", severity="error", page=2, evidence=line, count=1
    )
    heads = ("A title", "Laws, Theories, Principles and Patterns", "On us", "")
    found = list(outloud._findings(SimpleNamespace(findings=[item]), heads))
    assert bool(found) is not is_head


@pytest.mark.parametrize("name", ["Nu HTML Checker", "axe-core"])
def test_the_pages_of_the_shelf_pass(name: str, tmp_path: Path) -> None:
    sets = [a_set(), a_set("b", withdrawn="It was not his text.")]
    for page, data in (("index", shelf.page(sets)), ("a", shelf.publication(sets[0]))):
        path = tmp_path / f"{page}.html"
        path.write_bytes(data)
        assert _ask(name, path).findings == ()


def test_a_note_that_is_nothing_but_a_link_leaves_room_for_a_finger(tmp_path: Path) -> None:
    """Beside words axe-core asks for no room: a link in a sentence is excepted (WCAG 2.5.8)."""
    text = "---\ntitle: T\nlang: en\n---\n\nSee.[^1]\n\n[^1]: <https://example.org/long>\n"
    (tmp_path / "manuscript.md").write_text(text, "utf-8")
    page = tmp_path / "en.html"
    page.write_bytes(web.write(manuscript.read(tmp_path), theme.load(), Options()).data)
    assert _ask("axe-core", page).findings == ()

"""Questions and comments travel: home from every form, and their answers out again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
from faircopy.core.diagnostics import Place
from faircopy.core.model import Publication, Query
from faircopy.translation import commands, docx_table, kit, po, remarks, text, xliff2, xliff12
from faircopy.translation.home import Rules, bring_home
from faircopy.translation.job import Job
from faircopy.translation.remarks import Kept
from faircopy.translation.segments import SourceText, extract
from faircopy.translation.store import Store
from lxml import etree

from tests.translation.test_commands import FIRST, publication
from tests.translation.test_home import job

SENTENCE = "p2.s2"
ASKED = "Which gauge?"


@pytest.fixture
def source(every: Publication) -> Publication:
    found = publication(every, **FIRST)
    query = Query("two-marks", "two marks", "Or three?", Place("m.md", 9, 1), "p2")
    return msgspec.structs.replace(found, queries=(query,))


def in_word(data: bytes, column: int) -> bytes:
    """Write a question into a cell, as Word does; without a column as a comment."""
    document = docx.Document(io.BytesIO(data))
    row = next(row for row in document.tables[0].rows if row.cells[0].text == SENTENCE)
    if column:
        row.cells[column].text = f"{row.cells[column].text} {ASKED}".strip()
    else:
        document.add_comment(row.cells[2].paragraphs[0].runs, ASKED, author="Ann")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_tsv(data: bytes) -> bytes:
    lines = data.decode().split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(SENTENCE))
    return "\n".join([*lines[:at], f"{lines[at][:-1]}{ASKED}\t", *lines[at + 1 :]]).encode()


def in_lines(near: str, line: str, offset: int = 0) -> Callable[[bytes], bytes]:
    def write(data: bytes) -> bytes:
        lines = data.decode().split("\n")
        at = next(n for n, one in enumerate(lines) if near in one) + offset
        return "\n".join([*lines[:at], line, *lines[at:]]).encode()

    return write


def marked(attributes: dict[str, str], *, note: bool = False) -> Callable[[bytes], bytes]:
    """Tie a comment to the words of the sentence."""

    def write(data: bytes) -> bytes:
        root: Any = etree.fromstring(data)
        (place,) = root.xpath(f"//*[@id='{SENTENCE}']")
        target = place.find("{*}target")
        mark = etree.SubElement(target, target.tag.replace("target", "mrk"), attributes)
        mark.text, target.text = target.text, None
        if note:
            notes = place.getparent().find("{*}notes")
            etree.SubElement(notes, target.tag.replace("target", "note"), id="n1").text = ASKED
        return etree.tostring(root)

    return write


def by_studio(data: bytes) -> bytes:
    """Keep a comment as Trados Studio does: words in the file's head, a mark in the sentence."""
    sdl = "http://sdl.com/FileTypes/SdlXliff/1.0"
    root: Any = etree.fromstring(
        marked({"id": "c", "mtype": "x-sdl-comment", f"{{{sdl}}}cid": "1"})(data)
    )
    head = etree.fromstring(
        f'<doc-info xmlns="{sdl}"><cmt-defs><cmt-def id="1"><Comments xmlns=""><Comment user="Ann">'
        f"{ASKED}</Comment></Comments></cmt-def></cmt-defs></doc-info>"
    )
    root.insert(0, head)
    return etree.tostring(root)


FORMS: dict[str, tuple[Callable[[Job], bytes], Callable[[bytes], bytes], str]] = {
    "word-question": (docx_table.write, lambda data: in_word(data, 4), ""),
    "word-remarks": (docx_table.write, lambda data: in_word(data, 3), ""),
    "word-comment": (docx_table.write, lambda data: in_word(data, 0), "Ann"),
    "table-question": (text.write_tsv, in_tsv, ""),
    "text-question": (text.write_txt, in_lines(f"[{SENTENCE}]", f"#? {ASKED}", 1), ""),
    "po-comment": (po.write, in_lines(f'msgctxt "{SENTENCE}"', f"# {ASKED}"), ""),
    "xliff2-mrk-value": (xliff2.write, marked({"id": "m", "type": "comment", "value": ASKED}), ""),
    "xliff2-mrk-note": (
        xliff2.write,
        marked({"id": "m", "type": "comment", "ref": "#n=n1"}, note=True),
        "",
    ),
    "xliff12-mrk": (xliff12.write, marked({"mtype": "x-comment", "comment": ASKED}), ""),
    "xliff12-studio": (xliff12.write, by_studio, "Ann"),
}


def in_russian(source: SourceText, write: Callable[[Job], bytes]) -> bytes:
    done = job(source)
    data = write(done)
    if write is xliff12.write:  # which begins with copies of the source
        root: Any = etree.fromstring(data)
        for unit in root.iter("{*}trans-unit"):
            target, words = unit.find("{*}target"), done.targets[unit.get("id")]
            if len(target) == 0:
                target.text = "".join(map(str, words.content))
        data = etree.tostring(root)
    return data


@pytest.mark.parametrize("form", FORMS)
def test_a_question_comes_home_with_its_sentence_and_line(form: str, source: Publication) -> None:
    write, ask, author = FORMS[form]
    whole = extract(source)
    home = bring_home([("back", ask(in_russian(whole, write)))], whole, Rules(lang="ru"))
    (one,) = home.remarks
    assert (one.segment, one.text, one.author) == (SENTENCE, ASKED, author)
    assert one.kind == ("question" if form.endswith("-question") else "")
    assert one.place.startswith("back:")


def test_notes_of_omegat_come_home(source: Publication) -> None:
    whole = extract(source)
    root = etree.Element("tmx", version="1.1")
    etree.SubElement(root, "header", {"o-tmf": "OmegaT TMX", "srclang": "en"})
    unit = etree.SubElement(etree.SubElement(root, "body"), "tu")
    etree.SubElement(unit, "note").text = ASKED
    for lang, words in (("en", "We read it twice a day."), ("ru", "Мы смотрим дважды в день.")):
        variant = etree.SubElement(unit, "tuv", {"lang": lang, "changeid": "Ann"})
        etree.SubElement(variant, "seg").text = words
    home = bring_home([("omegat/project_save.tmx", etree.tostring(root))], whole, Rules(lang="ru"))
    assert [(r.segment, r.text, r.author) for r in home.remarks] == [(SENTENCE, ASKED, "Ann")]


def test_a_comment_beside_no_sentence_is_told(source: Publication) -> None:
    whole = extract(source)
    document = docx.Document(io.BytesIO(docx_table.write(job(whole))))
    document.add_comment(document.paragraphs[0].runs, "Due when?", author="Ann")
    out = io.BytesIO()
    document.save(out)
    found = bring_home([("t.docx", out.getvalue())], whole, Rules(lang="ru")).findings
    assert [one.message for one in found if one.check == "remark-elsewhere"] == [
        "a comment by Ann hangs on no row of the table, so nobody can tell which sentence it is "
        "about: “Due when?”"
    ]


def test_answers_go_out_and_do_not_come_back_as_remarks(
    source: Publication, tmp_path: Path
) -> None:
    folder, path = tmp_path / "m", tmp_path / "back.txt"
    data = text.write_txt(job(extract(source)))
    path.write_bytes(in_lines(f"[{SENTENCE}]", f"#? {ASKED}", 1)(data))
    commands.take_in(source, folder, [path])
    commands.take_in(source, folder, [path])  # the same file once more asks nothing new
    (asked,) = Store(folder).remarks("ru")
    (status,) = commands.status(source, folder)
    assert status.remarks == 1

    file = folder / "translations/ru.remarks.toml"
    file.write_bytes(remarks.write([msgspec.structs.replace(asked, answer="The “old” one.")]))
    (query,) = source.queries
    answered = msgspec.structs.replace(
        source, queries=(msgspec.structs.replace(query, answer="Two are meant."),)
    )
    (status,) = commands.status(answered, folder)
    assert (status.remarks, status.queries) == (0, ())
    with zipfile.ZipFile(io.BytesIO(commands.export(answered, folder, "ru").data)) as archive:
        bundle = {name: archive.read(name) for name in archive.namelist()}
    line = f"asked before: “{ASKED}” – answer: “The ‘old’ one.”"
    po_name, xlf = "every-construct.po", "every-construct.xlf"
    names = ("segments.txt", "segments.tsv", po_name, xlf, f"omegat/source/{xlf}")
    assert all(line in bundle[name].decode() for name in names)
    assert "Answer: Two are meant." in bundle[kit.QUERIES].decode()
    assert "Answer: Two are meant." in bundle[po_name].decode()
    for name in (*names[:4], "table.docx"):
        rules = Rules(lang="ru", remarks=Store(folder).remarks)
        home = bring_home([(name, bundle[name])], extract(answered), rules)
        assert home.remarks == (), name


def test_what_was_done_with_an_open_query_is_recorded(source: Publication, tmp_path: Path) -> None:
    folder, path = tmp_path / "m", tmp_path / "back.txt"
    data = text.write_txt(job(extract(source)))
    path.write_bytes(data)
    told = commands.take_in(source, folder, [path]).diagnostics
    (untold,) = (one for one in told if one.code == "query-untold")
    assert "two-marks" in untold.message
    assert "p2.s1" in untold.remedy
    said = "two-marks: translated as two."
    path.write_bytes(in_lines("[p2.s1]", f"#? {said}", 1)(data))
    told = commands.take_in(source, folder, [path]).diagnostics
    assert "translation-remark" in {one.code for one in told}
    assert "query-untold" not in {one.code for one in told}
    (status,) = commands.status(source, folder)
    (done,) = status.queries
    assert (done.query, done.segment, done.said) == ("two-marks", "p2.s1", said)
    assert done.translated
    assert status.remarks == 0


def test_a_remark_that_was_kept_before_it_had_a_place_is_the_same() -> None:
    old = Kept("a.s1", "Which lock?")
    assert remarks.grown((old,), (Kept("a.s1", "Which lock?", place="b.po:4"),)) == (old,)

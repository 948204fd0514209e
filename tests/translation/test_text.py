"""``segments.txt`` and ``.tsv``: out, through an editor or a spreadsheet, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import Place
from faircopy.core.model import Publication, Query
from faircopy.manuscript import read
from faircopy.translation import codes, po, text
from faircopy.translation.codes import Content
from faircopy.translation.forms import ImportRefused, Returned
from faircopy.translation.intake import recognise
from faircopy.translation.job import Job, State
from faircopy.translation.segments import extract

from tests.translation.test_xliff2 import copied

FORMS: list[tuple[Callable[[Job], bytes], Callable[[bytes, str], Returned]]] = [
    (text.write_txt, text.read_txt),
    (text.write_tsv, text.read_tsv),
]


def stripped(content: Content) -> str:
    return codes.notation(content).strip()


@pytest.mark.parametrize(("write", "read"), FORMS, ids=["txt", "tsv"])
@pytest.mark.parametrize("name", ["every-construct", "ur", "zh", "speaker-turns"])
def test_every_sentence_comes_back(
    write: Callable[[Job], bytes],
    read: Callable[[bytes, str], Returned],
    name: str,
    manuscript: Callable[[str], Publication],
) -> None:
    source = extract(manuscript(name))
    returned = read(write(copied(source)), "f")
    expected = {segment.id: stripped(segment.content) for _, segment in source.segments()}
    assert {r.id: stripped(r.target) for r in returned.records} == expected
    assert {r.id: stripped(r.source or ()) for r in returned.records} == expected


@pytest.mark.parametrize(("write", "read"), FORMS, ids=["txt", "tsv"])
def test_windows_and_a_mark_do_no_harm(
    write: Callable[[Job], bytes], read: Callable[[bytes, str], Returned], every: Publication
) -> None:
    data = write(copied(extract(every)))
    saved = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
    utf16 = data.decode().encode("utf-16")
    assert read(saved, "f").records == read(data, "f").records == read(utf16, "f").records


@pytest.mark.parametrize(("write", "read"), FORMS, ids=["txt", "tsv"])
def test_another_encoding_is_refused(
    write: Callable[[Job], bytes], read: Callable[[bytes, str], Returned], every: Publication
) -> None:
    data = write(copied(extract(every))).replace("’".encode(), b"\x92")
    with pytest.raises(ImportRefused, match=r"f:\d+: error: The file is not in UTF-8"):
        read(data, "f")


def test_lines_that_an_editor_wrapped_are_joined() -> None:
    data = b"# To: ur\n\n[a.s1] One\ntwo.\n= Ek\ndo.\n# role\n[a.s2] Three.\n=\n"
    first, second = text.read_txt(data, "f").records
    assert (first.source, first.target) == (("One two.",), ("Ek do.",))
    assert (second.target, second.state, second.place.line) == ((), State.INITIAL, 8)


def test_a_spreadsheet_may_save_commas_and_quotes(every: Publication) -> None:
    data = text.write_tsv(copied(extract(every)))
    rows = list(csv.reader(io.StringIO(data.decode()), delimiter="\t"))
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    again = text.read_tsv(out.getvalue().encode(), "f").records
    assert [(r.id, r.target) for r in again] == [
        (r.id, r.target) for r in text.read_tsv(data, "f").records
    ]


HEADS = [
    ("", ("", "")),
    ("Kennung\tRolle\tKontext\tQuelle en-GB\tZiel de\tmax.\tBemerkungen\n", ("en-GB", "de")),
    ("id\tRolle\tKontext\tQuelle\tZiel\tmax.\tBemerkungen\n", ("", "")),
    ("ID\tРоль\tКонтекст\tИсточник (en-GB)\tПеревод (ru)\tМакс.\tЗаметки\n", ("en-GB", "ru")),
]


@pytest.mark.parametrize(("head", "langs"), HEADS)
@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_a_table_is_known_by_its_ids(
    head: str, langs: tuple[str, str], delimiter: str, every: Publication
) -> None:
    data = text.write_tsv(copied(extract(every)))
    rows = data.decode().partition("\n")[2]
    again = io.StringIO()
    writer = csv.writer(again, delimiter=delimiter)
    writer.writerows(csv.reader(io.StringIO(head + rows), delimiter="\t"))
    changed = again.getvalue().encode()
    assert recognise(changed) is text.read_tsv
    assert recognise(changed.decode().encode("utf-16")) is text.read_tsv
    returned = text.read_tsv(changed, "f")
    known = text.read_tsv(data, "f")
    assert [(r.id, r.source, r.target) for r in returned.records] == [
        (r.id, r.source, r.target) for r in known.records
    ]
    assert (returned.source_lang, returned.lang) == langs


def test_a_table_with_other_columns_is_told_its_first_row() -> None:
    with pytest.raises(ImportRefused) as caught:
        text.read_tsv(b"a.s1\tOne\tEk\n", "f")
    (said,) = caught.value.diagnostics
    assert (said.code, str(said.place)) == ("tsv-columns", "f:1")
    assert "id, role, context, source, target, max, remarks" in said.remedy
    assert recognise(b"a.s1\tOne\tEk\n") is text.read_tsv


def test_any_other_table_is_no_form_of_ours() -> None:
    assert recognise(b"name\tage\nMr. X\t5\n") is None


def test_a_query_is_one_remark(every: Publication) -> None:
    unit = next(iter(extract(every).groups[2].units))
    query = Query("q", "the\nword", "Is this\nmeant?", Place("m.md", 1, 1), unit.id)
    publication = msgspec.structs.replace(every, queries=(query,))
    data = text.write_txt(Job(text=extract(publication)))
    assert "query: [q] “the word”: Is this meant?\n" in data.decode()
    assert text.read_txt(data, "f") == text.read_txt(text.write_txt(Job(text=extract(every))), "f")


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    words = ("=HYPERLINK(1)", "+1 a", "-1 a", "@SUM(A1)", "'=1", "＝1")
    body = "\n\n".join(f"\\{word}" if word[0] in "+-@" else word for word in words)
    (tmp_path / "manuscript.md").write_text(
        f"---\ntitle: '=cmd'\nlang: en\nauthor: '@a'\n---\n\n{body}\n", "utf-8"
    )
    source = extract(read(tmp_path))
    data = text.write_tsv(copied(source))

    rows = [*csv.reader(io.StringIO(data.decode()), delimiter="\t")]
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+\-@＝＋－＠]", cell)] == []
    assert sum(cell.startswith("'") for row in rows for cell in row) >= 2 * len(words)
    expected = {segment.id: stripped(segment.content) for _, segment in source.segments()}
    returned = text.read_tsv(data, "f")
    assert {r.id: stripped(r.target) for r in returned.records} == expected
    assert {r.id: stripped(r.source or ()) for r in returned.records} == expected
    typed = data.decode().replace("\t'", "\t")  # who types over a cell leaves the sign out
    assert text.read_tsv(typed.encode(), "f").records[1].target == returned.records[1].target


def test_a_quotation_mark_within_a_line_of_po_is_told(every: Publication) -> None:
    data = po.write(copied(extract(every))).decode()
    line = next(line for line in data.split("\n") if line.startswith("msgstr") and len(line) > 30)
    broken = data.replace(line, f'{line[:20]}"{line[20:]}', 1)
    (told,) = po.read(broken.encode(), "a.po").diagnostics
    assert (told.code, told.severity) == ("po-line", "error")
    assert told.place == Place("a.po", data.split("\n").index(line) + 1)

"""What the tags of a PDF say of notes, formulas, tables and what goes on on the next page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from faircopy import proof
from faircopy.manuscript import read
from faircopy.proof.verdict import Status
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import spoken

from tests.editions import edition

FRONT = "---\ntitle: T\nlang: {}\nkind: article\n---\n\n"


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """Return a maker of editions: Markdown, language and page."""

    def make(text: str, lang: str = "en-GB", page: str = "a5") -> pikepdf.Pdf:
        (tmp_path / "manuscript.md").write_text(FRONT.format(lang) + text, "utf-8")
        publication = read(tmp_path)
        artifact = pdf.write(publication, load(), Options(page=page))
        assert proof.verify(publication, artifact) == ()
        return pikepdf.open(BytesIO(artifact.data))

    return make


@pytest.fixture(scope="module")
def every() -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(edition("every-construct", "pdf.a4").data))


def below(element: Any) -> Iterator[Any]:
    """Yield the elements below one, in reading order."""
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def tags(found: pikepdf.Pdf, name: str = "") -> list[Any]:
    items = below(found.Root.StructTreeRoot.K[0])
    return [item for item in items if not name or name == str(item.S)[1:]]


def names(elements: list[Any]) -> list[str]:
    return [str(element.S)[1:] for element in elements]


def links(element: Any) -> list[Any]:
    """Return the annotations of the links in an element."""
    return [
        kid.Obj
        for item in below(element)
        for kid in item.get("/K", [])
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    ]


# --- notes ---------------------------------------------------------------------------------------


def test_each_note_has_an_id_and_a_number_and_is_linked_both_ways(every: pikepdf.Pdf) -> None:
    """PDF/UA-1, 7.9: a note has an ID; its number is a Lbl and its call a Reference."""
    notes, references = tags(every, "Note"), tags(every, "Reference")
    assert len(notes) == len(references) == 5
    ids = [str(note.ID) for note in notes]
    assert len(set(ids)) == len(ids)
    listed = every.Root.StructTreeRoot.IDTree.Names
    assert set(ids) < {str(name) for name in list(listed)[::2]}
    for note, reference in zip(notes, references, strict=True):
        (there,), (back,) = links(reference), links(note.K[0])
        assert note.K[0].S == "/Lbl"
        assert there.Contents != back.Contents
        assert str(back.Dest) == f"{there.Dest}-called"
    destinations = {str(name) for name in list(every.Root.Names.Dests.Names)[::2]}
    assert {str(link.Dest) for item in (*notes, *references) for link in links(item)} < destinations


def test_a_note_of_many_blocks_keeps_them(every: pikepdf.Pdf) -> None:
    long = tags(every, "Note")[2]
    assert names(list(long.K)) == ["Lbl", "P", "P", "L"]


@pytest.mark.parametrize("lang", ["en-GB", "ar", "fa", "he", "zh"])
def test_notes_stand_behind_what_refers_to_them(made: Any, lang: str) -> None:
    found = made(
        "# One^[of the heading]\n\nText^[first] and^[second] more.\n\n"
        "- item^[of the list]\n    - inner\n\n"
        "| a^[head] | b |\n|---|---|\n| c^[cell] | d |\n\n> Said^[of it].\n",
        lang,
    )
    order = [name for name in names(tags(found)) if name not in {"Span", "NonStruct", "Link"}]
    assert order.count("Note") == order.count("Reference") == 7
    assert names([item.P for item in tags(found, "Note")]) == [
        "Div",
        "Div",
        "Div",
        "LBody",
        "TH",
        "TD",
        "BlockQuote",
    ]
    (item,) = [item for item in tags(found, "LBody") if "/Note" in {str(kid.S) for kid in item.K}]
    assert names(list(item.K))[-2:] == ["Note", "L"]


def test_all_of_an_item_is_its_body(made: Any) -> None:
    found = made(
        "- Plain.\n- A formula:\n  $$x = 1$$\n  and on.\n\n1. One.\n\n   $$y = 2$$\n\n2. Two.\n\n"
        "* > Said.\n"
    )
    items = tags(found, "LI")
    assert len(items) == 5
    assert {name for item in items for name in names(list(item.K))} == {"Lbl", "LBody"}


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_notes_stand_on_the_page_that_refers_to_them(made: Any, page: str) -> None:
    found = made("Text^[one] and^[two], even^[three] and^[four].\n\n" * 2, page=page)
    notes, references = tags(found, "Note"), tags(found, "Reference")
    assert len(notes) == 8
    for note, reference in zip(notes, references, strict=True):
        assert note.Pg.objgen == reference.Pg.objgen == found.pages[0].objgen


def test_a_note_stays_though_the_next_lines_find_no_room() -> None:
    artifact = edition("kk", "pdf.a5")
    found = pikepdf.open(BytesIO(artifact.data))
    ((note,), (reference,)) = tags(found, "Note"), tags(found, "Reference")
    assert note.Pg.objgen == reference.Pg.objgen


def test_a_line_goes_to_the_page_that_has_room_for_its_note(made: Any) -> None:
    text = "\n\n".join(f"Line {n}." for n in range(20))
    note = " ".join(["A note that needs several lines at the foot of its page."] * 12)
    found = made(f"{text}\n\nOne.\\\nTwo.\\\nThree^[{note}].\\\nFour.")
    ((note,), (reference,)) = tags(found, "Note"), tags(found, "Reference")
    assert note.Pg.objgen == reference.Pg.objgen


def test_the_note_of_a_pull_quote_is_left_out_and_said(tmp_path: Path) -> None:
    quote = "::: pull-quote\nSaid^[again].\n:::\n"
    (tmp_path / "manuscript.md").write_text(FRONT.format("en-GB") + f"Said^[once].\n\n{quote}")
    publication = read(tmp_path)
    artifact = pdf.write(publication, load(), Options(page="a5"))
    assert [item.code for item in artifact.diagnostics] == ["note-in-pull-quote"]
    assert artifact.diagnostics[0].place
    assert proof.verify(publication, artifact) == ()


# --- pages ---------------------------------------------------------------------------------------


def test_a_table_over_pages_is_one_with_one_head(made: Any) -> None:
    rows = "\n".join(f"| {n} | word{n} |" for n in range(90))
    found = made(f"Text.\n\n| number^[noted] | name |\n|---|---|\n{rows}\n\nThe end.\n")
    assert len(found.pages) > 2
    count = Counter(names(tags(found)))
    assert (count["Table"], count["THead"], count["TBody"]) == (1, 1, 1)
    assert (count["TR"], count["TD"], count["TH"]) == (91, 180, 2)
    heads = {str(cell.ID) for cell in tags(found, "TH")}
    assert all({str(name) for name in cell.A.Headers} < heads for cell in tags(found, "TD"))
    annotations = [item for page in found.pages for item in page.get("/Annots", [])]
    assert len(annotations) == len(tags(found, "Link")) == 2


def test_a_tables_foot_comes_last(made: Any) -> None:
    rows = "\n+---+---+\n".join(f"| {n} | b |" for n in range(60))
    found = made(f"+---+---+\n| a | b |\n+===+===+\n{rows}\n+===+===+\n| f | g |\n+===+===+\n")
    assert len(found.pages) > 1
    (table,) = tags(found, "Table")
    assert names(list(table.K)) == ["THead", "TBody", "TFoot"]


def test_a_paragraph_and_a_list_over_pages_are_one(made: Any) -> None:
    words = " ".join(f"word{n}" for n in range(900))
    items = "\n".join(f"{n}. item" for n in range(3, 90))
    found = made(f"{words}\n\n{items}\n")
    assert len(found.pages) > 3
    count = Counter(names(tags(found)))
    assert (count["L"], count["LI"], count["Lbl"]) == (1, 87, 87)
    assert len([item for item in tags(found, "P") if len(list(below(item))) > 100]) == 1


def test_lists_are_numbered_as_they_were_written(made: Any) -> None:
    found = made("c) one\nd) two\n\nText.\n\n(4) three\n(5) four\n\nMore.\n\nii. five\n")
    assert Counter(names(tags(found)))["L"] == 3
    output = BytesIO()
    found.save(output)
    shown = pypdfium2.PdfDocument(output.getvalue())[0].get_textpage().get_text_bounded()
    assert [sign for sign in ("c)", "d)", "(4)", "(5)", "ii.") if sign not in shown] == []


# --- what is not plain text ----------------------------------------------------------------------


def test_formulas_are_said_in_words(every: pikepdf.Pdf) -> None:
    said = [str(item.Alt) for item in tags(every, "Formula")]
    assert len(said) == 3
    assert said[0].replace("capital ", "") == "E equals m c squared"


def test_a_linked_image_says_what_it_is(every: pikepdf.Pdf) -> None:
    (link,) = [item for item in tags(every, "Link") if "Figure" in names(list(below(item)))]
    assert link.Alt == "Plan of the lock: two pairs of gates"


def test_a_language_of_its_own_is_said(every: pikepdf.Pdf) -> None:
    assert {"ar", "fr"} <= {str(item.Lang) for item in tags(every) if "/Lang" in item}


def test_nothing_is_tagged_that_holds_nothing(every: pikepdf.Pdf) -> None:
    assert not [item for item in tags(every) if not len(item.get("/K", []))]


def test_a_rule_between_sections_is_not_read(made: Any) -> None:
    found = made("One.\n\n* * *\n\nTwo.\n")
    assert Counter(names(tags(found)))["P"] == 2


# --- both directions -----------------------------------------------------------------------------

MIXED = (
    "The word لفظ, and (שלום, 6.5) too: a `לא (b) 7` and ‘كلمة’ 2026 [x].\n\n"
    "| א 1 | b (ג) |\n|---|---|\n| 5 لا 6,5 | [ד] e |\n"
)


@pytest.mark.parametrize("lang", ["en-GB", "zh", "he", "ar", "ur"])
def test_lines_that_run_both_ways_are_read_in_order(made: Any, lang: str) -> None:
    made(MIXED, lang)  # which holds every word against the manuscript


PARTED = (
    ("ur", "جملہ می\u200cآید اور کتاب\u200cها را۔"),
    ("fa", "نمی\u200cخواهم کتاب\u200cها را، ه\u200d و م\u200d."),
    ("de", "Auf\u200clage und Schiff\u200cfahrt, \u200cvorn."),
)


@pytest.mark.parametrize("page", ["a4", "a5"])
@pytest.mark.parametrize(("lang", "text"), PARTED)
def test_what_parts_or_joins_letters_is_kept(made: Any, lang: str, text: str, page: str) -> None:
    made(text + "\n\n" + f"{text} " * 20, lang, page)  # which holds every word


@pytest.mark.slow
@pytest.mark.needs("pdfinfo")
@pytest.mark.parametrize(
    ("lang", "text"),
    [*((lang, MIXED) for lang in ("en-GB", "zh", "he", "ar", "ur")), *PARTED],
)
def test_a_second_reader_finds_the_same_words_in_them(lang: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT.format(lang) + text, "utf-8")
    publication = read(tmp_path)
    artifact = pdf.write(publication, load(), Options(page="a5"))
    proofs = proof.verify_all(publication, artifact)
    assert [item.verdict.status for item in proofs] == [Status.PASSED] * 2


@pytest.mark.parametrize(
    ("text", "right", "document", "expected"),
    [
        ("A plain line, (with) signs.", False, False, False),
        ("A word: לא.", False, False, True),
        ("שורה אחת, (עם) סימנים.", True, True, False),
        ("שורה עם 6.5", True, True, True),
        ("שורה עם Latin", True, True, True),
        ("(A) line", True, True, True),
        ("(A) line", False, True, True),
        ("word", False, True, False),
        ("two words", False, True, False),
        ("word ", False, True, True),
        (" מילה", True, False, True),
    ],
)
def test_only_lines_that_need_it_say_their_text(
    text: str, right: bool, document: bool, expected: bool
) -> None:
    assert spoken.mixed(text, right=right, document=document) is expected


def test_a_row_that_goes_on_keeps_its_cells(made: Any) -> None:
    long = "The commission heard what had been done. " * 110
    head = "| Question | Answer |\n|----------|------------------------------|\n"
    found = made(
        f"Before.\n\n{head}| One | Short. |\n| Two | {long}|\n| Three | Short. |\n\nAfter.\n"
    )

    (table,) = tags(found, "Table")
    assert [len(row.K) for row in below(table) if row.S == "/TR"] == [2, 2, 2, 2]
    assert len(found.pages) == 3
    text = pypdfium2.PdfDocument(_bytes(found))
    pages = [page.get_textpage().get_text_bounded() for page in text]
    assert all("Question" in page for page in pages)
    assert "The commission" in pages[0]


def _bytes(found: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    found.save(out)
    return out.getvalue()

"""Within a paragraph codes move from sentence to sentence, and sentences are joined and split."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Place
from faircopy.core.model import Publication, Role
from faircopy.passes.units import unit
from faircopy.translation import codes, commands, docx_table, moved, po, reviews, text, xliff2
from faircopy.translation.align import align
from faircopy.translation.codes import Content, parse_notation
from faircopy.translation.forms import ImportRefused, Record
from faircopy.translation.job import Job, State, Target
from faircopy.translation.reviews import Review, Reviews
from faircopy.translation.segments import Group, Segment, SourceText, TextUnit, extract
from faircopy.translation.store import Store, Translation

from tests.translation.editions import localized
from tests.translation.test_commands import sentence
from tests.translation.test_home import job


def noted(base: Publication, first: str = "It is low", second: str = "We read it") -> Publication:
    """A paragraph of two sentences: bold words in the first, a footnote in the second."""
    note = ast.Note((ast.Para((unit("n1", Role.FOOTNOTE, sentence("By hand.")),)),))
    inlines = (
        *sentence(first),
        ast.Space(),
        ast.Strong((ast.Str("now"),)),
        ast.Str("."),
        ast.Space(),
        *sentence(second),
        note,
        ast.Str("."),
    )
    blocks = (ast.Para((unit("p1", Role.PARAGRAPH, inlines),)),)
    return msgspec.structs.replace(base, blocks=blocks)


def returned(source: Publication, **words: str) -> Job:
    made = job(extract(source))
    said = {id.replace("_", "."): Target(parse_notation(one)) for id, one in words.items()}
    return msgspec.structs.replace(made, targets={**made.targets, **said})


WRITERS = [text.write_txt, text.write_tsv, po.write, xliff2.write, docx_table.write]


@pytest.mark.parametrize("write", WRITERS)
def test_a_footnote_moves_to_the_sentence_before(
    write: Callable[[Job], bytes], every: Publication, tmp_path: Path
) -> None:
    source, folder, path = noted(every), tmp_path / "m", tmp_path / "back"
    path.write_bytes(
        write(returned(source, p1_s1="<1>Сейчас</1> мелко<2/>.", p1_s2="Мы измеряем."))
    )
    taken = commands.take_in(source, folder, [path], "ru")
    assert taken.translated == taken.total
    assert not [one for one in taken.diagnostics if one.code == "translation-codes"]
    (russian,) = localized(source, folder)
    nodes = [type(node).__name__ for node in ast.walk(russian.blocks)]
    assert nodes.index("Note") < nodes.index("Strong") + 12
    words = ast.text(russian.blocks[0], ast.Omit.NOTES)
    assert words == "Сейчас мелко. Мы измеряем."
    assert (nodes.count("Note"), nodes.count("Strong")) == (1, 1)
    # The next bundle has them where they are, and no memory has a code of another sentence.
    again = commands.export(source, folder, "ru")
    assert again.translated == again.total
    pairs = [(one.source, one.target) for one in Store(folder).memory()]
    assert all(moved.own(source, target) == target for source, target in pairs)


def test_two_sentences_in_one_take_their_codes_along(every: Publication, tmp_path: Path) -> None:
    source, folder, path = noted(every), tmp_path / "m", tmp_path / "back.txt"
    path.write_bytes(
        text.write_txt(returned(source, p1_s1="Мы<2/> видим, что <1>сейчас</1> мелко.", p1_s2="↑"))
    )
    taken = commands.take_in(source, folder, [path], "ru")
    assert taken.translated == taken.total
    (russian,) = localized(source, folder)
    assert ast.text(russian.blocks[0], ast.Omit.NOTES) == "Мы видим, что сейчас мелко."


def test_codes_that_moved_hold_as_long_as_the_paragraph_does(
    every: Publication, tmp_path: Path
) -> None:
    source, folder, path = noted(every), tmp_path / "m", tmp_path / "back.txt"
    path.write_bytes(
        text.write_txt(returned(source, p1_s1="<1>Сейчас</1> мелко<2/>.", p1_s2="Мы измеряем."))
    )
    commands.take_in(source, folder, [path], "ru")
    changed = noted(every, second="They measure it by night")
    translation = Store(folder).translation(extract(changed), "ru")
    assert not {"p1.s1", "p1.s2"} & translation.targets.keys()
    assert localized(changed, folder) == ()
    # What fits but for its codes is offered, and no other sentence's code is in the offer.
    offers = {id: codes.notation(one.target) for id, one in translation.offers.items()}
    assert offers["p1.s1"] == "<1>Сейчас</1> мелко."
    with zipfile.ZipFile(io.BytesIO(commands.export(changed, folder, "ru").data)) as archive:
        assert "\n= <1>Сейчас</1> мелко.\n" in archive.read("segments.txt").decode()
    # Half of it comes anew, and the other half would have the footnote twice or not at all.
    path.write_text("# To: ru\n[p1.s2] We read it<2/>.\n= Мы смотрим<2/>.\n", "utf-8")
    commands.take_in(source, folder, [path], "ru")
    translation = Store(folder).translation(extract(source), "ru")
    assert "p1.s1" not in translation.targets
    assert "p1.s2" in translation.targets
    assert "Сейчас мелко." in {codes.plain(one.target) for one in Store(folder).memory()}


def refused(source: Publication, path: Path, **words: str) -> tuple[Diagnostic, ...]:
    path.write_bytes(text.write_txt(returned(source, **words)))
    with pytest.raises(ImportRefused) as caught:
        commands.take_in(source, path.parent / "m", [path], "ru")
    return tuple(one for one in caught.value.diagnostics if one.code == "translation-codes")


@pytest.mark.parametrize(
    "words",
    [
        {"p1_s1": "<1>Сейчас</1> мелко<2/>."},  # it stands in both
        {"p1_s1": "<1>Сейчас</1> мелко<2/><2/>.", "p1_s2": "Мы измеряем."},
        {"p1_s2": "Мы измеряем."},
        {"p1_s1": "<1>Сейчас</1> мелко<7/>."},
    ],
)
def test_no_message_asks_for_a_footnote_to_go(
    words: dict[str, str], every: Publication, tmp_path: Path
) -> None:
    found = refused(noted(every), tmp_path / "back.txt", **words)
    assert found
    for one in found:
        assert not {"take it out", "delete", "remove"} & {
            word for word in ("take it out", "delete", "remove") if word in one.remedy.lower()
        }
    if "p1_s1" in words and "7" not in words["p1_s1"]:
        assert "footnote" in found[0].remedy


@pytest.mark.parametrize("merged", [True, False])
def test_what_a_tool_joined_is_read(merged: bool, every: Publication, tmp_path: Path) -> None:
    source, folder, path = noted(every), tmp_path / "m", tmp_path / "back.txt"
    done = text.write_txt(job(extract(source))).decode()
    start, end = done.index("[p1.s1]"), done.index("[n1.s1]")
    open_row = "" if merged else "\n[p1.s2] We read it<2/>.\n= \n"
    target = "Мы<2/> видим, что <1>сейчас</1> мелко."
    row = f"[p1.s1] It is low <1>now</1>. We read it<2/>.\n= {target}\n{open_row}\n"
    path.write_text(done[:start] + row + "# x\n" + done[end:], "utf-8")
    taken = commands.take_in(source, folder, [path], "ru")
    assert taken.translated == taken.total
    stored = Store(folder).translation(extract(source), "ru").targets
    assert codes.notation(stored["p1.s2"].content) == "↑"
    (russian,) = localized(source, folder)
    assert ast.text(russian.blocks[0], ast.Omit.NOTES) == "Мы видим, что сейчас мелко."


def test_what_a_tool_split_is_read(every: Publication, tmp_path: Path) -> None:
    source, folder, path = noted(every), tmp_path / "m", tmp_path / "back.txt"
    done = text.write_txt(job(extract(source))).decode()
    start, end = done.index("[p1.s1]"), done.index("[p1.s2]")
    rows = "[p1.s1] It is low\n= Вода мелкая\n\n[p1.s1b] <1>now</1>.\n= <1>сейчас</1>.\n\n"
    path.write_text(done[:start] + rows + done[end:], "utf-8")
    taken = commands.take_in(source, folder, [path], "ru")
    assert taken.translated == taken.total
    stored = Store(folder).translation(extract(source), "ru").targets
    assert codes.notation(stored["p1.s1"].content) == "Вода мелкая <1>сейчас</1>."


def test_which_codes_moved() -> None:
    def content(words: str) -> Content:
        return parse_notation(words)

    segments = [Segment(f"p.s{n}", content(f"a<{n}/>")) for n in (1, 2, 3)]
    targets = {"p.s1": content("b"), "p.s2": content("b<1/><2/>"), "p.s3": content("b<9/>")}
    found = moved.moves(segments, targets)
    assert {id: (one.gone, one.come) for id, one in found.items()} == {
        "p.s1": ((codes.Tag("1", codes.Kind.POINT),), ()),
        "p.s2": ((), (codes.Tag("1", codes.Kind.POINT),)),
    }


def test_codes_and_reviews_outlive_better_rules_of_sentences() -> None:
    """What was one sentence, and is two today, has its codes and its review still."""
    bold = "<1>He</1> left the U.S."
    whole = parse_notation(f"{bold} They stayed<2/>.")
    segments = (
        Segment("p1.s1", parse_notation(bold)),
        Segment("p1.s2", parse_notation("They stayed<2/>.")),
    )
    group = Group("g", "", (TextUnit("p1", "answer", segments, {}),))
    source = SourceText(slug="m", lang="en", path="m", title="", groups=(group,))
    target = parse_notation("Они остались<2/>, когда <1>он</1> уехал.")
    old = Record("p1.s1", whole, target, Place("f"), State.REVIEWED)
    alignment = align(source, [old])
    assert {id: codes.notation(one.target) for id, one in alignment.fitting().items()} == {
        "p1.s1": codes.notation(target),
        "p1.s2": "↑",
    }
    review = Review(by="Ann", date="2026-11-30", words={"p1.s1": reviews.words(whole, target)})
    stored = Translation(
        lang="ru", alignment=alignment, total=2, recorded=Reviews(review=(review,))
    )
    assert stored.reviews.keys() == {"p1.s1", "p1.s2"}
    assert not stored.draft

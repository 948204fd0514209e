"""A machine's work: taken where that is said, and called so until a person edits or reviews it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.core.model import Publication
from faircopy.translation import commands, context, machines, reviewing, text, xliff2
from faircopy.translation.intake import incoming
from faircopy.translation.job import Job, Manner, Signature, Target
from faircopy.translation.reviewing import Hand
from faircopy.translation.segments import extract
from faircopy.translation.store import Store, Translation

from tests.translation.test_commands import FIRST, publication
from tests.translation.test_home import job

MACHINE = Hand(day="2026-12-01", manner=Manner(machine=True))
PERSON = Hand(day="2026-12-01")


@pytest.fixture
def source(every: Publication) -> Publication:
    return publication(every, **FIRST)


@pytest.fixture
def folder(source: Publication, tmp_path: Path) -> Path:
    """A manuscript's folder with what a machine translated, all of it."""
    folder = tmp_path / "m"
    take(source, folder, text.write_txt(job(extract(source))), MACHINE)
    return folder


def take(source: Publication, folder: Path, data: bytes, hand: Hand = PERSON) -> set[str]:
    path = folder.parent / "back"
    path.write_bytes(data)
    return {one.code for one in commands.take_in(source, folder, [path], hand=hand).diagnostics}


def stored(source: Publication, folder: Path) -> Translation:
    return Store(folder).translation(extract(source), "ru")


def whole(source: Publication, **other: str) -> Job:
    made = job(extract(source))
    changed = {id.replace("_", "."): Target((words,)) for id, words in other.items()}
    return msgspec.structs.replace(made, targets={**made.targets, **changed})


def test_all_of_it_is_marked_in_the_stored_file_and_in_what_goes_out(
    source: Publication, folder: Path
) -> None:
    one = stored(source, folder)
    assert one.draft
    assert set(one.machines) == set(one.targets)
    (standing,) = commands.status(source, folder)
    assert standing.machine == len(one.targets)
    assert (folder / "translations/ru.xlf").read_bytes().count(b'subState="fc:machine"') == len(
        one.targets
    )
    out = Job(text=extract(source), lang="ru", targets=one.targets)
    assert text.write_txt(out).decode().count("# a machine translated this") == len(one.targets)


def test_what_a_person_edits_is_theirs_and_what_comes_back_as_it_was_is_not(
    source: Publication, folder: Path
) -> None:
    before = set(stored(source, folder).machines)
    for form in (text.write_txt, xliff2.write):
        take(source, folder, form(whole(source, p2_s2="Другое.")))
        assert set(stored(source, folder).machines) == before - {"p2.s2"}


def test_the_mark_in_a_bundle_decides_nothing(source: Publication, folder: Path) -> None:
    """An editor leaves it on a sentence that they have edited."""
    marked = {id: Target(("Другое.",), machine=True) for id in ("p2.s2",)}
    out = Job(text=extract(source), lang="ru", targets={**stored(source, folder).targets, **marked})
    take(source, folder, xliff2.write(out))
    assert stored(source, folder).targets["p2.s2"].content == ("Другое.",)
    assert "p2.s2" not in stored(source, folder).machines


def test_a_review_takes_the_mark_away(source: Publication, folder: Path) -> None:
    reviewing.review(source, folder, "ru", Signature("Ann Lee", "2026-11-30"), ("p2.s2",))
    one = stored(source, folder)
    assert "p2.s2" not in one.machines
    assert not one.targets["p2.s2"].machine
    out = Job(text=extract(source), lang="ru", targets=one.targets)
    (segment,) = (s for _, s in out.text.segments() if s.id == "p2.s2")
    assert context.beside(out, segment) == ""


def test_a_machine_that_repeats_a_person_takes_nothing_from_them(
    source: Publication, folder: Path
) -> None:
    take(source, folder, text.write_txt(whole(source, p2_s2="Другое.")))
    take(source, folder, text.write_txt(whole(source, p2_s2="Другое.", p2_s1="Иное.")), MACHINE)
    assert "p2.s2" not in stored(source, folder).machines
    assert "p2.s1" in stored(source, folder).machines


GUESS = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="m" source-language="en" target-language="ru" datatype="x"><body>
<trans-unit id="p2.s2"><source>It has two marks.</source>
<target state-qualifier="mt-suggestion">Две отметки.</target></trans-unit></body></file></xliff>"""


@pytest.mark.parametrize("wanted", [False, True])
def test_what_a_tool_let_a_machine_guess_is_taken_where_that_is_asked_for(wanted: bool) -> None:
    found = machines.sorted_out(incoming([("a.xlf", GUESS.encode())]), wanted=wanted)
    (returned,) = found.returned
    (record,) = returned.records
    assert (bool(record.target), record.machine) == (wanted, wanted)
    assert [one.check for one in found.findings] == ([] if wanted else ["unconfirmed"])

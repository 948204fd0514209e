"""The life of a translation after its first import: offers, reviews, tags, waivers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import Place
from faircopy.core.model import Publication
from faircopy.passes.units import units
from faircopy.translation import codes, commands, docx_table, po, reviewing, text, xliff2
from faircopy.translation.align import Match, align
from faircopy.translation.forms import ImportRefused, Record
from faircopy.translation.job import Job, Signature, State, Target
from faircopy.translation.reviewing import Hand
from faircopy.translation.segments import Group, Segment, SourceText, TextUnit, extract
from faircopy.translation.store import Store

from tests.translation.editions import localized
from tests.translation.test_commands import FIRST, publication, sent_back
from tests.translation.test_home import job


def test_offers_outlive_an_import(every: Publication, tmp_path: Path) -> None:
    """What was translated from words that changed is offered until the sentence is translated."""
    folder = tmp_path / "m"
    old = publication(every, **FIRST)
    back = sent_back(old, tmp_path)
    commands.take_in(old, folder, [back])
    new = publication(
        every, p1="The river is low.", p2="The gauge has three marks. We read it once a day."
    )
    for _ in range(2):  # the old file comes once more
        (status,) = commands.status(new, folder)
        changes = {change.segment: (change.match, change.words) for change in status.changes}
        assert changes == {
            "p2.s1": (Match.CHANGED, "The gauge has [-two-] {+three+} marks."),
            "p2.s2": (Match.CHANGED, "We read it [-twice-] {+once+} a day."),
        }
        assert status.counts[Match.CHANGED] == 2
        assert sum(status.counts.values()) == status.total
        data = commands.export(new, folder, "ru").data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert "% alike: “The gauge has two marks.”" in archive.read("segments.txt").decode()
        commands.take_in(new, folder, [back])


def test_the_same_words_are_filled_in_from_the_memory_and_not_built(
    every: Publication, tmp_path: Path
) -> None:
    folder = tmp_path / "m"
    old = publication(every, **FIRST)
    commands.take_in(old, folder, [sent_back(old, tmp_path)])
    shorter = publication(every, p1="The river is low.")
    path = tmp_path / "again.txt"
    path.write_bytes(text.write_txt(job(extract(shorter))))
    commands.take_in(shorter, folder, [path])
    # The sentences that went come back: the bundle has their translation, the editions do not.
    (status,) = commands.status(old, folder)
    assert [change.match for change in status.changes] == [Match.NEW, Match.NEW]
    exported = commands.export(old, folder, "ru")
    assert exported.translated == exported.total
    with zipfile.ZipFile(io.BytesIO(exported.data)) as archive:
        path.write_bytes(archive.read("segments.txt"))
    assert localized(old, folder) == ()
    imported = commands.take_in(old, folder, [path])
    assert imported.translated == imported.total


def test_files_resemble_their_own_manuscript(every: Publication, tmp_path: Path) -> None:
    one = publication(every, **FIRST)
    other = publication(every, q1="Quite other words.", q2="More of them.")
    path = tmp_path / "back.xlf"
    path.write_bytes(xliff2.write(job(extract(one))))
    found = commands.opened([path])
    assert commands.resemblance(extract(one), found) == 1.0
    assert 0 < commands.resemblance(extract(other), found) < 1.0  # the front matter is the same


def test_waived_warnings_are_not_shown_again(every: Publication, tmp_path: Path) -> None:
    source = publication(every, **FIRST)
    folder, path = tmp_path / "m", tmp_path / "back.txt"
    words = {"p1.s1": Target(("Река мелкая, 77.",))}
    path.write_bytes(text.write_txt(Job(text=extract(source), lang="ru", targets=words)))
    (said,) = commands.take_in(source, folder, [path]).diagnostics
    assert said.code == "translation-numbers"
    assert f"{source.source_path.rpartition('/')[0]}/translations/ru.waivers.toml" in said.remedy
    waiver = folder / "translations/ru.waivers.toml"
    waiver.write_text(
        '[[waiver]]\ncheck = "numbers"\nsegment = "p1.s1"\nreason = "A gauge\'s name."\n', "utf-8"
    )
    assert commands.take_in(source, folder, [path]).diagnostics == ()
    path.write_text(path.read_text("utf-8") + "\n[p1.s1] Other.\n= Иное.\n", "utf-8")
    with pytest.raises(ImportRefused) as caught:
        commands.take_in(source, folder, [path])
    assert "translation-numbers" not in {one.code for one in caught.value.diagnostics}


@pytest.mark.parametrize(
    ("tag", "stored", "expected"),
    [
        ("ru-RU", "ru", "ru"),  # as Trados Studio writes it
        ("pt-br", "pt-BR", "pt-BR"),  # as memoQ does
        ("zh-hans", "", "zh-Hans"),
        ("kk-KZ", "ru", "kk-KZ"),
        ("pt-PT", "pt-BR", "pt-PT"),
        ("pt", "pt-BR", "pt-BR"),
    ],
)
def test_a_tools_tag_means_the_language_that_is_there(
    tag: str, stored: str, expected: str, every: Publication, tmp_path: Path
) -> None:
    source = publication(every, **FIRST)
    folder, path = tmp_path / "m", tmp_path / "back.xlf"
    targets = dict(list(job(extract(source)).targets.items())[:3])
    for lang in filter(None, (stored, tag)):
        path.write_bytes(xliff2.write(Job(text=extract(source), lang=lang, targets=targets)))
        imported = commands.take_in(source, folder, [path])
    assert imported.lang == expected
    assert Store(folder).languages() == tuple(sorted({expected, stored} - {""}))


def test_the_readme_says_what_is_done_and_that_it_is_a_draft(
    every: Publication, tmp_path: Path
) -> None:
    def readme() -> str:
        with zipfile.ZipFile(io.BytesIO(commands.export(source, folder, "ru").data)) as archive:
            return archive.read("README.txt").decode()

    source, folder = publication(every, **FIRST), tmp_path / "m"
    assert "have a translation already" not in readme()
    imported = commands.take_in(source, folder, [sent_back(source, tmp_path)])
    assert f"{imported.total} of them have a translation already." in readme()
    assert "is a draft until somebody has reviewed it" in readme()
    reviewing.review(source, folder, "ru", Signature("Ann", "2026-11-30"))
    assert "is a draft until somebody has reviewed it" not in readme()


def test_a_form_without_states_takes_no_review_back(every: Publication, tmp_path: Path) -> None:
    source, folder = publication(every, **FIRST), tmp_path / "m"
    path = tmp_path / "back.xlf"
    whole = job(extract(source))
    reviewed = {id: Target(t.content, State.REVIEWED) for id, t in whole.targets.items()}
    path.write_bytes(xliff2.write(msgspec.structs.replace(whole, targets=reviewed)))
    commands.take_in(source, folder, [path], hand=Hand(by=Signature("Ann", "2026-11-30")))
    (status,) = commands.status(source, folder)
    assert not status.draft
    again = tmp_path / "segments.txt"
    again.write_bytes(text.write_txt(whole))
    commands.take_in(source, folder, [again])
    (status,) = commands.status(source, folder)
    assert not status.draft
    # Other words are a draft again.
    changed = {**whole.targets, "p1.s1": Target(("Река обмелела.",))}
    again.write_bytes(text.write_txt(msgspec.structs.replace(whole, targets=changed)))
    commands.take_in(source, folder, [again])
    (status,) = commands.status(source, folder)
    assert status.draft


def test_sentences_that_are_one_now_keep_their_translation(
    every: Publication, tmp_path: Path
) -> None:
    """Better rules of where sentences end must not take an edition away."""
    line = "By J.-L. Ångström. It was cold."
    source, folder, path = publication(every, p1=line), tmp_path / "m", tmp_path / "old.txt"
    path.write_text(
        "# Faircopy segments\n# From: en\n# To: ru\n"
        "[p1.s1] By J.-L.\n= Снимок Ж.-Л.\n"
        "[p1.s2] Ångström.\n= Онгстрёма.\n"
        "[p1.s3] It was cold.\n= Было холодно.\n",
        "utf-8",
    )
    imported = commands.take_in(source, folder, [path])
    assert imported.diagnostics == ()
    (before,) = commands.status(publication(every, p1=line), folder)
    assert (before.translated, before.moves) == (2, ())
    stored = Store(folder).translation(extract(source), "ru").targets
    assert {id: target.content for id, target in stored.items()} == {
        "p1.s1": ("Снимок Ж.-Л. Онгстрёма.",),
        "p1.s2": ("Было холодно.",),
    }


def test_tags_of_joined_sentences_are_numbered_anew() -> None:
    content = codes.parse_notation("<1>By</1> J.-L. <2>Ångström</2>.")
    text = SourceText(
        slug="m",
        lang="en",
        path="m",
        title="",
        groups=(Group("g", "", (TextUnit("p1", "answer", (Segment("p1.s1", content),), {}),)),),
    )
    old = [
        Record("p1.s4", codes.parse_notation(a), codes.parse_notation(b), Place("f"), state)
        for a, b, state in [
            ("<7>By</7> J.-L.", "<7>Снимок</7> Ж.-Л.", State.FINAL),
            ("<9>Ångström</9>.", "<9>Онгстрёма</9>.", State.TRANSLATED),
            ("Other.", "Иное.", State.FINAL),
        ]
    ]
    found = align(text, old)
    (one,) = found.sentences
    assert one.match is Match.MOVED
    assert codes.notation(one.target) == "<1>Снимок</1> Ж.-Л. <2>Онгстрёма</2>."
    assert one.record is not None
    assert one.record.state is State.TRANSLATED
    assert found.gone == (old[2],)
    untranslated = msgspec.structs.replace(old[1], target=())
    assert align(text, [old[0], untranslated]).sentences[0].match is not Match.MOVED


def _of(*sentences: str) -> SourceText:
    """A text of one paragraph of these sentences, in the notation of the text forms."""
    segments = tuple(
        Segment(f"p1.s{number}", codes.parse_notation(words))
        for number, words in enumerate(sentences, 1)
    )
    unit = TextUnit("p1", "answer", segments, {})
    return SourceText(slug="m", lang="en", path="m", title="", groups=(Group("g", "", (unit,)),))


def _record(id: str, source: str, target: str) -> Record:
    words = codes.parse_notation(source), codes.parse_notation(target)
    return Record(id, *words, Place("f"), State.FINAL)


def test_a_sentence_that_is_two_today_keeps_its_translation() -> None:
    """It stands where the first is, and what was said together behind it stays so."""
    text = _of("He left the <1>U.S.</1>", "They stayed.", "It rained.", "It was cold.")
    old = [
        _record(
            "p1.s1", "He left the <1>U.S.</1> They stayed.", "Он уехал из <1>США</1>, они нет."
        ),
        _record("p1.s2", "It rained.", "Было дождливо и холодно."),
        _record("p1.s3", "It was cold.", "↑"),
    ]
    found = align(text, old)
    fitting = found.fitting()
    assert {id: codes.notation(one.target) for id, one in fitting.items()} == {
        "p1.s1": "Он уехал из <1>США</1>, они нет.",
        "p1.s2": "↑",
        "p1.s3": "Было дождливо и холодно.",
        "p1.s4": "↑",
    }
    assert found.gone == ()


def test_what_was_said_together_is_not_so_behind_another_sentence() -> None:
    text = _of("New.", "It was cold.", "It rained.")
    old = [_record("p1.s1", "It rained.", "Мокро."), _record("p1.s2", "It was cold.", "↑")]
    assert list(align(text, old).fitting()) == ["p1.s3"]


def test_sentences_of_a_script_without_spaces_are_joined_without_one() -> None:
    text = _of("“Go?” he asked.")
    old = [_record("p1.s1", "“Go?”", "“去吗？”"), _record("p1.s2", "he asked.", "他问。")]
    assert codes.plain(align(text, old).fitting()["p1.s1"].target) == "“去吗？” 他问。"
    old = [_record("p1.s1", "“Go?”", "「行く？」"), _record("p1.s2", "he asked.", "と聞いた。")]
    assert codes.plain(align(text, old).fitting()["p1.s1"].target) == "「行く？」と聞いた。"


JOINED = {"p1": "The river is low.", "p2": "We read it in 1901. It was high. It is low now."}


def joining(text: SourceText, **words: str) -> Job:
    """A translation into Russian in which some sentences have these words."""
    return Job(text=text, lang="ru", targets={**job(text).targets, **_targets(words)})


def _targets(words: dict[str, str]) -> dict[str, Target]:
    return {id.replace("_", "."): Target((said,) if said else ()) for id, said in words.items()}


@pytest.mark.parametrize(
    "form", [text.write_txt, text.write_tsv, po.write, xliff2.write, docx_table.write]
)
def test_a_sentence_may_say_what_two_said(
    every: Publication, tmp_path: Path, form: Callable[[Job], bytes]
) -> None:
    """The second had no place of its own, and was open for ever."""
    folder, path = tmp_path / "m", tmp_path / "back"
    old = publication(every, **JOINED)
    path.write_bytes(form(joining(extract(old), p2_s2="")))
    told = commands.take_in(old, folder, [path], lang="ru").diagnostics
    assert [one.message[:5] for one in told if one.code == "translation-open"] == ["p2.s2"]

    whole = "В 1901 году мы его измерили, и он был высок."
    path.write_bytes(form(joining(extract(old), p2_s1=whole, p2_s2="↑")))
    taken = commands.take_in(old, folder, [path], lang="ru")
    assert taken.translated == taken.total
    assert not [one for one in taken.diagnostics if one.message.startswith("p2.")]
    (russian,) = localized(old, folder)
    said = ["".join(ast.text(unit.inlines)) for unit in units(russian.blocks)]
    assert said[1].startswith(f"{whole} ")
    assert "↑" not in said[1]
    assert not [one for one in Store(folder).memory() if codes.plain(one.target) in ("↑", whole)]

    # It stands by the sentence before, which changed, and is asked for again with it.
    new = publication(every, **{**JOINED, "p2": JOINED["p2"].replace("We read", "They measure")})
    (status,) = commands.status(new, folder)
    assert status.translated == status.total - 2


def test_what_is_said_above_has_something_above(every: Publication, tmp_path: Path) -> None:
    folder, path = tmp_path / "m", tmp_path / "back"
    old = publication(every, **JOINED)
    path.write_bytes(text.write_txt(joining(extract(old), p2_s1="↑")))
    with pytest.raises(ImportRefused) as caught:
        commands.take_in(old, folder, [path])
    errors = [one for one in caught.value.diagnostics if one.severity == "error"]
    assert [one.code for one in errors] == ["translation-nothing-above"]

"""Reviews: a named person stands behind sentences as they are; what is claimed is only shown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import msgspec
import pytest
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Publication, Translated
from faircopy.translation import (
    commands,
    docx_table,
    manifest,
    po,
    reviewing,
    reviews,
    sheet,
    signatures,
    text,
    xliff2,
    xliff_read,
)
from faircopy.translation.commands import Status
from faircopy.translation.forms import Change, ImportRefused
from faircopy.translation.job import Job, Signature, State, Target
from faircopy.translation.reviewing import CLAIMED, Hand
from faircopy.translation.reviews import Review, Reviews
from faircopy.translation.segments import extract
from faircopy.translation.store import Store

from tests.translation.editions import localized
from tests.translation.test_commands import FIRST, publication
from tests.translation.test_home import job

ANN = Signature("Ann Lee", "2026-11-30")
TODAY = Hand(day="2026-12-01")


@pytest.fixture
def source(every: Publication) -> Publication:
    return publication(every, **FIRST)


@pytest.fixture
def folder(source: Publication, tmp_path: Path) -> Path:
    """A manuscript's folder with a translation that nobody has reviewed."""
    folder = tmp_path / "m"
    take(source, folder, text.write_txt(job(extract(source))), "first.txt")
    return folder


def take(source: Publication, folder: Path, data: bytes, name: str, hand: Hand = TODAY) -> set[str]:
    path = folder.parent / name
    path.write_bytes(data)
    return {one.code for one in commands.take_in(source, folder, [path], hand=hand).diagnostics}


def status(source: Publication, folder: Path) -> Status:
    (one,) = commands.status(source, folder)
    return one


def whole(source: Publication, **other: str) -> Job:
    """The translation into Russian, in which some sentences have these words."""
    made = job(extract(source))
    changed = {id.replace("_", "."): Target((words,)) for id, words in other.items()}
    return msgspec.structs.replace(made, targets={**made.targets, **changed})


def test_a_person_signs_all_and_a_change_revokes_one(source: Publication, folder: Path) -> None:
    assert status(source, folder).draft
    done = reviewing.review(source, folder, "ru", ANN)
    assert (done.signed, done.draft, done.unreviewed) == (done.total, False, 0)
    (edition,) = localized(source, folder)
    assert not edition.draft
    (by,) = edition.reviews
    assert (by.by, by.date, by.sentences, by.changed) == ("Ann Lee", ANN.date, done.total, 0)

    codes = take(source, folder, text.write_txt(whole(source, p2_s2="Другое.")), "later.txt")
    assert "review-revoked" in codes
    after = status(source, folder)
    assert (after.draft, after.unreviewed) == (True, 1)
    assert "p2.s2" not in Store(folder).translation(extract(source), "ru").reviews


def test_a_review_outlives_edits_of_other_sentences_and_moves(
    every: Publication, source: Publication, folder: Path
) -> None:
    reviewing.review(source, folder, "ru", ANN)
    new = publication(every, p9="The river is low.", p2="It has two marks. We read it twice a day.")
    stored = Store(folder).translation(extract(new), "ru")
    assert {"p9.s1", "p2.s2"} <= stored.reviews.keys()
    assert "p2.s1" not in stored.targets
    data = text.write_txt(
        Job(text=extract(new), lang="ru", targets={"p2.s1": Target(("Их две.",))})
    )
    take(new, folder, data, "delta.txt")
    after = Store(folder).translation(extract(new), "ru")
    assert {"p9.s1", "p2.s2"} <= after.reviews.keys()
    assert set(after.targets) - set(after.reviews) == {"p2.s1"}


@pytest.mark.parametrize("state", ["reviewed", "final"])
def test_a_state_is_a_claim_until_somebody_stands_behind_it(
    state: str, source: Publication, folder: Path
) -> None:
    data = xliff2.write(whole(source)).replace(b'state="translated"', f'state="{state}"'.encode())
    assert "review-claimed" in take(source, folder, data, "claims.xlf")
    now = status(source, folder)
    assert (now.draft, now.claimed) == (True, now.total)
    done = reviewing.review(source, folder, "ru", ANN, [CLAIMED])
    assert (done.signed, done.draft) == (done.total, False)
    assert status(source, folder).claimed == 0


def test_who_sends_the_file_may_stand_behind_it(source: Publication, folder: Path) -> None:
    data = xliff2.write(whole(source)).replace(b'state="translated"', b'state="reviewed"')
    codes = take(source, folder, data, "claims.xlf", Hand(by=ANN))
    assert {"review-taken"} <= codes
    assert not status(source, folder).draft


def in_word(data: bytes) -> bytes:
    document = docx.Document(io.BytesIO(data))
    line = next(p for p in document.paragraphs if p.text.startswith("Reviewed by:"))
    line.add_run("Ann Lee, 2026-11-30")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_rows(data: bytes) -> bytes:
    head, *rows = data.decode().rstrip("\n").split("\n")
    return "\n".join([head, *(f"{row}Ann Lee 2026-11-30" for row in rows)]).encode()


def in_header(data: bytes) -> bytes:
    return data.replace(b"X-Reviewed-By: ", b"X-Reviewed-By: Ann Lee 2026-11-30")


def in_comments(data: bytes) -> bytes:
    return data.replace(b"msgctxt", b"# Reviewed: Ann Lee, 2026-11-30\nmsgctxt")


def in_provenance(data: bytes) -> bytes:
    its = b'<unit xmlns:its="http://www.w3.org/2005/11/its" its:revPerson="Ann Lee" '
    return data.replace(b"<unit ", its).replace(b'state="translated"', b'state="reviewed"')


@pytest.mark.parametrize(
    ("write", "sign"),
    [
        (docx_table.write, in_word),
        (text.write_tsv, in_rows),
        (po.write, in_header),
        (po.write, in_comments),
        (xliff2.write, in_provenance),
    ],
)
def test_a_file_names_its_reviewer(
    write: Callable[[Job], bytes],
    sign: Callable[[bytes], bytes],
    source: Publication,
    folder: Path,
) -> None:
    data = sign(write(whole(source, p1_s1="Река обмелела.")))
    assert "review-taken" in take(source, folder, data, "back")
    now = status(source, folder)
    assert not now.draft
    (by,) = now.reviews
    day = ANN.date if write is not xliff2.write else TODAY.day
    assert (by.by, by.date, by.changed) == ("Ann Lee", day, 1)
    (change,) = Store(folder).reviews("ru").change
    assert (change.segment, change.after) == ("p1.s1", "Река обмелела.")
    assert change.before

    # Somebody else changes a sentence in the file that has the signature still.
    with zipfile.ZipFile(io.BytesIO(commands.export(source, folder, "ru").data)) as archive:
        names: dict[object, str] = {
            docx_table.write: "table.docx",
            text.write_tsv: "segments.tsv",
        }
        name = names.get(write, f"every-construct.{'po' if write is po.write else 'xlf'}")
        again = archive.read(name)
        listed = manifest.decode(archive.read("manifest.json")).reviews
    assert [(one.by, one.sentences) for one in listed] == [("Ann Lee", now.total)]
    if write is not docx_table.write:
        codes = take(source, folder, again.replace("обмелела".encode(), "полна".encode()), name)
        assert "review-revoked" in codes
        assert status(source, folder).unreviewed == 1


XLIFF = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" {more}>
<file original="m" source-language="en" target-language="ru" datatype="plaintext"><header>
<phase-group><phase phase-name="r" process-name="review" contact-name="Ann Lee"/></phase-group>
</header><body><trans-unit id="a" {unit}><source>One.</source><target {target}>Раз.</target>{seg}
</trans-unit></body></file></xliff>"""
SDL = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
APPROVED = (
    '<sdl:seg-defs><sdl:seg id="1" conf="ApprovedTranslation">'
    '<sdl:value key="last_modified_by">Ann Lee</sdl:value></sdl:seg></sdl:seg-defs>'
)


@pytest.mark.parametrize(
    ("parts", "by"),
    [
        ({"target": 'state="signed-off" phase-name="r"'}, "Ann Lee"),
        ({"target": 'state="translated" phase-name="r"'}, None),
        ({"unit": 'approved="yes"'}, ""),
        (
            {
                "more": 'xmlns:mq="MQXliff"',
                "unit": 'mq:status="Proofread" mq:lastchanginguser="Ann Lee"',
            },
            "Ann Lee",
        ),
        ({"more": SDL, "seg": APPROVED}, "Ann Lee"),
    ],
)
def test_tools_name_the_reviewer(parts: Mapping[str, str], by: str | None) -> None:
    known = {"more": "", "unit": "", "target": "", "seg": "", **parts}
    (record,) = xliff_read.read(XLIFF.format(**known).encode(), "a.xlf").records
    assert (record.signed.by if record.signed else None) == by


@pytest.mark.parametrize(
    ("cell", "signature"),
    [
        ("", None),
        ("no", None),
        ("☐", None),
        ("x", Signature()),
        ("✓ 2026-11-30", Signature("", "2026-11-30")),
        ("Ann Lee", Signature("Ann Lee")),
        ("2026-11-30, Ann  Lee.", Signature("Ann Lee", "2026-11-30")),
        ("عائشہ خان", Signature("عائشہ خان")),
    ],
)
def test_what_a_cell_says(cell: str, signature: Signature | None) -> None:
    assert signatures.read(cell) == signature
    assert signatures.read(signatures.cell(signature)) == signature


def test_the_reviewer_is_another_person_or_it_says_so(source: Publication, folder: Path) -> None:
    def by(name: str) -> Publication:
        said = {"ru": Translated(by=name)} if name else {}
        metadata = msgspec.structs.replace(source.metadata, translations=said)
        return msgspec.structs.replace(source, metadata=metadata)

    done = reviewing.review(by(""), folder, "ru", ANN)
    assert [one.code for one in done.diagnostics] == ["translator-unnamed"]
    done = reviewing.review(by("Bilal"), folder, "ru", ANN)
    assert done.diagnostics == ()
    done = reviewing.review(by("ann lee"), folder, "ru", ANN)
    assert [one.code for one in done.diagnostics] == ["review-own"]
    assert [one.own for one in done.reviews] == [True]


@pytest.mark.parametrize(
    ("wanted", "count"), [(["p2"], 2), (["p2.s1", "p1"], 2), (["p*"], 3), (["opener-*"], None)]
)
def test_some_sentences(
    wanted: list[str], count: int | None, source: Publication, folder: Path
) -> None:
    done = reviewing.review(source, folder, "ru", ANN, wanted)
    assert done.signed == count if count else done.signed > 1
    assert done.draft
    assert done.unreviewed == done.total - done.signed


def test_what_cannot_be_signed(source: Publication, folder: Path) -> None:
    for lang, wanted, code in (
        ("ur", (), "nothing-to-review"),
        ("ru", ("p7",), "segment-unknown"),
        ("ru", (CLAIMED,), "segment-unknown"),
    ):
        with pytest.raises(EditionError) as caught:
            reviewing.review(source, folder, lang, ANN, wanted)
        assert [one.code for one in caught.value.diagnostics] == [code]


def test_the_report_comes_back_as_an_error_sheet(source: Publication, folder: Path) -> None:
    data = po.write(whole(source, p1_s1="Река обмелела."))
    asked = data.replace(b'msgctxt "p1.s1"', '# Лучше так.\nmsgctxt "p1.s1"'.encode())
    take(source, folder, in_header(asked), "back.po")
    name, report, count = reviewing.report(source, folder, "ru")
    assert (name, count) == ("every-construct.en-ru.changes.tsv", 1)
    (change,) = sheet.read(report, name).changes
    assert (change.segment, change.by, change.why) == ("p1.s1", "Ann Lee", "Лучше так.")

    lines = report.decode().split("\n")
    filled = lines[1].replace("p1.s1\t\t", "p1.s1\tAccuracy/Mistranslation\tmajor")
    more = "p2.s2\tstyle\tminor\tStiff."
    take(source, folder, "\n".join([lines[0], filled, more]).encode(), "errors.tsv")
    first, second = Store(folder).reviews("ru").change
    assert (first.category, first.severity, first.why) == (
        "accuracy/mistranslation",
        "major",
        "Лучше так.",
    )
    assert (second.segment, second.category, second.why) == ("p2.s2", "style", "Stiff.")
    errors = status(source, folder).errors
    assert errors is not None
    assert (errors.errors, errors.points) == ({"accuracy": 1, "style": 1}, 6)
    assert not status(source, folder).draft  # an error sheet changes no word


def test_what_is_no_category_is_told(source: Publication, folder: Path) -> None:
    data = b"id\tcategory\tseverity\twhy\np1.s1\tgrammar\tbad\tX\np77.s1\tstyle\tminor\tX\n"
    hand = msgspec.structs.replace(TODAY)
    path = folder.parent / "errors.tsv"
    path.write_bytes(data)
    told = commands.take_in(source, folder, [path], "ru", hand=hand).diagnostics
    assert [one.code for one in told] == [
        "translation-sheet-category",
        "translation-sheet-severity",
        "translation-sheet-id",
    ]


def test_the_file_is_read_as_it_was_written() -> None:
    made = Reviews(
        review=(Review(by='Ann "A" Lee', date="2026-11-30", own=True, words={"a.s1": "0" * 16}),),
        change=(Change(segment="a.s1", by="Ann", before="<1>x</1>", after="\\y", why="“z”\x7f"),),
    )
    assert reviews.read(reviews.write(made), "f") == made


@pytest.mark.parametrize("data", [b"x", b"\xff", b"other = 1", b'[[review]]\nby = ""\ndate = ""'])
def test_a_broken_file_is_told(data: bytes) -> None:
    with pytest.raises(ImportRefused) as caught:
        reviews.read(data, "ru.reviews.toml")
    assert [one.code for one in caught.value.diagnostics] == ["reviews"]


def test_states_alone_sign_nothing() -> None:
    assert not Job(text=None, targets={}).draft  # type: ignore[arg-type]
    claimed = Job(text=None, targets={"a": Target(("x",), State.FINAL)})  # type: ignore[arg-type]
    assert claimed.draft
    assert claimed.signature("a") == Signature()

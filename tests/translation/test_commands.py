"""The life of a translation: out, back, stored, built, and after the source changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.ast import Inlines
from faircopy.core.diagnostics import PublishError
from faircopy.core.model import Publication, Role
from faircopy.passes.units import unit, units
from faircopy.translation import codes, commands, intake, text, tmx, xliff2, xliff_read
from faircopy.translation.align import Match
from faircopy.translation.forms import ImportRefused
from faircopy.translation.job import Job, Target
from faircopy.translation.segments import extract
from faircopy.translation.store import Store
from lxml import etree

from tests.translation.editions import localized
from tests.translation.test_home import job, translated


def sentence(line: str) -> Inlines:
    out: list[ast.Inline] = []
    for word in line.split():
        out += [ast.Str(word), ast.Space()]
    return tuple(out[:-1])


def publication(base: Publication, **paragraphs: str) -> Publication:
    """A publication of the paragraphs given by id."""
    blocks = tuple(
        ast.Para((unit(id, Role.PARAGRAPH, sentence(words)),)) for id, words in paragraphs.items()
    )
    return msgspec.structs.replace(base, blocks=blocks)


FIRST = {"p1": "The river is low.", "p2": "The gauge has two marks. We read it twice a day."}


def snapshot_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def sent_back(source: Publication, folder: Path) -> Path:
    path = folder / "back.xlf"
    path.write_bytes(xliff2.write(job(extract(source))))
    return path


def test_out_back_and_localized(every: Publication, tmp_path: Path) -> None:
    folder = tmp_path / "every-construct"
    assert localized(every, folder) == ()
    exported = commands.export(every, folder, "ru")
    assert exported.name == "every-construct.en-ru.translation.zip"
    assert exported.translated == 0
    imported = commands.take_in(every, folder, [sent_back(every, tmp_path)])
    assert imported.taken == imported.translated == imported.total == exported.total
    (russian,) = localized(every, folder)
    assert russian.metadata.lang == "ru"
    assert [u.id for u in units(russian.blocks)] == [u.id for u in units(every.blocks)]
    again = commands.export(every, folder, "ru")
    assert again.translated == again.total
    with zipfile.ZipFile(io.BytesIO(again.data)) as archive:
        records = text.read_txt(archive.read("segments.txt"), "s").records
    assert all(record.target for record in records)


def test_a_refused_file_changes_nothing(every: Publication, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    commands.take_in(every, folder, [sent_back(every, tmp_path)])
    before = snapshot_of(folder)
    bad = tmp_path / "bad.xlf"
    good = sent_back(every, tmp_path).read_bytes()
    bad.write_bytes(good.replace(b"<target>", b'<target><ph id="9"/>', 1))
    with pytest.raises(ImportRefused):
        commands.take_in(every, folder, [sent_back(every, tmp_path), bad])
    assert snapshot_of(folder) == before


def test_a_full_disk_changes_nothing(
    every: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "m"
    commands.take_in(every, folder, [sent_back(every, tmp_path)])
    before = snapshot_of(folder)

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PublishError, match="translations-not-written"):
        commands.take_in(every, folder, [sent_back(every, tmp_path)])
    assert snapshot_of(folder) == before


def test_a_partial_return_adds_to_what_there_is(every: Publication, tmp_path: Path) -> None:
    source = publication(every, **FIRST)
    whole = job(extract(source))
    folder, path = tmp_path / "m", tmp_path / "segments.txt"
    for wanted in ("p1", "p2"):
        some = {id: t for id, t in whole.targets.items() if id.startswith(wanted)}
        path.write_bytes(text.write_txt(Job(text=whole.text, lang="ru", targets=some)))
        imported = commands.take_in(source, folder, [path])
    assert imported.taken == 2
    assert imported.translated == 3


def test_after_the_source_changed(every: Publication, tmp_path: Path, schemas: Path) -> None:
    folder = tmp_path / "m"
    old = publication(every, **FIRST)
    commands.take_in(old, folder, [sent_back(old, tmp_path)])
    new = publication(
        every,
        p9="The river is low.",
        p2="The gauge has three marks. We read it twice a day.",
        p3="Nobody was there.",
    )
    (status,) = commands.status(new, folder)
    assert {c.segment: (c.match, c.words) for c in status.changes} == {
        "p2.s1": (Match.CHANGED, "The gauge has [-two-] {+three+} marks."),
        "p3.s1": (Match.NEW, "Nobody was there."),
    }
    assert status.counts[Match.MOVED] == 1
    assert [(move.segment, move.before) for move in status.moves] == [("p9.s1", "p1.s1")]
    assert status.translated == status.total - 2

    # What no longer fits is never built, in either language.
    assert localized(new, folder) == ()
    (partial,) = localized(new, folder, allow_untranslated=True)
    words = {u.id: ast.text(u.inlines) for u in units(partial.blocks)}
    assert words["p2"].startswith("The gauge has three marks.")
    assert words["p3"] == "Nobody was there."
    assert words["p9"] == codes.plain(translated(("The river is low.",)))

    # The next bundle offers what is near, in every form, and fills in only what fits.
    offer = "88 % alike: “The gauge has two marks.” was translated as"
    with zipfile.ZipFile(io.BytesIO(commands.export(new, folder, "ru").data)) as archive:
        bundle = {name: archive.read(name) for name in archive.namelist()}
    assert f"# {offer}" in bundle["segments.txt"].decode()
    assert offer in bundle["segments.tsv"].decode()
    assert '#, fuzzy\n#| msgid "The gauge has two marks."' in bundle["every-construct.po"].decode()
    assert "The gauge has two marks." in bundle["omegat/tm/near.tmx"].decode()
    assert "The gauge has two marks." in bundle["memory.tmx"].decode()
    match = etree.fromstring(bundle["every-construct.xlf"]).find(".//{*}match")
    assert match is not None
    assert (match.get("ref"), match.get("similarity")) == ("#p2.s1", "88")
    schema = etree.XMLSchema(etree.parse(schemas / "xliff-2.1/matches.xsd"))
    schema.assertValid(etree.fromstring(bundle["every-construct.xlf"]))
    for name, data in bundle.items():
        reader = intake.recognise(data)
        if reader and name != "omegat/source/every-construct.xlf" and not name.endswith(".tmx"):
            empty = {r.id for r in reader(data, name).records if not r.target}
            assert empty == {"p2.s1", "p3.s1"}, name

    # Once the new sentences are there, the old translation stays in the memory alone.
    source = extract(new)
    both = {
        s.id: Target(translated(s.content))
        for _, s in source.segments()
        if s.id in ("p2.s1", "p3.s1")
    }
    path = tmp_path / "delta.txt"
    path.write_bytes(text.write_txt(Job(text=source, lang="ru", targets=both)))
    imported = commands.take_in(new, folder, [path])
    assert imported.translated == imported.total
    memory = tmx.read((folder / "translations/memory.tmx").read_bytes(), "m")
    assert "The gauge has two marks." in {codes.plain(one.source) for one in memory}
    stored = xliff_read.read((folder / "translations/ru.xlf").read_bytes(), "ru")
    assert "p1.s1" not in {record.id for record in stored.records}
    assert Store(folder).languages() == ("ru",)


def test_tags_follow_a_sentence_that_moved(every: Publication, tmp_path: Path) -> None:
    def with_bold(*before: str) -> Publication:
        inlines: Inlines = (
            *(ast.Emph((ast.Str(word),)) for word in before),
            *((ast.Space(),) if before else ()),
            *sentence("He said it"),
            ast.Space(),
            ast.Strong((ast.Str("twice"),)),
            ast.Str("."),
        )
        blocks = (ast.Para((unit("p1", Role.PARAGRAPH, inlines),)),)
        return msgspec.structs.replace(every, blocks=blocks)

    folder = tmp_path / "m"
    old = with_bold()
    commands.take_in(old, folder, [sent_back(old, tmp_path)])
    (russian,) = localized(with_bold("Yes."), folder, allow_untranslated=True)
    bold = [node for node in ast.walk(russian.blocks) if isinstance(node, ast.Strong)]
    assert [ast.text(node) for node in bold] == [codes.plain(translated(("twice",)))]


@pytest.mark.parametrize("name", ["speaker-turns", "every-construct"])
def test_the_same_bundle_every_time(
    name: str, manuscript: Callable[[str], Publication], tmp_path: Path
) -> None:
    source = manuscript(name)
    assert commands.export(source, tmp_path, "ur") == commands.export(source, tmp_path, "ur")

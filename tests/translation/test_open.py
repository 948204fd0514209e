"""A bundle of what is open alone, what changed in it word by word, and counts to quote by."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Publication
from faircopy.translation import codes, commands, docx_table, manifest, po, text, xliff2, xliff_read
from faircopy.translation.bands import NAMES, bands
from faircopy.translation.difference import difference
from faircopy.translation.job import Job, Offer, State, Target
from faircopy.translation.segments import extract
from lxml import etree

from tests.translation.test_commands import FIRST, publication, sent_back
from tests.translation.test_home import job


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("It is low.", "It is not low.", "It is {+not+} low."),
        ("It is low.", "It is <1>low</1>.", "It is [-low.-] {+<1>low</1>.+}"),
        ("<3>It</3> is low.", "<1>It</1> is high.", "<1>It</1> is [-low.-] {+high.+}"),
        ("One <1/> two.", "One two.", "One [-<1/>-] two."),
    ],
)
def test_what_changed(old: str, new: str, said: str) -> None:
    assert difference(codes.parse_notation(old), codes.parse_notation(new)) == said


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_only_what_is_open_goes_out(every: Publication, tmp_path: Path, schemas: Path) -> None:
    folder = tmp_path / "m"
    old = publication(every, **FIRST)
    commands.take_in(old, folder, [sent_back(old, tmp_path)])
    with pytest.raises(EditionError, match="nothing-open"):
        commands.export(old, folder, "ru", rest=True)
    new = publication(
        every,
        p1="The river is low.",
        p2="The gauge has not two marks. We read it twice a day.",
        p3="Nobody was there. Nobody was there.",
    )
    made = commands.export(new, folder, "ru", rest=True)
    assert (made.name, made.total) == ("every-construct.en-ru.open.translation.zip", 3)
    bundle = unpacked(made.data)
    open_ids = ["p2.s1", "p3.s1", "p3.s2"]
    readers = {
        "segments.txt": text.read_txt,
        "segments.tsv": text.read_tsv,
        "every-construct.po": po.read,
        "every-construct.xlf": xliff_read.read,
        "omegat/source/every-construct.xlf": xliff_read.read,
        "table.docx": docx_table.read,
    }
    for name, read in readers.items():
        assert [record.id for record in read(bundle[name], name).records] == open_ids, name
        data = bundle[name]
        if name == "table.docx":
            data = unpacked(data)[docx_table.PART]
        assert "changed since: “The gauge has {+not+} two marks.”" in data.decode(), name
    schema = etree.XMLSchema(etree.parse(schemas / "xliff-2.1/matches.xsd"))
    schema.assertValid(etree.fromstring(bundle["every-construct.xlf"]))

    found = {one.name: one for one in manifest.decode(bundle["manifest.json"]).counts.bands}
    assert tuple(found) == NAMES
    assert found["context"].segments == commands.status(new, folder)[0].translated
    counts = {name: found[name].segments for name in NAMES[1:] if found[name].segments}
    assert counts == {"85-94 %": 1, "repetitions": 1, "new": 1}
    assert (found["new"].words, found["new"].characters) == (3, len("Nobody was there."))
    readme = bundle["README.txt"].decode()
    assert "This bundle has the 3 that are open." in readme
    assert "  new                    1         3\n" in readme

    # It comes back like any other.
    back = tmp_path / "segments.txt"
    back.write_text(bundle["segments.txt"].decode().replace("\n= \n", "\n= Слова.\n"), "utf-8")
    taken = commands.take_in(new, folder, [back])
    assert taken.translated == taken.total
    assert not [one for one in taken.diagnostics if one.code == "translation-remark"]


def test_a_footnote_without_its_own_row_is_not_named(every: Publication) -> None:
    """XLIFF's subFlows may name only units that are in the file."""
    source = extract(every)
    holder = next(unit for unit in source.units() if unit.inner)
    only = frozenset(segment.id for segment in holder.segments)
    root = etree.fromstring(xliff2.write(Job(text=source, lang="ru", only=only)))
    assert [unit.get("id") for unit in root.iter("{*}unit")] == [holder.id]
    assert not root.xpath("//@subFlows | //@subFlowsStart")


def test_every_band(every: Publication) -> None:
    source = extract(
        publication(
            every, p1="It is low. It is high. We read it. She was there. He came. It is low."
        )
    )
    ids = [f"p1.s{n}" for n in range(1, 7)]
    done = {segment.id: Target(("x",)) for _, segment in source.segments() if segment.id not in ids}
    near = {id: Offer(n, ("x",), ("y",)) for id, n in zip(ids[1:4], (97, 90, 80), strict=True)}
    made = Job(
        text=source,
        lang="ru",
        targets={**done, ids[4]: Target(("x",), State.TRANSLATED)},
        offers=near,
        recalled=frozenset(ids[4:5]),
    )
    counts = {one.name: one.segments for one in bands(made)}
    assert counts.pop("context") == len(done)
    assert set(counts.values()) == {1}
    assert sum(one.segments for one in bands(job(source))) == sum(1 for _ in source.segments())

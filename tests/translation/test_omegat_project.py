"""An OmegaT project as its translator sends it: the work is in ``omegat/project_save.tmx``."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from faircopy.core.model import Publication
from faircopy.translation import archive, codes, commands, kit, omegat_notation
from faircopy.translation.forms import ImportRefused
from faircopy.translation.home import Homecoming, Rules, bring_home
from faircopy.translation.job import Job
from faircopy.translation.segments import extract

from tests.translation.editions import localized
from tests.translation.test_clients import notations, omegat, unpacked

# What a translator does in the window: every sentence translated, those that stand twice in
# another way at each place, and saved. No translated document is made.
SCRIPT = """
import org.omegat.core.data.PrepareTMXEntry
def shift(s) {
  def out = new StringBuilder()
  def tag = false
  s.toLowerCase().each { c ->
    if (c == '<') tag = true
    def at = 'abcdefghijklmnopqrstuvwxyz'.indexOf(c)
    out << (at < 0 || tag ? c : 'бвгджзийклмнопрстуфхцчшщъы'[at])
    if (c == '>') tag = false
  }
  out.toString()
}
if (project.isProjectLoaded()) {
  def sources = project.allEntries.collect { it.srcText }
  project.allEntries.each { entry ->
    def made = new PrepareTMXEntry()
    made.source = entry.srcText
    made.translation = shift(entry.srcText)
    project.setTranslation(entry, made, sources.count(entry.srcText) < 2, null)
  }
  def properties = project.projectProperties
  project.projectTMX.save(properties, properties.projectInternal + 'project_save.tmx', true)
}
"""


def came(home: Homecoming) -> dict[str, str]:
    return {id: codes.notation(target.content).strip() for id, target in home.targets.items()}


@pytest.mark.slow
@pytest.mark.needs("omegat")
def test_the_project_comes_home_without_translated_documents(
    every: Publication, tmp_path: Path
) -> None:
    publication = every
    source = extract(publication)
    project = unpacked(kit.files(Job(text=source, lang="ru"), publication), tmp_path)
    script = tmp_path / "work.groovy"
    script.write_text(SCRIPT, "utf-8")
    omegat(project, "--mode=console-translate", f"--script={script}")
    assert (project / "omegat/project_save.tmx").is_file()
    for made in (project / "target").glob("*.xlf"):
        made.unlink()

    home = bring_home([("back.zip", archive.folder(project))], source)
    assert "OmegaT project" in home.forms
    assert came(home) == notations(source)
    assert home.leverage == frozenset()

    imported = commands.take_in(publication, tmp_path / "m", [project])
    assert imported.translated == imported.total


SAVED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
   creationtoolversion="3.6.0_10" segtype="paragraph" srclang="en-GB"/>
  <body>{}</body>
</tmx>
"""


def entry(source: str, target: str, **props: str) -> str:
    said = "".join(f'<prop type="{name}">{value}</prop>' for name, value in props.items())
    return (
        f'<tu>{said}<tuv lang="en-GB"><seg>{source}</seg></tuv>'
        f'<tuv lang="ru" changeid="x"><seg>{target}</seg></tuv></tu>'
    )


def project(publication: Publication, *entries: str, **files: bytes) -> list[tuple[str, bytes]]:
    """Return a zipped project with a saved memory, and files more or others by name."""
    source = extract(publication)
    parts = kit.files(Job(text=source, lang="ru"), publication)
    parts["omegat/omegat/project_save.tmx"] = SAVED.format("".join(entries)).encode()
    return [("back.zip", archive.write(parts | files))]


@pytest.fixture
def repeated(every: Publication) -> Publication:
    """Three paragraphs, the first and the last of the same words."""
    from tests.translation.test_commands import publication

    return publication(every, p1="Low.", p2="Very low.", p3="Low.")


def test_defaults_and_alternatives_find_their_places(repeated: Publication) -> None:
    source = extract(repeated)
    default = entry("Low.", "Мелко.")
    home = bring_home(project(repeated, default), source)
    assert came(home) == {"p1.s1": "Мелко.", "p3.s1": "Мелко."}
    around = entry("Low.", "Низко.", prev="Very low.")
    assert came(bring_home(project(repeated, default, around), source))["p3.s1"] == "Низко."
    by_id = entry("Low.", "Там.", file="a.xlf", id="p1.s1")
    home = bring_home(project(repeated, default, by_id), source)
    assert came(home) == {"p1.s1": "Там.", "p3.s1": "Мелко."}


def test_it_is_work_and_no_leverage(repeated: Publication, tmp_path: Path) -> None:
    path = tmp_path / "back.zip"
    for word in ("Мелко.", "Низко."):
        path.write_bytes(project(repeated, entry("Low.", word))[0][1])
        commands.take_in(repeated, tmp_path / "m", [path])
        (there,) = localized(repeated, tmp_path / "m", allow_untranslated=True)
        assert word in str(there.blocks)


def test_it_is_newer_than_the_document_beside_it(repeated: Publication) -> None:
    source = extract(repeated)
    data = kit.files(Job(text=source, lang="ru"), repeated)["omegat/source/every-construct.xlf"]
    head, _, target = data.decode().rpartition("<target")
    made = f"{head}<target{target.replace('>Low.<', '>Старо.<')}".encode()
    files = project(
        repeated, entry("Low.", "Мелко."), **{"omegat/target/every-construct.xlf": made}
    )
    assert came(bring_home(files, source))["p3.s1"] == "Мелко."
    # Another file that says otherwise is a conflict.
    other = ("a.txt", b"# Faircopy segments\n# To: ru\n[p3.s1] Low.\n= \xd0\x9d\xd0\xb5\xd1\x82.\n")
    with pytest.raises(ImportRefused, match="translation-conflict"):
        bring_home([*files, other], source)


def test_a_project_in_which_nothing_was_done_is_told(repeated: Publication) -> None:
    with pytest.raises(ImportRefused, match="nothing-translated"):
        bring_home(project(repeated), extract(repeated))


def test_a_damaged_tag_is_told_with_its_line(every: Publication) -> None:
    source = extract(every)
    segment = next(s for _, s in source.segments() if codes.tags(s.content))
    words = omegat_notation.notation(segment.content, segment.content)
    with pytest.raises(ImportRefused) as caught:
        bring_home(project(every, entry(escape(words), "Без меток.")), source, Rules(lang="ru"))
    first = caught.value.diagnostics[0]
    assert first.code == "translation-codes"
    assert str(first.place).startswith("back.zip/omegat/omegat/project_save.tmx:6")


def test_its_notation_is_lossless(every: Publication) -> None:
    for _, segment in extract(every).segments():
        written = omegat_notation.notation(segment.content, segment.content)
        again = omegat_notation.parse(written)
        assert omegat_notation.notation(again, again) == written
        assert codes.plain(again) == codes.plain(segment.content)


def test_a_folder_is_read_as_a_zip_would_be(every: Publication, tmp_path: Path) -> None:
    source = extract(every)
    targets = Job(text=source, lang="ru")
    unpacked(kit.files(targets, every), tmp_path)
    (tmp_path / ".hidden").write_bytes(b"x")
    (tmp_path / "out").symlink_to("/etc")
    with zipfile.ZipFile(io.BytesIO(archive.folder(tmp_path))) as zipped:
        assert set(zipped.namelist()) == {
            name for name in kit.files(targets, every) if not name.endswith("/.keep")
        }
    with pytest.raises(ImportRefused, match="nothing-translated"):
        commands.take_in(every, tmp_path / "m", [tmp_path])

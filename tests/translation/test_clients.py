"""The tools that translators use, asked themselves. A judge that is missing did not judge."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import docx
import pytest
from faircopy.core import process
from faircopy.core.model import Publication
from faircopy.proof import office
from faircopy.theme import load
from faircopy.translation import (
    archive,
    codes,
    commands,
    docx_table,
    kit,
    po,
    tmx,
    xliff12,
    xliff_read,
)
from faircopy.translation.home import Rules, bring_home
from faircopy.translation.job import Job, Target
from faircopy.translation.segments import SourceText, extract
from faircopy.writers import FORMATS, Options, write
from lxml import etree

from tests.translation.editions import localized
from tests.translation.test_home import translated


def russian(source: SourceText) -> Job:
    targets = {s.id: Target(translated(s.content)) for _, s in source.segments()}
    return Job(text=source, lang="ru", targets=targets)


def notations(source: SourceText) -> dict[str, str]:
    return {s.id: codes.notation(translated(s.content)).strip() for _, s in source.segments()}


# --- XLIFF 1.2 ---------------------------------------------------------------------------------


def test_xliff_12_is_valid(every: Publication, schemas: Path) -> None:
    folder = schemas / "xliff-1.2"
    tree = etree.parse(folder / "xliff-core-1.2-strict.xsd")
    for element in tree.iter("{http://www.w3.org/2001/XMLSchema}import"):
        element.set("schemaLocation", "xml.xsd")  # the copy there, never the network's
    schema = etree.XMLSchema(tree)
    schema.assertValid(etree.fromstring(xliff12.write(Job(text=extract(every), lang="ur"))))


def test_an_untouched_xliff_12_holds_no_translation(every: Publication) -> None:
    source = extract(every)
    data = xliff12.write(Job(text=source, lang="ur"))
    home = bring_home([("a.xlf", data)], source)
    lower = {s.id for _, s in source.segments() if any(map(str.islower, codes.plain(s.content)))}
    assert set(home.targets) & lower == set()


DIALECT = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
 <file original="m" source-language="en-gb" target-language="ru" datatype="plaintext"><body>
  <trans-unit id="a" mq:status="Confirmed">
   <source>One <g id="1">bold</g><x id="2"/>.</source>
   <seg-source><mrk mtype="seg" mid="1">One <g id="1">bold</g><x id="2"/>.</mrk></seg-source>
   <target><mrk mtype="seg" mid="1">Раз <bpt id="1">[</bpt>два<ept id="1">]</ept><ph
     id="2">{}</ph>.</mrk></target></trans-unit>
  <trans-unit id="b"><source>Two.</source>
   <target>Два<bx id="3" rid="9"/>х<ex id="4" rid="9"/>.</target></trans-unit>
 </body></file>
</xliff>
"""


def test_other_tools_dialects() -> None:
    returned = xliff_read.read(DIALECT.encode(), "a.mqxliff")
    assert [(r.id, codes.notation(r.target)) for r in returned.records] == [
        ("a", "Раз <1>два</1><2/>."),
        ("b", "Два<3>х</3>."),
    ]
    assert returned.records[0].source == codes.parse_notation("One <1>bold</1><2/>.")
    assert (returned.source_lang, returned.lang) == ("en-gb", "ru")


# --- OmegaT ------------------------------------------------------------------------------------


def omegat(project: Path, *options: str) -> None:
    process.run(
        [
            "omegat",
            str(project),
            *options,
            f"--config-dir={project.parent / 'config'}",
            "--quiet",
        ],
        timeout=120,
        env_add={"HOME": str(project.parent)},
    )


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "omegat"


def returned_folder(project: Path) -> list[tuple[str, bytes]]:
    """The project's translated documents, as their translator would send them."""
    return [(path.name, path.read_bytes()) for path in (project / "target").glob("*.xlf")]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["every-construct", "speaker-turns"])
@pytest.mark.needs("omegat")
def test_omegat_applies_what_was_translated_and_gives_it_back(
    name: str, manuscript: Callable[[str], Publication], tmp_path: Path
) -> None:
    publication = manuscript(name)
    source = extract(publication)
    project = unpacked(kit.files(russian(source), publication), tmp_path)
    omegat(project, "--mode=console-translate", "--tag-validation=abort")
    home = bring_home(returned_folder(project), source)
    assert home.lang == "ru"
    came = {id: codes.notation(target.content).strip() for id, target in home.targets.items()}
    assert came == notations(source)


@pytest.mark.slow
@pytest.mark.needs("omegat")
def test_omegat_translates_and_we_take_it(
    manuscript: Callable[[str], Publication], tmp_path: Path
) -> None:
    """OmegaT writes a memory of what it sees; translated there, it comes back through OmegaT."""
    publication = manuscript("speaker-turns")
    source = extract(publication)
    project = unpacked(kit.files(Job(text=source, lang="ru"), publication), tmp_path)
    pseudo = tmp_path / "pseudo.tmx"
    omegat(
        project,
        "--mode=console-createpseudotranslatetmx",
        f"--pseudotranslatetmx={pseudo}",
        "--pseudotranslatetype=equal",
    )
    tree = etree.fromstring(pseudo.read_bytes(), etree.XMLParser(load_dtd=False, no_network=True))
    for unit in tree.iter("tu"):
        seg = list(unit.iter("seg"))[-1]
        seg.text = "Перевод: " + (seg.text or "")
    (project / "tm/auto/pseudo.tmx").write_bytes(etree.tostring(tree))
    omegat(project, "--mode=console-translate", "--tag-validation=abort")
    home = bring_home(returned_folder(project), source)
    assert set(home.targets) == {s.id for _, s in source.segments()}
    assert all(codes.plain(t.content).startswith("Перевод: ") for t in home.targets.values())


# --- gettext -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["", "ru"])
@pytest.mark.needs("msgfmt")
def test_gettext_finds_nothing_wrong(every: Publication, tmp_path: Path, lang: str) -> None:
    job = russian(extract(every)) if lang else Job(text=extract(every))
    path = tmp_path / "a.po"
    path.write_bytes(po.write(job))
    done = process.run(
        ["msgfmt", "--check", "--statistics", "-o", str(tmp_path / "a.mo"), str(path)],
        timeout=30,
        check=bool(lang),
    )
    total = sum(1 for _ in job.text.segments())
    if lang:
        assert f"{total} translated messages." in done.stderr.decode()
    else:
        assert f"{total} untranslated messages." in done.stderr.decode()


@pytest.mark.needs("msgcat")
def test_gettext_rewrites_and_we_read_it(every: Publication, tmp_path: Path) -> None:
    source = extract(every)
    path = tmp_path / "a.po"
    path.write_bytes(po.write(russian(source)))
    wrapped = process.run(["msgcat", "--width=40", str(path)], timeout=30).stdout
    home = bring_home([("a.po", wrapped)], source)
    assert {i: codes.notation(t.content).strip() for i, t in home.targets.items()} == notations(
        source
    )


# --- LibreOffice -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_libreoffice_saves_the_table_and_we_read_it(every: Publication, tmp_path: Path) -> None:
    source = extract(every)
    path = tmp_path / "table.docx"
    path.write_bytes(docx_table.write(russian(source)))
    convert(path, "odt", tmp_path / "odt")
    convert(tmp_path / "odt" / "table.odt", "docx", tmp_path / "docx")
    saved = (tmp_path / "docx" / "table.docx").read_bytes()
    assert saved != path.read_bytes()
    home = bring_home([("table.docx", saved)], source)
    assert home.lang == "ru"
    assert {i: codes.notation(t.content).strip() for i, t in home.targets.items()} == notations(
        source
    )


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("editor", ["writer", "python-docx"])
def test_a_reviewer_edits_the_table_and_we_build_it(
    editor: str, manuscript: Callable[[str], Publication], tmp_path: Path
) -> None:
    """LibreOffice saves the table, somebody edits it, it comes home and is built."""
    publication = manuscript("speaker-turns")
    source = extract(publication)
    path = tmp_path / "table.docx"
    path.write_bytes(docx_table.write(russian(source)))
    (tmp_path / "saved").mkdir()
    convert(path, "odt", tmp_path / "saved")
    convert(tmp_path / "saved/table.odt", "docx", tmp_path / "saved")
    edited = tmp_path / "saved/table.docx"
    with_python_docx(edited)
    if editor == "writer":  # as Writer saves what was edited
        convert(edited, "odt", tmp_path / "saved")
        convert(tmp_path / "saved/table.odt", "docx", tmp_path / "saved")
    folder = tmp_path / "m"
    imported = commands.take_in(publication, folder, [edited])
    assert imported.translated == imported.total
    assert imported.diagnostics == ()
    (there,) = localized(publication, folder)
    artifact = write(next(f for f in FORMATS if f.name == "docx"), there, load("theme"), Options())
    words = " ".join(p.text for p in docx.Document(io.BytesIO(artifact.data)).paragraphs)
    assert "Было холодно" in words.replace("\u00a0", " ")


def convert(file: Path, form: str, folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    args = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    process.run([*args, str(file)], timeout=120, env_add=office.MEMORY)


def with_python_docx(path: Path) -> None:
    """Write another translation over one, in two runs and two looks, as people's edits are."""
    document = docx.Document(str(path))
    row = next(
        row for row in document.tables[0].rows if row.cells[1].text.endswith("It was cold.</1>")
    )
    paragraph = row.cells[2].paragraphs[0]
    for run in paragraph.runs[1:]:
        run._element.getparent().remove(run._element)
    paragraph.runs[0].text = "<1>Мы встретились у ворот в шесть утра. Было "
    paragraph.add_run("холодно.").italic = True
    paragraph.add_run("</1>")
    document.save(str(path))


@pytest.mark.parametrize(("gone", "come"), [("del", "ins"), ("moveFrom", "moveTo")])
def test_tracked_changes_are_taken_as_meant(gone: str, come: str, every: Publication) -> None:
    source = extract(every)
    data = docx_table.write(russian(source))
    parts = archive.read(data, "t")
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    root = etree.fromstring(parts[docx_table.PART])
    rows = list(root.iter(f"{{{words}}}tr"))
    cell = list(rows[1].iter(f"{{{words}}}tc"))[2]
    paragraph = next(cell.iter(f"{{{words}}}p"))
    run = next(paragraph.iter(f"{{{words}}}r"))
    deleted = etree.SubElement(paragraph, f"{{{words}}}{gone}")
    deleted.append(run)
    inserted = etree.SubElement(paragraph, f"{{{words}}}{come}")
    text = etree.SubElement(etree.SubElement(inserted, f"{{{words}}}r"), f"{{{words}}}t")
    text.text = "Плотина"
    parts[docx_table.PART] = etree.tostring(root)
    home = bring_home([("t.docx", archive.write(parts))], source, Rules(lang="ru"))
    assert home.targets["opener-outlet.s1"].content == ("Плотина",)


# --- translate-toolkit -------------------------------------------------------------------------


def test_an_independent_reader_counts_the_same(every: Publication) -> None:
    pytest.importorskip("translate", reason="did not run, translate-toolkit is not installed")
    from translate.storage import pypo, xliff, xliff2
    from translate.storage import tmx as tmx_reader

    source = extract(every)
    total = sum(1 for _ in source.segments())
    files = kit.files(russian(source), every)
    files["memory.tmx"] = tmx.write(
        [tmx.Remembered.of("en", "ru", s.content, s.content) for _, s in source.segments()], "en"
    )
    for name, reader in (
        ("every-construct.xlf", xliff2.Xliff2File),
        ("omegat/source/every-construct.xlf", xliff.Xliff1File),
        ("every-construct.po", pypo.pofile),
        ("memory.tmx", tmx_reader.tmxfile),
    ):
        units = [unit for unit in cast(Any, reader).parsestring(files[name]).units if unit.source]
        assert len(units) == total, name

"""Our rules for exchange files pass what we write, and refuse what each specification forbids."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core.model import Artifact, Publication
from faircopy.proof import judges
from faircopy.proof.judges import exchange, toolkit, toolkit_tbx
from faircopy.proof.trace import traced
from faircopy.proof.verdict import Status
from faircopy.translation import tbx, tmx, xliff2, xliff12
from faircopy.translation.codes import Kind, Tag
from faircopy.translation.job import Job, Target
from faircopy.translation.segments import extract
from faircopy.translation.terms import Term, Terms
from faircopy.translation.tmx import Remembered
from lxml import etree

from tests.proof.conftest import read

Read = Callable[[str], Publication]
Make = Callable[[str, str], Artifact]
Damage = Callable[[etree._Element], object]
SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"
"""The published schemas, which lie beside the repository in CI."""
XML = "{http://www.w3.org/XML/1998/namespace}"
"""The namespace of ``xml:lang``."""


def _job() -> Job:
    text = extract(read("every-construct"))
    first = next(text.units()).segments[0]
    return Job(text=text, lang="fr", targets={first.id: Target(first.content)})


def _files() -> dict[str, bytes]:
    opened, closed = Tag("1", Kind.OPEN), Tag("1", Kind.CLOSE)
    memory = Remembered.of("en", "fr", ("A ", opened, "bold", closed), ("Un ", opened, "b", closed))
    terms = Terms(glossary=(Term("board", "A body.", {"fr": ("conseil",)}, {}),), keep=("Gaza",))
    return {
        "a.xlf": xliff2.write(_job()),
        "b.xlf": xliff12.write(_job()),
        "m.tmx": tmx.write((memory,), "en"),
        "g.tbx": tbx.write(terms, "en", "T"),
    }


FILES = _files()


def _codes(name: str, data: bytes) -> list[str]:
    return [item.code for item in exchange.findings(data, name)]


@pytest.mark.parametrize("name", FILES)
def test_what_we_write_is_right(name: str) -> None:
    assert _codes(name, FILES[name]) == []


def _first(root: etree._Element, name: str) -> etree._Element:
    return next(root.iter(f"{{*}}{name}"))


def _drop(name: str) -> Damage:
    def damage(root: etree._Element) -> None:
        victim = _first(root, name)
        parent = victim.getparent()
        assert parent is not None
        parent.remove(victim)

    return damage


def _lose(name: str, key: str) -> Damage:
    return lambda root: _first(root, name).attrib.pop(key)


def _set(name: str, key: str, value: str) -> Damage:
    return lambda root: _first(root, name).set(key, value)


def _double(name: str, key: str = "id") -> Damage:
    """Give the second element the first one's id."""

    def damage(root: etree._Element) -> None:
        one, other = list(root.iter(f"{{*}}{name}"))[:2]
        other.set(key, one.get(key, ""))

    return damage


def _add(name: str, kid: str) -> Damage:
    def damage(root: etree._Element) -> None:
        parent = _first(root, name)
        space = etree.QName(parent).namespace
        etree.SubElement(parent, f"{{{space}}}{kid}" if space else kid)

    return damage


def _text(name: str) -> Damage:
    def damage(root: etree._Element) -> None:
        _first(root, name).text = "stray words"

    return damage


def _turn(root: etree._Element) -> None:
    """Put a target before its source."""
    segment = _first(root, "segment")
    etree.SubElement(segment, f"{{{etree.QName(segment).namespace}}}target")
    segment.insert(0, segment[-1])
    root.set("trgLang", "fr")


def _untagged(root: etree._Element) -> None:
    """A finished translation that has lost its codes."""
    coded = next(item for item in root.iter("{*}segment") if len(item[0]))
    target = etree.SubElement(coded, coded[0].tag.replace("source", "target"))
    target.text = "words"
    coded.set("state", "final")


X = "exchange-"
REFUSED: tuple[tuple[str, str, Damage, bool], ...] = (
    ("a.xlf", "attribute", _lose("xliff", "srcLang"), True),
    ("a.xlf", "value", _set("xliff", "version", "3.0"), False),
    ("a.xlf", "attribute", _lose("unit", "id"), True),
    ("a.xlf", "value", _set("segment", "state", "done"), True),
    ("a.xlf", "children", _drop("source"), True),
    ("a.xlf", "children", _turn, True),
    ("a.xlf", "element", _add("notes", "remark"), True),
    ("a.xlf", "text", _text("group"), True),
    ("a.xlf", "attribute", _set("segment", "colour", "red"), True),
    ("a.xlf", "id", _double("unit"), False),
    ("a.xlf", "reference", _set("pc", "dataRefStart", "d999s"), False),
    ("a.xlf", "language", _lose("xliff", "trgLang"), False),
    ("a.xlf", "code", _untagged, False),
    ("b.xlf", "attribute", _lose("file", "original"), True),
    ("b.xlf", "value", _set("target", "state", "done"), True),
    ("b.xlf", "children", _drop("source"), True),
    ("b.xlf", "element", _add("body", "unit"), True),
    ("b.xlf", "id", _double("trans-unit"), True),
    ("b.xlf", "code", _drop("g"), False),
    ("m.tmx", "attribute", _lose("header", "segtype"), True),
    ("m.tmx", "value", _set("header", "segtype", "page"), True),
    ("m.tmx", "children", _drop("seg"), True),
    ("m.tmx", "element", _add("tu", "text"), True),
    ("m.tmx", "pair", _drop("ept"), False),
    ("m.tmx", "language", _double("tuv", f"{XML}lang"), False),
    ("m.tmx", "source", _set("tu", "srclang", "de"), False),
    ("g.tbx", "attribute", _lose("langSec", f"{XML}lang"), True),
    ("g.tbx", "children", _drop("term"), True),
    ("g.tbx", "children", _drop("fileDesc"), True),
    ("g.tbx", "element", _add("body", "entry"), True),
    ("g.tbx", "id", _double("conceptEntry"), True),
    ("g.tbx", "category", _set("descrip", "type", "colour"), False),
    ("g.tbx", "language", _double("langSec", f"{XML}lang"), False),
)
"""A file, the rule that must refuse it, the damage, and whether the published schema does too."""


def _damaged(name: str, damage: Damage) -> bytes:
    root = etree.fromstring(FILES[name])
    damage(root)
    return etree.tostring(root)


@pytest.mark.parametrize(("name", "rule", "damage", "schema"), REFUSED)
def test_a_damaged_file_is_refused(name: str, rule: str, damage: Damage, schema: bool) -> None:
    expected = {"language": "id"}.get(rule, rule) if name == "g.tbx" else rule
    assert f"{X}{expected}" in _codes(name, _damaged(name, damage))


def _published(name: str) -> etree.XMLSchema | etree.DTD | etree.RelaxNG:
    if not SCHEMAS.is_dir():
        pytest.skip("did not run, the published schemas are not beside this repository")
    if name == "a.xlf":
        return etree.XMLSchema(etree.parse(SCHEMAS / "xliff-2.1" / "xliff_core_2.0.xsd"))
    if name == "b.xlf":
        tree = etree.parse(SCHEMAS / "xliff-1.2" / "xliff-core-1.2-strict.xsd")
        for item in tree.iter("{http://www.w3.org/2001/XMLSchema}import"):
            item.set("schemaLocation", "xml.xsd")
        return etree.XMLSchema(tree)
    if name == "m.tmx":
        return etree.DTD(str(SCHEMAS / "tmx-1.4" / "tmx14.dtd"))
    return etree.RelaxNG(etree.parse(SCHEMAS / "tbx-3" / "TBXcoreStructV03.rng"))


@pytest.mark.parametrize("name", FILES)
def test_the_published_schema_agrees_with_our_rules(name: str) -> None:
    """What it refuses we refuse; what it cannot say, it lets pass, and we do not."""
    schema = _published(name)
    assert schema.validate(etree.fromstring(FILES[name])), schema.error_log
    for file, rule, damage, refused in REFUSED:
        if file == name:
            found = schema.validate(etree.fromstring(_damaged(name, damage)))
            assert found is not refused, (rule, damage)


def _bundle(edition: Make, damage: Damage | None) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(edition("every-construct", "bundle").data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if damage and name.endswith(".xlf"):
                root = etree.fromstring(data)
                damage(root)
                data = etree.tostring(root)
            target.writestr(name, data)
    return out.getvalue()


def test_a_bundle_is_judged_and_a_fault_is_traced(
    publication: Read, edition: Make, tmp_path: Path
) -> None:
    judge = next(item for item in judges.JUDGES if item.name == "exchange rules")
    path = tmp_path / "a.en.translation.zip"
    path.write_bytes(_bundle(edition, None))
    assert judges.ask(judge, path).status is Status.PASSED
    data = _bundle(edition, _set("pc", "dataRefStart", "d999s"))
    path.write_bytes(data)
    verdict = judges.ask(judge, path)
    assert verdict.status is Status.FAILED
    text = publication("every-construct")
    (finding,) = traced(verdict, text, data).findings
    assert finding.place is not None
    assert finding.place.file == text.source_path
    assert finding.place.line > 1


def _zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, data in files.items():
            target.writestr(name.replace("_", "."), data)
    return path


@pytest.mark.parametrize("name", ["a.xlf", "b.xlf", "m.tmx"])
def test_an_independent_reader_finds_the_same_sentences(name: str, tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.translation.zip", **{name: FILES[name]})
    verdict = toolkit.judge(path)
    assert verdict.status is Status.PASSED, verdict.findings
    assert verdict.version


def test_a_space_within_a_pair_of_codes_belongs_to_the_sentence(tmp_path: Path) -> None:
    data = (
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en">'
        b'<file id="f"><unit id="u"><segment id="u.s1"><source xml:space="preserve">See '
        b'<pc id="1">the manual of <ph id="2"/></pc>.</source></segment></unit></file></xliff>'
    )
    verdict = toolkit.judge(_zipped(tmp_path / "a.translation.zip", a_xlf=data))
    assert verdict.status is Status.PASSED, verdict.findings


@pytest.mark.parametrize(
    ("name", "damage", "code"),
    [
        ("a.xlf", _drop("source"), "toolkit-"),
        ("b.xlf", _drop("source"), "toolkit-"),
        ("m.tmx", _drop("seg"), "toolkit-"),
    ],
)
def test_what_an_independent_reader_cannot_read_is_refused(
    name: str, damage: Damage, code: str, tmp_path: Path
) -> None:
    path = _zipped(tmp_path / "a.translation.zip", **{name: _damaged(name, damage)})
    verdict = toolkit.judge(path)
    assert verdict.status is Status.FAILED
    assert all(item.code.startswith(code) for item in verdict.findings)
    path.write_bytes(b"no zip")
    assert toolkit.judge(path).status is Status.FAILED


TABLES = {
    "glossary_tsv": (
        b"term\tdefinition\tfr\tur\n"
        b"board\tA body.\tconseil | !bureau\t\xd8\xa8\xd9\x88\xd8\xb1\xda\x88\n"
        b"two  words\t\t\t\n"
    ),
    "do-not-translate_txt": b"Gaza\n",
}
"""What beside the glossary says what must be in it: forms, a forbidden one, a term without any."""


def _glossary(damage: Damage | None = None) -> bytes:
    board = Term("board", "A body.", {"fr": ("conseil",), "ur": ("بورڈ",)}, {"fr": ("bureau",)})
    terms = Terms(glossary=(board, Term("two words", "", {}, {})), keep=("Gaza",))
    root = etree.fromstring(tbx.write(terms, "en-GB", "T"))
    if damage:
        damage(root)
    return etree.tostring(root)


def test_an_independent_reader_finds_every_term_of_every_language(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.translation.zip", glossary_tbx=_glossary(), **TABLES)
    verdict = toolkit.judge(path)
    assert verdict.status is Status.PASSED, verdict.findings
    found = list(toolkit_tbx.read(_glossary()))
    assert [[(one.lang, one.text, one.forbidden) for one in forms] for forms in found] == [
        [
            ("en-GB", "board", False),
            ("fr", "conseil", False),
            ("fr", "bureau", True),
            ("ur", "بورڈ", False),
        ],
        [("en-GB", "two words", False)],
        [("en-GB", "Gaza", False)],
    ]


def _rename(name: str, other: str) -> Damage:
    def damage(root: etree._Element) -> None:
        first = _first(root, name)
        first.tag = first.tag.replace(name, other)

    return damage


def _allow(root: etree._Element) -> None:
    """Make a forbidden form an allowed one."""
    for note in root.iter("{*}termNote"):
        note.text = "preferredTerm-admn-sts"


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_drop("conceptEntry"), "count"),
        (_drop("langSec"), "term"),
        (_drop("termSec"), "term"),
        (_drop("term"), "term"),
        (_text("term"), "term"),
        (_set("langSec", f"{XML}lang", "de"), "term"),
        (_allow, "term"),
        (_rename("conceptEntry", "termEntry"), "count"),
        (_rename("termSec", "tig"), "term"),
        (_rename("tbx", "martif"), "unreadable"),
    ],
)
def test_a_glossary_that_an_independent_reader_reads_otherwise_is_refused(
    damage: Damage, code: str, tmp_path: Path
) -> None:
    path = _zipped(tmp_path / "a.translation.zip", glossary_tbx=_glossary(damage), **TABLES)
    verdict = toolkit.judge(path)
    assert verdict.status is Status.FAILED
    assert [item.code for item in verdict.findings] == [f"toolkit-{code}"]


@pytest.mark.parametrize("lost", ["glossary_tbx", "glossary_tsv"])
def test_a_glossary_has_both_its_forms(lost: str, tmp_path: Path) -> None:
    files = {"glossary_tbx": _glossary(), **TABLES}
    del files[lost]
    verdict = toolkit.judge(_zipped(tmp_path / "a.translation.zip", **files))
    assert [item.code for item in verdict.findings] == ["artifact-unreadable"]


def test_a_bundle_without_exchange_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.translation.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("README.txt", "nothing else")
    assert [item.code for item in exchange.judge(path).findings] == [f"{X}empty"]
    path.write_bytes(b"no zip")
    assert exchange.judge(path).status is Status.FAILED

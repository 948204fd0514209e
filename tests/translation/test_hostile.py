"""Bundles that come back meaning harm: refused with a finding, in bounded time and memory.

Each is taken in by a process of its own, whose time and memory are measured, and nothing but the
manuscript's own ``translations`` may change.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core.limits import TARGET_CODES, TSV_CELL, XML_MARKS
from faircopy.translation import intake, text
from faircopy.translation.forms import ImportRefused

from tests.bounded import ended, said

__all__ = ["ended"]  # a fixture

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests/manuscripts/speaker-turns/manuscript.md"
SECONDS = 20
MEGABYTES = 1200
SECRET = "SECRET-WORD"

TAKE = """
import json, sys
from pathlib import Path
from faircopy import manuscript
from faircopy.core.diagnostics import FaircopyError
from faircopy.translation.commands import take_in
folder, file, lang = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
try:
    take_in(manuscript.read(folder), folder, [file], lang)
except FaircopyError as error:
    print(json.dumps([(d.code, str(d)) for d in error.diagnostics]))
else:
    print("[]")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "a" / "source" / "talk"
    made.mkdir(parents=True)
    shutil.copy(SAMPLE, made / "manuscript.md")
    return made


def take(folder: Path, name: str, data: bytes, lang: str = "ru") -> set[str]:
    """Import a file in a process of its own; return the codes of what is found, within bounds."""
    path = folder.parents[2] / name
    path.write_bytes(data)
    return take_path(folder, path, lang)


def take_path(folder: Path, path: Path, lang: str = "ru") -> set[str]:
    before = everything(folder)
    heard = said(TAKE, str(folder), str(path), lang, seconds=SECONDS, megabytes=MEGABYTES)
    assert SECRET.encode() not in heard
    assert everything(folder) == before
    return {code for code, _ in json.loads(heard)}


def everything(folder: Path) -> dict[str, float]:
    """Return every file below the test's folder, with the time of its last change."""
    return {str(path): path.lstat().st_mtime for path in folder.parents[2].rglob("*")}


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def link() -> bytes:
    """Return a zip with a symbolic link where a translation is expected."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("a.xlf")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def overlapping() -> bytes:
    """Return a zip whose directory names one deflated megabyte ten thousand times."""
    data = zipped({f"{n:05}": b"" for n in range(10_000)})
    return data.replace(b"PK\x03\x04", zipped({"x": b"a" * 1_000_000})[:4])


def lying() -> bytes:
    """Return a zip whose directory says that a large file has ten bytes."""
    data = zipped({"a.xlf": b"<xliff " + b" " * 90_000})
    size = (90_007).to_bytes(4, "little")
    return data.replace(size, (10).to_bytes(4, "little"))


XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="{}">'
    '<file id="f"><unit id="{}"><segment><source>{}</source><target>{}</target></segment></unit>'
    "</file></xliff>"
)
ENTITIES = "".join(
    f"<!ENTITY {name} '{f'&{last};' * 10}'>"
    for last, name in zip("abcdefghi", "bcdefghij", strict=True)
)
LAUGHS = f"<!DOCTYPE xliff [<!ENTITY a 'ha'>{ENTITIES}]>"
DEEP = "<mrk id='1'>" * 100_000


ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "climbs": (lambda: zipped({"../../a.xlf": b"x"}), "zip-unsafe"),
    "climbs as on Windows": (lambda: zipped({"..\\..\\a.xlf": b"x"}), "zip-unsafe"),
    "absolute": (lambda: zipped({"/etc/a.xlf": b"x"}), "zip-unsafe"),
    "on a drive": (lambda: zipped({"C:/a.xlf": b"x"}), "zip-unsafe"),
    "a bomb": (lambda: zipped({"a.xlf": b"\0" * 50_000_000}), "zip-unsafe"),
    "many bombs": (lambda: zipped({f"{n}.xlf": b"\0" * 99_000 for n in range(450)}), "nothing"),
    "a bomb in a zip in a zip": (
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.xlf": b"\0" * 50_000_000})})}),
        "nothing",
    ),
    "zips that are little each": (
        lambda: zipped(
            {f"{n}.zip": zipped({f"{m}.txt": b"" for m in range(30)}) for n in range(80)}
        ),
        "zip-unsafe",
    ),
    "zips that unpack to little each": (
        lambda: zipped({f"{n}.zip": zipped({"a.bin": os.urandom(9_000) * 99}) for n in range(140)}),
        "zip-unsafe",
    ),
    "too many files": (lambda: zipped({f"{n}.txt": b"" for n in range(501)}), "zip-unsafe"),
    "a directory of 10,000": (overlapping, "zip-unsafe"),
    "a link": (link, "nothing"),
    "a file that lies about its size": (lying, "zip-broken"),
    "no zip": (lambda: b"PK\x03\x04" + b"x" * 1000, "zip-broken"),
    "a Word document that is a bomb": (
        lambda: zipped({"word/document.xml": b"<a>" + b" " * 50_000_000}),
        "zip-unsafe",
    ),
}


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_that_means_harm(name: str, folder: Path) -> None:
    make, code = ZIPS[name]

    found = take(folder, "back.zip", make())

    assert found, name
    assert all(one.startswith(code) for one in found)


FILES: dict[str, tuple[str, Callable[[], str], str]] = {
    "a billion laughs": ("a.xlf", lambda: LAUGHS + XLIFF.format("ru", "u", "&j;", "&j;"), "xml-"),
    "laughs in an attribute": ("a.xlf", lambda: LAUGHS + XLIFF.format("ru", "&j;", "", ""), "xml-"),
    "quadratic growth": (
        "a.xlf",
        lambda: (
            f"<!DOCTYPE xliff [<!ENTITY a '{'x' * 3_000}'>]>"
            + XLIFF.format("ru", "u", "&a;" * 10_000, "")
        ),
        "xml-",
    ),
    "a file drawn in": (
        "a.xlf",
        lambda: (
            "<!DOCTYPE xliff [<!ENTITY a SYSTEM 'secret'>]>" + XLIFF.format("ru", "u", "&a;", "&a;")
        ),
        "xml-doctype",
    ),
    "a document type from elsewhere": (
        "a.xlf",
        lambda: (
            "<!DOCTYPE xliff SYSTEM 'http://127.0.0.1:9/a.dtd'>" + XLIFF.format("ru", "u", "", "")
        ),
        "xml-doctype",
    ),
    "elements in elements": (
        "a.xlf",
        lambda: XLIFF.format("ru", "u", "", DEEP + "</mrk>" * 100_000),
        "xml-broken",
    ),
    "a language that is a path": (
        "a.xlf",
        lambda: XLIFF.format("../../../ru", "u", "a", "b"),
        "",
    ),
    "an id that is a path": ("a.xlf", lambda: XLIFF.format("ru", "../../../etc", "a", "b"), ""),
    "codes in codes": ("segments.txt", lambda: "[a.s1] a\n" + "<1>" * 100_000 + "\n", ""),
    "a line of 10 MB": ("segments.txt", lambda: "[a.s1] a\n" + "word " * 2_000_000 + "\n", ""),
    "brackets": ("segments.txt", lambda: "[a.s1] " + "[" * 1_000_000 + "\n", ""),
    "a cell of 10 MB": (
        "segments.tsv",
        lambda: "id\tsource\ttarget\na.s1\ta\t" + "word " * 2_000_000 + "\n",
        "tsv-cell-too-long",
    ),
    "a quotation mark that never closes": (
        "segments.tsv",
        lambda: 'id\tsource\ttarget\na.s1\ta\t"' + "word\n" * 500_000,
        "",
    ),
    "attributes without end": (
        "a.xlf",
        lambda: XLIFF.format(
            "ru", "u", "", "<ph " + "".join(f" a{n}='1'" for n in range(501)) + "/>"
        ),
        "xml-too-large",
    ),
    "blanks without end": (
        "a.xlf",
        lambda: XLIFF.format("ru", "u", "", " " * 5_000_000 + "b"),
        "",
    ),
    "codes without end": (
        "a.xlf",
        lambda: XLIFF.format("ru", "u", "", "<ph id='1'/>" * (XML_MARKS.most + 1)),
        "xml-too-large",
    ),
    "more codes than texts have": (
        "segments.txt",
        lambda: "".join(f"[a.s{n}] a\n{'<1/>' * 200}\n" for n in range(TARGET_CODES.most // 150)),
        "codes-too-many",
    ),
    "a message of 10 MB": (
        "a.po",
        lambda: 'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "' + "\\n" * 2_000_000 + '"\n',
        "",
    ),
    "lines without end": ("a.po", lambda: 'msgid "a"\n' + '"b"\n' * 500_000, ""),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_means_harm(name: str, folder: Path) -> None:
    file, make, code = FILES[name]
    (folder.parents[2] / "secret").write_text(SECRET)

    found = take(folder, file, make().encode(), lang="")

    assert found, name
    assert all(one.startswith(code) for one in found)


@pytest.mark.parametrize("lang", ["../../ru", "ru/..", "/ru", "ru\n", "", "ru" * 500])
def test_a_language_is_no_path(lang: str, folder: Path) -> None:
    line = "[a.s1] a\nb\n"

    assert take(folder, "segments.txt", line.encode(), lang) != set()


def test_no_pipe_or_device_is_read(folder: Path) -> None:
    pipe = folder.parents[2] / "pipe.xlf"
    os.mkfifo(pipe)

    assert take_path(folder, pipe) == {"no-file"}
    assert take_path(folder, Path("/dev/zero")) == {"no-file"}


def test_a_cell_that_is_too_long_is_told_with_its_line() -> None:
    good = "a.s1\ta\tb\n"
    for long in ("w " * TSV_CELL.most, "w" * (TSV_CELL.most + 1), '"' + "w\n" * TSV_CELL.most):
        data = f"id\tsource\ttarget\n{good}a.s2\ta\t{long}\n".encode()
        with pytest.raises(ImportRefused, match=r"a\.tsv:3"):
            text.read_tsv(data, "a.tsv")


@pytest.mark.slow
def test_what_is_too_large_is_not_read(folder: Path) -> None:
    path = folder.parents[2] / "a.xlf"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)  # takes no room on the disk

    assert take_path(folder, path) == {"file-too-large"}


@pytest.mark.parametrize("data", [b'{"files":[{"more":' + b"[" * 100_000, b"\xff", b"[]"])
def test_a_manifest_that_is_none_leaves_no_file_untouched(data: bytes) -> None:
    assert intake._untouched({"back/manifest.json": data, "back/a.xlf": b""}) == set()

"""The record of a set as strangers write it: what names or leads elsewhere is not ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from faircopy.core.limits import LANGUAGES, SUMS
from faircopy.core.model import About, Kind
from faircopy.publish import manifest
from faircopy.publish.manifest import FileEntry, Hashed, Provenance, SetManifest

ABOUT = About(lang="en", dir="ltr", kind=Kind.BOOK, title="T", licence="https://a.example/by")
FILE = FileEntry("one.en.pdf", "pdf", "en", "application/pdf", "0" * 64, 1)
SET = SetManifest(
    slug="one",
    made_from=Provenance(Hashed("one", "5"), Hashed("theme", "7"), code="c", lock="1"),
    tools={},
    files=(FILE,),
    editions=(ABOUT,),
)


def read(folder: Path, item: SetManifest) -> SetManifest | None:
    (folder / item.slug).mkdir(parents=True, exist_ok=True)
    (folder / item.slug / "manifest.json").write_bytes(manifest.to_json(item))
    (found,) = manifest.sets(folder) or (None,)
    return found


def test_ours_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, SET) == SET


@pytest.mark.parametrize(
    "more", [b" " * SUMS.most, b',"more":' + b"[" * 100_000 + b"]" * 100_000], ids=["long", "deep"]
)
def test_one_without_end_is_none(tmp_path: Path, more: bytes) -> None:
    (tmp_path / "one").mkdir()
    whole = manifest.to_json(SET).rstrip().removesuffix(b"}")
    (tmp_path / "one" / "manifest.json").write_bytes(whole + more + b"}")
    assert manifest.sets(tmp_path) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"slug": "../one"},
        {"slug": "one\n"},
        {"slug": "index.html"},
        {"slug": "<b>"},
        {"site": "javascript:alert(1)"},
        {"schema": 1},
        *({"licence": one} for one in ("javascript:alert(1)", "data:text/html,x", "//a.example")),
        {"tdm_policy": "javascript:alert(1)"},
        {"tdm": "</style>"},
        *({"lang": one} for one in ("../en", "</script>", "en\n")),
        *({"media_type": one} for one in ("", "text/html; x", 'a/b"><b>', "a/b\x1b")),
        {"bytes": -1},
        *({key: "<b>"} for key in ("date", "modified")),
        {"date": "12026-01-01"},
        *({"file": f"one.{one}"} for one in ("/../../x", "a\n", "a\x1b[2J", "a b", "..\\x")),
    ],
    ids=str,
)
def test_what_names_or_leads_elsewhere_is_not_ours(changed: dict[str, Any], tmp_path: Path) -> None:
    told = ("licence", "tdm", "tdm_policy", "date", "modified")
    about = {key: changed[key] for key in changed if key in told}
    held = ("file", "lang", "media_type", "bytes")
    file = {key: changed[key] for key in changed if key in held}
    rest = {key: changed[key] for key in changed if key in ("slug", "site", "schema")}
    item = msgspec.structs.replace(
        SET,
        editions=(msgspec.structs.replace(ABOUT, **about),),
        files=(msgspec.structs.replace(FILE, **file),),
        **rest,
    )

    assert read(tmp_path / "dist", item) is None


def test_a_file_that_is_named_twice_is_not_ours(tmp_path: Path) -> None:
    """What lists the sums of a set would name it twice, and hold for nobody."""
    assert read(tmp_path, msgspec.structs.replace(SET, files=(FILE, FILE))) is None


@pytest.mark.parametrize(
    "langs",
    [["en", "en"], [f"x-{number}" for number in range(LANGUAGES.most + 1)]],
    ids=["twice", "many"],
)
def test_languages_without_end_are_not_ours(langs: list[str], tmp_path: Path) -> None:
    """The pages above the sets are made language by language: their time grows with the square."""
    editions = tuple(msgspec.structs.replace(ABOUT, lang=lang) for lang in langs)
    files = tuple(
        msgspec.structs.replace(FILE, lang=lang, file=f"one.{lang}.{number}.pdf")
        for number, lang in enumerate(langs)
    )

    assert read(tmp_path / "a", msgspec.structs.replace(SET, editions=editions)) is None
    many = msgspec.structs.replace(SET, files=files)
    assert (read(tmp_path / "b", many) is None) == (len(langs) > LANGUAGES.most)

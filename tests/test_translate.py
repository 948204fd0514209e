"""The translator's loop as an editor uses it: a bundle out, back, every language built."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.publish.fakes import contents
from tests.test_tasks import inv, project

SLUG = "low-water"
TEXT = """---
title: Low water
lang: en-GB
kind: article
date: 2026-02-05
author: Jane Roe
---

## The gauge {#gauge}

The river is low. The gauge has **two** marks.

We read it twice a day.[^1]

[^1]: At six and at six.
"""
WORDS = {
    "ru": ("Река обмелела", "Слово"),
    "kk": ("Өзен таяз", "Сөз"),
    "ur": ("دریا کا پانی کم ہے", "لفظ"),
}

pytestmark = pytest.mark.slow


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = project(tmp_path)
    (root / "source" / SLUG).mkdir(parents=True)
    (root / "source" / SLUG / "manuscript.md").write_text(TEXT, "utf-8")
    return root


def filled(root: Path, lang: str, word: str = "") -> Path:
    """Have a bundle made, write a translation into its plain text, and return that file."""
    assert inv(root, "translate.export", "--lang", lang).returncode == 0
    path = root / f"dist/translation/{SLUG}.en-{lang}.translation.zip"
    with zipfile.ZipFile(path) as archive:
        lines = archive.read("segments.txt").decode("utf-8").splitlines()
    out: list[str] = []
    for line in lines:
        if line.startswith("[") and "] " in line:
            source = line.partition("] ")[2]
            codes = "".join(
                part + ">"
                for part in source.split(">")[:-1]
                for part in ["<" + part.rpartition("<")[2]]
            )
        out.append(line)
        if line.strip() == "=":
            stop = source[-1] if source[-1] == "." else ""
            stop = "۔" if lang == "ur" and stop else stop
            codes = codes.replace("></", f">{WORDS[lang][1]}</")
            out[-1] = f"= {word or WORDS[lang][1]} {codes}{WORDS[lang][0]}{stop}"
    back = root / f"{lang}.txt"
    back.write_text("\n".join(out) + "\n", "utf-8")
    return back


def build(root: Path, *args: str, formats: str = "docx,bundle") -> tuple[int, str, set[str]]:
    done = inv(root, "build", "--formats", formats, *args)
    return done.returncode, done.stderr, {p.name for p in (root / "dist" / SLUG).glob(f"{SLUG}.*")}


def names(*langs: str, suffixes: tuple[str, ...] = ("docx",)) -> set[str]:
    bundle = {f"{SLUG}.en.translation.zip"}
    return bundle | {f"{SLUG}.{lang}.{suffix}" for lang in langs for suffix in suffixes}


def test_out_back_and_every_language_built(checkout: Path) -> None:
    backs = [filled(checkout, lang) for lang in WORDS]
    for back in backs:
        done = inv(checkout, "translate.import", back.name)
        assert done.returncode == 0, done.stderr
        assert f"source/{SLUG}/translations/{back.stem}.xlf keeps them" in done.stdout
    assert inv(checkout, "translate.status").returncode == 0
    code, said, there = build(checkout, formats="docx,epub,bundle")
    assert code == 0, said
    assert there == names("en", *WORDS, suffixes=("docx", "epub", "cover.jpg"))
    manifest = json.loads((checkout / "dist" / SLUG / "manifest.json").read_bytes())
    assert {(file["lang"], file["draft"]) for file in manifest["files"]} == {
        ("en-GB", False),
        *((lang, True) for lang in WORDS),
    }
    assert all("untranslated" not in file or not file["untranslated"] for file in manifest["files"])

    # A rebuild makes nothing; one language asked for leaves the others as they are.
    before = contents(checkout / "dist")
    asked = ("--lang", "ru")
    assert build(checkout, *asked, formats="docx,epub,bundle") == (0, "", there)
    assert contents(checkout / "dist") == before


def test_several_files_of_one_language_at_once(checkout: Path) -> None:
    back = filled(checkout, "ru")
    records = back.read_text("utf-8").split("\n\n")
    halves = [checkout / "one.txt", checkout / "two.txt"]
    head, middle = records[0], len(records) // 2
    for path, part in zip(halves, (records[1:middle], records[middle:]), strict=True):
        path.write_text("\n\n".join([head, *part]), "utf-8")
    done = inv(checkout, "translate.import", *(path.name for path in halves), "--json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["ok"] is True
    assert report["translated"] == report["total"] == report["taken"]


def test_a_refused_import_changes_nothing_and_says_why(checkout: Path) -> None:
    back = filled(checkout, "ru")
    assert inv(checkout, "translate.import", back.name).returncode == 0
    before = contents(checkout / "source")
    lines = back.read_text("utf-8").splitlines()
    damaged = [line.replace("</1>", "") if line.startswith("=") else line for line in lines]
    back.write_text("\n".join(damaged) + "\n", "utf-8")
    for file, rule in ((back.name, "translation-code"), ("nothing.xlf", "file-unreadable")):
        done = inv(checkout, "translate.import", file, "--sarif", "findings.sarif")
        assert done.returncode == 1
        assert "error:" in done.stderr
        assert "Traceback" not in done.stderr
        assert contents(checkout / "source") == before
        run = json.loads((checkout / "findings.sarif").read_bytes())["runs"][0]
        assert run["results"][0]["level"] == "error"
        assert any(result["ruleId"].startswith(rule) for result in run["results"])


def test_a_changed_source_makes_a_translation_stale(checkout: Path) -> None:
    for lang in ("kk", "ru"):
        assert inv(checkout, "translate.import", filled(checkout, lang).name).returncode == 0
    assert build(checkout)[2] == names("en", "kk", "ru")
    manuscript = checkout / "source" / SLUG / "manuscript.md"
    manuscript.write_text(TEXT.replace("twice", "three times"), "utf-8")

    # Stale text is not published, and the old editions go.
    code, said, there = build(checkout)
    assert code == 0
    assert there == names("en")
    assert "The translation into ru lacks 1 of 7 sentences" in said
    assert f"./inv translate.status --lang ru --manuscript {SLUG}" in said

    # Asked for by name, it is an error, and what lies there stays.
    code, said, there = build(checkout, "--lang", "ru")
    assert (code, there) == (1, names("en"))
    assert "error:" in said

    done = inv(checkout, "translate.status", "--lang", "ru")
    assert done.returncode == 1
    assert "We read it [-twice-] {+three times+} a day." in done.stdout

    # With the gaps marked it can be looked at.
    marked = ("--lang", "ru", "--allow-untranslated")
    code, said, there = build(checkout, *marked, formats="epub")
    assert code == 0, said
    assert "untranslated-shown" in said
    assert there == names("en") | {f"{SLUG}.ru.epub", f"{SLUG}.ru.cover.jpg"}
    with zipfile.ZipFile(checkout / f"dist/{SLUG}/{SLUG}.ru.epub") as book:
        pages = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
    assert 'class="untranslated"' in pages

    # A plain build takes that edition away again.
    assert build(checkout)[2] == names("en")

    # The delta comes back, and all is well.
    assert inv(checkout, "translate.import", filled(checkout, "ru").name).returncode == 0
    code, said, there = build(checkout)
    assert (code, there) == (0, names("en", "ru"))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("build", "--lang", "fr", "--formats", "bundle"), "No manuscript is there in fr."),
        (("translate.export", "--lang", "en-GB"), "is written in en-GB"),
        (("translate.export", "--lang", "../x"), "is no language tag"),
        (("translate.status", "--lang", "fr"), "No manuscript is there in fr."),
        (("translate.export", "--lang", "ru", "--manuscript", "low-watre"), "Did you mean"),
    ],
)
def test_a_wrong_request_is_told_without_a_traceback(
    checkout: Path, args: tuple[str, ...], said: str
) -> None:
    done = inv(checkout, *args)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_manuscript_is_found_by_its_sentences(checkout: Path) -> None:
    """Two manuscripts by one author: the file goes to the one that most of it is of."""
    back = filled(checkout, "ru")
    for slug in ("almanac", "zenith"):
        folder = checkout / "source" / slug
        folder.mkdir()
        other = TEXT.partition("## The gauge")[0] + "Another text.\n"
        folder.joinpath("manuscript.md").write_text(other.replace("Low water", slug), "utf-8")
    done = inv(checkout, "translate.import", back.name)
    assert done.returncode == 0, done.stderr
    assert f"{SLUG}: 7 sentences in ru taken in" in done.stdout
    stranger = checkout / "stranger.txt"
    stranger.write_text("# Faircopy segments\n# To: ru\n[a.s1] Nobody's words.\n= Да.\n", "utf-8")
    done = inv(checkout, "translate.import", stranger.name)
    assert done.returncode == 1
    assert "No sentence of these files is of any manuscript" in done.stderr


def test_what_the_house_says_for_all_manuscripts_is_translated_too(checkout: Path) -> None:
    (checkout / "faircopy.toml").write_text('outlet = "The Weir"\nrights = "© The Weir"\n')
    back = filled(checkout, "ru")
    assert "] The Weir" in back.read_text("utf-8")
    assert inv(checkout, "translate.import", "--lang", "ru", str(back)).returncode == 0
    code, said, made = build(checkout, "--lang", "ru")
    assert code == 0, said
    assert f"{SLUG}.ru.docx" in made
    assert "all 9 sentences are translated" in inv(checkout, "translate.status").stdout

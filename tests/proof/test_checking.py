"""What lies in ``dist/`` may have been put there by anybody: findings tell what it is."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from faircopy.core import cage
from faircopy.core.model import Publication
from faircopy.proof import judges
from faircopy.proof.checking import check
from faircopy.proof.contact import INDEX, lay_out
from faircopy.proof.judges import Judge
from faircopy.proof.verdict import Status

from tests.proof.attacks import book

Read = Callable[[str], Publication]
Plant = Callable[[Path], object]

SECRET = b"the secret"


def huge_paper() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 14_000_000, 14_000_000])
        pdf.save(out)
    return out.getvalue()


def a_link(path: Path) -> None:
    secret = path.parents[2] / "secret"
    secret.write_bytes(SECRET)
    path.symlink_to(secret)


PLANTED: dict[str, Plant] = {
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to a secret": a_link,
    "nothing": lambda path: path.write_bytes(b""),
    "rubbish": lambda path: path.write_bytes(bytes(range(256)) * 10),
}


@pytest.fixture
def place(publication: Read, tmp_path: Path) -> tuple[Publication, Path]:
    text = publication("speaker-turns")
    folder = tmp_path / "dist" / text.slug
    folder.mkdir(parents=True)
    return text, folder


@pytest.mark.parametrize("ending", ["epub", "docx", "a5.pdf", "translation.zip"])
@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_no_file_of_ours_is_told(
    place: tuple[Publication, Path], kind: str, ending: str
) -> None:
    text, folder = place
    PLANTED[kind](folder / f"{text.slug}.en.{ending}")
    report = check(folder.parent, [text])
    (file,) = report.editions[0].files
    assert [item.name for item in file.said()] == ["static"]
    assert all(item.remedy for item in file.findings())
    assert file.size != len(SECRET)
    laid = lay_out(folder.parent, folder.parents[1] / "sheet")
    assert laid.pictures == 0
    assert SECRET not in laid.index.read_bytes()


@pytest.mark.parametrize("name", ["\x1b[31m", "\udcff", "a\nb", "\u202e"])
def test_a_name_that_is_no_text_is_told_and_shown_as_text(
    place: tuple[Publication, Path], name: str
) -> None:
    text, folder = place
    (folder / f"{text.slug}.en.{name}.epub").write_bytes(book("<p>a</p>"))
    (folder.parent / name).mkdir()
    (folder.parent / name / "x.epub").write_bytes(b"x")
    heard: list[str] = []
    report = check(folder.parent, [text], listen=heard.append)
    (file,) = report.editions[0].files
    assert [item.code for item in file.findings()] == ["not-static"]
    laid = lay_out(folder.parent, folder.parents[1] / "sheet", listen=heard.append)
    assert laid.pictures == 0
    assert not any(name in line for line in (*heard, *laid.unseen, file.name))


DEEP = "[" * 100_000 + "]" * 100_000
MANIFESTS = {
    "no JSON": "{",
    "deeper than Python": '{"files":[{"file":"FILE","facts":{"a":DEEP}}]}',
    "facts that are none": '{"files":[{"file":"FILE","facts":{"fonts":5,"pages":"x","claims":7}}]}',
    "a list of lists": DEEP,
}


@pytest.mark.parametrize("kind", [*MANIFESTS, "a pipe"])
def test_a_manifest_may_be_anything(place: tuple[Publication, Path], kind: str) -> None:
    text, folder = place
    name = f"{text.slug}.en.epub"
    (folder / name).write_bytes(book("<script/>"))
    if kind == "a pipe":
        os.mkfifo(folder / "manifest.json")
    else:
        said = MANIFESTS[kind].replace("FILE", name).replace("DEEP", DEEP)
        (folder / "manifest.json").write_text(said)
    report = check(folder.parent, [text])
    assert not report.sound()


def test_facts_that_are_known_are_kept(place: tuple[Publication, Path]) -> None:
    text, folder = place
    name = f"{text.slug}.en.epub"
    (folder / name).write_bytes(book("<script/>"))
    facts = {"pages": 3, "fonts": ["a"], "words": 12}
    said = json.dumps({"files": [{"file": name, "facts": facts}]})
    (folder / "manifest.json").write_text(said)
    (file,) = check(folder.parent, [text]).editions[0].files
    assert file.facts == {**facts, "fonts": ("a",)}


def test_who_breaks_down_over_a_file_has_not_passed_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(path: Path) -> None:
        raise KeyError(path.name)

    monkeypatch.setattr("faircopy.proof.judges.docx_access.judge", broken)
    (judge,) = (one for one in judges.JUDGES if one.name == "DOCX accessibility")
    assert isinstance(judge, Judge)
    said = judges.ask(judge, tmp_path / "x.docx")
    assert said.status is Status.FAILED
    assert "KeyError" in said.findings[0].message


def test_a_page_without_end_is_not_drawn(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "x.pdf").write_bytes(huge_paper())
    laid = lay_out(tmp_path, tmp_path / "sheet")
    assert laid.pictures == 0
    assert "larger than paper" in laid.unseen[0]


def test_the_sheet_says_that_programs_ran_uncaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x").mkdir()
    assert "uncaged" not in lay_out(tmp_path, tmp_path / "a").index.read_text()
    monkeypatch.setattr(cage, "walls", lambda: None)
    lay_out(tmp_path, tmp_path / "b")
    assert "uncaged" in (tmp_path / "b" / INDEX).read_text()

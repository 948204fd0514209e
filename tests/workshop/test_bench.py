from __future__ import annotations

import re
import sys
from pathlib import Path

import pikepdf
import pytest
from faircopy.core import process
from faircopy.core.process import Measured
from faircopy.manuscript import read
from faircopy.proof.reading import reading
from faircopy.proof.words import Rules, count, words
from faircopy.publish.project import Project
from faircopy.theme import fonts, load
from faircopy.workshop.bench import ALONE, VARIANT, Line, write_book
from faircopy.workshop.waiting import Wait, waits
from faircopy.writers.pdf.galley import Galley

INTERVIEW = Path(__file__).parents[2] / "source/president-of-kazakhstan-interview/manuscript.md"


@pytest.mark.slow
def test_the_book_is_the_interview_fifty_times_with_each_id_once(tmp_path: Path) -> None:
    path = tmp_path / "book/manuscript.md"
    write_book(INTERVIEW, path)
    text = path.read_text(encoding="utf-8")
    ids = re.findall(r"\{#([\w-]+)", text)
    assert len(ids) == len(set(ids)) == 50 * len(re.findall(r"\{#", INTERVIEW.read_text("utf-8")))
    assert text.count("---\n") == 2
    one, all_of_them = (
        count(word.text for word in words(reading(read(folder)), Rules()))
        for folder in (INTERVIEW.parent, path.parent)
    )
    assert all_of_them > 49 * one


def test_a_line_says_the_ratio_and_both_sides() -> None:
    line = Line("rebuild", Measured(0.2, 30_000_000), Measured(1.0, 120_000_000), 0.25)
    said = "rebuild 0.20× (aim 0.25×) 0.20 s against 1.00 s peak 30 MB against 120 MB"
    assert " ".join(str(line).split()) == said


@pytest.mark.parametrize("variant", ["", VARIANT])
def test_weasyprint_alone_writes_the_page_with_tags_or_without(
    tmp_path: Path, variant: str
) -> None:
    job = tmp_path / "job"
    html = b'<html lang="en"><head><title>T</title></head><body><p>Text</p></body></html>'
    font = str(fonts.file(next(filter(fonts.installed, load().faces))))
    job.write_bytes(Galley(html, "@page { size: a5 }", (font,)).packed())
    process.run((sys.executable, "-c", ALONE, str(job), variant), timeout=60)
    with pikepdf.open(tmp_path / "job.pdf") as made:
        assert len(made.pages) == 1
        assert ("/StructTreeRoot" in made.Root) == bool(variant)


def test_a_wait_says_its_seconds_and_the_aim() -> None:
    line = Wait("to the web page", 0.414, 0.5)
    assert " ".join(str(line).split()) == "to the web page 0.41 s (aim 0.50 s)"


@pytest.mark.slow
def test_saves_are_waited_for_until_every_format_is_there(tmp_path: Path) -> None:
    manuscript = tmp_path / "source/rivers/manuscript.md"
    manuscript.parent.mkdir(parents=True)
    text = "---\ntitle: Rivers\nlang: en-GB\n---\n\nOne is long. The other is not. They meet.\n"
    manuscript.write_text(text, encoding="utf-8")
    web, every = waits(Project(tmp_path), "rivers", 1)
    assert 0 < web.seconds < every.seconds
    assert "anew0 anew1." in manuscript.read_text(encoding="utf-8")

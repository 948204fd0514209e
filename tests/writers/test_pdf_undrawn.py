"""Letters that no font of the theme has: one error for a script, with its place and what helps."""

from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core.diagnostics import Diagnostic, EditionError
from faircopy.theme import load
from faircopy.writers.pdf.compositor import set_in_type

FRONT = "---\ntitle: {}\nlang: {}\ndate: 2026-11-24\n---\n\n"


def refused(folder: Path, text: str, *, title: str = "T", lang: str = "en") -> list[Diagnostic]:
    (folder / "manuscript.md").write_text(FRONT.format(title, lang) + text)
    publication = manuscript.read(folder, name="m")
    with pytest.raises(EditionError) as caught:
        set_in_type(publication, load("theme"), "a4")
    return list(caught.value.diagnostics)


def test_a_script_is_told_once(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "One.\n\nქართული ენა.\n", lang="ka")

    assert "has the Georgian script: " in found.message
    assert "(U+10" in found.message
    assert "CONTRIBUTING.md" in found.remedy
    assert "--formats docx,epub,bundle" in found.remedy
    assert str(found.place) == "m/manuscript.md:9:1"


def test_letters_of_the_front_matter_have_its_place(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "One.\n", title="ქართული")

    assert str(found.place) == "m/manuscript.md:2:1"


def test_letters_of_a_date_that_is_spelt_out_have_its_place(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "One.\n", lang="th")

    assert "has the Thai script" in found.message
    assert str(found.place) == "m/manuscript.md:4:1"


def test_single_signs_are_told_one_by_one_and_not_without_end(tmp_path: Path) -> None:
    signs = "".join(chr(0x1F300 + number) for number in range(30))
    found = refused(tmp_path, f"One {signs} ა two.\n")

    assert len(found) == 20
    assert "a glyph for “🌀” (U+1F300)" in found[0].message
    assert found[-1].message.endswith(", nor for 11 others")
    assert {str(item.place) for item in found} == {"m/manuscript.md:7:1"}

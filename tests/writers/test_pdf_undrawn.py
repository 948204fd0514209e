"""Letters that no font of the theme has: one error for a script, with its place and what helps."""

from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core.diagnostics import Diagnostic, EditionError
from faircopy.theme import Theme, fonts, forms, load
from faircopy.writers.pdf.compositor import set_in_type
from faircopy.writers.reflowable import embedding

FRONT = "---\ntitle: {}\nlang: {}\ndate: 2026-11-24\n---\n\n"


def refused(
    folder: Path, text: str, *, title: str = "T", lang: str = "en", theme: Theme | None = None
) -> list[Diagnostic]:
    (folder / "manuscript.md").write_text(FRONT.format(title, lang) + text)
    publication = manuscript.read(folder, name="m")
    with pytest.raises(EditionError) as caught:
        set_in_type(publication, theme or load("theme"), "a4")
    return list(caught.value.diagnostics)


def test_a_script_is_told_once(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "One.\n\nአማርኛ ቋንቋ.\n")

    assert "has the Ethiopic script: " in found.message
    assert "(U+12" in found.message
    assert "CONTRIBUTING.md" in found.remedy
    assert "The other formats need none" in found.remedy
    assert str(found.place) == "m/manuscript.md:9:1"


def test_signs_whose_fonts_are_not_here_are_told_with_the_command(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "One 😀.\n", theme=load(store=tmp_path))
    assert "Fetch the fonts for signs: ./inv doctor --install=fonts. " in found.remedy
    (found,) = refused(tmp_path, "One \U0001d000.\n")
    assert "Fetch" not in found.remedy  # all are here, and none has it


def test_letters_of_the_front_matter_have_its_place(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "One.\n", title="አማርኛ")

    assert str(found.place) == "m/manuscript.md:2:1"


def test_letters_of_a_date_that_is_spelt_out_have_its_place(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, "One.\n", lang="km")

    assert "has the Khmer script" in found.message
    assert str(found.place) == "m/manuscript.md:4:1"


def test_single_signs_are_told_one_by_one_and_not_without_end(tmp_path: Path) -> None:
    signs = "".join(chr(0x1D000 + number) for number in range(30))
    found = refused(tmp_path, f"One {signs} አ two.\n")

    assert len(found) == 20
    assert "a glyph for “𝀀” (U+1D000)" in found[0].message
    assert found[-1].message.endswith(", nor for 11 others")
    assert {str(item.place) for item in found} == {"m/manuscript.md:7:1"}


def test_a_script_whose_font_is_not_here_is_told_with_the_command_that_fetches_it(
    tmp_path: Path,
) -> None:
    text = "Kim Minji (김민지), from Tbilisi (თბილისი).\n"
    found = refused(tmp_path, text, theme=load(store=tmp_path))

    assert len(found) == 2
    assert all("Fetch its font: ./inv doctor --install=fonts. " in item.remedy for item in found)


def test_a_language_in_the_forms_of_another_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """骨 and 直 are written otherwise in Chinese, whose face was taken in silence for Japanese."""
    theme, here = load("theme"), fonts.installed
    monkeypatch.setattr(fonts, "installed", lambda face: " JP" not in face.family and here(face))
    (tmp_path / "manuscript.md").write_text(FRONT.format("骨を直す", "ja") + "骨。\n", "utf-8")
    galley = set_in_type(manuscript.read(tmp_path, name="m"), theme, "a5")
    (told,) = [item for item in galley.diagnostics if item.code == "font-missing"]
    assert "The font Noto Serif JP, in which ja is set, is not installed" in told.message
    assert told.remedy == "Run: ./inv doctor --install=fonts"

    # A reading system has a face of its own.
    book = embedding.look(["<p>骨</p>".encode()], theme, "ja", lambda file: file.path)
    assert (book.fonts, book.undrawn) == ((), "骨")
    assert forms.proper(theme, "en") is theme


def test_letters_of_a_drawing_are_drawn_or_told(tmp_path: Path) -> None:
    for name, words in (("greek", "ἄνθρωπος"), ("runes", "ᚠᚢᚦ")):
        text = f'<text y="5">{words}</text>'
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{text}</svg>'
        (tmp_path / f"{name}.svg").write_text(drawing, "utf-8")
    shown = "![A](greek.svg)\n\n![B](runes.svg)\n"
    (tmp_path / "manuscript.md").write_text(FRONT.format("T", "en") + shown, "utf-8")
    galley = set_in_type(manuscript.read(tmp_path, name="m"), load("theme"), "a5")
    (told,) = [item for item in galley.diagnostics if item.code == "image-letters-missing"]
    assert "“runes.svg”" in told.message
    assert "U+16A0" in told.message
    assert str(told.place) == "m/manuscript.md:9:6"

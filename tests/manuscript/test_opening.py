"""Pictures of the front matter: read, checked, and figures like all others."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.passes.units import units
from faircopy.translation.segments import extract

from tests.manuscript.photographs import png

FRONT = "---\ntitle: T\nlang: en-GB\nkind: interview\n{}---\n\n## Why?\n\nBecause.\n"
LEAD = (
    "lead-image:\n  file: my lake.png\n  alt: A lake.\n  caption: The *lake*.\n"
    "  credit: 'Photograph: I. Marsh'\n"
)
PORTRAIT = "portrait:\n  file: she.png\n  alt: A woman.\n"


def publication(folder: Path, front: str) -> Publication:
    for name in ("my lake.png", "she.png"):
        (folder / name).write_bytes(png())
    (folder / "manuscript.md").write_text(FRONT.format(front), "utf-8")
    return read(folder, name="m")


@pytest.mark.parametrize(
    ("caption", "shown"),
    [
        ("The lake.", "The lake. Photograph: I. Marsh"),
        ("The lake?”", "The lake?” Photograph: I. Marsh"),
        ("The lake", "The lake\nPhotograph: I. Marsh"),
        ("", "Photograph: I. Marsh"),
    ],
)
def test_a_credit_does_not_run_into_a_caption(tmp_path: Path, caption: str, shown: str) -> None:
    lead = LEAD.replace("The *lake*.", f"'{caption}'")
    figure = publication(tmp_path, lead).blocks[0]
    assert isinstance(figure, ast.Figure)
    words = {unit.role.value: ast.text(unit.inlines) for unit in units((figure,))}
    assert words["caption"] == shown


def test_they_stand_before_the_text_with_their_words(tmp_path: Path) -> None:
    made = publication(tmp_path, PORTRAIT + LEAD)

    first, second, *_ = made.blocks
    assert isinstance(first, ast.Figure)
    assert isinstance(second, ast.Figure)
    assert (first.attr.classes, second.attr.classes) == (("lead-image",), ("portrait",))
    assert set(made.assets) == {"my%20lake.png", "she.png"}
    words = {unit.role.value: ast.text(unit.inlines) for unit in units((first,))}
    assert words["caption"] == "The lake. Photograph: I. Marsh"
    places = {made.places[unit.id].line for unit in units((first,))}
    assert places == {8}  # of the key


def test_translators_get_their_words(tmp_path: Path) -> None:
    found = extract(publication(tmp_path, LEAD))
    said = " ".join(str(segment) for _, segment in found.segments())
    assert "A lake." in said
    assert "I. Marsh" in said


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("lead-image: lake.png\n", "has no keys under it"),
        ("lead-image:\n  file: she.png\n", "has no “alt”"),
        ("portrait:\n  alt: A lake\n", "has no “file”"),
        ("portrait:\n  file: she.png\n  alt: A\n  captoin: B\n", "did you mean “caption”?"),
        ("portrait:\n  file: she.png\n  alt: A\n  spans: all\n", "must be one of wide, bleed"),
        ("portrait:\n  file: none.png\n  alt: A\n", "none.png"),
        ("portrait:\n  file: ../../etc/passwd\n  alt: A\n", "passwd"),
    ],
)
def test_what_is_wrong_with_one_is_told_at_its_key(tmp_path: Path, front: str, words: str) -> None:
    with pytest.raises(ManuscriptError) as caught:
        publication(tmp_path, front)
    (item,) = caught.value.diagnostics
    assert words in str(item)
    assert item.place is not None
    assert item.place.line == 5

"""The press file: the edition's own pages, in inks, on a sheet with bleed and marks."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest
from faircopy import manuscript, theme
from faircopy.core.diagnostics import EditionError, Place, ToolError
from faircopy.core.model import Artifact
from faircopy.proof import fidelity
from faircopy.proof.contact import paper
from faircopy.proof.judges import pdfx4
from faircopy.proof.verdict import Status
from faircopy.theme import MM, Theme
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import press as writer
from faircopy.writers.pdf.press import inks, profile
from faircopy.writers.pdf.press.sheet import Sheet
from pikepdf import Name
from PIL import Image, ImageCms

from tests import editions, press
from tests.editions import read as sample

HOUSE = theme.load("theme")
INKS = {
    tuple(round(part / 100, 4) for part in getattr(HOUSE.colour.press, name))
    for name in HOUSE.colour.press.__struct_fields__
}
BLACK = (0.0, 0.0, 0.0, 1.0)

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
<defs>
<linearGradient id="g">
<stop offset="0" stop-color="#c03010"/><stop offset="1" stop-color="#fff"/>
</linearGradient>
<mask id="m"><rect width="200" height="100" fill="#ff8000"/></mask>
<pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse">
<circle cx="4" cy="4" r="3" fill="#208040"/>
</pattern>
</defs>
<rect width="100" height="50" fill="url(#g)"/>
<rect y="50" width="60" height="50" fill="#0B5566"/>
<rect x="60" y="50" width="40" height="50" fill="#808080" opacity="0.5"/>
<rect x="100" y="50" width="50" height="50" fill="#A8741A" mask="url(#m)"/>
<rect x="150" y="50" width="50" height="50" fill="url(#p)"/>
</svg>"""
FIGURES = """---
title: Figures
lang: en-GB
kind: article
date: 2026-02-05
---

Words [with a link](https://example.org) and a note.[^1]

[^1]: Its words.

![Red](red.png)

![Grey](grey.png)

![A photograph](photo.jpg)

![A drawing](drawing.svg)
"""


def edition(name: str, page: str = "a5") -> Artifact:
    return editions.edition(name, f"pdf.{page}")


def pressed(name: str, page: str = "a5") -> bytes:
    return editions.edition(name, f"press.{page}").data


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("figures")
    Image.new("RGB", (4, 3), (200, 60, 20)).save(folder / "red.png")
    Image.new("RGB", (4, 3), (90, 90, 90)).save(folder / "grey.png")
    Image.new("RGB", (8, 8), (20, 60, 200)).save(folder / "photo.jpg")
    (folder / "drawing.svg").write_text(DRAWING)
    (folder / "manuscript.md").write_text(FIGURES)
    publication = manuscript.read(folder, name="figures")
    return press.pressed(pdf.write(publication, HOUSE, Options(page="a5")).data, HOUSE)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def colours(document: pikepdf.Pdf) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield what every colour operator of every page sets."""
    for page in document.pages:
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("g", "G", "rg", "RG", "k", "K", "cs", "CS"):
                values = instruction.operands if operator.lower() != "cs" else ()
                yield operator, tuple(float(value) for value in values)


def images(document: pikepdf.Pdf) -> list[Any]:
    items: list[Any] = list(document.objects)
    return [x for x in items if isinstance(x, pikepdf.Stream) and x.get("/Subtype") == Name.Image]


# --- colours -------------------------------------------------------------------------------------


def test_the_theme_is_printed_in_its_own_inks() -> None:
    found = set(colours(opened(pressed("speaker-turns"))))
    assert {operator for operator, _ in found} == {"k", "CS"}  # CS sets the marks' colour
    used = {values for operator, values in found if operator == "k"}
    assert used <= INKS | {BLACK}
    assert BLACK in used


def test_every_colour_of_a_theme_has_its_ink() -> None:
    known = inks.named(HOUSE)
    assert known[0x1B, 0x1D, 0x1F] == BLACK
    assert known[0x0B, 0x55, 0x66] == (0.92, 0.42, 0.4, 0.36)


def test_a_theme_without_colour_prints_in_black_alone(tmp_path: Path) -> None:
    plain = theme.load("plain")
    made = pdf.write(sample("speaker-turns"), plain, Options(page="a5"))
    path = tmp_path / "x.press.pdf"
    path.write_bytes(press.pressed(made.data, plain))
    with pikepdf.open(path) as document:
        used = {values for operator, values in colours(document) if operator == "k"}
    assert {values[:3] for values in used} == {(0, 0, 0)}
    assert pdfx4.judge(path).status is Status.PASSED


def test_greys_are_black_ink_alone() -> None:
    separate = inks.Press({}, press.profile())
    assert separate.of((0, 0, 0)) == BLACK
    assert separate.of((128, 127, 128)) == pytest.approx((0, 0, 0, 0.4993), abs=0.001)
    assert separate.of_grey(0.25) == (0, 0, 0, 0.75)


def test_other_colours_go_through_the_profiles() -> None:
    cyan, magenta, yellow, _ = inks.Press({}, press.profile()).of((230, 60, 40))
    assert min(magenta, yellow) > 0.2
    assert cyan < magenta


def test_two_colours_that_only_differ_in_print_are_refused() -> None:
    same = msgspec.structs.replace(HOUSE.colour, accent=HOUSE.colour.ink)
    changed = _with(HOUSE, colour=same)
    with pytest.raises(EditionError, match=r"Ink and accent are both #1B1D1F"):
        inks.named(changed)


def test_what_figures_are_drawn_with_is_in_inks(figures: bytes) -> None:
    document = opened(figures)
    shadings = [
        x for x in document.objects if isinstance(x, pikepdf.Dictionary) and "/ShadingType" in x
    ]
    streams = [x for x in document.objects if isinstance(x, pikepdf.Stream)]
    assert shadings
    assert any(x.get("/PatternType") == 1 for x in streams)
    assert {str(x.ColorSpace) for x in shadings} <= {"/DeviceCMYK", "/DeviceGray"}
    groups: list[Any] = [x.Group for x in streams if "/Group" in x]
    assert {str(group.CS) for group in groups} <= {"/DeviceCMYK", "/DeviceGray"}
    pages: list[Any] = [page.Group for page in document.pages if "/Group" in page]
    assert [str(group.CS) for group in pages]
    drawn = b"".join(x.read_bytes() for x in streams if x.get("/Subtype") == Name.Form)
    assert b" rg" not in drawn
    assert b"0.92 0.42 0.4 0.36 k" in drawn or b"0.92 0.42 0.4 0.36 k" in _contents(document)


def test_pictures_keep_their_pixels_and_say_their_colours(figures: bytes) -> None:
    document = opened(figures)
    spaces = []
    for image in images(document):
        space = image.ColorSpace
        spaces.append(str(space) if isinstance(space, Name) else str(space[0]))
        if isinstance(space, pikepdf.Array):
            assert space[1].N == 3
            assert space[1].read_bytes()[16:20] == b"RGB "
    assert sorted(spaces) == ["/DeviceGray", "/ICCBased", "/ICCBased"]
    grey = next(x for x in images(document) if x.ColorSpace == Name.DeviceGray)
    assert grey.read_bytes() == bytes([90]) * 12


def _contents(document: pikepdf.Pdf) -> bytes:
    pages: list[Any] = list(document.pages)
    return b"".join(page.Contents.read_bytes() for page in pages)


# --- the sheet -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "size"), [("a5", (148, 210)), ("a4", (210, 297))])
def test_boxes_are_those_of_the_theme(name: str, size: tuple[float, float]) -> None:
    slug = HOUSE.press.slug
    assert slug >= HOUSE.press.bleed + HOUSE.press.mark_length
    for page in opened(pressed("speaker-turns", name)).pages:
        for box, beyond in (("/TrimBox", 0.0), ("/BleedBox", 3.0), ("/MediaBox", slug)):
            left, low, right, high = (float(part) for part in page.obj[box])
            assert (left, low) == pytest.approx((-beyond * MM,) * 2, abs=0.01)
            wanted = tuple((length + 2 * beyond) * MM for length in size)
            assert (right - left, high - low) == pytest.approx(wanted, abs=0.01)


def test_marks_stand_outside_the_bleed_in_every_ink() -> None:
    document = opened(pressed("speaker-turns"))
    page: Any = document.pages[0]
    bleed = [float(part) for part in page.BleedBox]
    at, marked, lines = (0.0, 0.0), False, 0
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "CS":
            space = page.Resources.ColorSpace[operands[0]]
            assert list(space)[:3] == [Name.Separation, Name.All, Name.DeviceCMYK]
            marked = True
        elif marked and operator in ("m", "l"):
            now = (float(operands[0]), float(operands[1]))
            if operator == "l":
                assert not _inside(at, now, bleed)
                lines += 1
            at = now
    assert lines == 16  # two lines a corner and two a cross


def _inside(one: tuple[float, float], other: tuple[float, float], box: list[float]) -> bool:
    """Whether a line that runs along an axis enters a box."""
    (left, right), (low, high) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    across = left < box[2] - 0.01 and right > box[0] + 0.01
    return across and low < box[3] - 0.01 and high > box[1] + 0.01


def test_coloured_paper_runs_into_the_bleed() -> None:
    colour = HOUSE.colour
    ivory = msgspec.structs.replace(colour.press, paper=(0, 2, 8, 0))
    changed = _with(HOUSE, colour=msgspec.structs.replace(colour, press=ivory))
    document = opened(press.pressed(edition("speaker-turns").data, changed))
    ground = next(
        x for x in pikepdf.parse_content_stream(document.pages[0]) if str(x.operator) == "re"
    )
    left, low, wide, tall = (float(part) for part in ground.operands)
    assert (left, low) == pytest.approx((-3 * MM, -3 * MM), abs=0.01)
    assert (wide, tall) == pytest.approx((154 * MM, 216 * MM), abs=0.01)
    assert next(colours(document)) == ("k", (0.0, 0.02, 0.08, 0.0))


@pytest.mark.parametrize(
    ("drawn", "filled"),
    [
        (b"q 1 0 0 -1 0 200 cm q 0 0 100 200 re W n /art Do Q Q", True),
        (b"q 0 0 100 180 re W n /art Do Q", False),
        (b"q 0 0 100 200 re f Q q 10 10 50 50 re W n /art Do Q", False),
        (b"q 0 0 100 200 re W n Q /art Do", False),
        (b"q 0 0 100 200 re W n /art Do Q BT /f 9 Tf (a) Tj ET", False),
    ],
    ids=["whole page", "part of a page", "a figure on a ground", "after the clip", "with text"],
)
def test_a_picture_over_the_whole_page_fills_the_bleed(drawn: bytes, filled: bool) -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(100, 200))
    page: Any = document.pages[0]
    art = document.make_stream(b"0 1 1 0 k 0 0 100 200 re f")
    art.Type, art.Subtype, art.BBox = Name.XObject, Name.Form, pikepdf.Array([0, 0, 100, 200])
    font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary({"/art": art}), Font=pikepdf.Dictionary({"/f": font})
    )
    page.Contents = document.make_stream(drawn)

    sheet = Sheet.of(HOUSE)
    sheet.mount(document, page)

    out = io.BytesIO()
    document.save(out)
    picture = next(paper.rasters(out.getvalue(), 2))
    edge, beyond = (2 * (sheet.slug - part) for part in (sheet.bleed - 2, sheet.bleed + 1))
    left, low = (
        (round(edge), picture.height // 3),
        (picture.width // 3, picture.height - round(edge)),
    )
    assert [_is_red(picture, at) for at in (left, low)] == [filled] * 2
    assert not _is_red(picture, (round(beyond), picture.height // 3))


def test_a_cover_fills_the_bleed() -> None:
    red = io.BytesIO()
    Image.new("RGB", (160, 256), (220, 40, 30)).save(red, "JPEG")
    pages = {
        name: msgspec.structs.replace(page, cover=True) for name, page in HOUSE.tokens.page.items()
    }
    options = Options(page="a5", cover=red.getvalue())
    opened_by_cover = pdf.write(sample("speaker-turns"), _with(HOUSE, page=pages), options)
    picture = next(paper.rasters(press.pressed(opened_by_cover.data, HOUSE), 2))
    sheet = Sheet.of(HOUSE)
    at = round(2 * (sheet.slug - sheet.bleed + 2))
    corners = [(x, y) for x in (at, picture.width - at) for y in (at, picture.height - at)]
    assert all(_is_red(picture, corner) for corner in corners)
    assert not _is_red(picture, (at - 8, picture.height // 3))


def _is_red(picture: Image.Image, at: tuple[int, int]) -> bool:
    pixel: Any = picture.getpixel(at)
    return bool(pixel[0] > 150 and pixel[1] < 100)


def _with(look: Theme, **changes: Any) -> Theme:
    return msgspec.structs.replace(look, tokens=msgspec.structs.replace(look.tokens, **changes))


# --- the words, and the rest ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["every-construct", "he", "ur"])
def test_every_word_is_there_and_the_judge_is_content(name: str, tmp_path: Path) -> None:
    artifact = msgspec.structs.replace(edition(name), data=pressed(name), name="x.a5.press.pdf")
    assert fidelity.verify(sample(name), artifact) == ()
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    verdict = pdfx4.judge(path)
    assert verdict.status is Status.PASSED, verdict.findings


@pytest.mark.slow
@pytest.mark.needs("pdfinfo")
def test_poppler_reads_the_same_words() -> None:
    name = "every-construct"
    artifact = msgspec.structs.replace(edition(name), data=pressed(name), name="x.a5.press.pdf")
    proofs = fidelity.verify_all(sample(name), artifact)
    assert {proof.verdict.name for proof in proofs} >= {"structure tree", "poppler"}
    assert all(proof.verdict.status is Status.PASSED for proof in proofs)


def test_a_lost_word_is_found() -> None:
    document = opened(pressed("speaker-turns"))
    page: Any = document.pages[0]
    kept = []
    lost = False
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "TJ" and not lost:
            lost = True
            continue
        kept.append(instruction)
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
    out = io.BytesIO()
    document.save(out)
    artifact = msgspec.structs.replace(
        edition("speaker-turns"), data=out.getvalue(), name="x.press.pdf"
    )
    assert lost
    assert fidelity.verify(sample("speaker-turns"), artifact)


def test_links_and_attachments_stay_behind(figures: bytes) -> None:
    document = opened(figures)
    assert not any("/Annots" in page for page in document.pages)
    dictionaries: list[Any] = [x for x in document.objects if isinstance(x, pikepdf.Dictionary)]
    assert not any(x.get("/Type") in (Name.OBJR, Name.Annot, Name.Filespec) for x in dictionaries)
    assert not {"/Names", "/AF", "/Outlines", "/OpenAction"} & set(document.Root.keys())
    numbers: Any = document.Root.StructTreeRoot.ParentTree.Nums
    pages: list[Any] = list(document.pages)
    assert {int(n) for n in list(numbers)[::2]} == {int(page.StructParents) for page in pages}
    assert b"Link" in b"".join(str(x.get("/S", "")).encode() for x in dictionaries)


def test_pages_turn_as_the_edition_does() -> None:
    for name, turn in (("speaker-turns", Name.L2R), ("he", Name.R2L)):
        document = opened(pressed(name))
        preferences: Any = document.Root.ViewerPreferences
        assert preferences.Direction == turn


def test_the_same_edition_is_the_same_document() -> None:
    again = press.pressed(edition("speaker-turns").data, HOUSE)
    assert again == pressed("speaker-turns")
    names = {_document_id(pressed(name)) for name in ("speaker-turns", "he")}
    assert len(names) == 2


def _document_id(data: bytes) -> str:
    with opened(data).open_metadata() as metadata:
        return str(metadata["xmpMM:DocumentID"])


# --- the printing condition ----------------------------------------------------------------------


def test_a_house_names_its_printer_s_profile(tmp_path: Path) -> None:
    (tmp_path / "press.icc").write_bytes(press.profile())
    found = profile.condition(_profiled(tmp_path, "press.icc"))
    assert found == profile.Condition("FOGRA39", "tests", press.profile())


@pytest.mark.parametrize("name", ["FOGRA51", "Our own press"])
def test_only_registered_conditions_name_the_registry(name: str, tmp_path: Path) -> None:
    condition = profile.Condition(name, "what it is", press.profile())
    path = tmp_path / "x.press.pdf"
    path.write_bytes(press.pressed(edition("speaker-turns").data, HOUSE, condition))
    with pikepdf.open(path) as document:
        intents: Any = document.Root.OutputIntents
        assert str(intents[0].OutputConditionIdentifier) == name
        assert str(intents[0].Info) == "what it is"
        assert ("/RegistryName" in intents[0]) == name.startswith("FOGRA")
    assert pdfx4.judge(path).status is Status.PASSED


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"nothing", "it is no ICC profile"),
        (press.profile(kind=b"mntr"), "not of an output device"),
        (press.profile(space=b"RGB "), "not cyan, magenta, yellow and black"),
        (press.profile(version=5), "newer than 4.2"),
    ],
)
def test_an_unfit_profile_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "press.icc").write_bytes(data)
    with pytest.raises(EditionError, match=said):
        profile.condition(_profiled(tmp_path, "press.icc"))


@pytest.mark.parametrize(
    ("data", "said"), [(None, "cannot be read"), (b"nothing", "is no profile for this press")]
)
def test_a_bad_profile_is_told_with_the_theme_s_line(
    data: bytes | None, said: str, tmp_path: Path
) -> None:
    if data is not None:
        (tmp_path / "press.icc").write_bytes(data)
    with pytest.raises(EditionError, match=rf"press\.icc {said}") as caught:
        profile.condition(_profiled(tmp_path, "press.icc"))
    (finding,) = caught.value.diagnostics
    assert finding.place == Place(str(tmp_path / "mine.toml"), 4, 1)


def test_a_profile_that_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "press.icc")
    with pytest.raises(EditionError, match=r"press\.icc cannot be read"):
        profile.condition(_profiled(tmp_path, "press.icc"))


def test_a_condition_without_data_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "DATA", (tmp_path,))
    with pytest.raises(ToolError) as caught:
        profile.condition(HOUSE, tmp_path)
    assert "icc-profiles-free" in caught.value.diagnostics[0].remedy


def test_a_kept_profile_with_a_changed_byte_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "FOGRA39L.ti3").write_text("measurements")
    monkeypatch.setattr(profile, "DATA", (tmp_path,))
    monkeypatch.setattr(profile, "_profiled", lambda data, name: press.profile())
    sound = profile.condition(HOUSE, tmp_path / "kept")
    (kept,) = (tmp_path / "kept").glob("*.icc")
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    assert profile.condition(HOUSE, tmp_path / "kept") == sound


@pytest.mark.slow
@pytest.mark.needs("colprof")
def test_the_profile_measures_as_the_condition_does(tmp_path: Path) -> None:
    """ISO 12647-2:2004, table 2: paper, cyan, magenta, yellow and black on coated paper."""
    made = profile.condition(HOUSE)
    solids = {
        (0, 0, 0, 0): (95, 0, -2),
        (255, 0, 0, 0): (55, -37, -50),
        (0, 255, 0, 0): (48, 74, -3),
        (0, 0, 255, 0): (89, -5, 93),
        (0, 0, 0, 255): (16, 0, 0),
    }
    transform = ImageCms.buildTransform(
        ImageCms.getOpenProfile(io.BytesIO(made.profile)),
        ImageCms.createProfile("LAB"),
        "CMYK",
        "LAB",
        ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
    )
    for solid, wanted in solids.items():
        image = ImageCms.applyTransform(Image.new("CMYK", (1, 1), solid), transform)
        assert image is not None
        pixel: Any = image.getpixel((0, 0))
        lightness, a, b = pixel
        found = (lightness / 2.55, a - 128, b - 128)
        assert found == pytest.approx(wanted, abs=2.0), solid


@pytest.mark.slow
@pytest.mark.needs("colprof")
def test_the_writer_makes_an_edition_s_press_file() -> None:
    made = writer.write(sample("speaker-turns"), HOUSE, Options(page="a5"))
    plain = edition("speaker-turns")
    assert made.name == "en.a5.press.pdf"
    kept = {name: fact for name, fact in plain.facts.items() if name != "claims"}
    assert made.facts == {**kept, "conformance": "PDF/X-4", "condition": "FOGRA39"}
    assert made.data[:8] == b"%PDF-1.6"
    undated = [item.code for item in made.diagnostics if item not in plain.diagnostics]
    assert undated == ([] if sample("speaker-turns").metadata.date else ["press-undated"])
    assert fidelity.verify(sample("speaker-turns"), made) == ()


def _profiled(folder: Path, name: str) -> Theme:
    """Load a theme of our own that differs from the house's in its printer's profile."""
    path = folder / "mine.toml"
    path.write_text(f'extends = "theme"\nname = "Mine"\n[press]\nprofile = "{name}"\n', "utf-8")
    return theme.load(path)

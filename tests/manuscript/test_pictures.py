"""Photographs and other pictures of pixels: what comes in, and what every edition gets."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from faircopy.core.diagnostics import Diagnostic, Place
from faircopy.core.limits import PIXELS, SCANS
from faircopy.core.model import Asset
from faircopy.manuscript import assets, read
from faircopy.manuscript.lint import lint
from PIL import Image, ImageChops, ImageFile

from tests.manuscript.photographs import (
    BLUE,
    GREEN,
    P3,
    RED,
    SECRET,
    SRGB,
    WHITE,
    after_start,
    chunk,
    corners,
    deep_png,
    exif,
    grey_profile,
    ink_profile,
    jpeg,
    near,
    png,
    rgb_profile,
    seen,
    segment,
)

PLACE = Place("source/m/manuscript.md", 6, 10)


def loaded(folder: Path, data: bytes, name: str = "a.jpg") -> tuple[Asset, tuple[Diagnostic, ...]]:
    (folder / name).write_bytes(data)
    found, said = assets.load(folder, [(name, PLACE)])
    assert list(found) == [name], said
    asset = found[name]
    with Image.open(io.BytesIO(asset.data)) as image:
        assert image.size == (asset.width, asset.height)
        assert (f"image/{image.format}").lower() == asset.media_type
    return asset, said


def refused(folder: Path, data: bytes, name: str = "a.jpg") -> Diagnostic:
    (folder / name).write_bytes(data)
    found, said = assets.load(folder, [(name, PLACE)])
    assert found == {}
    (item,) = said
    assert item.place == PLACE
    assert item.remedy
    assert name in item.message
    return item


def coded(data: bytes) -> bytes:
    """Return a JPEG from its tables to its end: the picture itself."""
    return data[data.index(b"\xff\xdb") :]


# --- metadata ------------------------------------------------------------------------------------

PRIVATE = {
    "Exif": after_start(jpeg(), segment(0xE1, b"Exif\0\0" + exif()[6:])),
    "XMP": after_start(jpeg(), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET.encode())),
    "IPTC": after_start(jpeg(), segment(0xED, b"Photoshop 3.0\08BIM" + SECRET.encode())),
    "a comment": jpeg(comment=SECRET),
    "a maker's own": after_start(jpeg(), segment(0xEB, SECRET.encode())),
    "a JFIF thumbnail": after_start(
        jpeg()[:2] + jpeg()[20:], segment(0xE0, b"JFIF\0\1\1\1\0\x48\0\x48\2\2" + SECRET.encode())
    ),
    "what comes after the end": jpeg() + jpeg() + SECRET.encode(),
}


@pytest.mark.parametrize("what", PRIVATE)
def test_a_photographs_metadata_stay_behind_and_its_picture_is_untouched(
    what: str, tmp_path: Path
) -> None:
    asset, said = loaded(tmp_path, PRIVATE[what])

    assert SECRET.encode() not in asset.data
    assert b"Exif" not in asset.data
    assert coded(asset.data) == coded(jpeg())
    assert said == ()


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"tEXt", b"Author\0" + SECRET.encode()),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET.encode()),
        chunk(b"eXIf", exif()[6:]),
        chunk(b"tIME", b"\x07\xea\1\1\1\1\1"),
        chunk(b"prVt", SECRET.encode()),
    ],
    ids=["text", "XMP", "Exif", "time", "a program's own"],
)
def test_a_pngs_metadata_stay_behind(extra: bytes, tmp_path: Path) -> None:
    plain = png()

    asset, said = loaded(tmp_path, plain[:33] + extra + plain[33:], "a.png")

    assert asset.data == plain
    assert said == ()


def test_a_pictures_resolution_stays(tmp_path: Path) -> None:
    exif_only = jpeg()[:2] + segment(0xE1, b"Exif\0\0" + exif()[6:]) + jpeg()[20:]
    for name, data, dpi in (
        ("a.jpg", jpeg(dpi=(300, 300)), 300),
        ("b.jpg", exif_only, 240),
        ("c.png", png(dpi=(300, 300)), 300),
        ("d.jpg", jpeg(dpi=(300, 300), exif=exif(6)), 300),
    ):
        asset, _ = loaded(tmp_path, data, name)
        with Image.open(io.BytesIO(asset.data)) as image:
            assert round(image.info["dpi"][0]) == dpi


def test_a_picture_of_a_phone_that_holds_several(tmp_path: Path) -> None:
    """An MPO file: a depth map or a brighter picture behind the one that is shown."""
    out = io.BytesIO()
    corners().save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (48, 32), "red")])

    asset, said = loaded(tmp_path, out.getvalue())

    assert asset.data.count(b"\xff\xd8\xff") == 1
    assert near(seen(asset.data), (RED, GREEN, BLUE, WHITE))
    assert said == ()


# --- which way is up -----------------------------------------------------------------------------

STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that is held otherwise stores an upright picture."""


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_picture_stands_upright(orientation: int, kind: str, tmp_path: Path) -> None:
    turn = STORED[orientation]
    stored = corners().transpose(turn) if turn is not None else corners()
    make = jpeg if kind == "jpg" else png
    asset, _ = loaded(tmp_path, make(stored, exif=exif(orientation)), f"a.{kind}")

    assert (asset.width, asset.height) == (48, 32)
    assert near(seen(asset.data), (RED, GREEN, BLUE, WHITE))
    assert SECRET.encode() not in asset.data


def test_a_turned_photograph_is_coded_as_finely_as_it_was(tmp_path: Path) -> None:
    noise = Image.effect_noise((320, 240), 80).convert("RGB")
    data = jpeg(noise, quality=70, subsampling=2, exif=exif(6))

    asset, _ = loaded(tmp_path, data)

    assert 0.9 < len(asset.data) / len(data) < 1.1
    with Image.open(io.BytesIO(asset.data)) as image, Image.open(io.BytesIO(data)) as first:
        table = first.quantization[0]  # type: ignore[attr-defined]
        turned = [table[8 * (at % 8) + at // 8] for at in range(64)]
        assert list(image.quantization[0]) == turned  # type: ignore[attr-defined]
        before = first.transpose(Image.Transpose.ROTATE_270)
        pairs = zip(before.tobytes(), image.tobytes(), strict=True)
        assert sum(abs(one - two) for one, two in pairs) / len(image.tobytes()) < 2


def test_exif_that_is_cut_short_is_passed_over_in_silence(tmp_path: Path) -> None:
    about = b"Exif\0\0" + exif(6)[6:]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for end in range(8, len(about), 5):
            asset, said = loaded(tmp_path, after_start(jpeg(), segment(0xE1, about[:end])))
            assert said == ()
            assert b"Exif" not in asset.data


# --- colours -------------------------------------------------------------------------------------


def test_a_picture_in_inks_becomes_rgb_through_its_profile(tmp_path: Path) -> None:
    inks = Image.new("CMYK", (40, 30), (255, 0, 0, 0))
    blue, said = loaded(tmp_path, jpeg(inks, icc_profile=ink_profile((55, -37, -50))))
    green, _ = loaded(tmp_path, jpeg(inks, icc_profile=ink_profile((55, -60, 40))), "b.jpg")

    assert said == ()
    for asset in (blue, green):
        with Image.open(io.BytesIO(asset.data)) as image:
            assert image.mode == "RGB"
            assert "icc_profile" not in image.info
    (r, g, b), *_ = seen(blue.data)
    assert b > g > r
    assert b > 180
    (r, g, b), *_ = seen(green.data)
    assert g > max(r, b) + 40


def test_a_picture_in_inks_as_photoshop_codes_it(tmp_path: Path) -> None:
    """YCCK, Adobe's transform 2: the inks upside down, three of them as brightness and colour."""
    inks = corners().convert("CMYK")
    *colours, black = inks.split()
    turned = Image.merge("RGB", colours).convert("YCbCr").split()
    coded = Image.merge("CMYK", [*(ImageChops.invert(one) for one in turned), black])
    data = jpeg(coded)
    at = data.index(b"Adobe") + 11
    assert data[at] == 0
    ycck = data[:at] + b"\2" + data[at + 1 :]

    asset, _ = loaded(tmp_path, ycck)

    assert near(seen(asset.data), seen(jpeg(inks.convert("RGB"))), by=16)
    assert near(seen(asset.data), (RED, GREEN, BLUE, WHITE), by=16)


def test_a_picture_in_inks_without_a_profile_is_a_guess_that_is_told(tmp_path: Path) -> None:
    asset, (said,) = loaded(tmp_path, jpeg(corners().convert("CMYK")))

    assert near(seen(asset.data), (RED, GREEN, BLUE, WHITE))
    assert (said.code, said.severity, said.place) == ("image-inks", "warning", PLACE)
    with Image.open(io.BytesIO(asset.data)) as image:
        assert image.mode == "RGB"


def test_a_phones_wide_colours_become_srgb(tmp_path: Path) -> None:
    asset, said = loaded(tmp_path, jpeg(icc_profile=rgb_profile(P3)))

    assert said == ()
    (red, green, _, white) = seen(asset.data)
    assert red[0] > RED[0] + 10, "P3's red is a stronger red in sRGB's numbers"
    assert green[0] < GREEN[0] - 10
    assert near([white], [WHITE], by=4)
    assert b"ICC_PROFILE" not in asset.data


def test_a_profile_that_is_srgb_by_another_name_changes_nothing(tmp_path: Path) -> None:
    asset, said = loaded(tmp_path, jpeg(icc_profile=rgb_profile(SRGB), exif=exif()))

    assert coded(asset.data) == coded(jpeg())
    assert b"ICC_PROFILE" in asset.data
    assert said == ()


def test_a_large_profile_comes_in_pieces(tmp_path: Path) -> None:
    large = rgb_profile(P3) + bytes(150_000)
    large = struct.pack(">I", len(large)) + large[4:]

    asset, _ = loaded(tmp_path, jpeg(icc_profile=large))

    assert seen(asset.data)[0][0] > RED[0] + 10


def test_a_profile_that_does_not_fit_is_told(tmp_path: Path) -> None:
    asset, (said,) = loaded(tmp_path, jpeg(icc_profile=grey_profile(1.0)))

    assert said.code == "image-profile"
    assert coded(asset.data) == coded(jpeg())
    assert b"ICC_PROFILE" not in asset.data


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_grey_picture_stays_grey_and_is_as_light_as_its_profile_says(
    kind: str, tmp_path: Path
) -> None:
    make = jpeg if kind == "jpg" else png
    grey = make(Image.new("L", (40, 30), 60), icc_profile=grey_profile(1.0))

    asset, _ = loaded(tmp_path, grey, f"a.{kind}")

    with Image.open(io.BytesIO(asset.data)) as image:
        assert image.mode == "L"
        assert near([seen(asset.data)[0]], [(132, 132, 132)], by=4)  # 60/255 linear


def test_a_transparent_picture_in_wide_colours(tmp_path: Path) -> None:
    clear = corners().convert("RGBA")
    clear.putalpha(128)

    asset, _ = loaded(tmp_path, png(clear, icc_profile=rgb_profile(P3)), "a.png")

    with Image.open(io.BytesIO(asset.data)) as image:
        assert image.mode == "RGBA"
        assert image.getchannel("A").getextrema() == (128, 128)
        assert image.getpixel((4, 4))[0] > RED[0] + 10  # type: ignore[index]


# --- sixteen bits, few colours, transparency -----------------------------------------------------


def samples(*values: int) -> bytes:
    return b"".join(struct.pack(">H", value) for value in values)


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    grey = samples(0, 12850, 40000, 65535)
    colour = samples(40000, 12850, 257)
    for name, data, first in (
        ("grey.png", deep_png(0, [grey] * 2, 4), [0, 50, 156, 255]),
        ("colour.png", deep_png(2, [colour] * 2, 1), [156, 50, 1]),
        ("alpha.png", deep_png(4, [samples(40000, 32896)], 1), [156, 128]),
        ("both.png", deep_png(6, [colour + samples(32896)], 1), [156, 50, 1, 128]),
    ):
        asset, _ = loaded(tmp_path, data, name)
        assert asset.data[24] == 8, name
        with Image.open(io.BytesIO(asset.data)) as image:
            assert [*image.tobytes()][: len(first)] == first, name


def test_sixteen_bits_with_a_clear_colour(tmp_path: Path) -> None:
    key = chunk(b"tRNS", samples(40000))
    asset, _ = loaded(tmp_path, deep_png(0, [samples(40000, 12850)], 2, key), "a.png")

    with Image.open(io.BytesIO(asset.data)) as image:
        assert [*image.convert("RGBA").getchannel("A").tobytes()] == [0, 255]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_whatever_every_edition_shows_is_left_as_it_is(mode: str, tmp_path: Path) -> None:
    data = png(corners().convert(mode))

    asset, said = loaded(tmp_path, data, "a.png")

    assert asset.data == data
    assert said == ()


def test_a_moving_picture_stands_still_and_that_is_told(tmp_path: Path) -> None:
    frames = [corners().convert("P"), Image.new("P", (48, 32), 3)]
    for name, kind in (("a.gif", "GIF"), ("a.png", "PNG")):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], comment=SECRET)

        asset, (said,) = loaded(tmp_path, out.getvalue(), name)

        assert asset.media_type == "image/png"
        assert near(seen(asset.data), (RED, GREEN, BLUE, WHITE), by=60)  # of 216 colours
        assert said.code == "image-animated"
        assert SECRET.encode() not in asset.data
        with Image.open(io.BytesIO(asset.data)) as image:
            assert getattr(image, "n_frames", 1) == 1


def test_a_still_gif_keeps_its_clear_colour(tmp_path: Path) -> None:
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    picture.paste(1, (0, 0, 4, 8))
    out = io.BytesIO()
    picture.save(out, "GIF", transparency=1)

    asset, said = loaded(tmp_path, out.getvalue(), "a.gif")

    with Image.open(io.BytesIO(asset.data)) as image:
        clear = image.convert("RGBA")
    assert clear.getpixel((1, 1)) in ((0, 0, 255, 0), (0, 0, 0, 0))
    assert clear.getpixel((6, 1)) == (255, 0, 0, 255)
    assert said == ()


# --- names, damage, size -------------------------------------------------------------------------


def test_what_a_picture_is_its_content_says(tmp_path: Path) -> None:
    assert loaded(tmp_path, jpeg(), "a.png")[0].media_type == "image/jpeg"
    assert loaded(tmp_path, png(), "b.jpg")[0].media_type == "image/png"
    assert loaded(tmp_path, png(), "c.svg")[0].media_type == "image/png"


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "BMP", "AVIF", "JPEG2000"])
def test_a_renamed_file_of_another_kind_is_called_by_its_kind(kind: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    corners().save(out, kind)

    item = refused(tmp_path, out.getvalue())

    assert item.code == "image-type"
    assert kind.removesuffix("2000") in item.message.upper()


GIF = io.BytesIO()
corners().convert("P").save(GIF, "GIF")


@pytest.mark.parametrize("carefree", [False, True])
@pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
@pytest.mark.parametrize("name", ["a.jpg", "b.png", "c.gif", "d.jpg"])
def test_a_truncated_file_is_damaged(
    name: str, part: float, carefree: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where WeasyPrint has told Pillow to make the best of such files."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", carefree)
    noise = Image.effect_noise((64, 64), 90)
    data = {
        "a.jpg": jpeg(noise),
        "b.png": png(noise),
        "c.gif": GIF.getvalue(),
        "d.jpg": jpeg(noise, progressive=True, exif=exif(6)),
    }[name]

    assert refused(tmp_path, data[: int(len(data) * part)], name).code == "image-damaged"


def test_a_flipped_bit_in_a_png_is_damage(tmp_path: Path) -> None:
    data = bytearray(png())
    data[60] ^= 4

    assert refused(tmp_path, bytes(data), "a.png").code == "image-damaged"


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif"])
def test_a_picture_that_unpacks_without_end(name: str, tmp_path: Path) -> None:
    side = 60_000
    data = {
        "a.png": b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + png()[33:],
        "a.jpg": jpeg().replace(struct.pack(">HH", 32, 48), struct.pack(">HH", side, side)),
        "a.gif": GIF.getvalue()[:6] + struct.pack("<HH", side, side) + GIF.getvalue()[10:],
    }[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        item = refused(tmp_path, data, name)

    assert item.code == "image-too-large"
    assert f"{PIXELS.most:,}" in item.remedy


def test_a_jpeg_of_many_scans(tmp_path: Path) -> None:
    data = jpeg(progressive=True)
    scan = data.rindex(b"\xff\xda")

    item = refused(tmp_path, data[:-2] + data[scan:-2] * SCANS.most + b"\xff\xd9")

    assert item.code == "image-too-large"


def test_a_picture_is_prepared_alike_every_time(tmp_path: Path) -> None:
    data = jpeg(exif=exif(6), icc_profile=rgb_profile(P3))

    assert loaded(tmp_path, data)[0] == loaded(tmp_path, data)[0]


def test_a_manuscript_without_pictures_does_not_load_what_they_need(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text("---\ntitle: T\nlang: en\n---\n\ntext\n")
    script = (
        "import sys; from pathlib import Path; from faircopy import manuscript; "
        f"manuscript.read(Path({str(tmp_path)!r})); "
        "print(*(name for name in ('PIL', 'tinycss2', 'lxml') if name in sys.modules))"
    )
    said = subprocess.check_output([sys.executable, "-c", script], text=True)

    assert said.strip() == ""


# --- a file of nearly that name ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "asked"),
    [
        ("chart.JPG", "chart.jpg"),
        ("charts/chart.jpg", "chart.jpg"),
        ("chart.jpg", "charts/chart.jpg"),
        ("Charts/chart.jpg", "charts/chart.jpg"),
        ("charts/chart.jpg", "charts\\chart.jpg"),
        ("chart.png", "chart.jpg"),
        ("harbour-map.png", "harbor-map.png"),
        ("caf\u0065\u0301.jpg", "caf\u00e9.jpg"),
        ("my chart.jpg", "My%20chart.jpg"),
    ],
)
def test_a_missing_picture_is_told_the_name_that_is_meant(
    there: str, asked: str, tmp_path: Path
) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_bytes(jpeg())
    (tmp_path / "other.jpg").write_bytes(jpeg())

    found, (item,) = assets.load(tmp_path, [(asked, PLACE)])

    assert found == {}
    assert item.code == "image-missing"
    assert f"“{there}”" in item.remedy


def test_a_missing_picture_that_is_like_none_is_told_none(tmp_path: Path) -> None:
    (tmp_path / "door.jpg").write_bytes(jpeg())
    (tmp_path / ".chart.jpg").write_bytes(jpeg())

    _, (item,) = assets.load(tmp_path, [("chart.jpg", PLACE)])

    assert "door" not in item.remedy
    assert ".chart" not in item.remedy


# --- lint ----------------------------------------------------------------------------------------


def linted(folder: Path, text: str, measure: float = 100.0) -> list[tuple[str, str, int, int]]:
    for name, size in (
        ("small.png", (80, 60)),
        ("middle.png", (400, 300)),
        ("large.png", (1600, 9)),
    ):
        (folder / name).write_bytes(png(corners(size)))
    (folder / "map.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9'/>")
    (folder / "manuscript.md").write_text(f"---\ntitle: T\nlang: en\n---\n\n{text}\n")
    found = lint(read(folder), ask=lambda *_: frozenset(), measure=measure)
    codes = ("alt-placeholder", "image-coarse")
    return [
        (item.code, item.severity.value, item.place.line, item.place.column)
        for item in found
        if item.code in codes and item.place and item.remedy
    ]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("![A red door](small.png){width=100%}", "warning"),
        ("![A red door](small.png){width=60mm}", "warning"),
        ("![A red door](small.png){width=2cm}", "note"),
        ("![A red door](middle.png)", "note"),
        ("![A red door](middle.png){width=100%}", "note"),
    ],
)
def test_a_picture_of_too_few_pixels(text: str, severity: str, tmp_path: Path) -> None:
    column = text.index("(") + 2
    assert linted(tmp_path, text) == [("image-coarse", severity, 6, column)]


@pytest.mark.parametrize(
    "text",
    [
        "![A red door](large.png)",
        "![A red door](large.png){width=100%}",
        "![A red door](small.png)",
        "A ![red door](small.png) in the text",
        "![A red door](small.png){width=1cm}",
        "![A red door](map.svg){width=100%}",
    ],
)
def test_a_picture_of_enough_pixels(text: str, tmp_path: Path) -> None:
    assert linted(tmp_path, text) == []


def test_how_many_pixels_it_takes_is_told_by_the_widest_page(tmp_path: Path) -> None:
    linted(tmp_path, "![A red door](small.png){width=100%}")

    (item,) = (it for it in lint(read(tmp_path), measure=127.0) if it.code == "image-coarse")

    assert "80×60 pixels: 16 to the inch where it is 127 mm wide" in item.message
    assert "750 pixels" in item.remedy


@pytest.mark.parametrize(
    "alt", ["icon", "Image", "Figure 3", "IMG_0815", "large.png", "large", "photo of-1.jpg", "图 2"]
)
def test_words_that_say_nothing_of_a_picture(alt: str, tmp_path: Path) -> None:
    found = linted(tmp_path, f"Text.\n\n![{alt}](large.png)")

    assert found == [("alt-placeholder", "warning", 8, found[0][3])]


@pytest.mark.parametrize("alt", ["Chart of exports", "The image of Christ", "Logo of the port"])
def test_words_that_say_something_of_a_picture(alt: str, tmp_path: Path) -> None:
    assert linted(tmp_path, f"![{alt}](large.png) and ![](large.png){{.decorative}}") == []

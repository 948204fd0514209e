"""The cover: what it says, how it is broken, that it is always the same picture."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pikepdf
import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Asset, Kind, Publication
from faircopy.theme import fonts as theme_fonts
from faircopy.theme import load
from faircopy.writers import cover
from faircopy.writers.cover import art, engine, layout, lines, small
from faircopy.writers.pictures import SVG
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests import desk
from tests.editions import read as publication_of


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def titled(publication: Publication, title: str) -> Publication:
    metadata = msgspec.structs.replace(publication.metadata, title=(ast.Str(title),))
    return msgspec.structs.replace(publication, metadata=metadata)


def test_a_drawn_cover_has_the_size_that_shops_ask_for() -> None:
    publication = publication_of("speaker-turns")
    data = cover.draw(publication, load())
    picture = opened(data)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1600, 2560))
    ground = picture.getpixel((800, 40))
    assert isinstance(ground, tuple)
    wanted = bytes.fromhex(load().colour.cover.ground[1:])
    assert all(abs(a - b) <= 3 for a, b in zip(ground, wanted, strict=True))
    assert cover.draw(publication, load()) == data


LETTERED = """\
<svg xmlns="http://www.w3.org/2000/svg" width="160" height="256">
<text x="9" y="99" font-family="Arial">Hamburg שלום</text></svg>
""".encode()


@pytest.mark.parametrize("kind", ["drawn", "a drawing"])
def test_it_is_the_same_whatever_the_machine_says_of_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    own = kind == "a drawing"
    publication = with_cover(SVG, LETTERED, (160, 256)) if own else publication_of("he")
    here = cover.draw(publication, load())
    for name, value in desk.odd(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert cover.draw(publication, load()) == here


@pytest.mark.parametrize("name", ["ar", "every-construct", "he", "kk", "ru", "ur"])
def test_it_is_set_in_the_fonts_of_the_theme(name: str) -> None:
    theme = load()
    made = layout.page(publication_of(name), theme)
    families = {face.family.replace(" ", "-") for face in theme.faces}
    with pikepdf.open(io.BytesIO(engine.pdf(made.html, made.faces))) as pdf:
        assert len(pdf.pages) == 1
        fonts = [str(font["/BaseFont"]) for font in pdf.pages[0].Resources["/Font"].values()]
    assert fonts
    for font in fonts:
        assert any(family in font for family in families), font


@pytest.mark.parametrize("name", ["ar", "every-construct", "ur"])
def test_what_stands_on_it(name: str) -> None:
    publication = publication_of(name)
    said = layout.shown(publication.metadata)
    (main,) = layout.page(publication, load()).html.iter("main")
    shown = "".join(map(str, main.itertext()))
    for text in (said.outlet, said.genre, said.standfirst, ast.text(publication.metadata.title)):
        assert "".join(text.split()) in "".join(shown.split())


def test_the_alternative_text_is_the_authors_or_says_what_is_shown() -> None:
    publication = publication_of("kk")
    assert cover.alt(publication) == "Мұқаба: Өзен бәрін ұмытпайды – Өзен үні"
    metadata = msgspec.structs.replace(publication.metadata, cover_alt="A river at dawn")
    assert cover.alt(msgspec.structs.replace(publication, metadata=metadata)) == "A river at dawn"


@pytest.mark.parametrize("title", ["A", "Word " * 2000, "Un" * 5000, "<b> & \"quoted\" 'title'"])
def test_any_title_gives_a_cover(title: str) -> None:
    publication = titled(publication_of("speaker-turns"), title)
    made = layout.page(publication, load())
    heading = made.html.find("body/main/h1")
    assert heading is not None
    assert len("".join(map(str, heading.itertext()))) <= layout.LONGEST + 1
    assert opened(cover.draw(publication, load())).size == (1600, 2560)


@pytest.mark.parametrize("kind", Kind)
def test_a_cover_names_the_authors_beside_a_house_of_another_name(kind: Kind) -> None:
    publication = publication_of("every-construct")
    metadata = msgspec.structs.replace(publication.metadata, kind=kind)
    assert layout.shown(metadata).credit == "Ada Winter, Tomás O’Brien"
    own = msgspec.structs.replace(metadata, author=metadata.outlet and (metadata.outlet,))
    assert layout.shown(own).credit == ""


@pytest.mark.parametrize("title", ["沈まなかった港", "Порт和港", "A שלום"])
def test_a_title_in_another_script_is_drawn_by_the_face_that_has_it(title: str) -> None:
    publication = titled(publication_of("speaker-turns"), title)
    made = layout.page(publication, load())
    points = {ord(char) for char in title if char != " "}
    with pikepdf.open(io.BytesIO(engine.pdf(made.html, made.faces))) as pdf:
        fonts = pdf.pages[0].Resources["/Font"].values()
        said = b"".join(font.ToUnicode.read_bytes() for font in fonts).lower()
    heading = made.html.find("body/main/h1")
    assert heading is not None
    assert "".join(map(str, heading.itertext())).replace(" ", "") == title.replace(" ", "")
    for point in points:
        assert b"<%04x>" % point in said
    for face in made.faces:
        points -= theme_fonts.coverage(face)
    assert not points


def test_what_no_font_draws_is_told_and_not_drawn_as_boxes() -> None:
    publication = titled(publication_of("speaker-turns"), "ኢትዮጵያ")
    with pytest.raises(EditionError) as caught:
        layout.page(publication, load())
    (found,) = caught.value.diagnostics
    assert found.code == "cover-glyph"
    assert "“ኢ” (U+12A2)" in found.message
    assert "cover-image" in found.remedy


def png(size: tuple[int, int], mode: str = "RGBA", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind)
    return out.getvalue()


def with_cover(media_type: str, data: bytes, size: tuple[int, int]) -> Publication:
    publication = publication_of("speaker-turns")
    asset = Asset(path="c", media_type=media_type, data=data, width=size[0], height=size[1])
    metadata = msgspec.structs.replace(publication.metadata, cover_image="c")
    return msgspec.structs.replace(publication, metadata=metadata, assets={"c": asset})


def test_the_manuscripts_own_cover_wins() -> None:
    jpeg = png((600, 900), "RGB", "JPEG")
    own = with_cover("image/jpeg", jpeg, (600, 900))
    assert cover.draw(own, load()) == jpeg
    large = with_cover("image/png", png((3000, 4000)), (3000, 4000))
    picture = opened(cover.draw(large, load()))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1920, 2560))


def test_a_vector_cover_is_drawn() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="25.6">'
        b'<rect width="16" height="25.6" fill="#00ff00"/></svg>'
    )
    picture = opened(cover.draw(with_cover("image/svg+xml", svg, (16, 26)), load()))
    assert picture.size == (1600, 2560)
    red, green, blue = picture.getpixel((800, 1280))  # type: ignore[misc]
    assert green > 240
    assert max(red, blue) < 20


def test_the_art_depends_on_the_slug_alone() -> None:
    drawn = {slug: art.draw(slug) for slug in ("one", "two", "three", "four", "five", "six")}
    assert all(art.draw(slug) == strokes for slug, strokes in drawn.items())
    assert len(set(drawn.values())) == len(drawn)
    assert all(0 < line.opacity <= 1 and line.width > 0 for s in drawn.values() for line in s)


@pytest.mark.parametrize("motif", art.MOTIFS)
def test_every_motif_stays_below_the_text_where_it_is_strong(motif: object) -> None:
    assert callable(motif)
    for line in motif(art.Dice("a slug")):
        numbers = [float(n) for n in line.path.replace("A", " ").replace("C", " ")[1:].split()]
        assert all(-2700 < number < 5400 for number in numbers)


def monospaced(text: str) -> float:
    return float(len(text))


def narrow(text: str) -> float:
    return len(text) / 2


def test_a_title_is_broken_evenly_and_by_sense() -> None:
    title = "Interview with the President of Kazakhstan"
    found = lines.fit(title, narrow, width=1320, height=800, lead=1.06, largest=250)
    assert found.lines == ("Interview with", "the President", "of Kazakhstan")
    assert found.size == pytest.approx(1320 / narrow("Interview with"))


def test_chinese_is_broken_between_characters_but_not_before_a_mark() -> None:
    assert lines.pieces("河流记得，一切") == ("河", "流", "记", "得，", "一", "切")
    assert lines.pieces("《河》与 DNA") == ("《河》", "与 ", "DNA")
    assert lines.pieces("川\u00a0の 山\u3000海") == ("川\u00a0の ", "山\u3000", "海")


def test_a_chinese_title_is_not_broken_without_need() -> None:
    """Nothing shows where its words end: 记 and 得 are one."""

    def broken(title: str) -> tuple[str, ...]:
        return lines.fit(title, len, width=1310, height=900, lead=1.2, largest=320).lines

    assert broken("河流记得一切") == ("河流记得一切",)
    assert sorted(map(len, broken("河流记得一切也记得每一个人"))) == [6, 7]


words = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=25)


@given(words)
def test_no_word_is_lost_and_every_line_fits(found: list[str]) -> None:
    text = " ".join(found)
    fitted = lines.fit(text, monospaced, width=1320, height=800, lead=1.06, largest=250)
    assert " ".join(fitted.lines).split() == found
    assert max(map(len, fitted.lines)) * fitted.size <= 1320.001
    assert len(fitted.lines) * fitted.size * 1.06 <= 800.001


@given(words, st.integers(12, 60))
def test_balanced_lines_are_as_few_as_can_be(found: list[str], width: int) -> None:
    balanced = lines.balance(" ".join(found), monospaced, width)
    assert " ".join(balanced).split() == found
    assert max(map(len, balanced)) <= width
    assert len(balanced) == greedy(found, width)


def greedy(found: list[str], width: int) -> int:
    count, used = 1, -1
    for word in found:
        if used + 1 + len(word) > width:
            count, used = count + 1, -1
        used += 1 + len(word)
    return count


@pytest.mark.parametrize("size", [(1600, 2560), (900, 900), (3000, 500), (40, 60)])
def test_a_cover_comes_along_small_and_wide(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG")
    shown, card = small.images(out.getvalue(), "en", "#102030", card=True)
    assert (shown.name, card.name) == ("en.cover.jpg", "en.card.jpg")
    picture = opened(shown.data)
    assert (picture.width, picture.height) == (shown.facts["width"], shown.facts["height"])
    assert picture.width <= 400
    assert picture.height <= 640
    wide = opened(card.data)
    assert wide.size == (1200, 630)
    assert len(small.images(out.getvalue(), "en", "#102030", card=False)) == 1

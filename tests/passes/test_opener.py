"""The title block: what the front matter has, in the order in which a page opens."""

import msgspec
from faircopy.core import ast
from faircopy.core.model import Metadata, Opening, Publication
from faircopy.passes.opener import behind, opener
from faircopy.passes.units import units


def publication(**fields: object) -> Publication:
    metadata = Metadata(title=(ast.Str("T"),), lang="en-GB", dir="ltr")
    return Publication(
        slug="s",
        metadata=msgspec.structs.replace(metadata, **fields),
        blocks=(),
        places={},
        assets={},
        source=b"",
        source_path="m.md",
    )


def shown(made: Publication) -> list[tuple[str, str]]:
    return [(unit.id, ast.text(unit.inlines)) for unit in units(opener(made))]


def test_only_what_the_front_matter_has() -> None:
    assert shown(publication()) == [("opener-title", "T")]


def test_everything() -> None:
    one = (ast.Str("X"),)
    made = publication(
        outlet=(ast.Str("DNA"),), subtitle=one, standfirst=one, author=(one, one), dateline=one
    )

    assert shown(msgspec.structs.replace(made, draft=True)) == [
        ("opener-outlet", "DNA"),
        ("opener-genre", "Article"),
        ("opener-title", "T"),
        ("opener-subtitle", "X"),
        ("opener-standfirst", "X"),
        ("opener-byline", "By X, X"),
        ("opener-dateline", "X"),
        ("opener-imprint", "Draft translation, not reviewed"),
    ]


def test_an_outlet_that_is_the_author_has_no_byline() -> None:
    name = (ast.Str("DNA"),)

    assert "opener-byline" not in dict(shown(publication(outlet=name, author=(name,))))


def figure(name: str, kind: str) -> ast.Figure:
    image = ast.Image((ast.Attr(), (), (name, "")))
    return ast.Figure((ast.Attr("", (kind,)), ast.Caption(None, ()), (ast.Plain((image,)),)))


def kinds(made: Publication) -> list[str]:
    """Return what each part of an opener is."""
    found = []
    for block in opener(made).blocks:
        if isinstance(block, ast.Div):
            found.append(block.attr.classes[0])
        else:
            (unit,) = units((block,))
            found.append(unit.id.removeprefix("opener-"))
    return found


def test_a_theme_has_its_own_order_and_the_rest_follows() -> None:
    one = (ast.Str("X"),)
    made = msgspec.structs.replace(
        publication(outlet=one, subtitle=one, byline=one),
        blocks=(figure("a.jpg", "lead-image"), figure("b.jpg", "other"), ast.Para(one)),
        opening=Opening(order=("picture", "title"), logo="theme:logo", logo_height=9),
    )
    assert kinds(made) == ["plates", "title", "logo", "kicker", "subtitle", "byline"]
    assert behind(made) == made.blocks[1:]


def test_pictures_that_come_last_open_the_text() -> None:
    made = msgspec.structs.replace(publication(), blocks=(figure("a.jpg", "lead-image"),))
    assert kinds(made) == ["title"]
    assert behind(made) == made.blocks


def test_a_sign_without_a_name_says_nothing() -> None:
    made = msgspec.structs.replace(publication(), opening=Opening(logo="theme:logo"))
    (image,) = ast.find(opener(made), ast.Image)
    assert image.attr.classes == ("decorative",)
    assert not image.inlines

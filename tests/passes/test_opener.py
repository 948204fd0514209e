"""The title block: what the front matter has, in the order in which a page opens."""

import msgspec
from faircopy.core import ast
from faircopy.core.model import Metadata, Publication
from faircopy.passes.opener import opener
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

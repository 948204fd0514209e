"""How a text opens: the order of its parts, and the house's sign."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from faircopy.theme.base import Beside, Table

Part: TypeAlias = Literal[
    "logo",
    "kicker",
    "title",
    "subtitle",
    "standfirst",
    "byline",
    "dateline",
    "imprint",
    "picture",
]
"""What a text opens with; ``picture`` is all that the front matter names."""


class Opener(Table, frozen=True, kw_only=True):
    """How a text opens.

    Attributes:
        order: its parts from the top; those that it does not name follow in the house's own order.
        logo: the house's sign, a picture beside the theme; "" for none.
        logo_height: in millimetres.
    """

    order: tuple[Part, ...]
    logo: Beside
    logo_height: Annotated[float, Meta(ge=2, le=80)]

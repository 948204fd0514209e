"""A publication as a theme opens it: with the house's sign, its parts in the theme's order."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from faircopy.core.diagnostics import ThemeError
from faircopy.core.model import Asset, Opening, Publication
from faircopy.theme import Theme, beside, where

LOGO = "theme:logo"
"""The key of the sign among a publication's pictures: no manuscript can name one so."""


class Dress(msgspec.Struct, frozen=True):
    """What a theme gives each publication: how it opens, and the pictures for it."""

    opening: Opening
    pictures: Mapping[str, Asset] = {}

    def on(self, publication: Publication) -> Publication:
        """Return a publication that opens as the theme says."""
        return msgspec.structs.replace(
            publication, opening=self.opening, assets={**publication.assets, **self.pictures}
        )


def dress(theme: Theme) -> Dress:
    """Return what a theme gives each publication.

    Raises:
        ThemeError: the sign is no picture that every edition can show.
    """
    opener = theme.opener
    if theme.logo is None:
        return Dress(Opening(order=opener.order))
    opening = Opening(order=opener.order, logo=LOGO, logo_height=opener.logo_height)
    return Dress(opening, {LOGO: _sign(theme, theme.logo)})


def _sign(theme: Theme, file: beside.Lying) -> Asset:
    from faircopy.manuscript.pictures import Unfit, prepare

    place = where(theme, *beside.LOGO)
    try:
        found = prepare(beside.read(file, beside.LOGO))
    except Unfit as unfit:
        raise ThemeError.because(
            "theme-logo", f"The logo {file.name} {unfit.message}.", unfit.remedy, place
        ) from unfit
    except OSError as error:
        raise ThemeError.because(
            "theme-logo",
            f"The logo {file.name} cannot be read: {error.strerror}.",
            f"It is a picture in the theme's folder, of at most {beside.limit(beside.LOGO)}.",
            place,
        ) from error
    return Asset(LOGO, found.media_type, found.data, found.width, found.height)

"""The cover for a screen: small beside a title, and wide where a page is shared."""

from __future__ import annotations

from io import BytesIO

from faircopy.core.model import Artifact

JPEG = "image/jpeg"
COVER, CARD = "cover", "card"
"""The formats, and the ends of the names, of what comes along with an EPUB."""
SMALL = (400, 640)
WIDE = (1200, 630)
"""Pixels: of a cover on a shelf, and of what networks show of a page that is shared."""
_QUALITY = 82


def images(cover: bytes, lang: str, ground: str, *, card: bool) -> tuple[Artifact, ...]:
    """Return the cover, small; with ``card``, also on its ground, wide.

    Args:
        cover: the cover as JPEG.
        lang: what the files are named after.
        ground: the colour around the cover, as CSS has it.
        card: whether there is a page that may be shared.
    """
    from PIL import Image

    with Image.open(BytesIO(cover)) as image:
        image.draft("RGB", WIDE)
        whole = image.convert("RGB")
    small = whole.copy()
    small.thumbnail(SMALL)
    made = [_artifact(f"{lang}.{COVER}.jpg", small)]
    if card:
        wide = Image.new("RGB", WIDE, ground)
        whole.thumbnail((WIDE[0], WIDE[1]))
        wide.paste(whole, ((WIDE[0] - whole.width) // 2, (WIDE[1] - whole.height) // 2))
        made.append(_artifact(f"{lang}.{CARD}.jpg", wide))
    return tuple(made)


def _artifact(name: str, picture: object) -> Artifact:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    facts = {"width": picture.width, "height": picture.height}
    return Artifact(name=name, media_type=JPEG, data=out.getvalue(), facts=facts)

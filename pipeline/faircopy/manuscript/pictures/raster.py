"""Pictures of pixels, in Pillow's hands: opened warily, turned upright, written again."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from faircopy.manuscript.pictures.picture import Unfit, damaged

QUALITY = 95
"""Of a JPEG whose own tables do not fit any more, since its channels were inks."""

_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""What sets a picture upright, by its orientation (CIPA DC-008, 4.6.4)."""


@contextmanager
def opened(data: bytes, kind: str) -> Iterator[Any]:
    """Open a picture of one kind; whatever goes wrong with it means that it is damaged.

    Raises:
        Unfit: see above.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # The size has been looked at: ours is the limit.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(kind,)) as image:
                yield image
    except Unfit:
        raise
    except Exception as error:  # Pillow raises many kinds of error on damaged files
        raise damaged(f"its {kind} cannot be decoded") from error


def try_out(image: Any) -> None:
    """Decode a picture that is used as it is, as small as goes, to see that it can be."""
    image.draft(image.mode, (max(1, image.width // 8), max(1, image.height // 8)))
    image.load()


def upright(image: Any, turn: int) -> Any:
    """Return a picture turned by an Exif orientation."""
    from PIL import Image

    return image.transpose(Image.Transpose[_TURNS[turn]]) if turn in _TURNS else image


def as_jpeg(image: Any, *, like: Any, turned: bool) -> bytes:
    """Return a picture as JPEG, coded as finely as the file ``like`` from which it comes.

    ``turned`` says that its rows are that file's columns, and so are its tables'.
    """
    from PIL import JpegImagePlugin

    settings: dict[str, Any] = {"quality": QUALITY, "subsampling": 0}
    if image.mode == like.mode:
        sampling = JpegImagePlugin.get_sampling(like)
        halved = sampling == 2 or (sampling == 1 and not turned)
        tables = [_columns(table) if turned else table for table in like.quantization.values()]
        settings = {"qtables": tables, "subsampling": sampling if halved else 0}
    if "dpi" in like.info:
        settings["dpi"] = tuple(round(value) for value in like.info["dpi"])
    out = io.BytesIO()
    image.info = {}
    image.save(out, "JPEG", **settings)
    return out.getvalue()


def _columns(table: list[int]) -> list[int]:
    return [table[8 * column + row] for row in range(8) for column in range(8)]


def as_png(image: Any, dpi: Any = None) -> bytes:
    """Return a picture as PNG, with its transparency and its resolution."""
    out = io.BytesIO()
    clear = {"transparency": image.info["transparency"]} if "transparency" in image.info else {}
    image.info = clear
    image.save(out, "PNG", **({"dpi": dpi} if dpi else {}))
    return out.getvalue()

"""Pictures, prepared once: what comes from anywhere becomes what every edition can show.

A picture enters as bytes and leaves as bytes, the same for the same: in sRGB or grey, eight bits
a channel, upright, without metadata. A drawing keeps the elements of static SVG alone. No writer
has to think of orientation, of inks or of what a stranger hid in a file.
"""

from __future__ import annotations

from faircopy.manuscript.pictures.picture import Picture, Unfit

__all__ = ["Picture", "Unfit", "prepare"]

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = (b"GIF87a", b"GIF89a")
_OTHERS = (
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"BM", "BMP"),
    (0, b"8BPS", "Photoshop"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "PostScript"),
    (0, b"\x1f\x8b", "compressed SVG"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (8, b"WEBP", "WebP"),
    (4, b"ftypavi", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif", "HEIC"),
)
"""What people rename: where its mark stands, the mark, and what it is called."""


def prepare(data: bytes) -> Picture:
    """Return a picture as every edition shows it; its content says what it is, not its name.

    Raises:
        Unfit: it is damaged, too large, of another kind, or does more than to be looked at.
    """
    if data.startswith(_PNG):
        from faircopy.manuscript.pictures.png import prepare as of_png

        return of_png(data)
    if data.startswith(_JPEG):
        from faircopy.manuscript.pictures.jpeg import prepare as of_jpeg

        return of_jpeg(data)
    if data.startswith(_GIF):
        from faircopy.manuscript.pictures.gif import prepare as of_gif

        return of_gif(data)
    for at, mark, name in _OTHERS:
        if data.startswith(mark, at):
            raise Unfit(
                "image-type",
                f"is a {name} file, which not every edition can show",
                "Save it as PNG or JPEG, or as plain SVG if it is a drawing.",
            )
    if b"<" in data[:2000] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        from faircopy.manuscript.pictures.svg import prepare as of_svg

        return of_svg(data)
    raise Unfit("image-damaged", "is damaged, or no picture at all", "Save it again.")

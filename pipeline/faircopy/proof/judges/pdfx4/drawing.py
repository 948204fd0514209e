"""Rules about what a press file draws: colours in the inks of its output intent, fonts embedded.

Every page is walked with all that it uses: forms, patterns, shadings, masks, the drawn glyphs of
Type 3 fonts and the looks of annotations. The state that an operator works in is followed, so
that a letter is known by the colour that it has when it is shown (ISO 32000-1, 8.4 and 8.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from faircopy.core.diagnostics import Diagnostic
from faircopy.proof.judges.pdfx4.breach import breach

LIMIT = 3.2
"""The most ink, all four together, that a flat colour may have: coated paper takes 330 %."""

RICH = 0.85
"""As much black or more with other inks beside it is four-coloured text, which blurs in print."""

_SHOWS = {"Tj", "TJ", "'", '"'}
_LETTERS = (
    "b B b* B* BDC BI BMC BT c cm CS cs d d0 d1 Do DP EI EMC ET f F f* G g gs h i ID j J K k l m M"
    " MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y"
)
_OPERATORS = frozenset(_LETTERS.split()) | _SHOWS | {"INLINE IMAGE"}
"""ISO 32000-1, table 51; pikepdf gives a picture within a stream as one operator."""

_DEVICE_RGB = (Name.DeviceRGB, Name.RGB)  # the second within a line's own pictures
_SETS = {
    "g": (1, Name.DeviceGray),
    "rg": (3, Name.DeviceRGB),
    "k": (4, Name.DeviceCMYK),
}


class _Colour(msgspec.Struct, frozen=True):
    """The colour of an operator's state: its space, and its amounts where they are numbers."""

    space: Any = Name.DeviceGray
    amounts: tuple[float, ...] = (0.0,)


def check(pdf: Pdf) -> Iterator[Diagnostic]:
    """Yield what is wrong with what is drawn, each thing once a page."""
    walk = _Walk()
    for number, page in enumerate(pdf.pages, start=1):
        found = walk.page(page)
        for rule, clause, said in dict.fromkeys(found):
            yield breach(rule, clause, said, page=number)


class _Walk:
    """Walks through pages and what they use; what was seen on one page is not walked again."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()

    def page(self, page: pikepdf.Page) -> Iterator[tuple[str, str, str]]:
        resources: Any = page.get("/Resources", Dictionary())
        yield from self._group(page.get("/Group"))
        if "/Contents" in page:
            yield from self._stream(page, resources)
        for annotation in page.get("/Annots", ()):
            looks: Any = annotation.get("/AP", Dictionary())
            for look in looks.values():
                yield from self._used(look, self._object)

    def _used(self, item: Any, walk: Any) -> Iterator[tuple[str, str, str]]:
        key = item.objgen if isinstance(item, Object) else (0, 0)
        if key != (0, 0):
            if key in self._seen:
                return
            self._seen.add(key)
        yield from walk(item)

    # --- streams -----------------------------------------------------------------------------

    def _stream(self, owner: Any, resources: Any) -> Iterator[tuple[str, str, str]]:
        yield from _Operators(resources).check(pikepdf.parse_content_stream(owner))
        yield from self._resources(resources)

    def _resources(self, resources: Any) -> Iterator[tuple[str, str, str]]:
        kinds = (
            ("/ColorSpace", self._space),
            ("/ExtGState", self._state),
            ("/Font", self._font),
            ("/Pattern", self._pattern),
            ("/Shading", self._shading),
            ("/XObject", self._object),
        )
        for kind, walk in kinds:
            holder: Any = resources.get(kind, Dictionary())
            for _, item in holder.items():
                yield from self._used(item, walk)

    def _object(self, item: Any) -> Iterator[tuple[str, str, str]]:
        if not isinstance(item, Stream):
            for _, look in item.items():  # the looks of an annotation, by its state
                yield from self._used(look, self._object)
        elif item.get("/Subtype") == Name.Image:
            if not item.get("/ImageMask", False):
                yield from _space("a picture", item.get("/ColorSpace", Name.DeviceGray))
            if "/SMask" in item:
                yield from self._used(item.SMask, self._object)
        else:
            yield from self._group(item.get("/Group"))
            yield from self._stream(item, item.get("/Resources", Dictionary()))

    def _group(self, group: Any) -> Iterator[tuple[str, str, str]]:
        """Transparency is computed in the inks of the press (6.20)."""
        if group is not None and "/CS" in group and is_rgb(group.CS):
            yield "blending", "6.20", "transparency is computed in red, green and blue"

    def _pattern(self, item: Any) -> Iterator[tuple[str, str, str]]:
        if item.get("/PatternType") == 2:
            yield from self._used(item.Shading, self._shading)
        else:
            yield from self._stream(item, item.get("/Resources", Dictionary()))

    def _shading(self, item: Any) -> Iterator[tuple[str, str, str]]:
        yield from _space("a gradient", item.ColorSpace, drawn=True)

    def _space(self, item: Any) -> Iterator[tuple[str, str, str]]:
        if isinstance(item, Array) and item[0] in (Name.Separation, Name.DeviceN):
            yield from _space("a spot colour", item[2], drawn=True)

    def _state(self, item: Any) -> Iterator[tuple[str, str, str]]:
        mask = item.get("/SMask")
        if isinstance(mask, Dictionary):
            yield from self._used(mask.G, self._object)

    def _font(self, item: Any) -> Iterator[tuple[str, str, str]]:
        """Every font that is shown is embedded (6.5)."""
        if item.get("/Subtype") == Name.Type3:
            resources = item.get("/Resources", Dictionary())
            for _, glyph in item.CharProcs.items():
                yield from self._stream(glyph, resources)
            return
        whole = item.DescendantFonts[0] if "/DescendantFonts" in item else item
        descriptor = whole.get("/FontDescriptor", Dictionary())
        if not any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3")):
            name = str(item.get("/BaseFont", "")).lstrip("/")
            yield "font", "6.5", f"the font {name} is not embedded"


class _Operators:
    """Follows the operators of one stream."""

    def __init__(self, resources: Any) -> None:
        self._spaces: Any = resources.get("/ColorSpace", Dictionary())
        self._fill, self._stroke = _Colour(), _Colour()
        self._kept: list[tuple[_Colour, _Colour]] = []

    def check(self, instructions: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
        for instruction in instructions:
            name, operands = str(instruction.operator), list(instruction.operands)
            if name not in _OPERATORS:
                yield "operator", "6.19", f"there is no operator {name}"
            elif name == "q":
                self._kept.append((self._fill, self._stroke))
            elif name == "Q" and self._kept:
                self._fill, self._stroke = self._kept.pop()
            elif name in _SHOWS:
                yield from _text(self._fill)
            elif name == "INLINE IMAGE":
                image: Any = operands[0].obj
                yield from _space("a picture", image.get("/ColorSpace", Name.DeviceGray))
            else:
                yield from self._colour(name, operands)

    def _colour(self, name: str, operands: list[Any]) -> Iterator[tuple[str, str, str]]:
        stroke = name.isupper()
        now = self._stroke if stroke else self._fill
        operator = name.lower()
        if operator in _SETS:
            now = _Colour(_SETS[operator][1], tuple(map(float, operands)))
        elif operator == "cs":
            now = _Colour(self._spaces.get(operands[0], operands[0]), ())
        elif operator in ("sc", "scn"):
            plain = [float(part) for part in operands if not isinstance(part, Name)]
            now = _Colour(now.space, tuple(plain))
        else:
            return
        if stroke:
            self._stroke = now
        else:
            self._fill = now
        yield from _space("a line or a letter", now.space, drawn=True)
        if now.space == Name.DeviceCMYK and sum(now.amounts) > LIMIT:
            per_cent = f"{sum(now.amounts):.0%}"
            yield "coverage", "", f"a colour has {per_cent} of ink, more than {LIMIT:.0%}"


def _text(colour: _Colour) -> Iterator[tuple[str, str, str]]:
    """Black letters are black ink alone."""
    if colour.space == Name.DeviceCMYK and len(colour.amounts) == 4:
        *others, black = colour.amounts
        if black >= RICH and sum(others) > 0:
            yield "rich-black", "", "black letters are printed with other inks"


def is_rgb(space: Any) -> bool:
    """Say whether a colour space has red, green and blue, by whatever definition."""
    if isinstance(space, Array) and len(space) > 1:
        if space[0] == Name.ICCBased:
            return bool(space[1].get("/N") == 3)
        return bool(space[0] == Name.CalRGB)
    return space in _DEVICE_RGB


def _space(what: str, space: Any, *, drawn: bool = False) -> Iterator[tuple[str, str, str]]:
    """Device colours are those of the output intent (6.4.3.2); what is drawn is in inks.

    Pictures may be in red, green and blue that a profile defines (6.4.3).
    """
    if isinstance(space, Array) and len(space) > 1 and space[0] in (Name.Indexed, Name.Pattern):
        yield from _space(what, space[1], drawn=drawn)
    elif space in _DEVICE_RGB:
        yield "colour", "6.4.3.2", f"{what} is in DeviceRGB, which is not of the press"
    elif isinstance(space, Array) and space[0] == Name.CalRGB:
        yield "colour", "6.4.3", f"{what} is in CalRGB"
    elif drawn and is_rgb(space):
        yield "inks", "", f"{what} is in red, green and blue, not in inks"

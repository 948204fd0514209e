"""The colours of pages turned into inks: in what is drawn, and in what it draws with.

Every stream of drawing operators is rewritten (ISO 32000-1, 8.6.8), with the forms, patterns,
shadings and masks that it uses. Pictures keep their pixels: one in colour is said to be in
sRGB, which PDF/X-4 hands to the press's own conversion (ISO 15930-7, 6.4.3); one without is grey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream

from faircopy.writers.pdf.press.inks import Inks, Luminosity, Rgb

_FILLS = {"g", "rg", "cs", "sc", "scn"}
_STROKES = {"G", "RG", "CS", "SC", "SCN"}
_OPAQUE = 1

Instruction: TypeAlias = tuple[Sequence[Any], Operator]


class Separator:
    """Turns what one document draws into inks; each thing once, however often it is used.

    ``srgb`` is the stream of an sRGB profile, for pictures.
    """

    def __init__(self, pdf: Pdf, inks: Inks, srgb: Stream) -> None:
        self._pdf, self._inks, self._srgb = pdf, inks, srgb
        self._done: dict[tuple[int, int], bool] = {}

    def page(self, page: pikepdf.Page) -> bool:
        """Separate a page; return whether anything on it is transparent."""
        page.contents_coalesce()
        contents: Any = page.Contents
        resources: Any = page.Resources
        return self._stream(contents, resources, page)

    # --- streams -----------------------------------------------------------------------------

    def _stream(self, stream: Stream, resources: Dictionary, owner: Any = None) -> bool:
        """Rewrite a stream's operators and what they use; say whether that is transparent."""
        instructions = pikepdf.parse_content_stream(owner if owner is not None else stream)
        colouring = _Colouring(resources, self._inks)
        written = list(colouring.rewritten(instructions))
        stream.write(pikepdf.unparse_content_stream(written))
        clear = self._resources(resources)
        _forget_spaces(resources, colouring.used)
        return clear

    def _resources(self, resources: Dictionary) -> bool:
        clear = [self._state(state) for state in _values(resources, Name.ExtGState)]
        for pattern in _values(resources, Name.Pattern):
            self._pattern(pattern)
        for shading in _values(resources, Name.Shading):
            self._once(shading, self._shading)
        clear += [self._once(item, self._drawn) for item in _values(resources, Name.XObject)]
        return any(clear)

    def _once(self, item: Any, work: Any) -> bool:
        """Do ``work`` for an object unless it was done, and return what came of it."""
        key = item.objgen
        if key == (0, 0):  # a direct object belongs to one place
            return bool(work(item))
        if key not in self._done:
            self._done[key] = False
            self._done[key] = bool(work(item))
        return self._done[key]

    def _drawn(self, item: Stream) -> bool:
        if item.get(Name.Subtype) == Name.Image:
            return self._picture(item)
        group = item.get(Name.Group)
        if group is not None:
            group.CS = Name(self._inks.space)
        inner: Any = item.get(Name.Resources)
        clear = self._stream(item, inner if inner is not None else Dictionary())
        return clear or group is not None

    def _pattern(self, pattern: Any) -> None:
        if pattern.get(Name.PatternType) == 2:
            self._once(pattern.Shading, self._shading)
        else:
            self._once(pattern, lambda item: self._stream(item, item.Resources))

    def _state(self, state: Dictionary) -> bool:
        """Separate the mask of a graphics state; say whether it lets anything through."""
        mask = state.get(Name.SMask)
        if isinstance(mask, Dictionary):
            Separator(self._pdf, Luminosity(), self._srgb)._once(mask.G, self._mask)
            return True
        alphas = (state.get(Name.ca, _OPAQUE), state.get(Name.CA, _OPAQUE))
        plain = state.get(Name.BM, Name.Normal) in (Name.Normal, Name.Compatible)
        return not plain or any(alpha != _OPAQUE for alpha in alphas)

    def _mask(self, form: Stream) -> bool:
        return Separator(self._pdf, Luminosity(), self._srgb)._drawn(form)

    # --- shadings ----------------------------------------------------------------------------

    def _shading(self, shading: Any) -> bool:
        if _is_rgb(shading.ColorSpace):
            shading.ColorSpace = Name(self._inks.space)
            if Name.Background in shading:
                shading.Background = self._array(shading.Background)
            self._function(shading.Function)
        return False

    def _function(self, function: Any) -> None:
        """Let a function of colours give inks (ISO 32000-1, 7.10.3 and 7.10.4)."""
        if function.get(Name.FunctionType) == 3:
            for part in function.Functions:
                self._once(part, self._function)
        elif Name.C0 in function and len(function.C0) == 3:
            function.C0, function.C1 = self._array(function.C0), self._array(function.C1)

    def _array(self, rgb: Any) -> Array:
        return Array(self._inks.of(_rgb(list(rgb))))

    # --- pictures ----------------------------------------------------------------------------

    def _picture(self, image: Stream) -> bool:
        space = image.get(Name.ColorSpace)
        if space is not None and _is_rgb(space):
            bands = _grey_bands(image) if image.get(Name.Filter) == Name.FlateDecode else None
            if bands is not None:
                if Name.DecodeParms in image:
                    del image[Name.DecodeParms]
                image.write(bands)
                image.ColorSpace = Name.DeviceGray
            elif isinstance(space, Array) and space[0] == Name.Indexed:
                space[1] = Array([Name.ICCBased, self._srgb])
            else:
                image.ColorSpace = Array([Name.ICCBased, self._srgb])
        return Name.SMask in image


class _Colouring:
    """Rewrites the colour operators of one stream.

    ``used`` are the names of the colour spaces that it still sets.
    """

    def __init__(self, resources: Dictionary, inks: Inks) -> None:
        self._spaces = resources.get(Name.ColorSpace, Dictionary())
        self._inks = inks
        self._current: dict[bool, Any] = {}
        self.used: set[str] = set()

    def rewritten(self, instructions: Sequence[Any]) -> Iterator[Any]:
        for instruction in instructions:
            name = str(instruction.operator)
            if name in _FILLS or name in _STROKES:
                yield self._set(name, list(instruction.operands), stroke=name in _STROKES)
            else:
                yield instruction

    def _set(self, name: str, operands: list[Any], *, stroke: bool) -> Instruction:
        operator = name.lower()
        if operator == "cs":
            return self._space(name, operands, stroke=stroke)
        if operator == "rg" or (operator in ("sc", "scn") and self._in_rgb(operands, stroke)):
            return self._ink(self._inks.of(_rgb(operands)), stroke=stroke)
        if operator == "g":
            return self._ink(self._inks.of_grey(float(operands[0])), stroke=stroke)
        return operands, Operator(name)

    def _in_rgb(self, operands: list[Any], stroke: bool) -> bool:
        return len(operands) == 3 and _is_rgb(self._current.get(stroke))

    def _ink(self, tints: Sequence[float], *, stroke: bool) -> Instruction:
        return list(tints), Operator(self._inks.stroke if stroke else self._inks.fill)

    def _space(self, name: str, operands: list[Any], *, stroke: bool) -> Instruction:
        space = self._spaces.get(operands[0], operands[0])
        self._current[stroke] = space
        if _is_rgb(space):
            return [Name(self._inks.space)], Operator(name)
        self.used.add(str(operands[0]))
        return operands, Operator(name)


def _rgb(operands: Sequence[Any]) -> Rgb:
    red, green, blue = (min(255, max(0, round(float(part) * 255))) for part in operands)
    return red, green, blue


def _is_rgb(space: Any) -> bool:
    """Say whether a colour space has red, green and blue (ISO 32000-1, 8.6)."""
    if isinstance(space, Array) and len(space) > 1:
        family = space[0]
        if family == Name.ICCBased:
            return bool(space[1].get(Name.N) == 3)
        return bool(family == Name.CalRGB) or (family == Name.Indexed and _is_rgb(space[1]))
    return isinstance(space, Object) and bool(space == Name.DeviceRGB)


def _values(resources: Dictionary, kind: Name) -> list[Any]:
    return [value for _, value in resources.get(kind, Dictionary()).items()]


def _forget_spaces(resources: Dictionary, used: set[str]) -> None:
    """Take out the colour spaces that nothing sets any more."""
    spaces: Any = resources.get(Name.ColorSpace)
    for name in list(spaces.keys()) if spaces is not None else ():
        if name not in used and _is_rgb(spaces[name]):
            del spaces[name]


def _grey_bands(image: Stream) -> bytes | None:
    """Return the pixels of a picture as grey, or None when it has a colour."""
    picture = pikepdf.PdfImage(image).as_pil_image()
    if picture.mode != "RGB":
        return None
    red, green, blue = picture.split()
    return red.tobytes() if red == green == blue else None

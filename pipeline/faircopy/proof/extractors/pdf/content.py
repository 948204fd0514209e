"""Read a page's content stream: which text stands in which marked-content sequence.

Operators are those of ISO 32000-1, sections 9.4 and 14.6.
"""

from __future__ import annotations

from typing import Any

import msgspec

from faircopy.proof.extractors.pdf.fonts import Font
from faircopy.proof.extractors.pdf.syntax import operations

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Run(msgspec.Struct, frozen=True):
    """Text that one operator shows: its glyphs' texts in the order drawn, and where it stands.

    ``x``, ``end`` and ``y`` are in the page's user space, ``size`` is the font size there.
    ``mcid`` is -1 outside of marked content; ``artifact`` says that it is no content.

    Where glyphs are read one by one, ``widths`` has what the font says of each, and ``moved`` what
    is added before the first and behind each, both in em; otherwise they are empty.
    """

    glyphs: tuple[str, ...]
    x: float
    end: float
    y: float
    size: float
    mcid: int
    artifact: bool
    actual: str | None
    widths: tuple[float, ...] = ()
    moved: tuple[float, ...] = ()


class _Mark(msgspec.Struct, frozen=True):
    mcid: int
    artifact: bool
    actual: str | None


_HEEDED = frozenset(
    {
        *("TJ", "Tj", "'", '"', "Tm", "Td", "TD", "T*", "TL", "Tf", "BT"),
        *("q", "Q", "cm", "BMC", "BDC", "EMC", "Do"),
    }
)
"""Operators that matter to what is read; the others draw lines, colours and shapes."""


class Interpreter:
    """Runs content streams and collects what they show.

    ``one_by_one`` says that it matters where each glyph stands, which takes twice as long.
    """

    def __init__(self, *, one_by_one: bool = False) -> None:
        self.runs: list[Run] = []
        self._one_by_one = one_by_one
        self._ctm: Matrix = _IDENTITY
        self._saved: list[Matrix] = []
        self._marks: list[_Mark] = []
        self._line: Matrix = _IDENTITY
        self._text: Matrix = _IDENTITY
        self._font: Font | None = None
        self._size = 0.0
        self._leading = 0.0

    def run(self, data: bytes, resources: Resources) -> None:
        """Interpret one stream; forms that it draws are interpreted where they are drawn."""
        for operator, operands in operations(data, one_by_one=self._one_by_one):
            self._do(operator, operands, resources)

    def _do(self, operator: str, operands: list[Any], resources: Resources) -> None:
        if operator not in _HEEDED:
            return
        match operator, operands:
            case "TJ", [list() as parts]:
                self._show(parts)
            case "Tj", [bytes() as part]:
                self._show([part])
            case "'" | '"', [*_, bytes() as part]:
                self._move(0.0, -self._leading)
                self._show([part])
            case "Tm", [*numbers] if len(numbers) == len(_IDENTITY):
                self._line = self._text = (*numbers,)
            case "Td", [x, y]:
                self._move(x, y)
            case "TD", [x, y]:
                self._leading = -y
                self._move(x, y)
            case "T*", _:
                self._move(0.0, -self._leading)
            case "TL", [leading]:
                self._leading = leading
            case "Tf", [font, size]:
                self._font, self._size = resources.font(font), size
            case "BT", _:
                self._line = self._text = _IDENTITY
            case "q", _:
                self._saved.append(self._ctm)
            case "Q", _ if self._saved:
                self._ctm = self._saved.pop()
            case "cm", [*numbers] if len(numbers) == len(_IDENTITY):
                self._ctm = _times((*numbers,), self._ctm)
            case "BMC", [tag]:
                self._begin(tag, {})
            case "BDC", [tag, properties]:
                self._begin(tag, resources.properties(properties))
            case "EMC", _ if self._marks:
                self._marks.pop()
            case "Do", [name]:
                self._form(name, resources)

    def _begin(self, tag: str, properties: dict[str, Any]) -> None:
        outer = self._marks[-1] if self._marks else _Mark(-1, artifact=False, actual=None)
        mcid = properties.get("MCID")
        actual = properties.get("ActualText")
        self._marks.append(
            _Mark(
                int(mcid) if mcid is not None else outer.mcid,
                tag == "Artifact" or outer.artifact,
                _decoded(actual) if actual is not None else outer.actual,
            )
        )
        if actual is not None:
            self._emit(())

    def _form(self, name: str, resources: Resources) -> None:
        form = resources.form(name)
        if form is None:
            return
        data, matrix, inner = form
        ctm, saved = self._ctm, self._saved
        self._ctm, self._saved = _times(matrix, ctm), []
        self.run(data, inner)
        self._ctm, self._saved = ctm, saved

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = _times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _show(self, parts: list[bytes | float]) -> None:
        if self._font is None:
            return
        font, glyphs, wide = self._font, [], 0.0
        widths: list[float] = []
        moved = [0.0]
        for part in parts:
            if isinstance(part, bytes):
                codes = font.codes(part)
                glyphs += font.texts(codes)
                wide += font.advance(codes)
                if self._one_by_one:
                    widths += [font.advance([code]) / _THOUSAND for code in codes]
                    moved += [0.0] * len(codes)
            else:
                wide -= part
                moved[-1] -= part / _THOUSAND
        self._emit(tuple(glyphs), wide * self._size / _THOUSAND)
        if self._one_by_one:
            exact = {"widths": tuple(widths), "moved": tuple(moved)}
            self.runs[-1] = msgspec.structs.replace(self.runs[-1], **exact)

    def _emit(self, glyphs: tuple[str, ...], wide: float = 0.0) -> None:
        mark = self._marks[-1] if self._marks else _Mark(-1, artifact=False, actual=None)
        start = _times(self._text, self._ctm)
        self._text = _times((1.0, 0.0, 0.0, 1.0, wide, 0.0), self._text)
        end = _times(self._text, self._ctm)[4]
        size = abs(self._size) * (start[2] ** 2 + start[3] ** 2) ** 0.5
        x, y = start[4], start[5]
        self.runs.append(Run(glyphs, x, end, y, size, mark.mcid, mark.artifact, mark.actual))


_THOUSAND = 1000.0
"""Text space units of a font size (section 9.4.4)."""


def _decoded(raw: object) -> str:
    """Return a text string (section 7.9.2.2); pikepdf gives some as ``str`` already."""
    if not isinstance(raw, bytes):
        return str(raw)
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode("latin-1")


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


class Resources:
    """What a stream may name: fonts, property lists, forms (section 7.8.3)."""

    def __init__(self, dictionary: Any, fonts: dict[Any, Font]) -> None:
        self._dictionary = dictionary
        self._fonts = fonts
        self._named: dict[str, Font | None] = {}

    def font(self, name: str) -> Font | None:
        """Return the font of this name."""
        if name not in self._named:
            self._named[name] = self._load(name)
        return self._named[name]

    def _load(self, name: str) -> Font | None:
        raw = self._get("/Font", name)
        if raw is None:
            return None
        if raw.objgen not in self._fonts:
            self._fonts[raw.objgen] = Font.of(raw)
        return self._fonts[raw.objgen]

    def properties(self, given: object) -> dict[str, Any]:
        """Return a property list that stands in the stream or is named there."""
        if isinstance(given, dict):
            return given
        raw = self._get("/Properties", str(given))
        return {str(key).removeprefix("/"): value for key, value in raw.items()} if raw else {}

    def form(self, name: str) -> tuple[bytes, Matrix, Resources] | None:
        """Return the stream, matrix and resources of a form; None for an image."""
        raw = self._get("/XObject", name)
        if raw is None or raw.get("/Subtype") != "/Form":
            return None
        matrix: Any = tuple(float(value) for value in raw.get("/Matrix", _IDENTITY))
        inner = raw.get("/Resources")
        resources = Resources(inner, self._fonts) if inner is not None else self
        return raw.read_bytes(), matrix, resources

    def _get(self, kind: str, name: str) -> Any:
        group = self._dictionary.get(kind) if self._dictionary is not None else None
        return group.get("/" + name) if group is not None else None

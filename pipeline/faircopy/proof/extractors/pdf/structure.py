"""Walk the structure tree of a PDF and give its text block by block, in logical order.

Lines of a block are joined as they stand: between words a tagged PDF has white space, at a line's
end too, and a hyphen that a line's end put in is U+00AD (ISO 32000-1, 14.8.2.2.3 and 14.8.2.5).
"""

from __future__ import annotations

import io
import unicodedata
from collections import defaultdict
from typing import Any

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.languages.tags import direction
from faircopy.proof.extractors.labels import label, reference
from faircopy.proof.extractors.line import Line
from faircopy.proof.extractors.pdf.bidi import logical
from faircopy.proof.extractors.pdf.content import Interpreter, Resources, Run
from faircopy.proof.extractors.pdf.fonts import Font
from faircopy.proof.tokens import Sign, pictured

Key = tuple[int, int]
"""A page's number, counted from 0, and a marked-content id on it."""

INLINE = frozenset({"Span", "NonStruct", "Link", "Reference", "Em", "Strong", "Quote", "Code"})
"""Elements that stand within a block of text (section 14.8.4.4)."""
_GAP = 0.12
"""Runs on one line that are no farther apart than this times the font size were drawn at one go."""


def lines(data: bytes) -> list[Line]:
    """Return the tagged text of a PDF, a line for each block of text.

    Raises:
        EditionError: the file is no readable PDF, or has no structure tree.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _Document(pdf).lines()
    except pikepdf.PdfError as error:
        raise EditionError.because(
            "artifact-unreadable", f"The PDF can't be read: {error}.", "Build it again."
        ) from error


class _Document:
    """One open PDF: the runs of its pages, and the walk over its tree."""

    def __init__(self, pdf: Any) -> None:
        self._root = pdf.Root.get("/StructTreeRoot")
        self._lang = str(pdf.Root.get("/Lang", ""))
        if self._root is None:
            raise EditionError.because(
                "pdf-untagged", "The PDF has no structure tree.", "Build it again."
            )
        self._roles = {
            str(name)[1:]: str(role)[1:] for name, role in self._root.get("/RoleMap", {}).items()
        }
        self._notes: list[list[Line]] = []
        self._references = 0
        self._runs: dict[Key, list[Run]] = defaultdict(list)
        self._pages: dict[Any, int] = {}
        fonts: dict[Any, Font] = {}
        pages = list(pdf.pages)
        shown = [_shown(page, fonts) for page in pages]
        for number, (page, runs) in enumerate(zip(pages, shown, strict=True)):
            self._pages[page.objgen] = number
            for run in runs:
                self._runs[number, run.mcid].append(run)

    def lines(self) -> list[Line]:
        out = _Lines()
        self._walk(self._root.get("/K"), _Where(-1, self._lang), out)
        return [*out.done(), *(line for note in self._notes for line in note)]

    def _walk(self, kid: Any, where: _Where, out: _Lines) -> None:
        import pikepdf

        if isinstance(kid, pikepdf.Array):
            for item in kid:
                self._walk(item, where, out)
        elif isinstance(kid, int):
            self._marked(kid, where, out)
        elif isinstance(kid, pikepdf.Dictionary):
            if "/Pg" in kid:
                page = self._pages.get(kid.Pg.objgen, where.page)
                where = msgspec.structs.replace(where, page=page)
            kind = kid.get("/Type")
            if kind == "/MCR":
                self._marked(int(kid.MCID), where, out)
            elif kind != "/OBJR":
                self._element(kid, where, out)

    def _marked(self, mcid: int, where: _Where, out: _Lines) -> None:
        right = direction(where.lang) == "rtl"
        # Content belongs to one place only: what is shown twice is read twice by nobody.
        runs = self._runs.pop((where.page, mcid), [])
        if where.actual is not None:
            runs = [msgspec.structs.replace(run, actual=where.actual) for run in runs]
        for run in _joined(_honest(runs)):
            out.add(run, where.page, right=right)

    def _element(self, element: Any, where: _Where, out: _Lines) -> None:
        name = str(element.get("/S", "/"))[1:]
        name = self._roles.get(name, name)
        if "/Lang" in element:
            where = msgspec.structs.replace(where, lang=str(element.Lang))
        block = name not in INLINE
        if block:
            out.end()
        if "/ActualText" in element:
            where = msgspec.structs.replace(where, actual=str(element.ActualText))
        if name in ("Figure", "Formula") and "/Alt" in element:
            sign = Sign.FORMULA if name == "Formula" else pictured(str(element.Alt))
            out.say(f" {sign} ")
        elif name == "Note":
            self._note(element, where)
        elif name == "Reference":
            out.say(self._reference(element, where))
        elif name == "Lbl":
            out.say(label(self._aside(element.get("/K"), where)))
        elif "/K" in element:
            self._walk(element.K, where, out)
        if block:
            out.end()

    def _reference(self, element: Any, where: _Where) -> str:
        """Return a sign for a footnote's number in the text; a wrong number is text as well."""
        self._references += 1
        return reference(self._aside(element.get("/K"), where), self._references)

    def _note(self, element: Any, where: _Where) -> None:
        """Set a footnote aside; notes are read after the text, in the order of their numbers."""
        lines = _Lines()
        self._walk(element.get("/K"), where, lines)
        self._notes.append(lines.done())

    def _aside(self, kids: Any, where: _Where) -> str:
        lines = _Lines()
        self._walk(kids, where, lines)
        return " ".join(lines.done())


class _Where(msgspec.Struct, frozen=True):
    """What an element inherits: its page, its language, and what it is said to say."""

    page: int
    lang: str
    actual: str | None = None


def _shown(page: Any, fonts: dict[Any, Font]) -> list[Run]:
    """Return what a page shows that the structure tree may hold."""
    interpreter = Interpreter()
    interpreter.run(stream(page), Resources(page.get("/Resources"), fonts))
    return [run for run in interpreter.runs if not run.artifact and run.mcid >= 0]


def stream(page: Any) -> bytes:
    """Return what is drawn on a page, as one stream."""
    contents = page.get("/Contents")
    if contents is None:
        return b""
    parts = [contents] if hasattr(contents, "read_bytes") else list(contents)
    return b"\n".join(part.read_bytes() for part in parts)


class _Lines:
    """Collects runs into blocks of text. What parts two words is white space and nothing else."""

    def __init__(self) -> None:
        self._done: list[Line] = []
        self._text = ""
        self._places: list[tuple[int, str]] = []
        self._actual: str | None = None

    def add(self, run: Run, page: int, *, right: bool) -> None:
        if not run.glyphs and run.actual is None:
            return
        place = f"page {page + 1}"
        if not self._places or self._places[-1][1] != place:
            self._places.append((len(self._text), place))
        text = run.actual if run.actual is not None else logical(run.glyphs, right=right)
        if run.actual is None or run.actual is not self._actual:
            self._text += text
        self._actual = run.actual

    def say(self, text: str) -> None:
        self._text += text

    def end(self) -> None:
        if self._text:
            self._done.append(Line(self._text, *self._places))
        self._text = ""
        self._places.clear()

    def done(self) -> list[Line]:
        self.end()
        return self._done


def _honest(runs: list[Run]) -> list[Run]:
    """Hold an ``ActualText`` against the glyphs that it stands for.

    It may say in which order they are read, and nothing else: where it has not the same letters,
    both are read, so that the comparison finds what differs.
    """
    actual = next((run.actual for run in runs if run.actual is not None), None)
    if actual is None:
        return runs
    glyphs = [text for run in runs for text in run.glyphs]
    if _letters(actual) == _letters("".join(glyphs)):
        return [_whole([run for run in runs if run.glyphs] or runs)]
    plain = [msgspec.structs.replace(run, actual=None) for run in runs]
    return [msgspec.structs.replace(plain[0], glyphs=(f" {actual} ",)), *plain]


def _whole(runs: list[Run]) -> Run:
    """Return one run from the first to the last of several on a line."""
    return msgspec.structs.replace(
        runs[0], x=min(run.x for run in runs), end=max(run.end for run in runs)
    )


def _letters(text: str) -> list[str]:
    return sorted(char for char in unicodedata.normalize("NFC", text) if char.isalnum())


def _joined(runs: list[Run]) -> list[Run]:
    """Join runs of one sequence that go on from one another, as at a mark above a letter.

    The order of reading is found out for the whole of what was drawn at one go.
    """
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and run.actual is None and last.actual is None and _goes_on(last, run):
            out[-1] = msgspec.structs.replace(last, glyphs=last.glyphs + run.glyphs, end=run.end)
        else:
            out.append(run)
    return out


def _goes_on(before: Run, run: Run) -> bool:
    near = abs(run.x - before.end) < _GAP * run.size
    return near and before.y == run.y and before.size == run.size

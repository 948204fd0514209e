"""The words of a tagged PDF as poppler reads them (``pdfinfo -struct-text``).

Poppler shares no code with the reader of ``pdf``: it gives the structure tree as an indented
outline with each marked piece of text in quotation marks on a line of its own. Pieces of one block
are joined as they stand. Figures and formulas have no text here; the rest is as in ``pdf``.

It is given the file without its output intent: it would make the colour profile's tables anew for
each element of the tree, which takes ten times as long as all the reading.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from faircopy.core import cage, process
from faircopy.proof.extractors.labels import ascii_digits, label, reference
from faircopy.proof.extractors.pdf.bidi import logical
from faircopy.proof.order import PIECE
from faircopy.proof.words import Rules, Where

RULES = Rules(
    notes=Where.AFTER,
    markers=True,
    pull_quotes=False,
    pictures=Where.NOWHERE,
    formulas=False,
)

_SECONDS = 60.0
_GLYPH = re.compile(".[\u200c\u200d]*", re.S)
"""What one glyph says: poppler turns glyphs round, and not the letters of one. In our files the
sign that parts or joins letters belongs to the letter before it (`faircopy.writers.pdf.glyphs`)."""
_LINE = re.compile(r'( *)(?:"(.*)"|([A-Za-z0-9]+)\b.*)', re.S)


@cache
def version() -> str:
    """Return poppler's version.

    Raises:
        ToolError: poppler is missing.
    """
    said = process.run(["pdfinfo", "-v"], timeout=_SECONDS).stderr.decode("utf-8", "replace")
    return said.partition("\n")[0].rpartition(" ")[2]


def lines(data: bytes) -> list[str]:
    """Return the tagged text of a PDF, a line for each block of pieces; notes come last.

    Raises:
        ToolError: poppler is missing or refuses the file.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(_without_profile(data))
        command = ["pdfinfo", "-struct-text", "-enc", "UTF-8", file.name]
        done = cage.run(command, timeout=_SECONDS)
    return _Outline().read(done.stdout.decode("utf-8", "replace"))


def _without_profile(data: bytes) -> bytes:
    """Return a file without its output intent, or as it is when only poppler may read it."""
    import pikepdf

    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if "/OutputIntents" in pdf.Root:
                del pdf.Root["/OutputIntents"]
            pdf.save(out)
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        return data
    return out.getvalue()


_PICTURES = ("Figure", "Formula")
_REFERENCE = "Object"
"""What poppler calls a reference to an object, such as a link's annotation: it is no element."""
_INLINE = frozenset({"Span", "NonStruct", "Link", "Em", "Strong", "Quote", "Code", *_PICTURES})


class _Outline:
    """Collects an outline's texts: those of notes, of numbers and of labels apart."""

    def __init__(self) -> None:
        self._text: list[list[str]] = [[]]
        self._notes: list[list[str]] = [[]]
        self._references = 0

    def read(self, outline: str) -> list[str]:
        special: tuple[str, list[str]] | None = None
        depth = -1
        in_note = picture = -1
        blocks: list[int] = []
        for indent, name, text in _pieces(outline):
            if name and indent <= picture:
                picture = -1
            if name in _PICTURES and picture < 0:
                picture = indent
            if picture >= 0 and text is not None and indent > picture:
                continue  # letters of a drawing
            if special and indent <= depth:
                self._close(special, in_note >= 0)
                special = None
            if self._parted(blocks, indent, name):
                self._text.append([])
                self._notes.append([])
            if in_note >= 0 and indent <= in_note and name:
                in_note = -1
            if name == "Note" and in_note < 0:
                in_note = indent
            elif name in ("Lbl", "Reference") and special is None:
                special, depth = (name, []), indent
            elif text is not None:
                said = logical(_GLYPH.findall(text))
                target = self._notes if in_note >= 0 else self._text
                (special[1] if special else target[-1]).append(said)
        if special:
            self._close(special, in_note >= 0)
        return [PIECE.join(block) for block in (*self._text, *self._notes) if block]

    @staticmethod
    def _parted(blocks: list[int], indent: int, name: str) -> bool:
        """Whether a block begins or has ended; ``blocks`` are the indents of those around."""
        ended = bool(blocks) and blocks[-1] >= indent
        while blocks and blocks[-1] >= indent:
            blocks.pop()
        begins = bool(name) and name not in _INLINE and name not in ("Reference", "Lbl")
        if begins:
            blocks.append(indent)
        return begins or ended

    def _close(self, special: tuple[str, list[str]], in_note: bool) -> None:
        name, parts = special
        said = ascii_digits("".join(parts))
        target = self._notes if in_note else self._text
        if name == "Lbl":
            target[-1].append(label(said))
        else:
            self._references += 1
            target[-1].append(reference(said, self._references))


def _pieces(outline: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield indentation with an element's name, or with a text; a text may have line ends."""
    pending = ""
    for line in outline.split("\n"):
        whole = f"{pending}\n{line}" if pending else line
        if whole.lstrip().startswith('"') and not (whole.endswith('"') and len(whole.strip()) > 1):
            pending = whole
            continue
        pending = ""
        match = _LINE.fullmatch(whole)
        if match and match[3] != _REFERENCE:
            yield len(match[1]), match[3] or "", match[2]

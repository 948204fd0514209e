"""Files of older word processors, which LibreOffice makes Word files of, in its cage."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

import msgspec

from faircopy.core import ast, cage, pandoc
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Place
from faircopy.intake import ORIGINAL, Taken, Wishes, foreign, take
from faircopy.intake.account import words
from faircopy.intake.package import AGAIN, locked
from faircopy.translation.forms import refuse

RTF, DOC = ".rtf", ".doc"
FORMS = (RTF, DOC)
_SHOWN = 12
_ONLY = (
    "LibreOffice read the file, and what it does not read is not in the manuscript: "
    "hold it against the original"
)


def older(data: bytes, name: str, wishes: Wishes) -> Taken:
    """Make a manuscript of an .rtf or .doc.

    An RTF is read by pandoc too: words that only pandoc finds are told.

    Raises:
        ImportRefused: it is none, is locked, or LibreOffice cannot read it; or as a Word file.
        ToolError: LibreOffice is missing or fails.
    """
    from faircopy.proof import office

    form = PurePath(name).suffix.lower()
    _look(data, name, form)
    made = office.converted(data, "docx", form[1:])
    if made is None:
        what = "LibreOffice cannot read the file"
        raise refuse("word-unreadable", what, AGAIN, Place(name))
    taken = take(made, name, wishes)
    told = [_ONLY, *([_overlooked(data, taken)] if form == RTF else [])]
    uncaged = cage.uncaged()
    told += [f"{uncaged.message} {uncaged.remedy}"] if uncaged else []
    others = {file: content for file, content in taken.files.items() if file != ORIGINAL}
    return msgspec.structs.replace(
        taken,
        files={f"original{form}": data, **others},
        digest=hashlib.sha256(data).hexdigest(),
        decide=(*filter(None, told), *taken.decide),
    )


def _look(data: bytes, name: str, form: str) -> None:
    """See that a file is what its name says.

    Raises:
        ImportRefused: it is not, or it is locked.
    """
    if refused := locked(data, name):
        raise refused
    begins = b"{\\rtf" if form == RTF else b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    if not data.startswith(begins):
        raise refuse("not-word", f"this is no file of the kind {form}", AGAIN, Place(name))


def _overlooked(data: bytes, taken: Taken) -> str:
    """Return what is told of words that pandoc finds in an RTF and LibreOffice does not."""
    try:
        found = words(ast.text(pandoc.opened(data, "rtf").blocks, Omit.ALT))
    except (pandoc.PandocFailure, RecursionError):
        return "pandoc cannot read the file, so that no other program has seen its words"
    passages = [*(one for each in taken.front.values() for one in each), *taken.passages]
    passages.sort(key=lambda one: one.number)
    lost = [*foreign.lost(found, passages)]
    more = f" … and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
    said = ", ".join(f"“{one[:60]}”" for one in lost[:_SHOWN])
    return f"pandoc finds words in the file that LibreOffice does not: {said}{more}" if lost else ""

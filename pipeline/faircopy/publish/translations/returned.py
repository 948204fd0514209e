"""What translators sent back: checked, and kept in its manuscript's folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from faircopy.core.diagnostics import EditionError, Place
from faircopy.publish import languages
from faircopy.publish.project import Project
from faircopy.publish.translations import texts
from faircopy.publish.translations.signature import NOBODY, Person, signature
from faircopy.translation import FOLDER

if TYPE_CHECKING:
    from faircopy.core.model import Publication
    from faircopy.translation.commands import Imported
    from faircopy.translation.intake import Incoming
    from faircopy.translation.segments import SourceText


class Taken(msgspec.Struct, frozen=True):
    """What an import brought, and the file in which it is kept."""

    slug: str
    path: str
    imported: Imported


def take_in(
    project: Project,
    files: Sequence[Path],
    *,
    lang: str = "",
    manuscript: str = "",
    who: Person = NOBODY,
) -> Taken:
    """Check what translators sent back, and keep it in its manuscript's folder.

    Without ``manuscript`` the one is taken that most sentences of the files belong to. ``who``
    stands behind what the files claim is reviewed, and says how they are taken.

    Raises:
        FaircopyError: nothing was taken in, nothing has been changed; its findings say why.
    """
    from faircopy.translation import commands
    from faircopy.translation.job import Manner
    from faircopy.translation.reviewing import Hand, translators

    signed = signature(who)
    found = commands.opened(files, lang, _from_rich_text)
    folder, publication, text = _belonging(
        project, found, files[0], (manuscript,) if manuscript else ()
    )
    hand = Hand(
        by=signed if signed.by else None,
        day=signed.date,
        translators=translators(publication),
        manner=Manner(who.partial, who.strict, who.machine),
    )
    place = project.shown(folder)
    imported = commands.keep(
        found, text, folder, place, lang, partial(texts.boxes_of, project), hand
    )
    path = folder / FOLDER / f"{imported.lang}{languages.SUFFIX}"
    return Taken(folder.name, project.shown(path), imported)


def _from_rich_text(data: bytes, name: str) -> bytes:
    """Return an RTF as LibreOffice reads it, in its cage, as an OpenDocument text.

    Raises:
        EditionError: LibreOffice makes nothing of it.
        ToolError: LibreOffice is missing or fails.
    """
    from faircopy.proof import office

    made = office.converted(data, "odt", "rtf")
    if made is None:
        raise EditionError.because(
            "rtf-unreadable",
            f"LibreOffice makes no document of {name}.",
            "Save it as .docx or .odt, and import that.",
        )
    return made


def _belonging(
    project: Project, found: Incoming, file: Path, asked: Sequence[str]
) -> tuple[Path, Publication, SourceText]:
    """Return the manuscript that is asked for, or that most of the files' sentences are of."""
    from faircopy.translation.commands import resemblance
    from faircopy.translation.segments import extract

    there = [(folder, text, extract(text)) for folder, text in texts.publications(project, asked)]
    if len(there) == 1:
        return there[0]
    shares = [resemblance(text, found) for _, _, text in there]
    if not any(shares):
        raise EditionError.because(
            "other-manuscript",
            "No sentence of these files is of any manuscript under source/.",
            "See that the manuscript is there, or name it with --manuscript.",
            Place(str(file)),
        )
    return there[shares.index(max(shares))]

"""The words of a translation bundle as translate-toolkit reads its XLIFF.

Rules: the toolkit gives the plain text of each segment, without what codes stand for, in the
order of the file, in which a footnote follows the unit that refers to it; otherwise as in ``tsv``.
"""

from __future__ import annotations

import re
from typing import Any

from faircopy.core.diagnostics import EditionError
from faircopy.proof import tools
from faircopy.proof.extractors import tsv
from faircopy.proof.extractors.archive import Archive
from faircopy.proof.tokens import Sign

RULES = tsv.RULES

_HIDDEN = re.compile(r"^meta-|\.c\d+\.title$")
_ALT = re.compile(r"\.c\d+\.alt$")


def version() -> str:
    """Return the toolkit's version."""
    return tools.package_version("translate-toolkit")


def lines(data: bytes) -> list[str]:
    """Return the text of the bundle, a line for each unit.

    Raises:
        ToolError: translate-toolkit is missing.
        EditionError: the file is no readable bundle.
    """
    archive = Archive(data)
    name = next((name for name in archive.names if name.endswith(".xlf")), "")
    document = archive.read(name)
    tools.package_version("translate-toolkit")
    from translate.storage import xliff2

    reader: Any = xliff2.Xliff2File
    try:
        store = reader.parsestring(document)
    except Exception as error:
        raise EditionError.because(
            "artifact-unreadable", f"translate-toolkit can't read it: {error}", "Build it again."
        ) from error
    units: dict[str, list[str]] = {}
    for segment in store.units:
        unit = str(segment.getid()).partition("::")[0]
        units.setdefault(unit, []).append(str(segment.source or ""))
    shown = {name: " ".join(parts) for name, parts in units.items() if not _HIDDEN.search(name)}
    text = [said for name, said in shown.items() if not _ALT.search(name)]
    return [*text, *(f"{Sign.IMAGE} {said}" for name, said in shown.items() if _ALT.search(name))]

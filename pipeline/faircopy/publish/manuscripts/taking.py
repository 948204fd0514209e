"""What the import of Word files shows: one screen for people, JSON for machines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from faircopy.core import files
from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import EditionError, legible_lines
from faircopy.core.door import as_typed
from faircopy.intake import Wishes
from faircopy.publish import console, report
from faircopy.publish.manuscripts import importing
from faircopy.publish.manuscripts.importing import Imported
from faircopy.publish.project import Project
from faircopy.publish.workers import alone

_ONE = "Divide the file, or look in it for what makes it so large."
_SHOWN = 60
_MOST = 12
"""Things to decide that are shown; JSON has all."""


def bring(
    paths: Sequence[Path],
    wishes: Wishes,
    *,
    slug: str = "",
    dry: bool = False,
    report_in: str = "",
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Take in Word files and say what came of each; return whether all is right.

    ``report_in`` is the path of a page of HTML that shows the original beside the text.

    Raises:
        FaircopyError: a file was not taken in, or the page cannot be written; its findings say why.
    """
    place = project or Project.here()
    done = alone(
        "The import", _ONE, len(paths), importing.bring, place, paths, wishes,
        slug=slug, dry=dry, report=bool(report_in),
    )  # fmt: skip
    if report_in:
        _write(Path(report_in), done[0].report)
    if json:
        sys.stdout.write(as_json([_as_json(one) for one in done]))
    else:
        for one in done:
            console.findings(one.findings)
            sys.stdout.write(as_typed(legible_lines("".join(f"{line}\n" for line in lines(one)))))
    return all(one.right for one in done)


def _write(path: Path, data: bytes) -> None:
    try:
        files.write(path, data, within=path.parent)
    except OSError as error:
        raise EditionError.because(
            "report-not-written",
            f"{path} could not be written: {error.strerror}",
            "Name another file with --report.",
        ) from error


def lines(one: Imported) -> Iterator[str]:
    """Yield what is said of one file."""
    about = ", ".join(
        f"{count:,} {name}{'' if count == 1 else 's'}"
        for count, name in (
            (one.words, "word"),
            (one.notes, "note"),
            (one.pictures, "picture"),
            (one.queries, "comment"),
        )
        if count
    )
    yield f"{one.file}: {one.kind} in {one.lang}, “{one.title}”"
    yield f"  Taken    {about}; {_held(one)}"
    if one.speakers:
        yield f"  Speakers {', '.join(one.speakers)}"
    for head, items in (
        ("Left", [_left(item) for item in one.left]),
        ("Mended", [f"{what} ({count})" for what, count in one.mended.items()]),
        ("Decide", _few(one.decide)),
    ):
        for at, item in enumerate(items):
            yield f"  {head if not at else '':<8} {item}"
    if one.unchanged:
        yield f"{one.path}/ is already what this file gives; nothing was changed."
    elif one.written:
        yield f"{one.path}/ is there, with the original beside it. Next: {_next(one)}"
    else:
        yield f"Nothing was written; {one.path}/ would be made."


def _held(one: Imported) -> str:
    wrong = sum(item.code == "import-words" for item in one.findings)
    if wrong:
        return f"{wrong} passages differ from the file, see above"
    return "read again, every one is in the manuscript, in order"


def _next(one: Imported) -> str:
    if one.right:
        return f"./inv build --manuscript {one.slug}"
    return "mend what is listed above, then build"


def _left(item: importing.Left) -> str:
    short = item.first if len(item.first) <= _SHOWN else f"{item.first[:_SHOWN]}…"
    return f"{item.why} ({item.words} word{'' if item.words == 1 else 's'}): “{short}”"


def _few(items: Sequence[str]) -> list[str]:
    more = len(items) - _MOST
    return [*items[:_MOST], *([f"… and {more} more: --json lists all"] if more > 0 else [])]


def _as_json(one: Imported) -> dict[str, object]:
    left = ("findings", "report")
    fields = {name: getattr(one, name) for name in one.__struct_fields__ if name not in left}
    return {**fields, "ok": one.right, "findings": [report.finding(item) for item in one.findings]}

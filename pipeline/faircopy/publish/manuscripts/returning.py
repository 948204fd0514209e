"""What a revision shows: its changes one by one, the patch, what has no place; also as JSON."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import ManuscriptError, legible
from faircopy.core.door import as_typed
from faircopy.publish import console, report
from faircopy.publish.manuscripts import revising
from faircopy.publish.manuscripts.revising import Asked, Revision
from faircopy.publish.project import Project
from faircopy.publish.workers import alone
from faircopy.revision import patch
from faircopy.revision.editing import Edit

_REMEDY = "Divide the file, or look in it for what makes it so large."


def bring(path: Path, asked: Asked, *, json: bool = False, project: Project | None = None) -> bool:
    """Show what came back in a Word edition; return whether everything in it has its place.

    Raises:
        FaircopyError: the file is none that can be read, or is of no manuscript here.
    """
    place = project or Project.here()
    found = alone("The revision", _REMEDY, 1, revising.bring, place, path, asked)
    if json:
        sys.stdout.write(as_json(_as_json(found)))
    else:
        console.findings(found.findings)
        sys.stdout.write(found.patch)
        text = "".join(f"{legible(line)}\n" for line in lines(found))
        (sys.stderr if found.patch else sys.stdout).write(as_typed(text))
    return found.right


def numbers(text: str) -> frozenset[int]:
    """Return the numbers of changes that somebody gave, as 1,3-5.

    Raises:
        ManuscriptError: they are no numbers.
    """
    out: set[int] = set()
    for part in filter(None, text.replace(" ", "").split(",")):
        first, _, last = part.partition("-")
        if not first.isdecimal() or not (last or first).isdecimal() or len(part) > _LONGEST:
            raise ManuscriptError.because(
                "revise-numbers",
                f"“{part[:40]}” is no number of a change",
                "Give numbers as they are listed, such as 1,3-5.",
            )
        out.update(range(int(first), int(last or first) + 1))
    return frozenset(out)


_LONGEST = 11


def lines(one: Revision) -> Iterator[str]:
    """Yield what is said of a revision."""
    yield f"{one.file}: {one.path}, held against {one.base}"
    taken = set(map(id, one.taken))
    for number, edit in enumerate(one.edits, start=1):
        left = "" if id(edit) in taken else "  (left)"
        yield f"  {number:>3}  {_where(one, edit)}: {patch.said(edit)}{left}"
    for head, edits in (
        ("Already so", one.there),
        ("Changed here meanwhile, to be settled by hand", one.conflicts),
    ):
        for edit in edits:
            yield f"  {head}: {_who(one, edit)}: {patch.said(edit)}"
    for lost in one.unplaced:
        yield f"  No place found (paragraph {lost.paragraph}): “{lost.old}” → “{lost.new}”"
    for other in one.differences:
        yield f"  Differs: the manuscript has {_few(other.manuscript)}, the file {_few(other.file)}"
    for look, count in one.meaningless.items():
        yield f"  Passed over: {look} by style alone ({count})"
    for query in one.queries:
        yield f"  Query {query.id}: “{query.text}”: {query.question}"
    for comment in one.homeless:
        yield f"  A comment without words: {comment.signed}"
    yield _last(one)


def _few(said: tuple[str, ...]) -> str:
    return " ¶ ".join(f"“{text}”" for text in said) or "nothing"


def _where(one: Revision, edit: Edit) -> str:
    line = one.text.count("\n", 0, edit.start) + 1
    return f"line {line}, {_who(one, edit)}"


def _who(one: Revision, edit: Edit) -> str:
    if edit.hand is not None:
        return ", ".join(filter(None, (edit.hand.author, edit.hand.date)))
    by = ", ".join(filter(None, (one.saved.author, one.saved.date)))
    return f"not tracked, saved by {by}" if by else "not tracked"


def _last(one: Revision) -> str:
    if not one.edits and not one.queries and one.right:
        return "The file says what the manuscript says; there is nothing to change."
    authors = Counter(edit.hand.author if edit.hand else "" for edit in one.edits)
    by = ", ".join(f"{name or 'not tracked'} {n}" for name, n in authors.items())
    said = f"{len(one.taken)} of {len(one.edits)} changes ({by})" if one.edits else "no change"
    held = "the patched manuscript says what the file says, word for word"
    if not one.right:
        held = "see what is listed above"
    if one.written:
        return f"{said} written into {one.path}; {held}."
    return f"{said}; {held}. Nothing was written: --apply does."


def _as_json(one: Revision) -> dict[str, object]:
    skipped = ("findings", "text", "after", "edits", "taken", "there", "conflicts", "saved")
    fields = {name: getattr(one, name) for name in one.__struct_fields__ if name not in skipped}
    taken = set(map(id, one.taken))
    listed = [
        {"number": n, **_edit(one, edit), "taken": id(edit) in taken}
        for n, edit in enumerate(one.edits, start=1)
    ]
    return {
        **fields,
        "ok": one.right,
        "changes": listed,
        "there": [_edit(one, edit) for edit in one.there],
        "conflicts": [_edit(one, edit) for edit in one.conflicts],
        "findings": [report.finding(item) for item in one.findings],
    }


def _edit(one: Revision, edit: Edit) -> dict[str, object]:
    hand = edit.hand or one.saved
    return {
        "line": one.text.count("\n", 0, edit.start) + 1,
        "author": hand.author,
        "date": hand.date,
        "tracked": edit.hand is not None,
        "old": edit.old,
        "new": edit.new,
    }

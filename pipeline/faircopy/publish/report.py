"""A build's outcome in words: a table for people, JSON for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.door import as_typed
from faircopy.publish.outcome import File, Outcome

HEADINGS = ("file", "size", "pages", "words", "time")


def rows(files: Iterable[File]) -> Iterator[tuple[str, ...]]:
    """Yield one row of text a file, in the order of ``HEADINGS``."""
    for file in files:
        yield (
            file.path,
            size(file.bytes),
            "" if file.pages is None else f"{file.pages:,}",
            "" if file.words is None else f"{file.words:,}",
            "unchanged" if file.seconds is None else f"{file.seconds:.2f} s",
        )


def table(files: Iterable[File]) -> str:
    """Return the summary as lines of plain text, or nothing without files."""
    body = list(rows(files))
    if not body:
        return ""
    widths = [max(len(row[n]) for row in (HEADINGS, *body)) for n in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (HEADINGS, *body)
    )


def verdict(outcome: Outcome) -> str:
    """Return the last line: what was done, how long it took, what to look at."""
    count = len(outcome.files)
    files = f"{count} file{'' if count == 1 else 's'}"
    done = "in dist/" if outcome.changed else "in dist/, as before"
    said = [f"{files} {done}"] if count else []
    said += [found] if (found := counted(outcome.diagnostics)) else []
    said += [f"not made: {', '.join(outcome.lacking)}"] if outcome.lacking else []
    said += [f"not published: {', '.join(outcome.failed)}"] if outcome.failed else []
    return f"{'; '.join(said) or 'nothing to do'} ({outcome.seconds:.2f} s)"


def told(outcome: Outcome) -> tuple[Diagnostic, ...]:
    """Return what is shown of a build's findings: what it is about last, where people look.

    Where some manuscripts changed or failed, the notes on those that came out as before are only
    counted: who writes one text has seen those on the others. Warnings and errors are all shown.
    """
    now = {*outcome.changed, *outcome.failed}
    still = [slug for slug in dict.fromkeys(map(_slug, outcome.files)) if slug not in now]
    if not now:
        return outcome.diagnostics
    others: list[Diagnostic] = []
    own: list[Diagnostic] = []
    notes = dict.fromkeys(still, 0)
    for item in outcome.diagnostics:
        of = next((slug for slug in still if _is_about(item, slug)), "")
        if of and item.severity is Severity.NOTE:
            notes[of] += 1
        else:
            (others if of else own).append(item)
    return (*(_as_before(slug, n) for slug, n in notes.items() if n), *others, *own)


def _slug(file: File) -> str:
    return file.path.split("/")[-2]


def _is_about(item: Diagnostic, slug: str) -> bool:
    """Whether a finding is about a manuscript: its place is in its folder, or a file of its set."""
    place = item.place.file if item.place else ""
    return slug in place.split("/")[:-1] or place.startswith(f"{slug}.")


def _as_before(slug: str, count: int) -> Diagnostic:
    return Diagnostic(
        "notes-as-before",
        Severity.NOTE,
        f"{slug} came out as before, with {count} note{'' if count == 1 else 's'}.",
        f"To see them: ./inv build --manuscript {slug}",
    )


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many findings there are of each weight: ``1 error; 2 warnings``."""
    weights = [item.severity for item in diagnostics]
    return "; ".join(
        f"{number} {severity.value}{'' if number == 1 else 's'}"
        for severity in Severity
        if (number := weights.count(severity))
    )


def size(count: int) -> str:
    """Return a number of bytes as people read it: ``840 B``, ``12.3 kB``, ``1.2 MB``."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1e3:.1f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"


class _Finding(msgspec.Struct, omit_defaults=True):
    """A diagnostic with its place taken apart."""

    code: str
    severity: str
    message: str
    remedy: str = ""
    file: str = ""
    line: int = 0
    column: int = 0


class _Report(msgspec.Struct):
    """What ``--json`` prints."""

    ok: bool
    files: tuple[File, ...]
    changed: tuple[str, ...]
    failed: tuple[str, ...]
    diagnostics: list[_Finding]
    seconds: float


def to_json(outcome: Outcome, *, sound: bool = True, judged: Sequence[Diagnostic] = ()) -> str:
    """Return the outcome as one JSON document.

    Args:
        outcome: what a build came to.
        sound: whether those who judged what was made are content.
        judged: what they found.
    """
    report = _Report(
        ok=outcome.ok and sound,
        files=outcome.files,
        changed=outcome.changed,
        failed=outcome.failed,
        diagnostics=[finding(item) for item in (*outcome.diagnostics, *judged)],
        seconds=round(outcome.seconds, 3),
    )
    return as_json(report)


def refusal(diagnostics: Iterable[Diagnostic]) -> str:
    """Return, as one JSON document, that nothing was built, and why."""
    report = _Report(
        ok=False,
        files=(),
        changed=(),
        failed=(),
        diagnostics=[finding(item) for item in diagnostics],
        seconds=0.0,
    )
    return as_json(report)


def findings_to_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return findings as a JSON list."""
    return as_json([finding(item) for item in diagnostics])


def finding(item: Diagnostic) -> _Finding:
    """Return a diagnostic as a flat record."""
    place = item.place
    return _Finding(
        code=item.code,
        severity=item.severity.value,
        message=as_typed(item.said),
        remedy=as_typed(item.remedy),
        file=place.file if place else "",
        line=place.line if place else 0,
        column=place.column if place else 0,
    )

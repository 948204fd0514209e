"""What the translation tasks show: words for people, JSON and SARIF for machines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import Diagnostic, FaircopyError, errors, legible_lines
from faircopy.core.door import as_typed
from faircopy.publish import console, report
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.translations import bundling, returned, standing
from faircopy.publish.translations import review as reviews
from faircopy.publish.translations.bundling import Bundle
from faircopy.publish.translations.returned import Taken
from faircopy.publish.translations.review import Reviewing
from faircopy.publish.translations.signature import NOBODY, Person
from faircopy.publish.translations.standing import Standings
from faircopy.publish.workers import alone
from faircopy.translation import FOLDER

if TYPE_CHECKING:
    from faircopy.translation.commands import Status

_FEWER = "Export one manuscript at a time with --manuscript, or divide the text."
_ONE = "Import one file at a time, and look in it for what no bundle of ours has."
READ = 10
"""Manuscripts that an import may read in the time of one job, to see whose the sentences are."""
LISTED = 20
"""Changed sentences that are listed of one language, if not all are asked for."""


def export(
    lang: str,
    asked: Sequence[str] = (),
    *,
    printed: bool = False,
    rest: bool = False,
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Write bundles and say where they are.

    Raises:
        FaircopyError: see `bundling.export`.
    """
    place = project or Project.here()
    times = len(manuscripts(place, asked))
    bundles, notes = alone(
        "The export", _FEWER, times, bundling.export, place, lang, asked, printed=printed,
        rest=rest,
    )  # fmt: skip
    if json:
        _write_json(bundles)
        return True
    console.findings(notes)
    _write("".join(f"{_bundle(one)}\n" for one in bundles))
    return True


def _bundle(bundle: Bundle) -> str:
    todo = bundle.total - bundle.translated
    if not todo:
        return f"{bundle.path}: all {bundle.total} sentences are translated already"
    done = f", {bundle.translated} are translated already" if bundle.translated else ""
    words = ", ".join(f"{one.words} {one.name}" for one in bundle.bands if one.words)
    return (
        f"{bundle.path}: {todo} of {bundle.total} sentences to translate{done}\n    words: {words}"
    )


def take_in(
    files: Sequence[Path],
    *,
    lang: str = "",
    manuscript: str = "",
    who: Person = NOBODY,
    json: bool = False,
    sarif: str = "",
    project: Project | None = None,
) -> bool:
    """Take in what translators sent back; show what was found and what is there now.

    With ``sarif`` the findings are also written to a file of that name, in SARIF 2.1.0. Returns
    whether all was taken, which can be otherwise in part alone.

    Raises:
        FaircopyError: nothing was taken in; its findings say why.
    """
    place = project or Project.here()
    try:
        times = 1 if manuscript else 1 + len(manuscripts(place)) // READ
        taken = alone(
            "The import", _ONE, times, returned.take_in, place, files, lang=lang,
            manuscript=manuscript, who=who,
        )  # fmt: skip
    except FaircopyError as error:
        _sarif(sarif, error.diagnostics)
        raise
    found = taken.imported.diagnostics
    _sarif(sarif, found)
    if json:
        _write_json(_as_json(taken))
        return not errors(found)
    console.findings(found)
    _write(_taken(taken))
    return not errors(found)


def _taken(taken: Taken) -> str:
    one = taken.imported
    count = report.counted(one.diagnostics)
    left = one.total - one.translated
    lines = [
        f"{taken.slug}: {one.taken} sentence{'' if one.taken == 1 else 's'} in {one.lang} taken in"
        f" ({', '.join(dict.fromkeys(one.forms))}), {one.translated} of {one.total} are translated"
        + (f"; {count}" if count else ""),
        f"{taken.path} keeps them; commit it.",
    ]
    command = f"--lang {one.lang} --manuscript {taken.slug}"
    lines.append(
        f"Next: ./inv translate.status {command}" if left else f"Next: ./inv build {command}"
    )
    return "".join(f"{line}\n" for line in lines)


def _as_json(taken: Taken) -> dict[str, object]:
    one = taken.imported
    return {
        "ok": not errors(one.diagnostics),
        "manuscript": taken.slug,
        "path": taken.path,
        "lang": one.lang,
        "forms": one.forms,
        "taken": one.taken,
        "translated": one.translated,
        "total": one.total,
        "diagnostics": [report.finding(item) for item in one.diagnostics],
    }


def _sarif(path: str, found: Sequence[Diagnostic]) -> None:
    if path:
        from faircopy.proof.sarif import log

        Path(path).write_bytes(log(found))


def review(
    lang: str,
    who: Person,
    *,
    segments: Sequence[str] = (),
    changes: bool = False,
    asked: Sequence[str] = (),
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Record a review, or write the report of what was changed, and say how it stands.

    Raises:
        FaircopyError: see `reviews.review`.
    """
    done = reviews.review(
        project or Project.here(),
        lang,
        who,
        segments=segments,
        report=changes,
        asked=asked,
    )
    if json:
        _write_json(done)
        return True
    if done.signed:
        console.findings(done.signed.diagnostics)
    _write("".join(f"{line}\n" for line in _reviewed(done)))
    return True


def _reviewed(done: Reviewing) -> Iterator[str]:
    if one := done.signed:
        left = f"; {one.unreviewed} are a draft still" if one.unreviewed else ""
        gaps = f"; {one.missing} are not translated" if one.missing else ""
        yield f"{done.slug}, {done.lang}: {one.signed} of {one.total} sentences signed{left}{gaps}"
        if not (one.draft or one.missing):
            yield "Its editions no longer say that it is a draft: ./inv build"
    if done.report:
        many = "1 change" if done.changes == 1 else f"{done.changes} changes"
        yield f"{done.report}: {many} of reviewers, with their reasons"


def status(
    langs: Sequence[str] = (),
    asked: Sequence[str] = (),
    *,
    every: bool = False,
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Show how translations stand; return whether every one is complete.

    Raises:
        FaircopyError: see `standing.status`.
    """
    found, told = standing.status(project or Project.here(), langs, asked)
    console.findings(told)
    if json:
        _write_json(found)
    else:
        _write("".join(f"{line}\n" for item in found for line in _standing(item, every=every)))
    return not errors(told) and all(
        one.translated == one.total for item in found for one in item.statuses
    )


def _standing(item: Standings, *, every: bool) -> Iterator[str]:
    if not item.statuses:
        yield f"{item.slug}: no translations. To begin one: ./inv translate.export --lang ur"
    for one in item.statuses:
        yield f"{item.slug}, {one.lang}: {_summary(one)}"
        yield from (f"    {line}" for line in _reviews(one))
        listed = one.changes if every else one.changes[:LISTED]
        yield from (f"    {c.segment}  {c.match.value}: {c.words}" for c in listed)
        moves = one.moves if every else one.moves[: LISTED - len(listed)]
        yield from (f"    {move.segment}  moved: it was {move.before}" for move in moves)
        yield from (f"    {line}" for line in _open_queries(one))
        if hidden := len(one.changes) + len(one.moves) - len(listed) - len(moves):
            yield f"    … and {hidden} more; see them with --all"
        if one.changes:
            yield (
                f"    For the translator: ./inv translate.export --lang {one.lang}"
                f" --manuscript {item.slug}"
            )


def _reviews(one: Status) -> Iterator[str]:
    """Yield who reviewed it, what claims to be reviewed, and what an error sheet counts."""
    from faircopy.translation.reviews import lines

    yield from lines(one.reviews)
    if one.claimed:
        yield (
            f"{one.claimed} sentences are called reviewed by a file that names nobody:"
            f' ./inv translate.review --lang {one.lang} --segments claimed --by "Name"'
        )
    if one.machine:
        yield (
            "1 sentence is a machine's, and nobody has edited or reviewed it"
            if one.machine == 1
            else f"{one.machine} sentences are a machine's, and nobody has edited or reviewed them"
        )
    if one.errors:
        kinds = ", ".join(f"{count} {kind}" for kind, count in one.errors.errors.items())
        yield (
            f"errors by MQM: {kinds}; {one.errors.points} points,"
            f" {one.errors.per_thousand} for a thousand words"
        )


def _open_queries(one: Status) -> Iterator[str]:
    """Yield what was done with each doubtful place of the source, and what waits for an answer."""
    for query in one.queries:
        done = f"the translator says: {query.said}" if query.said else "nothing says what was done"
        yield f"{query.segment}  open query {query.query}: {done}"
    if one.remarks:
        wait = "1 remark waits" if one.remarks == 1 else f"{one.remarks} remarks wait"
        yield f"{wait} for an answer in {FOLDER}/{one.lang}.remarks.toml"


def _summary(one: Status) -> str:
    done = f"{one.translated} of {one.total} sentences are translated"
    if one.translated == one.total:
        done = f"all {one.total} sentences are translated"
    counts = ", ".join(
        f"{number} {match.value}" for match, number in one.counts.items() if number and match.value
    )
    draft = ""
    if one.draft:
        some = f": {one.unreviewed} sentences are not" if one.reviews else ", not"
        draft = f"; a draft{some} reviewed"
    return f"{done} ({counts}){draft}"


def _write(text: str) -> None:
    sys.stdout.write(legible_lines(as_typed(text)))
    sys.stdout.flush()


def _write_json(value: object) -> None:
    _write(as_json(value))

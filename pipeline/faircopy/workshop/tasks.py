"""The tasks for who works on Faircopy itself; see `faircopy.tasks` for those of its users."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from faircopy.cli import answering, listed
from faircopy.core.door import typed


@task(help={"upgrade": "take the newest versions that fit"})
@answering
def lock(c: Context, upgrade: bool = False) -> bool:
    """Write requirements.lock and the fonts' lock anew, after pyproject.toml changed."""
    from faircopy.publish.project import Project
    from faircopy.workshop import lockfile

    lockfile.lock(Project.here().root, upgrade=upgrade)
    return True


@task(
    help={
        "only": "run only the tests that match, as in pytest -k",
        "slow": "run the slow tests too: whole builds, outside judges, books",
        "fuzz": "how many random manuscripts are tried (default: 1000)",
    }
)
@answering
def test(c: Context, only: str = "", slow: bool = False, fuzz: int = 0) -> bool:
    """Check form and types of the code (ruff, mypy), then run the tests."""
    from faircopy.publish.project import Project
    from faircopy.workshop import proving as workshop

    return workshop.prove(Project.here().root, only=only, slow=slow, fuzz=fuzz)


@task(help={"only": "update only the tests that match, as in pytest -k"})
@answering
def snapshot(c: Context, only: str = "") -> bool:
    """Take the present output as the expected one, and show what that changes."""
    from faircopy.publish.project import Project
    from faircopy.workshop import proving as workshop

    return workshop.take_snapshots(Project.here().root, only=only)


@task(
    help={
        "rounds": "how often each thing is measured",
        "book": "measure a book of 95,000 words as well (some minutes)",
    }
)
@answering
def bench(c: Context, rounds: int = 5, book: bool = True) -> bool:
    """Measure time and memory, as ratios against plain pandoc and WeasyPrint."""
    from faircopy.publish.project import Project
    from faircopy.workshop.bench import bench

    for line in bench(Project.here(), rounds=rounds, book=book):
        print(line, flush=True)
    return True


@task(
    positional=["folder"],
    help={
        "folder": "texts in Markdown, and folders with a manuscript.md, at any depth",
        "lang": "the language of texts whose path names none, as in es/text.md (default: en-GB)",
        "judges": "also ask the outside judges about what is published",
        "again": "build anew only what had these fates or codes, with commas: refused, fault …",
    },
)
@answering
def corpus(
    c: Context, folder: str, lang: str = "en-GB", judges: bool = False, again: str = ""
) -> bool:
    """Build every text of a folder, going on where it was stopped, and count what is refused."""
    from faircopy.publish.project import Project
    from faircopy.workshop.corpus import run

    place = Project.here()
    for line in run(place, Path(folder), lang=lang, judges=judges, again=listed(again)):
        print(line, flush=True)
    return True


@task(
    help={
        "number": "how many changes are made",
        "seed": "another number makes other changes",
    }
)
@answering
def mutate(c: Context, number: int = 5000, seed: int = 0) -> bool:
    """Change words of texts on their way into editions, and count what the proof finds.

    A run that was stopped goes on where it was.
    """
    from faircopy.publish.cache import Cache
    from faircopy.publish.project import Project
    from faircopy.workshop.mutations import Tally, folders, run

    here = Project.here()
    kept = Cache(here.store / "mutations", Tally)
    for line in run(folders(here.root), number, seed, kept):
        print(line, flush=True)
    return True


@task(
    help={
        "begin": "give what is unreleased this version, such as 1.2.3, and today's date",
        "out": "new or empty folder for the files (default: .cache/release/VERSION)",
    }
)
@answering
def release(c: Context, begin: str = "", out: str = "") -> bool:
    """Make a release: the wheel, its source, the notice of licences, the bill of materials."""
    from faircopy import __version__
    from faircopy.publish.project import Project
    from faircopy.workshop import release as making

    place = Project.here()
    if begin:
        making.begin(place.root, begin, datetime.now(UTC).date())
        print(f"Read {making.CHANGES} again, commit, and run: {typed()} workshop.release")
        return True
    making.refuse_unclean(place.root)
    on = making.day((place.root / making.CHANGES).read_text(encoding="utf-8"), __version__)
    folder = Path(out) if out else place.store / "release" / __version__
    for path in making.make(place.root, folder, on):
        print(place.shown(path))
    return True


TASKS = (lock, test, snapshot, bench, corpus, mutate)
APART = (release,)
"""What has the name of a publisher's task, and is called ``workshop.release``."""

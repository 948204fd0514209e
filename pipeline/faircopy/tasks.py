"""What users type: ``faircopy build``, ``invoke build`` and ``./inv build`` are this task.

A task takes its options, calls one function and shows what comes back. Nothing but invoke is
imported before a task runs: its start-up time is part of every build.
"""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import Task, task

from faircopy import tasks_translate
from faircopy.cli import AS_JSON, MANUSCRIPTS, Perhaps, Several, answering, listed

sys.dont_write_bytecode = False
"""For plain ``invoke``, as `faircopy.cli.Door` has it for the others."""


@task(
    help={
        "manuscript": MANUSCRIPTS,
        "formats": "pdf, docx, epub, web, bundle, press, fragment, with commas"
        " (default: all but the last two)",
        "print": "also the press file of each page: PDF/X-4 with bleed and crop marks, in CMYK",
        "fragment": "also the article of the web page alone, without style, for a CMS",
        "page": "sizes of the PDF with commas: a4, a5, b5, letter, 6x9in … (default: a4,a5)",
        "docx": "templates of the Word document: house, manuscript (default: house)",
        "lang": "languages with commas (default: the manuscript's, and every one that is complete)",
        "allow-untranslated": "also build what is not all translated, with the gaps marked",
        "theme": "a theme of styles/, or the path of a .toml file",
        "jobs": "how many jobs run at a time (default: one a processor)",
        "shard": "only a part of the manuscripts, such as 3/20: a part each for several machines",
        "on": "a Dask cluster that does the work, such as dask://scheduler.example:8786",
        "force": "make everything anew, and see that it comes out the same",
        "check": "judge what was made, as check does, and publish it only if it is right",
        "json": AS_JSON,
    }
)
@answering
def build(
    c: Context,
    manuscript: str = "",
    formats: str = "",
    page: str = "",
    docx: str = "",
    lang: str = "",
    allow_untranslated: bool = False,
    theme: str = "",
    jobs: int = 0,
    shard: str = "",
    on: str = "",
    force: bool = False,
    check: bool = False,
    json: bool = False,
    print: bool = False,
    fragment: bool = False,
) -> bool:
    """Make every edition of every manuscript and publish it in dist/."""
    from faircopy.publish import console
    from faircopy.publish.plan import Request

    request = Request(
        manuscripts=listed(manuscript),
        formats=listed(formats),
        also=(*["press"] * print, *["fragment"] * fragment),
        pages=listed(page),
        templates=listed(docx),
        langs=listed(lang),
        allow_untranslated=allow_untranslated,
        theme=theme,
        jobs=jobs,
        force=force,
    )
    return console.build(request, shard=shard, on=on, check=check, json=json)


@task(
    help={
        "manuscript": "folder under source/ that is shown first (default: the first)",
        "theme": "a theme of styles/, or the path of a .toml file",
        "page": "size of the PDF's page, such as a5 (default: the house's first, or a5)",
        "port": "where it is served on this machine (default: a port that is free)",
    }
)
@answering
def watch(c: Context, manuscript: str = "", theme: str = "", page: str = "", port: int = 0) -> bool:
    """Show a manuscript in a browser on this machine while you write it, anew with each save."""
    from faircopy.watch import console

    return console.watch(manuscript, theme=theme, page=page, port=port)


@task(
    help={
        "manuscript": MANUSCRIPTS,
        "changed": "only the manuscripts that differ from git's last commit",
        "json": "print a JSON list for machines instead of text",
    }
)
@answering
def lint(c: Context, manuscript: str = "", changed: bool = False, json: bool = False) -> bool:
    """Show what in the manuscripts you may want to look at again."""
    from faircopy.publish import console

    return console.lint(listed(manuscript), changed=changed, json=json)


@task(
    help={
        "manuscript": MANUSCRIPTS,
        "fresh": "ask everybody anew, also about files that were judged before",
        "json": "print the findings as one JSON document for machines instead of text",
    }
)
@answering
def check(c: Context, manuscript: str = "", fresh: bool = False, json: bool = False) -> bool:
    """Judge what is in dist/: every reader and every judge, with a report in each folder."""
    from faircopy.publish import console

    return console.check(listed(manuscript), fresh=fresh, json=json)


@task(
    positional=["slug"],
    help={
        "slug": "the manuscript's folder under source/",
        "note": "a line for readers: what is new, what was corrected",
        "number": "the version (default: the next number)",
        "withdraw": "instead, say that the publication is withdrawn, and why",
    },
)
@answering
def release(c: Context, slug: str, note: str = "", number: str = "", withdraw: str = "") -> bool:
    """Record what is published, and when, in editions.toml beside the manuscript, and build it."""
    from faircopy.publish import console

    return console.release(slug, note=note, version=number, withdraw=withdraw)


@task(
    klass=Several,
    positional=["folder"],
    help={"folder": "the dist/ of a part of a build (see build --shard); several"},
)
@answering
def gather(c: Context, folder: list[str]) -> bool:
    """Publish what several machines built in dist/, once it is held against its checksums."""
    from faircopy.publish import console

    return console.gather([Path(one) for one in folder])


@task(positional=["path"], help={"path": "a folder or a zip: a publication's, or all of dist/"})
@answering
def verify(c: Context, path: str) -> bool:
    """Hold a downloaded set against its checksums, without a network."""
    from faircopy.publish import console

    return console.verify(Path(path))


@task(
    positional=["folder"],
    help={
        "folder": "the new project's folder",
        "move-on": "make this version of Faircopy the one of a project that is there",
    },
)
@answering
def init(c: Context, folder: str, move_on: bool = False) -> bool:
    """Begin a project of your own: a folder with its settings, sources and styles."""
    from faircopy.core.diagnostics import legible
    from faircopy.core.door import typed
    from faircopy.publish import begin

    make = begin.move_on if move_on else begin.create
    for path in make(Path(folder)):
        print(legible(str(path)))
    if not move_on:
        where = shlex.quote(legible(folder))
        print(f"Next: cd {where} && {typed()} new first-article --kind article")
    return True


@task(
    positional=["slug"],
    help={
        "slug": "name of the folder: lower-case letters, digits, hyphens",
        "kind": "interview, article or book",
        "lang": "language tag, such as en-GB, kk or ur",
    },
)
@answering
def new(c: Context, slug: str, kind: str = "interview", lang: str = "en-GB") -> bool:
    """Begin a manuscript: source/SLUG/manuscript.md, which builds at once."""
    from faircopy.core.door import as_typed, typed
    from faircopy.publish.new import create, without_font
    from faircopy.publish.project import Project
    from faircopy.publish.trade import theme_of

    place = Project.here()
    path = create(place.source, slug, kind=kind, lang=lang)
    print(f"{place.shown(path)} is there. Next: {typed()} build --manuscript {slug}")
    for warning in without_font(lang, theme_of(place)):
        print(as_typed(str(warning)))
    return True


@task(
    help={
        "manuscript": "folder under dist/, or several with commas (default: all)",
        "out": "folder of the sheet (default: .cache/proof)",
        "beside": "folder of pictures to compare them with, shown on the same sheet",
        "themes": "one manuscript in each theme instead, to choose from",
    }
)
@answering
def proof(
    c: Context, manuscript: str = "", out: str = "", beside: str = "", themes: bool = False
) -> bool:
    """Lay every page of every edition in dist/ on one contact sheet, to be looked at."""
    from faircopy.publish import console

    return console.proof(listed(manuscript), out=out, beside=beside, themes=themes)


@task
@answering
def clean(c: Context) -> bool:
    """Remove what builds made: everything in dist/ but its README, and the build's cache."""
    from faircopy.publish.clean import clean
    from faircopy.publish.project import Project

    print(clean(Project.here()))
    return True


@task(
    help={
        "install": "install what is missing, with apt-get and npm; --install=fonts only the fonts",
        "json": AS_JSON,
    },
    optional=["install"],
)
@answering
def doctor(c: Context, install: str | bool = "", json: bool = False) -> bool:
    """Name what this machine lacks, with the command that mends it."""
    from faircopy import doctor
    from faircopy.publish.project import Project

    mend = "all" if install is True else install or ""
    return doctor.consult(Project.here().root, mend=mend, json=json)


@task(klass=Perhaps, help={"code": "what stands in brackets behind a finding, as it is there"})
@answering
def explain(c: Context, code: str = "") -> bool:
    """Say what the code of a finding means and what to do about it, or list all codes."""
    from faircopy.explain import console

    return console.explain(code)


@task(
    klass=Several,
    name="import",
    positional=["file"],
    iterable=["alt"],
    help={
        "file": "a Word file (.docx, .doc), .rtf, .odt, .html, .md, .txt or an mdBook; several,"
        " each a folder under source/",
        "slug": "name of the folder (default: made of the file's name)",
        "kind": "interview, article or book (default: as the text looks)",
        "lang": "language tag, such as en-GB (default: as the file and its words say)",
        "changes": "what becomes of tracked changes: accept, reject, or queries about them",
        "headings": "take lines that only look like headings as such; --no-headings does not",
        "alt": "what a picture shows that has no words yet; once for each, in their order",
        "dry-run": "say what would be taken, and write nothing",
        "report": "also write this file: HTML with the original's pages beside the text",
        "json": AS_JSON,
    },
)
@answering
def import_(
    c: Context,
    file: list[str],
    alt: list[str],
    slug: str = "",
    kind: str = "",
    lang: str = "",
    changes: str = "",
    headings: bool = True,
    dry_run: bool = False,
    report: str = "",
    json: bool = False,
) -> bool:
    """Make manuscripts of Word files and other texts, every word of them accounted for."""
    from faircopy.publish.manuscripts import importing, taking

    wishes = importing.wished(kind, lang, changes, headings=headings, alt=alt)
    return taking.bring(
        [Path(name) for name in file],
        wishes,
        slug=slug,
        dry=dry_run,
        report_in=report,
        json=json,
    )


@task(
    positional=["file"],
    help={
        "file": "a Word edition of a manuscript here, as it came back (.docx)",
        "manuscript": "folder under source/ (default: the one that the file was made from)",
        "theme": "the theme that the edition was built in, if not the project's",
        "apply": "write the changes into the manuscript, and comments into queries.toml",
        "only": "only the tracked changes of this author",
        "take": "only the changes of these numbers, such as 1,3-5",
        "leave": "all changes but those of these numbers",
        "json": AS_JSON,
    },
)
@answering
def revise(
    c: Context,
    file: str,
    manuscript: str = "",
    theme: str = "",
    apply: bool = False,
    only: str = "",
    take: str = "",
    leave: str = "",
    json: bool = False,
) -> bool:
    """Show what was changed in a Word edition that came back, as a patch of the manuscript."""
    from faircopy.publish.manuscripts import returning
    from faircopy.publish.manuscripts.revising import Asked

    asked = Asked(
        manuscript=manuscript,
        theme=theme,
        only=only,
        take=returning.numbers(take),
        leave=returning.numbers(leave),
        write=apply,
    )
    return returning.bring(Path(file), asked, json=json)


@task(
    positional=["old", "new"],
    help={
        "old": "a commit or tag of git, a release's version, or a folder",
        "new": "the same, by default the manuscript as it is today",
        "manuscript": "folder under source/ (default: all)",
        "page": "also set both, such as a5, and give the page of each change in either PDF",
        "out": "also write into this folder a Word file with tracked changes, and an HTML page with"
        " the changed pages side by side",
        "json": AS_JSON,
    },
)
@answering
def compare(
    c: Context,
    old: str,
    new: str = "today",
    manuscript: str = "",
    page: str = "",
    out: str = "",
    json: bool = False,
) -> bool:
    """Show what changed between two states of a manuscript, sentence by sentence."""
    from faircopy.publish.manuscripts import comparing

    return comparing.show(old, new, manuscript=manuscript, page=page, out=out, json=json)


_WORKSHOP = "faircopy.workshop"


def _workshop() -> tuple[Any, ...]:
    """Return the tasks for who works on Faircopy itself; an installed wheel has none."""
    if find_spec(_WORKSHOP) is None:
        return ()
    from faircopy.workshop.tasks import APART, TASKS

    return *TASKS, Collection("workshop", *APART)


namespace = Collection(
    *(one for one in list(vars().values()) if isinstance(one, Task)),
    *_workshop(),
    Collection("translate", *tasks_translate.TASKS),
)

"""The tasks of ``./inv``: thin doors to `pipeline`.

A task parses its options, calls one function and shows what comes back. Nothing but invoke is
imported before a task runs: its start-up time is part of every build.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from invoke.collection import Collection
from invoke.context import Context
from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.tasks import Task, task

sys.dont_write_bytecode = False
"""Even where the environment says otherwise: compiling our modules takes longer than a rebuild."""

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


@task(
    help={
        "manuscript": "folder under source/, or several with commas (default: all)",
        "formats": "pdf, docx, epub, bundle, press, with commas (default: all but press)",
        "print": "also the press file of each page: PDF/X-4 with bleed and crop marks, in CMYK",
        "page": "sizes of the PDF with commas (default: a4,a5)",
        "docx": "templates of the Word document: house, manuscript (default: house)",
        "lang": "languages with commas (default: the manuscript's, and every one that is complete)",
        "allow-untranslated": "also build what is not all translated, with the gaps marked",
        "theme": "a theme of styles/, or the path of a .toml file",
        "jobs": "how many jobs run at a time (default: one a processor)",
        "force": "make everything anew, and see that it comes out the same",
        "check": "judge what was made, as ./inv check does, and publish it only if it is right",
        "json": "print one JSON document for machines instead of text",
    }
)
def build(
    c: Context,
    manuscript: str = "",
    formats: str = "",
    page: str = "",
    docx: str = "",
    lang: str = "",
    allow_untranslated: bool = False,
    theme: str = "theme",
    jobs: int = 0,
    force: bool = False,
    check: bool = False,
    json: bool = False,
    print: bool = False,
) -> None:
    """Make every edition of every manuscript and publish it in dist/."""

    def run() -> bool:
        from pipeline.build import console
        from pipeline.build.plan import PAGES, Request

        request = Request(
            manuscripts=_list(manuscript),
            formats=_list(formats),
            press=print,
            pages=_list(page) or PAGES,
            templates=_list(docx),
            langs=_list(lang),
            allow_untranslated=allow_untranslated,
            theme=theme,
            jobs=jobs,
            force=force,
        )
        made = console.build(request, check=check, json=json)
        return made and (not check or console.check(request.manuscripts, json=json))

    _do(run, json=json)


@task(
    help={
        "manuscript": "folder under source/, or several with commas (default: all)",
        "json": "print a JSON list for machines instead of text",
    }
)
def lint(c: Context, manuscript: str = "", json: bool = False) -> None:
    """Show what in the manuscripts you may want to look at again."""

    def run() -> bool:
        from pipeline.build import console

        return console.lint(_list(manuscript), json=json)

    _do(run, json=json)


@task(
    help={
        "manuscript": "folder under source/, or several with commas (default: all)",
        "fresh": "ask everybody anew, also about files that were judged before",
        "json": "print the findings as one JSON document for machines instead of text",
    }
)
def check(c: Context, manuscript: str = "", fresh: bool = False, json: bool = False) -> None:
    """Judge what is in dist/: every reader and every judge, with a report in each folder."""

    def run() -> bool:
        from pipeline.build import console

        return console.check(_list(manuscript), fresh=fresh, json=json)

    _do(run, json=json)


@task(positional=["path"], help={"path": "a folder or a zip: a publication's, or all of dist/"})
def verify(c: Context, path: str) -> None:
    """Hold a downloaded set against its checksums, without a network."""

    def run() -> bool:
        from pipeline.build import console

        return console.verify(Path(path))

    _do(run)


@task(
    positional=["slug"],
    help={
        "slug": "name of the folder: lower-case letters, digits, hyphens",
        "kind": "interview, article or book",
        "lang": "language tag, such as en-GB, kk or ur",
    },
)
def new(c: Context, slug: str, kind: str = "interview", lang: str = "en-GB") -> None:
    """Begin a manuscript: source/SLUG/manuscript.md, which builds at once."""

    def run() -> bool:
        from pipeline.build.new import create
        from pipeline.build.workspace import Workspace

        place = Workspace.here()
        path = create(place.source, slug, kind=kind, lang=lang)
        print(f"{place.shown(path)} is there. Next: ./inv build --manuscript {slug}")
        return True

    _do(run)


@task(
    help={
        "manuscript": "folder under dist/, or several with commas (default: all)",
        "out": "folder of the sheet (default: .cache/proof)",
        "beside": "folder of pictures to compare them with, shown on the same sheet",
    }
)
def proof(c: Context, manuscript: str = "", out: str = "", beside: str = "") -> None:
    """Lay every page of every edition in dist/ on one contact sheet, to be looked at."""

    def run() -> bool:
        from pipeline.build.workspace import Workspace
        from pipeline.proof.contact import lay_out

        place = Workspace.here()
        folder = Path(out) if out else place.root / ".cache" / "proof"
        laid = lay_out(
            place.dist,
            folder,
            _list(manuscript),
            beside=Path(beside) if beside else None,
            listen=lambda line: print(line, file=sys.stderr),
        )
        print(f"{laid.pictures} pictures: {place.shown(laid.index)}")
        for line in laid.unseen:
            print(f"not looked at: {line}")
        return not laid.unseen

    _do(run)


@task
def clean(c: Context) -> None:
    """Remove what builds made: everything in dist/ but its README, and the build's cache."""

    def run() -> bool:
        from pipeline.build.clean import clean
        from pipeline.build.workspace import Workspace

        print(clean(Workspace.here()))
        return True

    _do(run)


@task(
    help={
        "install": "install the programs that are missing, with apt-get",
        "json": "print one JSON document for machines instead of text",
    }
)
def doctor(c: Context, install: bool = False, json: bool = False) -> None:
    """Name what this machine lacks, with the command that mends it."""

    def run() -> bool:
        from pipeline import doctor
        from pipeline.build.workspace import Workspace

        root = Workspace.here().root
        found = doctor.examine(root)
        if install:
            doctor.install(found, lambda line: print(f"running: {line}", file=sys.stderr))
            found = doctor.examine(root)
        print(doctor.as_json(found) if json else doctor.describe(found))
        return not any(item.stops for item in found)

    _do(run, json=json)


@task(help={"upgrade": "take the newest versions that fit"})
def lock(c: Context, upgrade: bool = False) -> None:
    """Write requirements.lock and the fonts' lock anew, after pyproject.toml changed."""

    def run() -> bool:
        from pipeline import lockfile
        from pipeline.build.workspace import Workspace

        root = Workspace.here().root
        lockfile.lock_requirements(root, upgrade=upgrade)
        lockfile.lock_fonts(root)
        return True

    _do(run)


@task(
    help={
        "only": "run only the tests that match, as in pytest -k",
        "quick": "leave out the slow tests: whole builds, outside judges, books",
        "fuzz": "how many random manuscripts are tried (default: 2000)",
    }
)
def test(c: Context, only: str = "", quick: bool = False, fuzz: int = 0) -> None:
    """Check form and types of the code (ruff, mypy), then run every test."""
    pytest = ["pytest", "-n", "auto", *(["-k", only] if only else [])]
    pytest += ["--fuzz", str(fuzz)] if fuzz else []
    commands = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        [*pytest, *(["-m", "not slow"] if quick else [])],
    ]
    failed = [command[0] for command in commands if not _python(c, *command)]
    if failed:
        raise Exit(f"failed: {', '.join(failed)}", code=1)


@task(help={"only": "update only the tests that match, as in pytest -k"})
def snapshot(c: Context, only: str = "") -> None:
    """Take the present output as the expected one, and show what that changes."""
    ok = _python(c, "pytest", "--snapshot-update", *(["-k", only] if only else []))
    with c.cd(shlex.quote(str(Path(__file__).parent))):
        c.run("git --no-pager diff --stat -p -- tests", in_stream=False)
    if not ok:
        raise Exit("some tests failed for another reason", code=1)


@task(
    help={
        "rounds": "how often each thing is measured",
        "book": "measure a book of 95,000 words as well (some minutes)",
    }
)
def bench(c: Context, rounds: int = 5, book: bool = True) -> None:
    """Measure time and memory, as ratios against plain pandoc and WeasyPrint."""

    def run() -> bool:
        from pipeline.bench import bench
        from pipeline.build.workspace import Workspace

        for line in bench(Workspace.here(), rounds=rounds, book=book):
            print(line, flush=True)
        return True

    _do(run)


class _Several(Task):  # type: ignore[type-arg]
    """A task whose one positional argument, a file, may be given several times.

    invoke's own positional arguments take one word each, so there is one for each file that
    stands behind the task's name on the command line.
    """

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return the task's arguments and those for further files."""
        known = super().get_arguments(ignore_unknown_help)
        valued = {
            f"-{name}" if len(name) == 1 else f"--{name}"
            for argument in known
            if argument.takes_value
            for name in argument.names
        }
        count = 0
        before = ""
        for word in _behind("translate.import", sys.argv):
            count += not word.startswith("-") and before not in valued
            before = word
        more = [Argument(name=f"file-{n}", positional=True) for n in range(2, count + 1)]
        return [known[0], *more, *known[1:]]

    def __call__(self, *args: object, **options: object) -> object:
        """Run the task with all files in one argument, a list."""
        more = sorted((name for name in options if name.startswith("file-")), key=_number)
        files = [options.pop("file"), *(options.pop(name) for name in more)]
        return super().__call__(*args, file=files, **options)


def _number(name: str) -> int:
    return int(name.partition("-")[2])


def _behind(name: str, words: list[str]) -> list[str]:
    return words[words.index(name) + 1 :] if name in words else []


@task(
    help={
        "lang": "the language to translate into, such as ur or pt-BR; it goes to dist/translation/",
        "manuscript": "folder under source/, or several with commas (default: all)",
        "context": "set the printed pages with ids for long texts too, which takes its time",
        "json": "print one JSON document for machines instead of text",
    }
)
def export(
    c: Context, lang: str, manuscript: str = "", context: bool = False, json: bool = False
) -> None:
    """Make the bundle for translators into a language."""

    def run() -> bool:
        from pipeline.build import telling

        return telling.export(lang, _list(manuscript), printed=context, json=json)

    _do(run, json=json)


@task(
    klass=_Several,
    name="import",
    positional=["file"],
    help={
        "file": "what translators sent back, in any form of the bundle, or the whole zip; several",
        "lang": "the language, where no file says it (.txt, .tsv)",
        "manuscript": "folder under source/ (default: the one that the sentences are of)",
        "sarif": "also write the findings to this file, for code hosts",
        "json": "print one JSON document for machines instead of text",
    },
)
def import_(
    c: Context,
    file: list[str],
    lang: str = "",
    manuscript: str = "",
    sarif: str = "",
    json: bool = False,
) -> None:
    """Check what translators sent back, and keep it beside the manuscript."""

    def run() -> bool:
        from pipeline.build import telling

        paths = [Path(name) for name in file]
        return telling.take_in(paths, lang=lang, manuscript=manuscript, sarif=sarif, json=json)

    _do(run, json=json)


@task(
    help={
        "lang": "languages with commas (default: all that there are)",
        "manuscript": "folder under source/, or several with commas (default: all)",
        "all": "list every sentence that is new or changed",
        "json": "print one JSON document for machines instead of text",
    }
)
def status(
    c: Context, lang: str = "", manuscript: str = "", all: bool = False, json: bool = False
) -> None:
    """Show how far translations are, and what has changed since."""

    def run() -> bool:
        from pipeline.build import telling

        return telling.status(_list(lang), _list(manuscript), every=all, json=json)

    _do(run, json=json)


def _python(c: Context, *args: str) -> bool:
    """Run a module of this Python in the checkout; return whether it succeeded."""
    with c.cd(shlex.quote(str(Path(__file__).parent))):
        done = c.run(
            shlex.join([sys.executable, "-m", *args]),
            warn=True,
            pty=sys.stdout.isatty(),
            in_stream=False,
        )
    return bool(done and done.ok)


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _do(run: Callable[[], bool], *, json: bool = False) -> None:
    """Run a task; end with exit code 0 only when it says that all is right."""
    from pipeline.diagnostics import FaircopyError

    try:
        ok = run()
    except FaircopyError as error:
        from pipeline.build import console

        console.refuse(error.diagnostics, json=json)
        ok = False
    except KeyboardInterrupt:
        print("stopped; every set in dist/ is whole, the old one or the new one", file=sys.stderr)
        raise Exit(code=INTERRUPTED) from None
    if not ok:
        raise Exit(code=1)


_TRANSLATE = (export, import_, status)

namespace = Collection(
    *(one for one in list(vars().values()) if isinstance(one, Task) and one not in _TRANSLATE),
    Collection("translate", *_TRANSLATE),
)

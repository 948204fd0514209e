"""How fast and how large: Faircopy against plain pandoc and WeasyPrint, in one run, as ratios.

How long an editor waits after a save has nothing to be compared with: it is in seconds.

What is compared runs in turns on the same machine, so that the machine's other work falls on
both; medians are reported. Nothing is asserted: a number is for people to judge.
"""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from faircopy.core import pandoc, process
from faircopy.core.process import Measured
from faircopy.publish.project import Project
from faircopy.workshop.waiting import Wait, waits

SLUG = "president-of-kazakhstan-interview"
BOOK = "book"
TIMES = 50
"""The book is the interview so many times: 95,000 words."""
ROUNDS = 5
SECONDS = 1800.0
COPIED = (
    *("pipeline", "source", "styles", ".cache/npm/fonts"),
    *("inv", "tasks.py", "pyproject.toml", "requirements.lock", "requirements.dev.lock"),
)
ALONE = "import sys; from faircopy.workshop.bench import alone; alone(*sys.argv[1:])"
PLAINLY = ("--formats", "pdf,docx,epub,bundle")
"""What the plain script makes as well."""
VARIANT = "pdf/a-3a"
"""The kind of PDF that ours is as well, by WeasyPrint's name: with tags."""


class Line(msgspec.Struct, frozen=True):
    """One comparison: medians of what was measured, and how ours relates to the other."""

    name: str
    ours: Measured
    other: Measured
    aim: float

    def __str__(self) -> str:
        ratio = self.ours.seconds / self.other.seconds
        return (
            f"{self.name:<44} {ratio:5.2f}×  (aim {self.aim:.2f}×)  "
            f"{self.ours.seconds:7.2f} s against {self.other.seconds:6.2f} s  "
            f"peak {self.ours.peak / 1e6:5.0f} MB against {self.other.peak / 1e6:5.0f} MB"
        )


def bench(project: Project, *, rounds: int = ROUNDS, book: bool = True) -> Iterator[Line | Wait]:
    """Measure in a copy of the checkout, and yield each comparison when it is there.

    Raises:
        ToolError: something to be measured failed.
    """
    with tempfile.TemporaryDirectory(prefix="faircopy-bench-") as folder:
        copy = Project(Path(folder) / "checkout")
        _copy(project, copy)
        yield from _interview(copy, Path(folder), rounds)
        yield from waits(copy, SLUG, rounds)
        if book:
            yield from _book(copy, Path(folder), max(1, rounds // 2))


def _copy(project: Project, copy: Project) -> None:
    copy.dist.mkdir(parents=True)
    for name in COPIED:
        original = project.root / name
        if original.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(original, copy.root / name, symlinks=True, ignore=ignored)
        else:
            shutil.copy2(original, copy.root / name)
    (copy.root / ".venv").symlink_to((project.root / ".venv").resolve())


def _interview(copy: Project, folder: Path, rounds: int) -> Iterator[Line]:
    """Compare a cold build and a rebuild of the interview with the plain script."""
    script = tuple(_script(copy.source / SLUG / "manuscript.md", folder))

    def plain() -> Measured:
        return _sum([_run(command, copy) for command in script])

    def cold() -> Measured:
        _empty(copy)
        return _build(copy, SLUG, *PLAINLY)

    def warm() -> Measured:
        return _build(copy, SLUG, *PLAINLY)

    took = _turns((plain, cold, warm), rounds)
    yield Line("cold build (PDF, DOCX, EPUB, bundle)", took[1], took[0], 1.15)
    yield Line("rebuild with nothing changed", took[2], took[0], 0.2)


def _script(manuscript: Path, out: Path) -> Iterator[tuple[str, ...]]:
    """Yield the commands of the plain script."""
    program, source = pandoc.program(), str(manuscript)
    for name in ("plain.docx", "plain.epub", "plain.html"):
        yield program, "--standalone", source, "-o", str(out / name)
    yield program, "--to", "plain", source, "-o", str(out / "plain.txt")
    html, pdf = str(out / "plain.html"), str(out / "plain.pdf")
    yield sys.executable, "-m", "weasyprint", "--quiet", html, pdf


def _book(copy: Project, folder: Path, rounds: int) -> Iterator[Line]:
    """Compare the PDF of a book with WeasyPrint alone on the same page of HTML.

    Ours is tagged; WeasyPrint writes the page once so and once without tags.
    """
    write_book(copy.source / SLUG / "manuscript.md", copy.source / BOOK / "manuscript.md")
    job = folder / "job.msgpack"

    def ours() -> Measured:
        _empty(copy)
        return _build(copy, BOOK, "--formats", "pdf")

    def tagged() -> Measured:
        return _run((sys.executable, "-c", ALONE, str(job), VARIANT), copy)

    def plain() -> Measured:
        return _run((sys.executable, "-c", ALONE, str(job)), copy)

    capture(copy.source / BOOK, job)
    took = _turns((plain, tagged, ours), rounds, discard=False)
    yield Line(f"book ({TIMES} interviews) against tagged WeasyPrint", took[2], took[1], 1.15)
    yield Line("the same against WeasyPrint without tags", took[2], took[0], 1.15)


def write_book(interview: Path, book: Path) -> None:
    """Write a manuscript that has the interview's text 50 times, each id once."""
    front, body = re.split(r"(?<=\n)---\n", interview.read_text(encoding="utf-8"), maxsplit=1)
    parts = (re.sub(r"\{#([\w-]+)", rf"{{#\1-{number}", body) for number in range(TIMES))
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_text(f"{front}---\n" + "\n".join(parts), encoding="utf-8")


def capture(folder: Path, job: Path) -> None:
    """Save what our PDF writer gives to WeasyPrint for the manuscript in ``folder``."""
    from faircopy import theme
    from faircopy.manuscript import read
    from faircopy.writers.pdf.compositor import set_in_type

    job.write_bytes(set_in_type(read(folder), theme.load(), "a5").packed())


def alone(path: str, variant: str = "") -> None:
    """Lay out and write the job at ``path`` with WeasyPrint as it is installed.

    Nothing of ours may be loaded that makes WeasyPrint faster. ``variant`` is WeasyPrint's name
    of a kind of PDF; without one the file has no tags.
    """
    import weasyprint

    from faircopy.writers.given import Fonts, Nothing
    from faircopy.writers.pdf.galley import Galley
    from faircopy.writers.pdf.source import Source

    assert "faircopy.writers.pdf.engine" not in sys.modules
    job = Galley.unpacked(Path(path).read_bytes())
    fonts = Fonts(map(Path, job.fonts))
    style = weasyprint.CSS(string=job.css, url_fetcher=Nothing(), font_config=fonts)
    document = Source.read(job.html).render(font_config=fonts, stylesheets=[style])
    document.write_pdf(f"{path}.pdf", pdf_variant=variant or None)


# --- measuring -----------------------------------------------------------------------------------


def _turns(
    actions: tuple[Callable[[], Measured], ...], rounds: int, *, discard: bool = True
) -> list[Measured]:
    """Run the actions in turns and return the median of each.

    The first round, which fills the system's caches, can be discarded.
    """
    took = [[action() for action in actions] for _ in range(rounds + discard)][discard:]
    return [_median([row[column] for row in took]) for column in range(len(actions))]


def _median(measured: list[Measured]) -> Measured:
    return Measured(
        statistics.median(item.seconds for item in measured), max(item.peak for item in measured)
    )


def _sum(measured: list[Measured]) -> Measured:
    return Measured(sum(item.seconds for item in measured), max(item.peak for item in measured))


def _empty(copy: Project) -> None:
    """Take away what builds have made; what ``./inv`` prepares when it installs stays.

    That is the environment and the faces cut out of its fonts, which no manuscript changes.
    """
    shutil.rmtree(copy.cache, ignore_errors=True)
    shutil.rmtree(copy.dist, ignore_errors=True)
    copy.dist.mkdir()


def _build(copy: Project, slug: str, *options: str) -> Measured:
    one = ("--manuscript", slug, "--page", "a5", "--lang", "en")  # what the plain script makes
    command = ("./inv", "build", *one, *options)
    return _run(command, copy)


def _run(command: tuple[str, ...], copy: Project) -> Measured:
    return process.measure(command, timeout=SECONDS, cwd=copy.root)

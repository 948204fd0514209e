"""A contact sheet: every page of every edition beside the others, for a person's eyes.

No test sees what a reader sees. ``lay_out`` renders what lies in ``dist/`` with other programs
than made it (PDFium, LibreOffice, Chromium) and puts the pictures on one HTML page that needs
no network. What could not be rendered is on that page too, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PIL import Image

from faircopy.core import cage, files
from faircopy.core.diagnostics import EditionError, FaircopyError, legible
from faircopy.proof import static
from faircopy.proof.contact import browser, office, paper
from faircopy.proof.contact.model import Edition, Laid, Row, Shown, View
from faircopy.proof.contact.page import page
from faircopy.proof.verdict import broke_down

Listener = Callable[[str], None]
Viewer = Callable[[Path], Iterator[View]]

INDEX = "index.html"

VIEWERS: dict[str, Viewer] = {
    ".pdf": paper.views,
    ".docx": office.views,
    ".epub": browser.views,
    ".html": browser.pages,
}
"""Who shows which files. Other files of an edition have no pages."""
REPORT = "report.html"
"""What ``./inv check`` says of a set, beside it."""
PAGE = "index.html"
"""The set's own page."""
PICTURES = (".png", ".jpg", ".jpeg")
"""What editions can be compared with."""


def lay_out(
    dist: Path,
    out: Path,
    slugs: Sequence[str] = (),
    *,
    beside: Path | None = None,
    listen: Listener = lambda line: None,
) -> Laid:
    """Render the editions in ``dist/<slug>/`` and write the sheet.

    Args:
        dist: the folder of all editions.
        out: the folder of the sheet; of an earlier one nothing stays that this one makes.
        slugs: the editions to look at; all that are there when empty.
        beside: a folder of pictures (PNG, JPEG) to compare the editions with; they come first.
        listen: is told in words what was looked at.

    Returns:
        what was shown, and what was not: ``Laid.unseen``.

    Raises:
        OSError: ``out`` can't be written.
    """
    warning = cage.uncaged()
    if warning:
        listen(str(warning))
    found = slugs or [path.name for path in _folders(dist) if _files(path)]
    editions = tuple(_edition(dist / slug, out / legible(slug), listen) for slug in found)
    if beside:
        editions = (_pictures(beside, out / "beside", listen), *editions)
    laid = Laid(index=out / INDEX, editions=editions)
    out.mkdir(parents=True, exist_ok=True)
    said = page(editions, warning.said if warning else "")
    files.write(laid.index, said, within=out)
    return laid


def _folders(dist: Path) -> list[Path]:
    if not dist.is_dir():
        return []
    return sorted(path for path in dist.iterdir() if path.is_dir() and not path.is_symlink())


def _files(folder: Path) -> list[Path]:
    """Return the files of a set that have pages; what a check says of it (a report) has none."""
    found = (Path(entry.path) for entry in files.entries(folder))
    return sorted(
        path for path in found if path.suffix in VIEWERS and path.name not in (REPORT, PAGE)
    )


def _edition(folder: Path, out: Path, listen: Listener) -> Edition:
    _cleared(out)
    found = _files(folder)
    shown = tuple(_file(path, folder, out, listen) for path in found)
    unseen = () if found else ("There is no PDF, DOCX, EPUB or web page of it. Run ./inv build.",)
    return Edition(slug=legible(folder.name), files=shown, unseen=unseen)


def _cleared(out: Path) -> None:
    files.remove(out)  # a link goes itself: whoever sent the project chose where it leads


def _pictures(folder: Path, out: Path, listen: Listener) -> Edition:
    """Return what the editions are to be compared with, as if it were an edition."""
    _cleared(out)
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in PICTURES)

    def views() -> Iterator[View]:
        for path in paths:
            yield View(title=path.stem, image=_opened(path))

    unseen = () if paths else (f"There is no picture in {folder}.",)
    shown = _shown(folder.name, views, out, listen)
    return Edition(slug=folder.name, files=(shown,), unseen=unseen)


def _opened(path: Path) -> Image.Image:
    try:
        with Image.open(path) as picture:
            return picture.convert("RGB")
    except (OSError, Image.DecompressionBombError) as error:
        raise EditionError.because(
            "picture-unreadable",
            f"{path.name} is no picture that can be read.",
            "Save it again as PNG or JPEG, or take it out of the folder.",
        ) from error


def _file(path: Path, folder: Path, out: Path, listen: Listener) -> Shown:
    name = legible(path.relative_to(folder).as_posix())
    return _shown(name, partial(_views, path), out, listen)


def _views(path: Path) -> Iterator[View]:
    """Yield what a file looks like, if it is static.

    Raises:
        FaircopyError: it is not, or could not be shown.
    """
    static.demand(path.name, static.read(path))
    yield from VIEWERS[path.suffix](path)


def _shown(name: str, views: Callable[[], Iterator[View]], out: Path, listen: Listener) -> Shown:
    """Write pictures. What stops them, a missing program or a damaged file, is said."""
    place = out / name.replace(".", "-")
    rows: dict[str, list[tuple[str, str, int, int]]] = {}
    unseen: list[str] = []
    try:
        for number, view in enumerate(views(), 1):
            target = place / f"{number:03}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            view.image.save(target)
            source = target.relative_to(out.parent).as_posix()
            rows.setdefault(view.row, []).append((view.title, source, *view.image.size))
            if view.cut:
                unseen.append(view.cut)
    except FaircopyError as error:
        unseen += [f"{item.said} {item.remedy}".strip() for item in error.diagnostics]
    except OSError:  # the sheet cannot be written
        raise
    except Exception as error:  # noqa: BLE001 - see `broke_down`
        unseen.append(broke_down("what shows it", name, error).said)
    shown = Shown(
        name=name,
        rows=tuple(Row(title=title, pictures=tuple(made)) for title, made in rows.items()),
        unseen=tuple(unseen),
    )
    listen(f"{name}: {_said(shown)}")
    return shown


def _said(shown: Shown) -> str:
    count = sum(len(row.pictures) for row in shown.rows)
    return "; ".join((f"{count} pictures", *_not_looked_at(shown.unseen)))


def _not_looked_at(reasons: Iterable[str]) -> Iterator[str]:
    return (f"not looked at: {reason}" for reason in reasons)

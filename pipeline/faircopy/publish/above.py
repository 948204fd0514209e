"""What stands above the sets in ``dist/``: their manifest, the shelf, the sums of all files.

Both are derived from the sets, never the other way: a set is whole by itself, with a manifest and
sums of its own. A kill between a set's exchange and theirs leaves them behind by one set; `mend`
derives them again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from faircopy.core.diagnostics import Place, PublishError
from faircopy.publish import disk, mining, shelf, syndication
from faircopy.publish.manifest import (
    MANIFEST,
    PAGE,
    SUMS,
    DistManifest,
    SetManifest,
    sets,
    sums,
    to_json,
)

_PERHAPS = (mining.FILE, syndication.FEED, syndication.CATALOG, syndication.MAP)
"""What is there only if the house has said so."""


def derived(all_sets: Iterable[SetManifest]) -> dict[str, bytes]:
    """Return the files above these sets, by name."""
    ordered = sorted(all_sets, key=lambda item: item.slug)
    manifest = to_json(DistManifest(tuple(ordered)))
    lines = [
        (f"{item.slug}/{entry.file}", entry.sha256) for item in ordered for entry in item.files
    ]
    lines += [(f"{item.slug}/{MANIFEST}", _sha256(to_json(item))) for item in ordered]
    lines += [(f"{item.slug}/{PAGE}", item.page) for item in ordered if item.page]
    page = shelf.page(ordered)
    found = {MANIFEST: manifest, shelf.INDEX: page}
    if rules := mining.rules(ordered):
        found[mining.FILE] = rules
    found |= syndication.derived(ordered, {item.slug: shelf.main(item) for item in ordered})
    lines += [(name, _sha256(data)) for name, data in found.items()]
    return {**found, SUMS: sums(lines)}


def stale(dist: Path, files: Mapping[str, bytes]) -> bool:
    """Whether other files lie above the sets than these.

    Raises:
        PublishError: a folder is in the place of one, or a link, which nobody can replace.
    """
    for name in files:
        if (dist / name).is_dir() and not (dist / name).is_symlink():
            raise in_the_way(dist / name, "a folder", "a file")
    return bool(_spare(dist, files)) or any(
        disk.read(dist / name) != data for name, data in files.items()
    )


def mend(dist: Path) -> None:
    """Make good what a killed command left in ``dist/``; do nothing where none was killed.

    Raises:
        PublishError: ``dist/`` can't be written.
    """
    if not os.path.lexists(dist / disk.STAGING):
        return
    with disk.held(dist):
        if os.path.lexists(dist / disk.STAGING):  # else it was at work, and is done
            files = derived(sets(dist))
            differ = stale(dist, files)
            with disk.staging(dist) as staging:
                if differ:
                    stage(staging, files)
                    put(staging, dist, files)
                    tidy(dist, files)


def stage(staging: Path, files: Mapping[str, bytes]) -> None:
    """Write files into the folder aside, through to the disk."""
    for name, data in files.items():
        (staging / name).parent.mkdir(exist_ok=True)
        (staging / name).write_bytes(data)
    disk.sync(*(staging / name for name in files))


def put(staging: Path, folder: Path, names: Iterable[str], *, into: str = "") -> None:
    """Put staged files into their folder, or one in it, each in one step.

    Raises:
        PublishError: a link to elsewhere lies where a folder belongs.
    """
    for name in names:
        final = folder / into / name
        if final.parent != folder and final.parent.is_symlink():
            raise in_the_way(final.parent, "a link", "a folder")
        final.parent.mkdir(exist_ok=True)
        (staging / name).replace(final)
    disk.sync(folder)


def tidy(dist: Path, files: Collection[str]) -> None:
    """Remove what was derived once and is not any more."""
    for path in _spare(dist, files):
        path.unlink()


def _spare(dist: Path, files: Collection[str]) -> list[Path]:
    """Return what lies above the sets that was derived once and is not any more."""
    return [dist / name for name in _PERHAPS if name not in files and _is_ours(dist / name)]


def _is_ours(path: Path) -> bool:
    return path.is_file() and not path.parent.is_symlink()


def in_the_way(path: Path, is_there: str, belongs: str) -> PublishError:
    """Return the error that something else lies where a build puts its own."""
    shown = f"{path.parent.name}/{path.name}"
    return PublishError.because(
        "in-the-way",
        f"Nothing was published: {shown} is {is_there}, and {belongs} belongs there.",
        "Move it out of the way and build again; it may be somebody's.",
        Place(shown),
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

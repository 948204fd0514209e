"""Put finished sets into ``dist/``: whole, or not at all.

A set is first written into ``dist/.staging/`` and through to the disk, then exchanged with the old
one in a single step of the file system (see `faircopy.publish.exchange`). Whoever looks, and
whoever kills the build, finds the complete old or the complete new set, each with its own manifest
and sums inside. What stands above the sets is derived from them and follows, each file in one step
(see `faircopy.publish.above`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.diagnostics import Diagnostic, Place, PublishError, Severity
from faircopy.core.model import About
from faircopy.publish import above, disk, exchange, shelf
from faircopy.publish.manifest import (
    MANIFEST,
    PAGE,
    REPORTS,
    SUMS,
    FileEntry,
    Provenance,
    SetManifest,
    read,
    sets,
    sums,
    to_json,
)


class NewSet(msgspec.Struct, frozen=True):
    """The files that were made for one manuscript, by name, with their records.

    ``without`` are languages whose old editions must not stay, since their text is stale;
    ``editions`` say what the files are called, in each language; ``site`` is where they will be.
    """

    slug: str
    made_from: Provenance
    tools: Mapping[str, str]
    files: tuple[tuple[FileEntry, bytes], ...]
    without: tuple[str, ...] = ()
    editions: tuple[About, ...] = ()
    site: str = ""


class Published(msgspec.Struct, frozen=True):
    """What became of a set: ``changed`` is False when all of it lay there already."""

    changed: bool
    manifest: SetManifest
    diagnostics: tuple[Diagnostic, ...] = ()


def publish(dist: Path, new: NewSet) -> Published:
    """Make ``dist/<slug>/`` hold ``new``, and the files over all sets say so.

    Files of the old set that are not made anew stay if they come from the same manuscript,
    translation, theme and program; otherwise they go, and a note says so. Files that Faircopy did
    not make stay.

    Raises:
        PublishError: ``dist/`` can't be written or the disk is full; the old set is untouched.
    """
    with disk.held(dist):
        folder = dist / new.slug
        if not folder.is_symlink() and folder.exists() and not folder.is_dir():
            raise above.in_the_way(folder, "no folder", "the set's folder")
        kept, notes = _kept(folder, new)
        made = SetManifest(
            slug=new.slug,
            made_from=new.made_from,
            tools=new.tools,
            files=tuple(
                sorted([*(e for e, _ in new.files), *(e for e, _ in kept)], key=lambda e: e.file)
            ),
            editions=_editions(folder, new, {entry.lang for entry, _ in kept}),
            site=new.site,
        )
        page = shelf.publication(made)
        made = msgspec.structs.replace(made, page=_sha256(page))
        contents = {entry.file: data for entry, data in (*new.files, *kept)}
        contents[PAGE] = page
        contents[MANIFEST] = to_json(made)
        contents[SUMS] = sums((name, _sha256(data)) for name, data in contents.items())
        changed = not _same(folder, contents)
        others = (item for item in sets(dist) if item.slug != new.slug)
        tops = above.derived((*others, made))
        left = os.path.lexists(dist / disk.STAGING)
        if above.stale(dist, tops) or changed or left:
            _commit(folder, contents if changed else None, tops)
    return Published(changed, made, notes)


def report(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put what was found out about a set beside its files, each in one step.

    Raises:
        PublishError: ``dist/`` can't be written or the disk is full, or the set is a link.
    """
    dist = folder.parent
    if folder.is_symlink():  # no set of ours
        raise above.in_the_way(folder, "a link", "a set")
    with disk.held(dist, "The report was not written"), disk.staging(dist) as staging:
        above.stage(staging, files)
        above.put(staging, folder, files)


def clean(dist: Path) -> tuple[str, ...]:
    """Remove everything from ``dist/`` but its README; return the names of what went.

    Raises:
        PublishError: something can't be removed, or ``dist/`` is a link to a folder elsewhere.
    """
    if not dist.is_dir():
        return ()
    if dist.is_symlink():  # what lies there may be anybody's
        raise PublishError.because(
            "dist-linked",
            f"Nothing was removed: {dist.name} is a link to {files.real(dist)}.",
            "Empty that folder by hand, or remove the link.",
            Place(dist.name),
        )
    stays = ("README.md", disk.STAGING)
    with disk.held(dist, "Not all was removed"), disk.staging(dist) as staging:
        gone = [path for path in sorted(dist.iterdir()) if path.name not in stays]
        for path in gone:  # each whole or not at all
            path.rename(staging / path.name)
    return tuple(path.name for path in gone)


# --- what the set will be ------------------------------------------------------------------------


def _kept(
    folder: Path, new: NewSet
) -> tuple[list[tuple[FileEntry, bytes]], tuple[Diagnostic, ...]]:
    """Choose what stays of the old set; explain what goes."""
    old = read(folder / MANIFEST)
    fresh = {entry.file for entry, _ in new.files}
    kept: list[tuple[FileEntry, bytes]] = []
    notes: list[Diagnostic] = []
    for entry in old.files if old else ():
        if entry.file in fresh:
            continue
        data = disk.read(folder / entry.file)
        if entry.lang in new.without:
            continue
        same = old and old.made_from.of_language(entry.lang) == new.made_from.of_language(
            entry.lang
        )
        if same and data and _sha256(data) == entry.sha256:
            kept.append((entry, data))
        elif data is not None:
            why = (
                "it was damaged"
                if same
                else "it was made from another state of the manuscript, theme or program"
            )
            notes.append(
                Diagnostic(
                    "stale-removed",
                    Severity.WARNING,
                    f"{entry.file} was removed from the set: {why}.",
                    f"To have it again: ./inv build --manuscript {new.slug} "
                    f"--formats {entry.format} --lang {entry.lang}",
                    Place(f"{folder.parent.name}/{new.slug}/{entry.file}"),
                )
            )
    return kept, tuple(notes)


def _editions(folder: Path, new: NewSet, kept: AbstractSet[str]) -> tuple[About, ...]:
    """Return what the editions are called, in each language once: of what stays, as it was."""
    old = read(folder / MANIFEST)
    found = {item.lang: item for item in (old.editions if old else ()) if item.lang in kept}
    found |= {item.lang: item for item in new.editions}
    return tuple(found[lang] for lang in sorted(found))


def _ours(folder: Path, slug: str) -> Iterator[str]:
    """Yield the names in a set's folder of what a build has made.

    Its manifest names them. Without one, whatever is named after the set was made.
    """
    old = read(folder / MANIFEST)
    made = {entry.file for entry in old.files} if old else set[str]()
    for path in folder.iterdir():
        named = path.name in made if old else path.name.startswith(f"{slug}.")
        if named or path.name in (MANIFEST, SUMS, PAGE):
            yield path.name


def _same(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Whether the folder holds exactly these files of ours."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    slug = folder.name
    expected = {name for name in contents if name.startswith(f"{slug}.")} | {MANIFEST, SUMS, PAGE}
    return set(_ours(folder, slug)) == expected and all(
        disk.read(folder / name) == data for name, data in contents.items()
    )


# --- the file system -----------------------------------------------------------------------------


def _commit(final: Path, contents: Mapping[str, bytes] | None, tops: Mapping[str, bytes]) -> None:
    """Exchange a set for another, and what stands above the sets; without contents only this."""
    dist = final.parent
    with disk.staging(dist) as staging:
        above.stage(staging, tops)
        aside = staging / disk.ASIDE / final.name
        if contents is not None:
            aside.parent.mkdir()
            _stage(staging / final.name, final, contents)
        with disk.undisturbed():
            if contents is not None:
                exchange.replace(staging / final.name, final, aside)
                disk.sync(dist)
            above.put(staging, dist, tops)
            above.tidy(dist, tops)


def _stage(staged: Path, old: Path, contents: Mapping[str, bytes]) -> None:
    """Write the new set, with what Faircopy did not make carried over."""
    staged.mkdir()
    for name, data in contents.items():
        (staged / name).write_bytes(data)
    disk.sync(*(staged / name for name in contents))
    _carry_over(staged, old, contents)
    disk.sync(staged)


def _carry_over(staged: Path, old: Path, contents: Mapping[str, bytes]) -> None:
    if old.is_symlink() or not old.is_dir():
        return
    ours = set(_ours(old, old.name))
    for path in old.iterdir():
        if path.name in ours or path.name in contents or path.name in REPORTS:
            continue  # a report is on the set that it saw
        target = staged / path.name
        if path.is_dir() and not path.is_symlink():
            _link_all(path, target)
        else:
            os.link(path, target, follow_symlinks=False)


def _link_all(folder: Path, target: Path) -> None:
    """Make a folder that has in it what another has: the same files, under two names."""
    target.mkdir()
    for entry in files.entries(folder):
        path = target / os.path.relpath(entry.path, folder)
        if entry.is_dir(follow_symlinks=False):
            path.mkdir()
        else:
            os.link(entry.path, path, follow_symlinks=False)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

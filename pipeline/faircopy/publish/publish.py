"""Put finished sets into ``dist/``: whole, or not at all.

A set is first written into ``dist/.staging/``, then exchanged with the old one in a single step of
the file system (see `faircopy.publish.exchange`). Whoever looks, and whoever kills the build, finds
the complete old or the complete new set, each with its own manifest and sums inside. The manifest
and the sums over all sets follow, each replaced in one step.

All of it happens under a lock on ``dist/``; what lies in ``.staging/`` when the lock is got was
left by a build that was killed.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, PublishError, Severity
from faircopy.publish import exchange
from faircopy.publish.manifest import (
    MANIFEST,
    REPORTS,
    SUMS,
    DistManifest,
    FileEntry,
    Provenance,
    SetManifest,
    read,
    sets,
    sums,
    to_json,
)

STAGING = ".staging"
ASIDE = "aside"


class NewSet(msgspec.Struct, frozen=True):
    """The files that were made for one manuscript, by name, with their records.

    ``without`` are languages whose old editions must not stay, since their text is stale.
    """

    slug: str
    made_from: Provenance
    tools: Mapping[str, str]
    files: tuple[tuple[FileEntry, bytes], ...]
    without: tuple[str, ...] = ()


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
    with _explained(dist), _lock(dist):
        _sweep(dist)
        kept, notes = _kept(dist / new.slug, new)
        made = SetManifest(
            slug=new.slug,
            made_from=new.made_from,
            tools=new.tools,
            files=tuple(
                sorted([*(e for e, _ in new.files), *(e for e, _ in kept)], key=lambda e: e.file)
            ),
        )
        contents = {entry.file: data for entry, data in (*new.files, *kept)}
        contents[MANIFEST] = to_json(made)
        contents[SUMS] = sums((name, _sha256(data)) for name, data in contents.items())
        changed = not _same(dist / new.slug, contents)
        others = [item for item in sets(dist) if item.slug != new.slug]
        tops = _tops(sorted([*others, made], key=lambda item: item.slug))
        if changed or any(_read(dist / name) != data for name, data in tops.items()):
            _commit(dist, new.slug, contents if changed else None, tops)
    return Published(changed, made, notes)


def clean(dist: Path) -> tuple[str, ...]:
    """Remove everything from ``dist/`` but its README; return the names of what went.

    Raises:
        PublishError: something can't be removed.
    """
    if not dist.is_dir():
        return ()
    with _explained(dist), _lock(dist):
        gone = [path for path in sorted(dist.iterdir()) if path.name != "README.md"]
        for path in gone:
            _remove(path)
    return tuple(path.name for path in gone if path.name != STAGING)


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
        data = _read(folder / entry.file)
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


def _ours(folder: Path, slug: str) -> Iterator[str]:
    """Yield the names in a set's folder of what a build has made.

    Its manifest names them. Without one, whatever is named after the set was made.
    """
    old = read(folder / MANIFEST)
    made = {entry.file for entry in old.files} if old else set[str]()
    for path in folder.iterdir():
        named = path.name in made if old else path.name.startswith(f"{slug}.")
        if named or path.name in (MANIFEST, SUMS):
            yield path.name


def _same(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Whether the folder holds exactly these files of ours."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    slug = folder.name
    expected = {name for name in contents if name.startswith(f"{slug}.")} | {MANIFEST, SUMS}
    return set(_ours(folder, slug)) == expected and all(
        _read(folder / name) == data for name, data in contents.items()
    )


def _tops(all_sets: list[SetManifest]) -> dict[str, bytes]:
    """Return the files over all sets, by name."""
    manifest = to_json(DistManifest(tuple(all_sets)))
    lines = [
        (f"{item.slug}/{entry.file}", entry.sha256) for item in all_sets for entry in item.files
    ]
    lines += [(f"{item.slug}/{MANIFEST}", _sha256(to_json(item))) for item in all_sets]
    return {MANIFEST: manifest, SUMS: sums([*lines, (MANIFEST, _sha256(manifest))])}


# --- the file system -----------------------------------------------------------------------------


def _commit(
    dist: Path, slug: str, contents: Mapping[str, bytes] | None, tops: Mapping[str, bytes]
) -> None:
    staging = dist / STAGING
    final, aside = dist / slug, staging / ASIDE / slug
    try:
        aside.parent.mkdir(parents=True)
        for name, data in tops.items():
            (staging / name).write_bytes(data)
        if contents is not None:
            _stage(staging / slug, final, contents)
        with _undisturbed():
            if contents is not None:
                exchange.replace(staging / slug, final, aside)
            for name in tops:
                (staging / name).replace(dist / name)
    finally:
        with contextlib.suppress(OSError):  # else the next build sweeps
            _remove(staging)


def _stage(staged: Path, old: Path, contents: Mapping[str, bytes]) -> None:
    """Write the new set, with what Faircopy did not make carried over."""
    staged.mkdir()
    for name, data in contents.items():
        (staged / name).write_bytes(data)
    if old.is_symlink() or not old.is_dir():
        return
    ours = set(_ours(old, old.name))
    for path in old.iterdir():
        if path.name in ours or path.name in contents or path.name in REPORTS:
            continue  # a report is on the set that it saw
        target = staged / path.name
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, target, symlinks=True, copy_function=os.link)
        else:
            os.link(path, target, follow_symlinks=False)


def _sweep(dist: Path) -> None:
    """Mend and remove what a killed build left."""
    staging = dist / STAGING
    if not staging.exists():
        return
    for aside in (staging / ASIDE).glob("*"):
        exchange.recover(dist / aside.name, aside)
    _remove(staging)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def _lock(dist: Path) -> Iterator[None]:
    """Hold ``dist/`` for ourselves; the kernel lets go however we end."""
    dist.mkdir(parents=True, exist_ok=True)
    folder = os.open(dist, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: go on without
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting for the microseconds in which ``dist/`` changes."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _explained(dist: Path) -> Iterator[None]:
    """Turn an error of the file system into one that says what to do."""
    try:
        yield
    except OSError as error:
        name = dist.name
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            code, why = "disk-full", "the disk is full, or your share of it"
            remedy = "Free some space and build again."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            code, why = "dist-not-writable", "writing there is not allowed"
            remedy = f"Give yourself the right to write: chmod -R u+w {name}"
        else:
            code, why = "publish-failed", f"{error.strerror or error}"
            remedy = f"See what is the matter with {error.filename or name} and build again."
        raise PublishError.because(
            code,
            f"Nothing was published, the old files in {name}/ are untouched: {why}.",
            remedy,
            Place(str(error.filename or name)),
        ) from error

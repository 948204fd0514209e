"""A release: the wheel, its source, the notice of others' licences, a bill of materials, the sums.

The version stands in ``faircopy/__init__.py``, its day in ``CHANGELOG.md``; the files' bytes depend
on both, the commit, the lock and the kind of system, and on nothing else.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import faircopy
from faircopy.core import process
from faircopy.core.diagnostics import EditionError, Place
from faircopy.theme.sources import FONTS, MORE
from faircopy.workshop.licences import notice, packages
from faircopy.workshop.lockfile import PINS
from faircopy.workshop.sbom import Product, bill

CHANGES = "CHANGELOG.md"
LICENCE = "AGPL-3.0-or-later"
UNRELEASED = "## Unreleased"
VERSION = "pipeline/faircopy/__init__.py"

_BUILD = """\
import sys
from hatchling.build import build_sdist, build_wheel
build_wheel(sys.argv[1])
build_sdist(sys.argv[1])
"""
_HEADING = re.compile(r"(?m)^## (\S+)(?: – (\d{4}-\d\d-\d\d))?$")
_SECONDS = 120.0
_LINE = re.compile(r'(?m)^__version__ = "[^"]*"$')


def begin(root: Path, version: str, today: date) -> None:
    """Give what stands under “Unreleased” a version and a day, in the changelog and the program.

    Raises:
        EditionError: it is no version as 1.2.3, or nothing is unreleased.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise EditionError.because(
            "release-version", f"“{version}” is no version.", "Write three numbers, as in 1.2.3."
        )
    changes = root / CHANGES
    text = changes.read_text(encoding="utf-8")
    if f"\n{UNRELEASED}\n" not in text:
        raise EditionError.because(
            "release-nothing",
            f"Nothing in {CHANGES} is unreleased.",
            f"Write what changed under a heading “{UNRELEASED}”.",
            Place(CHANGES),
        )
    heading = f"## {version} – {today.isoformat()}"
    changes.write_text(text.replace(f"\n{UNRELEASED}\n", f"\n{heading}\n", 1), encoding="utf-8")
    module = root / VERSION
    code = module.read_text(encoding="utf-8")
    module.write_text(_LINE.sub(f'__version__ = "{version}"', code), encoding="utf-8")


def day(changes: str, version: str) -> str:
    """Return the day of a version, which is the newest of a changelog.

    Raises:
        EditionError: the newest heading is another version's, or has no day.
    """
    newest = _HEADING.search(changes)
    if newest and newest[1] == version and newest[2]:
        return newest[2]
    said = newest[0] if newest else "nothing"
    raise EditionError.because(
        "release-undated",
        f"The newest heading is “{said}”; version {version} has no day.",
        "Begin the release first: ./inv workshop.release --begin VERSION",
        Place(CHANGES, changes.count("\n", 0, newest.start()) + 1 if newest else 1, 1),
    )


def refuse_unclean(root: Path) -> None:
    """Refuse to release what no commit holds.

    Raises:
        EditionError: something is changed or new.
        ToolError: git is missing.
    """
    said = process.run(["git", "status", "--porcelain"], timeout=_SECONDS, cwd=root).stdout
    if said.strip():
        raise EditionError.because(
            "release-unclean",
            f"What no commit holds cannot be released: {said.decode().split()[1]}.",
            "Commit it, or put it away.",
        )


def make(root: Path, out: Path, on: str) -> tuple[Path, ...]:
    """Make the files of a release into a new or empty folder; return their paths.

    Args:
        root: the checkout.
        out: the folder.
        on: the day, as in 2026-11-30.

    Raises:
        EditionError: the folder is not empty.
        ToolError: the packages of this environment are not those of the lock.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise EditionError.because(
            "release-there", f"{out} is not empty; nothing was made.", "Remove it first."
        )
    moment = int(datetime.fromisoformat(on).replace(tzinfo=UTC).timestamp())
    process.run(
        [sys.executable, "-P", "-c", _BUILD, str(out.absolute())],
        timeout=_SECONDS,
        cwd=root,
        env_add={"SOURCE_DATE_EPOCH": str(moment)},
    )
    (wheel,) = out.glob("*.whl")
    stem = wheel.name.removesuffix("-py3-none-any.whl")
    known = packages((root / PINS).read_text(encoding="utf-8").splitlines())
    title = f"{faircopy.DISTRIBUTION} {faircopy.__version__}"
    (out / f"{stem}.licences.txt").write_text(notice(title, known), encoding="utf-8")
    product = Product(
        name=faircopy.DISTRIBUTION,
        version=faircopy.__version__,
        licence=LICENCE,
        sha256=_sha256(wheel),
        date=on,
    )
    hashes = _locked((root / "requirements.lock").read_text(encoding="utf-8"))
    locks = [kit.read("package-lock.json") for kit in (FONTS, MORE)]
    (out / f"{stem}.cdx.json").write_bytes(bill(product, known, hashes, locks))
    made = tuple(sorted(out.iterdir()))
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in made)
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return *made, out / "SHA256SUMS"


def _locked(lock: str) -> Mapping[str, tuple[str, ...]]:
    """Return the hashes of a lock by package."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lock.splitlines():
        if digest := re.match(r"\s+--hash=sha256:(\w+)", line):
            found[name].append(digest[1])
        elif pin := re.match(r"([A-Za-z0-9][\w.-]*)==", line):
            name = re.sub(r"[-_.]+", "-", pin[1]).lower()
            found[name] = []
    return {name: tuple(digests) for name, digests in found.items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

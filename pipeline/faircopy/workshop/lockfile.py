"""Makes the locks again: those of Python's packages, the pins of a build, and those of the fonts.

`requirements.lock` has what a build needs, `requirements.dev.lock` the judges and test tools too.

No lock holds a host's name: where packages come from is the user's own setting. Each but the
pins holds a hash for every file, for every platform.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from faircopy.core import process
from faircopy.core.diagnostics import Place, ToolError

RESOLVER = "uv==0.13.9"
FONTS = ("styles/fonts", "styles/fonts/more")
SECONDS = 300.0
PINS = "pipeline/faircopy/requirements.txt"
"""What a build needs and nothing else, without hashes: what a project's requirements are."""
WHOLE, BUILD = "requirements.dev.lock", "requirements.lock"
HEADERS = {
    WHOLE: b"""\
# Every package of a build, its judges and its tests, for every platform, by hash.
# Made from pyproject.toml by `./inv lock`; not edited by hand.
""",
    BUILD: b"""\
# Every package of a build, for every platform, by hash.
# Made from pyproject.toml by `./inv lock`; not edited by hand.
""",
}
PINS_HEADER = b"""\
# What a build needs, in the versions that it was tested with.
"""
_HOST = re.compile(rb"https?://|\bgit\+|^--(?:extra-)?index-url|^--find-links", re.MULTILINE)


def lock(root: Path, *, upgrade: bool = False) -> None:
    """Make the locks of the checkout again."""
    lock_requirements(root, upgrade=upgrade)
    pin(root)
    lock_fonts(root)


def lock_requirements(root: Path, *, upgrade: bool = False) -> None:
    """Resolve ``pyproject.toml`` with its extra ``dev``, and the part of it that a build needs.

    The face of Chinese is among that.

    Versions that the present lock holds stay, unless ``upgrade`` is set or they no longer fit.

    Raises:
        ToolError: the resolver failed, or what it wrote names a host.
    """
    more = ["--extra", "dev", "--generate-hashes", *(["--upgrade"] if upgrade else [])]
    _compile(root, WHOLE, HEADERS[WHOLE], more)
    build = ["--extra", "chinese", "--generate-hashes", "--constraint", WHOLE]
    _compile(root, BUILD, HEADERS[BUILD], build)


def pin(root: Path) -> None:
    """Write what a build needs, in the versions of the locks.

    Raises:
        ToolError: as `lock_requirements`.
    """
    _compile(root, PINS, PINS_HEADER, ["--constraint", WHOLE])


def _compile(root: Path, name: str, header: bytes, more: list[str]) -> None:
    lock = root / name
    draft = root / ".cache" / lock.name
    draft.parent.mkdir(exist_ok=True)
    draft.write_bytes(lock.read_bytes() if lock.exists() else b"")
    process.run(
        [
            *(str(_resolver(root)), "pip", "compile", "pyproject.toml", *more),
            *("--universal", "--python-version", "3.11"),
            *("--no-header", "--no-annotate", "--quiet", "--output-file", str(draft)),
        ],
        timeout=SECONDS,
        cwd=root,
    )
    text = header + draft.read_bytes()
    refuse_hosts(text, name)
    draft.write_bytes(text)
    draft.replace(lock)


def lock_fonts(root: Path) -> None:
    """Resolve ``styles/fonts/package.json``, and ``more`` below it, into the locks beside them.

    Raises:
        ToolError: npm is missing or failed, or what it wrote names a host.
    """
    for name in FONTS:
        process.run(
            [
                *("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit"),
                *("--no-fund", "--omit-lockfile-registry-resolved"),
            ],
            timeout=SECONDS,
            cwd=root / name,
        )
        _without_appeals(root / name / "package-lock.json")
        refuse_hosts((root / name / "package-lock.json").read_bytes(), f"{name}/package-lock.json")


def _without_appeals(lock: Path) -> None:
    """Leave out where one may pay for a package: it says nothing of what is installed."""
    content = json.loads(lock.read_bytes())
    for package in content["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def refuse_hosts(lock: bytes, name: str) -> None:
    """Refuse a lock that names a host.

    Raises:
        ToolError: ``lock-names-a-host``, with the line.
    """
    if found := _HOST.search(lock):
        raise ToolError.because(
            "lock-names-a-host",
            f"{name} names the host that a package comes from.",
            "Depend on the package by its name and version alone.",
            Place(name, lock.count(b"\n", 0, found.start()) + 1),
        )


def _resolver(root: Path) -> Path:
    """Install the resolver into a folder of its own, once, and return its path."""
    folder = root / ".cache" / RESOLVER
    program = folder / "bin" / "uv"
    if not program.exists():
        process.run([sys.executable, "-m", "venv", "--clear", str(folder)], timeout=SECONDS)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        process.run([*pip, "install", "--quiet", "--no-deps", RESOLVER], timeout=SECONDS)
        process.run([*pip, "uninstall", "--quiet", "--yes", "pip", "setuptools"], timeout=SECONDS)
    return program

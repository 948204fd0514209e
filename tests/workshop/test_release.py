"""A release: its files, the same twice, its notice, its bill, its version and its day."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from faircopy import __version__
from faircopy.core.diagnostics import EditionError, ToolError
from faircopy.workshop import licences, lockfile, release
from packaging.licenses import canonicalize_license_expression

ROOT = Path(__file__).parents[2]
PINS = (ROOT / lockfile.PINS).read_text().splitlines()
MAKING = """\
import sys
from pathlib import Path
from faircopy.workshop.release import make
make(Path(sys.argv[1]), Path(sys.argv[2]), "2026-11-30")
"""
WHEEL = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"


def _make(out: Path, **env: str) -> None:
    """Make a release of the checkout in another place of the world."""
    command = [sys.executable, "-c", MAKING, str(ROOT), str(out)]
    paths = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), **env}
    subprocess.run(command, env=paths, umask=0o077 if env else -1, check=True, timeout=120)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "one"
    _make(folder)
    return folder


@pytest.fixture(scope="module")
def bom(made: Path) -> Any:
    (path,) = made.glob("*.cdx.json")
    return json.loads(path.read_bytes())


@pytest.mark.slow
def test_a_release_has_the_same_bytes_twice(made: Path, tmp_path: Path) -> None:
    _make(tmp_path / "two", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="2")
    names = sorted(path.name for path in made.iterdir())
    ends = (".whl", ".tar.gz", ".licences.txt", ".cdx.json", "SHA256SUMS")
    assert len(names) == len(ends)
    assert all(name.endswith(ends) for name in names)
    for name in names:
        assert (made / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    for line in (made / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest


@pytest.mark.slow
def test_the_released_source_makes_the_released_wheel(made: Path, tmp_path: Path) -> None:
    (source,) = made.glob("*.tar.gz")
    (wheel,) = made.glob("*.whl")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    (root,) = tmp_path.iterdir()
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795996800"}  # 2026-11-30
    command = [sys.executable, "-c", WHEEL, str(tmp_path / "out")]
    subprocess.run(command, cwd=root, env=env, check=True, timeout=60)
    assert (tmp_path / "out" / wheel.name).read_bytes() == wheel.read_bytes()


@pytest.mark.slow
def test_no_release_is_made_over_another(made: Path) -> None:
    with pytest.raises(EditionError, match="is not empty"):
        release.make(ROOT, made, "2026-11-30")


# --- the bill of materials -----------------------------------------------------------------------

DIGESTS = {"SHA-256": 64, "SHA-512": 128}
NEEDED = {"type", "name", "bom-ref", "licenses"}
KNOWN = {*NEEDED, "version", "scope", "hashes", "purl", "externalReferences", "components"}
TYPES = {"application", "library", "data"}


def _components(bom: Any) -> Iterator[Any]:
    yield bom["metadata"]["component"]
    for item in bom["components"]:
        yield item
        yield from item.get("components", ())


def _faults(bom: Any) -> Iterator[str]:
    """Yield what CycloneDX 1.6's schema and rules refuse, of what we write."""
    if (bom["bomFormat"], bom["specVersion"]) != ("CycloneDX", "1.6"):
        yield "format"
    if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bom["serialNumber"]):
        yield "serialNumber"
    items = list(_components(bom))
    refs = [item["bom-ref"] for item in items]
    yield from (f"{ref} twice" for ref in set(refs) if refs.count(ref) > 1)
    for item in items:
        ref = item["bom-ref"]
        if not item.keys() >= NEEDED or not item.keys() <= KNOWN or item["type"] not in TYPES:
            yield f"{ref}: keys"
        if "purl" in item and not re.fullmatch(
            r"pkg:(pypi|npm)/(%40[\w.-]+/)?[\w.-]+@[\w.%-]+", item["purl"]
        ):
            yield f"{ref}: purl"
        for choice in item["licenses"]:
            said = choice.get("expression") or choice["license"].get("id")
            if said and canonicalize_license_expression(said) != said:
                yield f"{ref}: licence {said}"
        links = item.get("externalReferences", ())
        for digest in (*item.get("hashes", ()), *(h for it in links for h in it.get("hashes", ()))):
            if not re.fullmatch(f"[0-9a-f]{{{DIGESTS[digest['alg']]}}}", digest["content"]):
                yield f"{ref}: hash"
    nodes = [item["ref"] for item in bom["dependencies"]]
    ends = [one for item in bom["dependencies"] for one in item["dependsOn"]]
    yield from (f"{ref}: nowhere" for ref in {*nodes, *ends} - set(refs))


@pytest.mark.slow
def test_a_bill_keeps_the_rules_of_cyclonedx(bom: Any) -> None:
    assert list(_faults(bom)) == []


@pytest.mark.slow
def test_a_bill_names_all_that_a_build_needs_and_nothing_of_tests(bom: Any) -> None:
    purls = {item.get("purl") for item in _components(bom)}
    for line in PINS[1:]:
        if ";" not in line:
            assert f"pkg:pypi/{line.replace('==', '@')}" in purls
    assert f"pkg:pypi/faircopy-editions@{__version__}" in purls
    assert "pkg:npm/%40expo-google-fonts/noto-nastaliq-urdu@0.4.2" in purls
    assert not [purl for purl in purls if purl and "pytest" in purl]
    names = {item["name"] for item in _components(bom)}
    assert {"pandoc", "lid.176.ftz"} <= names
    reached = {ref for item in bom["dependencies"] for ref in item["dependsOn"]}
    required = {item["bom-ref"] for item in bom["components"] if item["scope"] == "required"}
    assert required == reached


# --- the notice ----------------------------------------------------------------------------------


def test_a_notice_has_every_package_and_every_text_once() -> None:
    known = licences.packages(PINS)
    text = licences.notice("faircopy 1", known)
    lines = text.splitlines()
    for item in known:
        assert f"{item.name} {item.version}: {item.licence}" in lines
        for said in item.texts.values():
            assert text.count(said) >= 1
    assert "    within it: pandoc 3.9: GPL-2.0-or-later" in lines
    for name in ("weasyprint", "lxml", "pypandoc-binary", "fontpkg-amiri", "pypdfium2"):
        assert next(item for item in known if item.name == name).texts, name
    texts = {said for item in known for said in item.texts.values()}
    rule = "-" * 78
    theirs = sum(said.splitlines().count(rule) for said in texts)
    assert lines.count(rule) == 2 * len(texts) + theirs


def test_what_is_within_a_package_is_really_there() -> None:
    from faircopy.core import pandoc

    known = {item.name for item in licences.packages(PINS)}
    assert set(licences.WITHIN) <= known
    (part,) = licences.WITHIN["pypandoc-binary"]
    assert part.version == pandoc.version()


def test_what_is_not_as_locked_is_not_released() -> None:
    with pytest.raises(ToolError, match="not installed"):
        licences.packages(["lxml==0.0.1"])


# --- version and day -----------------------------------------------------------------------------

CHANGES = (
    "# Changelog\n\nFor users.\n\n## Unreleased\n\n* More.\n\n## 0.0.9 – 2026-01-02\n\n* Less.\n"
)


def _checkout(root: Path, changes: str = CHANGES) -> Path:
    module = root / release.VERSION
    module.parent.mkdir(parents=True)
    module.write_text('"""Ours."""\n\n__version__ = "0.0.9"\n')
    (root / "CHANGELOG.md").write_text(changes)
    return root


def test_a_release_is_begun_with_a_version_and_a_day(tmp_path: Path) -> None:
    root = _checkout(tmp_path)
    with pytest.raises(EditionError, match="--begin"):
        release.day(CHANGES, "0.0.9")
    release.begin(root, "0.1.0", date(2026, 11, 30))
    changes = (root / "CHANGELOG.md").read_text()
    assert changes == CHANGES.replace("## Unreleased", "## 0.1.0 – 2026-11-30")
    assert (root / release.VERSION).read_text() == '"""Ours."""\n\n__version__ = "0.1.0"\n'
    assert release.day(changes, "0.1.0") == "2026-11-30"
    with pytest.raises(EditionError, match="Nothing in"):
        release.begin(root, "0.2.0", date(2026, 12, 1))


@pytest.mark.parametrize("version", ["", "1", "1.2", "v1.2.3", "1.2.3rc1", "1.2.3\n"])
def test_a_version_has_three_numbers(tmp_path: Path, version: str) -> None:
    root = _checkout(tmp_path)
    with pytest.raises(EditionError, match="is no version"):
        release.begin(root, version, date(2026, 11, 30))
    assert (root / "CHANGELOG.md").read_text() == CHANGES


def test_the_version_stands_in_one_place() -> None:
    """Only the module says it; all else asks for it there."""
    assert f'__version__ = "{__version__}"' in (ROOT / release.VERSION).read_text()
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text()


def test_what_no_commit_holds_is_not_released(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    release.refuse_unclean(tmp_path)
    (tmp_path / "new.txt").touch()
    with pytest.raises(EditionError, match=r"new\.txt"):
        release.refuse_unclean(tmp_path)

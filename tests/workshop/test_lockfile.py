from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from faircopy.core.diagnostics import ToolError
from faircopy.workshop import lockfile
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
WHOLE, BUILD = ROOT / lockfile.WHOLE, ROOT / lockfile.BUILD
LOCKS = [WHOLE, BUILD]
FONT_LOCKS = [ROOT / name / "package-lock.json" for name in lockfile.FONTS]


def _locked(lock: Path = WHOLE) -> dict[str, tuple[Requirement, int]]:
    """Return each package of a lock with its number of hashes."""
    found: dict[str, tuple[Requirement, int]] = {}
    name = ""
    for line in lock.read_text().splitlines():
        if line.startswith("#") or not line:
            continue
        if line.startswith(" "):
            assert line.strip().startswith("--hash=sha256:"), line
            found[name] = (found[name][0], found[name][1] + 1)
        else:
            requirement = Requirement(line.removesuffix("\\"))
            name = canonicalize_name(requirement.name)
            found[name] = (requirement, 0)
    return found


@pytest.mark.parametrize(
    "path", [*LOCKS, *FONT_LOCKS], ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_lock_names_a_host(path: Path) -> None:
    lockfile.refuse_hosts(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    "line",
    [
        "--index-url file:///srv",
        "--extra-index-url x",
        "--find-links wheels",
        "weasyprint @ git+ssh://example.org/w",
        "weasyprint @ https://example.org/w.whl",
        '"resolved": "http://example.org/x.tgz"',
    ],
)
def test_a_host_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(ToolError) as caught:
        lockfile.refuse_hosts(f"invoke==3.0.3\n{line}\n".encode(), "requirements.lock")
    assert str(caught.value.diagnostics[0].place) == "requirements.lock:2"


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_by_hash(path: Path) -> None:
    locked = _locked(path)
    assert len(locked) > 20
    for requirement, hashes in locked.values():
        assert hashes, requirement
        assert [item.operator for item in requirement.specifier] == ["=="], requirement


def test_every_need_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    needs = [Requirement(line) for group in groups for line in group]
    locked = _locked()
    for need in needs:
        name = canonicalize_name(need.name)
        if name != project["name"]:
            assert name in locked, f"{need}: run ./inv lock"
            (pin,) = locked[name][0].specifier
            assert pin.version in need.specifier, f"{need}: run ./inv lock"


def test_a_build_has_the_locked_versions_and_neither_judges_nor_test_tools() -> None:
    lines = (ROOT / lockfile.PINS).read_text().splitlines()
    pins = {canonicalize_name(pin.name): pin.specifier for pin in map(Requirement, lines[1:])}
    for lock in LOCKS:
        locked = {name: requirement.specifier for name, (requirement, _) in _locked(lock).items()}
        assert pins.items() <= locked.items(), "run ./inv lock"
    whole = _locked()
    assert all(whole[name] == item for name, item in _locked(BUILD).items()), "run ./inv lock"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needs = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    assert needs <= pins.keys(), "run ./inv lock"
    extra = project["optional-dependencies"]
    chinese = {canonicalize_name(name) for name in extra["chinese"]}
    assert locked.keys() == pins.keys() | chinese, "run ./inv lock"
    names = {canonicalize_name(Requirement(line).name) for line in (*extra["check"], *extra["dev"])}
    assert names.isdisjoint(pins)


@pytest.mark.parametrize("path", FONT_LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_fonts_are_pinned_by_hash(path: Path) -> None:
    lock = json.loads(path.read_text())
    wanted = json.loads((path.parent / "package.json").read_text())["dependencies"]
    packages = {name: item for name, item in lock["packages"].items() if name}
    assert set(packages) == {f"node_modules/{name}" for name in wanted}
    for name, item in packages.items():
        assert item["integrity"].startswith("sha512-"), name
        assert item["version"] == wanted[name.removeprefix("node_modules/")]

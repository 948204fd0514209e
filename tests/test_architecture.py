"""The house keeps its rules: arrows and doors."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIPELINE = ROOT / "pipeline" / "faircopy"
MODULES = sorted(PIPELINE.rglob("*.py"))

STARTS_PROGRAMS = {"system", "popen", "posix_spawn", "posix_spawnp", "startfile"}
HEAVY = ("docx", "ebooklib", "fontTools", "pikepdf", "pypdfium2", "weasyprint")


def _shown(path: Path) -> str:
    return path.relative_to(PIPELINE).as_posix()


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _importers(name: str) -> set[str]:
    return {
        _shown(path)
        for path in MODULES
        for imported in _imports(parsed(path))
        if imported.partition(".")[0] == name
    }


def test_imports_point_down(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize(("library", "door"), [("subprocess", "core/process.py")])
def test_one_door_to_each_outside(library: str, door: str) -> None:
    assert _importers(library) == {door}


def test_no_back_door_starts_a_program() -> None:
    calls = {
        f"{_shown(path)}:{node.lineno}: os.{node.attr}"
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and (node.attr in STARTS_PROGRAMS or node.attr.startswith(("exec", "spawn")))
    }
    within = {"core/loopback.py"}  # becomes the program that core/process.py started it for
    assert {call for call in calls if call.partition(":")[0] not in within} == set()


def test_no_module_guesses_where_the_project_is() -> None:
    """Data comes by importlib.resources; the project's folders are handed in."""
    guessed = {
        f"{_shown(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Name) and node.id == "__file__")
        or (isinstance(node, ast.Attribute) and node.attr == "__file__")
    }
    assert guessed == set()


def test_heavy_libraries_load_only_where_they_are_used() -> None:
    """A rebuild of nothing must not pay for WeasyPrint's half a second."""
    script = (
        "import sys, faircopy.publish, faircopy.doctor\n"
        f"print(*(name for name in {HEAVY} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []

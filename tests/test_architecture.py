"""The house keeps its rules: arrows, doors and sizes."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIPELINE = ROOT / "pipeline" / "faircopy"
MODULES = sorted(PIPELINE.rglob("*.py"))

LONGEST = 300
STARTS_PROGRAMS = {"system", "popen", "posix_spawn", "posix_spawnp", "startfile"}
HEAVY = ("docx", "ebooklib", "fontTools", "pikepdf", "pypandoc", "pypdfium2", "weasyprint")


def _shown(path: Path) -> str:
    return path.relative_to(PIPELINE).as_posix()


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
        for imported in _imports(ast.parse(path.read_text(encoding="utf-8")))
        if imported.partition(".")[0] == name
    }


def test_imports_point_down(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("library", "door"),
    [("subprocess", "core/process.py"), ("pypandoc", "core/pandoc.py")],
)
def test_one_door_to_each_outside(library: str, door: str) -> None:
    assert _importers(library) == {door}


def test_no_back_door_starts_a_program() -> None:
    calls = {
        f"{_shown(path)}:{node.lineno}: os.{node.attr}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
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
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "__file__")
        or (isinstance(node, ast.Attribute) and node.attr == "__file__")
    }
    assert guessed == set()


def _lines_of_code(path: Path) -> int:
    """Count the lines that hold code: no blank ones, no comments, no docstrings."""
    text = path.read_text(encoding="utf-8")
    prose = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return sum(
        number not in prose and bool(line.strip()) and not line.lstrip().startswith("#")
        for number, line in enumerate(text.splitlines(), 1)
    )


def test_modules_fit_in_a_head() -> None:
    lengths = {_shown(path): _lines_of_code(path) for path in MODULES}
    long = {name: lines for name, lines in lengths.items() if lines >= LONGEST}
    assert long == {}


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

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATES = """
import sys
from faircopy.core.later import lazy, postponed
with postponed("fractions"), lazy("wave"):
    from fractions import Fraction
    import wave
print("fractions" in sys.modules, "chunk" in sys.modules, type(wave).__name__)
print(Fraction(1, 2), wave.WAVE_FORMAT_PCM)
print("fractions" in sys.modules, type(wave).__name__)
import fractions
print(fractions.Fraction is type(Fraction(1, 2)))
"""


def test_modules_are_loaded_when_they_are_used_and_not_before() -> None:
    said = subprocess.run(
        [sys.executable, "-c", STATES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines() == [
        "False False _LazyModule",
        "1/2 1",
        "True module",
        "True",
    ]


def test_the_tasks_are_those_of_plain_invoke_from_any_folder(tmp_path: Path) -> None:
    """But for the heading's first word, and for what invoke says of itself."""
    ours = [sys.executable, "-P", str(ROOT / "pipeline/faircopy/__main__.py"), "--list"]
    plain = [sys.executable, "-P", "-m", "invoke", "--search-root", str(ROOT), "--list"]

    def said(command: list[str]) -> str:
        return subprocess.run(
            command, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout.partition("\n")[2]

    assert said(ours) == said(plain)
    assert "build" in said(ours)


def test_what_no_task_uses_is_not_loaded() -> None:
    program = (
        "import sys; import faircopy.__main__ as door; sys.argv[1:] = ['--version']\n"
        "try: door.run()\n"
        "except SystemExit: print('asyncio' in sys.modules, 'unittest.mock' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines()[-1] == "False False"

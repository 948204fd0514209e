"""A virtual environment holds what the lock names, and nothing else."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

import pytest
from faircopy.workshop.leftovers import leftovers

ROOT = Path(__file__).parents[2]
LOCK = """\
# Every package
babel==2.18.0 \\
    --hash=sha256:00
ruamel.yaml==1 ; python_version < "4" \\
    --hash=sha256:00
"""


def test_what_the_lock_does_not_name_is_left_over() -> None:
    installed = ("Babel", "ruamel_yaml", "pip", "xlwt", "setuptools")
    assert leftovers(LOCK, installed) == ("pip", "setuptools", "xlwt")


def test_the_lock_names_nothing_that_was_given_up() -> None:
    lock = (ROOT / "requirements.dev.lock").read_text(encoding="utf-8")
    given_up = ("pip", "setuptools", "wheel", "xlwt", "xlrd")
    assert leftovers(lock, given_up) == tuple(sorted(given_up))


@pytest.mark.slow
def test_pip_removes_itself_and_the_rest(tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    (tmp_path / "lock").write_text(LOCK)
    script = ROOT / "pipeline" / "faircopy" / "workshop" / "leftovers.py"
    for _ in range(2):  # nothing is left to do the second time
        subprocess.run([python, "-m", "ensurepip"], check=True, capture_output=True)
        subprocess.run([python, "-P", script, tmp_path / "lock"], check=True)
    subprocess.run([python, "-P", script, tmp_path / "lock"], check=True)
    there = {path.name for path in tmp_path.glob("venv/lib/*/site-packages/*")}
    assert not there

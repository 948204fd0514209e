"""The limit of pandoc's time ends pandoc, and never the process that waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AHEAD = """
import time
from faircopy.core import pandoc
with pandoc._bounded(1):  # as if the kernel's clock had run ahead of ours by this second
    end = time.process_time() + 1.5
    while time.process_time() < end:
        pass
    import subprocess, sys
    child = subprocess.run([sys.executable, "-c", "while True: pass"])
print("here", -child.returncode)
"""


@pytest.mark.slow
def test_the_waiting_process_lives_and_its_child_is_ended() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AHEAD],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert done.stdout == f"here {int(signal.SIGXCPU)}\n"

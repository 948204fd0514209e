"""The forkserver: begun once, and ended at once."""

from __future__ import annotations

import subprocess
import sys

import pytest
from faircopy.publish import server

pytestmark = pytest.mark.skipif(not server.FORKS, reason="macOS's workers are no forks")

PROGRAM = """
import os
from multiprocessing import forkserver
from faircopy.publish import server
server.end()
path = os.environ.get("PYTHONPATH")
pids = []
for _ in range(2):
    server.begin((server.TYPESETTING,))
    pids.append(forkserver._forkserver._forkserver_pid)
server.end()
print(len({*pids}), os.waitpid(pids[0], 0)[1], os.environ.get("PYTHONPATH") == path)
"""


def test_it_is_begun_once_and_ended_while_it_loads() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.split() == [b"1", b"9", b"True"]

from __future__ import annotations

import errno
import resource
import subprocess
import sys

import pytest
from faircopy.core import memory


def caused() -> Exception:
    error = RuntimeError("a job failed")
    error.__cause__ = MemoryError()
    return error


@pytest.mark.parametrize(
    ("error", "lacking"),
    [
        (MemoryError(), True),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), True),
        (ImportError("x.so: failed to map segment from shared object"), True),
        (OSError("libpdfium.so: failed to map segment from shared object"), True),
        (RuntimeError("can't start new thread"), True),
        (caused(), True),
        (OSError(errno.ENOSPC, "No space left on device"), False),
        (ValueError("remembered"), False),
    ],
)
def test_a_want_of_memory_has_many_words(error: Exception, lacking: bool) -> None:
    assert memory.is_lacking(error) is lacking


@pytest.mark.parametrize(
    ("limited", "most", "said"),
    [
        (resource.RLIMIT_AS, resource.RLIM_INFINITY, ""),
        (resource.RLIMIT_AS, memory.LEAST, ""),
        (
            resource.RLIMIT_AS,
            100_000_000,
            "A process may have 100 MB of memory here, and needs 400",
        ),
        (resource.RLIMIT_NOFILE, memory.FILES, ""),
        (resource.RLIMIT_NOFILE, 16, "A process may have 16 files open here, and needs 64."),
    ],
)
def test_a_limit_below_the_least_is_told(
    monkeypatch: pytest.MonkeyPatch, limited: int, most: int, said: str
) -> None:
    def limit(kind: int) -> tuple[int, int]:
        return (most, most) if kind == limited else (resource.RLIM_INFINITY,) * 2

    monkeypatch.setattr(resource, "getrlimit", limit)
    assert memory.too_little().startswith(said)
    assert bool(memory.too_little()) is bool(said)


WAITS = """
import threading
from faircopy.core import memory
memory.end_with_threads(print)
def dies():
    raise {error}
threading.Thread(target=dies).start()
threading.Event().wait({seconds})
"""


@pytest.mark.parametrize(("error", "seconds"), [("MemoryError", 600), ("ValueError", 0.1)])
def test_a_thread_that_dies_for_want_of_memory_leaves_nobody_waiting(
    error: str, seconds: float
) -> None:
    code = WAITS.format(error=error, seconds=seconds)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    if error == "MemoryError":
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout == f"{memory.SAID} {memory.REMEDY}\n"
    else:
        assert done.returncode == 0
        assert "ValueError" in done.stderr

"""The one place that starts a program: no shell for its words, in time, and nothing left behind."""

from __future__ import annotations

import contextlib
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import msgspec

from faircopy.core.diagnostics import ToolError
from faircopy.core.tools import tool

SAID_AT_MOST = 2000
"""How many characters of a failed program's last words go into the finding."""


class Completed(msgspec.Struct, frozen=True):
    """What a program left: its two streams, as bytes, and its exit code.

    A negative code is the signal that ended it.
    """

    stdout: bytes
    stderr: bytes
    code: int


def run(
    args: Sequence[str],
    *,
    timeout: float,
    input: bytes | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    env_add: Mapping[str, str] | None = None,
    check: bool = True,
) -> Completed:
    """Run a program to its end and return what it said.

    The program leads a process group of its own. When time is up, or when this process is
    interrupted, the whole group is killed.

    Args:
        args: the program and its arguments, passed on as they are.
        timeout: seconds of wall time.
        input: bytes for its standard input; without them it reads an empty one.
        cwd: the folder to run in.
        env: its environment, in place of the present one.
        env_add: variables on top of that.
        check: whether an exit code other than 0 is an error.

    Raises:
        ToolError: the program is missing (``tool-missing``), could not be started
            (``tool-not-started``), took too long (``tool-timeout``) or failed
            (``tool-failed``).
    """
    if env_add:
        env = {**(os.environ if env is None else env), **env_add}
    child = _start(args, piped=input is not None, cwd=cwd, env=env)
    try:
        stdout, stderr = child.communicate(input, timeout=timeout)
    except subprocess.TimeoutExpired:
        _kill(child)
        raise _too_long(args, timeout) from None
    except BaseException:  # interrupted: leave nothing running
        _kill(child)
        raise
    if check and child.returncode != 0:
        raise ToolError.because(
            "tool-failed", f"{shlex.join(args)} {_end(child.returncode)}{_said(stdout, stderr)}"
        )
    return Completed(stdout, stderr, child.returncode)


def within(seconds: int) -> tuple[str, ...]:
    """Return what stands before a program and its arguments to bound its processor time.

    The system ends it by SIGXCPU then; the user's own limit stands where it is lower. The limit is
    set in the child, where its clock starts at zero: a function that Python calls between fork and
    exec is not safe beside threads, and macOS sets no limit from outside.
    """
    there = resource.getrlimit(resource.RLIMIT_CPU)
    most = min([seconds, *(limit for limit in there if limit != resource.RLIM_INFINITY)])
    return ("/bin/sh", "-c", 'ulimit -S -t "$0"; exec "$@"', str(most))


def attended(args: Sequence[str], *, cwd: Path, without: Collection[str] = ()) -> int:
    """Run a program at the user's own terminal, without a time limit, and return its exit code.

    Args:
        args: the program and its arguments.
        cwd: where it runs.
        without: variables of our environment that it is not given.

    Raises:
        ToolError: the program is missing (``tool-missing``).
    """
    try:
        given = {name: value for name, value in os.environ.items() if name not in without}
        return subprocess.call(list(args), cwd=cwd, env=given)
    except FileNotFoundError as error:
        raise missing(args[0]) from error


class Measured(msgspec.Struct, frozen=True):
    """What a program took: seconds of wall time, and bytes of memory at its peak.

    The peak is that of the largest single process among the program and those that it waited
    for.
    """

    seconds: float
    peak: int


def measure(
    args: Sequence[str],
    *,
    timeout: float,
    cwd: Path | None = None,
) -> Measured:
    """Run a program to its end and return what it took; what it says is dropped.

    Raises:
        ToolError: as with `run`; a program that fails has measured nothing.
    """
    begun = time.perf_counter()
    child = _start(args, piped=False, cwd=cwd, errors=subprocess.STDOUT)
    alarm = threading.Timer(timeout, os.killpg, (child.pid, signal.SIGKILL))
    alarm.start()
    try:
        said = child.stdout.read() if child.stdout else b""
        _, status, usage = os.wait4(child.pid, 0)
    except BaseException:
        _kill(child)
        raise
    finally:
        alarm.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise ToolError.because(
            "tool-failed", f"{shlex.join(args)} {_end(child.returncode)}{_said(said, b'')}"
        )
    kilo = 1 if sys.platform == "darwin" else 1024  # getrusage(2): kilobytes, but bytes on macOS
    return Measured(time.perf_counter() - begun, usage.ru_maxrss * kilo)


def _start(
    args: Sequence[str],
    *,
    piped: bool,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    errors: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(args),
            stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=cwd,
            env=env,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        if cwd is not None and not cwd.is_dir():
            raise ToolError.because(
                "tool-not-started", f"{shlex.join(args)}: the folder {cwd} does not exist."
            ) from error
        raise missing(args[0]) from error
    except (OSError, ValueError) as error:
        raise ToolError.because(
            "tool-not-started", f"{shlex.join(args)} could not be started: {error}."
        ) from error


class Talk:
    """A program that is spoken with: messages go in and come out, each ended by a zero byte."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        if child.stdin is None or child.stdout is None:
            raise ValueError("It has no pipes.")
        self._in, self._out = child.stdin, child.stdout
        self._read = bytearray()

    def send(self, message: bytes) -> None:
        """Send a message, to a program that goes on reading while it writes.

        Raises:
            BrokenPipeError: the program has ended.
        """
        self._in.write(message + b"\0")
        self._in.flush()

    def receive(self) -> bytes:
        """Wait for the next message.

        Raises:
            EOFError: the program has ended.
        """
        while (end := self._read.find(0)) < 0:
            more = os.read(self._out.fileno(), 1 << 16)
            if not more:
                raise EOFError
            self._read += more
        message = bytes(self._read[:end])
        del self._read[: end + 1]
        return message


@contextlib.contextmanager
def talking(
    args: Sequence[str], *, timeout: float, env: Mapping[str, str] | None = None
) -> Iterator[Talk]:
    """Start a program, talk with it by its standard input and output, and kill it at the end.

    Args:
        args: the program and its arguments, passed on as they are.
        timeout: seconds of wall time for the whole talk.
        env: the whole environment; the present one without it.

    Raises:
        ToolError: as with `run`; a program that ends before the talk does has failed.
    """
    with tempfile.TemporaryFile() as errors:
        child = _start(args, piped=True, env=env, errors=errors)
        late = threading.Event()

        def stop() -> None:
            late.set()
            _signal(child)

        alarm = threading.Timer(timeout, stop)
        alarm.start()

        def end() -> None:
            alarm.cancel()
            alarm.join()  # once the child is collected nobody may signal its number
            _kill(child)

        try:
            yield Talk(child)
        except (BrokenPipeError, EOFError):
            end()
            if late.is_set():
                raise _too_long(args, timeout) from None
            errors.seek(0)
            said = _said(b"", errors.read())
            raise ToolError.because(
                "tool-failed", f"{shlex.join(args)} {_end(child.returncode)}{said}"
            ) from None
        finally:
            end()


def found(program: str) -> str | None:
    """Return where a program is, or None."""
    return shutil.which(program)


def missing(program: str) -> ToolError:
    """Return the error that says that ``program`` is missing and how to install it."""
    known = tool(program)
    if known is None:
        remedy = "Run ./inv doctor: it names what is missing."
    else:
        remedy = f"Install it: {known.install_command()}"
    return ToolError.because("tool-missing", f"The program {program} is not installed.", remedy)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill the child's whole group and collect it, unless it has been: its number is free then."""
    if child.returncode is None:
        _signal(child)
        child.communicate()


def _signal(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):  # all of it ended by itself
        os.killpg(child.pid, signal.SIGKILL)


def _too_long(args: Sequence[str], timeout: float) -> ToolError:
    return ToolError.because(
        "tool-timeout",
        f"{shlex.join(args)} was stopped after {timeout:g} seconds.",
        "Run the command by itself to see what it waits for.",
    )


def _end(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _said(stdout: bytes, stderr: bytes) -> str:
    text = (stderr.strip() or stdout.strip()).decode("utf-8", "replace")
    return f": {text[-SAID_AT_MOST:]}" if text else "."

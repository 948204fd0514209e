from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from faircopy.core import cage, process
from faircopy.core.diagnostics import ToolError

from tests.listening import Listener, listening

PYTHON = sys.executable
CALL = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 3).send(b'!')"

caged = pytest.mark.skipif(cage.walls() is None, reason="this system gives no network namespace")


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


@pytest.fixture
def open_cage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "walls", lambda: None)


@caged
def test_nothing_comes_out_of_a_cage(listener: Listener) -> None:
    done = cage.run([PYTHON, "-c", CALL, str(listener.port)], timeout=30, check=False)
    assert done.code != 0
    assert listener.heard == []


@pytest.mark.usefixtures("open_cage")
def test_without_the_walls_it_would(listener: Listener) -> None:
    cage.run([PYTHON, "-c", CALL, str(listener.port)], timeout=30)
    assert listener.heard == [b"!"]


@caged
def test_a_program_can_talk_with_itself() -> None:
    script = (
        "import socket; door = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(door.getsockname(), 3); print('heard')"
    )
    assert cage.run([PYTHON, "-c", script], timeout=30).stdout == b"heard\n"


@caged
def test_a_caged_program_has_no_rights_of_roots() -> None:
    script = "import os; print(os.geteuid()); print(open('/proc/self/status').read())"
    said = cage.run([PYTHON, "-c", script], timeout=30).stdout.decode()
    user, _, status = said.partition("\n")
    assert (user == "0") == cage.is_root()
    if not cage.is_root():
        assert "CapEff:\t0000000000000000" in status
        assert "CapAmb:\t0000000000000000" in status


def test_home_is_new_and_the_environment_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TOKEN", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://somewhere")
    script = "import os; print(os.listdir(os.environ['HOME'])); print(dict(os.environ))"
    said = cage.run([PYTHON, "-c", script], timeout=30, env_add={"MORE": "ж"}).stdout.decode()
    home, _, environment = said.partition("\n")
    assert home == "[]"
    assert "secret" not in environment
    assert "somewhere" not in environment
    assert "'MORE': 'ж'" in environment


@pytest.mark.usefixtures("open_cage")
def test_where_there_is_none_it_is_said() -> None:
    warning = cage.uncaged()
    assert warning is not None
    assert warning.code == "uncaged"
    assert "uncaged" in warning.message


@caged
def test_where_there_is_one_nothing_is_said() -> None:
    assert cage.uncaged() is None


def test_a_system_without_namespaces_has_no_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "_TRIED", (("no-such-program",), ("false",)))
    cage.walls.cache_clear()
    try:
        assert cage.walls() is None
    finally:
        monkeypatch.undo()
        cage.walls.cache_clear()


def test_a_missing_program_is_named_as_everywhere() -> None:
    with pytest.raises(ToolError) as caught:
        cage.run(["no-such-program-anywhere"], timeout=5)
    assert caught.value.diagnostics[0].code == "tool-missing"


def test_messages_go_in_and_come_out_in_turn() -> None:
    with cage.talking(["cat"], timeout=30) as talk:
        for message in (b"one", b"x" * 30_000, b""):
            talk.send(message)
            assert talk.receive() == message


def test_a_program_that_ends_too_early_has_failed() -> None:
    script = "import sys; sys.exit('no such page')"
    with (
        pytest.raises(ToolError, match="exit code 1: no such page"),
        process.talking([PYTHON, "-c", script], timeout=30) as talk,
    ):
        talk.receive()


def test_a_talk_ends_when_its_time_is_up() -> None:
    with (
        pytest.raises(ToolError) as caught,
        process.talking(["sleep", "60"], timeout=0.2) as talk,
    ):
        talk.receive()
    assert caught.value.diagnostics[0].code == "tool-timeout"


def test_nothing_that_lies_where_we_stand_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("print('a stranger')\n")
    monkeypatch.chdir(tmp_path)
    said = cage.run([PYTHON, "-c", "import json, os; print(os.listdir())"], timeout=30).stdout

    assert said == b"[]\n"

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from faircopy.core.diagnostics import FaircopyError
from faircopy.publish.project import Project
from faircopy.watch import console

MANUSCRIPT = "---\ntitle: A\nlang: en\n---\n\nWords.\n"


@pytest.fixture
def place(tmp_path: Path) -> Project:
    (tmp_path / "source/a").mkdir(parents=True)
    (tmp_path / "source/a/manuscript.md").write_text(MANUSCRIPT, encoding="utf-8")
    return Project(tmp_path)


def code(error: pytest.ExceptionInfo[FaircopyError]) -> str:
    return error.value.diagnostics[0].code


def test_without_the_extra_it_says_how_to_install_it(
    place: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "NEEDED", ("a_module_that_is_not_there",))
    with pytest.raises(FaircopyError) as error:
        console.watch(project=place)
    assert "faircopy-editions[watch]" in error.value.diagnostics[0].remedy


def test_a_port_of_another_program_is_told(place: Project) -> None:
    with (
        socket.create_server((console.LOOPBACK, 0)) as other,
        pytest.raises(FaircopyError) as error,
    ):
        console.watch(project=place, port=other.getsockname()[1])
    assert code(error) == "port-taken"


def test_a_manuscript_that_is_not_there_is_told(place: Project) -> None:
    with pytest.raises(FaircopyError) as error:
        console.watch("b", project=place)
    assert code(error) == "unknown-manuscript"

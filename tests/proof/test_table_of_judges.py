"""Each judge has something that it must reject, and what it runs can be installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core import tools
from faircopy.proof import judges

from tests.proof.test_judges import REJECTED

TESTS = [path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")]

REFUSING = ("Status.FAILED", "in DAMAGED]")
"""What a test says that shows a judge what it must reject."""


@pytest.mark.parametrize("judge", judges.JUDGES, ids=lambda judge: f"{judge.name} {judge.suffix}")
def test_every_judge_is_shown_what_it_must_reject(judge: judges.Judge) -> None:
    called = f"{judge.module.rpartition('.')[2]}.judge("
    by_itself = any(called in text and refused in text for text in TESTS for refused in REFUSING)
    assert by_itself or judge.name in {name for name, *_ in REJECTED}


@pytest.mark.parametrize(
    "program", sorted({one for judge in judges.JUDGES for one in judge.programs})
)
def test_every_program_of_a_judge_is_in_the_table_of_tools(program: str) -> None:
    assert tools.tool(program)

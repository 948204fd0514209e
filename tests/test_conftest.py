from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REGISTER = "config.pluginmanager.register(Closing())"
SUITE = """
import pytest

@pytest.mark.needs("no-such-program")
def test_judged():
    raise AssertionError("ran without its judge")

@pytest.mark.needs("sh", "qpdf")
def test_known():
    raise AssertionError("ran without its judge")

@pytest.mark.needs("sh")
def test_present():
    pass

@pytest.mark.xfail(reason="known limit")
def test_known_limit():
    raise AssertionError
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text())
    pytester.makeini(f"[pytest]\npythonpath = {ROOT}\nmarkers =\n    needs: programs\n")
    pytester.makepyfile(SUITE)
    pytester.makepyfile(test_present="def test_it():\n    pass\n")
    programs = pytester.mkdir("bin")
    (programs / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("CI", raising=False)
    return pytester


def test_without_its_judge_a_test_says_that_it_did_not_run(suite: pytest.Pytester) -> None:
    result = suite.runpytest_inprocess("-ra")
    result.assert_outcomes(skipped=2, passed=2, xfailed=1)
    result.stdout.fnmatch_lines_random(
        ["*did not run, no-such-program is not installed", "*did not run, qpdf*install*qpdf"]
    )
    missing = "2 for want of no-such-program, qpdf (./inv doctor --install fetches what it can)"
    assert result.outlines[-1] == f"Did not run: {missing}."


@pytest.mark.slow
def test_the_last_line_says_what_was_left_out_whoever_ran_it(suite: pytest.Pytester) -> None:
    alone = "from tests.closing import Closing\n"
    suite.makeconftest(f"{alone}def pytest_configure(config):\n    {REGISTER}\n")
    result = suite.runpytest_inprocess("-n", "2", "-k", "present or limit", "-q")
    left = "2 that were not asked for (./inv test --slow runs all)"
    assert result.outlines[-1] == f"Did not run: {left}."


def test_the_last_line_says_that_all_ran(suite: pytest.Pytester) -> None:
    result = suite.runpytest_inprocess("test_present.py")
    assert result.outlines[-1] == "Every test ran."
    result = suite.runpytest_inprocess("test_present.py", "-k", "nothing")
    assert result.outlines[-1].startswith("Did not run: 1 that were not asked for")


def test_in_ci_a_skipped_test_is_a_failure(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    result = suite.runpytest_inprocess()
    outcomes = result.parseoutcomes()
    assert "skipped" not in outcomes
    assert outcomes["passed"] == 2
    assert outcomes["xfailed"] == 1
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) == 2
    assert result.ret == pytest.ExitCode.TESTS_FAILED

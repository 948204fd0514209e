from __future__ import annotations

from pathlib import Path

import pytest

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
    pytester.makeconftest((Path(__file__).parent / "conftest.py").read_text())
    pytester.makeini("[pytest]\nmarkers =\n    needs: outside programs\n")
    pytester.makepyfile(SUITE)
    programs = pytester.mkdir("bin")
    (programs / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("CI", raising=False)
    return pytester


def test_without_its_judge_a_test_says_that_it_did_not_run(suite: pytest.Pytester) -> None:
    result = suite.runpytest_inprocess("-ra")
    result.assert_outcomes(skipped=2, passed=1, xfailed=1)
    result.stdout.fnmatch_lines_random(
        ["*did not run, no-such-program is not installed", "*did not run, qpdf*install*qpdf"]
    )


def test_in_ci_a_skipped_test_is_a_failure(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    result = suite.runpytest_inprocess()
    outcomes = result.parseoutcomes()
    assert "skipped" not in outcomes
    assert outcomes["passed"] == 1
    assert outcomes["xfailed"] == 1
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) == 2
    assert result.ret == pytest.ExitCode.TESTS_FAILED

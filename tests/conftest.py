"""What all tests share: no test is passed over in silence.

A test that calls an outside program says so: ``@pytest.mark.needs("pdftotext", "qpdf")``. On a
desk without it the test is skipped, with the command that installs it; in CI (``CI=true``)
every skipped test is a failure.
"""

from __future__ import annotations

import gc
import os
import secrets
import shutil
import signal
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from faircopy.core.tools import tool
from faircopy.publish.budget import YOUNG
from hypothesis import HealthCheck, settings

from tests import desk
from tests.closing import Closing
from tests.editions import SHELF, house


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz", type=int, help="how many random manuscripts are tried (1,000)")


def pytest_configure(config: pytest.Config) -> None:
    """Try the same random cases every time, and others when more are asked for.

    Garbage is looked for as seldom as a build does: it takes a tenth of the time, as trees
    and editions are kept and walked through each time.

    Programs that tests interrupt can be: what a shell begins in the background cannot, and passes
    that on (POSIX, Shell Command Language, 2.11).
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.pluginmanager.register(Closing())
    gc.set_threshold(YOUNG, 20, 20)
    more = config.getoption("--fuzz")
    busy = [HealthCheck.too_slow]  # how fast a machine is says nothing of the code
    settings.register_profile(
        "house", derandomize=not more, deadline=None, suppress_health_check=busy
    )
    settings.load_profile("house")
    if more:
        os.environ["FAIRCOPY_FUZZ"] = str(more)
        os.environ.setdefault("FAIRCOPY_FUZZ_SEED", f"{secrets.token_hex(4)}/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out the tests in runs that share what they make; who is done takes from the other."""
    from xdist.scheduler import WorkStealingScheduling  # type: ignore[import-untyped]

    return WorkStealingScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put modules with slow tests first, so that no process ends long after the other."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            known = tool(program)
            if not (known.path() if known else shutil.which(program)):
                remedy = f": {known.install_command()}" if known else ""
                pytest.skip(f"did not run, {program} is not installed{remedy}")


@pytest.fixture(scope="session", autouse=True)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the processes of a run share the editions of the sample manuscripts."""
    base = tmp_path_factory.getbasetemp()
    beside = hasattr(request.config, "workerinput")  # each of xdist's has a folder of its own
    os.environ.setdefault(SHELF, str((base.parent if beside else base) / "editions"))


@pytest.fixture(scope="session", autouse=True)
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let whatever looks at pages see the project's fonts, and none of the machine's."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in desk.furnish(tmp_path_factory.mktemp("desk"), house().faces).items():
            patch.setenv(name, value)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"In CI nothing is skipped. {why}"
    return report

"""A crew of a Dask cluster: two workers on the loopback, real ones."""

from __future__ import annotations

import gc
import os
import signal
import socketserver
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import Any, cast

import pytest
from faircopy.core.diagnostics import EditionError, FaircopyError, Place
from faircopy.publish import alike, cluster, engine
from faircopy.publish.new import create
from faircopy.publish.outcome import Event, Step
from faircopy.publish.plan import Request
from faircopy.publish.project import PROJECT, STYLES, Project
from faircopy.publish.trade import theme_of

from tests.publish.fakes import contents

SLOW = 300.0


def double(number: int) -> int:
    return 2 * number


def fail() -> int:
    raise EditionError.because("impossible", "No.", "Never.", Place("a.md", 3))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: Path) -> str:
    """End the first worker that does this, in the middle of it."""
    if not mark.exists():
        mark.touch()
        die()
    return "done"


def codes(error: BaseException | None) -> list[str]:
    assert isinstance(error, FaircopyError), error
    return [item.code for item in error.diagnostics]


@pytest.mark.parametrize(
    "address", ["", "dask://", "dask://here", "tcp://a:1", "dask://a:1/x", "dask://u@a:1"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(EditionError, match="is no address of a cluster"):
        cluster.at(address, Project(Path()), ())


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EditionError) as raised:
        cluster.at("dask://127.0.0.1:1", Project(Path()), ())(0)
    assert codes(raised.value) == ["dask-missing"]


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\xff" * 800,
        bytes(800),
        b"\x08" + bytes(15),
        b"",
        None,
    ],
    ids=["http", "lengths", "zeros", "short", "closed", "silent"],
)
def test_what_is_no_scheduler_is_told(
    said: bytes | None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also what never says a word: it is given up, whatever the machine's haste."""
    pytest.importorskip("distributed", reason="did not run, Dask is not installed: ./inv test")
    monkeypatch.setattr(cluster, "CONNECT", 1)

    class Stranger(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if said is None:
                ended.wait()
            else:
                self.request.sendall(said)

    ended = threading.Event()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with pytest.raises(EditionError) as raised:
                cluster._connected(f"127.0.0.1:{server.server_address[1]}")
        finally:
            ended.set()
            server.shutdown()
    gc.collect()  # a client that was left would be closed now, and say so
    assert codes(raised.value) == ["cluster-unreachable"]
    assert "Memory" not in str(raised.value)
    assert capfd.readouterr() == ("", "")


FIT = {"nthreads": 1, "nanny": "tcp://127.0.0.1:1"}


@pytest.mark.parametrize(
    ("workers", "code"),
    [
        ({}, "cluster-empty"),
        ({"a": FIT, "b": {**FIT, "nthreads": 2}}, "cluster-workers"),
        ({"a": {**FIT, "nanny": None}}, "cluster-workers"),
    ],
)
def test_workers_that_would_not_outlive_a_job_are_refused(
    workers: dict[str, dict[str, Any]], code: str
) -> None:
    with pytest.raises(EditionError) as raised:
        cluster._refuse_unfit("a:1", workers)
    assert codes(raised.value) == [code]
    cluster._refuse_unfit("a:1", {"a": FIT})


def test_every_worker_that_would_make_other_bytes_is_named_with_what_differs() -> None:
    here = {"pango": "1.52", "font Amiri Regular": "12345678", "lxml": "6"}
    there: dict[str, dict[str, str] | str] = {
        "a": here,
        "b": {**here, "pango": "1.50", "font Amiri Regular": "none"},
        "c": "ModuleNotFoundError: No module named 'faircopy'",
    }
    with pytest.raises(EditionError) as raised:
        cluster._refuse_unlike(here, there)
    assert codes(raised.value) == ["cluster-differs"] * 2
    said = str(raised.value)
    assert "font Amiri Regular is none there, 12345678 here; pango is 1.50 there, 1.52 here" in said
    assert "The worker c would not make what this machine makes: ModuleNotFoundError" in said


# --- with a real one -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with an article, from which workers are begun."""
    root = tmp_path_factory.mktemp("project")
    (root / "source").mkdir()
    (root / "styles").symlink_to(STYLES.resolve())
    made = Project(root)
    create(made.source, "first", kind="article", lang="en-GB")
    return made


@pytest.fixture(scope="module")
def address(place: Project) -> Iterator[str]:
    """Two workers of one thread, each with a nanny, on the loopback."""
    dask = pytest.importorskip("dask", reason="did not run, Dask is not installed: ./inv test")
    distributed = pytest.importorskip("distributed")
    with (
        pytest.MonkeyPatch.context() as patch,
        dask.config.set({"distributed.admin.log-length": 0}),
    ):
        patch.setenv(PROJECT, str(place.root))
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0",
            memory_limit=0, silence_logs=50,
        ) as made:  # fmt: skip
            yield made.scheduler_address.replace("tcp:", "dask:")


@pytest.fixture
def crew(address: str, place: Project) -> Iterator[cluster.Cluster]:
    made = cluster.at(address, place, theme_of(place).faces)(0)
    assert isinstance(made, cluster.Cluster)
    with made:
        yield made


@pytest.mark.slow
def test_jobs_come_back_as_values_whatever_becomes_of_them(
    crew: cluster.Cluster, tmp_path: Path
) -> None:
    many = [crew.submit(double, n) for n in range(20)]
    failed, once = crew.submit(fail), crew.submit(die_once, tmp_path / "mark")
    assert len(crew._open) <= cluster.OPEN * crew.size == 4
    assert [future.result(SLOW) for future in many] == [2 * n for n in range(20)]
    error = failed.exception(SLOW)
    assert codes(error) == ["impossible"]
    assert "in fail" in error.__notes__[0]  # type: ignore[union-attr]
    assert once.result(SLOW) == "done"
    assert codes(crew.submit(die).exception(SLOW)) == ["workers-lost"]
    assert crew.submit(double, 21).result(SLOW) == 42


@pytest.mark.slow
def test_a_worker_with_other_fonts_is_refused_at_first_and_when_it_comes_later(
    crew: cluster.Cluster, place: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine that builds is the one that is changed here."""
    address = crew._client.scheduler.address.replace("tcp:", "dask:")
    faces = theme_of(place).faces
    here = {**alike.conditions(place, faces), "pango": "1.0"}
    crew._needed = alike.pack(place, here, faces, ())
    assert codes(crew.submit(double, 1).exception(SLOW)) == ["cluster-differs"]
    monkeypatch.setattr(alike, "conditions", lambda *_: here)
    with pytest.raises(EditionError, match=r"pango is .* there, 1\.0 here"):
        cluster.at(address, place, faces)(0)


@pytest.mark.slow
def test_a_build_has_the_bytes_of_one_machine_though_a_worker_is_killed(
    address: str, place: Project
) -> None:
    """Every format; one worker is killed when the first file is there."""
    killed: list[int] = []

    hire = cluster.at(address, place, theme_of(place).faces)
    with hire(0) as crew:
        pids = [*cast(cluster.Cluster, crew)._client.run(os.getpid).values()]

    def listen(event: Event) -> None:
        if event.step is Step.MADE and not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    request = Request(also=("press",), force=True)
    done = engine.build(request, place, hire=hire, listen=listen)
    assert (done.failed, done.bugs, len(killed)) == ((), (), 1), done.diagnostics
    afar = contents(place.dist)
    again = engine.build(request, place)
    assert (again.changed, again.failed, contents(place.dist)) == ((), (), afar)
    assert {Path(name).suffix for name in afar} >= {".pdf", ".docx", ".epub", ".html", ".zip"}


@pytest.mark.slow
def test_when_the_cluster_ends_every_job_is_given_up(
    place: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv(PROJECT, str(place.root))
    monkeypatch.setattr(cluster, "EMPTY", 1.0)
    options = {"host": "127.0.0.1", "dashboard_address": ":0", "silence_logs": 50}
    made = distributed.LocalCluster(n_workers=1, threads_per_worker=1, memory_limit=0, **options)
    with cluster.at(made.scheduler_address.replace("tcp:", "dask:"), place, ())(0) as crew:
        jobs = [crew.submit(time.sleep, 600) for _ in range(4)]
        made.close()
        assert not wait(jobs, SLOW).not_done
    assert {code for job in jobs for code in codes(job.exception())} == {"cluster-lost"}

"""The script `inv`, run for real among stand-ins for Python, npm, apt-get and sudo.

The stand-ins write down how they were called; nothing is installed and no network is used.
CI proves the real thing on a fresh clone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

INV = Path(__file__).parents[1] / "inv"
BORROWED = ("sh", "cat", "cmp", "cp", "dirname", "env", "mkdir", "mv", "rm", "sleep")

PYTHON = f"""#!/bin/sh
case "$*" in
*version_info*) exit "${{TOO_OLD:-0}}" ;;
--version) echo "Python 3.10.1"; exit ;;
*realpath*) echo "$0"; exit ;;
*"import ensurepip"*) exit 0 ;;
*fcntl*) exec {sys.executable} "$@" ;;
esac
case "$*" in
"-m venv --without-pip "*) echo venv >>"$LOG"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
"-m ensurepip") : >"$LOG.has_pip" ;;
*"/workshop/leftovers.py "*) rm "$LOG.has_pip" ;;
*"-m pip "*) echo "$@" >>"$LOG"; echo $$ >"$LOG.pip"; sleep "${{PIP_TAKES:-0}}"
    exit "${{PIP_FAILS:-0}}" ;;
*"import weasyprint"*) [ -z "${{NO_PANGO-}}" ] || [ -e "$LOG.pango" ] ;;
"-m faircopy.theme") ;;
*faircopy.pth*) ;;
*"/pipeline/faircopy/__main__.py "*) echo invoke >>"$LOG"; shift 2; printf '[%s]' "$@" ;;
*) echo "unexpected: $*" >>"$LOG"; exit 99 ;;
esac
"""
NPM = """#!/bin/sh
echo npm >>"$LOG"
mkdir -p "$2/node_modules"
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$LOG"
case "$*" in *libpango*) : >"$LOG.pango" ;; esac
"""
SUDO = """#!/bin/sh
echo sudo >>"$LOG"
[ "$1" != -n ] || shift
exec "$@"
"""


class Machine(msgspec.Struct, frozen=True):
    """A checkout and a PATH that holds nothing but stand-ins."""

    root: Path
    bin: Path
    log: Path

    def put(self, name: str, script: str) -> None:
        (self.bin / name).write_text(script)
        (self.bin / name).chmod(0o755)

    def environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        return {"PATH": str(self.bin), "LOG": str(self.log), **extra}

    def start(self, *args: str, **extra: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["sh", str(self.root / "inv"), *args],
            env=self.environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *args: str, cwd: Path | None = None, **extra: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [str(self.root / "inv"), *args],
            env=self.environment(extra),
            cwd=cwd or self.root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def called(self) -> list[str]:
        """Return what was called since the last look, pip's options left out."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.write_text("")
        return ["pip" if " pip " in line else line for line in lines]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    root = tmp_path / "a folder" / "it's ours"
    (root / "styles" / "fonts").mkdir(parents=True)
    shutil.copy(INV, root / "inv")
    (root / "requirements.lock").write_text("invoke==1 --hash=sha256:00\n")
    (root / "requirements.dev.lock").write_text("invoke==1 --hash=sha256:00\npytest==1\n")
    (root / "styles" / "fonts" / "package-lock.json").write_text("{}\n")
    made = Machine(root, tmp_path / "bin", tmp_path / "log")
    made.bin.mkdir()
    for name in BORROWED:
        (made.bin / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name} here"))
    made.put("python3", PYTHON)
    made.put("npm", NPM)
    made.put("apt-get", APT)
    made.put("uname", "#!/bin/sh\necho Linux\n")
    made.put("id", "#!/bin/sh\necho 0\n")
    return made


def test_a_fresh_machine_is_prepared_and_the_next_run_does_nothing(machine: Machine) -> None:
    code, out, err = machine.run("build")
    assert (code, out) == (0, "[build]")
    assert err.splitlines() == [
        "inv: making .venv with Python 3.10.1",
        "inv: installing what a build needs into .venv",
        "inv: installing the fonts that only npm has",
        "inv: cutting the theme's faces out of the fonts",
    ]
    assert machine.called() == ["venv", "pip", "npm", "invoke"]
    assert machine.run("build") == (0, "[build]", "")
    assert machine.called() == ["invoke"]


def _locks(machine: Machine) -> list[str]:
    """Return the locks that pip was given, in order."""
    lines = machine.log.read_text().splitlines() if machine.log.exists() else []
    return [Path(line.partition(" -r ")[2]).name for line in lines if " pip " in line]


@pytest.mark.parametrize(
    "asked",
    [
        ["check"],
        ["test", "--slow"],
        ["build", "--check"],
        ["build", "--on=dask://a:1"],
        ["doctor", "--install"],
        ["workshop.release"],
    ],
)
def test_judges_and_test_tools_come_when_they_are_first_asked_for_and_stay(
    machine: Machine, asked: list[str]
) -> None:
    machine.run("build", "--manuscript", "checks")
    assert _locks(machine) == ["requirements.lock"]
    _, _, err = machine.run(*asked)
    said = "inv: installing the judges and the test tools too into .venv, which this task needs"
    assert err.splitlines()[0] == said
    for again in (asked, ["build"]):
        assert machine.run(*again)[2] == ""
    assert _locks(machine) == ["requirements.lock", "requirements.dev.lock"]


@pytest.mark.parametrize(
    "asked",
    [
        ["lint"],
        ["doctor", "--install=fonts"],
        ["release"],
        ["--help", "check"],
        ["test", "--help"],
        [],
    ],
)
def test_for_anything_else_neither_is_installed(machine: Machine, asked: list[str]) -> None:
    machine.run(*asked)
    assert _locks(machine) == ["requirements.lock"]


def test_who_begins_with_the_tests_installs_once(machine: Machine) -> None:
    machine.run("test")
    machine.run("build")
    assert _locks(machine) == ["requirements.dev.lock"]


def test_without_npm_it_goes_on_and_says_so_once(machine: Machine) -> None:
    """English needs none of what only npm has."""
    (machine.bin / "npm").unlink()
    machine.put("id", "#!/bin/sh\necho 1000\n")
    code, out, err = machine.run("build")
    assert (code, out) == (0, "[build]")
    assert "npm is missing, which brings the fonts of Urdu, emoji and signs" in err
    assert "apt-get install --no-install-recommends npm" in err
    assert machine.run("build") == (0, "[build]", "")
    machine.called()
    machine.put("npm", NPM)
    machine.run("build")
    assert machine.called() == ["npm", "invoke"]
    assert machine.run("build") == (0, "[build]", "")


def test_pip_takes_nothing_that_the_lock_does_not_hold(machine: Machine) -> None:
    machine.run("build")
    (pip,) = (line for line in machine.log.read_text().splitlines() if " pip " in line)
    assert {"--require-hashes", "--no-deps", "--only-binary"} <= set(pip.split())


def test_pip_is_gone_when_it_has_done_its_work(machine: Machine) -> None:
    machine.run("build", PIP_FAILS="1")
    assert Path(f"{machine.log}.has_pip").exists()
    machine.run("build")
    assert not Path(f"{machine.log}.has_pip").exists()


def test_arguments_pass_as_they_are_from_any_folder(machine: Machine, tmp_path: Path) -> None:
    machine.run("build")
    args = ("new", "two words", "", "it's", "$HOME", "*", "--title=“Ж”")
    code, out, _ = machine.run(*args, cwd=tmp_path)
    assert (code, out) == (0, "".join(f"[{arg}]" for arg in args))


def test_a_changed_lock_is_installed_without_a_new_venv(machine: Machine) -> None:
    machine.run("build")
    machine.called()
    (machine.root / "requirements.lock").write_text("invoke==2 --hash=sha256:00\n")
    machine.run("build")
    assert machine.called() == ["pip", "invoke"]
    (machine.root / "styles" / "fonts" / "package-lock.json").write_text("{ }\n")
    machine.run("build")
    assert machine.called() == ["npm", "invoke"]


def test_a_failed_installation_stops_and_the_next_run_repairs(machine: Machine) -> None:
    code, out, err = machine.run("build", PIP_FAILS="1")
    assert (code, out) == (1, "")
    assert "could not be installed" in err
    assert machine.called() == ["venv", "pip"]
    assert machine.run("build")[:2] == (0, "[build]")
    assert machine.called() == ["venv", "pip", "npm", "invoke"]


def test_a_vanished_python_is_replaced(machine: Machine) -> None:
    machine.run("build")
    machine.called()
    python = machine.root / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nonexistent/python3.11")
    assert machine.run("build")[:2] == (0, "[build]")
    assert machine.called() == ["venv", "pip", "invoke"]


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < until, f"{path.name} never came"
        time.sleep(0.02)


def test_a_killed_run_is_made_good_by_the_next(machine: Machine) -> None:
    killed = machine.start("build", PIP_TAKES="60")
    _wait_for(Path(f"{machine.log}.pip"))
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    machine.called()
    assert machine.run("build")[:2] == (0, "[build]")
    assert machine.called() == ["venv", "pip", "npm", "invoke"]


def test_several_at_once_prepare_once(machine: Machine) -> None:
    started = [machine.start("build", PIP_TAKES="0.5") for _ in range(4)]
    ended = [run.communicate(timeout=60) for run in started]
    assert [run.returncode for run in started] == [0] * 4
    assert [out for out, _ in ended] == ["[build]"] * 4
    assert sum("waiting for another" in err for _, err in ended) == 3
    assert sorted(machine.called()) == sorted(["venv", "pip", "npm", *["invoke"] * 4])


def test_root_installs_pango_and_says_so(machine: Machine) -> None:
    code, _, err = machine.run("build", NO_PANGO="1")
    assert code == 0
    assert "inv: WeasyPrint needs Pango: installing libpango-1.0-0" in err
    calls = machine.called()
    assert [line.split()[:2] for line in calls if line.startswith("apt-get")] == [
        ["apt-get", "-qq"],
        ["apt-get", "-qq"],
    ]
    assert calls[-2:] == ["npm", "invoke"]


def test_others_install_through_sudo(machine: Machine) -> None:
    machine.put("id", "#!/bin/sh\necho 1000\n")
    machine.put("sudo", SUDO)
    code, _, err = machine.run("build", NO_PANGO="1")
    assert code == 0
    assert "with sudo -n apt-get" in err  # without a terminal nobody can type a password
    assert machine.called().count("sudo") == 2


COMMAND = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0"


def test_without_rights_it_stops_with_the_command(machine: Machine) -> None:
    machine.put("id", "#!/bin/sh\necho 1000\n")
    code, out, err = machine.run("build", NO_PANGO="1")
    assert (code, out) == (1, "")
    assert COMMAND in err
    assert not [line for line in machine.called() if "apt-get" in line]


def test_when_sudo_refuses_it_stops_with_the_command(machine: Machine) -> None:
    machine.put("id", "#!/bin/sh\necho 1000\n")
    machine.put("sudo", "#!/bin/sh\nexit 1\n")
    code, _, err = machine.run("build", NO_PANGO="1")
    assert code == 1
    assert f"sudo {COMMAND}" in err


def test_on_macos_it_stops_with_the_command(machine: Machine) -> None:
    machine.put("uname", "#!/bin/sh\necho Darwin\n")
    code, _, err = machine.run("build", NO_PANGO="1")
    assert code == 1
    assert err.splitlines()[-1].strip() == "brew install pango"
    (machine.bin / "npm").unlink()
    code, _, err = machine.run("build")
    assert code == 0
    assert "brew install node" in err


def test_an_old_python_is_named(machine: Machine) -> None:
    code, out, err = machine.run("build", TOO_OLD="1")
    assert (code, out) == (1, "")
    assert "3.11 or later; python3 is Python 3.10.1" in err


def test_when_all_is_there_two_comparisons_are_all_it_adds(machine: Machine) -> None:
    machine.run("build")
    for name in BORROWED:
        real = (machine.bin / name).readlink()
        (machine.bin / name).unlink()
        machine.put(name, f'#!/bin/sh\necho {name} >>"$LOG"\nexec {real} "$@"\n')
    machine.called()
    machine.run("build")
    assert machine.called() == ["cmp", "cmp", "invoke"]

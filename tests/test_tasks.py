"""The command line as an editor uses it: a checkout of its own, ``inv`` as a process."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import desk
from tests.publish.fakes import contents

ROOT = Path(__file__).parents[1]
SLUG = "my-interview"
FILES = {
    f"{SLUG}/{SLUG}.en.a4.pdf",
    f"{SLUG}/{SLUG}.en.a5.pdf",
    f"{SLUG}/{SLUG}.en.cover.jpg",
    f"{SLUG}/{SLUG}.en.docx",
    f"{SLUG}/{SLUG}.en.epub",
    f"{SLUG}/{SLUG}.en.html",
    f"{SLUG}/{SLUG}.en.translation.zip",
    f"{SLUG}/index.html",
    f"{SLUG}/manifest.json",
    f"{SLUG}/SHA256SUMS",
    "index.html",
    "manifest.json",
    "SHA256SUMS",
}


def copy(target: Path) -> Path:
    """Make a checkout without manuscripts, with this program's code of the moment.

    Compiled modules come along, as they lie in a checkout that has been used; another process may
    be writing one, under a name of its own, at this moment. The judges' packages stay away: they
    have thousands of files, and nothing here asks a judge.
    """
    for name in ("pipeline", "styles"):
        ignored = shutil.ignore_patterns(
            "*.pyc.*", *(["node_modules"] if name == "pipeline" else [])
        )
        shutil.copytree(ROOT / name, target / name, ignore=ignored, symlinks=True)
    for name in ("tasks.py", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, target / name)
    return target


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that the tests of this module share, with one new manuscript."""
    root = copy(tmp_path_factory.mktemp("checkout"))
    assert inv(root, "new", SLUG).returncode == 0
    return root


def project(target: Path) -> Path:
    """Begin a project of its own, for which this checkout's program works."""
    (target / "source").mkdir()
    return target


def inv(
    root: Path,
    *args: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    umask: int = -1,
) -> subprocess.CompletedProcess[str]:
    """Run a task as ``./inv`` does once the machine is prepared."""
    checkout = root if (root / "pipeline").is_dir() else ROOT
    return subprocess.run(
        [sys.executable, "-P", str(checkout / "pipeline/faircopy/__main__.py"), *args],
        cwd=cwd or root,
        env={**os.environ, "FAIRCOPY_PROJECT": str(root), "FAIRCOPY_DOOR": "./inv", **(env or {})},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_every_task_and_option_is_explained() -> None:
    listed = inv(ROOT, "--list").stdout
    for name in ("build", "lint", "new", "doctor", "clean", "test", "snapshot", "bench"):
        line = next(line for line in listed.splitlines() if line.split()[:1] == [name])
        assert len(line.split()) > 3
        shown = inv(ROOT, "--help", name).stdout
        options = shown.partition("Options:")[2].splitlines()
        for number, option in enumerate(options):
            if option.strip().startswith("-"):
                described = len(option.split("   ")) > 1 or not options[
                    number + 1
                ].strip().startswith("-")
                assert described, option


def test_the_tasks_load_next_to_nothing() -> None:
    names = {
        node.module if isinstance(node, ast.ImportFrom) else alias.name
        for path in ("tasks.py", "tasks_translate.py", "cli.py")
        for node in ast.parse((ROOT / "pipeline/faircopy" / path).read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name for name in names if name and name.startswith("faircopy")} == {
        "faircopy",
        "faircopy.cli",
        "faircopy.core.door",
        "faircopy.core.scratch",
    }


def test_what_is_compiled_is_kept(tmp_path: Path) -> None:
    """Invoke forbids it, and each command would compile all that it loads."""
    env = {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    inv(ROOT, "explain", "image-alt", env=env)
    kept = {path.name.partition(".")[0] for path in tmp_path.rglob("explain/*.pyc")}
    assert {"console", "index"} <= kept


@pytest.mark.slow
def test_nothing_is_left_in_the_temporary_folder(checkout: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {"TMPDIR": folder}
        assert inv(checkout, "build", "--force", "--formats", "epub,docx", env=env).returncode == 0
        assert inv(checkout, "build", "--force", "--formats", "none", env=env).returncode == 1
        assert list(Path(folder).iterdir()) == []


@pytest.mark.slow
def test_parts_are_built_and_gathered(checkout: Path, tmp_path: Path) -> None:
    """Three folders behind one task: the part that has the manuscript, again, and one more."""
    for number in ("1", "2"):
        built = inv(checkout, "build", "--formats", "docx", "--shard", f"{number}/2")
        assert built.returncode == 0, built.stderr
    for name in ("one", "two"):
        shutil.copytree(checkout / "dist", tmp_path / name)
    shutil.rmtree(checkout / "dist")
    places = [str(tmp_path / name) for name in ("one", "two", "nowhere")]
    done = inv(checkout, "gather", *places)
    assert (done.returncode, "nowhere cannot be verified" in done.stderr) == (1, True)
    done = inv(checkout, "gather", *places[:2])
    assert (done.returncode, done.stdout) == (0, "1 sets are in dist/\n")
    assert (checkout / f"dist/{SLUG}/{SLUG}.en.docx").is_file()


LOADED = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path("pipeline").absolute()))
sys.argv[1:] = ["build"]
from faircopy.__main__ import run
try:
    run()
finally:
    print(*sys.modules, sep=chr(10))
"""


def test_a_rebuild_of_nothing_loads_nothing_heavy(checkout: Path) -> None:
    """What the workers' server loads meanwhile nobody waits for; it is ended with the command."""
    assert inv(checkout, "build").returncode == 0
    (checkout / "loaded.py").write_text(LOADED)
    command = [sys.executable, "-P", "loaded.py"]
    env = {**os.environ, "FAIRCOPY_PROJECT": str(checkout)}
    again = subprocess.run(
        command, cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    loaded = set(again.stdout.splitlines())
    assert "faircopy.publish.engine" in loaded
    heavy = {
        "weasyprint",
        "docx",
        "ebooklib",
        "lxml.etree",
        "rich",
        "pikepdf",
        "fontTools",
        "uharfbuzz",
        "faircopy.manuscript",
        "faircopy.publish.making",
        "faircopy.publish.workers",
        "concurrent.futures.process",
    }
    assert not loaded & heavy


def test_a_build_of_all_that_there_is(checkout: Path) -> None:
    done = inv(checkout, "build")
    assert done.returncode == 0, done.stderr
    assert set(contents(checkout / "dist")) == FILES
    assert f"dist/{SLUG}/{SLUG}.en.a5.pdf" in done.stdout
    assert "Traceback" not in done.stderr


def test_json_is_one_document_on_standard_output(checkout: Path) -> None:
    done = inv(checkout, "build", "--json", "--force", "--formats", "docx,bundle")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["ok"] is True
    assert [file["format"] for file in report["files"]] == ["docx", "bundle"]
    assert done.stderr == ""


def test_json_is_one_document_when_what_was_built_is_judged_too(tmp_path: Path) -> None:
    """Of a bundle alone: its judges start no Java and no browser."""
    checkout = project(tmp_path)
    assert inv(checkout, "new", SLUG).returncode == 0
    done = inv(checkout, "build", "--json", "--check", "--formats", "bundle", env={"CI": ""})
    report = json.loads(done.stdout)
    assert report["ok"] == (done.returncode == 0)
    assert [file["format"] for file in report["files"]] == ["bundle"]
    assert (checkout / f"dist/{SLUG}/report.html").exists()
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("build", "--manuscript", "my-intervew"), f"Did you mean “{SLUG}”?"),
        (("build", "--formats", "pfd"), "Did you mean “pdf”?"),
        (("build", "--page", "a6"), "Known are: 5.5x8.5in, 6x9in, a4"),
        (("build", "--theme", "theem"), 'Did you mean "theme"?'),
        (("lint", "--manuscript", "nothing"), "unknown-manuscript"),
        (("new", "../escape"), "Try: ./inv new escape"),
        (("new", SLUG), "manuscript-exists"),
        (("new", "another", "--kind", "novel"), "unknown-kind"),
        (("new", "--help"), "Write: ./inv --help new"),
        (("translate.export", "--help"), "Write: ./inv --help translate.export"),
        (("translate.import", "--help"), "Write: ./inv --help translate.import"),
    ],
)
def test_a_wrong_request_is_told_without_a_traceback(
    checkout: Path, args: tuple[str, ...], said: str
) -> None:
    done = inv(checkout, *args)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_wrong_request_is_told_to_machines_as_json(checkout: Path) -> None:
    done = inv(checkout, "build", "--json", "--formats", "pfd")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["ok"] is False
    assert report["diagnostics"][0]["code"] == "unknown-format"


def test_a_manuscript_to_be_mended_is_named_by_line(checkout: Path) -> None:
    broken = checkout / "source/broken"
    broken.mkdir()
    try:
        (broken / "manuscript.md").write_text("---\ntitle: T\nlnag: en\n---\n\nText.\n")
        done = inv(checkout, "build", "--formats", "docx,bundle")
        assert done.returncode == 1
        assert "source/broken/manuscript.md:3:1: error:" in done.stderr
        assert "did you mean “lang”" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (checkout / "dist/broken").exists()
        assert (checkout / f"dist/{SLUG}/{SLUG}.en.docx").exists()
    finally:
        shutil.rmtree(broken)


def test_lint_shows_findings_and_ends_well_without_errors(checkout: Path) -> None:
    done = inv(checkout, "lint")
    assert done.returncode == 0
    assert f"source/{SLUG}/manuscript.md" in done.stdout
    listed = json.loads(inv(checkout, "lint", "--json").stdout)
    assert {item["severity"] for item in listed} <= {"warning", "note"}


def test_clean_leaves_nothing_but_the_readme(tmp_path: Path) -> None:
    root = copy(tmp_path)
    inv(root, "new", SLUG)
    (root / "dist").mkdir()
    (root / "dist/README.md").write_text("what appears here")
    assert inv(root, "build", "--formats", "bundle").returncode == 0
    done = inv(root, "clean")
    assert done.returncode == 0
    assert set(contents(root / "dist")) == {"README.md"}
    assert not (root / ".cache/build").exists()
    assert "nothing to remove" in inv(root, "clean").stdout


@pytest.mark.slow
def test_another_machine_day_and_folder_give_the_same_bytes(tmp_path: Path) -> None:
    """Two checkouts in two places, built in turn as differently as one machine can."""
    interview = "president-of-kazakhstan-interview"
    roots = [copy(tmp_path / "one"), copy(tmp_path / "a longer way" / "to two")]
    for root in roots:
        shutil.copytree(ROOT / "source" / interview, root / "source" / interview)
        every = ROOT / "tests/manuscripts/every-construct"
        shutil.copytree(every, root / "source/every-construct")
    asked = ("build", "--lang", "en")
    first = inv(roots[0], *asked, env={"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"})
    second = inv(
        roots[1],
        *asked,
        "--jobs",
        "1",
        cwd=tmp_path,
        env={
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "2",
            "HOME": "/nowhere",
            **desk.odd(tmp_path),
        },
        umask=0o077,
    )
    assert first.returncode == 0, first.stderr
    assert second.returncode == 0, second.stderr
    one, two = (contents(root / "dist") for root in roots)
    assert set(one) == set(two)
    assert [name for name in one if one[name] != two[name]] == []


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("{ sleep 0.5; $DOOR --list; } | true; exit ${PIPESTATUS[0]}", 141, ""),
        (
            "$DOOR --list >/dev/full",
            1,
            "not all could be done or said: No space left on device\n",
        ),
        ("$DOOR --list >&-", 0, ""),
        (
            "ulimit -v 200000; $DOOR --list",
            1,
            "A process may have 204 MB of memory here, and needs 400."
            " Allow more: ulimit -v 390625\n",
        ),
        ("$DOOR biuld", 1, "There is no task “biuld”. Did you mean: ./inv build\n"),
        ("$DOOR xyzzy", 1, "No idea what 'xyzzy' is!\n"),
        ("$DOOR build --jobs x", 1, "“x” is no whole number. See: ./inv --help build\n"),
        (
            f"$DOOR watch --port {'9' * 5000}",
            1,
            "That number is too long. See: ./inv --help watch\n",
        ),
    ],
)
def test_an_output_that_is_not_there_and_a_slip_are_no_tracebacks(
    command: str, code: int, said: str
) -> None:
    env = {
        **os.environ,
        "DOOR": f"{sys.executable} -m faircopy",
        "FAIRCOPY_DOOR": "./inv",
        "PYTHONPATH": str(ROOT / "pipeline"),
    }
    done = subprocess.run(
        ["bash", "-c", command], env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (code, said)


def test_a_new_projects_name_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "faircopy", "init", "a \x1b[31m"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "\x1b" not in done.stdout
    assert "cd 'a \\u001b[31m' && " in done.stdout

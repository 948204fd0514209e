from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from faircopy.core.diagnostics import PublishError
from faircopy.core.model import Artifact
from faircopy.publish import exchange, publish, shards
from faircopy.publish.manifest import MANIFEST, PAGE, SUMS, FileEntry, Hashed, Provenance, entry
from faircopy.publish.publish import NewSet
from syrupy.assertion import SnapshotAssertion

from tests.publish.fakes import contents

FROM = Provenance(
    source=Hashed("source/one/manuscript.md", "5" * 64),
    theme=Hashed("theme", "7" * 64),
    code="c" * 64,
    lock="1" * 64,
)


def a_set(slug: str = "one", made_from: Provenance = FROM, **texts: str) -> NewSet:
    files: list[tuple[FileEntry, bytes]] = []
    for kind, text in texts.items():
        made = Artifact(
            name=f"en.{kind}",
            media_type=shards.TYPES.get(f".{kind}", f"text/{kind}"),
            data=text.encode(),
            facts={"words": len(text.split()), "pages": 1, "fonts": ("Serif", "Sans")},
        )
        files.append((entry(slug, kind, made), made.data))
    return NewSet(slug, made_from, {"pandoc": "3.9"}, tuple(files))


def newer(sha256: str) -> Provenance:
    source = Hashed(FROM.source.name, sha256)
    return Provenance(source, FROM.theme, FROM.code, FROM.lock)


def without_exchange(one: Path, other: Path) -> None:
    raise OSError(errno.EINVAL, "not here")


@pytest.fixture(params=["exchanged", "renamed"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with the system's exchange of folders, and as on a share that has none."""
    if request.param == "renamed":
        monkeypatch.setattr(exchange, "_exchange", without_exchange)


def styled(text: str) -> str:
    """Return a record without the sums of pages, and of what has them: styles may change."""
    text = re.sub(r"[0-9a-f]{64}(?=  (?:\w+/)?(?:index\.html|manifest\.json))", "of today", text)
    return re.sub(r'("page": ")[0-9a-f]{64}', r"\1of today", text)


def test_the_manifests_tell_what_lies_there(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    publish.publish(tmp_path, a_set(docx="a text", pdf="another text"))
    publish.publish(tmp_path, a_set("two", docx="more"))
    shown = {
        name: styled(data.decode())
        for name, data in contents(tmp_path).items()
        if name.endswith((".json", "SUMS"))
    }
    assert "\n".join(f"=== {name}\n{text}" for name, text in shown.items()) == snapshot


@pytest.mark.usefixtures("either_way")
def test_a_new_set_takes_the_old_ones_place(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="old", pdf="old"))
    done = publish.publish(tmp_path, a_set(made_from=newer("6"), docx="new", pdf="new"))
    assert done.changed
    assert done.diagnostics == ()
    assert (tmp_path / "one/one.en.docx").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "SHA256SUMS",
        "index.html",
        "manifest.json",
        "one",
    ]


@pytest.mark.usefixtures("either_way")
def test_what_faircopy_did_not_make_stays(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="old"))
    (tmp_path / "one/notes.txt").write_text("mine")
    (tmp_path / "one/letters").mkdir()
    (tmp_path / "one/letters/first.txt").write_text("mine too")
    (tmp_path / "one/link").symlink_to("nowhere")
    (tmp_path / "README.md").write_text("what appears here")
    publish.publish(tmp_path, a_set(docx="new"))
    assert (tmp_path / "one/notes.txt").read_text() == "mine"
    assert (tmp_path / "one/letters/first.txt").read_text() == "mine too"
    assert (tmp_path / "one/link").is_symlink()
    assert (tmp_path / "README.md").exists()
    assert (tmp_path / "one/one.en.docx").read_text() == "new"


def test_a_publishers_file_that_is_named_after_the_set_stays(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="old", pdf="gone"))
    (tmp_path / "one" / "one.errata.txt").write_text("page 3")
    publish.publish(tmp_path, a_set(docx="new", made_from=newer("6" * 64)))
    kept = {path.name for path in (tmp_path / "one").iterdir()}
    assert kept == {"one.en.docx", "one.errata.txt", MANIFEST, SUMS, PAGE}


def test_a_report_goes_with_the_set_that_it_saw(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="old"))
    (tmp_path / "one/report.html").write_text("all is well")
    publish.publish(tmp_path, a_set(docx="old"))
    assert (tmp_path / "one/report.html").exists()
    publish.publish(tmp_path, a_set(docx="new"))
    assert not (tmp_path / "one/report.html").exists()


def test_a_damaged_file_that_is_not_made_again_goes(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="a", pdf="b"))
    (tmp_path / "one/one.en.pdf").write_text("damaged")
    done = publish.publish(tmp_path, a_set(docx="a"))
    assert [(item.code, str(item.place)) for item in done.diagnostics] == [
        ("stale-removed", f"{tmp_path.name}/one/one.en.pdf")
    ]
    assert not (tmp_path / "one/one.en.pdf").exists()


def test_a_link_in_the_sets_place_is_replaced_and_its_target_left(tmp_path: Path) -> None:
    dist, elsewhere = tmp_path / "dist", tmp_path / "elsewhere"
    dist.mkdir()
    elsewhere.mkdir()
    (elsewhere / "one.en.docx").write_text("theirs")
    (dist / "one").symlink_to(elsewhere)
    publish.publish(dist, a_set(docx="ours"))
    assert not (dist / "one").is_symlink()
    assert (dist / "one/one.en.docx").read_text() == "ours"
    assert (elsewhere / "one.en.docx").read_text() == "theirs"


def test_what_a_killed_build_left_is_swept(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="old"))
    left = tmp_path / ".staging" / "one"
    left.mkdir(parents=True)
    (left / "one.en.docx").write_text("half")
    assert not publish.publish(tmp_path, a_set("two", docx="x")).diagnostics
    assert not (tmp_path / ".staging").exists()
    assert (tmp_path / "one/one.en.docx").read_text() == "old"


def test_a_kill_between_two_renames_is_mended(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="old"))
    aside = tmp_path / ".staging/aside/one"
    aside.parent.mkdir(parents=True)
    (tmp_path / "one").rename(aside)
    publish.publish(tmp_path, a_set("two", docx="x"))
    assert (tmp_path / "one/one.en.docx").read_text() == "old"
    assert json.loads((tmp_path / "manifest.json").read_text())["publications"][0]["slug"] == "one"


def refuse_writes(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    whole = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if path.name == "one.en.pdf":
            whole(path, data[: len(data) // 2])
            raise OSError(number, os.strerror(number), str(path))
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EACCES, "dist-not-writable"),
        (errno.EROFS, "dist-not-writable"),
        (errno.EIO, "publish-failed"),
    ],
)
def test_when_writing_fails_the_old_set_is_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    publish.publish(tmp_path, a_set(docx="old", pdf="old"))
    old = contents(tmp_path)
    with monkeypatch.context() as patch:
        refuse_writes(patch, number)
        with pytest.raises(PublishError) as caught:
            publish.publish(tmp_path, a_set(docx="new", pdf="new"))
    assert caught.value.diagnostics[0].code == code
    assert caught.value.diagnostics[0].remedy
    assert contents(tmp_path) == old
    assert publish.publish(tmp_path, a_set(docx="new", pdf="new")).changed


@pytest.mark.parametrize("fails", ["exchange", "second rename"])
def test_when_the_exchange_fails_the_old_set_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    publish.publish(tmp_path, a_set(docx="old"))
    old = contents(tmp_path)
    calls: list[Path] = []
    rename = Path.rename

    def second_fails(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(errno.EIO, "broken")
        return rename(path, target)

    def broken(one: Path, other: Path) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "_exchange", broken if fails == "exchange" else without_exchange)
        patch.setattr(Path, "rename", second_fails)
        with pytest.raises(PublishError):
            publish.publish(tmp_path, a_set(docx="new"))
    assert contents(tmp_path) == old


def test_a_set_is_on_the_disk_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(tmp_path, a_set(docx="old"))
    told: list[int] = []
    fsync, swap = os.fsync, exchange._exchange
    late: set[str] = set()

    def sync(handle: int) -> None:
        fsync(handle)
        told.append(os.fstat(handle).st_ino)

    def exchanged(new: Path, old: Path) -> None:
        late.update(path.name for path in (new, *new.iterdir()) if path.stat().st_ino not in told)
        swap(new, old)
        told.clear()

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(exchange, "_exchange", exchanged)
    publish.publish(tmp_path, a_set(docx="new", pdf="new"))
    assert not late
    assert tmp_path.stat().st_ino in told  # the exchange itself


@pytest.mark.parametrize("name", ["one", "SHA256SUMS", "index.html", "manifest.json"])
def test_what_lies_in_the_way_is_told_and_stays(tmp_path: Path, name: str) -> None:
    if name == "one":
        (tmp_path / name).write_text("mine")
    else:
        (tmp_path / name).mkdir()
    before = contents(tmp_path)
    with pytest.raises(PublishError, match=f"{name} is .*in-the-way"):
        publish.publish(tmp_path, a_set(docx="new"))
    assert contents(tmp_path) == before


def test_pipes_and_copies_in_dist_hold_nobody_up(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="old", pdf="old"))
    shutil.copytree(tmp_path / "one", tmp_path / "a-copy")
    for name in ("two/manifest.json", "one/one.en.pdf", "one/mine"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).unlink(missing_ok=True)
        os.mkfifo(tmp_path / name)
    publish.publish(tmp_path, a_set(docx="new"))
    lines = (tmp_path / "SHA256SUMS").read_text().splitlines()
    assert [line[66:] for line in lines] == [
        "index.html",
        "manifest.json",
        "one/index.html",
        "one/manifest.json",
        "one/one.en.docx",
    ]


def test_a_manifest_that_names_files_elsewhere_is_none(tmp_path: Path) -> None:
    publish.publish(tmp_path / "dist", a_set(docx="old"))
    manifest = tmp_path / "dist/one/manifest.json"
    manifest.write_text(manifest.read_text().replace("one.en.docx", "one./../../secret"))
    (tmp_path / "secret").write_text("mine")
    publish.publish(tmp_path / "dist", a_set(pdf="new"))
    assert {path.name for path in (tmp_path / "dist/one").iterdir()} == {
        "one.en.pdf",
        MANIFEST,
        SUMS,
        PAGE,
    }


def test_a_file_in_dists_place_is_told(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.write_text("a file")
    with pytest.raises(PublishError):
        publish.publish(dist, a_set(docx="new"))
    assert dist.read_text() == "a file"


def test_the_sums_are_those_that_sha256sum_makes(tmp_path: Path) -> None:
    publish.publish(tmp_path, a_set(docx="a", pdf="b"))
    lines = (tmp_path / "SHA256SUMS").read_text().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    assert listed == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in contents(tmp_path).items()
        if not name.endswith("SHA256SUMS")
    }
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)


def test_cleaning_leaves_the_readme(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("stays")
    publish.publish(tmp_path, a_set(docx="a"))
    assert publish.clean(tmp_path) == ("SHA256SUMS", "index.html", "manifest.json", "one")
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert publish.clean(tmp_path / "missing") == ()

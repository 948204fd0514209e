"""Whoever downloads a set can hold it against its checksums."""

import hashlib
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest
from faircopy.core.limits import SUMS
from faircopy.publish import verifying
from faircopy.publish.verifying import NotASet, verify


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "a-set"
    folder.mkdir()
    lines = []
    for name in ("a.en.epub", "a.en.docx"):
        (folder / name).write_bytes(name.encode() * 1000)
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        lines.append(f"{digest}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines))
    (folder / "report.html").write_text("<p>")
    return folder


def zipped(folder: Path, top: str) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, top + file.name)
    return path


def test_a_folder_and_a_zip_as_they_were_made(made: Path) -> None:
    expected = (("a.en.epub", "a.en.docx"), ())

    assert verify(made) == expected
    assert verify(zipped(made, "")) == expected
    assert verify(zipped(made, "a-set/")) == expected


def test_what_is_wrong_is_named(made: Path) -> None:
    (made / "a.en.epub").write_bytes(b"x")
    (made / "a.en.docx").unlink()
    (made / "more.exe").write_bytes(b"x")

    for path in (made, zipped(made, "")):
        right, wrong = verify(path)
        assert right == ()
        assert [(item.code, item.message.split()[0]) for item in wrong] == [
            ("file-missing", "a.en.docx"),
            ("file-changed", "a.en.epub"),
            ("file-unlisted", "more.exe"),
        ]


@pytest.mark.parametrize("swapped", ["pipe", "link"])
def test_a_file_that_becomes_something_else_meanwhile_is_not_opened(
    made: Path, monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    """What takes the place of a listed file may keep us waiting for ever, or lead elsewhere."""
    inner = verifying._listed

    def swap(path: Path, files: verifying._Files) -> dict[str, str]:
        listed = inner(path, files)
        same = made.parent / "same"
        (made / "a.en.epub").rename(same)
        if swapped == "pipe":
            os.mkfifo(made / "a.en.epub")
        else:
            (made / "a.en.epub").symlink_to(same)
        return listed

    monkeypatch.setattr(verifying, "_listed", swap)
    right, (wrong,) = verify(made)
    assert right == ("a.en.docx",)
    assert wrong.code == "file-changed"


@pytest.mark.parametrize("text", ["", "not a list\n", "abc  a.en.epub\n"])
def test_a_list_that_is_none(made: Path, text: str) -> None:
    (made / "SHA256SUMS").write_text(text)

    with pytest.raises(NotASet, match="not a list"):
        verify(made)


def test_no_set_at_all(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK no")

    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "x.zip"):
        with pytest.raises(NotASet):
            verify(path)


def test_a_bomb_is_not_unpacked(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faircopy.publish.verifying.LARGEST", 1000)

    with pytest.raises(NotASet, match="more than"):
        verify(zipped(made, ""))


def test_a_list_without_end_is_not_read(made: Path) -> None:
    """Of a hole of 1.9 GB nothing is read."""
    with (made / "SHA256SUMS").open("r+b") as file:
        file.truncate(1_900_000_000)
    with pytest.raises(NotASet, match="SHA256SUMS has more than 10,000,000 bytes"):
        verify(made)
    with (made / "SHA256SUMS").open("r+b") as file:
        file.truncate(SUMS.most + 1)
    with pytest.raises(NotASet, match="SHA256SUMS has more than 10,000,000 bytes"):
        verify(zipped(made, ""))


def test_a_damaged_zip_ends_in_findings_whatever_is_damaged(made: Path) -> None:
    sound = zipped(made, "").read_bytes()
    path = made.parent / "damaged.zip"
    chance = random.Random("damaged")
    changed = 0
    for _ in range(400):
        data = bytearray(sound)
        for _ in range(chance.choice((1, 1, 2, 4))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data))
        try:
            _, wrong = verify(path)
        except NotASet:
            continue
        changed += any(item.code == "file-changed" for item in wrong)
    assert changed > 20


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_a_file_twice_is_no_set(made: Path) -> None:
    path = zipped(made, "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("a.en.epub", "another")
    with pytest.raises(NotASet, match="same name"):
        verify(path)


def test_a_zip_packed_as_no_set_is_is_not_unpacked(made: Path) -> None:
    """LZMA takes as much memory as the packer says, and has errors of its own."""
    path = made.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for file in made.iterdir():
            archive.write(file, file.name)
    with pytest.raises(NotASet, match="packed as no set"):
        verify(path)


def test_a_list_of_files_that_is_as_long_as_its_zip_says_is_not_read(tmp_path: Path) -> None:
    size = 2_000_000_000
    path = tmp_path / "hole.zip"
    with path.open("wb") as file:
        file.seek(size)
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, size, 0, 0))
    with pytest.raises(NotASet, match="list of files has more than 10,000,000 bytes"):
        verify(path)

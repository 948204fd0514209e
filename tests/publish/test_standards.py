"""The task that holds files of any program against their standards."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from faircopy.publish import standards

GOOD = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def _files(folder: Path) -> list[Path]:
    (folder / "a.po").write_bytes(GOOD)
    (folder / "b.po").write_bytes(GOOD + b'\nmsgid "a\n' * 200)
    with zipfile.ZipFile(folder / "c.zip", "w") as zipped:
        zipped.writestr("in/a.po", GOOD)
        zipped.writestr("README.txt", "no exchange file")
    return [folder / name for name in ("a.po", "b.po", "c.zip", "none.po")]


def test_each_file_is_held_by_itself(tmp_path: Path) -> None:
    good, bad, zipped, absent = standards.hold(_files(tmp_path))
    assert good.faults == zipped.faults == ()
    assert (len(bad.faults), bad.more) == (standards.SHOWN, True)
    assert [one.code for one in absent.faults] == ["file-unreadable"]


@pytest.mark.slow
def test_the_task_says_whether_all_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, zipped, _ = _files(tmp_path)
    assert standards.check([good, zipped])
    assert "keeps its standard" in capsys.readouterr().out
    assert not standards.check([good, bad], json=True)
    told = json.loads(capsys.readouterr().out)
    assert [bool(one["faults"]) for one in told["files"]] == [False, True]
    assert not standards.check([bad])
    out, err = capsys.readouterr()
    assert "100 and more faults" in out
    assert f"{bad}:4: error: This is no line of a PO file. [exchange-line]" in err

"""What looks at pages in tests sees the project's fonts, and none of the machine's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from faircopy.core import cage
from faircopy.proof.desk import VARIABLES
from faircopy.publish.project import Project
from faircopy.publish.seat import seated
from faircopy.publish.trade import theme_of
from faircopy.theme import fonts, names

from tests import desk
from tests.editions import house


def seen() -> Iterator[Path]:
    """Yield the font files that Fontconfig finds now, in this process."""
    from weasyprint.text.ffi import ffi, fontconfig

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    found = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    name = ffi.new("FcChar8 **")
    for number in range(found.nfont):
        fontconfig.FcPatternGetString(found.fonts[number], b"file", 0, name)
        yield Path(os.fsdecode(ffi.string(name[0])))


def test_tests_see_the_fonts_of_the_project_alone() -> None:
    ours = {fonts.file(face).resolve() for face in house().faces if not face.optional}
    assert {path.resolve() for path in seen()} == ours


def test_what_the_doctor_fetches_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An optional face is not seen, whether it is installed or not."""
    sure = next(face for face in house().faces if face.package)
    fetched = next(face for face in house().faces if face.optional)
    monkeypatch.setattr(fonts, "installed", lambda face: True)
    for name, value in desk.furnish(tmp_path, [sure, fetched]).items():
        monkeypatch.setenv(name, value)
    assert [path.resolve() for path in seen()] == [fonts.file(sure)]


def test_who_checks_or_looks_sees_the_faces_of_the_project_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The machine's fonts were seen, so that a page was otherwise on another machine."""
    monkeypatch.delenv("FONTCONFIG_PATH")
    before = dict(os.environ)
    project = Project.here()
    with seated(project):
        assert {path.resolve() for path in seen()} == {
            fonts.file(face).resolve()
            for name in names(project.styles)
            for face in theme_of(project, name).faces
            if fonts.installed(face)
        }
    assert os.environ == before


def test_a_caged_program_sees_the_same() -> None:
    said = cage.run(["printenv", *VARIABLES], timeout=30).stdout.decode().split()
    assert said == [os.environ[name] for name in VARIABLES]

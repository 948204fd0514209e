"""Every page looks as it did when someone last looked at it.

``./inv snapshot --only visual`` approves what there is now: look at it first, with
``./inv proof``. A page that changed is shown before, after and the difference side by side (red:
ink that came, blue: ink that went) under ``.cache/visual/``; the failure names the files.
LibreOffice's and Chromium's pages are as their present versions set them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from syrupy.assertion import SnapshotAssertion

from tests.visual import raster
from tests.visual.conftest import INTERVIEW, ROOT

Pages = tuple[Image.Image, ...]
SEEN = ROOT / ".cache" / "visual"
SCRIPTS = ("every-construct", "ur", "ar", "he", "zh", "kk", "ru")


def look(name: str, edition: str, pages: Pages, approved: SnapshotAssertion) -> None:
    """Hold pages against the approved ones; on a difference, show it and fail."""
    now = tuple(map(raster.grid, pages))
    if raster.text(now) == approved:
        return
    result = approved.executions[max(approved.executions)]
    if result.recalled_data is None:
        pytest.fail("nobody has approved these pages; look at them, then ./inv snapshot")
    then = raster.read(str(result.recalled_data))
    shown = raster.show(SEEN, f"{name}.{edition}", then, now, pages)
    paths = [path.relative_to(ROOT).as_posix() for path in shown]
    pytest.fail(f"looks different ({len(then)} pages then, {len(now)} now): {', '.join(paths)}")


@pytest.mark.parametrize("edition", ["pdf.a5", pytest.param("pdf.a4", marks=pytest.mark.slow)])
def test_the_interview(
    edition: str, pictures: Callable[[str, str], Pages], approved: SnapshotAssertion
) -> None:
    look(INTERVIEW, edition, pictures(INTERVIEW, edition), approved)


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["pdf.a4", "pdf.a5"])
@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_on_paper(
    name: str, edition: str, pictures: Callable[[str, str], Pages], approved: SnapshotAssertion
) -> None:
    look(name, edition, pictures(name, edition), approved)


@pytest.mark.needs("soffice")
@pytest.mark.slow
@pytest.mark.parametrize("name", [INTERVIEW, "every-construct", "ur", "kk"])
def test_documents_in_libreoffice(
    name: str, pictures: Callable[[str, str], Pages], approved: SnapshotAssertion
) -> None:
    look(name, "docx", pictures(name, "docx"), approved)


@pytest.mark.needs("chromium")
@pytest.mark.slow
@pytest.mark.parametrize("name", [INTERVIEW, "every-construct", "ur", "zh"])
def test_books_on_a_phone(
    name: str, pictures: Callable[[str, str], Pages], approved: SnapshotAssertion
) -> None:
    look(name, "epub", pictures(name, "epub"), approved)

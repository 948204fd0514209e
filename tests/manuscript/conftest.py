"""A manuscript made of a few lines, for tests that read one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core.model import Publication

FRONT = "---\ntitle: A title\nlang: en-GB\n---\n\n"

Read = Callable[..., Publication]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads a text (with a plain front matter unless it has its own)."""

    def reader(text: str | bytes, **beside: str) -> Publication:
        folder = tmp_path / "a-manuscript"
        folder.mkdir(exist_ok=True)
        if isinstance(text, str):
            text = (text if text.startswith("---") else FRONT + text).encode()
        (folder / "manuscript.md").write_bytes(text)
        for name, content in beside.items():
            (folder / name.replace("_", ".")).write_text(content, "utf-8")
        return manuscript.read(folder, name="source/a-manuscript")

    return reader

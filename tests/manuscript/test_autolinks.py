"""An address between < and > ends at the last of these signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.manuscript import read

SICI = "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"
PLAIN = "https://example.org/a"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"<{SICI}>", SICI),
        (f"See <{SICI}>, and more.", SICI),
        (f"- *As <{SICI}>.*", SICI),
        (f"Then.^[<{SICI}>.]", SICI),
        (f"<{PLAIN}> > 3", PLAIN),
        (f"<{PLAIN}>3>2", PLAIN),
    ],
)
def test_an_address_is_whole(tmp_path: Path, text: str, shown: str) -> None:
    """It ended at the first: the name of a work lost a sign, and the link led nowhere."""
    front = "---\ntitle: T\nlang: en\nkind: article\n---\n\n"
    (tmp_path / "manuscript.md").write_text(front + text)
    (link,) = ast.find(read(tmp_path).blocks, ast.Link)
    assert ast.text(link.inlines) == shown
    assert link.url == shown.replace("<", "%3C").replace(">", "%3E")

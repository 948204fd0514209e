"""Manuscripts that mean harm, or came to harm: a clear error in bounded time and memory."""

from pathlib import Path

import pytest

from pipeline import manuscript, pandoc
from pipeline.diagnostics import ManuscriptError

FRONT = "---\ntitle: T\nlang: en\n---\n\n"
BOMB = "---\ntitle: T\nlang: en\na: &a [x, x, x, x]\n" + "".join(
    f"{name}: &{name} [*{last}, *{last}, *{last}, *{last}]\n"
    for last, name in zip("abcdefghij", "bcdefghijk", strict=True)
)

HARM = {
    "a line without end": (FRONT + "word " * 400_000, "line-too-long"),
    "YAML that grows": (BOMB + "---\n\ntext\n", "front-matter-anchors"),
    "quotations in quotations": (FRONT + ">" * 1000 + " text\n", "nesting-too-deep"),
    "elements in elements": (
        FRONT + "<div>" * 500 + "x" + "</div>" * 500,
        "nesting-too-deep",
    ),
    "brackets that never close": (FRONT + "[" * 20_000, "pandoc-time"),
    "links that never close": (FRONT + "[a](b " * 8_000, "pandoc-time"),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "CPU_SECONDS", 2)
    text, code = HARM[name]
    (tmp_path / "manuscript.md").write_text(text)

    with pytest.raises(ManuscriptError) as caught:
        manuscript.read(tmp_path)

    assert code in [item.code for item in caught.value.diagnostics]
    assert all(item.remedy for item in caught.value.diagnostics)


def test_a_file_larger_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_bytes(FRONT.encode() + b"word\n" * 4_100_000)

    with pytest.raises(ManuscriptError, match="manuscript-too-large"):
        manuscript.read(tmp_path)


@pytest.mark.parametrize(
    "number", [n for n in (*range(32), *range(127, 160)) if n not in (9, 10, 13)]
)
def test_every_control_character(number: int, tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + f"a{chr(number)}b\n", newline="")

    with pytest.raises(ManuscriptError, match=f"U\\+{number:04X}"):
        manuscript.read(tmp_path)


def test_lone_surrogates(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_bytes(FRONT.encode() + b"a\xed\xa0\x80b\n")

    with pytest.raises(ManuscriptError, match="not-utf-8"):
        manuscript.read(tmp_path)


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("SECRET")
    folder = tmp_path / "m"
    folder.mkdir()
    text = f"{{{{< include {secret} >}}}}\n\n!include {secret}\n\n[a]({secret.as_uri()})\n"
    (folder / "manuscript.md").write_text(FRONT + text)

    publication = manuscript.read(folder)

    assert "SECRET" not in repr(publication.blocks)
    assert [item.code for item in publication.diagnostics] == ["link-scheme"]

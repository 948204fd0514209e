from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pikepdf
import pytest
from faircopy.core import process
from faircopy.core.diagnostics import ToolError
from faircopy.core.model import Artifact
from faircopy.proof import office
from faircopy.publish.jobs import Made
from faircopy.publish.workers import Workers
from faircopy.watch.desk import Desk, Tab
from faircopy.watch.editions import Edition
from faircopy.watch.rounds import LOADED, Rounds, Wish

TEXT = "---\ntitle: Rivers\nlang: en-GB\n---\n\nOne is long. The other is {}.\n"


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    path = tmp_path / "source/rivers/manuscript.md"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT.format("short"), encoding="utf-8")
    return path


@pytest.fixture
def rounds(manuscript: Path) -> Iterator[Rounds]:
    with Workers(1, LOADED) as quick, Workers(1, LOADED) as others:
        yield Rounds(Wish(root=manuscript.parents[2]), ("rivers",), quick=quick, others=others)


def with_word(rounds: Rounds, round: int) -> None:
    artifact = Artifact(name="en.docx", media_type="x/y", data=b"docx", facts={})
    tab = Tab(format="docx", round=round, edition=Edition(made=Made(artifact, 0.1)))
    rounds.desk = Desk(slugs=("rivers",), slug="rivers", round=round, tabs=(tab,))


def test_libreoffice_is_asked_once_for_each_word_document(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def converted(data: bytes, form: str) -> bytes:
        asked.append(data)
        out = io.BytesIO()
        with pikepdf.new() as made:
            made.add_blank_page(page_size=(300, 400))
            made.save(out)
        return out.getvalue()

    async def look() -> None:
        with_word(rounds, 1)
        both = await asyncio.gather(rounds.printed(), rounds.printed())
        assert [(part.width, part.height) for part in both[0].parts] == [(300, 400)]
        assert len(asked) == 1
        with_word(rounds, 2)
        await rounds.printed()
        assert len(asked) == 2

    monkeypatch.setattr(office, "converted", converted)
    asyncio.run(look())


def test_without_libreoffice_its_pages_are_refused(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def converted(data: bytes, form: str) -> bytes:
        raise process.missing("soffice")

    monkeypatch.setattr(office, "converted", converted)
    with_word(rounds, 1)
    with pytest.raises(ToolError):
        asyncio.run(rounds.printed())


async def until(rounds: Rounds, holds: Callable[[Desk], bool]) -> None:
    async with asyncio.timeout(120):
        while not holds(rounds.desk):
            await rounds.moved()


def all_made(desk: Desk) -> bool:
    return all(tab.round == desk.round for tab in desk.tabs)


@pytest.mark.slow
def test_a_newer_save_takes_the_place_of_an_older_one(rounds: Rounds, manuscript: Path) -> None:
    seen: list[tuple[int, ...]] = []

    async def write() -> None:
        rounds.begin("rivers")
        await until(rounds, all_made)
        for word in ("wide", "narrow", "deep"):
            manuscript.write_text(TEXT.format(word), encoding="utf-8")
            rounds.begin("rivers")
            await asyncio.sleep(0.02)
        seen.append(tuple(tab.round for tab in rounds.desk.tabs))
        await until(rounds, all_made)

    asyncio.run(write())
    assert rounds.desk.round == 4
    assert seen == [(1, 1, 1, 1)]  # what was given up came to nothing
    for tab in rounds.desk.tabs:
        assert tab.edition
    words = rounds.desk.tab("docx").edition
    assert words
    assert "The other is deep." in words.parts[words.part].name
    assert not rounds.desk.refused


@pytest.mark.slow
def test_a_theme_that_is_wrong_is_told_and_costs_no_page(rounds: Rounds, manuscript: Path) -> None:
    async def write() -> None:
        rounds.begin("rivers")
        await until(rounds, all_made)
        styles = manuscript.parents[2] / "styles"
        styles.mkdir()
        (styles / "theme.toml").write_text("colour = 3\n", encoding="utf-8")
        rounds.begin("rivers")
        await until(rounds, lambda desk: bool(desk.refused))

    asyncio.run(write())
    assert rounds.desk.refused[0].place
    assert rounds.desk.refused[0].place.file.endswith("theme.toml")
    assert msgspec.structs.asdict(rounds.desk)["tabs"][0].edition

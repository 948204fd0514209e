from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from faircopy.publish.project import Project
from faircopy.watch.desk import Desk
from faircopy.watch.watching import About, follow

PLACE = Project(Path("/project"))
ABOUT = About(PLACE, frozenset({PLACE.root / "faircopy.toml", Path("/elsewhere/house.toml")}))


@pytest.mark.parametrize(
    ("paths", "slug", "lang"),
    [
        (["source/one/manuscript.md"], "one", ""),
        (["source/two/manuscript.md"], "two", ""),  # its own language, whatever was shown
        (["source/two/queries.toml"], "two", "de"),  # a file of all its languages
        (["source/one/pictures/a.png", "source/two/manuscript.md"], "two", ""),  # is on the desk
        (["source/one/queries.toml"], "one", ""),
        (["source/two/translations/ur.xlf"], "two", "ur"),
        (["source/one/translations/ur.xlf"], "one", "ur"),
        (["source/two/translations/ur.reviews.toml"], "two", "ur"),
        (["source/two/translations/de.xlf", "source/two/translations/ar.xlf"], "two", "de"),
        (["source/two/translations/memory.tmx"], "", ""),
        (["source/two/translations/.ur.xlf.part"], "", ""),
        (["source/gone/manuscript.md"], "", ""),
        (["source/notes.txt"], "", ""),
        (["source"], "", ""),
        (["styles/theme.toml"], "two", "de"),
        (["styles/theme.toml", "source/one/manuscript.md"], "two", "de"),
        (["faircopy.toml"], "two", "de"),
        (["/elsewhere/house.toml"], "two", "de"),
        (["/elsewhere/another.toml"], "", ""),
    ],
)
def test_a_save_is_about_a_manuscript_and_a_language(
    paths: list[str], slug: str, lang: str
) -> None:
    there = [PLACE.root / path for path in paths]
    assert ABOUT.touched(("one", "two"), there, "two", "de") == (slug, lang)


def test_files_outside_the_followed_folders_are_followed_alone(tmp_path: Path) -> None:
    """An editor's program puts a new file in the place of the old one: its folder is watched."""
    place = Project(tmp_path / "house")
    text = place.source / "one" / "manuscript.md"
    text.parent.mkdir(parents=True)
    text.write_text("---\ntitle: One\nlang: en\n---\n\nWords.\n", encoding="utf-8")
    theme = tmp_path / "looks" / "own.toml"
    theme.parent.mkdir()
    told: list[tuple[str, str]] = []

    class Rounds:
        desk = Desk(slugs=("one",), slug="one", lang="de")

        def know(self, slugs: tuple[str, ...]) -> None:
            assert slugs == ("one",)

        def begin(self, slug: str, lang: str) -> None:
            told.append((slug, lang))

    async def save() -> None:
        following = asyncio.create_task(follow(place, Rounds(), str(theme)))  # type: ignore[arg-type]
        try:
            async with asyncio.timeout(60):
                for count, path in enumerate((place.root / "faircopy.toml", theme), 1):
                    number = 0
                    while len(told) < count:  # until the system has begun to tell of changes
                        beside = path.with_suffix(".part")
                        beside.write_text(f"# {number}\n", encoding="utf-8")
                        beside.replace(path)
                        number += 1
                        await asyncio.sleep(0.1)
                    told[count:] = []
        finally:
            following.cancel()

    asyncio.run(save())
    assert told == [("one", "de"), ("one", "de")]

"""A release: recorded before it is built, kept only if it could be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Artifact
from faircopy.manuscript import editions
from faircopy.publish import digest, publish, releasing
from faircopy.publish.manifest import Hashed, Provenance, entry
from faircopy.publish.project import Project
from faircopy.publish.publish import NewSet
from faircopy.publish.releasing import Said

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "---\ntitle: A title\nlang: en\n---\n\nOne.\n"


@pytest.fixture
def place(tmp_path: Path) -> Project:
    folder = tmp_path / "source/one"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text(TEXT, encoding="utf-8")
    return Project(tmp_path)


def building(place: Project, seen: list[str] | None = None) -> Callable[[], bool]:
    def build() -> bool:
        if seen is not None:
            seen.append(recorded(place))
        made = Artifact(name="en.epub", media_type="application/epub+zip", data=b"a book", facts={})
        made_from = Provenance(Hashed("one", "5"), Hashed("theme", "7"), code="c", lock="1")
        new = NewSet("one", made_from, {}, ((entry("one", "epub", made, "en"), made.data),))
        publish.publish(place.dist, new)
        return True

    return build


def recorded(place: Project) -> str:
    path = place.source / "one" / editions.EDITIONS
    return path.read_text("utf-8") if path.exists() else ""


def test_it_is_recorded_built_and_its_sums_are_kept(place: Project) -> None:
    seen: list[str] = []
    made = releasing.release(place, "one", Said(note="Out."), NOON, building(place, seen))

    assert made is not None
    assert (made.version, made.date, made.note) == ("1", "2026-03-01T12:00:00Z", "Out.")
    assert "2026-03-01T12:00:00Z" in seen[0]  # the editions are built with their moment
    found = editions.read(place.source / "one", "editions.toml").release[0]
    assert list(found.sums) == ["one.en.epub"]
    assert list(found.words) == ["en"]


def test_a_version_that_is_no_number_is_not_counted_on(place: Project) -> None:
    releases = ("7", "9" * 5_000, "2026")
    text = "".join(
        f'[[release]]\nversion = "{name}"\ndate = 2026-01-0{day}T09:00:00Z\n'
        for day, name in enumerate(releases, 1)
    )
    (place.source / "one" / editions.EDITIONS).write_text(text, encoding="utf-8")

    made = releasing.release(place, "one", Said(note="Out."), NOON, building(place))

    assert made is not None
    assert made.version == "2027"


def test_the_sums_make_nothing_stale(place: Project) -> None:
    folder = place.source / "one"
    before: list[str] = []

    def build() -> bool:
        before.append(digest.of_folder(folder))
        return building(place)()

    for minute, note in enumerate(("Out.", "A new cover.")):
        releasing.release(place, "one", Said(note=note), NOON.replace(minute=minute), build)
        assert digest.of_folder(folder) == before[-1]
    assert before[0] != before[1]


def test_what_cannot_be_built_is_not_recorded(place: Project) -> None:
    assert releasing.release(place, "one", Said(), NOON, lambda: False) is None
    assert recorded(place) == ""
    releasing.release(place, "one", Said(), NOON, building(place))
    before = recorded(place)

    def stopped() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        releasing.release(place, "one", Said(note="x"), NOON.replace(hour=13), stopped)
    assert recorded(place) == before


@pytest.mark.parametrize(
    ("said", "why"), [(Said(version="1", note="x"), "recorded already"), (Said(), "No word")]
)
def test_nothing_is_released_twice(place: Project, said: Said, why: str) -> None:
    releasing.release(place, "one", Said(), NOON, building(place))
    with pytest.raises(ManuscriptError, match=why):
        releasing.release(place, "one", said, NOON.replace(hour=13), building(place))


def test_the_next_number_follows_corrected_words(place: Project) -> None:
    releasing.release(place, "one", Said(), NOON, building(place))
    path = place.source / "one/manuscript.md"
    path.write_text(TEXT.replace("One", "Two"), encoding="utf-8")
    made = releasing.release(place, "one", Said(), NOON.replace(hour=13), building(place))
    assert made is not None
    assert made.version == "2"


def test_a_withdrawn_publication_is_not_released(place: Project) -> None:
    releasing.release(place, "one", Said(), NOON, building(place))
    assert releasing.withdraw(place, "one", "Not his text.", building(place))
    for again in (
        lambda: releasing.withdraw(place, "one", "x", building(place)),
        lambda: releasing.release(place, "one", Said(note="x"), NOON, building(place)),
    ):
        with pytest.raises(ManuscriptError, match="withdrawn"):
            again()

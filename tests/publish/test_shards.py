"""Parts of a build, and how they are gathered."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import EditionError, FaircopyError, PublishError
from faircopy.core.model import About, Kind
from faircopy.proof import static
from faircopy.publish import console, shards
from faircopy.publish.project import Project
from faircopy.publish.publish import NewSet, publish
from faircopy.publish.shards import Shard
from hypothesis import given
from hypothesis import strategies as st

from tests.editions import edition
from tests.publish.fakes import contents, project
from tests.publish.test_publish import FROM, a_set, newer


@given(st.text(min_size=1, max_size=20), st.integers(1, 30))
def test_every_manuscript_is_in_one_part(slug: str, total: int) -> None:
    assert sum(Shard(number, total).has(slug) for number in range(1, total + 1)) == 1


def test_the_part_of_a_manuscript_is_the_same_on_every_machine() -> None:
    """Another formula would leave manuscripts out where two versions build together."""
    parts = {slug: next(n for n in range(1, 6) if Shard(n, 5).has(slug)) for slug in "abcdef"}
    assert parts == {"a": 1, "b": 2, "c": 1, "d": 5, "e": 3, "f": 3}


@pytest.mark.parametrize("text", ["", "3", "0/3", "4/3", "1/0", "-1/3", "a/b", "1/3/", "1/3\n"])
def test_a_part_is_written_as_one_of_several(text: str) -> None:
    with pytest.raises(EditionError, match="is no part"):
        shards.parsed(text)
    assert shards.parsed("3/20") == Shard(3, 20)


def test_parts_are_of_what_is_asked_for(tmp_path: Path) -> None:
    place = project(tmp_path, **dict.fromkeys("abcdef", "text"))
    assert shards.slugs(place, (), Shard(1, 5)) == ("a", "c")
    assert shards.slugs(place, ("b", "c"), Shard(1, 5)) == ("c",)
    assert shards.slugs(place, ("b",), Shard(1, 5)) == ()


def test_a_part_without_manuscripts_builds_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from faircopy.publish.plan import Request

    place = project(tmp_path, a="text")
    assert console.build(Request(), shard="4/5", project=place)
    assert capsys.readouterr().out == "no manuscript is in part 4/5\n"
    assert not place.dist.exists()


# --- gathering -----------------------------------------------------------------------------------


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files of a few words be gathered, which are no editions."""
    monkeypatch.setattr(static, "demand", lambda name, data: None)


def _set(slug: str) -> NewSet:
    made = a_set(slug, docx=f"text {slug}", pdf="more")
    return msgspec.structs.replace(
        made, editions=(About(lang="en", dir="ltr", kind=Kind.BOOK, title=slug),)
    )


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Path, Path]:
    """Two machines' dist/, and both sets in the first for comparison."""
    for name, slug in (("here", "one"), ("there", "two")):
        publish(tmp_path / name, _set(slug))
    return tmp_path / "here", tmp_path / "there"


@pytest.fixture
def place(tmp_path: Path) -> Project:
    (tmp_path / "project").mkdir()
    return project(tmp_path / "project", one="text", two="text")


def test_what_is_gathered_is_what_one_machine_would_have_made(
    parts: tuple[Path, Path], place: Project, tmp_path: Path, unseen: None
) -> None:
    alone = tmp_path / "alone"
    for slug in ("one", "two"):
        publish(alone, _set(slug))
    assert shards.gather(place, parts) == shards.Gathered(("one", "two"), ())
    assert contents(place.dist) == contents(alone)
    assert shards.gather(place, [*parts, parts[0]]).slugs == ("one", "two")  # twice the same


def test_a_manuscript_without_a_set_is_told_and_the_rest_is_published(
    parts: tuple[Path, Path], place: Project, unseen: None
) -> None:
    done = shards.gather(place, parts[:1])
    assert done.slugs == ("one",)
    (missing,) = done.diagnostics
    assert (missing.code, str(missing.place)) == ("set-missing", "source/two")
    assert console.gather(parts[:1], place) is False
    assert console.gather(parts, place) is True


def _changed(dist: Path) -> None:
    (dist / "two/two.en.docx").write_bytes(b"another text")


def _gone(dist: Path) -> None:
    (dist / "two/two.en.pdf").unlink()


def _unsummed(dist: Path) -> None:
    (dist / "SHA256SUMS").unlink()


def _other(**changes: object) -> Callable[[Path], None]:
    """Return what puts a set of another maker, or of other bytes, in a part."""

    def change(dist: Path) -> None:
        shutil.rmtree(dist)
        made = a_set("two", docx="text two", pdf="more")
        publish(dist, msgspec.structs.replace(made, **changes))

    return change


def _twice(made: NewSet) -> Callable[[Path], object]:
    return lambda dist: publish(dist, made)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (_changed, "file-changed", "two/two.en.docx is not what was made"),
        (_gone, "file-missing", "two/two.en.pdf is missing"),
        (_unsummed, "not-a-set", "has no SHA256SUMS"),
        (_other(tools={"pandoc": "3.8"}), "shards-differ", "another pandoc than"),
        (_other(tools={}), "shards-differ", "another pandoc than"),
        (
            _other(made_from=msgspec.structs.replace(FROM, code="d" * 64, date="2026-01-01")),
            "shards-differ",
            "another program, date than",
        ),
        (
            _twice(a_set("one", docx="text one!", pdf="more")),
            "shards-disagree",
            "set one is not the",
        ),
        (
            _twice(a_set("one", made_from=newer("6" * 64), docx="text one", pdf="more")),
            "shards-disagree",
            "set one is not the same",
        ),
    ],
)
def test_what_is_not_as_it_was_made_or_disagrees_stops_all(
    parts: tuple[Path, Path],
    place: Project,
    change: Callable[[Path], object],
    code: str,
    said: str,
) -> None:
    change(parts[1])
    with pytest.raises(FaircopyError, match=said) as caught:
        shards.gather(place, parts)
    assert {item.code for item in caught.value.diagnostics} == {code}
    assert not place.dist.exists()


def test_a_file_that_changes_after_it_was_verified_is_not_published(
    parts: tuple[Path, Path], place: Project, unseen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "verify", lambda folder: ((), ()))
    _changed(parts[1])
    with pytest.raises(PublishError, match=r"two\.en\.docx"):
        shards.gather(place, parts)
    assert not (place.dist / "two").exists()


@pytest.mark.parametrize(
    "said", [{"bytes": 3}, {"media_type": "text/html"}, {"file": "one.en.pdf"}], ids=str
)
def test_a_file_is_what_its_manifest_says(
    tmp_path: Path, place: Project, unseen: None, said: dict[str, object]
) -> None:
    """Feeds and catalogues say the same of it to those who fetch it."""
    one = a_set("one", docx="text")
    ((entry, data),) = one.files
    entry = msgspec.structs.replace(entry, **said)
    publish(tmp_path / "part", msgspec.structs.replace(one, files=((entry, data),)))

    with pytest.raises(PublishError, match="is not what its manifest says"):
        shards.gather(place, [tmp_path / "part"])
    assert not place.dist.exists()


@pytest.mark.parametrize("kind", ["docx", "epub", "bundle", "web", "pdf.a5"])
def test_every_edition_has_the_type_of_its_name(kind: str) -> None:
    made = edition("every-construct", kind)
    for one in (made, *made.beside):
        assert shards.TYPES[Path(one.name).suffix] == one.media_type


@pytest.mark.parametrize("name", ["web", "epub", "docx", "pdf", "press"])
def test_nothing_is_gathered_that_is_not_static(tmp_path: Path, name: str) -> None:
    (tmp_path / "project").mkdir()
    place = project(tmp_path / "project", one="text")
    part = tmp_path / "part"
    suffix = {"web": "html", "press": "press.pdf"}.get(name, name)
    one = _set("one")
    ((entry, _), *_) = one.files
    data = b"<html><script src='https://evil.example/x.js'></script></html>"
    entry = msgspec.structs.replace(
        entry,
        file=f"one.en.{suffix}",
        media_type=shards.TYPES[f".{suffix.rpartition('.')[2]}"],
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
    )
    publish(part, msgspec.structs.replace(one, files=((entry, data),)))

    with pytest.raises(FaircopyError, match=r"was not opened|can't be read"):
        shards.gather(place, [part])
    assert not place.dist.exists()

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.publish.project import Project
from faircopy.workshop.corpus import run
from faircopy.workshop.strangers import Stranger
from faircopy.workshop.trials import Fate, Said, build


def error(code: str, line: int = 0, remedy: str = "Mend it.") -> Diagnostic:
    place = Place("manuscript.md", line) if line else None
    return Diagnostic(code, Severity.ERROR, "It is wrong", remedy, place)


FATES = {
    Fate.PUBLISHED: Said(),
    Fate.REFUSED: Said((error("image-missing", 3),)),
    Fate.WORDS: Said((error("word-missing", 3),)),
    Fate.FAULT: Said(bugs=("Traceback\nValueError: no",)),
}


@pytest.mark.parametrize(("fate", "said"), FATES.items())
def test_what_was_said_decides_the_fate(fate: Fate, said: Said) -> None:
    assert said.fate is fate


@pytest.mark.parametrize("wrong", [error("no-line"), error("no-remedy", 3, remedy="")])
def test_a_refusal_without_line_or_remedy_is_a_fault(wrong: Diagnostic) -> None:
    assert Said((wrong, error("image-missing", 3))).fate is Fate.FAULT


def test_a_set_that_lacks_a_font_alone_is_published() -> None:
    found = (error("glyph-missing", 3), error("cover-glyph"))
    assert Said(found, lacking=("x: pdf a5",)).fate is Fate.PUBLISHED
    assert Said(found).fate is Fate.FAULT


class Builder:
    """Builds nothing: refuses a text for each line that holds a word, and counts what it built."""

    def __init__(self, **codes: str) -> None:
        self.codes = codes
        self.built: list[str] = []

    def __call__(self, room: Project, texts: Sequence[tuple[Stranger, bytes]]) -> list[Said]:
        self.built += (stranger.name for stranger, _ in texts)
        return [Said(tuple(self._wrong(text.decode()))) for _, text in texts]

    def _wrong(self, text: str) -> Iterator[Diagnostic]:
        for number, line in enumerate(text.split("\n"), 1):
            yield from (error(code, number) for word, code in self.codes.items() if word in line)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    front = "---\ntitle: T\nlang: en\n---\n\n"
    (folder / "good.md").write_text(f"{front}Good\n")
    (folder / "picture.md").write_text(f"{front}Picture\n\nfine\n\nPicture\n")
    (folder / "words.md").write_text(f"{front}Lost\n")
    return folder


def test_every_text_is_built_until_it_is_published_and_counted(tmp_path: Path, texts: Path) -> None:
    build = Builder(Picture="image-missing", Lost="word-missing")
    said = list(run(Project(tmp_path), texts, lang="en", judges=False, build=build))
    assert build.built == ["good.md", "words.md", "picture.md", "picture.md"]
    assert said[0] == "published  good.md"
    assert said[3] == "REFUSED  picture.md, published after 2 changes"
    assert "    manuscript.md:6: error: It is wrong. [image-missing]\n    Mend it." in said
    heads, row = (line.split() for line in said if line.startswith(("source", "all")))
    counted = dict(zip(heads, row, strict=True))
    assert counted == {
        "source": "all",
        "texts": "3",
        "published": "1",
        "refused": "1",
        "judged": "0",
        "words": "1",
        "fault": "0",
        "fontless": "0",
        "unmended": "1",
        "changes": "0.67",
    }
    assert said[-2:] == [
        "    1 texts,     1 findings: word-missing",
        "    1 texts,     2 findings: image-missing",
    ]


def test_a_run_goes_on_where_it_was_stopped(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faircopy.workshop.corpus.BATCH", 1)
    place = Project(tmp_path)
    build = Builder(Picture="image-missing", Lost="word-missing")
    stopped = run(place, texts, lang="en", judges=False, build=build)
    next(stopped)
    before = len(build.built)
    list(run(place, texts, lang="en", judges=False, build=build))
    assert build.built.count("good.md") == before == 1
    (texts / "good.md").write_text("---\ntitle: T\nlang: en\n---\n\nPicture\n")
    list(run(place, texts, lang="en", judges=False, build=build))
    assert build.built[-2:] == ["good.md", "good.md"]
    assert len(build.built) == before + 3 + 2


def test_only_what_is_asked_for_is_built_again(
    tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Project(tmp_path)
    list(run(place, texts, lang="en", judges=False, build=Builder(Lost="word-missing")))
    monkeypatch.setattr("faircopy.workshop.corpus.CODE", tmp_path / "another-program")
    build = Builder()
    list(run(place, texts, lang="en", judges=False, again=("words",), build=build))
    assert build.built == ["words.md"]


class Judge:
    """Finds fault with the third line of every text, and keeps what it was asked about."""

    def __init__(self, code: str = "epubcheck") -> None:
        self.asked: list[list[str]] = []
        self.code = code

    def __call__(self, room: Project, texts: Sequence[Stranger]) -> list[tuple[Diagnostic, ...]]:
        self.asked.append([stranger.name for stranger in texts])
        return [(error(self.code, 3),) for _ in texts]


def test_judges_are_asked_once_about_all_that_was_published(tmp_path: Path, texts: Path) -> None:
    judge, place = Judge(), Project(tmp_path)
    build = Builder(Picture="image-missing", Lost="word-missing")
    list(run(place, texts, lang="en", judges=False, build=build))
    for _ in "twice":
        said = list(run(place, texts, lang="en", judges=True, build=build, judge=judge))
    assert judge.asked == [["good.md", "picture.md"]]
    heads, row = (line.split() for line in said if line.startswith(("source", "all")))
    counted = dict(zip(heads, row, strict=True))
    assert (counted["judged"], counted["refused"], counted["unmended"]) == ("1", "1", "3")


def test_a_judge_that_was_missing_is_asked_in_the_next_run(tmp_path: Path, texts: Path) -> None:
    place = Project(tmp_path)
    for code, asked in (("tool-missing", 3), ("epubcheck", 3), ("epubcheck", 0)):
        judge = Judge(code)
        said = list(run(place, texts, lang="en", judges=True, build=Builder(), judge=judge))
        assert len([name for names in judge.asked for name in names]) == asked
    assert "    3 texts,     3 findings: epubcheck" in said


def test_what_the_build_told_is_no_finding_of_the_judges(tmp_path: Path, texts: Path) -> None:
    told = Diagnostic("heading-skipped", Severity.WARNING, "!", "", Place("manuscript.md", 3))
    said = run(
        Project(tmp_path),
        texts,
        lang="en",
        judges=True,
        build=lambda room, texts: [Said((told,))] * len(texts),
        judge=Judge(),
    )
    assert [line.split()[0] for line in said][:3] == ["published"] * 3


@pytest.mark.slow
def test_texts_are_built_by_a_process_of_their_own(tmp_path: Path) -> None:
    room = Project(tmp_path)
    for folder in (room.dist, room.styles):
        folder.mkdir()
    texts = [Stranger(tmp_path / name, name, "en") for name in ("good.md", "gone.md", "last.md")]
    front = b"---\ntitle: T\nlang: en-GB\n---\n\nText"
    bodies = (front, front + b"\n\n![Gone](gone.png)\n", front)
    said = build(room, list(zip(texts, bodies, strict=True)))
    assert [item.fate for item in said] == [Fate.PUBLISHED, Fate.REFUSED, Fate.PUBLISHED]
    assert [item.code for item in said[1].found] == ["image-missing"]
    assert {path.suffix for path in (room.dist / texts[2].slug).iterdir()} >= {".pdf", ".docx"}


def test_a_text_that_ends_the_process_is_the_only_one_at_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies = "import pathlib, sys; answers, *slugs = sys.argv[2:]\n"
    dies += "for slug in slugs:\n    assert 'bad' not in slug\n"
    dies += "    pathlib.Path(answers, slug).write_text('{{}}')"
    monkeypatch.setattr("faircopy.workshop.trials.ALONE", dies)
    texts = [Stranger(tmp_path / name, name, "en") for name in ("good.md", "bad.md", "last.md")]
    said = build(Project(tmp_path), [(text, b"Text") for text in texts])
    assert [item.fate for item in said] == [Fate.PUBLISHED, Fate.FAULT, Fate.PUBLISHED]

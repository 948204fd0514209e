"""The flagship goes out as Word, is edited in twenty ways by two programs, and comes home."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import docx as python_docx
import pytest
from docx.document import Document
from faircopy.intake.names import w
from faircopy.manuscript import read
from faircopy.publish.manuscripts import revising
from faircopy.publish.manuscripts.revising import Asked, Revision
from faircopy.publish.project import Project
from faircopy.writers import Options, container, docx
from lxml import etree

from tests.editions import INTERVIEW, house
from tests.revision import macros
from tests.revision.edited import (
    FOOTNOTES,
    Element,
    both,
    folder,
    gone,
    join,
    look,
    moved,
    noted,
    par,
    paragraph,
    replace,
    run_at,
    split,
    tracked,
)

MORE = """
They met in Davos twice.[^met]

| Year | Documents |
|------|----------:|
| 2025 | forty     |
| 2026 | sixty     |

[^met]: As the office says.
"""
"""What the flagship has not, and an edit needs: a note and cells."""

SUPPORTER = "I am a committed supporter of his common sense policy."
TUMULTUOUS = "in this tumultuous world."
INTERACT = (
    " Thus, we interact in promoting and strengthening global peace and stability "
    "as well as sustainable development."
)
DELIGHTED = (
    "I am delighted to note that Pakistan is also very positive to having close coordination "
    "with us in this strategically important project.\n\n"
)
AGENDA = "The connectivity has become a top issue of our joint agenda.\n\n"
CONTEXT = "In this context, Kazakhstan is ready"
WHY = "## Why did Kazakhstan decide to join the Abraham Accords?"


class Way(NamedTuple):
    """An edit: as python-docx makes it, as LibreOffice's Basic does, and what it becomes here."""

    python: Callable[[Element], object]
    basic: str
    becomes: tuple[tuple[str, str], ...]
    notes: Callable[[Element], object] | None = None
    asked: tuple[str, ...] = ()


def put(old: str, new: str, *becomes: tuple[str, str]) -> Way:
    """Return the edit that puts words in place of others."""
    return Way(across(old, new), f'Swap(doc, "{old}", "{new}")', becomes or ((old, new),))


def across(old: str, new: str) -> Callable[[Element], None]:
    """Return what puts words in place of others that may stand in several runs of a paragraph."""

    def change(root: Element) -> None:
        texts = list(paragraph(root, old).iter(w("t")))
        said = [one.text or "" for one in texts]
        at = "".join(said).replace("\u00a0", " ").index(old)
        for one, text in zip(texts, said, strict=True):
            start, end = max(at, 0), max(at + len(old), 0)
            kept = new if 0 <= at < len(text) else ""
            one.text = text[:start] + kept + text[end:]
            at -= len(text)

    return change


def added(behind: str, words: str, style: str) -> Callable[[Element], None]:
    return lambda root: paragraph(root, behind).addnext(par(words, style))


def accepted(root: Element) -> None:
    """Change words for good, and others as a change that waits."""
    replace("friendly country", "friendly land")(root)
    tracked("joint ventures", "common firms", "Ada")(root)


def note_added() -> Way:
    mark, note = noted("joint ventures", "Of two kinds.")
    becomes = (("joint ventures", "joint ventures^[Of two kinds.]"),)
    return Way(mark, 'Note(doc, "joint ventures", "Of two kinds.")', becomes, note)


def commented(*said: tuple[str, str]) -> Callable[[Document], None]:
    """Return what hangs comments on the same words."""

    def change(document: Document) -> None:
        if not said:
            return
        run_at(document.element, "joint ventures")
        (run,) = (
            run
            for one in document.paragraphs
            for run in one.runs
            if run.text.replace("\u00a0", " ") == "joint ventures"
        )
        for who, what in said:
            document.add_comment(run, text=what, author=who)

    return change


WAYS = {
    "a word": put("friendly country", "friendly land"),
    "a sentence split": put("our partnership and opening", "our partnership. It opened"),
    "sentences joined": put("up trade. Therefore, we", "up trade, and we"),
    "a sentence moved": Way(
        both(across(f"{SUPPORTER} ", ""), across(TUMULTUOUS, f"{TUMULTUOUS} {SUPPORTER}")),
        f'Swap(doc, "{TUMULTUOUS}", "{TUMULTUOUS} {SUPPORTER}")\nSwap(doc, "{SUPPORTER} ", "")',
        ((f"{SUPPORTER} ", ""), (TUMULTUOUS, f"{TUMULTUOUS} {SUPPORTER}")),
    ),
    "a sentence added": put("the social sphere.", "the social sphere. It was cold."),
    "a sentence gone": put(INTERACT, ""),
    "a paragraph split": Way(
        split("Therefore, we"),
        'Divide(doc, "Therefore, we have set")',
        (("trade. Therefore", "trade.\n\nTherefore"),),
    ),
    "paragraphs joined": Way(
        join("The connectivity has"),
        'Unite(doc, "The connectivity has")',
        ((f"agenda.\n\n{CONTEXT}", f"agenda. {CONTEXT}"),),
    ),
    "a paragraph added": Way(
        added("The connectivity has", "It was the first talk.", "Answer"),
        'Add(doc, "The connectivity has", "It was the first talk.", "")',
        ((AGENDA, f"{AGENDA}It was the first talk.\n\n"),),
    ),
    "a paragraph gone": Way(
        gone("I am delighted"), 'Gone(doc, "I am delighted")', ((DELIGHTED, ""),)
    ),
    "a paragraph moved": Way(
        moved("The connectivity has", "I am delighted"),
        f'Gone(doc, "The connectivity has")\nAdd(doc, "I am delighted", "{AGENDA.strip()}", "")',
        ((AGENDA, ""), (DELIGHTED, DELIGHTED + AGENDA)),
    ),
    "a heading's words": put("join the Abraham Accords?", "join these Accords?"),
    "a heading added": Way(
        added("From my point of view", "And what now?", "Question"),
        'Add(doc, "From my point of view", "And what now?", "Question")',
        ((WHY, f"## And what now?\n\n{WHY}"),),
    ),
    "emphasis": Way(
        look("strategic partner", "i"),
        'Dress(doc, "strategic partner", "CharPosture", com.sun.star.awt.FontSlant.ITALIC)',
        (("strategic partner", "*strategic partner*"),),
    ),
    "a note added": note_added(),
    "a note's words": Way(
        lambda root: None,
        'doc.Footnotes.getByIndex(0).String = "As both say."',
        (("As the office says", "As both say"),),
        replace("As the office says.", "As both say."),
    ),
    "a cell's words": put("forty", "forty-two"),
    "changes partly accepted": Way(
        accepted,
        "doc.RecordChanges = True\n"
        'Swap(doc, "friendly country", "friendly land")\n'
        'Ask(doc, ".uno:AcceptAllTrackedChanges")\n'
        'Swap(doc, "joint ventures", "common firms")',
        (("friendly country", "friendly land"), ("joint ventures", "common firms")),
    ),
    "a comment": Way(
        lambda root: None,
        'Comment(doc, "joint ventures", "Ada", "Which?")',
        (),
        asked=("Which? (Ada",),
    ),
    "a reply": Way(
        lambda root: None,
        'Comment(doc, "joint ventures", "Ada", "Which?")\n'
        'Comment(doc, "joint ventures", "Bo", "Mines.")',
        (),
        asked=("Which? (Ada", "Mines. (Bo"),
    ),
}
SAID = {"a comment": (("Ada", "Which?"),), "a reply": (("Ada", "Which?"), ("Bo", "Mines."))}


def project_in(place: Path) -> Project:
    """Return a project with the flagship, which has a note and cells more."""
    manuscript = folder(INTERVIEW, place / "source") / "manuscript.md"
    manuscript.write_text(manuscript.read_text("utf-8").rstrip("\n") + "\n" + MORE, "utf-8")
    return Project.at(place)


def edition(project: Project) -> bytes:
    publication = read(project.source / INTERVIEW, name=f"source/{INTERVIEW}")
    return docx.write(publication, house(), Options()).data


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return edition(project_in(tmp_path_factory.mktemp("sent")))


@pytest.fixture(scope="module")
def saved(sent: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what LibreOffice saves after each edit: it starts once for all."""
    edits = {name: way.basic for name, way in WAYS.items()}
    return macros.edited(sent, edits, tmp_path_factory.mktemp("office"))


def by_python(data: bytes, name: str) -> bytes:
    """Return a Word file as python-docx saves it after an edit."""
    parts = container.unpack(data)
    if (notes := WAYS[name].notes) is not None:
        root = etree.fromstring(parts[FOOTNOTES])
        notes(root)
        parts[FOOTNOTES] = etree.tostring(root)
    document = python_docx.Document(io.BytesIO(container.pack(parts)))
    WAYS[name].python(document.element)
    commented(*SAID.get(name, ()))(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def comes_home(name: str, data: bytes, place: Path) -> Revision:
    """Hold that an edited file puts exactly its edit into the manuscript."""
    project = project_in(place)
    manuscript = project.source / INTERVIEW / "manuscript.md"
    expected = manuscript.read_text("utf-8")
    for old, new in WAYS[name].becomes:
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    (place / "back.docx").write_bytes(data)
    found = revising.bring(project, place / "back.docx", Asked(write=True))
    assert found.right
    assert manuscript.read_text("utf-8") == expected
    asked = " ".join(one.question for one in found.queries)
    assert all(said in asked for said in WAYS[name].asked)
    assert bool(found.queries) == bool(WAYS[name].asked)
    return found


def test_there_are_twenty() -> None:
    assert len(WAYS) == 20


@pytest.mark.slow
@pytest.mark.parametrize("name", WAYS)
def test_what_python_docx_edited_comes_home(name: str, sent: bytes, tmp_path: Path) -> None:
    comes_home(name, by_python(sent, name), tmp_path)


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", WAYS)
def test_what_libreoffice_edited_comes_home(
    name: str, saved: dict[str, bytes], tmp_path: Path
) -> None:
    comes_home(name, saved[name], tmp_path)

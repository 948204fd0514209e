"""``./inv revise``: what it was made from is found, what is wanted is written, the rest is told."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core.diagnostics import FaircopyError
from faircopy.intake.names import W14, W15, w
from faircopy.manuscript import read
from faircopy.publish.dressing import dress
from faircopy.publish.manuscripts import returning, revising
from faircopy.publish.manuscripts.revising import Asked, Revision
from faircopy.publish.project import Project
from faircopy.publish.trade import theme_of
from faircopy.writers import Options, container, docx
from lxml import etree

from tests.editions import house
from tests.revision.edited import (
    DOCUMENT,
    Element,
    both,
    look,
    paragraph,
    replace,
    split,
    tracked,
    xml,
)

TEXT = """---
title: The gauge
lang: en-GB
kind: article
ednote: not to be told
---

The gauge was read *every* morning.  Nobody asked why.

It stands at the lock, and has stood there for years.

The end is near.
"""
DATA = "customXml/item1.xml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "source" / "gauge"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_bytes(TEXT.encode())
    return Project.at(tmp_path)


def sent(project: Project, change: Callable[[Element], object], without: str = "") -> Path:
    """Return the manuscript's Word edition, changed, as a file."""
    publication = read(project.source / "gauge", name="source/gauge")
    parts = container.unpack(docx.write(publication, house(), Options()).data)
    root = etree.fromstring(parts[DOCUMENT])
    change(root)
    parts[DOCUMENT] = etree.tostring(root)
    if without:
        links = parts["word/_rels/document.xml.rels"].replace(b"relationships/customXml", b"x/y")
        parts["word/_rels/document.xml.rels"] = links
    path = project.root / "back.docx"
    path.write_bytes(container.pack(parts))
    return path


def bring(project: Project, path: Path, **wishes: object) -> Revision:
    return revising.bring(project, path, Asked(**wishes))  # type: ignore[arg-type]


def now(project: Project) -> str:
    return (project.source / "gauge" / "manuscript.md").read_bytes().decode()


def two(root: Element) -> None:
    tracked("lock", "weir", "Ada")(root)
    tracked("Nobody", "Few", "Bo")(root)


def test_changes_are_taken_and_left_one_by_one(project: Project) -> None:
    path = sent(project, two)
    found = bring(project, path)
    assert [(one.hand.author, one.old, one.new) for one in found.edits if one.hand] == [
        ("Bo", "Nobody", "Few"),
        ("Ada", "lock", "weir"),
    ]
    assert found.right
    assert now(project) == TEXT
    assert "-It stands at the lock," in found.patch
    bring(project, path, only="Ada", write=True)
    assert now(project) == TEXT.replace("lock", "weir")
    again = bring(project, path, leave=frozenset({1}), write=True)
    assert [one.new for one in again.there] == ["weir"]
    assert now(project) == TEXT.replace("lock", "weir")
    bring(project, path, write=True)
    assert now(project) == TEXT.replace("lock", "weir").replace("Nobody", "Few")


def test_a_manuscript_that_moved_on_is_merged(project: Project) -> None:
    path = sent(project, replace("has stood there for", "stood there for"))
    moved = TEXT.replace("every", "each").replace("The end", "In the end, the end")
    (project.source / "gauge" / "manuscript.md").write_text(moved, "utf-8")
    found = bring(project, path, write=True)
    assert "travelled" in found.base
    assert found.right
    assert now(project) == moved.replace("has stood", "stood")


def test_what_both_changed_is_a_conflict(project: Project) -> None:
    path = sent(project, replace("at the lock", "at the weir"))
    moved = TEXT.replace("at the lock", "at the bridge")
    (project.source / "gauge" / "manuscript.md").write_text(moved, "utf-8")
    found = bring(project, path, write=True)
    assert [one.new for one in found.conflicts] == ["weir"]
    assert not found.right
    assert now(project) == moved


def test_the_history_has_the_text_that_did_not_travel(project: Project) -> None:
    path = sent(project, replace("at the lock", "at the weir"))
    for args in (
        ["init", "-q"],
        ["add", "source"],
        ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "first"],
    ):
        subprocess.run(["git", *args], cwd=project.root, check=True)
    (project.source / "gauge" / "manuscript.md").write_text(TEXT.replace("near", "far"), "utf-8")
    found = bring(project, path, write=True)
    assert found.base.startswith("the manuscript of commit ")
    assert now(project) == TEXT.replace("near", "far").replace("the lock", "the weir")


def test_words_alone_do_where_nothing_travelled(project: Project) -> None:
    path = sent(project, replace("at the lock", "at the weir"), without="data")
    found = bring(project, path, write=True)
    assert "does not say" in found.base
    assert now(project) == TEXT.replace("the lock", "the weir")


def test_what_travels_is_what_is_published_and_has_its_hash(project: Project) -> None:
    parts = container.unpack(sent(project, lambda root: None).read_bytes())
    data = etree.fromstring(parts[DATA])
    assert "not to be told" not in (data.text or "")
    assert data.get("source") == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"The gauge was", b"The gauge is"),
        (b'slug="gauge"', b'slug="../../etc"'),
        (b'sha256="', b'sha256="x'),
        (b'source="', b'source="x'),
        (b"</manuscript>", b"<more/></manuscript>"),
        (b"</manuscript>", b""),
        (b"<manuscript ", b"<!DOCTYPE m []><manuscript "),
    ],
)
def test_a_part_that_was_changed_names_nothing(project: Project, old: bytes, new: bytes) -> None:
    path = sent(project, replace("at the lock", "at the weir"))
    parts = container.unpack(path.read_bytes())
    path.write_bytes(container.pack(parts | {DATA: parts[DATA].replace(old, new)}))
    found = bring(project, path)
    assert found.slug == "gauge"
    assert [one.new for one in found.edits] == ["weir"]


def test_line_ends_and_marks_stay_as_they_are(project: Project) -> None:
    path = sent(project, replace("at the lock", "at the weir"))
    file = project.source / "gauge" / "manuscript.md"
    windows = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    file.write_bytes(windows)
    assert bring(project, path, write=True).right
    assert file.read_bytes() == windows.replace(b"the lock", b"the weir")


def commented(root: Element) -> None:
    from tests.revision.edited import run_at

    run = run_at(root, "the lock")
    run.addprevious(xml('<w:commentRangeStart w:id="0"/>'))
    run.addnext(xml('<w:commentRangeEnd w:id="0"/>'))


def test_comments_become_queries_once(project: Project) -> None:
    path = sent(project, commented)
    parts = container.unpack(path.read_bytes())
    said = b'<w:comment w:id="0" w:author="Ada" w:date="2026-11-28T10:00:00Z"><w:p><w:r>'
    said += b"<w:t>Which lock?</w:t></w:r></w:p></w:comment>"
    name = "word/comments.xml"
    root = etree.fromstring(parts[name])
    root.append(xml(said.decode()))
    path.write_bytes(container.pack(parts | {name: etree.tostring(root)}))
    kept = project.source / "gauge" / "queries.toml"
    kept.write_text('# Mine.\n[[query]]\nid = "end"\ntext = "The end"\nquestion = "Is it?"\n')
    before = kept.read_text("utf-8")
    found = bring(project, path, write=True)
    assert [one.question for one in found.queries] == ["Which lock? (Ada, 2026-11-28)"]
    assert kept.read_text("utf-8").startswith(before)
    assert not bring(project, path).queries
    assert len(read(project.source / "gauge").queries) == 2


ACCEPTED = both(
    replace("every", "each"),  # accepted: nothing tells that it was tracked
    tracked("lock", "weir", "Ada"),  # waits
    lambda root: paragraph(root, "The end").addprevious(tracked_paragraph("It is new.")),
)


def tracked_paragraph(words: str) -> Element:
    """Return a paragraph that Word has tracked as put in, with its end."""
    about = 'w:author="Bo" w:date="2026-11-29T10:00:00Z"'
    return xml(
        f'<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:rPr><w:ins w:id="93" {about}/></w:rPr></w:pPr>'
        f'<w:ins w:id="94" {about}><w:r><w:t>{words}</w:t></w:r></w:ins></w:p>'
    )


def googled(root: Element) -> None:
    """Change a text as Google Docs exports it: a stand-in, after files that people show.

    Runs are in controls that say nothing, each says that it is not right to left, and what marked
    a place is gone.
    """
    for mark in [*root.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for number, run in enumerate([*root.iter(w("r"))]):
        about = run.find(w("rPr"))
        if about is None:
            about = run.makeelement(w("rPr"), {}, None)
            run.insert(0, about)
        about.append(xml('<w:rtl w:val="0"/>'))
        control = xml(
            f'<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_{number}"/></w:sdtPr><w:sdtContent/></w:sdt>'
        )
        run.addprevious(control)
        control[1].append(run)


@pytest.mark.parametrize(
    "shape", [pytest.param(lambda root: None, id="Word"), pytest.param(googled, id="Google")]
)
def test_changes_that_are_partly_accepted(
    project: Project, shape: Callable[[Element], None]
) -> None:
    """What waits is taken as made, with its author; what was rejected is as it was."""
    path = sent(project, both(ACCEPTED, shape), without="data" if shape is googled else "")
    found = bring(project, path, write=True)
    assert found.right
    whose = {one.new: one.hand.author if one.hand else "" for one in found.edits}
    assert whose == {"each": "", "weir": "Ada", "It is new.": "Bo"}
    made = TEXT.replace("every", "each").replace("lock", "weir")
    assert now(project) == made.replace("The end", "It is new.\n\nThe end")


def test_what_came_home_does_not_come_again(project: Project) -> None:
    change = both(
        ACCEPTED,
        replace("for years.", "for years. It was cold."),
        split("Nobody asked"),
        look("stands", "i"),
    )
    path = sent(project, change)
    assert bring(project, path, write=True).right
    after = now(project)
    again = bring(project, path, write=True)
    assert again.right
    assert not again.edits
    assert now(project) == after
    for said in ("It is new.", "It was cold.", "*stands*"):
        assert after.count(said) == 1


def test_a_reply_goes_with_the_comment_that_it_answers(project: Project) -> None:
    """A stand-in for Word: a third comment on the same words is none of the thread."""
    path = sent(project, both(commented, on_the_same_words))
    parts = container.unpack(path.read_bytes())
    name, threads = "word/comments.xml", "word/commentsExtended.xml"
    root = etree.fromstring(parts[name])
    for number, (who, said) in enumerate((("Ada", "Which?"), ("Bo", "Upper."), ("Cy", "Lower!"))):
        root.append(
            xml(
                f'<w:comment xmlns:w14="{W14}" w:id="{number}" w:author="{who}" '
                f'w:date="2026-11-28T1{number}:00:00Z"><w:p w14:paraId="0000000{number}">'
                f"<w:r><w:t>{said}</w:t></w:r></w:p></w:comment>"
            )
        )
    parts[name] = etree.tostring(root)
    parts[threads] = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="00000000"/>'
        '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000"/></w15:commentsEx>'
    ).encode()
    related = "word/_rels/document.xml.rels"
    links = etree.fromstring(parts[related])
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    about = {"Id": "rIdThreads", "Type": kind, "Target": "commentsExtended.xml"}
    etree.SubElement(links, links[0].tag, about)
    parts[related] = etree.tostring(links)
    path.write_bytes(container.pack(parts))
    found = bring(project, path, write=True)
    assert found.right
    assert [one.question for one in found.queries] == [
        "Which? (Ada, 2026-11-28) — Upper. (Bo, 2026-11-28)",
        "Lower! (Cy, 2026-11-28)",
    ]
    assert len({one.text for one in found.queries}) == 1
    assert now(project) == TEXT


def test_a_stand_in_for_google_comes_home_with_its_thread(project: Project) -> None:
    """Without a part that says so, a reply is a comment on the same words; the part is unsorted."""
    path = sent(project, both(commented, on_the_same_words))
    parts = container.unpack(path.read_bytes())
    name = "word/comments.xml"
    root = etree.fromstring(parts[name])
    for number, who, said in ((2, "Bo", "Upper."), (0, "Ada", "Which?")):
        about = f'w:id="{number}" w:author="{who}" w:date="2026-11-28T1{number}:00:00Z"'
        root.append(xml(f"<w:comment {about}><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:comment>"))
    path.write_bytes(container.pack(parts | {name: etree.tostring(root)}))
    found = bring(project, path, write=True)
    assert found.right
    assert [one.question for one in found.queries] == [
        "Which? (Ada, 2026-11-28) — Upper. (Bo, 2026-11-28)"
    ]
    assert now(project) == TEXT


def on_the_same_words(root: Element) -> None:
    """Let a second comment hang on the words of the first."""
    for name in ("commentRangeStart", "commentRangeEnd"):
        next(root.iter(w(name))).addnext(xml(f'<w:{name} w:id="2"/>'))


def test_a_translation_and_a_stranger_are_refused(project: Project) -> None:
    path = sent(project, lambda root: None)
    parts = container.unpack(path.read_bytes())
    foreign = parts[DATA].replace(b'lang="en-GB"', b'lang="ur"')
    path.write_bytes(container.pack(parts | {DATA: foreign}))
    with pytest.raises(FaircopyError, match="edition in “ur”"):
        bring(project, path)

    def other(root: Element) -> None:
        for text in root.iter("{*}t"):
            text.text = "Quite different things"

    with pytest.raises(FaircopyError, match="no manuscript here"):
        bring(project, sent(project, other, without="data"))


def test_words_in_a_box_beside_the_text_are_listed(project: Project) -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>Boxed in</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r></w:p>"
    )
    found = bring(project, sent(project, lambda root: root[0].insert(0, xml(box))))
    assert [one.new for one in found.unplaced][1:] == ["Boxed", "in"]
    assert not found.right


def test_an_edition_of_another_theme_opens_as_that_does(project: Project) -> None:
    (project.root / "styles").mkdir()
    order = '[opener]\norder = ["standfirst", "title"]\n'
    (project.root / "styles" / "mine.toml").write_text(f'extends = "theme"\nname = "M"\n{order}')
    text = TEXT.replace("kind:", "standfirst: It is read.\nkind:")
    (project.source / "gauge" / "manuscript.md").write_text(text)
    theme = theme_of(project, "mine")
    publication = dress(theme).on(read(project.source / "gauge", name="source/gauge"))
    path = project.root / "back.docx"
    path.write_bytes(docx.write(publication, theme, Options()).data)

    assert bring(project, path, theme="mine").right
    assert not bring(project, path, theme="mine").edits
    assert not bring(project, path).right or bring(project, path).edits


def test_what_is_shown(project: Project) -> None:
    shown = "\n".join(returning.lines(bring(project, sent(project, two))))
    assert "line 8, Bo, 2026-11-28: “Nobody” → “Few”" in shown
    assert "2 of 2 changes (Bo 1, Ada 1)" in shown
    assert "Nothing was written: --apply does." in shown


@pytest.mark.parametrize(("text", "found"), [("1,3-5", {1, 3, 4, 5}), ("", set()), ("2", {2})])
def test_numbers(text: str, found: set[int]) -> None:
    assert returning.numbers(text) == found


def test_no_numbers() -> None:
    with pytest.raises(FaircopyError, match="no number of a change"):
        returning.numbers("1,x")

"""Word files become manuscripts, and every word of theirs is in it or left for a reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from faircopy.core.diagnostics import Diagnostic
from faircopy.core.model import Kind
from faircopy.intake import Taken, Wishes, parts_of, take
from faircopy.intake.changes import Choice
from faircopy.intake.package import opened
from faircopy.intake.proof import prove
from faircopy.intake.queries import queries, toml
from faircopy.intake.ready import ready
from faircopy.intake.walked import Why
from faircopy.manuscript import read
from faircopy.translation.forms import ImportRefused
from PIL import Image

from tests.intake.word import docx, p, r, relation

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
LINK = (
    FIELD.format("begin")
    + '<w:r><w:instrText> HYPERLINK "https://www.google.com/url?q=https://a.example/x&amp;sa=D"'
    "</w:instrText></w:r>" + FIELD.format("separate") + r("there") + FIELD.format("end")
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    f"{p('Boxed')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:textbox><w:txbxContent>{p('Boxed')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTES = {"footnotes": f'<w:footnote w:id="2">{p("Said ", r("so", "<w:i/>"), ".")}</w:footnote>'}
NESTED = f"<w:tbl><w:tr><w:tc>{p('in')}</w:tc></w:tr></w:tbl>"


def png() -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "PNG")
    return out.getvalue()


PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="{}"/><a:graphic>'
    '<a:graphicData><a:blip r:embed="rIdP"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    "</w:r>"
)


def taken(
    body: str, parts: dict[str, str] | None = None, wishes: Wishes | None = None, **more: object
) -> Taken:
    """Take in a file, whose paragraph “End.” goes on after its body."""
    data = docx(body + p("End."), parts, **more)  # type: ignore[arg-type]
    return take(data, "some-text.docx", wishes or Wishes())


def proven(one: Taken, folder: Path) -> tuple[Diagnostic, ...]:
    """Hold a manuscript against its file."""
    for name, data in one.files.items():
        (folder / name).write_bytes(data)
    (folder / "manuscript.md").write_text(one.spoken or one.text, "utf-8")
    return prove(one, folder, "m").findings


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:customXml>{p('Kept.')}</w:customXml>", "Kept."),
        (p("a ", "<w:customXml>" + r("word") + "</w:customXml>"), "a word"),
        (p("a ", '<w:bdo w:val="ltr">' + r("word") + "</w:bdo>", " b"), "a word b"),
        (p("a ", '<w:dir w:val="rtl">' + r("word") + "</w:dir>"), "a word"),
        (p('<w:fldSimple w:instr=" DATE ">' + r("1 May") + "</w:fldSimple>", " on"), "1 May on"),
        (p("<w:unknown>" + r("word") + "</w:unknown>"), "word"),
        (f"<w:p2>{r('word')}</w:p2>", "word"),
        (p("<w:sdt><w:sdtContent>" + r("kept") + "</w:sdtContent></w:sdt>"), "kept"),
        (
            p(
                "<w:r><w:ruby><w:rubyBase>"
                + r("漢字")
                + "</w:rubyBase><w:rt>"
                + r("かんじ")
                + "</w:rt></w:ruby></w:r>"
            ),
            "漢字(かんじ)",
        ),
        (p("Around", BOX, " it."), "Around it.\n\nBoxed\n\nEnd."),
        (p("Noted", NOTE, " here"), "Noted[^1] here\n\nEnd.\n\n[^1]: Said *so*."),
        (p("Go ", LINK, "."), "Go [there](https://a.example/x)."),
        (p(r("nato", "<w:caps/>"), " said"), "NATO said"),
        (p('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "-rays"), "α-rays"),
        (p(r("\uf0e0", '<w:rFonts w:ascii="Wingdings"/>'), " on"), "→ on"),
        (p("a", "<w:r><w:noBreakHyphen/></w:r>", "b"), "a\u2011b"),
        (p("a", '<w:r><w:br w:type="page"/></w:r>', "b"), "a b"),
        (p("one", "<w:r><w:br/><w:br/></w:r>", "two"), "one\n\ntwo"),
        (p(r("bold ", "<w:b/>"), r("too", "<w:b/>"), r(" ", "<w:b/>"), "not"), "**bold too** not"),
        (p(r(" ", "<w:i/>"), "aha", r(".", "<w:i/>")), "aha."),
        (p("T", about='<w:framePr w:dropCap="drop"/>') + p("he end"), "The end"),
        (p("• one") + p("• two"), "- one\n- two\n\nEnd."),
        (p("3. one") + p("4. two"), "3.  one\n4.  two\n\nEnd."),
        (p("a") + p("* * *"), "a\n\n* * *\n\nEnd."),
        (p(": so"), "\\: so"),
        (p("A."), "A\\."),
        (p("---"), "* * *"),
        (p("Table: so"), "Table\\: so"),
        (p("@home &amp;amp; a_b 5 * 3"), "\\@home \\&amp; a_b 5 \\* 3"),
        (p("::: x"), "\\::: x"),
        (p("--Slide--"), "--Slide--"),
        (p("a") + p("=="), "\\=="),
        (p('"One.” He said "two."'), '\\"One.” He said "two."'),
        (p('"One, "two" said'), '\\"One, "two" said'),
        (p('5" by ', r('"six"', "<w:i/>")), '5\\" by *"six"*'),
        (p("time (", "<m:oMath><m:r><m:t>t</m:t></m:r></m:oMath>", ")"), "time ($t$)"),
        (
            f"<w:tbl><w:tr><w:tc>{p('a')}{p(PICTURE.format('Map'))}</w:tc><w:tc>{p('b')}</w:tc>"
            "</w:tr></w:tbl>",
            "[![Map](picture-1.png)]{}",
        ),
        (p("x", PICTURE.format("A map"), "y"), "x![A map](picture-1.png)y"),
        (p(PICTURE.format("A map")), '![](picture-1.png){alt="A map"}\n\nEnd.'),
        (
            p(PICTURE.format("A map")) + p("The corridor", style="Caption"),
            '![The corridor](picture-1.png){alt="A map"}',
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('a')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{p('.6')}</w:tc><w:tc>{p('c', style='Heading1')}{NESTED}</w:tc></w:tr>"
            "</w:tbl>",
            "**c**",
        ),
        (p("a") + "</w:body><w:body>" + p("b"), "a\n\nb\n\nEnd."),
        (
            "<w:tbl><w:tblPr><w:tblCaption w:val='Unseen'/></w:tblPr><w:tblGrid>"
            f"<w:gridCol w:w='100'/></w:tblGrid><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc>"
            f"</w:tr><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{p('c')}</w:tc></w:tr></w:tbl>",
            "| c ",
        ),
        (
            p("x", '<w:bookmarkStart w:id="1" w:name="a place"/>', "y", '<w:bookmarkEnd w:id="1"/>')
            + p('<w:hyperlink w:anchor="a place">' + r("there") + "</w:hyperlink>"),
            "[there](#a-place)",
        ),
        (f"<w:tbl><w:tr><w:tc>{p('alone')}</w:tc></w:tr></w:tbl>", "alone\n\nEnd."),
        (p("A", style="Heading1") + p("x") + p("B", style="Heading2"), "## A\n\nx\n\n### B"),
    ],
)
def test_every_construct_keeps_its_words(body: str, expected: str, tmp_path: Path) -> None:
    one = taken(
        p("First.") + body,
        NOTES,
        relations=relation("rIdP", "image", "media/image1.png"),
        files={"word/media/image1.png": png()},
    )

    assert expected in one.text
    assert not proven(one, tmp_path)


@pytest.mark.parametrize(
    ("body", "why", "words"),
    [
        (p("a ", r("secret", "<w:vanish/>")), Why.HIDDEN, "secret"),
        (p("Contents 3", style="TOC1"), Why.CONTENTS, "Contents 3"),
        (
            p(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                + r("Click here")
                + "</w:sdtContent></w:sdt>",
                "a",
            ),
            Why.PLACEHOLDER,
            "Click here",
        ),
        (p("a", BOX), Why.TWICE, "Boxed"),
        (p("• a") + p("• b"), Why.TYPED, "•"),
        (p("a", "<m:oMath><m:r><m:t>qz</m:t></m:r></m:oMath>"), Why.FORMULA, "qz"),
        (p("a", '<w:r><w:pict><v:textpath string="DRAFT"/></w:pict></w:r>'), Why.DRAWING, "DRAFT"),
        (p("a"), Why.HEADER, "Top of the page"),
        (p("a"), Why.ALONE, "Said so."),
    ],
)
def test_what_is_left_out_is_told_with_its_reason(
    body: str, why: Why, words: str, tmp_path: Path
) -> None:
    one = taken(body, {**NOTES, "header": p("Top of the page")})

    assert (why, words) in [(item.why, item.text) for item in one.left]
    assert one.text.count(words) == (why in (Why.TWICE, Why.FORMULA))
    assert not proven(one, tmp_path)


def test_colours_are_told_and_white_words_shown(tmp_path: Path) -> None:
    one = taken(
        p(
            "Text ", r("seen", '<w:highlight w:val="yellow"/>'), " ",
            r("unseen", '<w:color w:val="FFFFFF"/>'), ".",
        )
        + p(r("on black", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>')),
    )  # fmt: skip

    assert one.mended["highlights taken away"] == 1
    assert one.mended["colours taken away"] == 2
    assert [item for item in one.decide if "white" in item and "“unseen”" in item]
    assert not proven(one, tmp_path)


def test_words_where_none_may_be_are_an_error(tmp_path: Path) -> None:
    one = taken(p("Text.", about=r("astray")))

    assert [item.code for item in proven(one, tmp_path)] == ["import-unseen"]


CHANGED = (
    p(
        "It was ", f'<w:ins w:author="Ann">{r("twelve")}</w:ins>',
        '<w:del w:author="Bob"><w:r><w:delText>two</w:delText></w:r></w:del>', ".",
        about='<w:rPr><w:del w:author="Bob"/></w:rPr>',
    )
    + p(" On.")
)  # fmt: skip


def test_tracked_changes_wait_for_a_word() -> None:
    with pytest.raises(ImportRefused, match=r"1 insertions and 2 deletions by Bob, Ann"):
        taken(CHANGED)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.ACCEPT, "It was twelve. On."),
        (Choice.REJECT, "It was two.\n\nOn."),
        (Choice.QUERIES, "It was two.\n\nOn."),
    ],
)
def test_tracked_changes_are_settled(choice: Choice, expected: str, tmp_path: Path) -> None:
    one = taken(CHANGED, wishes=Wishes(changes=choice))

    assert expected in one.text
    assert not proven(one, tmp_path)


def tracked(kind: str, words: str, author: str = "Ann") -> str:
    """Return words that came (``ins``) or went (``del``)."""
    run = r(words) if kind == "ins" else f"<w:r><w:delText>{words}</w:delText></w:r>"
    return f'<w:{kind} w:author="{author}" w:date="2026-11-28T10:00:00Z">{run}</w:{kind}>'


@pytest.mark.parametrize(
    ("body", "about", "question"),
    [
        (p("It was ", tracked("del", "two"), tracked("ins", "twelve"), " in all."), "two in all.",
         "“twelve” in place of “two”? (Ann, 2026-11-28)"),
        (p("It was two ", tracked("ins", "or three "), "in all."), "It was two",
         "“or three” to be put in behind these words? (Ann, 2026-11-28)"),
        (p("It was ", tracked("del", "really "), "two in all."), "really two in",
         "“really” to be taken out? (Ann, 2026-11-28)"),
        (p("It was so.") + p(tracked("ins", "New here.")), "It was so.",
         "“New here.” to be put in behind these words? (Ann, 2026-11-28)"),
        (p("It was so.", about='<w:rPr><w:del w:author="Bob"/></w:rPr>'), "It was so.",
         "This paragraph and the next one to be joined? (Bob)"),
    ],
)  # fmt: skip
def test_tracked_changes_become_queries(
    body: str, about: str, question: str, tmp_path: Path
) -> None:
    one = taken(body, wishes=Wishes(changes=Choice.QUERIES))
    assert not proven(one, tmp_path)
    found, lost = queries(one.comments, one.passages, read(tmp_path))

    assert not lost
    assert [(item.text, item.question) for item in found] == [(about, question)]


def test_the_front_matter_comes_from_styles(tmp_path: Path) -> None:
    one = taken(
        p("A ", r("fine", "<w:i/>"), " title", NOTE, style="Title")
        + p("It’s more", style="Subtitle")
        + p("Ann Lee", style="Author")
        + p("5 May 2026", style="Date"),
        NOTES,
    )

    assert one.text.startswith("---\ntitle: 'A *fine* title'\n")
    assert "---\n\nSaid *so*.\n\nEnd." in one.text
    assert "subtitle: 'It’s more'\n" in one.text
    assert "author:\n  - 'Ann Lee'\n" in one.text
    assert "dateline: '5 May 2026'\n" in one.text
    assert not proven(one, tmp_path)


def test_a_transcript_is_an_interview(tmp_path: Path) -> None:
    turns = "".join(p("Ann Lee: Why?") + p("Tom Ray: So.") for _ in range(3))
    one = taken(turns)

    assert one.kind is Kind.INTERVIEW
    assert one.speakers == ("Ann Lee", "Tom Ray")
    assert "**Ann Lee:** Why?" in one.text
    assert not proven(one, tmp_path)


def test_typed_notes_are_proposed() -> None:
    typed = taken(p("It was so.[1] And so.[2]") + p("[1] In the book.") + p("[2] Not there."))
    assert "marks such as [1] look like notes" in "".join(typed.decide)
    assert "(2 in all)" in "".join(typed.decide)
    bare = taken(p("It was so [1].") + p("[7] is a number."))
    assert "look like notes" not in "".join(bare.decide)


def test_time_stamps_are_no_part_of_a_speakers_name(tmp_path: Path) -> None:
    said = ("Ann: Why?", "Bo: So.", "Ann: And then?", "Bo: A flood.")
    one = taken("".join(p(f"[00:0{n}:12] {turn}") for n, turn in enumerate(said)))

    assert one.speakers == ("Ann", "Bo")
    assert one.kind is Kind.INTERVIEW
    assert not proven(one, tmp_path)


def test_dashes_behind_speakers_are_colons(tmp_path: Path) -> None:
    one = taken("".join(p("I – Why?") + p("C - So.") for _ in range(3)))

    assert one.kind is Kind.INTERVIEW
    assert "**I:** Why?\n\n**C:** So." in one.text
    assert not proven(one, tmp_path)


def test_a_title_that_is_a_picture_is_none(tmp_path: Path) -> None:
    one = taken(
        p(PICTURE.format("Logo"), style="Title") + p("Text."),
        relations=relation("rIdP", "image", "media/image1.png"),
        files={"word/media/image1.png": png()},
    )

    assert "title: 'some text'" in one.text
    assert not proven(one, tmp_path)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (p("Interview with the Client"), "Interview with the Client"),
        (p("A long day", about='<w:jc w:val="center"/>'), "A long day"),
        (p("He went."), "some text"),
        (p("Ann Lee: Why"), "some text"),
        (p("I – Why so"), "some text"),
        (p("One", style="Heading1"), "One"),
        (p("One", style="Heading1") + p("a.") + p("Two", style="Heading1"), "some text"),
    ],
)
def test_a_title_is_looked_for(body: str, title: str) -> None:
    assert f"title: '{title}'" in taken(body).text.replace("title: One", "title: 'One'")


def test_bold_questions_are_those_of_an_interview(tmp_path: Path) -> None:
    body = "".join(p(r(f"Why {n}?", "<w:b/>")) + p("So.") for n in range(4))
    one = taken(p("Lead.") + body)

    assert one.kind is Kind.INTERVIEW
    assert "## Why 0?" in one.text
    assert any("look like headings" in item for item in one.decide)
    assert "**Why 0?**" in taken(body, wishes=Wishes(headings=False)).text
    assert not proven(one, tmp_path)


def test_pandoc_sees_the_bookmarks_that_links_lead_to_and_no_others() -> None:
    """Thousands of them, one a sentence, made pandoc take three times as long."""
    marks = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>{2}<w:bookmarkEnd w:id="{0}"/>'
    link = '<w:hyperlink w:anchor="place">' + r("there") + "</w:hyperlink>"
    body = (
        p("So.")
        + p(marks.format(1, "place", r("Here.")))
        + p(marks.format(2, "idle", r("x.")))
        + p(link)
    )
    data = docx(body + p("End."))
    package = opened(data, "a.docx")
    made = ready(package, parts_of(package), Choice.ACCEPT).data
    document = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml")

    assert b"place" in document
    assert b"idle" not in document
    assert "[there](#" in take(data, "a.docx").text


def test_replies_go_with_their_comment(tmp_path: Path) -> None:
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    about = '<w:commentRangeStart w:id="1"/>' + r("river") + '<w:commentRangeEnd w:id="1"/>'
    one = taken(
        p("By the ", about, " bank."),
        {
            "comments": "".join(
                f'<w:comment w:id="{n}" w:author="{who}"><w:p {w14} w14:paraId="{n}">'
                f"{r(said)}</w:p></w:comment>"
                for n, who, said in ((1, "Ed", "Which?"), (2, "Ann", "The Ob."))
            ),
            "commentsExtended": f'<w15:commentEx {w15} w15:paraId="2" w15:paraIdParent="1"/>',
        },
    )

    assert [item.replies for item in one.comments] == [("The Ob. (Ann)",)]
    assert one.comments[0].about == "river"


def test_a_comment_becomes_a_query(tmp_path: Path) -> None:
    about = '<w:commentRangeStart w:id="7"/>' + r("“the” river") + '<w:commentRangeEnd w:id="7"/>'
    one = taken(
        p("By ", about, '<w:r><w:commentReference w:id="7"/></w:r>', " bank."),
        {"comments": f'<w:comment w:id="7" w:author="Ed">{p("Which one?")}</w:comment>'},
    )
    proven(one, tmp_path)
    found, lost = queries(one.comments, one.passages, read(tmp_path))
    (tmp_path / "queries.toml").write_text(toml(found), "utf-8")

    assert [(item.text, item.question) for item in found] == [
        ("“the” river bank.", "Which one? (Ed)")
    ]
    assert not lost
    assert [query.question for query in read(tmp_path).queries] == ["Which one? (Ed)"]

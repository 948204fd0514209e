"""The EPUB writer's rules, one by one."""

from __future__ import annotations

import io
from operator import attrgetter

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Asset, Kind, Role
from faircopy.languages import locale
from faircopy.passes.units import unit
from faircopy.theme import load
from faircopy.writers.epub import accessibility
from faircopy.writers.epub.accessibility import Facts
from faircopy.writers.epub.gathering import gather
from faircopy.writers.reflowable import (
    content,
    links,
    notes,
    options,
    semantics,
    sheet,
    voices,
    xhtml,
)
from faircopy.writers.reflowable.contents import entries
from faircopy.writers.reflowable.images import Picture
from faircopy.writers.reflowable.sections import Section, split
from faircopy.writers.reflowable.xhtml import XML_LANG, parse
from lxml import etree
from PIL import Image

from tests.editions import read as publication_of

PLAIN = Facts(
    images=0,
    described=0,
    may_move=False,
    formulas=0,
    spoken=0,
    headings=3,
    nested=True,
    contents=3,
    reflows=True,
)


def claims(facts: Facts) -> list[str]:
    return [
        f"{name.removeprefix('schema:')}: {value}"
        for name, value in accessibility.properties(facts, "en")
        if not name.endswith("Summary")
    ]


# --- claims -------------------------------------------------------------------------------------


def test_a_book_of_words_claims_no_images() -> None:
    assert claims(PLAIN) == [
        "accessMode: textual",
        "accessModeSufficient: textual",
        "accessibilityFeature: displayTransformability",
        "accessibilityFeature: readingOrder",
        "accessibilityFeature: structuralNavigation",
        "accessibilityFeature: tableOfContents",
        "accessibilityHazard: none",
    ]


def test_alternative_text_is_claimed_only_when_every_image_has_it() -> None:
    all_of_them = msgspec.structs.replace(PLAIN, images=2, described=2)
    one_short = msgspec.structs.replace(PLAIN, images=2, described=1)
    assert "accessibilityFeature: alternativeText" in claims(all_of_them)
    assert "accessModeSufficient: textual" in claims(all_of_them)
    assert "accessibilityFeature: alternativeText" not in claims(one_short)
    assert "accessModeSufficient: textual" not in claims(one_short)
    assert "accessModeSufficient: textual,visual" in claims(one_short)
    assert "1 of 2 images have no alternative text." in accessibility.summary(one_short, "en")


def test_formulas_are_claimed_as_described_only_when_all_are() -> None:
    spoken = msgspec.structs.replace(PLAIN, formulas=2, spoken=2)
    half = msgspec.structs.replace(PLAIN, formulas=2, spoken=1)
    assert "accessibilityFeature: describedMath" in claims(spoken)
    assert "accessibilityFeature: MathML" in claims(half)
    assert "accessibilityFeature: describedMath" not in claims(half)


@pytest.mark.parametrize(
    ("css", "flows"),
    [("p { font-size: 1.1em; width: 100% }", True), ("p { font-size: 12px }", False)],
)
def test_text_is_claimed_to_reflow_only_where_no_size_is_fixed(css: str, flows: bool) -> None:
    facts = accessibility.observe([], [], [], css)
    assert ("accessibilityFeature: displayTransformability" in claims(facts)) is flows


def test_the_summary_leaves_out_what_is_not_established() -> None:
    silent = msgspec.structs.replace(PLAIN, reflows=False, formulas=2, spoken=1)
    said = accessibility.summary(silent, "en")
    assert "reflows" not in said
    assert "Formulas" not in said
    assert "The text reflows" not in accessibility.summary(
        msgspec.structs.replace(PLAIN, headings=0), "en"
    )


@pytest.mark.parametrize(("levels", "nested"), [("1223", True), ("13", False), ("353", False)])
def test_headings_are_a_way_through_the_book_only_where_no_level_is_skipped(
    levels: str, nested: bool
) -> None:
    marked = "".join(f"<h{level}>H</h{level}>" for level in levels)
    facts = accessibility.observe(
        [Section("a", "A", parse(f"<section>{marked}</section>"))], [], [], ""
    )
    assert ("accessibilityFeature: structuralNavigation" in claims(facts)) is nested


def test_an_ornament_needs_no_words() -> None:
    section = Section("a", "A", parse('<section><img class="decorative" src="a"/></section>'))
    bare = Section("a", "A", parse('<section><img src="a"/></section>'))
    assert accessibility.observe([section], [], [], "").images == 0
    assert accessibility.observe([bare], [], [], "").images == 1


def gif(frames: int) -> bytes:
    out = io.BytesIO()
    images = [Image.new("L", (4, 4), 60 * number) for number in range(frames)]
    images[0].save(out, "GIF", save_all=True, append_images=images[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("media_type", "data", "hazard"),
    [
        ("image/gif", gif(1), "none"),
        ("image/gif", gif(3), "unknown"),
        ("image/svg+xml", b"<svg><animate/></svg>", "unknown"),
        ("image/svg+xml", b"<svg><path/></svg>", "none"),
        ("image/jpeg", b"", "none"),
    ],
)
def test_what_may_flash_is_looked_into(media_type: str, data: bytes, hazard: str) -> None:
    asset = Asset(path="a", media_type=media_type, data=data, width=4, height=4)
    facts = accessibility.observe([], [Picture("images/a", asset)], [], "")
    assert f"accessibilityHazard: {hazard}" in claims(facts)


def test_the_summary_speaks_the_books_language_or_says_that_it_does_not() -> None:
    assert accessibility.summary(PLAIN, "ru").startswith("Текст подстраивается")
    assert accessibility.summary_lang("ru") == "ru"
    assert accessibility.summary(PLAIN, "is").startswith("The text reflows")
    assert accessibility.summary_lang("is") == "en"


# --- cutting, linking, notes --------------------------------------------------------------------


def body(html: str) -> list[Section]:
    root = parse(html)
    waiting = notes.take(root)
    sections = split(root, Kind.ARTICLE, "Title")
    notes.place(sections, waiting)
    return sections


def test_text_before_the_first_heading_is_a_document_of_its_own() -> None:
    sections = body(
        '<div id="opener"><p>T</p></div><p>lead</p><h2 id="a">A</h2><p>x</p><h2 id="b">B</h2>'
    )
    assert [(s.name, s.title) for s in sections] == [
        ("title", "Title"),
        ("s001", "Title"),
        ("s002", "A"),
        ("s003", "B"),
    ]
    labels = [entry.label for entry in entries(sections, locale("en").labels, attrgetter("path"))]
    assert labels == ["Title", "Beginning", "A", "B"]


def test_chapters_have_files_of_their_own_and_questions_share_some() -> None:
    long = f"<p>{'word ' * 900}</p>"
    chapters = f'<div id="opener"><p>T</p></div><h2 id="a">A</h2>{long}<h2 id="b">B</h2>{long}'
    html = f'{chapters}<h2 id="c">C</h2><p>c</p><h2 id="d">D</h2><p><a href="#c">c</a></p>'

    def files(kind: Kind) -> tuple[list[str], list[str], str]:
        sections = split(parse(html), kind, "Title")
        gathered = gather(sections, kind)
        links.connect(sections, lambda section: f"{section.name}.xhtml", "EPUB")
        lines = entries(sections, locale("en").labels, attrgetter("path"))
        (link,) = sections[-1].root.iter("{*}a")
        names = [" ".join(section.title for section in file) for file in gathered]
        return names, [line.href for line in lines], link.get("href", "")

    names, hrefs, link = files(Kind.INTERVIEW)
    assert names == ["Title", "A B", "C D"]
    assert [href.removeprefix("text/") for href in hrefs] == [
        *("title.xhtml", "s001.xhtml", "s001.xhtml#b", "s002.xhtml", "s002.xhtml#d")
    ]
    assert link == "#c"
    names, hrefs, link = files(Kind.BOOK)
    assert names == ["Title", "A", "B", "C", "D"]
    assert hrefs[-1] == "text/s004.xhtml"
    assert link == "s003.xhtml#c"
    parts = split(parse('<h1 id="a">A</h1><p>a</p><h1 id="b">B</h1>'), Kind.ARTICLE, "Title")
    assert len(gather(parts, Kind.ARTICLE)) == 2


def test_the_contents_nest_as_the_headings_do() -> None:
    (section,) = body(
        '<h1 id="a">A</h1><h3 id="b">B</h3><h4 id="c">C</h4><h2 id="d">D</h2><h5>no id</h5>'
    )
    (entry,) = entries([section], locale("en").labels, attrgetter("path"))
    assert entry.label == "A"
    assert [(e.label, [c.label for c in e.children]) for e in entry.children] == [
        ("B", ["C"]),
        ("D", []),
    ]


def test_a_heading_is_named_without_the_numbers_of_its_notes() -> None:
    note = '<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a>'
    listed = (
        '<section id="footnotes" class="footnotes"><ol><li id="fn1"><p>N</p></li></ol></section>'
    )
    (section,) = body(f'<h2 id="a">A <em>head</em>{note}</h2>{listed}')
    (entry,) = entries([section], locale("en").labels, attrgetter("path"))
    assert entry.label == "A head"


def test_ids_of_notes_give_way_to_the_manuscripts() -> None:
    note = '<a href="#fn1" id="fnref1" role="doc-noteref"><sup>1</sup></a>'
    listed = (
        '<section id="footnotes" class="footnotes"><ol><li id="fn1"><p>N</p></li></ol></section>'
    )
    (section,) = body(f'<p id="note-1">x{note}</p>{listed}')
    ids = [str(name) for name in section.root.xpath("//@id")]  # type: ignore[union-attr]
    assert len(ids) == len(set(ids))


def test_links_follow_their_targets_into_other_documents() -> None:
    sections = body(
        '<h2 id="a">A</h2><p><a href="#b">B</a> <a href="#a">A</a> <a href="#gone">no</a> '
        '<a href="javascript:alert(1)">js</a> <a href="https://example.org/">web</a></p>'
        '<h2 id="b">B</h2>'
    )
    found = links.connect(sections, lambda section: f"{section.name}.xhtml", "EPUB")
    hrefs = [link.get("href") for link in sections[0].root.iter("{*}a")]
    assert hrefs == ["s002.xhtml#b", "#a", "https://example.org/"]
    assert [item.code for item in found] == ["epub-link-dropped"] * 2


# --- meaning ------------------------------------------------------------------------------------


def test_a_pull_quote_with_a_link_stays_in_the_reading_order() -> None:
    root = parse(
        '<div class="pull-quote"><p>one</p></div>'
        '<div class="pull-quote"><p><a href="#x">two</a></p></div>'
    )
    semantics.enrich(root)
    assert [e.get("aria-hidden") for e in root] == ["true", None]


def test_tasks_are_told() -> None:
    root = parse("<ul><li>☐ one</li><li>two</li></ul><ol><li>☐ three</li></ol>")
    semantics.enrich(root)
    assert [item.get("class") for item in root.iter("{*}li")] == ["task", None, None]


def test_a_language_is_said_twice() -> None:
    root = parse('<p><span lang="fr">oui</span></p>')
    semantics.enrich(root)
    assert next(root.iter("{*}span")).get(XML_LANG) == "fr"


def test_a_character_that_xml_forbids_is_an_error() -> None:
    publication = publication_of("speaker-turns")
    bad = ast.Para((unit("bad", Role.PARAGRAPH, (ast.Str("\x01"),)),))
    with pytest.raises(EditionError, match="epub-not-well-formed"):
        content.tree(msgspec.structs.replace(publication, blocks=(bad,)))


# --- the look -----------------------------------------------------------------------------------


def test_a_token_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_source", lambda _: "p { color: var(--accnet) }")
    with pytest.raises(EditionError, match="--accnet"):
        sheet.sheet(load(), "en")


def test_every_theme_gives_a_sheet() -> None:
    from faircopy.theme import names

    for name in names():
        css = sheet.sheet(load(name), "en")
        assert "prefers-color-scheme: dark" in css
        assert "var(" not in css


def test_the_cascade_finds_the_font_of_every_run() -> None:
    css = """
    body { font-family: "Text", serif } em { font-style: italic }
    h1 { font-family: "Display"; font-weight: 400 } h1 em { font-style: normal }
    .strong > b { font-weight: bold } @media print { body { font-family: "Never" } }
    """
    document = etree.fromstring(
        "<html><head><title>no</title></head><body><h1>a<em>b</em></h1>"
        "<p class='strong'>c<em>d<b>e</b></em><b>f</b>g</p></body></html>"
    )
    text, display = ("Text", "serif"), ("Display",)
    assert list(voices.Cascade(css).runs(document)) == [
        ("a", voices.Voice(display)),
        ("b", voices.Voice(display)),
        ("c", voices.Voice(text)),
        ("d", voices.Voice(text, italic=True)),
        ("e", voices.Voice(text, italic=True)),
        ("f", voices.Voice(text, weight=700)),
        ("g", voices.Voice(text)),
    ]


def test_each_character_goes_to_the_first_family_that_has_it() -> None:
    theme = load()
    voice = voices.Voice(("Faircopy Serif", "Amiri", "serif"), italic=True)
    cast = voices.cast_faces([("aб ا", voice), ("☃", voice)], theme)
    assert [(face.name, text) for face, text in cast.faces] == [
        ("Faircopy Serif Italic", "aб"),
        ("Amiri Regular", "ا"),
    ]
    assert cast.undrawn == "☃"


@pytest.mark.parametrize(
    ("code", "wholes"),
    [
        ("pip install --no-deps it", ["--no-deps"]),
        ("a b", []),
        ("x-y z-", ["x-y", "z-"]),
        ("--output=/a/very/long/way/to/some/file.json -q", ["--output", "-q"]),
        ("a-very-long-name-that-no-line-has-room-for", []),
    ],
)
def test_words_of_code_with_hyphens_stay_whole(code: str, wholes: list[str]) -> None:
    """On a telephone a line ended in the hyphen of an option."""
    root = xhtml.parse(f"<p><code>{code}</code></p><pre><code>--no-deps</code></pre>")
    options.keep(root)
    assert [item.text for item in root.iter(f"{{{xhtml.XHTML}}}span")] == wholes
    assert "".join(map(str, root.itertext())) == f"{code}--no-deps"


def test_words_are_those_that_a_browser_sets_at_one_go() -> None:
    theme = load()
    text = voices.Voice(("Noto Nastaliq Urdu",))
    bold = voices.Voice(("Noto Nastaliq Urdu",), 700)
    runs = [("ab cd", text), ("ef", text), ("gh ij", bold), ("kl", bold), (" m", text)]
    words = voices.words_cast(runs, theme)
    joiner = "\u200d"
    assert words["Noto Nastaliq Urdu Regular"] == {
        *("ab", "cd", "ef", "cdef", f"ef{joiner}", "m"),  # "cd" and "ef" may be of two blocks
    }
    assert words["Noto Nastaliq Urdu Bold"] == {"gh", "ij", "kl", "ijkl", f"{joiner}gh"}


def test_of_questions_that_are_asked_twice_one_bears_the_name() -> None:
    asked = '<h2 id="a">Why?</h2><p>So.</p><h2 id="b">Why?</h2><p>So.</p><h2 id="c">How?</h2>'
    sections = split(parse(asked), Kind.INTERVIEW, "T")
    names = [(one.title, one.root.get("aria-labelledby")) for one in sections]
    assert names == [("Why?", "a"), ("Why?", None), ("How?", "c")]
    assert [one.root.get("role") for one in sections] == ["doc-qna"] * 3

"""Random manuscripts: no crash, no hang, no word lost on the way into an edition.

``./inv test --only fuzz --fuzz 20000`` tries more of them.
"""

import os
import string
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline import ast, manuscript, proof
from pipeline.diagnostics import EditionError, ManuscriptError
from pipeline.manuscript.lint import lint
from pipeline.model import Publication
from pipeline.theme import load
from pipeline.writers import FORMATS, Format, Options, write

CASES = int(os.environ.get("FAIRCOPY_FUZZ", "2000"))
PARTS = 4
"""Into how many tests they are divided, which run beside one another."""

PATIENCE = 30.0
"""Seconds after which a case hangs; most take a tenth of one."""

FRONT = "---\ntitle: T\nlang: {}\nkind: {}\n---\n\n"

word = st.one_of(
    st.text(string.ascii_letters, min_size=1, max_size=7),
    st.text(min_size=1, max_size=4),
    st.sampled_from(["қазақ", "сөз", "слово", "لفظ", "كلمة", "מילה", "词语", "é", "6,5", "2026"]),
)
noise = st.text("*_`[]()<>#|~^$@\\!-+=:{}'\"&;.,…–— \n\t0aA", max_size=12)


def wrap(before: str, after: str) -> st.SearchStrategy[str]:
    return st.builds(lambda text: before + text + after, word)


inline = st.one_of(
    word,
    word,
    word,
    noise,
    *(
        wrap(before, after)
        for before, after in [
            ("*", "*"),
            ("**", "**"),
            ("`", "`"),
            ("$", "$"),
            ("[", "](https://example.org/)"),
            ("[", "]{.smallcaps}"),
            ("^[", "]"),
            ("~~", "~~"),
            ("^", "^"),
            ('"', '"'),
            ("'", "'"),
            ("<b>", "</b>"),
            ("[@", "]"),
            ("", "\\\n"),
            ("[", "](#h)"),
            ("[", "][^n]"),
            ("[^", "]"),
            ("![", "](a.svg)"),
            ("==", "=="),
            ("~", "~"),
            ("$$", "$$"),
            ("<!-- ", " -->"),
            ("\\", "{x}"),
            ("&", ";"),
            ("``` ", "```"),
            ("[", "]{#i .c k=v}"),
            ("“", "”"),
            ("(", ")"),
            ("\u202b", "\u202c"),
        ]
    ),
)
line = st.lists(inline, min_size=1, max_size=8).map(" ".join)


def indent(text: str, prefix: str) -> str:
    return "\n".join(prefix + row for row in text.split("\n"))


block = st.one_of(
    line,
    line.map(lambda text: "# " + text.replace("\n", " ")),
    line.map(lambda text: "## " + text.replace("\n", " ")),
    line.map(lambda text: indent(text, "> ")),
    line.map(lambda text: indent(text, "- ")),
    line.map(lambda text: indent(text, "1. ")),
    line.map(lambda text: indent(text, "    ")),
    line.map(lambda text: indent(text, "| ")),
    line.map(lambda text: f"| {text} | b |\n|---|---|\n| {text} | d |"),
    line.map(lambda text: f"::: pull-quote\n{text}\n:::"),
    line.map(lambda text: f"**Name:** {text}"),
    line.map(lambda text: f"term\n: {text}"),
    line.map(lambda text: f"```\n{text}\n```"),
    line.map(lambda text: f"## {text} {{#h}}".replace("\n", " ")),
    line.map(lambda text: f"[^n]: {text}"),
    line.map(lambda text: f"+---+---+\n| {text} | b |\n+===+===+\n| c | d |\n+---+---+"),
    line.map(lambda text: f"  a  b\n---  ---\n {text}  d\n\n: {text}"),
    line.map(lambda text: f"![{text}](a.svg)"),
    line.map(lambda text: f"---\n{text}\n---"),
    st.just("* * *"),
    noise,
)


def within(block: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return blocks that hold other blocks."""
    several = st.lists(block, min_size=1, max_size=3).map("\n\n".join)
    return st.one_of(
        several.map(lambda text: indent(text, "> ")),
        several.map(lambda text: "- " + indent(text, "  ").lstrip()),
        several.map(lambda text: "1. " + indent(text, "   ").lstrip()),
        several.map(lambda text: f"::: note\n{text}\n:::"),
        several.map(lambda text: "[^n]: " + indent(text, "    ").lstrip()),
        several.map(lambda text: "term\n\n:   " + indent(text, "    ").lstrip()),
        several.map(lambda text: "<div>\n" + text + "\n</div>"),
    )


blocks = st.recursive(block, within, max_leaves=6)
body = st.lists(blocks, min_size=1, max_size=6).map("\n\n".join)
manuscripts = st.tuples(
    st.sampled_from(["en-GB", "ru", "kk", "ur", "ar", "he", "zh", "fr", "xx"]),
    st.sampled_from(["interview", "article", "book"]),
    body,
)


def read(folder: Path, case: tuple[str, str, str]) -> Publication | None:
    """Read a case; a refusal must say where and what to do."""
    lang, kind, text = case
    data = (FRONT.format(lang, kind) + text).encode("utf-8", "surrogatepass")
    (folder / "manuscript.md").write_bytes(data)
    (folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>")
    began = time.monotonic()
    try:
        return manuscript.read(folder)
    except ManuscriptError as error:
        found = error.diagnostics
    finally:
        assert time.monotonic() - began < PATIENCE
    assert all(item.place and item.place.line and item.message and item.remedy for item in found)
    return None


def whole(publication: Publication, row: Format, options: Options) -> None:
    """Assert that a format holds every word of a publication, or says which letter no font has."""
    began = time.monotonic()
    try:
        artifact = write(row, publication, load("theme"), options)
    except EditionError as error:
        assert {item.code for item in error.diagnostics} == {"glyph-missing"}  # noqa: PT017
        return
    assert proof.verify(publication, artifact) == ()
    assert time.monotonic() - began < PATIENCE


relaxed = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CHEAP = tuple(row for row in FORMATS if row.name in ("epub", "bundle"))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@settings(relaxed, max_examples=CASES // PARTS)
@given(case=manuscripts)
def test_random_manuscripts(tmp_path: Path, part: int, case: tuple[str, str, str]) -> None:
    publication = read(tmp_path, case)

    if publication:
        ids = [
            node.attr.id
            for node in ast.walk(publication.blocks)
            if isinstance(node, ast.Span | ast.Header) and node.attr.id
        ]
        assert len(ids) == len(set(ids))
        assert lint(publication, ask=lambda words, dictionary: frozenset()) is not None
        for row in CHEAP:
            whole(publication, row, Options())


@pytest.mark.slow
@settings(relaxed, max_examples=max(40, CASES // 20))
@given(manuscripts)
def test_random_manuscripts_as_word_documents(tmp_path: Path, case: tuple[str, str, str]) -> None:
    publication = read(tmp_path, case)

    if publication:
        whole(publication, next(row for row in FORMATS if row.name == "docx"), Options())


@pytest.mark.slow
@settings(relaxed, max_examples=max(40, CASES // 50))
@given(manuscripts, st.sampled_from(["a4", "a5"]))
@example(("en-GB", "interview", "A\n\n- ::: pull-quote\n  A\n  :::"), "a4")
def test_random_manuscripts_on_paper(tmp_path: Path, case: tuple[str, str, str], page: str) -> None:
    publication = read(tmp_path, case)

    if publication:
        whole(publication, next(row for row in FORMATS if row.name == "pdf"), Options(page=page))

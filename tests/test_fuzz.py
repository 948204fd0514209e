"""Random manuscripts: no crash, no hang, no word lost on the way into an edition.

``FAIRCOPY_FUZZ=20000 ./inv test --only fuzz`` tries more of them.
"""

import os
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import ast, manuscript, proof
from pipeline.diagnostics import ManuscriptError
from pipeline.model import Publication
from pipeline.theme import load
from pipeline.writers import FORMATS, Options, write

CASES = int(os.environ.get("FAIRCOPY_FUZZ", "2000"))
FRONT = "---\ntitle: T\nlang: {}\nkind: {}\n---\n\n"

word = st.one_of(
    st.text(string.ascii_letters, min_size=1, max_size=7),
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
    st.just("* * *"),
    noise,
)
body = st.lists(block, min_size=1, max_size=6).map("\n\n".join)
manuscripts = st.tuples(
    st.sampled_from(["en-GB", "ru", "kk", "ur", "ar", "he", "zh", "fr", "xx"]),
    st.sampled_from(["interview", "article", "book"]),
    body,
)


def read(folder: Path, case: tuple[str, str, str]) -> Publication | None:
    """Read a case; a refusal must say where and what to do."""
    lang, kind, text = case
    (folder / "manuscript.md").write_text(FRONT.format(lang, kind) + text, "utf-8")
    try:
        return manuscript.read(folder)
    except ManuscriptError as error:
        found = error.diagnostics
    assert all(item.place and item.message and item.remedy for item in found)
    return None


relaxed = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.slow
@settings(relaxed, max_examples=CASES)
@given(manuscripts)
def test_reading_random_manuscripts(tmp_path: Path, case: tuple[str, str, str]) -> None:
    publication = read(tmp_path, case)

    if publication:
        ids = [
            node.attr.id
            for node in ast.walk(publication.blocks)
            if isinstance(node, ast.Span | ast.Header) and node.attr.id
        ]
        assert len(ids) == len(set(ids))


@pytest.mark.slow
@settings(relaxed, max_examples=max(40, CASES // 40))
@given(manuscripts)
def test_no_word_is_lost_in_an_edition(tmp_path: Path, case: tuple[str, str, str]) -> None:
    publication = read(tmp_path, case)

    if publication:
        theme = load("theme")
        for row in FORMATS:
            if not row.typeset:
                artifact = write(row, publication, theme, Options())
                assert proof.verify(publication, artifact) == ()


@pytest.mark.slow
@settings(relaxed, max_examples=max(40, CASES // 50))
@given(manuscripts, st.sampled_from(["a4", "a5"]))
def test_no_word_is_lost_on_a_page(tmp_path: Path, case: tuple[str, str, str], page: str) -> None:
    publication = read(tmp_path, case)

    if publication:
        for row in FORMATS:
            if row.typeset:
                artifact = write(row, publication, load("theme"), Options(page=page))
                assert proof.verify(publication, artifact) == ()

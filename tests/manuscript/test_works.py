"""Works in files beside a manuscript: cited and listed; nothing else is opened or fetched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication
from faircopy.manuscript import read

FRONT = "---\ntitle: T\nlang: {}\n{}\n---\n\nAs was shown [@doe, p. 3].\n"
BIB = "@book{doe, author={Doe, Jane}, title={A Book}, year={2020}}\n@book{roe, title={Other}}\n"
JSON = (
    '[{"id": "doe", "type": "book", "title": "A book", "author": [{"family": "Doe"}],'
    ' "issued": {"date-parts": [[2020]]}}]'
)
YAML = (
    "references:\n- id: doe\n  type: book\n  title: A book\n  author: [{family: Doe}]\n"
    "  issued: 2020\n"
)
STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>S'
    "</title><id>s</id>{}</info><citation><layout prefix='&lt;' suffix='&gt;'>"
    '<text variable="title"/></layout></citation></style>'
)
PARENT = '<link href="http://127.0.0.1:9/apa" rel="independent-parent"/>'

Made = Callable[..., Publication]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(front: str, lang: str = "en-GB", **files: str) -> Publication:
        folder = tmp_path / "m"
        folder.mkdir()
        (folder / "manuscript.md").write_text(FRONT.format(lang, front), "utf-8")
        for name, text in files.items():
            (folder / name.replace("_", ".")).write_text(text, "utf-8")
        return read(folder, name="m")

    return make


@pytest.mark.parametrize(
    ("front", "files"),
    [
        ("bibliography: w.bib", {"w_bib": BIB}),
        ("bibliography: [w.bib, v.json]", {"w_bib": "@book{roe, title={R}}", "v_json": JSON}),
        ("bibliography: w.json", {"w_json": JSON}),
        ("bibliography: w.yaml", {"w_yaml": YAML}),
        ("bibliography: ./w.yaml", {"w_yaml": f"---\n{YAML}...\n"}),
    ],
)
def test_works_of_a_file_are_cited_and_listed(
    made: Made, front: str, files: dict[str, str]
) -> None:
    words = ast.text(made(front, **files).blocks)
    assert "(Doe 2020, 3)" in words
    assert "A Book" in words
    assert "Other" not in words


def test_a_work_that_names_its_language_keeps_it(made: Made) -> None:
    bib = BIB.replace("A Book", "A book of night").replace("year=", "langid={english}, year=")
    text = made("bibliography: w.bib", w_bib=bib, lang="ru").blocks
    assert "A Book of Night" in ast.text(text)  # as the style has English titles


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en-GB", "Das Buch Der Nacht"),
        ("de-AT", "Das Buch der Nacht"),
        ("ru", "Das Buch der Nacht"),
        ("kk", "Das Buch der Nacht"),
    ],
)
def test_titles_of_bibtex_are_of_the_texts_language(made: Made, lang: str, title: str) -> None:
    """They were taken for English: German nouns lost their capitals."""
    bib = BIB.replace("A Book", "Das Buch der Nacht")
    assert title in ast.text(made("bibliography: w.bib", w_bib=bib, lang=lang).blocks)


def test_what_the_front_matter_says_of_a_work_stays_in_its_letters(made: Made) -> None:
    own = "bibliography: w.bib\nreferences:\n- {id: doe, type: book, title: An old article}"
    words = ast.text(made(own, w_bib=BIB).blocks)
    assert "An old article" in words
    assert "A Book" not in words


def test_a_style_of_the_folder_says_how_works_are_cited(made: Made) -> None:
    front = "bibliography: w.bib\ncsl: s.csl"
    words = ast.text(made(front, w_bib=BIB, s_csl=STYLE.format("")).blocks)
    assert "shown <A book>" in words


DEEP = json.dumps([{"id": "w", "type": "book", "title": "<i>" * 3_000 + "x" + "</i>" * 3_000}])
SWOLLEN = (
    "@string{x0 = {aaaaaaaaaa}}"
    + "".join(f"@string{{x{n} = x{n - 1} # x{n - 1} # x{n - 1} # x{n - 1}}}" for n in range(1, 14))
    + "@book{w, title = x13}"
)
"""Abbreviations of abbreviations: 670 million letters."""

REFUSED = [
    ("bibliography: ../../../etc/passwd.bib", {}, "bibliography-file", "m/manuscript.md:4:1"),
    ("bibliography: /etc/w.bib", {}, "bibliography-file", "m/manuscript.md:4:1"),
    ("bibliography: https://a.org/w.bib", {}, "bibliography-file", "m/manuscript.md:4:1"),
    ("bibliography: .w.bib", {}, "bibliography-file", "m/manuscript.md:4:1"),
    (f"bibliography: [{', '.join(['w.bib'] * 21)}]", {"w_bib": BIB}, "bibliography-many",
     "m/manuscript.md:4:1"),
    ("bibliography: W.bib", {"w_bib": BIB}, "bibliography-file", "m/manuscript.md:4:1"),
    ("bibliography: manuscript.md", {}, "bibliography-file", "m/manuscript.md:4:1"),
    ("bibliography: w.bib", {"w_bib": " "}, "bibliography-empty", "m/w.bib:1:1"),
    ("bibliography: w.bib", {"w_bib": "\n@book{x, a=\n"}, "bibliography-unreadable",
     "m/w.bib:2:1"),
    ("bibliography: w.yaml", {"w_yaml": "a: 1\nb: [1\n"}, "bibliography-unreadable",
     "m/w.yaml:2:1"),
    ("bibliography: w.yaml", {"w_yaml": "a: &a 1\nb: [" + "*a, " * 9 + "]"}, "bibliography-anchors",
     "m/w.yaml:2:37"),
    ("bibliography: w.yaml", {"w_yaml": "references: " + "[" * 5_000 + "]" * 5_000},
     "bibliography-too-deep", "m/w.yaml:1:1"),
    ("bibliography: w.json", {"w_json": DEEP}, "bibliography-too-deep", "m/w.json:1:1"),
    ("bibliography: w.bib", {"w_bib": SWOLLEN}, "pandoc-memory", "m/w.bib:1:1"),
    ("bibliography: w.json", {"w_json": "[{"}, "bibliography-unreadable", "m/w.json:1:1"),
    ("bibliography: w.bib", {"w_bib": "@book{x, title={T}}"}, "citation-unresolved",
     "m/manuscript.md:7:15"),
    ("csl: s.csl", {"s_csl": "<style>"}, "style-unreadable", "m/s.csl:1:7"),
    ("csl: s.csl", {"s_csl": "<style/>"}, "style-unreadable", "m/s.csl:1:1"),
    ("csl: s.csl", {"s_csl": STYLE.format(PARENT)}, "style-dependent", "m/s.csl:1:1"),
]  # fmt: skip


@pytest.mark.parametrize(("front", "files", "code", "place"), REFUSED)
def test_what_cannot_be_read_is_refused_at_its_place(
    made: Made, front: str, files: dict[str, str], code: str, place: str
) -> None:
    with pytest.raises(ManuscriptError) as caught:
        made(front, **files)
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.place)) == (code, place)
    assert found.remedy


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_no_link_out_and_no_pipe_is_opened(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "manuscript.md").write_text(FRONT.format("en", "bibliography: w.bib"), "utf-8")
    if kind == "pipe":
        os.mkfifo(folder / "w.bib")
    else:
        (tmp_path / "secret.bib").write_text(BIB, "utf-8")
        (folder / "w.bib").symlink_to(tmp_path / "secret.bib")
    with pytest.raises(ManuscriptError) as caught:
        read(folder, name="m")
    assert [item.code for item in caught.value.diagnostics] == ["bibliography-file"]

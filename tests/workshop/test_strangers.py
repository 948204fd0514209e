from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.publish.project import is_slug
from faircopy.workshop.strangers import Stranger, found, mended, readied, settle


def test_every_text_of_a_folder_is_found_with_the_language_of_its_path(tmp_path: Path) -> None:
    for name in ("a.md", "book/pt-BR/one.markdown", "book/deep/er/fr/x.md", "own/manuscript.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text")
    (tmp_path / "own/notes.md").write_text("No text of its own")
    texts = list(found(tmp_path, "en"))
    assert [(text.name, text.lang, text.source) for text in texts] == [
        ("a.md", "en", "."),
        ("book/deep/er/fr/x.md", "en", "book"),
        ("book/pt-BR/one.markdown", "pt-BR", "book"),
        ("own/manuscript.md", "en", "own"),
    ]
    assert all(is_slug(text.slug) for text in texts)


def test_names_that_differ_have_other_slugs() -> None:
    names = ("ab/" + "long-" * 40 + "1.md", "ab/" + "long-" * 40 + "2.md", "ж.md", "я.md", "Я.md")
    slugs = {Stranger(Path(name), name, "en").slug for name in names}
    assert len(slugs) == len(names)
    assert all(map(is_slug, slugs))


READIED = {
    "# The *best* `way`\n\nText": "---\ntitle: 'The best way'\nlang: ru\n---\n\n# The *best* `way`",
    "It's late\n=========\n": "---\ntitle: 'It''s late'\nlang: ru\n---\n\nIt's late",
    "## Way {#way .x}\n": "---\ntitle: 'Way'\nlang: ru\n---\n\n## Way",
    "Text": "---\ntitle: 'text'\nlang: ru\n---\n\nText",
    "---\nlayout: post\n---\n## A [b](c)\n": "---\ntitle: 'A b'\nlang: ru\nlayout: post\n---\n## A",
    "---\ntitle: Known\n---\nText": "---\nlang: ru\ntitle: Known\n---\nText",
    '+++\ntitle = "T"\ndraft = true\n+++\nText': "---\ntitle: 'T'\nlang: ru\n---\n\nText",
    "---\ntitle: T\nlang: en\n---\nText": "---\ntitle: T\nlang: en\n---\nText",
    "---\ntitle: T\nlang: 'pt-BR' # so\n---\nText": "---\ntitle: T\nlang: 'pt-BR' # so\n---\nText",
    "---\ntitle: T\nlang: zh_cn\nx: 1\n---\nT": "---\nlang: ru\ntitle: T\nx: 1\n---\nT",
    "---\nlang:\ntitle: T\n---\nText": "---\nlang: ru\ntitle: T\n---\nText",
}


@pytest.mark.parametrize(("text", "begins"), READIED.items())
def test_a_text_gets_the_title_and_language_that_it_lacks(text: str, begins: str) -> None:
    stranger = Stranger(Path("text.md"), "text.md", "ru")
    assert readied(text.encode(), stranger).decode().startswith(begins)


def test_what_is_no_text_stays_as_it_is() -> None:
    assert readied(b"\xff\xfe", Stranger(Path("text.md"), "text.md", "ru")) == b"\xff\xfe"


def test_the_pictures_that_a_text_names_come_along_and_nothing_else(tmp_path: Path) -> None:
    home = tmp_path / "texts"
    (home / "img").mkdir(parents=True)
    for name in ("texts/img/a.png", "texts/img/b.png", "outside.png"):
        (tmp_path / name).write_bytes(b"picture")
    text = b"![A](img/a.png) ![Out](../outside.png) ![None](c.png)"
    room = tmp_path / "room"
    settle(room, Stranger(home / "text.md", "text.md", "en"), text)
    files = sorted(str(path.relative_to(room)) for path in room.rglob("*") if path.is_file())
    assert files == ["img/a.png", "manuscript.md"]
    assert (room / "manuscript.md").read_bytes() == text


def test_a_mended_text_lacks_the_paragraphs_that_were_wrong_each_counted_once() -> None:
    text = b"---\ntitle: T\nlayout: x\n---\n\nfirst\nsecond\n\nthird\n\nfourth\n"
    wrong = [
        Diagnostic("code", Severity.ERROR, "wrong", place=Place("manuscript.md", line))
        for line in (3, 6, 7, 11, 999)
    ]
    left, keys, changes = mended(text, wrong)
    assert left == b"---\ntitle: T\nx-layout: x\n---\n\n\nthird\n\n"
    assert (keys, changes) == (1, 2)


def test_places_of_one_cause_are_one_change() -> None:
    text = b"---\ntitle: T\n---\n\nfirst\n\nsecond\n\nthird\n"
    wrong = Diagnostic("c", Severity.ERROR, "wrong", place=Place("manuscript.md", 5), also=(9,))
    assert mended(text, [wrong]) == (b"---\ntitle: T\n---\n\n\nsecond\n\n", 0, 1)

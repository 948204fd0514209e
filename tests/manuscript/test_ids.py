"""Ids of a text meet none of ours, whatever they are called; links lead to them as before."""

from collections import Counter
from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication
from faircopy.manuscript.ids import ids, renamed
from faircopy.passes.opener import opener
from faircopy.passes.sentences import mark
from faircopy.translation.segments import extract

Read = Callable[..., Publication]

OURS = (
    "opener", "opener-title", "Opener-Title", "meta", "meta-author-1", "group-one", "ref-doe",
    "x.s2", "x.c1.alt", "text-opener", "text-text-meta-x",
)  # fmt: skip


@pytest.mark.parametrize("id", OURS)
def test_an_id_like_ours_is_renamed_with_its_links(read: Read, id: str) -> None:
    found = read(f"# H {{#x}}\n\nOne. Two.\n\n[a]{{#{id}}} [b](#{id})\n")

    link = next(ast.find(found.blocks, ast.Link))
    assert link.url == f"#text-{id}"
    assert link.url[1:] in ids(found.blocks)


def test_two_ids_never_become_one() -> None:
    every = (
        *OURS,
        *map(renamed, OURS),
        "one",
        "metaphor",
        "openers",
        "text",
        "text-one",
        "x.section",
    )

    assert len({renamed(id) for id in every}) == len(set(every))
    for id in ("metaphor", "openers", "text-one", "x.section", "référence"):
        assert renamed(id) == id


def test_every_id_of_an_edition_is_given_once(read: Read) -> None:
    lead = next(id for id in ids(read("Words.\n").blocks) if id.startswith("lead-"))
    found = read(
        f"---\ntitle: One. Two.\nlang: en\nauthor: A\n---\n\nWords.\n\n# Meta and {{#{lead}}}\n\n"
        "A. B.\n\n# Opener\n\n# Opener title\n\n# Meta author 1\n\n# Opener title.s1\n"
    )

    tree = mark((opener(found), *found.blocks), "en")
    assert [id for id, count in Counter(ids(tree)).items() if count > 1] == []
    units = [unit.id for unit in extract(found).units()]
    assert len(units) == len(set(units))
    assert sum(unit.role == "heading" for unit in extract(found).units()) == 5


@pytest.mark.parametrize(
    ("link", "id"),
    [
        ("#%E5%92%8C", "和"),
        ("#和", "和"),
        ("#a%2Db", "a-b"),
    ],
)
def test_a_percent_encoded_link_is_decoded(read: Read, link: str, id: str) -> None:
    found = read(f"[x]({link})\n\n# H {{#{id}}}\n")

    assert [node.url for node in ast.find(found.blocks, ast.Link)] == [f"#{id}"]


@pytest.mark.parametrize("id", ["a b", "a&quot;b", "a/b"])
def test_an_id_of_html_that_is_no_name_is_refused(read: Read, id: str) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read(f"a\n\n<span id='{id}'>b</span>\n")

    (found,) = caught.value.diagnostics
    assert found.code == "id-unfit"


HOSTED = [
    ("## 3. Who *says* so?", "#3-who-says-so", "#who-says-so"),
    ("## Read / Write", "#read--write", "#read-write"),
    ("## `main` and more", "#Main-And-More", "#main-and-more"),
    ("## Обзор", "#%D0%9E%D0%B1%D0%B7%D0%BE%D1%80", "#обзор"),
    ("## Twice\n\n## Twice {#second}", "#twice-1", "#second"),
    ("## 1984 {#year}", "#1984", "#year"),
]


@pytest.mark.parametrize(("heading", "written", "url"), HOSTED)
def test_a_link_by_a_code_hosts_name_of_a_heading_leads_there(
    read: Read, heading: str, written: str, url: str
) -> None:
    found = read(f"[See]({written})\n\n{heading}\n\nText.\n")

    assert next(ast.find(found.blocks, ast.Link)).url == url


def test_a_dead_link_is_told_as_it_is_written_once_for_all_its_places(read: Read) -> None:
    text = "[See](#caf%C3%A9)\n\n## Somewhere\n\n[a](#caf%C3%A9)\n\n[b](#x)\n"
    with pytest.raises(ManuscriptError) as refused:
        read(text)
    first, other = refused.value.diagnostics
    assert first.place
    assert first.place.line == 6
    assert first.also == (10,)
    assert first.message.endswith("the same goes for 1 more: see lines 10")
    assert (other.message.split()[2], other.also) == ("“#x”", ())


def test_an_id_that_pandoc_makes_gives_way_to_the_same_one_written(read: Read) -> None:
    found = read('[See](#git)\n\n<a name="git"></a>\n\n## 1. Git\n\nText.\n')

    assert next(ast.find(found.blocks, ast.Link)).url == "#git"
    given = ids(found.blocks)
    assert given.count("git") == given.count("git-1") == 1


def test_two_ids_that_are_written_alike_are_refused(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="given twice"):
        read('<a name="git"></a>\n\n## 1. Git {#git}\n\nText.\n')


def test_a_link_by_a_name_of_nothing_is_still_dead(read: Read) -> None:
    with pytest.raises(ManuscriptError, match="leads to no heading"):
        read("[See](#nowhere)\n\n## Somewhere\n\nText.\n")

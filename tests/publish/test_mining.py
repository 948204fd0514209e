"""What of a shelf may be mined: said for all, or publication by publication, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from faircopy.core.model import About, Kind
from faircopy.publish import mining, publish, verifying
from faircopy.publish.manifest import SetManifest, sets

from tests.publish.test_publish import a_set

HERE = "https://oak.example/tdm.json"


def said(slug: str, tdm: str, policy: str = "", site: str = "") -> SetManifest:
    about = About(lang="en", dir="ltr", kind=Kind.BOOK, title=slug, tdm=tdm, tdm_policy=policy)
    new = a_set(slug, docx="a text")
    files = tuple(entry for entry, _ in new.files)
    return SetManifest(slug, new.made_from, {}, files, editions=(about,), site=site)


@pytest.mark.parametrize(
    ("found", "rules"),
    [
        ([], None),
        ([said("a", "")], None),
        (
            [said("a", "reserved", HERE), said("b", "reserved", HERE)],
            [{"location": "/", "tdm-reservation": 1, "tdm-policy": HERE}],
        ),
        (
            [said("a", "reserved", site="https://oak.example/editions/"), said("b", "")],
            [{"location": "/editions/a/", "tdm-reservation": 1}],
        ),
        (
            [said("a", "reserved"), said("b", "permitted")],
            [
                {"location": "/a/", "tdm-reservation": 1},
                {"location": "/b/", "tdm-reservation": 0},
            ],
        ),
        (
            [said("a", "reserved", site="https://oak.example/editions/")],
            [{"location": "/editions/", "tdm-reservation": 1}],
        ),
        (
            [said("a", "reserved", site="https://[oak/editions/")],
            [{"location": "/editions/", "tdm-reservation": 1}],
        ),
    ],
)
def test_rules(found: list[SetManifest], rules: object) -> None:
    made = mining.rules(found)
    assert (json.loads(made) if made else None) == rules


def test_it_lies_on_the_shelf_for_as_long_as_it_is_said(tmp_path: Path) -> None:
    about = said("one", "reserved").editions
    new = a_set(docx="a text")
    publish.publish(tmp_path, msgspec.structs.replace(new, editions=about))
    assert (tmp_path / mining.FILE).is_file()
    assert verifying.verify(tmp_path)[1] == ()
    assert sets(tmp_path)[0].editions == about

    publish.publish(tmp_path, msgspec.structs.replace(new, editions=()))
    assert not (tmp_path / mining.FILE).exists()
    assert verifying.verify(tmp_path)[1] == ()

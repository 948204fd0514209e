"""The interview's own translations: whole, sound by every check, and called drafts."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.passes.units import units
from faircopy.translation import remarks
from faircopy.translation.home import Rules, bring_home
from faircopy.translation.segments import extract
from faircopy.translation.store import Store

from tests.translation.editions import localized

FOLDER = Path(__file__).parents[2] / "source/president-of-kazakhstan-interview"
LANGUAGES = ("kk", "ru", "ur")


@pytest.fixture(scope="module")
def interview() -> Publication:
    return read(FOLDER, name="interview")


def test_all_languages_are_there(interview: Publication) -> None:
    assert Store(FOLDER).languages() == LANGUAGES
    editions = localized(interview, FOLDER)
    assert tuple(edition.metadata.lang for edition in editions) == LANGUAGES
    assert all(edition.draft for edition in editions)
    assert [edition.metadata.dir for edition in editions] == ["ltr", "ltr", "rtl"]
    ids = [unit.id for unit in units(interview.blocks)]
    assert all([unit.id for unit in units(edition.blocks)] == ids for edition in editions)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_passes(interview: Publication, lang: str) -> None:
    store = Store(FOLDER)
    data = (FOLDER / "translations" / f"{lang}.xlf").read_bytes()
    rules = Rules(terms=store.terms(), waivers=store.waivers)
    home = bring_home([(f"{lang}.xlf", data)], extract(interview), rules)
    assert home.findings == ()
    assert len(home.targets) == sum(1 for _ in extract(interview).segments())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_reviewed_them_and_they_say_so(interview: Publication, lang: str) -> None:
    assert Store(FOLDER).translation(extract(interview), lang).draft
    data = (FOLDER / "translations" / f"{lang}.xlf").read_text("utf-8")
    assert '<note category="status">Draft translation, not reviewed</note>' in data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_open_query_has_what_was_done_beside_it(interview: Publication, lang: str) -> None:
    store, text = Store(FOLDER), extract(interview)
    targets = {id: one.content for id, one in store.translation(text, lang).targets.items()}
    found = {one.query: one for one in remarks.decisions(text, targets, store.remarks(lang))}
    assert found.keys() == {query.id for query in interview.queries if not query.answer}
    assert all(one.said and one.translated for one in found.values())
    assert "has not answered" in found["negation-process"].said

"""The shelf in a browser, as readers use it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.publish import shelf

from tests.browsing import browsing
from tests.publish.test_shelf import OWN, SET, URDU

TITLES = {"lang": "Die Straße", "count": "Ο λόγος", "words": "It’s over", "d": "Élan vital"}
SHOWN = "[...document.querySelectorAll('article')].filter(a => !a.parentNode.hidden).map(a => a.id)"


@pytest.mark.slow
def test_what_is_typed_and_chosen_is_shown(tmp_path: Path) -> None:
    editions = {
        slug: msgspec.structs.replace(OWN, title=title, subtitle="", people=())
        for slug, title in TITLES.items()
    }
    sets = [
        msgspec.structs.replace(SET, slug=slug, editions=(about, URDU), files=SET.files[:5])
        for slug, about in editions.items()
    ]
    path = tmp_path / "index.html"
    path.write_bytes(shelf.page(sets))
    with browsing() as page:
        page.go(path.as_uri())
        assert sorted(page.tell(SHOWN)) == sorted(TITLES)
        for typed, slug in (
            ("STRASSE", "lang"),
            ("straße", "lang"),
            ("λογος", "count"),
            ("ΛΌΓΟΣ", "count"),
            ("it's", "words"),
            ("elan VITAL", "d"),
        ):
            page.tell(
                f"_words.value = {typed!r}; _words.dispatchEvent(new Event('input', "
                "{bubbles: true}))"
            )
            assert page.tell(SHOWN) == [slug], typed
            assert page.tell("_count.textContent") == "1 of 4 publications"
        # A browser that goes back fills in what stood there before, and tells nobody.
        page.tell("_words.value = ''; _lang.value = 'en'; dispatchEvent(new Event('pageshow'))")
        assert len(page.tell(SHOWN)) == len(TITLES)
        assert not page.said

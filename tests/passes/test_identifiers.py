"""What a publication is called by catalogues: one identifier a language."""

from __future__ import annotations

import msgspec
from faircopy.core.model import Publication
from faircopy.passes.identifiers import identifier, translated
from faircopy.translation.localize import Words, localize

from tests.editions import read

GIVEN = "urn:uuid:7f3b1f64-1c55-4a5f-bb0f-0a8a8c6d7a04"


def publication(*, lang: str = "ur", given: str = GIVEN) -> Publication:
    found = read("ur")
    metadata = msgspec.structs.replace(found.metadata, lang=lang, identifier=given)
    return msgspec.structs.replace(found, metadata=metadata)


def test_an_identifier_is_the_manuscripts_or_one_of_slug_and_language() -> None:
    assert identifier(publication()) == GIVEN
    derived = identifier(publication(given=""))
    assert derived == identifier(publication(given=""))
    assert derived.startswith("urn:uuid:")
    assert identifier(publication(given="", lang="en")) != derived


def test_no_translation_bears_the_identifier_of_another_edition() -> None:
    for source in (publication(), publication(given="")):
        made = [localize(source, Words(lang=lang, targets={})) for lang in ("de", "kk")]
        named = [identifier(item) for item in (source, *made)]
        assert len(set(named)) == len(named)
        assert [item.metadata.original for item in made] == [named[0]] * 2
        assert named[1:] == [translated(source, lang) for lang in ("de", "kk")]

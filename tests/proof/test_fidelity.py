"""Every edition says what its manuscript says, and a wilfully damaged one is refused."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from faircopy import proof
from faircopy.core.model import Artifact, Publication
from faircopy.proof.verdict import Status

from tests.proof import mutations
from tests.proof.conftest import INTERVIEW

Read = Callable[[str], Publication]
Make = Callable[[str, str], Artifact]

SAMPLES = (INTERVIEW, "every-construct", "speaker-turns", "ur", "ar", "he", "kk", "ru", "zh")
W_T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
XHTML = "{http://www.w3.org/1999/xhtml}*"
XLIFF_SOURCE = "{urn:oasis:names:tc:xliff:document:2.0}source"


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("kind", ["docx", "epub", "web", "bundle", "pdf.a4", "pdf.a5"])
def test_an_edition_has_every_word_in_its_place(
    sample: str, kind: str, publication: Read, edition: Make
) -> None:
    assert proof.verify(publication(sample), edition(sample, kind)) == ()


@pytest.mark.slow
@pytest.mark.needs("pdfinfo", "soffice", "chromium")
@pytest.mark.parametrize("kind", ["docx", "epub", "web", "bundle", "pdf.a5"])
@pytest.mark.parametrize("sample", ["every-construct", "he", "ar", "ur", "zh"])
def test_independent_readers_agree(
    sample: str, kind: str, publication: Read, edition: Make
) -> None:
    """At least two readers that share no code find the same words."""
    proofs = proof.verify_all(publication(sample), edition(sample, kind))
    statuses = {item.verdict.name: item.verdict.status for item in proofs}
    assert len(statuses) >= 2
    assert set(statuses.values()) == {Status.PASSED}, [item.verdict.findings for item in proofs]
    assert all(item.words == item.wanted > 0 for item in proofs)


def _damaged(artifact: Artifact, damage: mutations.Damage) -> Artifact:
    if artifact.name.endswith(".pdf"):
        data = mutations.in_pdf(artifact.data, damage)
    elif artifact.name.endswith(".docx"):
        data = mutations.in_zip(
            artifact.data, lambda name: name == "word/document.xml", W_T, damage
        )
    elif artifact.name.endswith(".html"):
        data = mutations.in_page(artifact.data, damage)
    elif artifact.name.endswith(".zip"):
        data = mutations.in_zip(
            artifact.data, lambda name: name.endswith(".xlf"), XLIFF_SOURCE, damage
        )
    else:
        data = mutations.in_zip(
            artifact.data, lambda name: name.startswith("EPUB/text/s0"), XHTML, damage
        )
    return msgspec.structs.replace(artifact, data=data)


@pytest.mark.parametrize("damage", mutations.DAMAGES, ids=lambda item: item.__name__)
@pytest.mark.parametrize("sample", [INTERVIEW, "every-construct"])
@pytest.mark.parametrize("kind", ["docx", "epub", "web", "bundle", "pdf.a4", "pdf.a5"])
def test_a_damaged_edition_is_refused(
    kind: str, sample: str, damage: mutations.Damage, publication: Read, edition: Make
) -> None:
    text, artifact = publication(sample), edition(sample, kind)
    sound = set(proof.verify(text, artifact))
    found = [item for item in proof.verify(text, _damaged(artifact, damage)) if item not in sound]
    assert found
    assert all(item.code.startswith("word") for item in found)
    assert all(item.place is not None and item.place.line for item in found)
    where = {
        "pdf": ", on page ",
        "docx": ", in paragraph ",
        "epub": ", in EPUB/text/",
        "web": ", in #",
    }
    assert all(where.get(kind[:3], where.get(kind, ", in unit ")) in item.remedy for item in found)


def test_a_text_that_is_said_must_be_the_text_that_is_shown(
    publication: Read, edition: Make
) -> None:
    """``ActualText`` in a PDF orders what is to be seen; it hides no changed word."""
    text, artifact = publication("ar"), edition("ar", "pdf.a5")
    lied = msgspec.structs.replace(artifact, data=mutations.say_otherwise(artifact.data))
    assert proof.verify(text, artifact) == ()
    assert proof.verify(text, lied)


def test_an_unreadable_edition_is_an_error(publication: Read, edition: Make) -> None:
    for kind in ("docx", "epub", "web", "bundle", "pdf.a5"):
        broken = msgspec.structs.replace(edition("speaker-turns", kind), data=b"no edition")
        (item,) = proof.verify(publication("speaker-turns"), broken)
        assert item.code == "artifact-unreadable"

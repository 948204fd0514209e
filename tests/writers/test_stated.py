"""Rights, mining and disclosure stand in each format's own place, and only on somebody's word."""

from __future__ import annotations

import io
import zipfile

import msgspec
import pikepdf
import pytest
from faircopy.core.model import Publication, Signed, Translated
from faircopy.proof import static
from faircopy.proof.pdfclaims import claimed
from faircopy.writers import FORMATS, Options, write
from faircopy.writers.epub import accessibility
from lxml import etree

from tests.editions import edition, house, read

CLAIM = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
POLICY = "https://oak.example/tdm.json"
CREDIT = "Translated by machine (Tool 1). Reviewed. Oak answers for it."
ISBN = "9783161484100"


def stated(**more: object) -> Publication:
    found = read("ur")
    metadata = msgspec.structs.replace(
        found.metadata,
        rights="© Oak",
        publisher="Oak",
        licence=LICENCE,
        tdm="reserved",
        tdm_policy=POLICY,
        original="urn:x:1",
        isbn={f"ur.{form}": ISBN for form in ("epub", "pdf", "web", "docx")},
        translations={"ur": Translated(machine="yes", by="Tool 1")},
        accessibility=Signed(
            conforms_to=CLAIM, certified_by="Oak", date="2026-11-30", report="https://oak.example/a"
        ),
    )
    return msgspec.structs.replace(found, metadata=msgspec.structs.replace(metadata, **more))


def made(name: str, publication: Publication) -> bytes:
    row = next(row for row in FORMATS if row.name == name)
    artifact = write(row, publication, house(), Options(page="a5"))
    assert not [item for item in artifact.diagnostics if item.severity.value == "error"]
    assert static.judge(f"x.{row.suffix}", artifact.data).findings == ()
    return artifact.data


def member(data: bytes, ending: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(ending))
        return etree.fromstring(archive.read(name))


def test_in_an_epub() -> None:
    package = member(made("epub", stated()), ".opf")
    found = {item.get("property"): item.text for item in package.iter("{*}meta")}
    assert package.get("prefix") == "tdm: http://www.w3.org/ns/tdmrep#"
    assert found["tdm:reservation"] == "1"
    assert found["tdm:policy"] == POLICY
    assert found["dcterms:license"] == LICENCE
    assert found["dcterms:conformsTo"] == CLAIM
    assert found["a11y:certifiedBy"] == "Oak"
    assert found["dcterms:date"] == "2026-11-30"
    assert found["schema:creditText"] == CREDIT
    assert [item.text for item in package.iter("{*}rights")] == ["© Oak · CC BY 4.0"]
    assert next(package.iter("{*}identifier")).text == f"urn:isbn:{ISBN}"
    (link,) = package.iter("{*}link")
    assert (link.get("rel"), link.get("href")) == ("a11y:certifierReport", "https://oak.example/a")


def test_an_exempt_house_says_so_and_claims_nothing() -> None:
    exempt = stated(accessibility=Signed(exemption="eaa-microenterprise"), tdm="")
    package = member(made("epub", exempt), ".opf")
    found = {item.get("property"): item.text for item in package.iter("{*}meta")}
    assert found["a11y:exemption"] == "eaa-microenterprise"
    assert not {"dcterms:conformsTo", "a11y:certifiedBy", "tdm:policy"} & found.keys()
    assert package.get("prefix") is None


def test_in_a_page_of_the_web() -> None:
    page = etree.fromstring(made("web", stated()), etree.HTMLParser())
    found = {item.get("name"): item.get("content") for item in page.iter("meta")}
    assert found["tdm-reservation"] == "1"
    assert found["tdm-policy"] == POLICY
    assert found["ai-disclosure"] == "ai-assisted"
    assert [item.get("href") for item in page.iter("link")] == [LICENCE]
    (data,) = (item.text or "" for item in page.iter("script"))
    assert msgspec.json.decode(data)["creditText"] == CREDIT


def test_in_a_word_document() -> None:
    data = made("docx", stated())
    said = member(data, "docProps/custom.xml")
    assert {item.get("name"): item[0].text for item in said} == {
        "Rights": "© Oak · CC BY 4.0",
        "License": LICENCE,
        "tdm-reservation": "1",
        "tdm-policy": POLICY,
        "Disclosure": CREDIT,
    }
    core = member(data, "docProps/core.xml")
    assert next(core.iter("{*}identifier")).text == f"urn:isbn:{ISBN}"


@pytest.mark.slow
def test_in_a_pdf_that_is_still_what_it_claims() -> None:
    data = made("pdf", stated())
    assert claimed(data) == ("PDF/UA-1", "PDF/A-3a")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = pdf.open_metadata()
        assert said["{http://www.w3.org/ns/tdmrep/}reservation"] == "1"
        assert said["{http://www.w3.org/ns/tdmrep/}policy"] == POLICY
        assert said["xmpRights:WebStatement"] == LICENCE
        assert said["dc:rights"] == "© Oak · CC BY 4.0"
        assert said["dc:identifier"] == f"urn:isbn:{ISBN}"
        assert said["photoshop:Credit"] == CREDIT
        packet = pdf.Root.Metadata.read_bytes()
    assert packet.count(b"pdfaExtension:schemas>") == 2  # one description of all schemas


@pytest.mark.parametrize("kind", ["epub", "web", "docx"])
def test_nothing_on_nobodys_word(kind: str) -> None:
    data = edition("ur", kind).data
    if kind != "web":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(map(archive.read, archive.namelist()))
    words = (b"tdm-", b"tdm:", b"ai-disclosure", b"creditText", b"conformsTo", b"exemption")
    for word in (*words, b'License"'):
        assert word not in data


def test_a_claim_that_our_own_checks_contradict_is_refused() -> None:
    signed = Signed(conforms_to=CLAIM, certified_by="Oak", date="2026-11-30")
    facts = accessibility.Facts(
        images=3, described=2, may_move=True, formulas=1, spoken=0, headings=1,
        nested=True, contents=1,
        reflows=False,
    )  # fmt: skip
    (one,) = accessibility.refused(facts, signed, "source/x/manuscript.md")
    assert one.severity.value == "error"
    assert all(part in one.message for part in ("1 pictures", "1 formulas", "move", "sizes"))
    assert not list(accessibility.refused(facts, Signed(), "x"))

"""A PDF claims what is established in it, and no more: one text that earns each claim, one not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pydyf
import pytest
from faircopy import proof
from faircopy.core import ast
from faircopy.core.diagnostics import Severity
from faircopy.core.model import Artifact
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import conditions
from faircopy.writers.pdf.claims import Breach, Claims
from faircopy.writers.pdf.structure import Made, Tree
from lxml import etree
from PIL import Image

Make = Callable[[str], Artifact]
FRONT = "---\ntitle: T\nlang: en-GB\nkind: article\n---\n\n"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
RICH = f"## One {{#one}}\n\nText with a note.[^1]\n\n{TABLE}\n- a\n- b\n\n[^1]: A note.\n"
PRIVATE = "## One {#one}\n\nA powerline `POWERLINE` of its font.\n"
"""No manuscript may hold a character for private use; a publication could."""
DECORATED = "## One {#one}\n\nText ![](a.png){.decorative} and text.\n"
TORN = """## One {#one}

+-----+-----+-----+
| a   | b   | c   |
+=====+=====+=====+
| c         | d   |
|           |     |
+-----+     |     |
| e   |     |     |
+-----+-----+-----+
"""
"""A table whose cells overlap: pandoc makes a row without a cell of it."""


def privately(node: ast.Node) -> ast.Node:
    if isinstance(node, ast.Code) and node.text == "POWERLINE":
        return ast.Code((node.attr, "\ue0b0"))
    return node


@pytest.fixture
def made(tmp_path: Path) -> Make:
    def make(text: str) -> Artifact:
        (tmp_path / "manuscript.md").write_text(FRONT + text, "utf-8")
        Image.new("RGB", (60, 40), "teal").save(tmp_path / "a.png")
        publication = read(tmp_path)
        blocks = ast.rewrite(publication.blocks, privately)
        publication = msgspec.structs.replace(publication, blocks=blocks)
        artifact = pdf.write(publication, load(), Options(page="a5"))
        assert proof.verify(publication, artifact) == ()
        return artifact

    return make


def identified(artifact: Artifact) -> set[str]:
    """Return what the XMP packet says, read with another library than wrote it."""
    with pikepdf.open(BytesIO(artifact.data)) as found, found.open_metadata() as xmp:
        level = str(xmp.get("pdfaid:conformance", "")).lower()
        said = {f"PDF/A-{xmp['pdfaid:part']}{level}"} if "pdfaid:part" in xmp else set()
        return said | ({f"PDF/UA-{xmp['pdfuaid:part']}"} if "pdfuaid:part" in xmp else set())


@pytest.mark.parametrize(
    ("text", "claimed", "rule", "line"),
    [
        (RICH, ("PDF/UA-1", "PDF/A-3a"), "", 0),
        (DECORATED, ("PDF/UA-1", "PDF/A-3a"), "", 0),
        (TORN, ("PDF/A-3a",), "ISO 14289-1, 7.2", 10),
        (PRIVATE, ("PDF/UA-1", "PDF/A-3u"), "ISO 19005-3, 6.2.11.7.3", 9),
    ],
    ids=["rich", "decorated", "torn table", "private use"],
)
def test_a_claim_is_earned_or_withheld(
    text: str, claimed: tuple[str, ...], rule: str, line: int, made: Make
) -> None:
    artifact = made(text)
    assert artifact.facts["claims"] == claimed
    assert identified(artifact) == set(claimed)
    said = [item for item in artifact.diagnostics if item.code == "claim-withheld"]
    assert len(said) == (1 if rule else 0)
    for item in said:
        assert item.severity is Severity.WARNING
        assert rule in item.message
        assert item.place is not None
        assert item.place.line == line


def test_decoration_is_an_artifact(made: Make) -> None:
    artifact = made(DECORATED)
    assert artifact.diagnostics == ()
    with pikepdf.open(BytesIO(artifact.data)) as found:
        assert "/Figure" not in set(_kinds(found.Root.StructTreeRoot.K[0]))


def _kinds(element: Any) -> Iterator[str]:
    yield str(element.S)
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _kinds(kid)


def test_levels_of_pdf_a_fall_one_after_the_other() -> None:
    def level(*denied: str) -> str:
        return Claims.of([Breach(frozenset(denied), "rule", "what")]).level

    assert [level(), level("a"), level("u"), level("b"), level("ua")] == ["a", "u", "b", "", "a"]
    assert Claims.of([]).names == ("PDF/UA-1", "PDF/A-3a")
    assert Claims.of([Breach(frozenset({"ua", "b"}), "r", "w")]).names == ()


# --- a document in which one thing is wrong ------------------------------------------------------


class Document:
    """A small finished document of pydyf's objects that meets every condition."""

    def __init__(self) -> None:
        self.pdf = pydyf.PDF()
        self.pdf.info["Title"] = pydyf.String("T")
        self.root = self._add(Type="/StructTreeRoot", K=pydyf.Array())
        self.pdf.catalog.update(
            Lang=pydyf.String("en"),
            MarkInfo=pydyf.Dictionary({"Marked": "true"}),
            ViewerPreferences=pydyf.Dictionary({"DisplayDocTitle": "true"}),
            StructTreeRoot=self.root.reference,
        )
        self.content = pydyf.Stream([b"/P", pydyf.Dictionary({"MCID": 0}), b"BDC"])
        self.content.stream += [b"[<0003>] TJ", b"EMC"]
        self.pdf.add_object(self.content)
        values = {"Type": "/Page", "Contents": self.content.reference, "Annots": pydyf.Array()}
        self.page = pydyf.Dictionary(values)
        self.pdf.add_page(self.page)
        cmap = pydyf.Stream([b"<0003> <0041>"])
        self.pdf.add_object(cmap)
        self.cmap = cmap
        self.descriptor = self._add(Type="/FontDescriptor", FontFile2=b"9 0 R")
        self.below = self._add(
            Type="/Font",
            Subtype="/CIDFontType2",
            FontDescriptor=self.descriptor.reference,
            W=pydyf.Array([3, pydyf.Array([500])]),
        )
        self.font = self._add(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=b"/AAAAAA+Serif",
            DescendantFonts=pydyf.Array([self.below.reference]),
            ToUnicode=cmap.reference,
        )
        self.element("/H1")
        self.table = self.element("/Table")
        row = self.element("/TR", self.table)
        self.cell = self.element("/TH", row, A=pydyf.Dictionary({"Scope": "/Column"}))
        self.figure = self.element("/Figure", Alt=pydyf.String("A map"))
        self.note = self.element("/Note", ID=pydyf.String("n1"))

    def _add(self, **values: object) -> pydyf.Dictionary:
        made = pydyf.Dictionary(values)
        self.pdf.add_object(made)
        return made

    def element(
        self, kind: str, parent: pydyf.Dictionary | None = None, **values: object
    ) -> pydyf.Dictionary:
        above = parent or self.root
        made = self._add(Type="/StructElem", S=kind, K=pydyf.Array(), P=above.reference, **values)
        above["K"].append(made.reference)
        return made

    def link(self, **values: object) -> None:
        made = self._add(Type="/Annot", Subtype="/Link", **values)
        self.page["Annots"].append(made.reference)
        owner = self._add(Type="/OBJR", Obj=made.reference)
        self.element("/Link")["K"].append(owner.reference)

    def claims(self) -> Claims:
        return conditions.establish(Tree(self.pdf, Made({}, {})))


def test_a_document_that_meets_every_condition() -> None:
    assert Document().claims() == Claims(accessible=True, level="a", breaches=())


WRONG: dict[str, tuple[Callable[[Document], object], str, tuple[str, ...]]] = {
    "no title": (lambda d: d.pdf.info.pop("Title"), "7.1", ("PDF/A-3a",)),
    "no language": (lambda d: d.pdf.catalog.pop("Lang"), "7.2", ("PDF/A-3a",)),
    "not tagged": (lambda d: d.pdf.catalog.pop("MarkInfo"), "7.1", ("PDF/A-3u",)),
    "no alt": (lambda d: d.figure.pop("Alt"), "7.3", ("PDF/A-3a",)),
    "formula": (lambda d: d.element("/Formula"), "7.7", ("PDF/A-3a",)),
    "skipped heading": (lambda d: d.element("/H3"), "7.4.2", ("PDF/A-3a",)),
    "cell without scope": (lambda d: d.cell.pop("A"), "7.5", ("PDF/A-3a",)),
    "ragged table": (
        lambda d: d.element("/TR", d.table) and d.element("/TR", d.table),
        "7.2",
        ("PDF/A-3a",),
    ),
    "cell without row": (lambda d: d.element("/TD"), "7.2", ("PDF/A-3a",)),
    "note without ID": (lambda d: d.note.pop("ID"), "7.9", ("PDF/A-3a",)),
    "note of another's ID": (
        lambda d: d.element("/Note", ID=pydyf.String("n1")),
        "7.9",
        ("PDF/A-3a",),
    ),
    "undescribed link": (lambda d: d.link(StructParent=1), "7.18.5", ("PDF/A-3a",)),
    "loose link": (lambda d: d.link(Contents=pydyf.String("x")), "7.18.5", ("PDF/A-3a",)),
    "untagged text": (lambda d: d.content.stream.append(b"[<0003>] TJ"), "6.7.3", ("PDF/A-3u",)),
    "font not embedded": (lambda d: d.descriptor.pop("FontFile2"), "6.2.11.4.1", ()),
    "notdef": (lambda d: d.below["W"].extend([0, pydyf.Array([1])]), "6.2.11.8", ()),
    "no Unicode": (lambda d: d.font.pop("ToUnicode"), "6.2.11.7.2", ("PDF/A-3b",)),
    "a glyph without Unicode": (
        lambda d: d.below["W"].extend([4, pydyf.Array([1])]),
        "6.2.11.7.2",
        ("PDF/A-3b",),
    ),
    "smoothed image": (
        lambda d: d.pdf.add_object(
            pydyf.Stream([b""], {"Subtype": "/Image", "Interpolate": "true"})
        ),
        "6.2.8",
        ("PDF/UA-1",),
    ),
    "image in inks": (
        lambda d: d.pdf.add_object(
            pydyf.Stream([b""], {"Subtype": "/Image", "ColorSpace": "/DeviceCMYK"})
        ),
        "6.2.4.3",
        ("PDF/UA-1",),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_condition_that_is_not_met_costs_its_claims(name: str) -> None:
    document = Document()
    spoil, rule, left = WRONG[name]
    spoil(document)
    found = document.claims()
    assert any(rule in breach.rule for breach in found.breaches)
    assert found.names == left


def test_the_packet_is_well_formed_where_nothing_is_claimed(
    made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Claims.of([Breach(frozenset({"ua", "b"}), "a rule", "something is wrong")])
    monkeypatch.setattr(conditions, "establish", lambda tree: nothing)
    artifact = made("Text.\n")
    assert identified(artifact) == set()
    with pikepdf.open(BytesIO(artifact.data)) as found:
        assert etree.fromstring(found.Root.Metadata.read_bytes()) is not None

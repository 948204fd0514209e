"""The judge of press files passes sound ones and refuses one damaged in each way it knows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from faircopy.core.model import Artifact
from faircopy.proof import judges
from faircopy.proof.judges import pdfx4
from faircopy.proof.verdict import Status
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests import press

Make = Callable[[str, str], Artifact]
Damage = Callable[[Pdf], None]
Rewrite = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def sound(edition: Make) -> bytes:
    return edition("every-construct", "press.a5").data


def _saved(pdf: Pdf, version: str = "1.6", **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, force_version=version, **how)
    return out.getvalue()


def _codes(data: bytes, folder: Path) -> set[str]:
    path = folder / "edition.en.a5.press.pdf"
    path.write_bytes(data)
    verdict = pdfx4.judge(path)
    assert (verdict.status is Status.PASSED) == (not verdict.findings)
    return {item.code for item in verdict.findings}


def test_a_sound_press_file_passes(sound: bytes, tmp_path: Path) -> None:
    assert _codes(sound, tmp_path) == set()


def test_a_press_file_has_judges_of_its_own() -> None:
    names = [judge.name for judge in judges.of(Path("x.en.a5.press.pdf"))]
    assert names == ["PDF/X-4", "qpdf"]
    assert "veraPDF" in [judge.name for judge in judges.of(Path("x.en.a5.pdf"))]


# --- damage --------------------------------------------------------------------------------------


def _drawing(operators: bytes) -> Damage:
    def damage(pdf: Pdf) -> None:
        pdf.pages[1].contents_add(b"q " + operators + b" Q")

    return damage


def _page(name: str, value: Any = None) -> Damage:
    def damage(pdf: Pdf) -> None:
        if value is None:
            del pdf.pages[1].obj[name]
        else:
            pdf.pages[1].obj[name] = value

    return damage


def _root(name: str, value: Any) -> Damage:
    def damage(pdf: Pdf) -> None:
        pdf.Root[name] = value

    return damage


def _intent(name: str) -> Damage:
    def damage(pdf: Pdf) -> None:
        intents: Any = pdf.Root.OutputIntents
        del intents[0][name]

    return damage


def _two_intents(pdf: Pdf) -> None:
    intents: Any = pdf.Root.OutputIntents
    intents.append(Dictionary(intents[0]))


def _no_intent(pdf: Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def _unknown_condition(pdf: Pdf) -> None:
    intents: Any = pdf.Root.OutputIntents
    del intents[0]["/RegistryName"], intents[0]["/Info"]


def _profile(data: bytes) -> Damage:
    def damage(pdf: Pdf) -> None:
        intents: Any = pdf.Root.OutputIntents
        intents[0].DestOutputProfile.write(data)

    return damage


def _packet(change: Rewrite) -> Damage:
    def damage(pdf: Pdf) -> None:
        metadata: Any = pdf.Root.Metadata
        before = metadata.read_bytes()
        after = change(before)
        assert after != before
        metadata.write(after)

    return damage


def _without(name: bytes) -> Damage:
    return _packet(lambda data: re.sub(rb"<%s>.*?</%s>" % (name, name), b"", data, flags=re.S))


def _info(name: str, value: Any) -> Damage:
    def damage(pdf: Pdf) -> None:
        pdf.docinfo[name] = value

    return damage


def _font_apart(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            for kind in ("/FontFile", "/FontFile2", "/FontFile3"):
                if kind in item:
                    del item[kind]
            return
    raise AssertionError("there is no font")


def _annotated(subtype: Name, rect: list[float], **more: Any) -> Damage:
    def damage(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=rect, **more)
        pdf.pages[1].obj[Name.Annots] = Array([pdf.make_indirect(note)])

    return damage


def _picture(space: Any, **more: Any) -> Damage:
    def damage(pdf: Pdf) -> None:
        image: Any = pdf.make_stream(b"\0\0\0")
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width = image.Height = 1
        image.BitsPerComponent, image.ColorSpace = 8, space
        for name, value in more.items():
            image[f"/{name}"] = value
        resources: Any = pdf.pages[1].Resources
        resources.XObject["/damage"] = image
        _drawing(b"/damage Do")(pdf)

    return damage


def _form(**more: Any) -> Damage:
    """Draw red within a form, within a page."""

    def damage(pdf: Pdf) -> None:
        form: Any = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        for name, value in more.items():
            form[f"/{name}"] = value
        resources: Any = pdf.pages[1].Resources
        resources.XObject["/damage"] = form

    return damage


def _state(**entries: Any) -> Damage:
    def damage(pdf: Pdf) -> None:
        resources: Any = pdf.pages[1].Resources
        state = Dictionary(Type=Name.ExtGState, **entries)
        resources.ExtGState["/damage"] = pdf.make_indirect(state)

    return damage


def _space(value: Any) -> Damage:
    def damage(pdf: Pdf) -> None:
        resources: Any = pdf.pages[1].Resources
        resources.ColorSpace["/damage"] = value
        _drawing(b"/damage cs 1 0 0 scn 0 0 9 9 re f")(pdf)

    return damage


def _gradient(pdf: Pdf) -> None:
    resources: Any = pdf.pages[1].Resources
    resources["/Shading"] = Dictionary(
        {"/damage": Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)}
    )


def _icc_rgb(pdf: Pdf) -> None:
    stream: Any = pdf.make_stream(b"")
    stream.N = 3
    _space(Array([Name.ICCBased, stream]))(pdf)


def _attachment(pdf: Pdf) -> None:
    pdf.attachments["x.md"] = b"x"


def _rich_text(pdf: Pdf) -> None:
    resources: Any = pdf.pages[1].Resources
    font = next(iter(resources.Font.keys())).encode()
    _drawing(b"0.6 0.4 0.4 1 k BT %s 9 Tf <0001> Tj ET" % font)(pdf)


def _lzw(pdf: Pdf) -> None:
    stream = pikepdf.Stream(pdf, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", Filter=Name.LZWDecode)
    pdf.Root["/PieceInfo"] = pdf.make_indirect(Dictionary(X=pdf.make_indirect(stream)))


IN_THE_MIDDLE = [100.0, 100.0, 200.0, 200.0]
BESIDE = [-20.0, -20.0, -15.0, -15.0]
"""Beyond the bleed, whose corner is 3 mm off that of the page, at zero."""

DAMAGED: tuple[tuple[str, str, Damage], ...] = (
    ("RGB text", "colour", _drawing(b"0 0 0 rg 0 0 9 9 re f")),
    ("RGB line", "colour", _drawing(b"1 0 0 RG 0 0 m 9 9 l S")),
    ("RGB in a form", "colour", _form()),
    ("RGB picture", "colour", _picture(Name.DeviceRGB)),
    ("indexed RGB picture", "colour", _picture(Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"]))),
    ("RGB gradient", "colour", _gradient),
    ("RGB picture in a line", "colour", _drawing(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc\nEI")),
    ("RGB below a spot colour", "colour", _space(
        Array([Name.Separation, Name("/Gold"), Name.DeviceRGB, Dictionary(FunctionType=2)])
    )),
    ("calibrated RGB", "colour", _space(Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])]))),
    ("vector in a profile's RGB", "inks", _icc_rgb),
    ("RGB blending", "blending", _form(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    ("RGB blending of a page", "blending", _page(
        "/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    )),
    ("rich black text", "rich-black", _rich_text),
    ("too much ink", "coverage", _drawing(b"1 1 1 1 k 0 0 9 9 re f")),
    ("no such operator", "operator", _drawing(b"1 xyz")),
    ("no TrimBox", "trim", _page("/TrimBox")),
    ("TrimBox and ArtBox", "trim", _page("/ArtBox", Array([50, 50, 90, 90]))),
    ("no BleedBox", "bleed", _page("/BleedBox")),
    ("TrimBox beyond BleedBox", "boxes", _page("/BleedBox", Array([40, 40, 90, 90]))),
    ("BleedBox beyond MediaBox", "boxes", _page("/BleedBox", Array([-40, 0, 900, 900]))),
    ("CropBox too small", "boxes", _page("/CropBox", Array([40, 40, 90, 90]))),
    ("empty TrimBox", "boxes", _page("/TrimBox", Array([90, 90, 90, 90]))),
    ("link in the trim", "annotation", _annotated(Name.Link, IN_THE_MIDDLE)),
    ("note over the bleed", "annotation", _annotated(Name.Text, [-12.0, 300.0, -5.0, 320.0])),
    ("no output intent", "output-intent", _no_intent),
    ("two output intents", "output-intent", _two_intents),
    ("no condition", "condition", _intent("/OutputConditionIdentifier")),
    ("unknown condition", "condition", _unknown_condition),
    ("no profile", "profile", _intent("/DestOutputProfile")),
    ("profile of a screen", "profile", _profile(press.profile(kind=b"mntr"))),
    ("profile of RGB", "profile", _profile(press.profile(space=b"RGB "))),
    ("profile too new", "profile", _profile(press.profile(version=5))),
    ("profile cut off", "profile", _profile(press.profile()[:300])),
    ("font apart", "font", _font_apart),
    ("other claim", "claim", _packet(lambda data: data.replace(b"PDF/X-4", b"PDF/X-3"))),
    ("no claim", "claim", _without(b"pdfxid:GTS_PDFXVersion")),
    ("no DocumentID", "xmp", _without(b"xmpMM:DocumentID")),
    ("no VersionID", "xmp", _without(b"xmpMM:VersionID")),
    ("no RenditionClass", "xmp", _without(b"xmpMM:RenditionClass")),
    ("no title", "xmp", _without(b"dc:title")),
    ("no date", "xmp", _without(b"xmp:MetadataDate")),
    ("packet broken", "xmp", _packet(lambda data: data[:200])),
    ("other title", "info", _info("/Title", String("Another"))),
    ("other date", "info", _info("/ModDate", String("D:20010101000000Z"))),
    ("trapped unknown", "trapped", _info("/Trapped", Name.Unknown)),
    ("trapped otherwise", "trapped", _info("/Trapped", Name("/True"))),
    ("JavaScript", "action", _root(
        "/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
    )),
    ("action of a page", "action", _page("/AA", Dictionary())),
    ("link beside the sheet", "action", _annotated(
        Name.Link, BESIDE, A=Dictionary(S=Name.URI, URI=String("https://a.example"))
    )),
    ("form", "form", _root("/AcroForm", Dictionary(Fields=[Dictionary(T=String("x"))]))),
    ("attachment", "attachment", _attachment),
    ("transfer function", "transfer", _state(TR=Name.Identity)),
    ("unknown rendering intent", "intent", _state(RI=Name.Pretty)),
    ("alternate picture", "alternate", _picture(Name.DeviceGray, Alternates=Array([]))),
    ("picture outside", "external", _form(Ref=Dictionary())),
    ("PostScript", "postscript", _form(Subtype2=Name.PS)),
    ("LZW", "lzw", _lzw),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "damage"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED]
)
def test_a_damaged_press_file_is_refused(
    rule: str, damage: Damage, sound: bytes, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        damage(pdf)
        data = _saved(
            pdf, compress_streams=rule != "lzw", stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    assert f"pdfx4-{rule}" in _codes(data, tmp_path)


def test_a_newer_version_is_refused(sound: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        assert _codes(_saved(pdf, "1.7"), tmp_path) == {"pdfx4-version"}
        pdf.Root["/Version"] = Name("/2.0")
        assert _codes(_saved(pdf), tmp_path) == {"pdfx4-version"}


def test_an_encrypted_file_is_refused(sound: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        data = _saved(pdf, encryption=pikepdf.Encryption(owner="o", user="", R=4))
    assert "pdfx4-encryption" in _codes(data, tmp_path)


def test_an_edition_for_screens_is_no_press_file(edition: Make, tmp_path: Path) -> None:
    found = _codes(edition("every-construct", "pdf.a5").data, tmp_path)
    assert {"pdfx4-claim", "pdfx4-output-intent", "pdfx4-colour", "pdfx4-annotation"} <= found


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    assert _codes(b"%PDF-1.6\nnothing", tmp_path) == {"pdfx4-unreadable"}


def test_marks_and_notes_beside_the_sheet_may_stay(sound: bytes, tmp_path: Path) -> None:
    for kind, rect in ((Name.PrinterMark, IN_THE_MIDDLE), (Name.Text, BESIDE)):
        with pikepdf.open(io.BytesIO(sound)) as pdf:
            _annotated(kind, rect)(pdf)
            assert _codes(_saved(pdf), tmp_path) == set()


def test_grey_and_pictures_with_a_profile_may_stay(sound: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        stream: Any = pdf.make_stream(b"")
        stream.N = 3
        _picture(Array([Name.ICCBased, stream]))(pdf)
        _drawing(b"0.5 g 0 0 9 9 re f")(pdf)
        assert _codes(_saved(pdf), tmp_path) == set()

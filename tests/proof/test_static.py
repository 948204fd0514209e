"""What acts or fetches is found, whatever it is called; what is made here is static."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from faircopy.core.model import Artifact
from faircopy.manuscript import read
from faircopy.proof import static
from faircopy.proof.contact import lay_out
from faircopy.proof.static import pdf as pdf_check
from faircopy.proof.verdict import Status
from faircopy.translation import commands
from pikepdf import Array, Dictionary, Name, String

from tests.proof.attacks import R, W, book, field, zipped

Make = Callable[[str, str], Artifact]

ROOT = Path(__file__).parents[2]
SAMPLES = ("every-construct", "speaker-turns", "ur", "zh")


def test_a_bundle_for_a_language_is_static_and_only_empty_files_need_no_kind(
    tmp_path: Path,
) -> None:
    folder = ROOT / "tests/manuscripts/speaker-turns"
    sent = commands.export(read(folder, name="speaker-turns"), tmp_path, "fr")
    assert static.judge(sent.name, sent.data).findings == ()
    held = static.judge(sent.name, zipped({"omegat/target/.keep": b"#!/bin/sh"})).findings
    assert [item.code for item in held] == ["not-static"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["epub", "docx", "pdf.a5", "bundle", "web"])
@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_made_here_is_static(name: str, kind: str, edition: Make) -> None:
    artifact = edition(name, kind)
    assert static.judge(artifact.name, artifact.data).findings == ()


# --- EPUB ----------------------------------------------------------------------------------------

PLAIN = (
    '<h1 id="a" class="b" epub:type="title" xmlns:epub="http://www.idpf.org/2007/ops">T</h1>'
    '<p lang="kk" style="text-align: right">a <a href="https://x.org/?a=b">b</a> <a href="#a">c</a>'
    ' <a href="mailto:a@b.c">d</a><img src="i.png" alt=""/><input type="checkbox" checked=""/></p>'
    '<m:math display="block"><m:mi mathvariant="normal">x</m:mi></m:math>'
    '<svg:svg viewBox="0 0 1 1"><svg:rect fill="url(#g)" width="1" height="1"/></svg:svg>'
)


def test_a_plain_book_is_static() -> None:
    data = book(
        PLAIN,
        top="<!DOCTYPE html>",
        head='<link rel="stylesheet" href="s.css"/>',
        s_css='@font-face{src:url("f.otf")} p::before{content:"@import"}',
        f_otf="OTTO",
    )
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        members: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
    members["i.png"] = b"\x89PNG\r\n\x1a\nrest"
    assert static.judge("x.epub", zipped(members)).findings == ()


BOOKS: dict[str, bytes] = {
    "a script": book("<script>fetch('/')</script>"),
    "a script in another namespace": book(
        '<s:script xmlns:s="http://www.w3.org/2000/svg">a</s:script>'
    ),
    "a handler": book('<p onclick="a()">a</p>'),
    "a handler of a drawing": book('<svg:svg onload="a()"/>'),
    "an unknown attribute": book('<p wants="it">a</p>'),
    "a link that runs": book('<a href="javascript:a()">a</a>'),
    "a link that runs, in disguise": book('<a href=" java\nscript:a()">a</a>'),
    "a link that runs, in a drawing": book('<svg:a xlink:href="javascript:a()"/>'),
    "a link that runs, in a formula": book('<m:math href="javascript:a()"/>'),
    "a link to a file": book('<a href="file:///etc/passwd">a</a>'),
    "a ping": book('<a href="a.xhtml" ping="http://x.org">a</a>'),
    "a picture of elsewhere": book('<img src="http://x.org/a.png" alt=""/>'),
    "a picture of elsewhere, without its scheme": book('<img src="//x.org/a.png" alt=""/>'),
    "a picture of the machine": book('<img src="file:///etc/passwd" alt=""/>'),
    "a picture outside of the book": book('<img src="../../secret.png" alt=""/>'),
    "a set of pictures": book('<img srcset="http://x.org/a.png 2x" alt=""/>'),
    "a drawing in an address": book('<img src="data:image/svg+xml,&lt;svg/>" alt=""/>'),
    "a frame": book('<iframe src="a.xhtml"></iframe>'),
    "an object": book('<object data="a.xhtml"></object>'),
    "a form": book('<form action="a"></form>'),
    "a field": book('<input type="text"/>'),
    "a sound": book('<audio src="a.mp3"></audio>'),
    "a refresh": book(head='<meta http-equiv="refresh" content="0;url=http://x.org"/>'),
    "a base": book(head='<base href="http://x.org/"/>'),
    "something fetched ahead": book(head='<link rel="prefetch" href="a.xhtml"/>'),
    "a style of elsewhere": book(head='<link rel="stylesheet" href="http://x.org/s.css"/>'),
    "a style that imports": book(head="<style>@import 'http://x.org/s.css';</style>"),
    "a style with an address": book(head="<style>p{background:url(http://x.org/a)}</style>"),
    "a style with an escape": book(head=r"<style>p{background:u\72l(http://x.org/a)}</style>"),
    "a style with a set of pictures": book("<p style=\"background:image-set('a' 1x)\">a</p>"),
    "an attribute of style": book('<p style="background:url(//x.org/a)">a</p>'),
    "a fill of elsewhere": book('<svg:rect fill="url(http://x.org/a#b)"/>'),
    "a drawing that uses another": book('<svg:use xlink:href="http://x.org/a.svg#a"/>'),
    "a drawing that moves": book('<svg:set attributeName="href" to="javascript:a()"/>'),
    "a document in a drawing": book("<svg:foreignObject><p>a</p></svg:foreignObject>"),
    "a document in a formula": book("<m:annotation-xml><p>a</p></m:annotation-xml>"),
    "an entity": book(top='<!DOCTYPE html [<!ENTITY e "a">]>'),
    "an entity of elsewhere": book(top='<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    "a parameter entity": book(top='<!DOCTYPE html [<!ENTITY % e SYSTEM "http://x.org/e"> %e;]>'),
    "a document type of elsewhere": book(top='<!DOCTYPE html SYSTEM "http://x.org/x.dtd">'),
    "an instruction": book(top='<?xml-stylesheet href="http://x.org/s.xsl"?>'),
    "a style sheet that imports": book(s_css="@import url(http://x.org/a.css);"),
    "a style sheet with an address": book(s_css="p{background:url('file:///etc/passwd')}"),
    "a drawing with a script": book(
        d_svg='<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    ),
    "a file of script": book(a_js="a()"),
    "a page by another name": book(a_html="<html><script/></html>"),
    "a page that is called a picture": book(a_png="<html><script>a()</script></html>"),
    "a part of elsewhere": book(more='<item id="b" href="http://x.org/a" media-type="a/b"/>'),
    "a part of elsewhere that calls itself a report": book(
        more='<item id="b" rel="a11y:certifierReport" href="http://x.org/a" media-type="a/b"/>'
    ),
    "a report of a machine's": book(more='<link rel="a11y:certifierReport" href="file:///a"/>'),
    "a part that says that it acts": book(
        more='<item id="b" href="a.xhtml" media-type="a/b" properties="scripted"/>'
    ),
    "a lock": book(META_INF__encryption_xml="<a/>"),
    "a name that leads out": zipped({"../a.xhtml": "<a/>"}),
    "a coding that programs read each in its way": book(
        top='<?xml version="1.0" encoding="utf-7"?>'
    ),
    "brackets without an end": book('<p style="' + "(" * 20_000 + '">a</p>'),
    "two names that differ in capitals": zipped({"a.css": "", "A.css": ""}),
    "no book": b"no zip",
}


@pytest.mark.parametrize("kind", BOOKS)
def test_what_acts_in_a_book_is_found(kind: str) -> None:
    found = static.judge("x.epub", BOOKS[kind])
    assert found.status is Status.FAILED, kind
    assert all(item.remedy for item in found.findings)


def test_it_is_said_what_it_is_and_where() -> None:
    (found,) = static.judge("x.epub", BOOKS["a handler"]).findings
    assert found.code == "not-static"
    assert str(found.place) == "x.epub#a.xhtml:2"
    assert found.message == "x.epub was not opened: “p” has the attribute “onclick”."


# --- web editions --------------------------------------------------------------------------------

POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"


def page(body: str = "", head: str = "", policy: str = POLICY) -> bytes:
    said = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    return f"<!DOCTYPE html><html><head>{said}{head}</head><body>{body}</body></html>".encode()


def test_a_plain_page_is_static() -> None:
    data = page(
        '<main><article><h1 id="a">T</h1><p><a href="#a">b</a> <a href="https://x.org/">c</a>'
        '<img alt="" src="data:image/png;base64,iVBO"></p><details><summary>d</summary></details>'
        "<svg viewBox='0 0 1 1'><rect width=1 /></svg><math><mi>x</mi></math></article></main>",
        '<title>T</title><meta charset="utf-8"><link rel="canonical" href="https://x.org/a">'
        '<script type="application/ld+json">{"@type": "Book"}</script>'
        "<style>@font-face{src:url(data:font/woff2;base64,AA)}</style>",
    )
    assert static.judge("x.en.html", data).findings == ()


PAGES: dict[str, bytes] = {
    "a script": page("<script>a()</script>"),
    "a script in the head": page(head="<script>a()</script>"),
    "a script of elsewhere": page(head='<script src="https://x.org/a.js"></script>'),
    "a script that is called data and is none": page(
        head='<script type="application/ld+json">a()</script>'
    ),
    "data of elsewhere": page(head='<script type="application/ld+json" src="a"></script>'),
    "no policy": page(policy=""),
    "a policy that lets scripts in": page(policy=f"{POLICY}; script-src 'unsafe-inline'"),
    "a policy that names a script by its hash": page(policy=f"{POLICY}; script-src 'sha256-AA='"),
    "a policy that lets in what is elsewhere": page(policy=POLICY.replace("data:", "https:")),
    "a policy without a base": page(policy="default-src 'none'; form-action 'none'"),
    "a refresh": page(head='<meta http-equiv="refresh" content="0;url=http://x.org">'),
    "a base": page(head='<base href="http://x.org/">'),
    "a handler": page("<p onclick=a()>a</p>"),
    "a handler without its end": page("<img src=x onerror=a() "),
    "a handler behind a formula": page("<math><mtext><table><mglyph><style><img onerror=a()>"),
    "a handler behind a closed comment": page("<!--><img src=x onerror=a()>-->"),
    "a handler in a title that ends": page(head="<title></title><body onload=a()>"),
    "a style that ends and goes on": page(head="<style></style><img src=x onerror=a()></style>"),
    "a link that runs": page('<a href="java&#10;script:a()">a</a>'),
    "a picture of elsewhere": page('<img alt="" src="//x.org/a.png">'),
    "a picture beside it": page('<img alt="" src="a.png">'),
    "a page in an address": page('<img alt="" src="data:text/html,a">'),
    "a frame": page('<iframe src="data:text/html,a"></iframe>'),
    "a form": page('<form action="https://x.org/"><button>a</button></form>'),
    "a window of its own": page("<button popovertarget=a>a</button>"),
    "something fetched ahead": page(head='<link rel="preload" href="https://x.org/a">'),
    "a style of elsewhere": page(head='<link rel="stylesheet" href="https://x.org/a.css">'),
    "a place for the keyboard": page("<span tabindex='1'>a</span>"),
    "a style that imports": page(head="<style>@import 'https://x.org/s.css';</style>"),
    "a style with an address": page(head="<style>p{background:url(https://x.org/a)}</style>"),
    "an attribute of style": page('<p style="background:url(//x.org/a)">a</p>'),
    "a template": page("<template shadowrootmode=open><p>a</p></template>"),
    "elements without end": page("<div>" * 2_000),
    "bytes that are no UTF-8": page().replace(b"<body>", b"<body>\xff"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_what_acts_in_a_page_is_found(kind: str) -> None:
    assert static.judge("x.en.html", PAGES[kind]).status is Status.FAILED


# --- Word ----------------------------------------------------------------------------------------

RELATION = '<Relationship Id="r" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'


def document(body: str = "", kind: str = "", target: str = "", mode: str = "External") -> bytes:
    relation = RELATION.format(kind=f"{R}/{kind}", target=target, mode=mode) if kind else ""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:o="o">{body}</w:document>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="p">{relation}</Relationships>',
        }
    )


DOCUMENTS: dict[str, bytes] = {
    "a picture of elsewhere": document(kind="image", target="http://x.org/a.png"),
    "a picture of the machine": document(kind="image", target="file:///etc/passwd"),
    "a picture of elsewhere that says it is within": document(
        kind="image", target="http://x.org/a.png", mode="Internal"
    ),
    "a share": document(kind="image", target=r"\\x.org\a", mode="Internal"),
    "a template": document(kind="attachedTemplate", target="http://x.org/a.dotm"),
    "an object": document(kind="oleObject", target="a.bin", mode="Internal"),
    "a macro": document(kind="vbaProject", target="a.bin", mode="Internal"),
    "a foreign chunk": document(kind="aFChunk", target="a.html", mode="Internal"),
    "a link that runs": document(kind="hyperlink", target="javascript:a()"),
    "a link to a file": document(kind="hyperlink", target="file:///etc/passwd"),
    "a field that includes": document(field('INCLUDETEXT "file:///etc/passwd"')),
    "a field that includes, in pieces": document(field("INCLUDE", 'PICTURE "http://x.org"')),
    "a field in a field": document(f"{field('PAGE')[:-6]}{field('DDEAUTO a b')}"),
    "a simple field": document('<w:fldSimple w:instr=" DDE a b "/>'),
    "a field that is not ended": document(
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>LINK a</w:instrText></w:r>'
    ),
    "a field that links to a file": document(field('HYPERLINK "file:///etc/passwd"')),
    "an instruction of its own": document("<w:instrText>INCLUDETEXT a</w:instrText>"),
    "an object's element": document("<w:object><o:OLEObject/></w:object>"),
    "a control": document("<w:control/>"),
    "an alternative chunk": document("<w:altChunk/>"),
    "a mail merge": document("<w:mailMerge/>"),
    "a picture of VML": document('<v:imagedata xmlns:v="v" src="http://x.org/a.png"/>'),
    "a style of VML": document('<v:s xmlns:v="v" style="background:url(http://x.org)"/>'),
    "an entity": zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}),
    "a kind that runs": zipped(
        {"[Content_Types].xml": '<T><D ContentType="application/vnd.ms-word.x.macroEnabled"/></T>'}
    ),
    "a binary part": zipped({"word/vbaProject.bin": "a"}),
    "a page of HTML": zipped({"word/afchunk.html": "<html/>"}),
    "a drawing with a script": zipped({"word/a.svg": "<script/>"}),
    "no document": b"no zip",
}


def test_a_plain_document_is_static() -> None:
    body = field("PAGE") + field(' HYPERLINK "https://x.org" ') + field(r" HYPERLINK \l a ")
    data = document(body, kind="hyperlink", target="https://x.org/?a=b")
    assert static.judge("x.docx", data).findings == ()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_what_acts_in_a_document_is_found(kind: str) -> None:
    assert static.judge("x.docx", DOCUMENTS[kind]).status is Status.FAILED


# --- the zip of both -----------------------------------------------------------------------------


def changed(mark: bytes, offset: int, value: bytes, *, every: bool = False) -> bytes:
    """Return a book with other bytes so far behind the first, or every, such mark."""
    data = bytearray(book("<p>a</p>"))
    place = data.find(mark)
    while place >= 0:
        data[place + offset : place + offset + len(value)] = value
        place = data.find(mark, place + 1) if every else -1
    return bytes(data)


def a_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        entry = zipfile.ZipInfo("a.otf")
        entry.external_attr = 0o120777 << 16
        file.writestr(entry, "/etc/passwd")
    return out.getvalue()


MEMBER, LISTED, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
ZIPS: dict[str, bytes] = {
    "something before it": b"#!/bin/sh\n" + book(),
    "something behind it": book() + b"x",
    "something between": book().replace(LISTED, MEMBER + bytes(26) + LISTED, 1),
    "a remark": changed(END, 20, b"\1\0") + b"x",
    "half of it": book()[:700],
    "a member under two names": changed(MEMBER, 30, b"m1metype"),
    "a member that says its size twice": changed(MEMBER, 18, b"\x01"),
    "a member of more than it says": changed(LISTED, 30, b"\x04"),
    "a locked member": changed(LISTED, 8, b"\x01", every=True),
    "a member that is a patch": changed(LISTED, 8, b"\x20", every=True),
    "a name that is no UTF-8": changed(LISTED, 46, b"\xff\xff"),
    "a place outside of the file": changed(LISTED, 42, b"\xff\xff\xff\x7f"),
    "a directory outside of the file": changed(END, 16, b"\xff\xff\xff\x7f"),
    "a version of later": changed(LISTED, 6, b"\xff"),
    "packed by LZMA": changed(LISTED, 10, b"\x0e", every=True),
    "packed by nobody": changed(LISTED, 10, b"\x63", every=True),
    "packed, and no deflated data": changed(MEMBER, 8, b"\x08", every=True).replace(
        LISTED + book()[book().find(LISTED) + 4 :][:6] + b"\0",
        LISTED + book()[book().find(LISTED) + 4 :][:6] + b"\x08",
    ),
    "a link": a_link(),
}


@pytest.mark.parametrize("ending", ["epub", "docx", "translation.zip"])
@pytest.mark.parametrize("kind", ZIPS)
def test_a_zip_that_programs_may_read_differently_is_not_opened(kind: str, ending: str) -> None:
    found = static.judge(f"x.{ending}", ZIPS[kind])
    assert found.status is Status.FAILED, kind
    assert all(item.remedy for item in found.findings)


@pytest.mark.parametrize("ending", ["epub", "docx", "translation.zip"])
def test_a_damaged_zip_is_a_finding_whatever_is_damaged(ending: str) -> None:
    chance = random.Random(ending)
    for _ in range(300):
        data = bytearray(book("<p>a</p>"))
        for _ in range(chance.choice((1, 1, 2, 5))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        static.judge(f"x.{ending}", bytes(data))  # which raises nothing


# --- PDF -----------------------------------------------------------------------------------------

AS_IT_IS = pikepdf.StreamDecodeLevel.none


def paper(change: Callable[[pikepdf.Pdf], object] = lambda pdf: None) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(  # which mends and repacks, if it may, what is to be found
            out, fix_metadata_version=False, compress_streams=False, stream_decode_level=AS_IT_IS
        )
    return out.getvalue()


def root(key: str, value: object) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = value

    return paper(change)


def annotated(**fields: Any) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        usual = {"Type": Name.Annot, "Subtype": Name.Link, "Rect": Array([0, 0, 9, 9])}
        pdf.pages[0].Annots = Array([Dictionary(**{**usual, **fields})])

    return paper(change)


def attached(form: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, b"MZ")
        stream.Subtype = Name(form)
        pdf.Root.AF = Array([Dictionary(Type=Name.Filespec, EF=Dictionary(F=stream))])

    return paper(change)


def described(xmp: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata = pikepdf.Stream(pdf, xmp, Type=Name.Metadata, Subtype=Name.XML)

    return paper(change)


def streamed(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Out = pdf.make_indirect(pikepdf.Stream(pdf, b"", F=String("/etc/passwd")))


def drawn(packed: Any = None, **fields: Any) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, b"", Type=Name.XObject, **fields)
        stream.write(b"abc", filter=packed)
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(a=pdf.make_indirect(stream)))

    return paper(change)


def action(kind: str, **fields: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **fields)


SCRIPT = action("JavaScript", JS=String("app.alert(1)"))
PAPERS: dict[str, Callable[[], bytes]] = {
    "a script at the start": lambda: root("/OpenAction", SCRIPT),
    "a script by its name": lambda: root(
        "/Names", Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))
    ),
    "a script of a link": lambda: annotated(A=SCRIPT),
    "a script after a link": lambda: annotated(
        A=Dictionary(S=Name.URI, URI=String("https://x.org"), Next=SCRIPT)
    ),
    "a program": lambda: annotated(A=action("Launch", F=String("cmd.exe"))),
    "a page of another file": lambda: annotated(
        A=action("GoToR", F=String("//x/a"), D=String("a"))
    ),
    "a form that is sent": lambda: annotated(A=action("SubmitForm", F=String("http://x.org"))),
    "a link that runs": lambda: annotated(A=action("URI", URI=String("javascript:a()"))),
    "a link to a file": lambda: annotated(A=action("URI", URI=String("file:///etc/passwd"))),
    "actions by themselves": lambda: root("/AA", Dictionary(WC=action("GoTo"))),
    "a form": lambda: root("/AcroForm", Dictionary(Fields=Array([]))),
    "a film": lambda: annotated(Subtype=Name.Movie),
    "media without their type": lambda: annotated(Subtype=Name.RichMedia, Type=Name.Other),
    "a program within": lambda: attached("/application/x-msdownload"),
    "a part of elsewhere": lambda: paper(streamed),
    "metadata with an entity": lambda: described(b'<!DOCTYPE x SYSTEM "http://x.org/a"><x/>'),
    "a picture of elsewhere": lambda: drawn(
        Subtype=Name.Image, OPI=Dictionary({"/2.0": Dictionary(F=String("http://x.org"))})
    ),
    "a program of PostScript": lambda: drawn(Subtype=Name.PS),
    "a base for addresses": lambda: root("/URI", Dictionary(Base=String("http://x.org"))),
    "pages of elsewhere": lambda: root("/Names", Dictionary(URLS=Dictionary(Names=Array([])))),
    "a file that is not called one": lambda: root("/Lang", Dictionary(F=String("//x/a"))),
    "a stream that is packed twice": lambda: drawn(
        Array([Name.FlateDecode, Name.FlateDecode]), Subtype=Name.Form
    ),
    "a packing of old": lambda: drawn(Name.LZWDecode, Subtype=Name.Form),
    "no end": lambda: paper()[:-40],
    "a part that is not where it should be": lambda: paper().replace(b"obj", b"Obj", 1),
    "no paper": lambda: b"%PDF-1.7 and nothing",
}


@pytest.mark.parametrize("kind", PAPERS)
def test_what_acts_in_a_pdf_is_found(kind: str) -> None:
    assert static.judge("x.pdf", PAPERS[kind]()).status is Status.FAILED


def test_a_stream_is_not_unpacked_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    data = drawn(Subtype=Name.Form)
    assert static.judge("x.pdf", data).findings == ()
    monkeypatch.setattr(pdf_check, "_UNPACKED", 1_000_000)

    def change(pdf: pikepdf.Pdf) -> None:
        packed = zlib.compress(bytes(5_000_000))
        pdf.pages[0].Contents = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)

    (found,) = static.judge("x.pdf", paper(change)).findings
    assert "unpacks to more" in found.message


@pytest.mark.parametrize(
    "data",
    [
        paper(),
        annotated(A=action("URI", URI=String("https://x.org"))),
        annotated(A=action("GoTo", D=String("a"))),
        root("/OpenAction", action("GoTo", D=String("a"))),
        attached("/text/markdown"),
        described(b'<?xpacket begin=""?><x/><?xpacket end="r"?>'),
    ],
)
def test_a_plain_pdf_is_static(data: bytes) -> None:
    assert static.judge("x.pdf", data).findings == ()


# --- who asks ------------------------------------------------------------------------------------


def test_what_nobody_can_look_at_is_not_opened() -> None:
    assert static.judge("x.exe", b"MZ").status is Status.FAILED


SHEET = "xl/worksheets/sheet1.xml"
LED = f'<Relationships><Relationship Type="{R}/{{}}" Target="a"{{}}/></Relationships>'
WORKBOOKS: dict[str, tuple[str, dict[str, str | bytes]]] = {
    "a formula": (
        "a.xlsx",
        {SHEET: "<worksheet><sheetData><row><c><f>A1</f></c></row></sheetData></worksheet>"},
    ),
    "a link": ("a.xlsx", {SHEET: "<worksheet><hyperlinks/></worksheet>"}),
    "a link out": (
        "a.xlsx",
        {"xl/_rels/a.rels": LED.format("worksheet", ' TargetMode="External"')},
    ),
    "a query": ("a.xlsx", {"xl/_rels/a.rels": LED.format("connections", "")}),
    "a program": ("a.xlsx", {"xl/vbaProject.bin": b"a"}),
    "a kind that runs": (
        "a.xlsx",
        {
            "[Content_Types].xml": (
                '<Types><Default ContentType="application/vnd.ms-office.a"/></Types>'
            )
        },
    ),
    "an entity of a sheet": ("a.xlsx", {SHEET: '<!DOCTYPE t [<!ENTITY e "x">]><t>&e;</t>'}),
    "a formula of ODF": (
        "a.ods",
        {"content.xml": '<t:table xmlns:t="u"><t:table-cell t:formula="of:=1"/></t:table>'},
    ),
    "a script of ODF": ("a.ods", {"content.xml": '<o:scripts xmlns:o="u"/>'}),
    "a link of ODF": ("a.ods", {"content.xml": '<t:a xmlns:t="u" href="http://x.org"/>'}),
    "a part of ODF": ("a.ods", {"Basic/a.xml": "<p/>"}),
}


@pytest.mark.parametrize("case", WORKBOOKS)
def test_a_spreadsheet_in_which_something_acts_is_not_static(case: str) -> None:
    name, members = WORKBOOKS[case]
    sent = zipped({name: zipped(members)})
    held = static.judge("a.translation.zip", sent).findings
    assert {item.code for item in held} == {"not-static"}
    assert all(
        item.place is not None and item.place.file.startswith(f"a.translation.zip#{name}/")
        for item in held
    )


def test_what_a_bundle_has_in_it_is_looked_at() -> None:
    sent = zipped({"table.docx": DOCUMENTS["a template"], "a.xlf": "<x/>"})
    (found,) = static.judge("x.translation.zip", sent).findings
    assert "table.docx/word/_rels/document.xml.rels" in str(found.place)


def test_control_codes_of_a_stranger_are_not_shown() -> None:
    sent = zipped({"a\x1b[31m.exe": "MZ"})
    (found,) = static.judge("x.translation.zip", sent).findings
    assert "\x1b" not in str(found)


def test_a_contact_sheet_opens_nothing_that_is_not_static(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faircopy.core.process._start", _nobody)
    folder = tmp_path / "dist" / "x"
    folder.mkdir(parents=True)
    (folder / "x.epub").write_bytes(BOOKS["a script"])
    (folder / "x.docx").write_bytes(DOCUMENTS["a template"])
    (folder / "x.pdf").write_bytes(PAPERS["a program"]())
    monkeypatch.setattr("faircopy.core.cage.walls", lambda: ())
    laid = lay_out(tmp_path / "dist", tmp_path / "out")
    assert laid.pictures == 0
    assert [line.partition(" was not opened")[0] for line in laid.unseen] == [
        "x.docx: x.docx",
        "x.epub: x.epub",
        "x.pdf: x.pdf",
    ]


def _nobody(*args: object, **named: object) -> None:
    raise AssertionError("A program was started.")

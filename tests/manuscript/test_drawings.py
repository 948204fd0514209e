"""Drawings: honest ones pass as programs write them, and nothing else does."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest
from faircopy.core.diagnostics import Diagnostic, Place
from faircopy.core.limits import SVG_DEPTH, SVG_PATH
from faircopy.core.model import Asset
from faircopy.manuscript import assets
from faircopy.manuscript.pictures import svg_work
from lxml import etree

from tests.counting import calls, grows_evenly
from tests.manuscript.photographs import SECRET, exif, jpeg, png
from tests.steps import steps

NS = "{http://www.w3.org/2000/svg}"
PLACE = Place("source/m/manuscript.md", 6, 10)
LINK = "xmlns:xlink='http://www.w3.org/1999/xlink'"
PNG_URI = f"data:image/png;base64,{base64.b64encode(png()).decode()}"


def svg(inside: str, more: str = "") -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' {LINK} viewBox='0 0 90 60' {more}>\n{inside}\n"
        "</svg>"
    )


def load(folder: Path, text: str | bytes) -> tuple[Asset | None, tuple[Diagnostic, ...]]:
    data = text.encode() if isinstance(text, str) else text
    (folder / "a.svg").write_bytes(data)
    found, said = assets.load(folder, [("a.svg", PLACE)])
    return found.get("a.svg"), said


def passed(folder: Path, text: str | bytes) -> etree._Element:
    asset, said = load(folder, text)
    assert asset, said
    assert {item.code for item in said} <= {"image-letters"}
    assert asset.media_type == "image/svg+xml"
    return etree.fromstring(asset.data)


# --- as programs write them ----------------------------------------------------------------------

INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->

<svg width="90mm" height="60mm" viewBox="0 0 90 60" version="1.1" id="svg5"
   inkscape:version="1.2.2 (b0a8486541, 2022-12-01)" sodipodi:docname="SERIAL-0815.svg"
   inkscape:export-filename="/home/jane/SERIAL-0815.png"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:xlink="http://www.w3.org/1999/xlink"
   xmlns="http://www.w3.org/2000/svg"
   xmlns:svg="http://www.w3.org/2000/svg"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
   xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" bordercolor="#666666"
     inkscape:pageshadow="2" inkscape:document-units="mm" showgrid="false" />
  <defs id="defs2">
    <inkscape:path-effect effect="spiro" id="path-effect1" is_visible="true" />
    <linearGradient inkscape:collect="always" id="linearGradient2">
      <stop style="stop-color:#0b5566;stop-opacity:1;" offset="0" id="stop1" />
      <stop style="stop-color:#0b5566;stop-opacity:0;" offset="1" id="stop2" />
    </linearGradient>
    <linearGradient inkscape:collect="always" xlink:href="#linearGradient2" id="linearGradient3"
       x1="10" y1="10" x2="80" y2="10" gradientUnits="userSpaceOnUse" />
    <marker style="overflow:visible" id="Arrow1Lend" refX="0" refY="0" orient="auto"
       inkscape:stockid="Arrow1Lend" inkscape:isstock="true">
      <path transform="matrix(-0.8,0,0,-0.8,-10,0)"
         style="fill:context-stroke;fill-rule:evenodd;stroke:context-stroke;stroke-width:1pt"
         d="M 0,0 5,-5 -12.5,0 5,5 Z" id="path1" />
    </marker>
    <clipPath clipPathUnits="userSpaceOnUse" id="clip1"><rect width="90" height="60" id="r0" />
    </clipPath>
  </defs>
  <metadata id="metadata1"><rdf:RDF><cc:Work rdf:about=""><dc:creator><cc:Agent>
     <dc:title>SERIAL-0815</dc:title></cc:Agent></dc:creator></cc:Work></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" clip-path="url(#clip1)">
    <rect style="fill:url(#linearGradient3);stroke:#000000;stroke-width:0.264583;paint-order:normal"
       id="rect1" width="70" height="40" x="10" y="10" rx="2" />
    <path style="fill:none;stroke:#a8741a;stroke-width:1;marker-end:url(#Arrow1Lend)"
       d="m 20,30 c 10,-10 20,10 40,0" id="path2" inkscape:connector-curvature="0"
       sodipodi:nodetypes="cc" />
    <text xml:space="preserve" x="20" y="45" id="text1" style="font-size:4px;line-height:1.25;
-inkscape-font-specification:'sans-serif, Normal';font-family:sans-serif"><tspan
         sodipodi:role="line" id="tspan1" x="20" y="45">Harbour</tspan></text>
  </g>
</svg>
"""

ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg"
    xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px" viewBox="0 0 90 60"
    style="enable-background:new 0 0 90 60;" xml:space="preserve">
<style type="text/css">
   .st0{fill:#0B5566;}
   .st1{fill:url(#SVGID_1_);}
   .st2{clip-path:url(#SVGID_2_);fill:none;stroke:#A8741A;stroke-miterlimit:10;}
   .st3{font-family:'MyriadPro-Regular';} .st4{font-size:4px;}
</style>
<linearGradient id="SVGID_1_" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="90" y2="0"
    gradientTransform="matrix(1 0 0 -1 0 60)">
   <stop  offset="0" style="stop-color:#FFFFFF"/>
   <stop  offset="1" style="stop-color:#0B5566"/>
</linearGradient>
<rect class="st1" width="90" height="60"/>
<g><defs><rect id="SVGID_1_R" x="5" y="5" width="80" height="50"/></defs>
<clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_R"  style="overflow:visible;"/></clipPath>
<polygon class="st2" points="10,50 45,10 80,50 "/></g>
<image style="overflow:visible;" width="48" height="32"
 xlink:href="PICTURE" transform="matrix(0.5 0 0 0.5 10 10)"></image>
<text transform="matrix(1 0 0 1 20 40)" class="st0 st3 st4">Harbour</text>
</svg>
"""

MATPLOTLIB = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="90pt" height="60pt" viewBox="0 0 90 60"
  xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:cc="http://creativecommons.org/ns#"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work>
    <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/>
    <dc:date>2026-02-05T10:00:00</dc:date><dc:creator><cc:Agent>
      <dc:title>Matplotlib v3.8.0, https://matplotlib.org/ SERIAL-0815</dc:title>
     </cc:Agent></dc:creator></cc:Work></rdf:RDF></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <g id="figure_1"><g id="patch_1">
   <path d="M 0 60 L 90 60 L 90 0 L 0 0 z" style="fill: #ffffff"/></g>
  <g id="axes_1"><g id="xtick_1"><g id="line2d_1">
   <defs><path id="m3a" d="M 0 0 L 0 3.5" style="stroke: #000000; stroke-width: 0.8"/></defs>
   <g><use xlink:href="#m3a" x="20" y="50" style="stroke: #000000; stroke-width: 0.8"/></g></g>
   <g id="text_1"><!-- 0 --><g transform="translate(18 58) scale(0.1 -0.1)">
    <defs><path id="DejaVuSans-30" d="M 2034 4250 Q 1547 4250 1301 3770 z"
     transform="scale(0.016)"/></defs><use xlink:href="#DejaVuSans-30"/></g></g></g>
   <g id="line2d_2"><path d="M 20 40 L 40 20 L 80 30" clip-path="url(#p1)"
     style="fill: none; stroke: #1f77b4; stroke-width: 1.5; stroke-linecap: square"/></g></g></g>
 <defs><clipPath id="p1"><rect x="15" y="5" width="70" height="45"/></clipPath></defs>
</svg>
"""

D3 = """<svg width="90" height="60" viewBox="0,0,90,60" xmlns="http://www.w3.org/2000/svg"
 xmlns:xhtml="http://www.w3.org/1999/xhtml"
 style="max-width: 100%; height: auto; font: 10px sans-serif"
 role="img" aria-label="Catches"><style>.bar{fill:steelblue}.axis path{stroke:#000}
 .bar:nth-child(2){fill:hsl(200, 50%, 40%)} @media print{.bar{fill:#000}}</style>
 <g class="axis" transform="translate(0,50)" fill="none" font-size="10" text-anchor="middle">
 <path class="domain" stroke="currentColor" d="M5,0.5H85"></path><g class="tick" opacity="1"
 transform="translate(20,0)"><line stroke="currentColor" y2="6"></line><text
 fill="currentColor" y="9" dy="0.71em">1</text></g></g>
 <g data-series="a"><rect
 class="bar" x="10" y="20" width="9" height="30" data-value="30"><title>30</title></rect><rect
 class="bar" x="30" y="10" width="9" height="40"/></g>
</svg>"""

PROGRAMS = {
    "Inkscape": INKSCAPE,
    "Illustrator": ILLUSTRATOR.replace("PICTURE", PNG_URI.replace(",", ",\n", 1)),
    "Matplotlib": MATPLOTLIB,
    "D3": D3,
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_honest_drawing_passes_and_says_nothing_of_who_drew_it(
    program: str, tmp_path: Path
) -> None:
    before = etree.fromstring(PROGRAMS[program].encode())

    after = passed(tmp_path, PROGRAMS[program])

    def drawn(root: etree._Element) -> list[str]:
        hidden = {f"{NS}metadata"}
        names = [it.tag for it in root.iter() if isinstance(it.tag, str)]
        return [name for name in names if name.startswith(NS) and name not in hidden]

    assert drawn(after) == drawn(before)
    text = etree.tostring(after, encoding="unicode")
    assert SECRET not in text
    assert "inkscape:" not in text
    assert "<!--" not in text
    for name in ("d", "points", "transform", "class", "viewBox", "id"):
        one, two = (
            [it.get(name) for it in root.iter() if isinstance(it.tag, str) and it.get(name)]
            for root in (before, after)
        )
        assert set(two) <= set(one)
        if name in ("d", "points", "transform"):
            assert one == two


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_honest_drawing_looks_in_the_pdf_as_it_did(program: str, tmp_path: Path) -> None:
    asset, _ = load(tmp_path, PROGRAMS[program])
    assert asset

    assert pixels(asset.data) == pixels(PROGRAMS[program].encode())


def pixels(data: bytes) -> bytes:
    """Return a drawing as WeasyPrint and PDFium draw it."""
    import pypdfium2
    import weasyprint

    uri = f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"
    pdf = weasyprint.HTML(string=f"<img src='{uri}'>").write_pdf(
        stylesheets=[weasyprint.CSS(string="@page{size:120mm 80mm;margin:0}body{margin:0}")]
    )
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=1).to_pil().convert("RGB")
    assert len(image.getcolors(100_000)) > 3
    return bytes(image.tobytes())


SIZES = {
    "width='90mm' height='60mm' viewBox='0 0 9 6'": (340, 227),
    "width='90' height='60'": (90, 60),
    "width='100%' height='100%' viewBox='0 0 90 60'": (90, 60),
    "width='180' viewBox='0 0 90 60'": (180, 120),
    "height='120px' viewBox='0,0,90,60'": (180, 120),
    "width='1in'": (96, 150),
    "": (300, 150),
    "viewBox='0 0 0 0'": (300, 150),
    "width='x' height='-4'": (300, 150),
}


@pytest.mark.parametrize("said", SIZES)
def test_a_drawings_size(said: str, tmp_path: Path) -> None:
    asset, _ = load(tmp_path, f"<svg xmlns='http://www.w3.org/2000/svg' {said}><path d=''/></svg>")

    assert asset
    assert (asset.width, asset.height) == SIZES[said]


@pytest.mark.parametrize(
    "said",
    ["viewBox='a b'", "viewBox='0 0 nan 9'", "width='9' height='1e999'", "viewBox='0 0 0 0'"],
)
def test_a_size_that_is_none_does_not_end_the_build(said: str, tmp_path: Path) -> None:
    """WeasyPrint 70 raises ValueError or ZeroDivisionError, of which no picture's name is told."""
    text = f"<svg xmlns='http://www.w3.org/2000/svg' {said}><rect width='9' height='9'/></svg>"

    root = passed(tmp_path, text)

    assert set(root.attrib) <= {"width"}


# --- what does more than to be looked at ---------------------------------------------------------

ACTIVE = {
    "script": "<script>alert(1)</script>",
    "a script of XHTML": "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "script in a group": "<g>\n<g><script href='#a'/></g></g>",
    "a handler": "<rect onclick='x()'/>",
    "a handler in capitals": "<rect ONLOAD='x()'/>",
    "foreignObject": "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "iframe": "<iframe xmlns='http://www.w3.org/1999/xhtml' src='#'/>",
    "an address in style": "<rect style='fill:url(http://127.0.0.1:9/#a)'/>",
    "an address in fill": "<rect fill='url(file:///etc/passwd#a)'/>",
    "an address in quotes": "<rect fill='url(\"http://127.0.0.1/#a\") red'/>",
    "an address in mask": "<rect mask='url(b.svg#m)'/>",
    "an address in filter": "<rect filter='url(//a.org/b#c)'/>",
    "an address in clip-path": "<rect clip-path='url(data:image/svg+xml,%3Csvg/%3E#a)'/>",
    "an escaped address": "<rect fill='ur\\6c(http://127.0.0.1/#a)'/>",
    "an image-set": "<rect style='fill: image-set(\"http://a.org/b.png\" 1x)'/>",
    "src()": "<rect style='fill: src(\"http://a.org/b.png\")'/>",
    "import": "<style>@import 'http://127.0.0.1:9/a.css';</style>",
    "import of an address": "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    "an escaped import": "<style>@\\69mport 'http://127.0.0.1:9/a.css';</style>",
    "import after a comment": "<style>/* */@import/**/'a.css';</style>",
    "import in CDATA": "<style><![CDATA[@import 'a.css';]]></style>",
    "an address in a sheet": "<style>rect{fill:URL( 'http://a.org/#b' )}</style>",
    "an address in a condition": "<style>@media screen{rect{fill:url(http://a.org)}}</style>",
    "an address in a variable": "<style>rect{--a:url(http://a.org);fill:var(--a)}</style>",
    "a font": "<style>@font-face{font-family:x;src:url(http://a.org/x.woff)}</style>",
    "a font, escaped": "<style>@font-face{font-family:x;src:ur\\6c(http://a.org/x.woff)}</style>",
    "keyframes": "<style>@keyframes a{from{x:0}}</style>",
    "a use of elsewhere": "<use href='b.svg#a'/>",
    "a use of elsewhere, old": "<use xlink:href='http://a.org/b.svg#a'/>",
    "an image elsewhere": "<image href='http://example.org/a.png'/>",
    "an image beside": "<image xlink:href='photo.jpg'/>",
    "an image from the disk": "<image href='file:///etc/passwd'/>",
    "a drawing in the drawing": "<image href='data:image/svg+xml;base64,{inner}'/>",
    "a drawing that says it is a PNG": "<image href='data:image/png;base64,{inner}'/>",
    "a drawing, not in Base64": "<image href='data:image/svg+xml,%3Csvg%3E'/>",
    "a page": "<image href='data:text/html;base64,PGI+'/>",
    "a damaged picture": "<image href='data:image/png;base64,iVBORw0KGgo='/>",
    "a link": "<a href='javascript:alert(1)'><rect/></a>",
    "a link, spaced": "<a href=' java\tscript:alert(1)'><rect/></a>",
    "a link to a page": "<a xlink:href='https://example.org'><rect/></a>",
    "set": "<rect><set attributeName='href' to='javascript:alert(1)'/></rect>",
    "animate": "<rect><animate attributeName='x' values='0;9'/></rect>",
    "animateTransform": "<rect><animateTransform attributeName='transform'/></rect>",
    "an unknown element": "<flowRoot><flowPara>x</flowPara></flowRoot>",
    "a style with elements": "<style><rect/></style>",
    "a gradient elsewhere": "<linearGradient href='b.svg#g'/>",
    "a text path elsewhere": "<text><textPath href='b.svg#p'>x</textPath></text>",
}  # fmt: skip
INNER = base64.b64encode(svg("<script>alert(1)</script>").encode()).decode()


@pytest.mark.parametrize("what", ACTIVE)
def test_what_does_more_than_to_be_looked_at_is_refused(what: str, tmp_path: Path) -> None:
    asset, said = load(tmp_path, svg("<g/>\n" + ACTIVE[what].replace("{inner}", INNER)))

    assert asset is None
    (item,) = said
    assert item.code in ("image-active", "image-damaged")
    assert item.place == PLACE
    assert "a.svg" in item.message
    assert "in line 3" in item.message or "in line 4" in item.message
    assert item.remedy


BEFORE = {
    "a style sheet": "<?xml-stylesheet href='http://a.org/a.css'?>",
    "a style sheet in the file": "<?xml-stylesheet href='#s' type='text/css'?>",
    "entities": "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
    "an outside entity": "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
}


@pytest.mark.parametrize("what", BEFORE)
def test_what_stands_before_a_drawing(what: str, tmp_path: Path) -> None:
    asset, (item,) = load(tmp_path, BEFORE[what] + svg("<rect/>"))

    assert asset is None
    assert item.code == "image-active"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("light-dark(#fff, var(--ge-dark-color, #121212))", "#fff"),
        ("light-dark(light-dark(rgb(1, 2, 3), red), blue)", "rgb(1, 2, 3)"),
    ],
)
def test_a_drawing_with_colours_of_day_and_night_has_those_of_the_day(
    said: str, shown: str, tmp_path: Path
) -> None:
    (drawn,) = passed(tmp_path, svg(f"<rect style='fill: {said}' stroke='{said}'/>"))
    assert (drawn.get("style"), drawn.get("stroke")) == (f"fill: {shown};", shown)


def test_colours_of_the_day_lead_nowhere(tmp_path: Path) -> None:
    asset, told = load(tmp_path, svg("<rect style='fill: light-dark(url(http://a.org/#b), red)'/>"))
    assert asset is None
    assert {item.code for item in told} == {"image-active"}


def test_attributes_by_default_are_none(tmp_path: Path) -> None:
    root = passed(tmp_path, "<!DOCTYPE svg [<!ATTLIST rect onclick CDATA 'x()'>]>" + svg("<rect/>"))

    assert b"onclick" not in etree.tostring(root.getroottree())


def test_a_drawing_within_the_file_may_lead_to_its_own_elements(tmp_path: Path) -> None:
    inside = (
        "<style>.a{fill:url(#g);mask:url('#m')} .b{marker-end:url(\"#k\")}</style>"
        "<linearGradient id='g'><stop/></linearGradient><mask id='m'><rect/></mask>"
        "<marker id='k'><path d='M0 0'/></marker><g id='u'/>"
        "<rect class='a' style='clip-path:url(#c)'/><path class='b' fill='url(#g) red' d='M0 0'/>"
        "<use href='#u'/><use xlink:href='#u'/><a href='#u'><text>x</text></a>"
    )
    root = passed(tmp_path, svg(inside))

    assert "url" in (root.findtext(f"{NS}style") or "")
    assert next(root.iter(f"{NS}use")).get("href") == "#u"


def test_a_photograph_in_a_drawing_is_prepared_as_any_other(tmp_path: Path) -> None:
    photo = jpeg(exif=exif(6))
    assert SECRET.encode() in photo
    uri = f"data:image/jpeg;base64,{base64.b64encode(photo).decode()}"

    root = passed(tmp_path, svg(f"<image href='{uri}' width='9' height='9'/>"))

    (image,) = root.iter(f"{NS}image")
    data = base64.b64decode((image.get("href") or "").partition(",")[2])
    assert data.startswith(b"\xff\xd8")
    assert SECRET.encode() not in data


def test_letters_that_each_edition_sets_in_its_own_font_are_told_once(tmp_path: Path) -> None:
    inside = "<text>Harbour</text><g><text> <tspan>Lighthouse</tspan></text></g>"

    asset, (item,) = load(tmp_path, svg(inside))

    assert asset
    assert (item.code, item.severity, item.place) == ("image-letters", "note", PLACE)
    assert "line 2" in item.message
    assert load(tmp_path, svg("<text> </text><title>Map</title>"))[1] == ()


def test_what_the_pdf_does_not_draw_is_told(tmp_path: Path) -> None:
    inside = "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect filter='url(#f)'/>"

    asset, (item,) = load(tmp_path, svg(inside))

    assert asset
    assert (item.code, item.severity, item.place) == ("image-unpainted", "warning", PLACE)
    assert "feGaussianBlur" in item.message


@pytest.mark.parametrize(
    "data",
    [
        b"<svg><rect/></svg>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><rect></svg>",
        b"\xff\xfe<\0s\0v\0g\0",
        b"no picture",
        b"",
    ],
)
def test_what_is_no_drawing(data: bytes, tmp_path: Path) -> None:
    asset, (item,) = load(tmp_path, data)

    assert asset is None
    assert item.code == "image-damaged"


def test_a_compressed_drawing_is_called_so(tmp_path: Path) -> None:
    _, (item,) = load(tmp_path, gzip.compress(svg("<rect/>").encode()))

    assert item.code == "image-type"
    assert "compressed" in item.message


# --- without end ---------------------------------------------------------------------------------


def tens(levels: int, what: str = "<use href='#g{}'/>") -> str:
    groups = [f"<g id='g{n}'>{what.format(n - 1) * 10}</g>" for n in range(1, levels)]
    return "<defs><g id='g0'><rect/></g>" + "".join(groups) + f"</defs><use href='#g{levels - 1}'/>"


def nested(element: str, inside: str) -> str:
    """Return elements named p0 to p8, each of which draws the one before ten times."""
    parts = (f"<{element} id='p{n}'>{inside.format(n, n - 1) * 10}</{element}>" for n in range(9))
    return f"<defs>{''.join(parts)}</defs>"


RULES = "".join(f".c{n}{{fill:url(#p{n - 1})}}" for n in range(10))
CHAIN = "".join(f"<g id='c{n}'><use href='#c{n + 1}'/></g>" for n in range(5000))
ENDLESS = {
    "uses of uses": tens(9),
    "old uses of uses": tens(9, "<use xlink:href='#g{}'/>"),
    "patterns in patterns": nested("pattern", "<rect fill='url(#p{1})'/>")
    + "<rect fill='url(#p8)'/>",
    "patterns in patterns, by style": f"<style>{RULES}</style>"
    + nested("pattern", "<rect class='c{0}'/>")
    + "<rect class='c9'/>",
    "masks in masks": nested("mask", "<rect mask='url(#p{1})'/>") + "<rect style='mask:url(#p8)'/>",
    "patterns by inheritance": "".join(
        f"<g fill='url(#p{n - 1})'><pattern id='p{n}'>{'<rect/>' * 10}</pattern></g>"
        for n in range(9)
    )
    + "<rect fill='url(#p8)'/>",
    "a pattern that inherits itself": "<g fill='url(#a)'><pattern id='a'><rect/></pattern></g>"
    "<rect fill='url(#a)'/>",
    "markers by inheritance": f"<marker id='k'>{'<rect/>' * 200}</marker>"
    "<g marker-mid='url(#k)'>" + "<path d='M1 1L1 1'/>" * 200 + "</g>",
    "a pattern of dust": "<pattern id='a' width='.001' height='1e-5'><rect/></pattern>"
    "<rect fill='url(#a)'/>",
    "a pattern of dust, in px": "<pattern id='a' width='.01' height='.01' "
    "patternUnits='userSpaceOnUse'><rect/></pattern><rect fill='url(#a)'/>",
    "a blur of miles": "<filter id='a'><feGaussianBlur stdDeviation='9 9e9'/></filter>",
    "a cloud of clouds": "<filter id='a'><feTurbulence numOctaves='5000'/></filter>",
    "markers on many corners": f"<marker id='k'>{'<rect/>' * 200}</marker>"
    f"<path marker-mid='url(#k)' d='{'L1 1' * 2000}'/>",
    "a group that uses itself": "<g id='a'><use href='#a'/></g>",
    "two that use each other": "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
    "a pattern filled with itself": "<pattern id='a'><rect fill='url(#a)'/></pattern>"
    "<rect fill='url(#a)'/>",
    "a pattern filled with itself, by style": "<style>rect{fill:url(#a)}</style>"
    "<pattern id='a'><rect/></pattern>",
    "a gradient of itself": "<linearGradient id='a' href='#a'/>",
    "a marker on itself": "<marker id='a'><path d='M0 0' style='marker:url(#a)'/></marker>",
    "a chain of uses": CHAIN,
    "groups in groups": "<g>" * (SVG_DEPTH.most + 1) + "</g>" * (SVG_DEPTH.most + 1),
    "too many elements": "<rect/>" * 50_001,
    "letters along a path": "<path id='p' d='M0 0H9'/><text><textPath href='#p'>"
    + "word " * 10_100
    + "</textPath></text>",
    "letters by use": f"<text id='t'>{'x' * 900}</text>" + "<use href='#t'/>" * 60,
    "references to nothing": "<rect/>" * 18_000
    + "".join(f"<rect fill='url(#m{n})'/>" for n in range(2_000)),
    "a path without end": f"<path d='M0 0{'L1 1' * (SVG_PATH.most // 4)}'/>",
}


CALLS = 20
"""Calls of functions for a character of a drawing: what is repeated is not gone through."""


def counted(folder: Path, drawing: str) -> tuple[Asset | None, tuple[Diagnostic, ...]]:
    """Load a drawing, and see that it took no more work than its length allows."""
    loaded = []
    took = calls(lambda: loaded.append(load(folder, drawing)))
    assert took < CALLS * len(drawing)
    return loaded[0]


@pytest.mark.parametrize("what", ENDLESS)
def test_a_drawing_without_end_is_refused_at_once(what: str, tmp_path: Path) -> None:
    asset, said = counted(tmp_path, svg(ENDLESS[what]))

    assert asset is None
    assert [item.code for item in said] == ["image-too-large"]


@pytest.mark.parametrize("unit", ["0", "-", "1 ", "1,", " ", "L1 1", "1e", "E"])
def test_corners_are_counted_in_steady_steps(unit: str) -> None:
    assert grows_evenly([steps(svg_work._VERTEX, unit * size) for size in (20, 40, 80, 160)])


def test_elements_in_elements_without_end(tmp_path: Path) -> None:
    asset, (item,) = load(tmp_path, svg("<g>" * 100_000 + "</g>" * 100_000))

    assert asset is None
    assert item.code in ("image-damaged", "image-too-large")


def test_a_map_of_many_paths_passes(tmp_path: Path) -> None:
    paths = "".join(f"<path id='p{n}' d='M{n} 0L{n} 9Z' class='land'/>" for n in range(20_000))

    asset, said = counted(tmp_path, svg(f"<style>.land{{fill:url(#g)}}</style>{paths}"))

    assert asset
    assert said == ()


def test_a_group_may_hold_the_gradient_that_it_is_filled_with(tmp_path: Path) -> None:
    gradient = "<linearGradient id='a'><stop/></linearGradient>"

    passed(tmp_path, svg(f"<g fill='url(#a)'><defs>{gradient}</defs>{'<rect/>' * 500}</g>"))


def test_letters_that_are_used_many_times_pass(tmp_path: Path) -> None:
    letters = "<defs><path id='a' d='M0 0h1'/></defs>" + "<use href='#a'/>" * 5_000

    passed(tmp_path, svg(letters))

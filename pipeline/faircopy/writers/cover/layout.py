"""The drawn cover as a page of HTML: what it says, how large, over the publication's art."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from faircopy.core import ast
from faircopy.core.model import Asset, Metadata, Publication
from faircopy.languages import locale
from faircopy.passes import sense
from faircopy.passes.typography import typeset
from faircopy.passes.units import UNIT
from faircopy.theme import Face, Script, Theme
from faircopy.writers import pictures
from faircopy.writers.cover import faces
from faircopy.writers.cover.art import HEIGHT, WIDTH, draw
from faircopy.writers.cover.lines import Fit, balance, fit
from faircopy.writers.html import data_uri
from faircopy.writers.markup import Element, Maker

MEASURE, TITLE_HEIGHT, LARGEST = 1320, 800, 250
"""Width and height that the title may fill, and its largest size, in pixels."""
LONGEST = 160
"""How many characters of a title or a standfirst a cover shows; the book shows them all."""

_h = Maker()
_svg = Maker("http://www.w3.org/2000/svg")


class Page(msgspec.Struct, frozen=True):
    """A page of HTML, and the faces that it is set in."""

    html: Element
    faces: Sequence[Face]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What the cover says beside the title; an empty text is not shown."""

    outlet: str
    genre: str
    subtitle: str
    standfirst: str
    credit: str

    @property
    def sizes(self) -> dict[str, int]:
        """Size in pixels of each text under the title: a long standfirst is set smaller."""
        long = len(self.standfirst) > 110
        sizes = {"subtitle": 70, "standfirst": 54 if long else 60, "credit": 46}
        return {name: size for name, size in sizes.items() if getattr(self, name)}


def page(publication: Publication, theme: Theme) -> Page:
    """Return the cover, for ``styles/cover.css``.

    Raises:
        EditionError: no font of the theme draws a character.
        ToolError: a font of the theme is missing.
    """
    metadata = publication.metadata
    script = theme.script(metadata.lang)
    words = shown(metadata)
    name = _short(plain(metadata.title, metadata.lang))
    voices = faces.voices(theme, script)
    spare = faces.spare(theme, voices, "".join((name, *msgspec.structs.astuple(words))))
    title = _title(name, words, theme, script, spare)
    spans = (_h("span", words.outlet, class_="outlet"), _h("span", words.genre, class_="genre"))
    main = _h("main", _h("div", *spans, class_="bar"), _h("h1", *_broken(title.lines)))
    face = faces.nearest(theme, script.text or theme.font.subhead, italic=script.italic)
    measure = faces.measure(face, spare)
    for name, size in words.sizes.items():
        lines = balance(getattr(words, name), measure, MEASURE / size)
        main.append(_h("p", *_broken(lines), class_=name, style=f"font-size:{size}px"))
    variables = _variables(theme, script, title, [face.family for face in spare])
    html = _h(
        "html",
        _h("body", _art(publication.slug, theme.colour.cover.ornament), main),
        lang=metadata.lang,
        dir=metadata.dir,
        style=";".join(f"--{name}:{value}" for name, value in variables.items()),
    )
    return Page(html, (*voices, *spare))


def around(drawing: Asset, theme: Theme, lang: str) -> Page:
    """Return a page that holds a drawing and nothing else, with the faces for its letters.

    Which letters no face has, the PDF tells.
    """
    voices = faces.voices(theme, theme.script(lang))
    spare, _ = faces.beside(theme, voices, pictures.letters(drawing))
    source = data_uri(drawing.media_type, drawing.data)
    style = f"width:{WIDTH}px;height:{HEIGHT}px;object-fit:contain;display:block"
    html = _h("html", _h("body", _h("img", src=source, style=style, alt="")))
    return Page(html, (*voices, *spare))


def shown(metadata: Metadata) -> Words:
    """Return what a cover says of a publication."""
    lang = metadata.lang
    authors = ", ".join(plain(name, lang) for name in metadata.author)
    house = plain(metadata.outlet, lang) or metadata.publisher
    return Words(
        outlet=_short(house or authors),
        genre=locale(lang).genre(metadata.kind),
        subtitle=_short(plain(metadata.subtitle, lang)),
        standfirst=_short(plain(metadata.standfirst, lang) or metadata.description),
        credit=_short(authors) if house and authors != house else "",
    )


def _title(title: str, words: Words, theme: Theme, script: Script, spare: Sequence[Face]) -> Fit:
    """Break and size the title: larger when there is less below it."""
    room = TITLE_HEIGHT - (180 if words.subtitle else 0) - (80 if words.credit else 0)
    face = faces.nearest(theme, script.text or theme.font.display)
    tracking = theme.text.title_tracking if script.tracking else 0
    return fit(
        title,
        faces.measure(face, spare, tracking=tracking),
        width=MEASURE,
        height=room,
        lead=_lead(script),
        largest=LARGEST * script.title_scale,
    )


def _lead(script: Script) -> float:
    """Return the title's leading: a display size is set tighter than the text."""
    return max(1.06, 0.75 * script.lead)


def _variables(theme: Theme, script: Script, title: Fit, spare: Sequence[str]) -> dict[str, str]:
    """Return the values of the variables in ``styles/cover.css``; ``spare`` names families."""
    colours, voices = theme.colour.cover, theme.text
    track = 1 if script.tracking else 0
    deep = script.lead > 2  # Nastaliq: words slope down from far above the line to far below it
    return {
        "ground": colours.ground,
        "type": colours.type,
        "ornament": colours.ornament,
        "display": faces.families(script.text, theme.font.display, *spare),
        "subhead": faces.families(script.text, theme.font.subhead, *spare),
        "sans": faces.families(script.sans, theme.font.sans, *spare),
        "italic": "italic" if script.italic else "normal",
        "outlet-tracking": f"{voices.outlet_tracking * track:g}em",
        "kicker-tracking": f"{voices.kicker_tracking * track:g}em",
        "title-tracking": f"{voices.title_tracking * track:g}em",
        "title-size": f"{title.size:.1f}px",
        "title-lead": f"{_lead(script):g}",
        "title-above": "150px" if deep else "220px",
        "title-below": "140px" if deep else "0",
        "text-lead": f"{script.lead * 0.9 or 1.28:g}",
    }


def _art(slug: str, colour: str) -> Element:
    strokes = [
        _svg("path", d=line.path, stroke_width=f"{line.width:.1f}", opacity=f"{line.opacity:.2f}")
        for line in draw(slug)
    ]
    pen = _svg("g", *strokes, fill="none", stroke=colour)
    size = {"width": str(WIDTH), "height": str(HEIGHT), "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return _svg("svg", pen, **size)


def _broken(lines: tuple[str, ...]) -> list[Element | str]:
    """Return lines with a break between them."""
    out: list[Element | str] = []
    for line in lines:
        out += [*([_h("br")] if out else []), line]
    return out


def plain(inlines: ast.Inlines, lang: str) -> str:
    """Return a text of the metadata, its quotation marks drawn, its short words glued."""
    conventions = locale(lang)
    unit = ast.Span((ast.Attr("", (UNIT,)), sense.bound(inlines, conventions)))
    return ast.text(typeset(unit, conventions), ast.Omit.NOTES)


def _short(text: str) -> str:
    """Return a text on one line that a cover can hold, cut at a space where there is one."""
    words = " ".join(text.split("\n"))
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST].rpartition(" ")[0] or words[:LONGEST]
    return cut.rstrip(",;:.–— ") + "…"

"""Headings that look set by hand: even lines, a title that fits, pull quotes on the grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil

from faircopy.passes import voices
from faircopy.passes.opener import LOGO, OPENER
from faircopy.theme import MM, Page, Style, Theme, fonts
from faircopy.theme.css import HEAD_TRACKING, faces_of, scaled
from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.pdf import opener
from faircopy.writers.pdf.balance import STUB, balanced, has_stub, lines
from faircopy.writers.pdf.keeping import FOOT
from faircopy.writers.pdf.plates import NONE, Plates
from faircopy.writers.pdf.tree import set_styles

_OUTLET = 0.55
"""Share of a running head that the outlet has at most."""
_APART = 3.0
"""Em between the two sides of a running head."""
_EVERYWHERE = "\u2e80"
"""The first of the letters between which lines may be broken: those of Chinese and Japanese."""
_TOO_LONG = 99
"""Lines of words that do not fit between the edges."""


def balance(root: Element, theme: Theme, page: Page, lang: str, plates: Plates = NONE) -> float:
    """Set the measure of the opener's lines, of headings, questions and pull quotes.

    Returns:
        the height of the opener's words in points, without its pictures, as they would be set.
    """
    script = theme.script(lang)
    styles = scaled(page, script)
    lead = styles["body"].lead
    column = page.column_width * MM
    height = _opener(root, theme, page, lang, plates)
    _heads(root, theme, page, lang)
    for part in html.find(root, "h1"):
        if not html.has_class(part, "title"):
            setter(theme, "display", lang).break_long(part, styles["part"].size, column)
    subhead = setter(theme, "subhead", lang, italic=script.italic)
    bold = setter(theme, "sans", lang, weight=700)
    slanted = theme.text.question == "italic" and script.italic
    asking = setter(theme, "sans", lang, italic=True) if slanted else bold
    for heading in html.find(root, "h2", "h3", "p"):
        if heading.tag == "p" and not html.has_class(heading, "question"):
            continue
        if html.has_class(heading, voices.SECTION):
            setter(theme, "display", lang).even(heading, styles["section"].size, column)
            continue
        asks = html.has_class(heading, "question")
        style = styles["question" if asks else "heading"]
        if html.has_class(heading, voices.TURN):
            continue  # of small capitals, and as long as it is
        (asking if asks else bold).even(heading, style.size, column)
    for quote in html.with_class(root, "pull-quote"):
        if html.local(quote) not in ("main", "div"):
            continue
        style = styles["pull_quote"]
        count = sum(subhead.even(item, style.size, column * 0.97) for item in quote)
        odd = (count * style.lead) % lead
        if odd:
            set_styles([(quote, f"padding-bottom: {lead / 2 + lead - odd:g}pt")])
    return height


def _heads(root: Element, theme: Theme, page: Page, lang: str) -> None:
    """Shorten what running heads say until outlet and title stand on one line, apart."""
    width, size = page.text_width * MM, scaled(page, theme.script(lang))["running"].size
    wide = HEAD_TRACKING if theme.script(lang).tracking else 0.0
    bold, plain = setter(theme, "sans", lang, weight=700), setter(theme, "sans", lang)
    room = width
    for title in html.with_class(root, "title"):
        outlet = bold.shortened(title.get("data-outlet", ""), size, width * _OUTLET, wide)
        title.set("data-outlet", outlet)
        room = width - bold.width(outlet, size, wide) - _APART * size
        title.set("data-running", plain.shortened(title.get("data-running", ""), size, room))
    for part in html.find(root, "h1"):
        if not html.has_class(part, "title"):
            part.set("data-running", plain.shortened(_shown(part).strip(), size, room))


def _opener(root: Element, theme: Theme, page: Page, lang: str, plates: Plates) -> float:
    """Set title, subtitle and standfirst in proportion; return how high the opener is."""
    styles, script = scaled(page, theme.script(lang)), theme.script(lang)
    lead = styles["body"].lead
    parts = {
        name: part
        for opener in html.with_class(root, OPENER)
        for name in _PARTS
        for part in html.with_class(opener, name)
    }
    setters = {
        "title": setter(theme, "display", lang),
        "subtitle": setter(theme, "subhead", lang),
        "standfirst": setter(theme, "subhead", lang, italic=script.italic),
    }
    title_measure = min(page.title_measure * MM, plates.measure)
    found = opener.fitted(
        styles,
        {name: setters[name].counting(parts[name]) for name in setters if name in parts},
        title_measure,
        min(page.standfirst_measure * MM, plates.measure),
        stubs=setters["title"].stubs(parts["title"]) if "title" in parts else None,
        compact=plates.compact,
    )
    lines = dict.fromkeys(parts, 1)
    for name, voice in setters.items():
        if name not in parts:
            continue
        style = found.styles[name]
        measure = found.measure if name == "standfirst" else title_measure
        _resize(parts[name], styles[name], style, measure)
        lines[name] = voice.even(parts[name], style.size, measure)
    if "byline" in parts:
        bold = setter(theme, "sans", lang, weight=700)
        count = bold.counting(parts["byline"])
        lines["byline"] = min(count(styles["byline"].size, plates.measure), 9)
    words = _height(page, {**styles, **found.styles}, lines, compact=plates.compact)
    has_logo = next(html.with_class(root, LOGO), None) is not None
    return words + (theme.opener.logo_height * MM + lead / 2 if has_logo else 0)


_PARTS = ("kicker", "title", "subtitle", "standfirst", "byline", "dateline", "imprint")
_STYLE_OF = {"dateline": "byline", "imprint": "byline"}
_HALF_ABOVE = ("kicker", "byline", "imprint")
"""Parts with half a line above them, as ``styles/pdf.css`` has it."""


def _height(
    page: Page, styles: Mapping[str, Style], lines: Mapping[str, int], *, compact: bool
) -> float:
    lead, space = styles["body"].lead, page.space
    unit = lead / max(1, round(lead / page.lead))
    height = sum(count * styles[_STYLE_OF.get(name, name)].lead for name, count in lines.items())
    height += sum(unit / 2 for name in _HALF_ABOVE if name in lines)
    height += (space.title_above * (0.5 if compact else 1) + space.title_below) * unit
    height += space.title_below * unit if "subtitle" in lines else 0
    return height + (space.opener_rule + space.opener_below) * unit


def _resize(part: Element, own: Style, style: Style, measure: float) -> None:
    changed = own != style
    sized = f"; font-size: {style.size:.2f}pt; line-height: {style.lead:g}pt" if changed else ""
    set_styles([(part, f"max-width: {measure:.1f}pt{sized}")])


def setter(
    theme: Theme, voice: str, lang: str, *, weight: int = 400, italic: bool = False
) -> Setter:
    """Return what measures words in a voice of the theme."""
    return Setter(theme, voice, lang, weight=weight, italic=italic)


class Setter:
    """Measures words in one face and sets elements by them."""

    def __init__(
        self, theme: Theme, voice: str, lang: str, *, weight: int = 400, italic: bool = False
    ) -> None:
        faces = faces_of(theme, voice, lang)
        face = min(faces, key=lambda f: (f.italic != italic, abs(f.weight - weight)))
        self._measure = fonts.measure(face, lang=lang)
        self._em: dict[str, float] = {}

    def even(self, element: Element, size: float, measure: float) -> int:
        """Set the element's measure so that its lines are even; return how many there are."""
        widths, space = self._widths(element, size)
        if not widths:
            return 0
        self.break_long(element, size, measure)
        even = balanced(widths, space, measure)
        if even is not None:
            set_styles([(element, f"max-width: {even:.1f}pt")])
        return lines(widths, space, measure)

    def break_long(self, element: Element, size: float, measure: float) -> None:
        """Let the words of a heading be broken, which they are not else, if one is too long."""
        if max(self._widths(element, size)[0], default=0.0) > measure:
            set_styles([(element, "hyphens: auto")])

    def counting(self, element: Element) -> Callable[[float, float], int]:
        """Return what counts the lines of an element's words at a size and a measure."""

        def count(size: float, measure: float) -> int:
            widths, space = self._widths(element, size)
            if not widths:
                return 0
            if max(widths) <= measure:
                return lines(widths, space, measure)
            if any(letter >= _EVERYWHERE for letter in _shown(element)):
                return ceil(sum(widths) / measure)
            return _TOO_LONG

        return count

    def stubs(self, element: Element) -> Callable[[float, float], bool]:
        """Return what tells whether a line of an element's words is next to nothing."""

        def has(size: float, measure: float) -> bool:
            widths, space = self._widths(element, size)
            if max(widths, default=0.0) <= measure:
                return has_stub(widths, space, measure)
            return 0 < sum(widths) % measure < STUB * measure

        return has

    def width(self, text: str, size: float, tracking: float = 0.0) -> float:
        """Return the width of words in points; ``tracking`` is added to each letter, in em."""
        return (self._width(text) + tracking * len(text)) * size

    def shortened(self, text: str, size: float, room: float, tracking: float = 0.0) -> str:
        """Return as many of the first words as have room, with an ellipsis where some are left out.

        One that is too long by itself is cut.
        """
        words = text.split()
        shown = " ".join(words)
        while words and self.width(shown, size, tracking) > room:
            last = words.pop()
            words += [last[: len(last) * 3 // 4]] if not words and len(last) > 1 else []
            shown = " ".join(words).rstrip(" ,;:–—…") + " …"
        return shown

    def _widths(self, element: Element, size: float) -> tuple[list[float], float]:
        words = [word for word in _shown(element).split(" ") if word]
        return [self._width(word) * size for word in words], self._width(" ") * size

    def _width(self, word: str) -> float:
        if word not in self._em:
            self._em[word] = self._measure(word)
        return self._em[word]


def _shown(element: Element) -> str:
    """Return the words of a heading, without the notes that hang on it."""
    out: list[str] = []

    def gather(item: Element) -> None:
        out.append(item.text or "")
        for child in item:
            if not html.has_class(child, FOOT):
                gather(child)
            out.append(child.tail or "")

    gather(element)
    return "".join(out).replace("\n", " ")

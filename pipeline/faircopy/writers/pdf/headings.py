"""Headings that look set by hand: even lines, a title that fits, pull quotes on the grid."""

from __future__ import annotations

from faircopy.theme import MM, Page, Theme, fonts
from faircopy.theme.css import faces_of, scaled
from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.pdf.balance import balanced, lines
from faircopy.writers.pdf.keeping import FOOT
from faircopy.writers.pdf.tree import set_styles

TITLE_LINES = 3
_SHRINK = (1.0, 0.85, 0.72, 0.6, 0.5, 0.42)


def balance(root: Element, theme: Theme, page: Page, lang: str) -> None:
    """Set the measure of the opener's lines, of headings, questions and pull quotes."""
    script = theme.script(lang)
    styles = scaled(page, script)
    lead = styles["body"].lead
    column = page.column_width * MM
    set_title = _Setter(theme, "display", lang)
    for title in html.with_class(root, "title"):
        measure = min(page.title_measure, page.text_width) * MM
        size = set_title.fitting(title, styles["title"].size, measure)
        factor = size / styles["title"].size
        if factor < 1:
            leading = round(styles["title"].lead * factor * 4) / 4
            set_styles([(title, f"font-size: {size:.2f}pt; line-height: {leading:g}pt")])
        set_title.even(title, size, measure)
    for part in html.find(root, "h1"):
        if not html.has_class(part, "title"):
            set_title.break_long(part, styles["part"].size, column)
    subhead = _Setter(theme, "subhead", lang, italic=script.italic)
    for standfirst in html.with_class(root, "standfirst"):
        measure = min(page.standfirst_measure, page.text_width) * MM
        subhead.even(standfirst, styles["standfirst"].size, measure)
    bold = _Setter(theme, "sans", lang, weight=700)
    for heading in html.find(root, "h2", "h3", "p"):
        if heading.tag == "p" and not html.has_class(heading, "question"):
            continue
        style = styles["question" if html.has_class(heading, "question") else "heading"]
        bold.even(heading, style.size, column)
    for quote in html.with_class(root, "pull-quote"):
        if html.local(quote) not in ("main", "div"):
            continue
        style = styles["pull_quote"]
        count = sum(subhead.even(item, style.size, column * 0.97) for item in quote)
        odd = (count * style.lead) % lead
        if odd:
            set_styles([(quote, f"padding-bottom: {lead / 2 + lead - odd:g}pt")])


class _Setter:
    """Measures words in one face and sets elements by them."""

    def __init__(
        self, theme: Theme, voice: str, lang: str, *, weight: int = 400, italic: bool = False
    ) -> None:
        faces = faces_of(theme, voice, lang)
        face = min(faces, key=lambda f: (f.italic != italic, abs(f.weight - weight)))
        self._measure = fonts.measure(face)
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

    def fitting(self, element: Element, size: float, measure: float) -> float:
        """Return the largest size at which the element takes three lines at most."""
        for factor in _SHRINK:
            widths, space = self._widths(element, size * factor)
            if not widths or (
                max(widths) <= measure and lines(widths, space, measure) <= TITLE_LINES
            ):
                return size * factor
        return size * _SHRINK[-1]

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

"""The pictures of an opener in the tree that WeasyPrint lays out: sized as ``plates`` plans."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from faircopy.passes import figures
from faircopy.passes.opener import KICKER, LOGO, OPENER, PLATES
from faircopy.theme import MM, Page, Theme
from faircopy.theme.css import scaled
from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.pdf import plates
from faircopy.writers.pdf.headings import setter
from faircopy.writers.pdf.plates import Plates
from faircopy.writers.pdf.tree import set_styles

BESIDE = "beside"


def mount(
    root: Element, theme: Theme, page: Page, lang: str, plan: Plates, words: float, *, verso: bool
) -> None:
    """Set the pictures in a size that leaves room for text; ``words`` is the opener's height.

    ``verso`` says that the page is a left one, whose margins are the other way round.
    """
    for opener in html.with_class(root, OPENER):
        for box in html.with_class(opener, PLATES):
            shown = list(html.find(box, "figure"))
            if len(shown) != len(plan.ratios):
                continue
            html.add_class(opener, "with-plates")
            high = _sized(shown, theme, page, lang, plan, words)
            if plan.beside:
                _beside(opener, box)
            elif plan.width > page.text_width * MM:
                _bled(box, theme, page, plan, high, verso=verso)


def _bled(
    box: Element, theme: Theme, page: Page, plan: Plates, high: float, *, verso: bool
) -> None:
    """Let a picture run to the edges of the paper, and as far beyond as the press cuts off.

    It is as wide as the paper; of its height a strip above and below may be cut away.
    """
    over = theme.press.bleed
    sides = (page.outer, page.inner) if verso else (page.inner, page.outer)
    start, end = (f"-{side + over:g}mm" for side in sides)
    for figure in html.find(box, "figure"):
        set_styles([(figure, "width: 100%")])
        for image in html.find(figure, "img"):
            width = plan.width + 2 * over * MM
            tall = max(high, width / plan.ratios[0] * plates.KEPT)
            html.add_class(image, figures.BLEED)
            size = f"width: {width:.2f}pt; height: {tall:.2f}pt; object-fit: cover"
            set_styles([(image, f"{size}; margin-inline: {start} {end}")])


def _sized(
    shown: Sequence[Element], theme: Theme, page: Page, lang: str, plan: Plates, words: float
) -> float:
    """Give figures and pictures their sizes; return how high the pictures are."""
    styles = scaled(page, theme.script(lang))
    lead = styles["body"].lead
    text = int(page.lines * page.lead / lead + 1e-6) * lead
    captions = _captions(shown, theme, page, lang, plan) + lead
    high = plates.height(plan, words, captions, text, lead)
    for figure, (width, tall) in zip(shown, plan.sizes(high), strict=True):
        set_styles([(figure, f"width: {width:.2f}pt")])
        for image in html.find(figure, "img"):
            image.attrib.pop("style", "")
            size = f"width: {width:.2f}pt; height: {tall:.2f}pt; max-width: none; max-height: none"
            set_styles([(image, size)])
            parent = image.getparent()
            if parent is not None and html.local(parent) == "p":
                set_styles([(parent, "text-indent: 0")])
    return high


def _captions(shown: Sequence[Element], theme: Theme, page: Page, lang: str, plan: Plates) -> float:
    """Return the height of the highest caption, with what stands above it."""
    styles = scaled(page, theme.script(lang))
    style, sans = styles["caption"], setter(theme, "sans", lang)
    found = [0.0]
    for figure, (width, _) in zip(shown, plan.sizes(plan.natural * plates.RANGE), strict=True):
        for caption in html.find(figure, "figcaption"):
            lines = sans.counting(caption)(style.size, max(width, 1.0))
            found.append(min(lines, 9) * style.lead + styles["body"].lead / 2)
    return max(found)


def _beside(opener: Element, box: Element) -> None:
    """Put words beside the picture: those below it, or where it comes last all but the heads."""
    row, words = etree.Element("div", {"class": BESIDE}), etree.Element("div", {"class": "words"})
    below = list(box.itersiblings())
    mine = below or [item for item in opener if item is not box and not _is_head(item)]
    words.extend(mine)
    box.addprevious(row)
    row.extend([box, words] if below else [words, box])


def _is_head(part: Element) -> bool:
    """Whether a part of an opener spans it, whatever stands beside the title."""
    return bool({LOGO, KICKER}.intersection(html.classes(part)))

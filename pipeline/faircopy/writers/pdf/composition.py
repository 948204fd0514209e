"""A document laid out by WeasyPrint that can be laid out again in part.

WeasyPrint lays a document out in one go. Its own means for counters of pages, a list of where
each page begins and whether it must be made again (``page_maker``), serve a layout check as
well: after a repair only the pages that it touches are made anew, and those after them as far
as their beginnings move.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec
import weasyprint
from weasyprint.css.properties import Dimension
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.layout import initialize_page_maker
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_all_pages, make_margin_boxes
from weasyprint.pdf.metadata import DocumentMetadata

from faircopy.writers.pdf import bench, footnotes, wide
from faircopy.writers.pdf.breaks import Place, Plan
from faircopy.writers.pdf.hyphenation import Dictionaries
from faircopy.writers.pdf.layout import KEY, containers
from faircopy.writers.pdf.memory import Lines
from faircopy.writers.pdf.setting import LINE, WORDS
from faircopy.writers.pdf.setting.again import Again, Wish
from faircopy.writers.pdf.textlayer import Fonts
from faircopy.writers.pdf.trial import BAD, Way
from faircopy.writers.pdf.wide import Room

_ROUNDING = 1.0
"""Pixels by which a picture is made lower than it must be."""
_ROUNDS = 8
"""How often pages are made again for the sake of counters at most, as in WeasyPrint."""


class Setting(msgspec.Struct, frozen=True):
    """How one block is set otherwise than its style says.

    ``takes`` is the plan of its lines (``faircopy.writers.pdf.breaks``); ``letter`` is added
    between letters, in em; ``ragged`` lines are not justified; ``below`` adds space below, in
    pixels; ``widows`` are the lines that the next page gets at least, if it is broken; ``kept``
    with the next block it does not end a page; ``whole`` it is not broken over two;
    ``moved`` it begins a column; ``wish`` is for one whose lines were set before.
    """

    takes: tuple[tuple[Place, float], ...] = ()
    letter: float = 0.0
    ragged: bool = False
    below: float = 0.0
    widows: int = 0
    kept: bool = False
    whole: bool = False
    moved: bool = False
    wish: Wish = Wish()


Boxes: TypeAlias = Callable[[bytes], Any]
"""Gives the boxes of a serialised document, not laid out."""


class Composition:
    """One document: its boxes, and the pages made of them so far.

    ``pages`` are WeasyPrint's page boxes without running heads, when they are made by ``lay_out``;
    ``finished`` adds those.
    """

    def __init__(
        self, source: Any, context: Any, fonts: Any, again: Again | None, boxes: Boxes
    ) -> None:
        self._source, self._context, self._fonts = source, context, fonts
        self._again, self._built = again, boxes
        self._root = built(source, context)
        self._notes = list(context.footnotes)
        self._lines = dict(_lines(self._root))
        self._blocks: dict[str, list[Any]] = {}
        self._settings: dict[str, Setting] = {}
        self._otherwise: dict[tuple[str, Wish], list[Any]] = {}
        self._vetoed: frozenset[str] = frozenset()
        self._around: dict[str, Any] = {}
        context.lines = Lines()
        plans: dict[str, Plan] = {}
        context.plans = plans
        context.dictionaries = Dictionaries()
        footnotes.keep(context)
        self.pages: list[Any] = []
        self.made = 0  # how many pages were laid out until now, again and again

    def widened(self, room: Room) -> bool:
        """Change the elements that are too wide, to be composed anew; whether there were any."""
        return wide.fit(self._root, self._context, room)

    def lay_out(self) -> None:
        """Make the pages for the first time."""
        initialize_page_maker(self._context, self._root)
        self._make_pages()

    def veto(self, words: frozenset[str]) -> None:
        """Break none of ``words``, given in lower case, in whatever is laid out from now on."""
        if words != self._vetoed:
            self._context.dictionaries = Dictionaries(words)
            self._context.lines.forget(words ^ self._vetoed)
            self._vetoed = words

    def setting(self, key: str) -> Setting:
        """Return how a block is set now."""
        return self._settings.get(key, Setting())

    @property
    def set_before(self) -> bool:
        """Whether lines were chosen before they came here."""
        return bool(self._lines)

    def is_set(self, key: str) -> bool:
        """Whether the lines of a block were chosen before it came here."""
        return key in self._lines

    def limit(self, key: str, by: float, least: float) -> float | None:
        """Make the picture of a figure lower; return its height in pixels.

        Args:
            key: the figure's.
            by: how many pixels it must lose.
            least: the share of its height that it keeps at least.

        Returns:
            None where it would keep less, or has a size of its own: it is then as it was.
        """
        now = {id(box.element): box for page in self.pages for box in page.descendants()}
        shown = [box for box in self._boxes(key) if isinstance(box, boxes.ReplacedBox)]
        if len(shown) != 1:
            return None
        style, laid = shown[0].style, now.get(id(shown[0].element))
        sized = style["width"] != "auto" or style["height"] != "auto"
        if laid is None or sized or laid.height - by < least * laid.height:
            return None
        height = laid.height - by - _ROUNDING
        style["max_height"] = Dimension(height, "px")
        return float(height)

    def put_off(self, key: str) -> bool:
        """Let a block stand after the paragraph that follows it; whether there is one.

        The paragraph and the next must not be those whose words the block repeats: a pull quote
        does not stand beside its source (house rule Q7).
        """
        block = next(iter(self._boxes(key)), None)
        for parent in self._root.descendants() if block is not None else ():
            children = list(getattr(parent, "children", ()))
            if block in children:
                at = children.index(block)
                following = children[at + 1 : at + 3]
                words = _words(block)
                if not at or len(following) < 2 or any(words in _words(box) for box in following):
                    return False
                if any(box.element_tag != "p" or "question" in _classes(box) for box in following):
                    return False
                children[at : at + 2] = following[0], block
                parent.children = children
                _exchange_space(children[at - 1], children[at])
                return True
        return False

    def put_back(self, key: str) -> None:
        """Undo ``put_off``."""
        block = self._boxes(key)[0]
        for parent in self._root.descendants():
            children = list(getattr(parent, "children", ()))
            if block in children:
                at = children.index(block)
                _exchange_space(children[at - 2], children[at - 1])
                children[at - 1 : at + 1] = block, children[at - 1]
                parent.children = children
                return

    def ways(
        self,
        key: str,
        letter: float = 0.0,
        *,
        closed: frozenset[int] = frozenset(),
        lean: int = 0,
    ) -> Mapping[int, Way]:
        """Return the best way to break a paragraph for each number of lines: see ``trial``.

        They do not depend on its page. What is no paragraph has none. ``letter`` is what is added
        between letters, in em; see ``trial.search`` for ``closed`` and ``lean``.
        """
        if key in self._lines:
            wish, count = Wish(lean, closed), len(self._lines[key])
            cost = self._again.cost(key, wish, count) if self._again else None
            count += lean
            return {} if cost is None else {count: Way(cost * BAD, wish=wish, count=count)}
        if not self._around:
            self._around = containers(self.pages)
        around, box = self._around.get(key), next(iter(self._boxes(key)), None)
        if around is None or box is None or not bench.holds_lines(box):
            return {}
        self._set(key, Setting(letter=letter))
        found = bench.ways(self._context, key, box, around, closed, lean)
        self._set(key, self._settings.get(key, Setting()))
        return found

    def again(self, pages: Collection[int], settings: Mapping[str, Setting]) -> None:
        """Make pages anew.

        Args:
            pages: their numbers, from 1.
            settings: what blocks are set otherwise, by key. The pages on which those begin
                that change are made anew as well: a block may be broken over two.
        """
        pages = {*pages, *self._beginnings(settings)}
        for key, setting in settings.items():
            self._set(key, setting)
            self._settings[key] = setting
        every = bool(self._notes)  # notes move between pages in ways that are not recorded
        for number, (*_, state) in enumerate(self._context.page_maker[:-1], 1):
            state["content_changed"] |= every or number in pages
        self._make_pages()

    def _beginnings(self, settings: Mapping[str, Setting]) -> Iterable[int]:
        """Return the page on which each block begins whose setting changes."""
        changed = {key for key, new in settings.items() if self._settings.get(key) != new}
        for number, page in enumerate(self.pages, 1):
            for box in page.descendants() if changed else ():
                key = box.element.get(KEY) if box.element is not None else None
                if key in changed:
                    changed.discard(key)
                    yield number

    def _set(self, key: str, setting: Setting) -> None:
        self._context.plans[key] = dict(setting.takes)
        if key in self._lines:
            self._set_lines(key, setting)
        for box in self._boxes(key):
            _restyle(box.style, setting)
        for box in self._boxes(key)[:1]:
            _respace(box.style, setting)

    def _set_lines(self, key: str, setting: Setting) -> None:
        """Give a paragraph that was set before the lines that its setting asks for."""
        lines = self._lines[key]
        if setting.wish != Wish() and self._again is not None:
            asked = key, setting.wish
            if asked not in self._otherwise:
                made = self._built(self._again.document(*asked))
                found = next(box.children for box in made.descendants() if _key(box) == key)
                self._otherwise[asked] = found
            lines = self._otherwise[asked]
        block = self._boxes(key)[0]
        block.children = list(_kept(lines, setting.widows))
        self._blocks[key] = [block, *block.descendants()]

    def _boxes(self, key: str) -> list[Any]:
        """Return the boxes of a block and those within it, before they are laid out."""
        if not self._blocks:
            for box in self._root.descendants():
                if _key(box):
                    self._blocks.setdefault(_key(box), [box, *box.descendants()])
        return self._blocks.get(key, [])

    def _make_pages(self) -> None:
        context = self._context
        self._around = {}
        footnotes.forget(context)
        for _ in range(_ROUNDS):
            context.footnotes = list(self._notes)
            before = self.pages
            self.pages = list(make_all_pages(context, self._root, self._source, before))
            kept = set(map(id, before))
            self.made += sum(id(page) not in kept for page in self.pages)
            changed = counted = False
            for *_, page_state, state in context.page_maker:
                page_state[1]["pages"] = [len(self.pages)]
                changed |= state["content_changed"]
                counted |= state["pages_wanted"]
            if not changed and not (counted and len(before) != len(self.pages)):
                return

    def finished(self) -> Any:
        """Return the document with running heads and folios, ready to be written."""
        self._gather()
        context = self._context
        for number, page in enumerate(self.pages, 1):
            content, *areas = page.children
            context.current_page = number
            heads = make_margin_boxes(context, page, context.page_maker[number][3])
            page.children = (content, *(area for area in areas if area.children), *heads)
            layout_backgrounds(page, context.get_image_from_uri)
        document = weasyprint.Document(
            [Page(page) for page in self.pages],
            DocumentMetadata(**get_html_metadata(self._source)),
            self._source.url_fetcher,
            self._fonts,
            {},
            None,
        )
        document.fonts = Fonts()
        return document

    def _gather(self) -> None:
        """Collect what running heads show, and leave one outline entry to each heading."""
        seen: set[Any] = set()
        for number, page in enumerate(self.pages, 1):
            for box in page.descendants():
                if box.bookmark_label:
                    if box.element in seen:
                        box.bookmark_label = ""
                    seen.add(box.element)
                if box.string_set and box.string_set != "none":
                    for name, text in box.string_set:
                        self._context.string_set[name][number].append(text)


def built(source: Any, context: Any) -> Any:
    """Return the boxes of a document, not laid out."""
    return build_formatting_structure(
        source.etree_element,
        context.style_for,
        context.get_image_from_uri,
        source.base_url,
        context.target_collector,
        context.counter_style,
        context.footnotes,
    )


def _key(box: Any) -> str:
    """Return the name of a block; "" for what is none."""
    known = box.element is not None and "::" not in box.element_tag
    return str(box.element.get(KEY, "")) if known else ""


def _lines(root: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the key and the lines of each paragraph that was set before."""
    for box in root.descendants():
        children: list[Any] = list(getattr(box, "children", ()))
        if children and LINE in _classes(children[0]):
            yield _key(box), children


def _kept(lines: Sequence[Any], last: int) -> Iterator[Any]:
    """Yield the lines of a paragraph, the last of them kept together."""
    for number, line in enumerate(lines, 1):
        kept = line.copy()
        if len(lines) - last < number < len(lines):
            kept.style = line.style.copy()
            kept.style["break_after"] = "avoid"
        yield kept


def _words(box: Any) -> str:
    words = box.element.get(WORDS) or " ".join("".join(box.element.itertext()).split())
    return words.strip(" .…")


def _classes(box: Any) -> list[str]:
    return [] if box.element is None else str(box.element.get("class", "")).split()


def _exchange_space(one: Any, other: Any) -> None:
    """Exchange what two blocks have below them: in columns, the space above what follows."""
    margins = one.style["margin_bottom"], other.style["margin_bottom"]
    other.style["margin_bottom"], one.style["margin_bottom"] = margins


def _restyle(style: Any, setting: Setting) -> None:
    """Set a box otherwise; what it was is kept beside, so that settings do not add up."""
    names = ("letter_spacing", "text_align_all", "font_size")
    kept = style.setdefault("__faircopy", {name: style[name] for name in names})
    if kept["letter_spacing"] in ("normal", 0):  # small capitals keep their own
        size = kept["font_size"]
        style["letter_spacing"] = setting.letter * size if setting.letter else "normal"
    style["text_align_all"] = "start" if setting.ragged else kept["text_align_all"]


def _respace(style: Any, setting: Setting) -> None:
    """Add space below a block, and keep it together otherwise than its style says.

    Where the style lets no border have the block's ground, the space is one.
    """
    names = ("padding_bottom", "widows", "break_before", "break_after", "break_inside")
    kept = style.setdefault("__faircopy_block", {name: style[name] for name in names})
    padding = kept["padding_bottom"]
    if "padding-box" in style["background_clip"]:
        style["border_bottom_width"] = setting.below
    else:
        style["padding_bottom"] = padding._replace(value=padding.value + setting.below)
    style["widows"] = setting.widows or kept["widows"]
    style["break_after"] = "avoid" if setting.kept else kept["break_after"]
    style["break_before"] = "column" if setting.moved else kept["break_before"]
    style["break_inside"] = "avoid" if setting.whole else kept["break_inside"]

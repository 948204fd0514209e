"""The tokens of a theme: every size, colour and distance that a format may use.

Units are part of each field's description: pages in millimetres, type and rules in points,
vertical space in lines (multiples of the page's leading).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from faircopy.core import own
from faircopy.theme.base import (
    Beside,
    File,
    Name,
    NotNegative,
    NpmPackage,
    Package,
    PageName,
    Points,
    Positive,
    Table,
    Tracking,
)
from faircopy.theme.beside import Lying
from faircopy.theme.colours import Colours
from faircopy.theme.formats import Docx, Epub, PressFile
from faircopy.theme.opener import Opener
from faircopy.theme.restyling import Rule

MM = 72 / 25.4
"""Points in a millimetre."""


class Fonts(Table, frozen=True, kw_only=True):
    """Family of each voice: a name among the theme's faces."""

    text: Name
    display: Name
    subhead: Name
    small: Name
    sans: Name
    mono: Name


class Face(Table, frozen=True, kw_only=True):
    """One face of a family and where its file comes from.

    ``package`` is a distribution of PyPI, ``npm`` a package of npm, and ``file`` a path inside it;
    where neither is named, ``file`` lies beside the theme. ``cut`` pins the axes of a variable
    font. ``store`` and ``folder`` are no tokens: `faircopy.theme.load` sets them, to the cache
    where npm's packages and cuts lie, and to the folder of the theme that names the face.
    """

    family: Name
    weight: Literal[400, 700]
    file: File
    italic: bool = False
    package: Package = ""
    npm: NpmPackage = ""
    cut: dict[str, float] = msgspec.field(default_factory=dict)
    optional: bool = False
    store: Path = msgspec.field(default_factory=own.folder)
    folder: Path = Path()

    @property
    def local(self) -> bool:
        """Whether its file lies beside the theme."""
        return not (self.package or self.npm)

    @property
    def origin(self) -> str:
        """What its file comes from: a package, or the file itself."""
        return self.package or self.npm or self.file

    @property
    def style(self) -> str:
        """The style's name as font menus show it: Regular, Italic, Bold or Bold Italic."""
        words = [*(["Bold"] if self.weight == 700 else []), *(["Italic"] if self.italic else [])]
        return " ".join(words) or "Regular"

    @property
    def name(self) -> str:
        """Family and style."""
        return f"{self.family} {self.style}"


class Style(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Size and leading of a style, in points."""

    size: Points
    lead: Points


class Styles(Table, frozen=True, kw_only=True):
    """The styles of a page."""

    body: Style
    title: Style
    subtitle: Style
    standfirst: Style
    kicker: Style
    byline: Style
    part: Style
    section: Style
    question: Style
    heading: Style
    subheading: Style
    pull_quote: Style
    quotation: Style
    caption: Style
    footnote: Style
    table: Style
    code: Style
    running: Style
    folio: Style


class Spaces(Table, frozen=True, kw_only=True):
    """Vertical space, in lines of the body's leading."""

    title_above: NotNegative
    title_below: NotNegative
    opener_rule: NotNegative
    opener_below: NotNegative
    question_above: NotNegative
    question_below: NotNegative
    pull_quote: NotNegative
    block: NotNegative


class Rules(Table, frozen=True, kw_only=True):
    """Thickness of rules, in points."""

    opener: NotNegative
    hairline: NotNegative
    pull_quote: NotNegative


class Page(Table, frozen=True, kw_only=True):
    """A page: its geometry in millimetres and its styles.

    The text's height is ``lines`` times the body's leading; what remains under it is the
    bottom margin. ``cover`` says whether the publication's cover is the first page.
    """

    width: Positive
    height: Positive
    top: NotNegative
    inner: NotNegative
    outer: NotNegative
    columns: Annotated[int, Meta(ge=1, le=4)]
    gap: NotNegative
    lines: Annotated[int, Meta(ge=1, le=1_000)]
    justify: bool
    title_measure: Positive
    standfirst_measure: Positive
    cover: bool = False
    style: Styles
    space: Spaces
    rule: Rules

    @property
    def lead(self) -> float:
        """The grid: the body's leading, in points."""
        return self.style.body.lead

    @property
    def bottom(self) -> float:
        """The bottom margin, in millimetres."""
        return self.height - self.top - self.lines * self.lead / MM

    @property
    def text_width(self) -> float:
        """Width of all columns with their gaps, in millimetres."""
        return self.width - self.inner - self.outer

    @property
    def column_width(self) -> float:
        """Width of one column, in millimetres."""
        return (self.text_width - self.gap * (self.columns - 1)) / self.columns


class Voices(Table, frozen=True, kw_only=True):
    """Details of the text. Distances in em, scales as factors."""

    indent: NotNegative
    list_indent: NotNegative
    question: Literal["bold", "italic"]
    speaker: Literal["small-caps", "bold"]
    drop_cap_lines: Annotated[int, Meta(ge=0, le=6)]
    drop_cap_scale: Positive
    small_caps_tracking: Tracking
    kicker_tracking: Tracking
    outlet_tracking: Tracking
    title_tracking: Tracking
    end_mark: str
    end_mark_scale: Positive
    superior_scale: Positive
    hyphen_word: Annotated[int, Meta(ge=4)]
    hyphen_before: Annotated[int, Meta(ge=2)]
    hyphen_after: Annotated[int, Meta(ge=2)]


class Script(Table, frozen=True, kw_only=True):
    """How a language or script departs from the page's styles.

    ``text`` and ``sans`` name families that replace the theme's ("" keeps them); ``size`` is a
    factor on every style's size; ``lead`` is the leading as a multiple of the scaled size (0
    keeps the page's); ``latin`` is the factor for Latin runs; ``hyphens`` says whether words
    are broken. Emphasis is ``italic``; without, ``dots`` sets them at the characters, and strong
    emphasis in the sans face; without both, it has a colour.
    """

    text: str = ""
    sans: str = ""
    size: Positive = 1.0
    lead: NotNegative = 0.0
    latin: Positive = 1.0
    title_scale: Positive = 1.0
    numerals: Literal["decimal", "persian", "arabic-indic"] = "decimal"
    hyphens: Literal["auto", "none"] = "none"
    justify: bool = True
    drop_cap: bool = True
    small_caps: bool = True
    italic: bool = True
    dots: Literal["none", "under", "over"] = "none"
    tracking: bool = True
    indent: NotNegative | None = None
    indent_first: bool = False


class Tokens(Table, frozen=True, kw_only=True):
    """The whole of a theme's file."""

    name: Name
    extends: str = ""
    css: Beside = ""
    colour: Colours
    font: Fonts
    face: tuple[Face, ...]
    page: dict[PageName, Page]
    text: Voices
    opener: Opener
    script: dict[str, Script]
    epub: Epub
    docx: Docx
    press: PressFile


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme, read and checked.

    ``base`` is the folder of its ``file``, to which paths are relative; ``sha256`` is the hash of
    the bytes of the file, of every file that it extends, and of what lies beside them. ``rules``
    are those of its own style sheet, ``logo`` the file of its sign. ``store`` is the project's
    cache.
    """

    tokens: Tokens
    base: Path
    file: Path
    sha256: str
    rules: tuple[Rule, ...] = ()
    logo: Lying | None = None
    store: Path = msgspec.field(default_factory=own.folder)

    @property
    def name(self) -> str:
        """The theme's own name."""
        return self.tokens.name

    @property
    def colour(self) -> Colours:
        """Colours."""
        return self.tokens.colour

    @property
    def font(self) -> Fonts:
        """Family of each voice."""
        return self.tokens.font

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face."""
        return self.tokens.face

    @property
    def text(self) -> Voices:
        """Details of the text."""
        return self.tokens.text

    @property
    def opener(self) -> Opener:
        """How a text opens."""
        return self.tokens.opener

    @property
    def epub(self) -> Epub:
        """Sizes of a reflowing book."""
        return self.tokens.epub

    @property
    def docx(self) -> Docx:
        """Sizes of a word processor's file."""
        return self.tokens.docx

    @property
    def press(self) -> PressFile:
        """Bleed, marks and printing condition of the press file."""
        return self.tokens.press

    @property
    def printed(self) -> tuple[str, ...]:
        """The names of the pages that can be printed: a word processor's is no such page."""
        return tuple(sorted(name for name in self.tokens.page if name != self.docx.page))

    def page(self, name: str) -> Page:
        """Return the page called ``name``, such as ``a5``; KeyError when there is none."""
        return self.tokens.page[name]

    def script(self, lang: str) -> Script:
        """Return the rules of the longest tag that ``lang`` (BCP 47) begins with."""
        parts = lang.split("-")
        tags = ("-".join(parts[:n]) for n in range(len(parts), 0, -1))
        known = {tag.casefold(): rules for tag, rules in self.tokens.script.items()}
        return next(
            (known[tag.casefold()] for tag in tags if tag.casefold() in known),
            known.get("default", Script()),
        )

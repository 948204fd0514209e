"""The nouns of the house: what a manuscript becomes, and what an edition is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

import msgspec

from faircopy.core.ast import Blocks, Inlines
from faircopy.core.diagnostics import Diagnostic, Place


class Kind(StrEnum):
    """What a manuscript is."""

    INTERVIEW = "interview"
    ARTICLE = "article"
    BOOK = "book"


class Role(StrEnum):
    """What a unit of text does for its reader.

    The value is also the unit's class in the tree and in HTML, and its role in a
    translator's files.
    """

    OUTLET = "outlet"
    GENRE = "genre"
    TITLE = "title"
    SUBTITLE = "subtitle"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    IMPRINT = "imprint"
    HEADING = "heading"
    QUESTION = "question"
    ANSWER = "answer"
    PARAGRAPH = "paragraph"
    PULL_QUOTE = "pull-quote"
    QUOTATION = "quotation"
    LIST_ITEM = "list-item"
    TERM = "term"
    DEFINITION = "definition"
    CELL = "cell"
    HEADER_CELL = "header-cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    VERSE = "verse"
    ALT = "alt"
    CODE = "code"


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """What a publisher signs of an edition's accessibility, or why it is exempt.

    ``checked`` are the questions that no machine answers; see `faircopy.manuscript.legal`.
    """

    conforms_to: str = ""
    certified_by: str = ""
    date: str = ""
    report: str = ""
    exemption: str = ""
    checked: tuple[str, ...] = ()


class Translated(msgspec.Struct, frozen=True, kw_only=True):
    """Who made a translation: ``machine`` is yes, assisted or no; what is empty is not said.

    ``publisher``, ``licence`` and ``date`` are its own, where they differ from the original's.
    """

    by: str = ""
    machine: str = ""
    reviewed_by: str = ""
    reviewed: str = ""
    publisher: str = ""
    licence: str = ""
    date: str = ""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that opens a text: its path in the manuscript's folder, and its words.

    ``spans`` is "wide" or "bleed", for the columns of a page or the whole paper; "" leaves it to
    the theme.
    """

    file: str
    alt: str
    caption: Inlines = ()
    credit: Inlines = ()
    spans: str = ""


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """The front matter, checked. Texts that a reader sees are inlines, the rest strings.

    ``faircopy.manuscript.front_matter`` is the schema: names, types and rules. ``stamped`` says
    that ``date`` is the build's, for want of the manuscript's own: no reader is shown it. A
    translation's ``original`` is the identifier of what it is a translation of. ``isbn`` has the
    thirteen digits by form (``epub``, a translation's as ``ur.epub``). ``print`` is the size of
    page that the house prints, whose pages the EPUB lists.
    """

    title: Inlines
    lang: str
    dir: Literal["ltr", "rtl"]
    kind: Kind = Kind.ARTICLE
    subtitle: Inlines = ()
    author: tuple[Inlines, ...] = ()
    date: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    rights: str = ""
    identifier: str = ""
    original: str = ""
    isbn: Mapping[str, str] = {}
    print: str = ""
    modified: str = ""
    licence: str = ""
    tdm: str = ""
    tdm_policy: str = ""
    accessibility: Signed = Signed()
    translations: Mapping[str, Translated] = {}
    publisher: str = ""
    outlet: Inlines = ()
    standfirst: Inlines = ()
    byline: Inlines = ()
    dateline: Inlines = ()
    interviewee: tuple[str, ...] = ()
    interviewer: tuple[str, ...] = ()
    speakers: str = "names"
    timestamps: str = "keep"
    lead_image: Picture | None = None
    portrait: Picture | None = None
    cover_image: str = ""
    cover_alt: str = ""
    embargoed: str = ""
    usageterms: str = ""
    ednote: str = ""
    stamped: bool = False


class Asset(msgspec.Struct, frozen=True):
    """An image that the manuscript uses, read and checked."""

    path: str
    media_type: str
    data: bytes
    width: int
    height: int


class Query(msgspec.Struct, frozen=True):
    """A doubtful place that stands as it is: a question to the author, from ``queries.toml``.

    It is open until there is an ``answer``, which goes out to translators.
    """

    id: str
    text: str
    question: str
    place: Place
    unit: str
    answer: str = ""


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Who reviewed how many sentences of a translation as they stand, and when.

    ``changed`` are those that the reviewer changed; ``own`` says that they translated it.
    """

    by: str
    date: str
    own: bool = False
    sentences: int = 0
    changed: int = 0


class Release(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was published once: its version, the moment (RFC 3339, UTC) and a line for readers.

    ``words`` are the hashes of its words, by language tag.
    """

    version: str
    date: str
    note: str = ""
    words: Mapping[str, str] = {}


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """How a house opens its texts: the order of the parts, and its sign.

    ``order`` names parts as `faircopy.passes.opener` does; ``logo`` is the key of a picture among
    the publication's assets, "" for none; its height is in millimetres.
    """

    order: tuple[str, ...] = ()
    logo: str = ""
    logo_height: float = 0.0


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A manuscript, read once and checked: everything that a writer may know of it.

    In ``blocks`` every unit of text (a paragraph, a heading, a list's item, a table's cell,
    a caption, a line of verse) is one ``Span`` of class ``unit`` that carries the unit's
    stable id and, as second class, its ``Role``; a heading carries both in its own
    attributes. ``faircopy.passes.units`` reads them. ``pictures`` are those that a language has of
    its own, by its tag and what they replace. A ``draft`` is a translation that nobody
    has reviewed: its editions say so; ``reviews`` are who did. ``terms`` are the files that settle
    words for translators, by name, as they lie beside the manuscript. ``source`` is the
    manuscript's file, ``disclosed`` what anybody may have of it. ``releases`` are what of it was
    published before, ``withdrawn`` is why it is not to be read any more, if so. ``opening`` is the
    theme's, where it is to be shown in one.
    """

    slug: str
    metadata: Metadata
    blocks: Blocks
    places: Mapping[str, Place]
    assets: Mapping[str, Asset]
    pictures: Mapping[str, Mapping[str, Asset]] = {}
    queries: tuple[Query, ...] = ()
    source: bytes
    disclosed: bytes = b""
    source_path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    draft: bool = False
    reviews: tuple[Reviewed, ...] = ()
    terms: Mapping[str, bytes] = {}
    releases: tuple[Release, ...] = ()
    withdrawn: str = ""
    opening: Opening = Opening()


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a catalogue says of an edition, as plain text.

    ``language`` is what ``lang`` is called in English.
    ``people`` are the authors and who is interviewed, in the front matter's order, each once.
    ``date`` is empty where the manuscript has none of its own, ``modified`` where nothing says when
    it was last changed, ``version`` where these words were never released. ``releases`` are all
    that there were, whatever their words. ``licence`` is an address, ``tdm`` says whether text and
    data mining is reserved or permitted, ``disclosure`` who made a translation and answers for it.
    """

    lang: str
    dir: Literal["ltr", "rtl"]
    kind: Kind
    title: str
    subtitle: str = ""
    people: tuple[str, ...] = ()
    outlet: str = ""
    date: str = ""
    description: str = ""
    modified: str = ""
    version: str = ""
    licence: str = ""
    tdm: str = ""
    tdm_policy: str = ""
    disclosure: str = ""
    language: str = ""
    releases: tuple[Release, ...] = ()
    withdrawn: str = ""


class PageStart(msgspec.Struct, frozen=True):
    """Where a printed page begins: the number that it bears, a unit's id, letters before it there.

    Letters are counted as `faircopy.writers.paging` does. A page without words of the text begins
    where the next one does; ``unit`` is empty where none follows.
    """

    label: str
    unit: str
    letters: int


class Artifact(msgspec.Struct, frozen=True, kw_only=True):
    """One finished file of an edition.

    ``name`` is the part after the slug, such as ``en.a4.pdf``; ``facts`` are what is known of
    it (``pages``, ``words``, ``fonts`` …), for the manifest and the summary; ``about`` what
    the edition is called and whose it is; ``beside`` are files that come along with it;
    ``page_starts`` are where its pages begin, if it has pages.
    """

    name: str
    media_type: str
    data: bytes
    facts: Mapping[str, int | str | tuple[str, ...]]
    diagnostics: tuple[Diagnostic, ...] = ()
    about: About | None = None
    beside: tuple[Artifact, ...] = ()
    page_starts: tuple[PageStart, ...] = ()

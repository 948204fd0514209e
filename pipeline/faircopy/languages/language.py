"""What a language's file holds: the keys, their types, and what each means."""

from __future__ import annotations

from typing import Literal

import msgspec

from faircopy.core.model import Kind
from faircopy.languages import tags


class Labels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that an edition adds to the manuscript's own, printed or heard.

    ``by`` stands before the author's name, ``beginning`` names the text's start in an EPUB's
    landmarks, ``reviewed`` stands before who reviewed a translation, ``words`` is what is counted:
    “2,300 words”.
    """

    interview: str
    article: str
    book: str
    by: str
    contents: str
    cover: str
    notes: str
    beginning: str
    page: str
    draft: str
    reviewed: str
    words: str


class Summary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sentences of which an EPUB's accessibility summary is made."""

    reflows: str
    no_images: str
    images: str
    images_missing: str
    formulas: str
    no_claim: str


class Glue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that stay on one line with a neighbour.

    ``before_number`` hold on to a number after them (“Resolution 2803”), ``after_number`` to the
    number before (“300 billion”), ``before_name`` to a capitalised word (“President Trump”);
    ``short`` never end a line.
    """

    before_number: frozenset[str] = frozenset()
    after_number: frozenset[str] = frozenset()
    before_name: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()

    def __or__(self, other: Glue) -> Glue:
        names = self.__struct_fields__
        return Glue(**{name: getattr(self, name) | getattr(other, name) for name in names})


class Display(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the lines of a title may not break (house rule Q8).

    ``leading`` words end no line, ``following`` ones begin none.
    """

    leading: frozenset[str] = frozenset()
    following: frozenset[str] = frozenset()


class Sentences(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ends a sentence, and what only looks like it.

    ``stop``, ``question`` and ``exclamation`` are the marks of which one ends a sentence; the
    first of each is the usual one, and a language without a stop has none. The abbreviations are
    in lower case, with their full stop: none of ``always`` ends a sentence, none of
    ``before_number`` before a number. ``before_ordinal`` and ``after_ordinal`` are words around
    a number that its full stop makes an ordinal. ``letters`` are names of letters: initials where
    two of them stand side by side. ``names`` are names that end with such a mark, and ``goes_on``
    what the sentence goes on with behind one, or behind a quotation in full-width marks.
    Initials and single letters (“J.-L.”) need no entry.

    What may end a sentence as well, of the abbreviations, is ``may_end``: it does before a word of
    ``starts``, with which sentences begin and names do not; such a word follows no ordinal
    either. ``complete`` are words that a sentence ends with before a number too. ``said`` are
    verbs that say whose words a quotation is: one just before a mark goes on with it.
    ``before_initial`` are words before a name. ``lists`` tells that a paragraph may count: “1. …
    2. …”, where no ordinal is written so.
    """

    stop: str = "."
    question: str = "?"
    exclamation: str = "!"
    always: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()
    before_ordinal: frozenset[str] = frozenset()
    after_ordinal: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    may_end: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    complete: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    before_initial: frozenset[str] = frozenset()
    lists: bool = False


class Doubled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that stand twice running.

    In a language that says a word twice to mean “much”, only those of ``wrongly`` are slips, or
    none where ``freely`` is set; elsewhere every word is one but those of ``rightly``.
    """

    freely: bool = False
    wrongly: frozenset[str] = frozenset()
    rightly: frozenset[str] = frozenset()


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be known of a language without there being all that an edition needs.

    ``letters`` are some of its script, where not every theme has these; ``region`` is the tag by
    which Word knows it. ``spaces`` says whether words are parted by them, ``capital_nouns``
    whether every noun has a capital. ``elided`` are words that have lost their beginning to an
    apostrophe, ``quotes_too`` marks of quotation beside its own that its printers use,
    ``after_colon`` what a word goes on with after a colon in it (“Leser:innen”). ``tall_space``
    sets a narrow space before ; : ! ? as French does.
    """

    letters: str = ""
    region: str = ""
    spaces: bool = True
    capital_nouns: bool = False
    tall_space: bool = False
    quotes_too: str = ""
    after_colon: tuple[str, ...] = ()
    elided: frozenset[str] = frozenset()
    glue: Glue = Glue()
    display: Display = Display()
    sentences: Sentences = Sentences()
    doubled: Doubled = Doubled()


class Locale(Facts, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A language that the house has editions in: its conventions and its words.

    ``name`` is English. ``source`` says where words and marks come from, ``reviewed`` whether
    somebody who reads the language has seen them. ``double`` and ``single`` are the opening and
    closing marks of the outer and the inner quotation; ``dash`` is the dash of a spaced
    parenthesis; ``numerals`` is the CSS counter style of folios. ``hyphenation`` is by pyphen's
    patterns, by syllables where there are no patterns, or none. ``dictionary`` is hunspell's, ""
    where Debian has none.
    """

    tag: str
    name: str
    reviewed: bool
    source: str
    script: tags.Script
    double: tuple[str, str]
    single: tuple[str, str]
    dash: str
    decimal: str
    numerals: Literal["decimal", "persian", "arabic-indic"]
    hyphenation: Literal["patterns", "syllables", "none"]
    dictionary: str
    labels: Labels
    summary: Summary

    @property
    def dir(self) -> tags.Direction:
        """The direction in which it is written."""
        return tags.direction(self.tag)

    @property
    def language(self) -> str:
        """The primary language subtag, such as ``en``."""
        return tags.primary(self.tag)

    def genre(self, kind: Kind) -> str:
        """Return what this kind of manuscript is called."""
        labels = {
            Kind.INTERVIEW: self.labels.interview,
            Kind.ARTICLE: self.labels.article,
            Kind.BOOK: self.labels.book,
        }
        return labels[kind]

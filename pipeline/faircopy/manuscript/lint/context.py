"""What a rule is given: the publication, its texts, and the way to a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Inlines, Omit
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication, Role
from faircopy.languages import Locale, locale
from faircopy.languages.tags import primary
from faircopy.manuscript.places import align, words
from faircopy.manuscript.source import Source
from faircopy.passes.units import Unit, units

_ADDRESS = re.compile(r"[\w.+-]+://[^\s)\]>]+|[^\s(\[<]*@[^\s)\]>]+")


MEASURE = 134.0
"""Width of the text, in mm, on the widest page, where no theme says it."""


class Text(msgspec.Struct, frozen=True):
    """A unit's words as plain text, its notes left out; ``at`` finds a character's place."""

    unit: Unit
    text: str
    prose: str
    """As ``text``, with code, formulas, addresses, citations and other languages blanked out.

    No rule of the manuscript's language fits them.
    """


class Context:
    """A publication under examination."""

    def __init__(self, publication: Publication, measure: float = MEASURE) -> None:
        self.publication = publication
        self.measure = measure
        self.source = Source(publication.source_path, publication.source)
        self.locale: Locale = locale(publication.metadata.lang)
        self.units = tuple(units(publication.blocks))
        foreign = {
            unit.id
            for node in ast.walk(publication.blocks)
            if isinstance(node, ast.Div) and (self.is_foreign(node) or _is_list_of_works(node))
            for unit in units(node.blocks)
        }
        self.texts = tuple(
            Text(
                unit,
                ast.text(unit.inlines, Omit.NOTES),
                "" if unit.id in foreign else ast.text(self.prose(unit.inlines), Omit.NOTES),
            )
            for unit in self.units
        )
        self._alignment = align(self.source, self.units)

    def is_foreign(self, node: ast.Node) -> bool:
        """Say whether a span or div is marked as of another language than the manuscript's."""
        if not isinstance(node, ast.Span | ast.Div):
            return False
        named = dict(node.attr.attributes).get("lang", "")
        return bool(named) and primary(named) != self.locale.language

    def prose(self, inlines: Inlines) -> Inlines:
        """Return inlines with what no rule of the language fits blanked out, letter for letter."""

        def blank(node: ast.Node) -> ast.Node:
            if isinstance(node, ast.Code | ast.Math):
                return ast.Str("\ufffc" * max(1, len(node.text)))
            if isinstance(node, ast.Str) and ("://" in node.c or "@" in node.c):
                return ast.Str(_ADDRESS.sub(lambda found: "\ufffc" * len(found[0]), node.c))
            if self.is_foreign(node) or isinstance(node, ast.Cite):
                return ast.Str("\ufffc" * len(ast.text(node, Omit.NOTES)))
            return node

        return ast.rewrite(inlines, blank)

    def place(self, text: Text, at: int = 0) -> Place:
        """Return the manuscript's place of the word in which character ``at`` stands."""
        word = max(0, len(words(text.text[: at + 1])) - 1)
        offset = self._alignment.offset(text.unit.id, word)
        if offset < 0:
            return self.publication.places.get(text.unit.id) or self._before(text)
        return self.source.place(offset)

    def _before(self, text: Text) -> Place:
        """Return the place of the last unit before a text that has one, or where texts begin."""
        ids = [unit.id for unit in self.units]
        before = reversed(ids[: ids.index(text.unit.id)])
        known = (self.publication.places[id] for id in before if id in self.publication.places)
        return next(known, self.source.place(self.source.body))

    def key(self, name: str) -> Place:
        """Return the place of a key of the front matter, or of the first line."""
        return self.source.keys.get(name, Place(self.source.name, 1, 1))

    def of_role(self, *roles: Role) -> Iterator[Text]:
        """Yield the texts of the units that have one of ``roles``."""
        return (text for text in self.texts if text.unit.role in roles)


def _is_list_of_works(node: ast.Div) -> bool:
    """Whether a div is the bibliography, whose words pandoc makes of the references."""
    return node.attr.id == "refs"


def warning(code: str, place: Place, message: str, remedy: str) -> Diagnostic:
    """Return a finding that asks for a look."""
    return Diagnostic(code, Severity.WARNING, message, remedy, place)

"""A house's own style sheet: read against a list of what it may say, and written for a format.

It paints and spaces what the house's sheets in ``styles/`` have set. ``@media print`` is for pages,
``@media screen`` for EPUB and web; what stands in neither is for all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias

import msgspec

from faircopy.theme.properties import PROPERTIES, colour, wrong

Medium: TypeAlias = Literal["", "print", "screen"]
_MEDIA: Mapping[str, Medium] = {"print": "print", "screen": "screen"}
_ELSEWHERE = {
    "import": "What it would bring in is copied here.",
    "font-face": "A font is a [[face]] of the theme.",
    "page": "A page's measures are tokens of the theme: [page.a4].",
}
"""What to do in the place of a rule that there is not."""


class Declaration(msgspec.Struct, frozen=True):
    """A property and its value, in which colours are still named."""

    name: str
    value: str
    colours: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True):
    """What a house says of the elements that a selector chooses."""

    medium: Medium
    selector: str
    declarations: tuple[Declaration, ...]

    @property
    def paints(self) -> bool:
        """Whether no line becomes longer, shorter, higher or lower by it."""
        return all(PROPERTIES[one.name].paints for one in self.declarations)


class Wrong(msgspec.Struct, frozen=True):
    """Something that no such sheet may say: where it stands, what it is and what to do."""

    line: int
    column: int
    what: str
    remedy: str


def read(text: str, families: Iterable[str]) -> tuple[tuple[Rule, ...], tuple[Wrong, ...]]:
    """Return the rules of a style sheet, and all that is wrong in it (CSS Syntax 3).

    Args:
        text: the sheet.
        families: those of the theme's faces.
    """
    import tinycss2

    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    reader = _Reader(frozenset(name.casefold() for name in families))
    rules = tuple(reader.rules(nodes, ""))
    return rules, tuple(reader.wrong)


class _Reader:
    """One reading, which collects what is wrong."""

    def __init__(self, families: frozenset[str]) -> None:
        self._families = families
        self.wrong: list[Wrong] = []

    def rules(self, nodes: Iterable[Any], medium: Medium) -> Iterator[Rule]:
        for node in nodes:
            if node.type == "at-rule":
                yield from self._media(node, medium)
            elif node.type == "qualified-rule":
                yield from self._rule(node, medium)
            else:
                self._tell(node, f"This is no CSS: {node.message}", "Mend the line.")

    def _media(self, node: Any, within: Medium) -> Iterator[Rule]:
        import tinycss2

        name = node.lower_at_keyword
        medium = _MEDIA.get(tinycss2.serialize(node.prelude).strip().lower(), "")
        if name != "media" or not medium or within or node.content is None:
            remedy = _ELSEWHERE.get(name, "It has @media print and @media screen, one in no other.")
            self._tell(node, f"A house's sheet cannot have this @{name[:40]}", remedy)
            return
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        yield from self.rules(inner, medium)

    def _rule(self, node: Any, medium: Medium) -> Iterator[Rule]:
        import cssselect2
        import tinycss2

        selector = " ".join(tinycss2.serialize(node.prelude).split())
        try:
            cssselect2.compile_selector_list(node.prelude)
        except cssselect2.SelectorError as error:
            self._tell(
                node,
                f"The selector “{selector[:60]}” is not known here: {error.args[-1]}",
                "Mend it.",
            )
            return
        found = tinycss2.parse_blocks_contents(
            node.content, skip_comments=True, skip_whitespace=True
        )
        declarations = tuple(self._declarations(found))
        if declarations:
            yield Rule(medium, selector, declarations)

    def _declarations(self, nodes: Iterable[Any]) -> Iterator[Declaration]:

        for node in nodes:
            if node.type != "declaration":
                self._tell(node, "Here a property and its value would stand", "Mend the line.")
                continue
            if node.important:
                self._tell(
                    node, "Nothing is !important here", "Take it out: these rules come last."
                )
                continue
            form = PROPERTIES.get(node.lower_name)
            if form is None:
                self._tell(
                    node, f"A house's sheet says nothing of {node.name[:60]}", _nearest(node)
                )
                continue
            said = [what for token in node.value if (what := wrong(form, token, self._families))]
            for what in said[:1]:
                self._tell(node, f"{node.lower_name} is wrong: {what}", "Mend the value.")
            if not said:
                named = tuple(colour(one) for one in node.value if one.type == "function")
                yield Declaration(node.lower_name, _said(node.value), named)

    def _tell(self, node: Any, what: str, remedy: str) -> None:
        self.wrong.append(Wrong(node.source_line, node.source_column, f"{what}.", remedy))


def _nearest(node: Any) -> str:
    near = get_close_matches(node.lower_name, PROPERTIES, 1)
    known = "What it may say stands in the README, under Themes."
    return f"Did you mean {near[0]}?" if near else known


def _said(tokens: Iterable[Any]) -> str:
    """Return a value in one line, each colour written as ``var(--name)``."""
    said = (
        f"var(--{colour(one)})" if one.type == "function" else one.serialize()
        for one in tokens
        if one.type != "comment"
    )
    return " ".join("".join(said).split())

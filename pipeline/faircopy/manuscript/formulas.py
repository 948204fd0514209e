"""Formulas that pandoc cannot read are shown as they were written, in every edition alike.

So are those that show nothing: spaces and invisible characters alone.
"""

from __future__ import annotations

import unicodedata

from faircopy.core import ast, pandoc
from faircopy.core.ast import Attr, Node
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript.finder import Finder


def settle(value: ast.T, finder: Finder) -> tuple[ast.T, tuple[Diagnostic, ...]]:
    """Turn the formulas that cannot be set into code, each with a warning.

    Costs a call of pandoc, and only for a text with formulas; ``finder`` knows where they stand.
    """
    formulas = list(ast.find(value, ast.Math))
    unreadable = _unreadable(frozenset(formulas)) if formulas else frozenset()
    if not unreadable:
        return value, ()

    def change(node: Node) -> Node:
        if isinstance(node, ast.Math) and node in unreadable:
            return ast.Code((Attr(), node.text))
        return node

    found = tuple(
        Diagnostic(
            "formula-unreadable",
            Severity.WARNING,
            f"the formula “{formula.text[:60]}” cannot be read, and is shown as it is written",
            "Correct its TeX, or write \\$ if no formula is meant.",
            finder.next(formula.text if formula.text.strip() else "$$"),
        )
        for formula in formulas
        if formula in unreadable
    )
    return ast.rewrite(value, change, ast.Math), found


def _unreadable(formulas: frozenset[ast.Math]) -> frozenset[ast.Math]:
    from lxml import html

    listed = sorted(formulas, key=lambda formula: (formula.text, formula.display))
    each = tuple(
        ast.Div((Attr(f"f{number}"), (ast.Para((formula,)),)))
        for number, formula in enumerate(listed)
    )
    root = html.fragment_fromstring(pandoc.write(each, "html5", options=["--mathml"]), "main")
    shown = {
        div.get("id")
        for div in root.iter("div")
        if any(map(_visible, div.xpath(".//math//text()[not(ancestor::annotation)]")))
    }
    return frozenset(f for number, f in enumerate(listed) if f"f{number}" not in shown)


def _visible(text: str) -> bool:
    return any(unicodedata.category(char) not in ("Zs", "Zl", "Zp", "Cf", "Cc") for char in text)

"""Files that list the pages of a PDF wait until it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Artifact, PageStart
from faircopy.publish.cache import Cache
from faircopy.publish.order import Order
from faircopy.publish.plan import Wanted

_Then: TypeAlias = Callable[[tuple[PageStart, ...]], None]


class Listing:
    """Who waits for which PDF; ``artifacts`` is where one may lie that was made before."""

    def __init__(self, artifacts: Cache[Artifact]) -> None:
        self._artifacts = artifacts
        self._waiting: dict[tuple[str, Wanted], list[tuple[Wanted, _Then]]] = {}

    def wait(self, order: Order, item: Wanted, pdf: Wanted, then: _Then) -> bool:
        """Call ``then`` with where the pages begin, now or when the PDF is there.

        Returns:
            whether somebody must make the PDF, which the build itself does not want.
        """
        wanted = pdf in order.wanted
        there = order.made[pdf][0] if pdf in order.made else None
        if there is None and not wanted and not order.before:
            there = self._artifacts.load(order.key_of(pdf))
        if there is None and pdf not in order.lacking:
            waiting = self._waiting.setdefault((order.slug, pdf), [])
            waiting.append((item, then))
            return not wanted and len(waiting) == 1
        starts = there.page_starts if there else ()
        _tell(order, item, pdf, starts)
        then(starts)
        return False

    def told(self, order: Order, pdf: Wanted, starts: tuple[PageStart, ...]) -> None:
        """Let those go on that wait for a PDF; without ``starts`` they do without its pages."""
        for item, then in self._waiting.pop((order.slug, pdf), ()):
            _tell(order, item, pdf, starts)
            then(starts)


def _tell(order: Order, item: Wanted, pdf: Wanted, starts: tuple[PageStart, ...]) -> None:
    """Record that a file has no list of pages, where it has none."""
    if not starts:
        order.unlisted.append(item)
        found = Diagnostic(
            "page-list-left-out",
            Severity.WARNING,
            f"The {item.format.label or item.format.name} has no list of printed pages: the "
            f"{pdf} could not be made.",
            "Build that PDF to see why; ./inv doctor --install=fonts fetches the fonts that only "
            "some texts need.",
        )
        order.findings += order.placed([found])

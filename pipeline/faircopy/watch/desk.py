"""What there is to be seen, as one immutable value: each step gives a new one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import msgspec

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.door import as_typed
from faircopy.publish.jobs import Made
from faircopy.publish.plan import MANUSCRIPT
from faircopy.watch.changing import Changed
from faircopy.watch.drafts import Draft
from faircopy.watch.editions import Edition
from faircopy.writers.about import called

WEB = "web"
SHOWN = {WEB: "Web page", "pdf": "PDF", "epub": "EPUB", "docx": "Word"}
"""The formats that are shown, in the order of their tabs."""
LINT, READING = "lint", "reading"
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Tab(msgspec.Struct, frozen=True, kw_only=True):
    """One format: what was last made of it in which round, and why the newest was not, if so."""

    format: str
    round: int = 0
    edition: Edition | None = None
    refused: tuple[Diagnostic, ...] = ()
    busy: bool = False


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """One manuscript on the desk, and what it became.

    Attributes:
        slugs: all manuscripts that can be chosen.
        slug: the one on the desk, empty before the first was chosen.
        lang: the translation of it that is shown, "" for its own language.
        round: counts what was begun; what an older round brings is passed over.
        reading: whether the manuscript of this round is still being read.
        draft: the last state that could be read.
        states: the last good states by language, as `jobs.pack` gives them.
        refused: why the present one could not; the tabs keep what they have.
        tabs: the formats.
        found: findings by who found them: reading, lint, or a format.
    """

    slugs: tuple[str, ...] = ()
    slug: str = ""
    lang: str = ""
    round: int = 0
    reading: bool = False
    draft: Draft | None = None
    states: Mapping[str, bytes] = {}
    refused: tuple[Diagnostic, ...] = ()
    tabs: tuple[Tab, ...] = tuple(Tab(format=name) for name in SHOWN)
    found: Mapping[str, tuple[Diagnostic, ...]] = {}

    @property
    def changed(self) -> Changed:
        """The sentence that changed last."""
        return self.draft.changed if self.draft else Changed()

    def tab(self, format: str) -> Tab:
        """Return a format's tab."""
        return next(tab for tab in self.tabs if tab.format == format)

    def begun(self, slug: str, lang: str = "") -> Desk:
        """Begin a round with a manuscript in a language.

        Another manuscript takes the place of all that is there; another language that of what is
        shown, and the sentence that changed last stays the one.
        """
        before = self
        if slug != self.slug:
            before = Desk(slugs=self.slugs, slug=slug)
        elif lang != self.lang:
            before = msgspec.structs.replace(self, tabs=Desk().tabs)
        return msgspec.structs.replace(
            before,
            lang=lang,
            round=self.round + 1,
            reading=True,
            tabs=tuple(msgspec.structs.replace(tab, busy=True) for tab in before.tabs),
        )

    def unreadable(self, why: tuple[Diagnostic, ...]) -> Desk:
        """End a round whose manuscript must be mended: what was good before stays."""
        tabs = tuple(msgspec.structs.replace(tab, busy=False) for tab in self.tabs)
        return msgspec.structs.replace(self, reading=False, refused=why, tabs=tabs)

    def read(self, draft: Draft) -> Desk:
        """Take a manuscript that could be read."""
        desk = msgspec.structs.replace(
            self,
            lang=draft.lang,
            reading=False,
            refused=(),
            draft=draft,
            found={READING: draft.found},
        )
        return desk.known(draft)

    def known(self, draft: Draft) -> Desk:
        """Take how a manuscript stands in a language, whether it is shown or not."""
        states = {**self.states, draft.lang: draft.publication}
        return msgspec.structs.replace(self, states=states)

    def made(self, format: str, edition: Edition) -> Desk:
        """Put a new edition into its tab."""
        tab = Tab(format=format, round=self.round, edition=edition)
        return self._with(tab).told(format, edition.made.artifact.diagnostics)

    def failed(self, format: str, why: tuple[Diagnostic, ...]) -> Desk:
        """Leave an edition that could not be made again as it was, and say why."""
        tab = msgspec.structs.replace(self.tab(format), refused=why, busy=False)
        return self._with(tab)

    def told(self, who: str, found: tuple[Diagnostic, ...]) -> Desk:
        """Take what somebody found."""
        return msgspec.structs.replace(self, found={**self.found, who: found})

    def _with(self, new: Tab) -> Desk:
        tabs = tuple(new if tab.format == new.format else tab for tab in self.tabs)
        return msgspec.structs.replace(self, tabs=tabs)

    def findings(self) -> list[Diagnostic]:
        """Return what was found in the manuscript, each once, in the order of its lines."""
        every = dict.fromkeys(one for found in self.found.values() for one in found)
        return sorted(every, key=lambda one: (_line(one), _WEIGHT[one.severity], one.code))

    def unit_at(self, line: int) -> str:
        """Return the id of the unit that a line of the manuscript stands in, "" if in none."""
        lines = self.draft.lines if self.draft else ()
        at = bisect_right(lines, line, key=lambda pair: pair[0])
        return lines[at - 1][1] if at else ""


def view(desk: Desk) -> dict[str, object]:
    """Return what the browser's page is told, as values that JSON has."""
    return {
        "slugs": desk.slugs,
        "slug": desk.slug,
        "lang": desk.lang,
        "langs": _langs(desk.draft) if desk.draft else (),
        "round": desk.round,
        "reading": desk.reading,
        "target": desk.changed.id,
        "refused": _told(desk, desk.refused),
        "findings": _told(desk, desk.findings()),
        "tabs": [_tab(desk, tab) for tab in desk.tabs],
    }


def _langs(draft: Draft) -> list[tuple[str, str]]:
    """Return what can be chosen: each language as it is asked for, and its name."""
    return [("", called(draft.own)), *((lang, called(lang)) for lang in draft.langs)]


def _tab(desk: Desk, tab: Tab) -> dict[str, object]:
    made: Made | None = tab.edition.made if tab.edition else None
    return {
        "format": tab.format,
        "label": SHOWN[tab.format],
        "round": tab.round,
        "busy": tab.busy,
        "seconds": round(made.seconds, 2) if made else None,
        "bytes": len(made.artifact.data) if made else None,
        "refused": _told(desk, tab.refused),
    }


def _told(desk: Desk, found: Iterable[Diagnostic]) -> list[dict[str, object]]:
    return [
        {
            "severity": one.severity.value,
            "code": one.code,
            "said": one.said,
            "remedy": as_typed(one.remedy),
            "line": _line(one),
            "file": PurePosixPath(one.place.file).name if one.place else "",
            "target": desk.unit_at(_line(one)) if _is_in_text(one) else "",
        }
        for one in found
    ]


def _line(one: Diagnostic) -> int:
    return one.place.line if one.place else 0


def _is_in_text(one: Diagnostic) -> bool:
    return bool(one.place and one.place.line and one.place.file.endswith(MANUSCRIPT))

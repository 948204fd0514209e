"""Lines of a book broken ahead, by a second process, while its first pages are made.

Breaking lines is most of a layout's work, and which lines a paragraph has depends on no page. So
a copy of this process goes on with the text farther down, and sends the lines that it breaks;
they are remembered like any that were broken here (``memory.Lines``), and the pages come out the
same, sooner. Without a second processor, or where forking is unsafe, all is done here.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping
from itertools import islice
from multiprocessing.connection import Connection, Pipe
from typing import Any, NoReturn

import msgspec
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import Layout

from faircopy.core import sharing
from faircopy.writers.pdf import shaping
from faircopy.writers.pdf.memory import Lines

FROM = 16
"""The page after which the helper begins: few articles are longer."""
SHARE = 2
"""The helper leaves a half of what is left to us: its own half it has done when we get there."""
BLOCKS = 8
"""Blocks that must be left, so that it pays to divide them."""


def pages(made: Iterator[Any], context: Any, root: Any) -> Iterator[Any]:
    """Yield the pages as WeasyPrint makes them, with lines that are broken ahead.

    Args:
        made: WeasyPrint's ``make_all_pages``, not begun.
        context: its state of the layout, with ``lines``.
        root: the box of the whole document.
    """
    helper: _Helper | None = None
    try:
        for number, page in enumerate(made, 1):
            if number == FROM and sharing.can_fork():
                helper = _Helper.sent_ahead(made, number, context, root)
            if helper is not None:
                helper.take()
            yield page
    finally:
        if helper is not None:
            helper.end()


class _Common(msgspec.Struct, frozen=True):
    """What both processes have, by addresses, which are the same in both.

    Attributes:
        styles: of the texts before they are laid out.
        fonts: Pango's that were used before the helper was sent ahead. A font that is used later
            may have the address of another one in the other process.
    """

    styles: Mapping[int, Any]
    fonts: Mapping[int, Any]

    @classmethod
    def of(cls, root: Any) -> _Common:
        texts = (box for box in root.descendants() if isinstance(box, boxes.TextBox))
        return cls(
            {id(box.style): box.style for box in texts},
            {_address(font): font for font in shaping.fonts(root.style.font_config)},
        )


class _Helper:
    """Our end of the helper."""

    def __init__(self, link: Connection, pid: int, lines: Lines, common: _Common) -> None:
        self._link, self._pid = link, pid
        self._lines, self._common = lines, common

    @classmethod
    def sent_ahead(
        cls, made: Iterator[Any], number: int, context: Any, root: Any
    ) -> _Helper | None:
        """Fork, after the page of ``number``; None where too little is left, or no room."""
        resume_at, *rest = context.page_maker[number]
        ahead = farther(resume_at, root)
        if ahead is None:
            return None
        common = _Common.of(root)
        ours, its = Pipe(duplex=False)
        try:
            pid = os.fork()
        except OSError:  # no room for another process
            return None
        if pid == 0:
            ours.close()
            context.page_maker[number] = (ahead, *rest)
            _go_on(made, its, context.lines, common)
        its.close()
        return cls(ours, pid, context.lines, common)

    def take(self) -> None:
        """Remember the lines that have come."""
        try:
            while not self._link.closed and self._link.poll():
                for key, state, measures in pickle.loads(self._link.recv_bytes()):
                    self._remember(key, state, measures)
        except (EOFError, OSError):
            self._link.close()

    def _remember(self, key: Any, state: dict[str, Any], measures: list[Any]) -> None:
        layout = Layout.__new__(Layout)
        layout.__dict__.update(state)
        if layout.runs is not None:
            fonts = self._common.fonts
            layout.runs = tuple(shaping.Shaped(fonts[font], *rest) for font, *rest in state["runs"])
        self._lines.remember(key, self._common.styles[key[1]], (layout, *measures))

    def end(self) -> None:
        """Dismiss the helper."""
        sharing.dismiss(self._link, self._pid)


def farther(resume_at: Any, root: Any) -> Any:
    """Return a beginning farther down than WeasyPrint's ``resume_at``, or None.

    It is that of a block on the highest level at which enough blocks are left.
    """
    path: list[int] = []
    box = root
    while resume_at:
        ((index, resume_at),) = resume_at.items()
        left = len(box.children) - index
        if left > BLOCKS:
            found: Any = {index + left // SHARE: None}
            for above in reversed(path):
                found = {above: found}
            return found
        path.append(index)
        box = box.children[index]
    return None


def _go_on(made: Iterator[Any], link: Connection, lines: Lines, common: _Common) -> NoReturn:
    """Make pages as the helper, and send the lines that are new; never return."""
    try:
        sharing.settle()
        known = len(lines.kept)
        for _ in made:
            new = islice(lines.kept.items(), known, None)
            sent = [_sent(key, line) for key, (_, line) in new if _is_common(key, line, common)]
            known = len(lines.kept)
            link.send_bytes(pickle.dumps(sent, -1))
    finally:
        os._exit(0)


def _is_common(key: tuple[Any, ...], line: tuple[Any, ...], common: _Common) -> bool:
    runs = line[0].__dict__.get("runs") or ()
    return key[1] in common.styles and all(_address(run.font) in common.fonts for run in runs)


def _sent(key: tuple[Any, ...], line: tuple[Any, ...]) -> tuple[Any, ...]:
    layout, *measures = line
    state = dict(layout.__dict__)
    runs = state.setdefault("runs", None)
    if runs is not None:
        state["runs"] = [(_address(run.font), *msgspec.structs.astuple(run)[1:]) for run in runs]
    return key, state, measures


def _address(font: Any) -> int:
    """Return what names one of Pango's fonts in both processes."""
    return int(ffi.cast("uintptr_t", font))

"""The manuscript held against the text as it came: original and corrections are the manuscript.

Where ``original.txt`` lies beside a manuscript, its words are not ours to change: every departure
stands in ``corrections.toml``, with its reason.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.model import Role
from faircopy.manuscript import beside
from faircopy.manuscript.lint.context import Context, Text
from faircopy.manuscript.source import normal

OPENER = ("title", "subtitle", "outlet", "byline", "dateline", "standfirst")
"""Keys of the front matter whose words may stand in the original, in the order of print."""

_AROUND = 4
"""Words shown on either side of a difference."""

_LONGEST = 200
"""Characters of a difference that are shown."""

_ALIKE = str.maketrans(
    {**dict.fromkeys("‘’‚‛ʼ", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑–—", "-")}
    | {"…": "...", "\u00ad": ""}
)
"""What Markdown sets for a typewriter's marks: the same words."""


class Original(msgspec.Struct, frozen=True):
    """The text as it came, and every departure from it with its line in ``corrections.toml``.

    ``name`` is what findings call the folder.
    """

    text: str
    corrections: tuple[beside.Correction, ...]
    lines: tuple[int, ...]
    name: str


class _Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of the manuscript: a unit of its text, or a key of its front matter."""

    words: str
    text: Text | None = None
    key: str = ""


def read(folder: Path, name: str) -> Original | None:
    """Return the original beside a manuscript, if it came with one.

    Raises:
        ManuscriptError: ``corrections.toml`` or ``original.txt`` cannot be read, or the one is
            there without the other.
    """
    changes = beside.corrections(folder, f"{name}/{beside.CORRECTIONS}")
    try:
        text = (folder / beside.ORIGINAL).read_text("utf-8-sig")
    except FileNotFoundError:
        if not changes:
            return None
        raise ManuscriptError.because(
            "original-missing",
            f"{beside.CORRECTIONS} corrects {beside.ORIGINAL}, which is not there",
            f"Put the text as it came into {beside.ORIGINAL}, or delete {beside.CORRECTIONS}.",
            Place(f"{name}/{beside.CORRECTIONS}", 1, 1),
        ) from None
    except UnicodeDecodeError as error:
        raise ManuscriptError.because(
            "not-utf-8",
            f"{beside.ORIGINAL} is not UTF-8",
            "Save it in the encoding UTF-8.",
            Place(f"{name}/{beside.ORIGINAL}", error.object[: error.start].count(b"\n") + 1),
        ) from error
    return Original(text, changes, beside.correction_lines(folder), name)


def differences(context: Context, original: Original) -> Iterator[Diagnostic]:
    """Find each paragraph that is not as the original and its corrections have it."""
    name = f"{original.name}/{beside.CORRECTIONS}"
    try:
        came = beside.corrected(original.text, original.corrections, name, original.lines)
    except ManuscriptError as error:
        yield from error.diagnostics
        return
    here = [*_paragraphs(context)]
    matcher = difflib.SequenceMatcher(
        None, [_folded(text) for text in came], [_folded(one.words) for one in here], autojunk=False
    )
    for tag, start, end, first, last in matcher.get_opcodes():
        ours = here[first:last]
        if tag == "equal" or (tag == "insert" and all(one.key for one in ours)):
            continue
        following = here[first] if first < len(here) else here[-1]
        yield _difference(context, original, came[start:end], ours, following)


def _paragraphs(context: Context) -> Iterator[_Paragraph]:
    """Yield the manuscript's paragraphs in order.

    A pull quote repeats words of the text, to which another rule holds it.
    """
    metadata = context.publication.metadata
    for key in OPENER:
        words = normal(ast.text(getattr(metadata, key), Omit.NOTES))
        if words:
            yield _Paragraph(words, key=key)
    for text in context.texts:
        words = normal(text.text)
        if words and text.unit.role is not Role.PULL_QUOTE:
            yield _Paragraph(words, text)


def _difference(
    context: Context,
    original: Original,
    came: list[str],
    ours: list[_Paragraph],
    following: _Paragraph,
) -> Diagnostic:
    before, after = " ¶ ".join(came), " ¶ ".join(one.words for one in ours)
    was, now, at = _narrowed(before, after)
    line = _line(original.text, came)
    where = f" ({beside.ORIGINAL}:{line})" if line else ""
    if not ours:
        message = f"words of the original{where} are missing here: “{_short(before)}”"
    elif not came:
        message = f"these words do not stand in the original: “{_short(after)}”"
    else:
        message = f"the original{where} has “{was}”, the manuscript “{now}”"
    return Diagnostic(
        "original-differs",
        Severity.ERROR,
        message,
        f"Restore the words, or enter the change with its reason in {beside.CORRECTIONS}.",
        _place(context, ours, following, at),
    )


def _place(context: Context, ours: list[_Paragraph], following: _Paragraph, at: int) -> Place:
    """Return the place of the ``at``-th word of our paragraphs, or of what follows a gap."""
    for one in ours:
        count = len(one.words.split()) + 1  # and the sign between paragraphs
        if one.text and at < count:
            found = [*re.finditer(r"\S+", one.text.text)]
            return context.place(one.text, found[min(at, len(found) - 1)].start())
        if at < count:
            return context.key(one.key)
        at -= count
    if following.text:
        return context.place(following.text)
    return context.key(following.key)


def _narrowed(before: str, after: str) -> tuple[str, str, int]:
    """Return the differing words of two texts with a few around, and which word is the first."""
    was, now = before.split(), after.split()
    same = len([*takewhile(_alike, zip(was, now, strict=False))])
    rest = zip(reversed(was[same:]), reversed(now[same:]), strict=False)
    tail = len([*takewhile(_alike, rest)])
    start = max(0, same - _AROUND)
    shown = (
        (f"{'… ' if start else ''}{_short(' '.join(words[start:end]))}{' …' if more else ''}")
        for words in (was, now)
        for end in [len(words) - max(0, tail - _AROUND)]
        for more in [end < len(words)]
    )
    return next(shown), next(shown), same


def _alike(pair: tuple[str, str]) -> bool:
    return _folded(pair[0]) == _folded(pair[1])


def _folded(text: str) -> str:
    return re.sub(r"-+", "-", text.translate(_ALIKE))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _line(original: str, came: list[str]) -> int:
    """Return the line of the original on which a paragraph begins; 0 for none."""
    if not came:
        return 0
    words = r"\s+".join(re.escape(word) for word in came[0].split()[:6])
    found = re.search(words, original)
    return original.count("\n", 0, found.start()) + 1 if found else 0

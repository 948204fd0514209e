"""Queries of a Word file: questions about words that stand in the manuscript.

They are its comments, and what its pictures show that have no words for who cannot see them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.model import Publication
from faircopy.intake.account import alike
from faircopy.intake.walked import Comment, Passage
from faircopy.manuscript.source import normal
from faircopy.passes.units import Unit, is_unit, units

_LEAST = 3
"""Words that a query is about at least, where its sentence has them."""
_MOST = 30
_SETTLED = "settled in Word"


class Query(msgspec.Struct, frozen=True):
    """A question that found its words: the query's id, the words, and the question."""

    id: str
    text: str
    question: str


def queries(
    comments: Sequence[Comment], passages: Sequence[Passage], publication: Publication
) -> tuple[tuple[Query, ...], tuple[Comment, ...]]:
    """Return the comments as queries, and those whose words are in no paragraph of the text."""
    texts = [_words(unit) for unit in units(publication.blocks)]
    where = {one.number: one.text for one in passages}
    found: list[Query] = []
    lost: list[Comment] = []
    for number, one in enumerate(comments, start=1):
        about = _found(one.about or where.get(one.paragraph, ""), texts)
        if about:
            found.append(Query(f"comment-{number}", about, _question(one)))
        else:
            lost.append(one)
    return tuple(found), tuple(lost)


def untold(pictures: Sequence[str], publication: Publication) -> tuple[Query, ...]:
    """Return what is asked of pictures without words, each at the text that goes on behind it.

    ``pictures`` are the names of their files; the last text stands for one that nothing follows.
    A text with a picture in it will be another when that has words.
    """
    plain = [one for one in units(publication.blocks) if not [*ast.find(one.inlines, ast.Image)]]
    texts = {one.id: text for one in plain if (text := _words(one))}
    last = next(reversed(texts.values()), "")
    waiting: list[str] = []
    about: dict[str, str] = {}
    for node in ast.walk(publication.blocks):
        if isinstance(node, ast.Image) and node.url in pictures:
            waiting.append(node.url)
        elif is_unit(node) and isinstance(node, ast.Span | ast.Header) and node.attr.id in texts:
            about |= dict.fromkeys(waiting, texts[node.attr.id])
            waiting.clear()
    return tuple(
        Query(f"picture-{number}", _begun(about.get(name, last)), _SHOWS.format(name))
        for number, name in enumerate(pictures, start=1)
        if last
    )


_SHOWS = "What does {} show? Write it in the manuscript, for those who cannot see the picture."
_BEGUN = 8
"""Words of a text that a question about the picture before it stands at."""


def _begun(text: str) -> str:
    return " ".join(text.split()[:_BEGUN])


def _words(unit: Unit) -> str:
    return normal(ast.text(unit.inlines, Omit.NOTES))


def _found(about: str, texts: Sequence[str]) -> str:
    """Return the words of the manuscript that a comment hangs on, with some around them."""
    words = about.split()[:_MOST]
    for count in range(len(words), 0, -1):
        sought = alike(" ".join(words[:count]))
        for text in texts:
            at = alike(text).find(sought)
            if at >= 0:
                return _whole(text, at, at + len(sought))
        if count > 1 and count > len(words) - _LEAST:
            continue
        break
    return ""


def _whole(text: str, start: int, end: int) -> str:
    """Return a passage with its words whole, and no fewer than ``_LEAST`` where there are."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while len(text[start:end].split()) < _LEAST and end < len(text):
        end = text.find(" ", end + 1) if text.find(" ", end + 1) >= 0 else len(text)
    return text[start:end]


def _question(one: Comment) -> str:
    return " — ".join((one.signed, *one.replies, *([_SETTLED] if one.settled else [])))


def toml(found: Sequence[Query]) -> str:
    """Return the queries as the file ``queries.toml``."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Sequence[Query]) -> Iterator[str]:
    yield "# Questions about words of the manuscript: comments of the Word file, and pictures that"
    yield "# have no words. Delete a query when it is answered."
    for one in found:
        yield ""
        yield "[[query]]"
        for key in ("id", "text", "question"):
            yield f"{key} = {_quoted(getattr(one, key))}"


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML 1.0, which JSON's are."""
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")

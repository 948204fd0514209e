"""Comments of a Word file in threads: who asked, and who answered, in the order of time.

Word says in a part of its own whom a reply answers ([MS-DOCX], 2.5.3), and which threads are
settled. Google Docs says neither: its replies are comments on the very same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from faircopy.intake.names import W14, W15, Element, day, value, w, words
from faircopy.intake.walked import Comment

_PARAGRAPH = f"{{{W14}}}paraId"


class Stretch(msgspec.Struct, frozen=True):
    """The words that a comment hangs on, in a paragraph; where they begin and end in the text.

    Places count the pieces of text before them: comments with the same places hang on the same
    words.
    """

    words: str = ""
    paragraph: int = 0
    begins: int = 0
    ends: int = 0


def threaded(
    root: Element | None, threads: Element | None, about: Mapping[str, Stretch]
) -> Iterator[Comment]:
    """Yield the comments of a part in its order, each with the replies to it.

    ``threads`` is Word's part that says which is whose; ``about`` are their words by their ids.
    """
    found = {} if root is None else {value(one, "id"): one for one in root.iter(w("comment"))}
    settled: set[str] = set()
    if threads is None:
        above = _on_the_same_words(found, about)
    else:
        above, settled = _told(found, threads)
    for id, replies in _gathered(found, above).items():
        hung = about.get(id, Stretch())
        answers = sorted((found[reply] for reply in replies), key=lambda one: value(one, "date"))
        yield msgspec.structs.replace(
            _comment(found[id]),
            about=hung.words.strip(),
            paragraph=hung.paragraph,
            replies=tuple(_comment(one).signed for one in answers),
            settled=id in settled,
        )


def _comment(one: Element) -> Comment:
    said = " ".join(words(one).split())
    return Comment(value(one, "id"), said, value(one, "author"), day(one))


def _told(found: Mapping[str, Element], threads: Element) -> tuple[dict[str, str], set[str]]:
    """Return which comment each reply answers, and which are settled, as Word says it."""
    paragraphs = {
        named: id
        for id, one in found.items()
        for paragraph in one.iter(w("p"))
        if (named := paragraph.get(_PARAGRAPH, ""))
    }
    above: dict[str, str] = {}
    settled: set[str] = set()
    for one in threads.iter(f"{{{W15}}}commentEx"):
        id = paragraphs.get(one.get(f"{{{W15}}}paraId", ""), "")
        answers = paragraphs.get(one.get(f"{{{W15}}}paraIdParent", ""), "")
        if answers:
            above[id] = answers
        if one.get(f"{{{W15}}}done") in ("1", "true"):
            settled.add(id)
    return above, settled


def _on_the_same_words(
    found: Mapping[str, Element], about: Mapping[str, Stretch]
) -> dict[str, str]:
    """Return for each comment the earliest on the same words, where that is another."""
    first: dict[tuple[int, int], str] = {}
    above: dict[str, str] = {}
    for id in sorted(found, key=lambda id: value(found[id], "date")):
        hung = about.get(id, Stretch())
        if hung.words.strip():
            above[id] = first.setdefault((hung.begins, hung.ends), id)
    return {id: up for id, up in above.items() if up != id}


def _gathered(found: Mapping[str, Element], above: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the comments that begin a thread, in their order, each with the others of it.

    A reply to a reply is one to the first comment, as Word shows it; none is lost where they
    answer each other in a circle.
    """
    first: dict[str, str] = {}
    for id in found:
        chain = [id]
        while (up := above.get(chain[-1])) is not None and up not in first and up not in chain:
            chain.append(up)
        top = chain[-1] if up is None or up in chain else first[up]
        first |= dict.fromkeys(chain, top)
    threads: dict[str, list[str]] = {id: [] for id in found if first[id] == id}
    for id in found:
        if first[id] != id:
            threads[first[id]].append(id)
    return threads

"""Manuscripts that come as Word: bytes in, the files of a manuscript's folder out.

Pandoc reads what it reads well. What it loses is put back before it reads, and our own walk over
the package holds the finished text to every word of the file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from faircopy.core import ast, pandoc
from faircopy.core.diagnostics import Place
from faircopy.core.model import Kind
from faircopy.intake import (
    aside,
    changes,
    colours,
    foreign,
    language,
    markdown,
    pictures,
    plain,
    proposals,
    reading,
    shape,
    untold,
    written,
)
from faircopy.intake.changes import Choice
from faircopy.intake.front import Values
from faircopy.intake.mdbook import Chapter
from faircopy.intake.names import properties_first
from faircopy.intake.package import AGAIN, Package, opened
from faircopy.intake.ready import ready
from faircopy.intake.shape import Shaped
from faircopy.intake.styles import Styles
from faircopy.intake.walk import walk
from faircopy.intake.walked import Comment, Left, Passage, Text, Walked, Why
from faircopy.translation.forms import refuse

ORIGINAL = "original.docx"
TXT = ".txt"
_ASKED = "the text stands as it was before {} tracked changes, which are queries now"
_EMPTY = "the file has no words: see in Word whether it is the right one"


class Wishes(msgspec.Struct, frozen=True):
    """What somebody wants of an import: what it is, its language, what becomes of its changes.

    ``alt`` are words for the pictures that have none, in their order.
    """

    kind: str = ""
    lang: str = ""
    changes: Choice = Choice.UNSAID
    headings: bool = True
    alt: tuple[str, ...] = ()


AS_IT_IS = Wishes()


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A manuscript made of a Word file.

    ``text`` is its Markdown; ``spoken`` the same with words for each picture that has none, so
    that it can be read; ``untold`` are the names of those pictures. ``front`` are the passages that
    went into the front matter, by its keys, ``passages`` the others. ``mended`` says how often each
    rule was used, ``decide`` what an editor must see. ``unseen`` are words that stand where no text
    may be.
    """

    text: str
    spoken: str
    untold: tuple[str, ...]
    kind: Kind
    lang: str
    front: Mapping[str, tuple[Passage, ...]]
    passages: tuple[Passage, ...]
    left: tuple[Left, ...]
    unseen: tuple[str, ...]
    comments: tuple[Comment, ...]
    files: Mapping[str, bytes]
    digest: str
    mended: Mapping[str, int]
    decide: tuple[str, ...]
    counts: Mapping[str, int]
    speakers: tuple[str, ...]


def take(data: bytes, name: str, wishes: Wishes = AS_IT_IS) -> Taken:
    """Make a manuscript of a file; ``name`` is what findings call it, and says what it is.

    Raises:
        ImportRefused: it is broken, dangerous or too large, or has tracked changes that nobody
            has said what to do with.
        ToolError: pandoc refused it, or it takes too much.
    """
    if name.lower().endswith(TXT):
        return _of_text(data, name, wishes)
    if name.lower().endswith((*foreign.HTML, foreign.ODT)):
        return _of_foreign(foreign.read(data, name), data, name, wishes)
    if name.lower().endswith(markdown.MD):
        return _of_markdown(data, name, wishes)
    return _of_word(data, name, wishes)


def take_book(
    texts: Sequence[tuple[Chapter, bytes]],
    name: str,
    wishes: Wishes = AS_IT_IS,
    front: Values | None = None,
    lang: str = "",
) -> Taken:
    """Make one manuscript of the chapters of an mdBook; ``front`` are values of its front matter.

    Raises:
        ImportRefused: a chapter is no text, or nests too deep.
        ToolError: pandoc refused it, or it takes too much.
    """
    whole = b"\n\n".join(data for _, data in texts)
    wishes = msgspec.structs.replace(wishes, kind=wishes.kind or Kind.BOOK.value)
    return _of_marked(markdown.book(texts, front or {}, lang, name), whole, name, wishes)


def _of_markdown(data: bytes, name: str, wishes: Wishes) -> Taken:
    """Make a manuscript of another program's Markdown, by way of a Word file."""
    return _of_marked(markdown.read(data, name), data, name, wishes)


def _of_marked(marked: markdown.Marked, data: bytes, name: str, wishes: Wishes) -> Taken:
    if marked.lang and not wishes.lang:
        wishes = msgspec.structs.replace(wishes, lang=marked.lang)
    taken = _of_foreign(marked.file, data, name, wishes, marked.front)
    return msgspec.structs.replace(taken, mended={**taken.mended, **marked.mended})


def _of_foreign(
    found: foreign.Foreign, data: bytes, name: str, wishes: Wishes, known: Values | None = None
) -> Taken:
    """Make a manuscript of a file by way of a Word file; ``known`` is of its front matter."""
    taken = _of_word(found.data, name, wishes, known)
    passages = [*(one for each in taken.front.values() for one in each), *taken.passages]
    passages.sort(key=lambda one: one.number)
    pictures = {file: data for file, data in taken.files.items() if file != ORIGINAL}
    return msgspec.structs.replace(
        taken,
        files={found.original: data, **pictures},
        digest=hashlib.sha256(data).hexdigest(),
        left=(*taken.left, *found.left),
        unseen=(*taken.unseen, *foreign.lost(found.words, passages)),
        decide=(*taken.decide, *found.decide),
    )


def _of_text(data: bytes, name: str, wishes: Wishes) -> Taken:
    """Make a manuscript of plain text, by way of a Word file with the same paragraphs."""
    text = plain.read(data, name)
    taken = _of_word(plain.word(text), name, wishes)
    doubt = f"the text was read as {text.encoding}: see whether its letters are right"
    mended = [f"a break within “{one.before} ¶ {one.after}” is mended" for one in text.breaks]
    mended += [f"“{one.was}” is taken for one word: “{one.word}”" for one in text.parted]
    files = {"original.txt": data}
    if text.breaks or text.parted:
        files["corrections.toml"] = plain.corrections(text).encode()
    found = {
        "breaks within sentences": len(text.breaks),
        "words parted by a line": len(text.parted),
    }
    counts = {f"{what} mended": count for what, count in found.items() if count}
    return msgspec.structs.replace(
        taken,
        files=files,
        digest=hashlib.sha256(data).hexdigest(),
        mended={**taken.mended, **counts},
        decide=(*([] if text.sure else [doubt]), *taken.decide, *mended),
    )


def _of_word(data: bytes, name: str, wishes: Wishes, known: Values | None = None) -> Taken:
    """Make a manuscript of a Word file; ``known`` are values of its front matter.

    Raises:
        ImportRefused: it is broken, dangerous or too large, or has tracked changes that nobody
            has said what to do with.
        ToolError: pandoc refused it, or it takes too much.
    """
    package = opened(data, name)
    text = parts_of(package)
    _settled(text, wishes.changes, name)
    asks = wishes.changes is Choice.QUERIES
    choice = Choice.REJECT if asks else wishes.changes
    walked = walk(text, choice)
    made = ready(package, text, choice)
    proposed = proposals.proposals(text) if asks else ()
    found = pictures.gather(package, made.drawn)
    laid, seen = _laid(made.data, found.shown, name)
    titled = "title" not in (known or {})
    shaped = shape.shape(laid, made.looks, wishes.kind, propose=wishes.headings, titled=titled)
    shaped.blocks = untold.told(reading.resolved(shaped.blocks), wishes.alt, name)
    lang, doubt = (wishes.lang, "") if wishes.lang else language.settled(text, walked)
    front, passages, typed = _parted(walked, shaped)
    left = (*walked.left, *typed, *aside.aside(package))
    silent = untold.names(shaped.blocks)
    decide = [
        *([] if walked.passages else [_EMPTY]),
        *([doubt] if doubt else []),
        *([_ASKED.format(len(proposed))] if proposed else []),
        *shaped.decide,
        *found.decide,
        *colours.white(text),
        *(f"{url} has no words for those who cannot see it" for url in silent),
        *(f"the file holds {what}, which is not opened" for what in aside.embedded(package)),
    ]
    mended = shaped.mended + _mended(made.counts, seen) + colours.counted(text)
    head = _front(shaped, name, lang, decide, known or {})
    return Taken(
        text=head + written.markdown(shaped.blocks),
        spoken=head + written.markdown(untold.spoken(shaped.blocks)) if silent else "",
        untold=silent,
        kind=shaped.kind,
        lang=lang,
        front=front,
        passages=passages,
        left=left,
        unseen=walked.unseen,
        comments=(*walked.comments, *proposed),
        files={ORIGINAL: data, **found.files},
        digest=hashlib.sha256(data).hexdigest(),
        mended={what: n for what, n in mended.items() if n},
        decide=tuple(decide),
        counts=walked.counts,
        speakers=shaped.speakers,
    )


def _laid(
    data: bytes, shown: Mapping[int, ast.Image | None], name: str
) -> tuple[tuple[reading.Laid, ...], reading.Seen]:
    """Read what was made ready.

    Raises:
        ImportRefused: pandoc finds no text in it.
        ToolError: it takes too much, or nests too deep.
    """
    try:
        return reading.read(data, shown)
    except pandoc.PandocFailure as failure:
        what = f"pandoc cannot read the file: {failure.said}"
        raise refuse("word-unreadable", what, AGAIN, Place(name)) from failure
    except RecursionError as error:
        what = "tables, boxes or lists in the file nest too deep"
        raise refuse("word-unreadable", what, AGAIN, Place(name)) from error


def parts_of(package: Package) -> Text:
    """Return the parts of a Word file that hold its text, as trees."""
    styles = package.related("styles")
    comments = package.related("comments")
    threads = package.related("commentsExtended")
    notes = {kind: package.related(kind) for kind in ("footnotes", "endnotes")}
    return Text(
        properties_first(package.tree(package.main)),
        {kind: properties_first(package.tree(one[0])) for kind, one in notes.items() if one},
        package.tree(comments[0]) if comments else None,
        package.tree(threads[0]) if threads else None,
        Styles(package.tree(styles[0]) if styles else None),
    )


def _settled(text: Text, choice: Choice, name: str) -> None:
    """See that somebody has said what becomes of tracked changes.

    Raises:
        ImportRefused: nobody has.
    """
    found = changes.tracked(*text.roots)
    if found and choice is Choice.UNSAID:
        raise refuse(
            "word-changes",
            f"the file has tracked changes that are not settled: {found.inserted} insertions and "
            f"{found.deleted} deletions by {', '.join(found.authors)}",
            "Say what becomes of them, --changes accept, reject or queries, or settle them in "
            "Word.",
            Place(name),
        )


def _parted(
    walked: Walked, shaped: Shaped
) -> tuple[dict[str, tuple[Passage, ...]], tuple[Passage, ...], tuple[Left, ...]]:
    """Part the passages into those of the front matter, the others, and the marks left out."""
    lifted = {number: key for key, texts in shaped.front.items() for number, _ in texts}
    front: dict[str, tuple[Passage, ...]] = {}
    others: list[Passage] = []
    typed: list[Left] = []
    lifted_notes: list[Passage] = []
    for one in walked.passages:
        mark, now = shaped.typed.get(one.number, ("", ""))
        begun = one.text.lstrip()
        if one.number in lifted:
            key = lifted.pop(one.number)  # its boxes stand in the text
            bare = one.text
            for note in one.notes:
                bare = bare.replace(note, " ", 1)
                lifted_notes.append(Passage(one.number, note))
            front[key] = (*front.get(key, ()), Passage(one.number, bare))
        elif mark and begun.startswith(mark):
            typed.append(Left(Why.TYPED, mark, one.number))
            others.append(msgspec.structs.replace(one, text=now + begun.removeprefix(mark)))
        else:
            others.append(one)
    return front, (*lifted_notes, *others), tuple(typed)


def _mended(counts: Mapping[str, int], seen: reading.Seen) -> Counter[str]:
    return Counter(
        {
            "merged cells of tables parted": counts.get("merged", 0),
            "tables in tables made paragraphs": counts.get("nested", 0),
            "tables of one cell made paragraphs": counts.get("alone", 0),
            "links freed from redirects and tracking": seen.redirects,
            "links to no place in the file made plain": seen.dead,
        }
    )


def _front(shaped: Shaped, name: str, lang: str, decide: list[str], known: Values) -> str:
    """Return the front matter, with what is ``known`` of it; what must be made up for is told."""
    texts = {key: [inlines for _, inlines in found] for key, found in shaped.front.items()}
    if "title" not in texts and "title" not in known:
        title = " ".join(name.rpartition(".")[0].replace("_", " ").replace("-", " ").split())
        texts["title"] = [(ast.Str(title or "Untitled"),)]
        decide.append(f"the text has no title: the file's name stands there, “{title}”")
    one = {key: " ".join(map(written.line, found)) for key, found in texts.items()}
    values: dict[str, str | Sequence[str]] = {
        "title": one.get("title", ""),
        "subtitle": one.get("subtitle", ""),
        "lang": lang,
        "kind": shaped.kind.value,
        "author": [written.line(each) for each in texts.get("author", ())],
        **{key: one.get(key, "") for key in ("byline", "dateline", "standfirst")},
    }
    return written.front({**values, **known})

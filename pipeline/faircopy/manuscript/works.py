"""The works that a manuscript cites: in its front matter, or in files of its folder.

``bibliography`` names files in BibTeX, CSL JSON or YAML, ``csl`` a style. Pandoc is given what
they hold, never their names: its citation processor would open whatever a name leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import msgspec

from faircopy.core import ast, files, pandoc
from faircopy.core.ast import MetaValue
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.limits import ALIASES, BESIDE, NESTING, WORKS_FILES
from faircopy.languages.tags import primary
from faircopy.manuscript import nearby
from faircopy.manuscript.named import Elsewhere, Fault, inside
from faircopy.manuscript.source import Source

BIBLIOGRAPHY, STYLE, REFERENCES = "bibliography", "csl", "references"
KEYS = (BIBLIOGRAPHY, STYLE)
"""Keys of the front matter that name files; no edition and no check sees them."""
PASSED_ON = (REFERENCES, "nocite", "link-citations")
"""Keys that pandoc's citation processor reads."""
NO_CASE = "nocase"
"""Class of words that a style leaves as they are (citeproc's own)."""

_FORMS = {".bib": "biblatex", ".bibtex": "bibtex", ".json": "csljson", ".yaml": "", ".yml": ""}
_STYLES = (".csl",)
_ENTRY = re.compile(
    r"(?:^|(?<=[\s})]))@(?!comment|string|preamble)\w{1,40}\s{0,9}[{(]\s{0,9}[^\s,{}()\"]+\s{0,9},",
    re.IGNORECASE,
)
"""How a work of BibTeX begins, up to its id."""
_ALIAS = re.compile(r"(?<![^\s\[{,:-])\*[\w-]")
_WHERE = re.compile(r".*line (\d+), column (\d+)\)?[:,]?\s*(.*)", re.S)


class Works(msgspec.Struct, frozen=True):
    """A manuscript with its works in ``references``, and how they are to be cited.

    ``written`` are the ids of those in the front matter, ``style`` the CSL style or nothing.
    """

    document: ast.Document
    written: frozenset[str] = frozenset()
    style: bytes = b""

    @property
    def ids(self) -> frozenset[str]:
        """What may be cited."""
        return frozenset(_ids(self.document.meta.get(REFERENCES)))


def gather(document: ast.Document, folder: Path, source: Source) -> Works:
    """Read the files that the front matter names for citations.

    A work of the front matter wins over one of its id in a file, as in pandoc.

    Raises:
        ManuscriptError: with what is wrong with each file, at its place.
    """
    meta = dict(document.meta)
    named = {key: meta.pop(key, None) for key in KEYS}
    written = frozenset(_ids(meta.get(REFERENCES)))
    lang = _words(meta.get("lang"))
    names = [*_names(named)]
    if len(names) > WORKS_FILES.most:
        raise ManuscriptError.because(
            "bibliography-many",
            f"the front matter names more than {WORKS_FILES}",
            "Put the works that the text cites into one file.",
            source.keys.get(BIBLIOGRAPHY, Place(source.name, 1, 1)),
        )
    wrong: list[Diagnostic] = []
    filed: list[MetaValue] = []
    style = b""
    for key, name in names:
        place = source.keys.get(key, Place(source.name, 1, 1))
        try:
            data = _read(folder, key, name, place)
            beside = str(PurePosixPath(source.name).parent / unquote(name))
            if key == STYLE:
                from faircopy.manuscript.styles import style_of  # lxml, which few need here

                style = style_of(data, Place(beside))
            else:
                filed += _works(beside, data, lang)
        except ManuscriptError as error:
            wrong += error.diagnostics
    if wrong:
        raise ManuscriptError(*wrong)
    if filed:
        own = meta.get(REFERENCES)
        others = [work for work in filed if not written & {*_ids(ast.MetaList((work,)))}]
        meta[REFERENCES] = ast.MetaList(
            (*(own.c if isinstance(own, ast.MetaList) else ()), *others)
        )
    return Works(msgspec.structs.replace(document, meta=meta), written, style)


def cite(document: ast.Document, works: Works, source: Source) -> ast.Blocks:
    """Return the text with its citations and the list of works.

    Without a style of its own, what the front matter says of a work is printed in the letters in
    which it is written: the style that pandoc has would capitalise English titles. Titles from a
    file are the style's to set, as BibTeX means them.

    Raises:
        ManuscriptError: the works or the style cannot be used.
    """
    if REFERENCES not in document.meta:
        return document.blocks
    passed = {key: document.meta[key] for key in PASSED_ON if key in document.meta}
    passed[REFERENCES] = ast.MetaList(tuple(_needed(document, works)))
    lang = {"lang": document.meta["lang"]}
    try:
        blocks = pandoc.cited(document.blocks, {**passed, **lang}, works.style)
    except pandoc.PandocFailure as failure:
        key = STYLE if works.style and "Citeproc" in failure.said else ""
        raise _unreadable(failure, key, source) from failure
    except pandoc.PandocTooMuch as error:
        raise ManuscriptError(_too_much(error, _place(source))) from error
    except RecursionError as error:
        raise ManuscriptError(_too_deep(_place(source))) from error
    return ast.rewrite(blocks, _freed, ast.Span)


def _unreadable(failure: pandoc.PandocFailure, key: str, source: Source) -> ManuscriptError:
    said = failure.said.partition("\n")[0]
    if key:
        return ManuscriptError.because(
            "style-unreadable",
            f"the style that “{key}” names cannot be used: {said}",
            "Take the style anew from https://www.zotero.org/styles.",
            source.keys.get(key, Place(source.name, 1, 1)),
        )
    return ManuscriptError.because(
        "references-unreadable",
        f"the references cannot be read: {said}",
        "Write each as CSL has it: https://docs.citationstyles.org",
        _place(source),
    )


def _place(source: Source) -> Place:
    """Return where the front matter has its works, or names them."""
    places = source.keys
    return places.get(REFERENCES, places.get(BIBLIOGRAPHY, Place(source.name, 1, 1)))


def _too_much(error: pandoc.PandocTooMuch, place: Place) -> Diagnostic:
    """Return that works take more of pandoc's time or memory than a text may, at their place."""
    return msgspec.structs.replace(
        error.diagnostics[0],
        place=place,
        remedy="Keep the works that the manuscript cites, and no abbreviations of abbreviations.",
    )


def _too_deep(place: Place) -> Diagnostic:
    return Diagnostic(
        "bibliography-too-deep",
        Severity.ERROR,
        f"what a work says nests in more than {NESTING}",
        "Take tags and brackets within one another out of it, or export the file anew.",
        place,
    )


def _needed(document: ast.Document, works: Works) -> Iterator[MetaValue]:
    """Yield the works that are cited, of a file that may hold thousands."""
    others = {key: value for key, value in document.meta.items() if key != REFERENCES}
    cites = ast.find((others, document.blocks), ast.Cite)
    cited = {one.citation_id for node in cites for one in node.citations}
    value = document.meta[REFERENCES]
    for work in value.c if isinstance(value, ast.MetaList) else ():
        ids = {*_ids(ast.MetaList((work,)))}
        if ids & cited or not ids or "*" in cited:
            yield work if works.style or not ids & works.written else _as_written(work)


def _as_written(work: MetaValue) -> MetaValue:
    if not isinstance(work, ast.MetaMap):
        return work
    return ast.MetaMap({key: _kept(key, value) for key, value in work.c.items()})


def _kept(key: str, value: MetaValue) -> MetaValue:
    if not key.endswith(("title", "title-short")):
        return value
    words = (ast.Str(value.c),) if isinstance(value, ast.MetaString) else None
    inlines = value.c if isinstance(value, ast.MetaInlines) else words
    if not inlines:
        return value
    return ast.MetaInlines((ast.Span((ast.Attr("", (NO_CASE,)), inlines)),))


def _freed(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
    """Take out the spans that were for the style alone."""
    if isinstance(node, ast.Span) and node.c[0] in (ast.Attr("", (NO_CASE,)), ast.Attr()):
        return node.c[1]
    return node


def _ids(value: MetaValue | None) -> Iterator[str]:
    for item in value.c if isinstance(value, ast.MetaList) else ():
        if isinstance(item, ast.MetaMap) and (id := item.c.get("id")):
            yield id.c if isinstance(id, ast.MetaString) else ast.text(id)


def _names(named: Mapping[str, MetaValue | None]) -> Iterator[tuple[str, str]]:
    for key, value in named.items():
        for item in value.c if isinstance(value, ast.MetaList) else (value,):
            if name := _words(item):
                yield key, name


def _words(value: MetaValue | None) -> str:
    if isinstance(value, ast.MetaString):
        return value.c
    return "" if value is None else ast.text(value).strip()


# --- files ---------------------------------------------------------------------------------------


def _read(folder: Path, key: str, name: str, place: Place) -> bytes:
    """Return what the file holds that ``key`` names.

    Raises:
        ManuscriptError: it is elsewhere, of another kind, too large, or not to be read.
    """
    endings = _STYLES if key == STYLE else tuple(_FORMS)
    what = f"the file “{name[:200]}” that “{key}” names"

    def wrong(message: str, remedy: str) -> ManuscriptError:
        return ManuscriptError.because(f"{key}-file", f"{what} {message}", remedy, place)

    try:
        path = inside(folder, name)
        if path.suffix.lower() not in endings:
            raise wrong("is of no kind that is read", f"Its name ends in {', '.join(endings)}.")
        size = path.stat().st_size
        if size > BESIDE.most:
            raise wrong(
                f"has {size:,} bytes, the limit is {BESIDE.most:,}",
                "Keep the works in it that the manuscript cites.",
            )
        return files.read(path, within=folder)
    except Elsewhere as elsewhere:
        if elsewhere.fault is Fault.NOWHERE:
            raise wrong("cannot be read", "Check its name.") from elsewhere
        if elsewhere.fault is Fault.HIDDEN:
            raise wrong(
                "is hidden: a change in it would not be seen",
                "Give it a name that does not begin with a full stop.",
            ) from elsewhere
        raise wrong(
            "lies outside the manuscript's folder",
            "Copy it into the folder and name it by its relative path.",
        ) from elsewhere
    except OSError as error:
        meant = nearby.meant(folder, unquote(name), endings)
        remedy = f"There is “{meant}”: write that name." if meant else "Put it into the folder."
        raise wrong("cannot be read", remedy) from error


def _works(name: str, data: bytes, lang: str) -> tuple[MetaValue, ...]:
    """Return the works that a file holds; ``lang`` is the text's, and theirs where they name none.

    Raises:
        ManuscriptError: it cannot be read; the place is in the file.
    """
    form = _FORMS[PurePosixPath(name).suffix.lower()]
    if not data.strip():
        raise _empty(name, form)
    source = Source(name, data)
    try:
        read = (
            pandoc.works(_in_language(source.text, lang), form)
            if form
            else pandoc.read(_fenced(source))
        )
    except pandoc.PandocFailure as failure:
        raise _refused(failure.said, source) from failure
    except pandoc.PandocTooMuch as error:
        raise ManuscriptError(_too_much(error, Place(name, 1, 1))) from error
    except RecursionError as error:
        raise ManuscriptError(_too_deep(Place(name, 1, 1))) from error
    found = read.meta.get(REFERENCES)
    if not isinstance(found, ast.MetaList):
        raise _empty(name, form)
    return found.c


def _in_language(text: str, lang: str) -> str:
    """Return a file of BibTeX whose works are in a language where they name none.

    Pandoc takes them for English otherwise, whose titles lose capitals that a style may give back
    to them: German nouns would be without. Of two fields of a name it takes the last.
    """
    if primary(lang) in ("", "en"):
        return text
    return _ENTRY.sub(lambda found: f"{found[0]} langid = {{{lang}}},", text)


def _empty(name: str, form: str) -> ManuscriptError:
    return ManuscriptError.because(
        "bibliography-empty",
        f"{PurePosixPath(name).name} holds no works",
        "Export it anew." if form else "Write them as a list under references: in it.",
        Place(name, 1, 1),
    )


def _fenced(source: Source) -> str:
    """Return a file of YAML as the front matter of an empty text, its lines where they were."""
    aliases = [*_ALIAS.finditer(source.text)]
    if len(aliases) > ALIASES.most:
        raise ManuscriptError.because(
            "bibliography-anchors",
            f"the file has {len(aliases)} YAML aliases, by which it could grow without end",
            "Write the values out.",
            source.place(aliases[ALIASES.most].start()),
        )
    lines = source.text.split("\n")
    kept = ("# " if line.rstrip() in ("---", "...", "") else line for line in lines)
    return "\n".join(("---", *kept, "---", ""))


def _refused(said: str, source: Source) -> ManuscriptError:
    found = _WHERE.match(said)  # the last place is that of YAML's own reader
    place = Place(source.name, 1, 1)
    if found:
        last = source.text.rstrip().count("\n") + 1  # pandoc counts on behind the end
        place = Place(source.name, min(int(found[1]), last), max(1, int(found[2])))
        said = found[3]
    reason = " ".join(said.split())[:200]
    return ManuscriptError(
        Diagnostic(
            "bibliography-unreadable",
            Severity.ERROR,
            f"{PurePosixPath(source.name).name} cannot be read: {reason}",
            "Correct the work that stands here, or export the file anew.",
            place,
        )
    )

"""Read a manuscript once, check it, and give it its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import msgspec

from faircopy.core import ast, files, pandoc
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity, errors
from faircopy.core.model import Asset, Metadata, Publication
from faircopy.languages import known
from faircopy.manuscript import (
    advice,
    amounts,
    assets,
    attributes,
    autolinks,
    beside,
    checks,
    depths,
    editions,
    entities,
    formulas,
    front_matter,
    fronted,
    ids,
    images,
    joined,
    localised,
    lost,
    marks,
    opening,
    pictured,
    places,
    pull_quotes,
    raw,
    remote,
    unresolved,
    works,
)
from faircopy.manuscript.disclosed import disclosed
from faircopy.manuscript.finder import Finder
from faircopy.manuscript.folder import look_over
from faircopy.manuscript.scalars import misread
from faircopy.manuscript.source import Source
from faircopy.manuscript.structure import structure
from faircopy.manuscript.unfit import unfit
from faircopy.passes import figures, line_ends, quotes
from faircopy.passes.opener import OPENER
from faircopy.passes.units import Unit, units

MANUSCRIPT = "manuscript.md"


def read(
    folder: Path,
    *,
    name: str = "",
    house: Mapping[str, object] | None = None,
    text: bytes | None = None,
) -> Publication:
    """Read the manuscript in ``folder``.

    Args:
        folder: holds ``manuscript.md`` and whatever it uses; its name is the slug, also of a link.
        name: what diagnostics call the folder; its path when left out.
        house: values of the front matter for keys that the manuscript leaves out.
        text: what is read in place of ``manuscript.md``, on trial: without the folder's queries,
            which are about the words that stand there.

    Raises:
        ManuscriptError: with everything that must be mended, by file, line and column.
        ToolError: pandoc is missing.
    """
    name = name or str(folder)
    closed = look_over(folder, name)
    path = f"{name}/{MANUSCRIPT}"
    source = _source(folder, path) if text is None else Source(path, text)
    told = (*closed, *raw.examine(source))
    if errors(told):
        raise ManuscriptError(*told)
    cited = works.gather(_with_house(_parse(source), house or {}), folder, source)
    written = cited.document
    texts = lost.texts(written.blocks)
    told = (*told, *lost.words(source, texts), *_unresolved(source, written, cited.ids))
    told = (*told, *joined.joined(source, written.blocks))
    admitted = attributes.admit(written, source)
    document = ids.apart(admitted.document)
    shown = remote.link(document.blocks, source)
    document = msgspec.structs.replace(document, blocks=autolinks.whole(shown.blocks))
    metadata, in_front = _front_matter(document, source)
    told = (*told, *admitted.diagnostics, *shown.diagnostics, *in_front)
    metadata = _settled(metadata)
    document = msgspec.structs.replace(document, blocks=_paired(document.blocks, metadata.lang))
    checked = checks.check(works.cite(document, cited, source), source)
    wrong = errors(checked.diagnostics)
    if any(item.code in ("nesting-too-deep", "manuscript-empty") for item in wrong):
        raise ManuscriptError(*checked.diagnostics)
    settled, unreadable = formulas.settle(checked.blocks, Finder(source))
    before = _paired(opening.blocks(metadata), metadata.lang)
    whole = structure((*before, *settled), metadata)
    before, blocks = whole[: len(before)], whole[len(before) :]
    loaded, of_languages, refused = _assets(folder, blocks, metadata, source)
    found_units = list(units(whole))
    where = _places(source, found_units) | opening.places(before, source)
    findings = (
        *told,
        *checked.diagnostics,
        *unreadable,
        *refused,
        *images.without_alt(blocks, source),
        *unfit(written.blocks, metadata, source),
        *checks.long_ids(blocks, where),
        *pull_quotes.misquoted(found_units, where),
        *_language(metadata, source),
    )
    findings = tuple(sorted(findings, key=lambda item: item.place or Place(source.name)))
    if errors(findings):
        raise ManuscriptError(*findings)
    recorded = editions.read(folder, f"{name}/{editions.EDITIONS}")
    publication = Publication(
        slug=folder.name or files.real(folder).name,
        metadata=metadata,
        blocks=whole,
        places=where,
        assets=loaded,
        pictures=of_languages,
        queries=()
        if text is not None
        else beside.queries(folder, f"{name}/{beside.QUERIES}", source, found_units),
        terms=beside.terms(folder),
        releases=recorded.releases,
        withdrawn=recorded.withdrawn,
        source=source.data,
        disclosed=disclosed(source, written.blocks),
        source_path=source.name,
        diagnostics=findings,
    )
    opened = marks.left_open(publication) if marks.may_be(texts) else ()
    return msgspec.structs.replace(publication, diagnostics=(*findings, *opened))


def _source(folder: Path, name: str) -> Source:
    path = folder / MANUSCRIPT
    try:
        return Source(name, files.read(path, within=folder))
    except PermissionError as error:
        raise ManuscriptError.because(
            "file-unreadable",
            "the manuscript cannot be read: the permissions of its folder do not let you",
            f"Give yourself the right to read it, as with: chmod -R u+rX {Path(name).parent}",
            Place(name),
        ) from error
    except OSError as error:
        raise ManuscriptError.because(
            "manuscript-missing",
            f"the manuscript cannot be read: {error.strerror}",
            "Make a new one with: ./inv new SLUG",
            Place(name),
        ) from error


def _parse(source: Source) -> ast.Document:
    document = _read(source)
    if deep := [*checks.depth((document.meta, document.blocks), source)]:
        raise ManuscriptError(*deep)
    if much := [*amounts.refused(document, source)]:
        raise ManuscriptError(*much)
    settled = figures.settled(pictured.read(document.blocks))
    document = msgspec.structs.replace(document, blocks=settled)
    if spelt := [*entities.refused(document, source)]:
        raise ManuscriptError(*spelt)
    return document


def _read(source: Source) -> ast.Document:
    try:
        return pandoc.read(source.text, hasty=depths.is_suspicious(source))
    except pandoc.PandocFailure as failure:
        raise _refused(failure, source) from failure
    except pandoc.PandocTooMuch as error:
        place = source.place(depths.deepest(source))
        found = msgspec.structs.replace(error.diagnostics[0], place=place)
        raise ManuscriptError(found) from error
    except RecursionError as error:
        raise ManuscriptError(checks.too_deep(source)) from error


def _paired(blocks: ast.Blocks, lang: str) -> ast.Blocks:
    """Return a text's tree without line ends that are nothing, its quotation marks paired."""
    return quotes.pair(line_ends.close_up(blocks, lang), lang)


def _settled(metadata: Metadata) -> Metadata:
    """Return the front matter with the quotation marks of its texts paired as those of the text."""

    def settled(value: object) -> object:
        if isinstance(value, tuple) and value and isinstance(value[0], ast.Node):
            (block,) = _paired((ast.Plain(cast(ast.Inlines, value)),), metadata.lang)
            return cast(ast.Plain, block).inlines
        return tuple(map(settled, value)) if isinstance(value, tuple) else value

    texts = {name: getattr(metadata, name) for name in metadata.__struct_fields__}
    return msgspec.structs.replace(metadata, **{k: settled(v) for k, v in texts.items()})


def _with_house(document: ast.Document, house: Mapping[str, object]) -> ast.Document:
    """Return the document with what the house says where its front matter says nothing."""
    stated = {key: _as_meta(value) for key, value in house.items()}
    return msgspec.structs.replace(document, meta={**stated, **document.meta})


def _as_meta(value: object) -> ast.MetaValue:
    """Return a value of TOML as one of the front matter."""
    match value:
        case bool():
            return ast.MetaBool(value)
        case Mapping():
            return ast.MetaMap({str(key): _as_meta(item) for key, item in value.items()})
        case list() | tuple():
            return ast.MetaList(tuple(map(_as_meta, value)))
    return ast.MetaString(str(value))


def _unresolved(
    source: Source, document: ast.Document, known: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield what refers to nothing, and what YAML reads otherwise than it is written."""
    yield from unresolved.notes(source, document.blocks)
    yield from unresolved.citations(source, document.blocks, known)
    yield from unresolved.classes(source, document.blocks)
    yield from misread(source, document.meta)


def _front_matter(
    document: ast.Document, source: Source
) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """Return the front matter typed, and what its texts may not have in an edition."""
    known = frozenset(ids.ids(document.blocks))
    passed = frozenset((*works.PASSED_ON, *front_matter.KEPT))
    cleaned = fronted.clean(document.meta, passed, known, source)
    start = Finder(source, start=Place(source.name, 1, 1))
    meta, unreadable = formulas.settle(cleaned.meta, start)
    return front_matter.read(meta, source), (*cleaned.diagnostics, *unreadable)


def _refused(failure: pandoc.PandocFailure, source: Source) -> ManuscriptError:
    """Turn pandoc's words about bad YAML into a finding with a place."""
    match = re.search(
        r"YAML parse exception at line (\d+), column (\d+),?\s*(.*)", failure.said, re.S
    )
    if match or "YAML" in failure.said:
        line, column = (int(match[1]) + 1, int(match[2]) + 1) if match else (1, 1)
        said = match[3] if match else failure.said.partition("\n")[2]
        return ManuscriptError(advice.refused(source, line, column, said))
    return ManuscriptError.because(
        "manuscript-unreadable",
        failure.diagnostics[0].message,
        "Simplify the place that pandoc names.",
        Place(source.name),
    )


def _assets(
    folder: Path, blocks: ast.Blocks, metadata: Metadata, source: Source
) -> tuple[Mapping[str, Asset], Mapping[str, Mapping[str, Asset]], tuple[Diagnostic, ...]]:
    """Return the images of a text, those of its translations by language, and what is wrong."""
    wanted = [*opening.used(metadata, source), *images.used(blocks, source)]
    if metadata.cover_image:
        key = source.keys.get("cover-image", Place(source.name, 1, 1))
        wanted.append((metadata.cover_image, key))
    places = dict(reversed(wanted))
    found = localised.variants(folder, places)
    loaded, refused = assets.load(folder, [*wanted, *localised.wanted(found, places)])
    own = localised.apart(found, loaded, places)
    return own, localised.pictures(found, loaded), refused


def _places(source: Source, found: list[Unit]) -> dict[str, Place]:
    where = places.places(source, places.align(source, found))
    for key in (works.REFERENCES, works.BIBLIOGRAPHY):
        if key in source.keys:
            listed = (u.id for u in found if u.id not in where)
            where |= dict.fromkeys(listed, source.keys[key])
    for field in front_matter.FIELDS:
        if field.name in source.keys:
            where[f"{OPENER}-{field.name}"] = source.keys[field.name]
    return where


def _language(metadata: Metadata, source: Source) -> tuple[Diagnostic, ...]:
    if known(metadata.lang):
        return ()
    return (
        Diagnostic(
            "language-unknown",
            Severity.WARNING,
            f"there are no conventions for the language “{metadata.lang}”: labels and quotation "
            "marks are those of en-GB",
            "Add a row to the table of locales; CONTRIBUTING.md says how.",
            source.keys.get("lang"),
        ),
    )

"""The translator's bundle: every form of one job, with a manifest and a README."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from importlib import resources

import msgspec

from faircopy.core import ast
from faircopy.core.model import Publication
from faircopy.translation import (
    archive,
    brief,
    docx_table,
    manifest,
    omegat,
    opendocument,
    po,
    tbx,
    text,
    tmx,
    xliff2,
    xlsx,
)
from faircopy.translation.bands import bands
from faircopy.translation.context import CONTEXT, question
from faircopy.translation.job import Job
from faircopy.translation.segments import SourceText
from faircopy.translation.terms import NO_TERMS, Terms, write_glossary
from faircopy.translation.tmx import Remembered

README = "README.txt"
QUERIES = "queries.txt"
_WAYS = (
    (
        "omegat",
        "OmegaT, free, for Windows, macOS and Linux (omegat.org)",
        "Unpack the zip, choose Project > Open, and take the folder “omegat”. When you are"
        " done: Project > Save, and send the folder “omegat” as a zip.",
    ),
    (
        "",
        "Another translation tool (memoQ, Trados, Phrase, Weblate, Poedit …)",
        "Open {slug}.xlf (XLIFF 2.1){older} or {slug}.{po}. Translate, save, send it back;"
        " a bilingual file of your tool (.mqxliff, .sdlxliff, .mxliff) is fine too.",
    ),
    (
        "",
        "Word or LibreOffice Writer",
        "Open table.docx and write into the third column.",
    ),
    (
        "",
        "A spreadsheet (LibreOffice, Excel)",
        "Open segments.xlsx or segments.ods, write into the column “target”, and save."
        " The columns that are not yours are locked, and every cell is text."
        " Or segments.tsv: tabs between the columns, UTF-8 as encoding; an apostrophe before"
        " = + - or @ at a cell's beginning keeps the spreadsheet from taking it for a"
        " formula; it is taken off again.",
    ),
    (
        "",
        "Any text editor, also on a phone",
        "Open segments.txt. Under each sentence is a line that begins with =. Write your"
        " translation behind it, in the same line.",
    ),
)


_NEUTRAL = """* This bundle is for any language. One made for yours has besides: a project for
  OmegaT, XLIFF 1.2, the text as it is printed with the ids in its margin, how your
  language is set, how long titles may be, and all that was translated before. Ask
  us for it: ./inv translate.export --lang <yours>
"""


_DRAFT = """* What is translated already is a draft until somebody has reviewed it. Reviewers
  change what they find in the same files, say why in the remarks, and write name
  and day into “reviewed” (in Word once above the table, in PO into X-Reviewed-By
  of the header or above an entry: # Reviewed: Name), or approve sentences in a
  translation tool and tell us who they are. A change takes a sentence's review
  away, and no other's.
"""


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The edition as it is printed: a PDF with ids in its margin, and the units' pages in it."""

    pdf: bytes
    pages: Mapping[str, int]


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What earlier work has settled: terms, the memory of accepted translations, the layout."""

    terms: Terms = NO_TERMS
    memory: tuple[Remembered, ...] = ()
    layout: Layout | None = None


NOTHING = Settled()


def files(job: Job, publication: Publication, settled: Settled = NOTHING) -> dict[str, bytes]:
    """Return the bundle's files by name.

    A bundle for no language in particular has neither OmegaT project nor style brief: both
    need to know the language.
    """
    slug, terms = job.text.slug, settled.terms
    out = {
        README: _readme(job, settled),
        f"{slug}.xlf": xliff2.write(job),
        f"{slug}.{_po(job)}": po.write(job),
        "segments.txt": text.write_txt(job),
        "segments.tsv": text.write_tsv(job),
        "segments.xlsx": xlsx.write(job),
        "segments.ods": opendocument.write(job),
        "table.docx": docx_table.write(job),
    }
    if job.lang:
        out[brief.NAME] = brief.write(job)
        out |= omegat.files(job, terms)
        memory = [one for one in settled.memory if one.lang == job.lang]
        if memory:
            out["memory.tmx"] = tmx.write(memory, job.text.lang)
    if settled.layout:
        out[CONTEXT] = settled.layout.pdf
    if queries := _queries(job.text):
        out[QUERIES] = queries
    if terms != NO_TERMS:
        out["glossary.tbx"] = tbx.write(terms, job.text.lang, job.text.title)
        out["glossary.tsv"] = write_glossary(terms)
    if terms.keep:
        out["do-not-translate.txt"] = "".join(f"{word}\n" for word in terms.keep).encode()
    out["skeleton.json"] = ast.encode(ast.Document(blocks=publication.blocks)).encode()
    out[manifest.NAME] = manifest.encode(manifest.manifest(job, publication.source, out))
    return out


def _po(job: Job) -> str:
    return "po" if job.lang else "pot"


def bundle(job: Job, publication: Publication, settled: Settled = NOTHING) -> bytes:
    """Return the bundle as a zip file, the same bytes for the same job."""
    return archive.write(files(job, publication, settled))


def _readme(job: Job, settled: Settled) -> bytes:
    counts = manifest.counts(job.text)
    slug = job.text.slug
    older = f", omegat/source/{slug}.xlf (XLIFF 1.2)" if job.lang else ""
    there = [(name, how) for needs, name, how in _WAYS if job.lang or not needs]
    ways = "\n".join(
        f"{number}. {name}\n{_wrapped(how.format(slug=slug, older=older, po=_po(job)))}\n"
        for number, (name, how) in enumerate(there, start=1)
    )
    done = f"{len(job.targets)} of them have a translation already.\n" if job.targets else ""
    template = resources.files("faircopy.translation").joinpath("readme.txt").read_text("utf-8")
    filled = template.format(
        title=job.text.title,
        underline="=" * min(len(job.text.title), 80),
        languages=f"{job.text.lang} to {job.lang}" if job.lang else job.text.lang,
        segments=counts.segments,
        words=counts.words,
        done=f"{done}{_quoted(job)}",
        ways=ways,
        notes="".join(_notes(job, settled)),
    )
    return filled.encode("utf-8", "replace")


def _quoted(job: Job) -> str:
    """Return what there is to do as a table, by how well it is known."""
    if not job.lang:
        return ""
    rows = [f"  {one.name:<14}{one.segments:>10}{one.words:>10}" for one in bands(job)]
    head = f"  {'known':<14}{'sentences':>10}{'words':>10}"
    only = "" if job.only is None else f"This bundle has the {len(job.only)} that are open.\n"
    return "\n".join([only, head, *rows, ""])


def _notes(job: Job, settled: Settled) -> Iterator[str]:
    """Yield what is to be said of this bundle alone."""
    if settled.layout:
        yield f"* {CONTEXT} is the text as it is printed, with the ids in the margin.\n"
    if settled.terms != NO_TERMS:
        yield "* The glossary and do-not-translate.txt say what is settled about words.\n"
    if any(unit.queries for unit in job.text.units()):
        yield f"* Doubtful places of the source are listed in {QUERIES}.\n"
    if job.boxes:
        yield "* Titles and the like must fit: beside each stands how many lines it may take.\n"
    if job.draft:
        yield _DRAFT
    if not job.lang:
        yield _NEUTRAL


def _wrapped(text: str) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        width=80,
        initial_indent="   ",
        subsequent_indent="   ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _queries(source: SourceText) -> bytes:
    """Return the open questions about the source, or nothing when there are none."""
    blocks = [
        f"{unit.id}: {question(query)}\n" for unit in source.units() for query in unit.queries
    ]
    if not blocks:
        return b""
    first = next(query for unit in source.units() for query in unit.queries)
    head = (
        "Doubtful places of the source. They stand as they are where no answer is given. Tell us\n"
        "what you did there: a question or remark beside the sentence that begins with the\n"
        f"query's id, such as “{first.id}: translated as …”.\n"
    )
    return "\n".join([head, *blocks]).encode("utf-8", "replace")

"""The translator's bundle: every form of one job, with a manifest and a README."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Publication
from pipeline.translation import archive, manifest, text, xliff2
from pipeline.translation.job import Job
from pipeline.translation.segments import SourceText

README = "README.txt"
QUERIES = "queries.txt"
_WAYS = (
    (
        "A translation tool (memoQ, Trados, Phrase, Weblate, Virtaal …)",
        "Open {slug}.xlf, which is XLIFF 2.1. Translate, save, send the file back.",
    ),
    (
        "A spreadsheet (LibreOffice, Excel)",
        "Open segments.tsv: tabs between the columns, UTF-8 as encoding. Write into the"
        "\n   column “target”, leave the others alone, save as text with tabs in UTF-8.",
    ),
    (
        "Any text editor, also on a phone",
        "Open segments.txt. Under each sentence is a line that begins with =. Write your"
        "\n   translation behind it, in the same line.",
    ),
)


def files(job: Job, source: bytes) -> dict[str, bytes]:
    """Return the bundle's files by name; ``source`` is the manuscript's bytes."""
    out = {
        README: _readme(job),
        f"{job.text.slug}.xlf": xliff2.write(job),
        "segments.txt": text.write_txt(job),
        "segments.tsv": text.write_tsv(job),
    }
    if queries := _queries(job.text):
        out[QUERIES] = queries
    out[manifest.NAME] = manifest.encode(manifest.manifest(job, source, out))
    return out


def bundle(job: Job, publication: Publication) -> bytes:
    """Return the bundle as a zip file, the same bytes for the same job."""
    return archive.write(files(job, publication.source))


def _readme(job: Job) -> bytes:
    counts = manifest.counts(job.text)
    ways = "\n".join(
        f"{number}. {name}\n   {how.format(slug=job.text.slug)}\n"
        for number, (name, how) in enumerate(_WAYS, start=1)
    )
    template = Path(__file__).with_name("readme.txt").read_text("utf-8")
    has_queries = any(unit.queries for unit in job.text.units())
    filled = template.format(
        title=job.text.title,
        underline="=" * min(len(job.text.title), 80),
        languages=f"{job.text.lang} to {job.lang}" if job.lang else job.text.lang,
        segments=counts.segments,
        words=counts.words,
        ways=ways,
        queries=f"* Doubtful places of the source are listed in {QUERIES}.\n"
        if has_queries
        else "",
    )
    return filled.encode("utf-8", "replace")


def _queries(source: SourceText) -> bytes:
    """Return the open questions about the source, or nothing when there are none."""
    blocks = [
        f"[{unit.id}] “{query.text}”\n{query.question}\n"
        for unit in source.units()
        for query in unit.queries
    ]
    if not blocks:
        return b""
    head = "Doubtful places of the source. They stand as they are; tell us what you did there.\n"
    return "\n".join([head, *blocks]).encode("utf-8", "replace")
